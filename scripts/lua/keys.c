/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lua_keys: the tables of named values, row by row. */
#include "machine/task_flags.h"
#include "lua/keys.h"

/* -- arguments ------------------------------------------------------------ */

const struct api_key keys_machine[] = {
	{ "nodes", "zonewalk.node_given[]", "a table for each node" },
	{ "cpus", "integer", "how many; 1" },
	{ "cpu_nodes", "integer[]",
	  "the node of each cpu; cpu i is on node i "
	  "mod nodes" },
	{ "distance", "integer[][]", "a row for each node; 10 and 20" },
	{ "zone_limits", "zonewalk.zone_limits", "where zones end" },
	{ "max_order", "integer", "orders are below it; 11" },
	{ "pageblock_order", "integer",
	  "a pageblock has 2^this pages; by "
	  "arch" },
	{ "sysctl", "zonewalk.sysctl", "what /proc/sys/vm would say" },
	{ "arch", "\"amd64\"|\"arm64\"|\"i386\"", "the shape; amd64" },
	{ "transparent_hugepage", "boolean",
	  "sets min_free_kbytes as "
	  "khugepaged does; false" },
	{ "poison", "boolean",
	  "poison freed frames and check them when they "
	  "are given out; false" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_node_given[] = {
	{ "memory", "size", "\"64M\" or a number of pages" },
	{ "movable", "size", "the part at its end that is zone Movable" },
	{ "cma", "size|zonewalk.area|(size|zonewalk.area)[]", "areas for CMA" },
	{ "reserved", "size|zonewalk.area|(size|zonewalk.area)[]",
	  "frames that were taken before the allocator began" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_area[] = {
	{ "pfn", "integer", "its first frame" },
	{ "pages", "size", "how large it is" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_zone_limits[] = {
	{ "dma", "size", "where DMA ends; 16M" },
	{ "dma32", "size", "where DMA32 ends; 4G" },
	{ "normal", "size", "where Normal ends, and HighMem begins" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_sysctl[] = {
	{ "min_free_kbytes", "integer", "by the kernel's formula" },
	{ "watermark_boost_factor", "integer", "15000" },
	{ "watermark_scale_factor", "integer", "10" },
	{ "lowmem_reserve_ratio", "integer[]",
	  "by zone, from the lowest; "
	  "256, 256, 32, 0" },
	{ "dirty_ratio", "integer", "20" },
	{ "dirty_bytes", "integer", "instead of dirty_ratio" },
	{ "node_reclaim_mode", "integer", "0" },
	{ "node_reclaim_distance", "integer", "30" },
	{ NULL, NULL, NULL },
};

/* clang-format off */
#define ALLOC_KEYS                                                           \
	[ALLOC_ORDER] = { "order", "integer", "2^order pages; 0" },          \
	[ALLOC_GFP] = { "gfp", "string|integer",                             \
			"\"GFP_KERNEL|__GFP_THISNODE\"; GFP_KERNEL" },       \
	[ALLOC_NODE] = { "node", "integer",                                  \
			 "the preferred node; the cpu's" },                  \
	[ALLOC_CPU] = { "cpu", "integer", "on which it is asked; 0" },       \
	[ALLOC_NODEMASK] = { "nodemask", "integer[]",                        \
			     "the nodes that are allowed; all" },            \
	[ALLOC_FLAGS] = { "alloc_flags", "string|integer",                   \
			  "call get_page_from_freelist with these: "         \
			  "\"WMARK_MIN|HIGH\"" },                            \
	[ALLOC_OWNER] = { "owner", "string", "a name for the story" }
/* clang-format on */

const struct api_key keys_alloc[] = {
	ALLOC_KEYS,
	[NR_ALLOC_KEYS] = { NULL, NULL, NULL },
};

const struct api_key keys_fill[] = {
	ALLOC_KEYS,
	[NR_ALLOC_KEYS] = { "count", "integer", "stop after so many blocks" },
	{ "leave", "integer",
	  "stop before fewer pages than this are free in "
	  "zone" },
	{ "zone", "string",
	  "the zone of the preferred node that leave is "
	  "about" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_cpu[] = {
	{ "cpu", "integer", "on which that happens; 0" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_free_many[] = {
	{ "cpu", "integer", "on which that happens; 0" },
	{ "from", "integer", "the first one; 1" },
	{ "to", "integer", "the last one; all" },
	{ "every", "integer", "2: every second one; 1" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_task[] = {
	{ "mems_allowed", "integer[]",
	  "nodes; naming it puts cpusets in "
	  "use" },
	{ "hardwall_mems", "integer[]",
	  "nodes of the nearest hardwall "
	  "cpuset; all" },
#define FLAG(name, text, help) { #name, "boolean", help "; false" },
	TASK_FLAGS(FLAG)
#undef FLAG
		{ NULL, NULL, NULL },
};

const struct api_key keys_fault[] = {
	{ "times", "integer", "how many requests are refused; 1" },
	{ "min_order", "integer", "of this order or more; 0" },
	{ "ignore_gfp_highmem", "boolean", "not those with HIGHMEM; false" },
	{ "ignore_gfp_reclaim", "boolean",
	  "not those that may reclaim; "
	  "false" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_lesson[] = {
	{ "title", "string", "what it is called" },
	{ "goal", "string", "what one can do afterwards" },
	{ "author", "string", "who wrote it" },
	{ "minutes", "integer", "how long it takes" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_ask[] = {
	{ "text", "string", "the question; may stand without its name" },
	{ "choices", "string[]", "two to nine answers; else it is a value" },
	{ "run", "fun(trace: zonewalk.trace): any",
	  "makes the requests and returns the answer" },
	{ "answer", "any", "instead of run, what is always so" },
	{ "hint", "string", "said with the answer" },
	{ NULL, NULL, NULL },
};

/* -- what is given --------------------------------------------------------- */

static const struct api_key keys_node[] = {
	{ "node", "integer", "its number" },
	{ "totalreserve_pages", "integer", "what its zones keep back" },
	{ "file_dirty", "integer", "dirty file pages" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_zone[] = {
	{ "name", "string", "\"Normal\"" },
	{ "node", "integer", "its node" },
	{ "index", "integer", "its zone index" },
	{ "start_pfn", "integer", "its first frame" },
	{ "spanned", "integer", "frames from the first to the last" },
	{ "present", "integer", "frames that are there" },
	{ "managed", "integer", "pages that the allocator was given" },
	{ "free", "integer", "NR_FREE_PAGES, the global counter" },
	{ "nr_free_pages", "integer", "the same" },
	{ "free_exact", "integer", "with what each cpu keeps to itself" },
	{ "free_cma", "integer", "NR_FREE_CMA_PAGES" },
	{ "watermark", "zonewalk.watermark", "min, low and high" },
	{ "watermark_boost", "integer", "what is added to each mark now" },
	{ "lowmem_reserve", "integer[]", "by zone index, from 0" },
	{ "protection", "integer[]", "the same" },
	{ "nr_free", "integer[]", "free blocks by order, from 0" },
	{ "nr_reserved_highatomic", "integer", "pages kept for urgent blocks" },
	{ "numa", "zonewalk.numa?", "hit, miss ...; nil without NUMA" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_watermark[] = {
	{ "min", "integer", "" },
	{ "low", "integer", "" },
	{ "high", "integer", "" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_numa[] = {
	{ "hit", "integer", "" },     { "miss", "integer", "" },
	{ "foreign", "integer", "" }, { "interleave", "integer", "" },
	{ "local", "integer", "" },   { "other", "integer", "" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_pcp[] = {
	{ "cpu", "integer", "whose lists they are" },
	{ "count", "integer", "pages on all of them" },
	{ "high", "integer", "from so many on a batch goes back" },
	{ "batch", "integer", "pages of a refill" },
	{ "stat_diff", "integer", "what the cpu keeps of NR_FREE_PAGES" },
	{ "stat_threshold", "integer", "how much it may keep" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_page[] = {
	{ "pfn", "integer", "the frame" },
	{ "state", "\"free\"|\"pcp\"|\"used\"|\"reserved\"", "what it is" },
	{ "block", "integer?", "the first frame of its block" },
	{ "order", "integer?", "of its block" },
	{ "migratetype", "string?", "of its block" },
	{ "owner", "string?", "who has it, when it is used" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_step[] = {
	{ "node", "integer", "the zone's node" },
	{ "zone", "string", "the zone's name" },
	{ "pass", "integer", "1, or 2 when the walk began again" },
	{ "check", "string",
	  "the last check of the zone: highest_zoneidx, nodemask, cpuset, "
	  "dirty, dirty_before, locality, watermark, "
	  "free_area, empty" },
	{ "verdict", "\"skipped\"|\"refused\"|\"retry\"|\"empty\"|\"passed\"",
	  "what was answered" },
	{ "why", "string", "a sentence with the numbers" },
	{ "free", "integer?", "if the watermark was asked: free pages" },
	{ "unusable", "integer?", "of which not for this request" },
	{ "watermark", "integer?", "the watermark, boost included" },
	{ "lowmem_reserve", "integer?", "lowmem_reserve[highest_zoneidx]" },
	{ "margin", "integer?",
	  "free - unusable - (watermark + lowmem_reserve); "
	  "the check passes above 0" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_reason[] = {
	{ "text", "string", "all of it in one sentence" },
	{ "zones", "zonewalk.step[]", "each zone that was visited" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_place[] = {
	{ "node", "integer", "" },
	{ "zone", "string", "" },
	{ NULL, NULL, NULL },
};

const struct api_table api_tables[] = {
	{ "machine_given", "of machine{}", keys_machine, 1 },
	{ "node_given", "of machine{ nodes }", keys_node_given, 1 },
	{ "area", "of a node's cma and reserved", keys_area, 1 },
	{ "zone_limits", "of machine{ zone_limits }", keys_zone_limits, 1 },
	{ "sysctl", "of machine{ sysctl }", keys_sysctl, 1 },
	{ "alloc", "of m:alloc{}", keys_alloc, 1 },
	{ "fill", "of m:fill{}", keys_fill, 1 },
	{ "cpu", "of block:free{} and m:drain{}", keys_cpu, 1 },
	{ "free_many", "of blocks:free{}", keys_free_many, 1 },
	{ "task", "of m:task{}", keys_task, 1 },
	{ "fault", "of m:fault{}", keys_fault, 1 },
	{ "lesson", "of lesson{}", keys_lesson, 1 },
	{ "ask", "of ask{}", keys_ask, 1 },
	{ "node", "m:node(n)", keys_node, 0 },
	{ "zone", "node:zone(name)", keys_zone, 0 },
	{ "watermark", "zone.watermark", keys_watermark, 0 },
	{ "numa", "zone.numa", keys_numa, 0 },
	{ "pcp", "zone:pcp(cpu)", keys_pcp, 0 },
	{ "page", "m:page(pfn)", keys_page, 0 },
	{ "step", "one of block.walk and reason.zones", keys_step, 0 },
	{ "reason", "why a request got nothing", keys_reason, 0 },
	{ "place", "one of m:zonelist(node)", keys_place, 0 },
};

const size_t nr_api_tables = sizeof(api_tables) / sizeof(api_tables[0]);
