/* SPDX-License-Identifier: GPL-2.0-or-later */
/* keys: the tables of named values, row by row. */
#include "machine/fault_attr.h"
#include "machine/task_flags.h"
#include "lua/keys.h"

/* -- arguments ------------------------------------------------------------ */

const struct api_key keys_machine[] = {
	{ "nodes", "zonewalk.node_given[]", "a table for each node" },
	{ "cpus", "integer", "how many; 1" },
	{ "cpu_nodes", "integer[]",
	  "the node of each cpu; by default one after the other with memory" },
	{ "distance", "integer[][]",
	  "a row for each node; 10 for itself, 20 for others" },
	{ "zone_limits", "zonewalk.zone_limits", "where the zones end" },
	{ "max_order", "integer", "orders are less than this; 11" },
	{ "pageblock_order", "integer",
	  "a pageblock has 2^pageblock_order pages; by arch" },
	{ "sysctl", "zonewalk.sysctl", "values of /proc/sys/vm" },
	{ "arch", "\"amd64\"|\"arm64\"|\"i386\"", "the architecture; amd64" },
	{ "transparent_hugepage", "boolean",
	  "set min_free_kbytes as khugepaged does; false" },
	{ "poison", "boolean",
	  "poison freed pages and check them when they are allocated; false" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_node_given[] = {
	{ "memory", "size",
	  "\"64M\" or a number of pages; 0: none, a node of cpus only" },
	{ "movable", "size", "the size of zone Movable, at its end" },
	{ "holes", "zonewalk.area|zonewalk.area[]",
	  "page frames without memory, anywhere in the node" },
	{ "cma", "size|zonewalk.area|(size|zonewalk.area)[]", "areas for CMA" },
	{ "reserved", "size|zonewalk.area|(size|zonewalk.area)[]",
	  "pages that memblock reserved before the allocator started" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_area[] = {
	{ "pfn", "integer", "its first page" },
	{ "pages", "size", "its size" },
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
	  "by zone, from the lowest; 256, 256, 32, 0" },
	{ "dirty_ratio", "integer", "20" },
	{ "dirty_bytes", "integer", "instead of dirty_ratio" },
	{ "node_reclaim_mode", "integer", "0" },
	{ "node_reclaim_distance", "integer", "30" },
	{ NULL, NULL, NULL },
};

/* clang-format off */
#define ALLOC_KEYS                                                             \
	[ALLOC_ORDER] = { "order", "integer", "allocate 2^order pages; 0" },   \
	[ALLOC_GFP] = { "gfp", "string|integer",                               \
			"\"GFP_KERNEL|__GFP_THISNODE\"; GFP_KERNEL" },         \
	[ALLOC_NODE] = { "node", "integer",                                    \
			 "the preferred node; by default the cpu's" },         \
	[ALLOC_CPU] = { "cpu", "integer", "the cpu that makes the request; 0" }, \
	[ALLOC_NODEMASK] = { "nodemask", "integer[]",                          \
			     "the allowed nodes; all" },                       \
	[ALLOC_FLAGS] = { "alloc_flags", "string|integer",                     \
			  "call get_page_from_freelist() with these: "         \
			  "\"WMARK_MIN|HIGH\"" },                              \
	[ALLOC_OWNER] = { "owner", "string", "a name for the block" }
/* clang-format on */

const struct api_key keys_alloc[] = {
	ALLOC_KEYS,
	[NR_ALLOC_KEYS] = { NULL, NULL, NULL },
};

const struct api_key keys_fill[] = {
	ALLOC_KEYS,
	[NR_ALLOC_KEYS] = { "count", "integer",
			    "stop after this number of blocks" },
	{ "leave", "integer", "stop before fewer pages are free in zone" },
	{ "zone", "string",
	  "the zone of the preferred node that leave refers to" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_cpu[] = {
	{ "cpu", "integer", "the cpu that makes the request; 0" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_free_many[] = {
	{ "cpu", "integer", "the cpu that makes the request; 0" },
	{ "from", "integer", "the first block; 1" },
	{ "to", "integer", "the last block; the last of all" },
	{ "every", "integer", "2: every second block; 1" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_task[] = {
	{ "mems_allowed", "integer[]",
	  "allowed nodes; without it no cpusets are in use" },
	{ "hardwall_mems", "integer[]",
	  "nodes of the nearest hardwall cpuset; all" },
#define FLAG(name, text, help) { #name, "boolean", help "; false" },
	TASK_FLAGS(FLAG)
#undef FLAG
		{ NULL, NULL, NULL },
};

const struct api_key keys_fault[] = {
#define TYPE_signed "integer"
#define TYPE_count "integer"
#define TYPE_order "integer"
#define TYPE_flag "boolean"
#define DEFAULT_signed(otherwise) #otherwise
#define DEFAULT_count(otherwise) #otherwise
#define DEFAULT_order(otherwise) #otherwise
#define DEFAULT_flag(otherwise) DEFAULT_flag_##otherwise
#define DEFAULT_flag_1 "true"
#define ATTR(kind, name, otherwise, min, max, help)                            \
	{ #name, TYPE_##kind, help "; " DEFAULT_##kind(otherwise) },
	FAULT_ATTRS(ATTR)
#undef ATTR
		{ NULL, NULL, NULL },
};

const struct api_key keys_lesson[] = {
	{ "title", "string", "its name" },
	{ "goal", "string", "what the learner can do afterwards" },
	{ "author", "string", "who wrote it" },
	{ "minutes", "integer", "how many minutes it takes" },
	{ NULL, NULL, NULL },
};

const struct api_key keys_ask[] = {
	{ "text", "string", "the question; may be written without text =" },
	{ "choices", "string[]",
	  "two to nine answers; without them the answer is a value" },
	{ "run", "fun(trace: zonewalk.trace): any",
	  "makes the requests and returns the answer" },
	{ "answer", "any", "instead of run: a constant answer" },
	{ "hint", "string", "shown with the answer" },
	{ NULL, NULL, NULL },
};

/* -- results -------------------------------------------------------------- */

static const struct api_key keys_node[] = {
	{ "node", "integer", "its number" },
	{ "totalreserve_pages", "integer", "the sum of its zones' reserves" },
	{ "file_dirty", "integer", "dirty file pages" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_zone[] = {
	{ "name", "string", "\"Normal\"" },
	{ "node", "integer", "its node" },
	{ "index", "integer", "its zone index" },
	{ "start_pfn", "integer", "its first page" },
	{ "spanned", "integer",
	  "pages from the first to the last, holes included" },
	{ "present", "integer", "pages without holes" },
	{ "managed", "integer", "pages that the buddy allocator manages" },
	{ "free", "integer", "NR_FREE_PAGES, the zone's counter" },
	{ "nr_free_pages", "integer", "the same" },
	{ "free_exact", "integer", "the same plus vm_stat_diff of every cpu" },
	{ "free_cma", "integer", "NR_FREE_CMA_PAGES" },
	{ "watermark", "zonewalk.watermark", "min, low and high" },
	{ "watermark_boost", "integer", "what is added to each watermark" },
	{ "lowmem_reserve", "integer[]", "by zone index, from 0" },
	{ "protection", "integer[]", "the same" },
	{ "nr_free", "integer[]", "free blocks by order, from 0" },
	{ "nr_reserved_highatomic", "integer",
	  "pages in MIGRATE_HIGHATOMIC pageblocks" },
	{ "numa", "zonewalk.numa?",
	  "numa_hit, numa_miss ...; nil without NUMA" },
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
	{ "cpu", "integer", "the number of the cpu" },
	{ "count", "integer", "pages on all three lists" },
	{ "high", "integer",
	  "with so many pages a batch is freed to the buddy allocator" },
	{ "batch", "integer", "pages moved at once" },
	{ "stat_diff", "integer", "vm_stat_diff of NR_FREE_PAGES" },
	{ "stat_threshold", "integer", "stat_threshold of vm_stat_diff" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_page[] = {
	{ "pfn", "integer", "the page frame number" },
	{ "state", "\"free\"|\"pcp\"|\"used\"|\"reserved\"", "what it is" },
	{ "block", "integer?", "the first page of its block" },
	{ "order", "integer?", "of its block" },
	{ "migratetype", "string?", "of its block" },
	{ "owner", "string?",
	  "the name of its block or its request, when allocated" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_step[] = {
	{ "node", "integer", "the zone's node" },
	{ "zone", "string", "the zone's name" },
	{ "pass", "integer", "1, or 2 after a restart of the walk" },
	{ "check", "string",
	  "the last check of the zone: highest_zoneidx, nodemask, cpuset, "
	  "dirty, dirty_before, locality, watermark, free_area, empty" },
	{ "verdict", "\"skipped\"|\"refused\"|\"retry\"|\"empty\"|\"passed\"",
	  "the result" },
	{ "why", "string", "the text of the event" },
	{ "free", "integer?", "if the watermark was checked: free pages" },
	{ "unusable", "integer?", "those that the request may not use" },
	{ "watermark", "integer?", "the watermark, boost included" },
	{ "lowmem_reserve", "integer?", "lowmem_reserve[highest_zoneidx]" },
	{ "margin", "integer?",
	  "free - unusable - (watermark + lowmem_reserve); the check passes "
	  "above 0" },
	{ NULL, NULL, NULL },
};

static const struct api_key keys_reason[] = {
	{ "text", "string", "the whole reason as a string" },
	{ "zones", "zonewalk.step[]", "the zones that the request tried" },
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
	{ "area", "of a node's holes, cma and reserved", keys_area, 1 },
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
	{ "step", "an element of block.walk and reason.zones", keys_step, 0 },
	{ "reason", "why a request failed", keys_reason, 0 },
	{ "place", "an element of m:zonelist(node)", keys_place, 0 },
};

const size_t nr_api_tables = sizeof(api_tables) / sizeof(api_tables[0]);
