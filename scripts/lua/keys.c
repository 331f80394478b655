/* SPDX-License-Identifier: GPL-2.0-or-later */
/* keys: the tables of named values, row by row. */
#include "lua/keys.h"

#include <limits.h>

#include "boot/boot.h"
#include "machine/fault_attr.h"
#include "machine/task_flags.h"
#include "session/request.h"

/* A key that args_open() stores in @member of struct @object. */
#define STORED(name_, type_, help_, kind_, object, member)                     \
	{                                                                      \
		.name = name_, .type = type_, .help = help_,                   \
		.kind = KEY_##kind_, .offset = offsetof(struct object, member) \
	}
#define NUMBER(name_, help_, object, member, least, most)                      \
	{                                                                      \
		.name = name_, .type = "integer", .help = help_,               \
		.kind = KEY_NUMBER, .min = least, .max = most,                 \
		.offset = offsetof(struct object, member)                      \
	}

/* -- arguments ------------------------------------------------------------ */

const struct api_key keys_machine[] = {
	KEY("nodes", "zonewalk.node_given[]", "a table for each node"),
	KEY("cpus", "integer", "how many; 1"),
	KEY("cpu_nodes", "integer[]",
	    "the node of each cpu; by default one after the other with memory"),
	KEY("distance", "integer[][]",
	    "a row for each node; 10 for itself, 20 for others"),
	KEY("zone_limits", "zonewalk.zone_limits", "where the zones end"),
	NUMBER("max_order", "orders are less than this; 11",
	       machine_description, max_order, 1, MAX_ORDER_LIMIT),
	NUMBER("pageblock_order",
	       "a pageblock has 2^pageblock_order pages; by arch",
	       machine_description, pageblock_order, 1, MAX_ORDER_LIMIT - 1),
	KEY("sysctl", "zonewalk.sysctl", "values of /proc/sys/vm"),
	KEY("zones", "zonewalk.zone_given[]",
	    "watermarks, reserves and free blocks by hand, a table for each "
	    "such zone"),
	KEY("arch", "\"amd64\"|\"arm64\"|\"i386\"", "the architecture; amd64"),
	KEY("transparent_hugepage", "boolean",
	    "set min_free_kbytes as khugepaged does; false"),
	KEY("poison", "boolean",
	    "poison freed pages and check them when they are allocated; false"),
	{ .name = NULL },
};

const struct api_key keys_node_given[] = {
	STORED("memory", "size",
	       "\"64M\" or a number of pages; 0: none, a node of cpus only",
	       SIZE, node_description, nr_pages),
	STORED("movable", "size", "the size of zone Movable, at its end", SIZE,
	       node_description, movable),
	KEY("holes", "zonewalk.area|zonewalk.area[]",
	    "page frames without memory, anywhere in the node"),
	KEY("cma", "size|zonewalk.area|(size|zonewalk.area)[]",
	    "areas for CMA"),
	KEY("reserved", "size|zonewalk.area|(size|zonewalk.area)[]",
	    "pages that memblock reserved before the allocator started"),
	{ .name = NULL },
};

const struct api_key keys_area[] = {
	NUMBER("pfn", "its first page", page_range, start_pfn, 0,
	       MAX_PFN_LIMIT),
	STORED("pages", "size", "its size", SIZE, page_range, nr_pages),
	{ .name = NULL },
};

const struct api_key keys_zone_limits[] = {
	STORED("dma", "size", "where DMA ends; 16M", SIZE, machine_description,
	       zone_limit[ZONE_DMA]),
	STORED("dma32", "size", "where DMA32 ends; 4G", SIZE,
	       machine_description, zone_limit[ZONE_DMA32]),
	STORED("normal", "size", "where Normal ends, and HighMem begins", SIZE,
	       machine_description, zone_limit[ZONE_NORMAL]),
	{ .name = NULL },
};

const struct api_key keys_sysctl[] = {
	NUMBER("min_free_kbytes", "by the kernel's formula",
	       machine_description, min_free_kbytes, 0, INT_MAX),
	NUMBER("watermark_boost_factor", "15000", machine_description,
	       watermark_boost_factor, 0, INT_MAX),
	NUMBER("watermark_scale_factor", "10", machine_description,
	       watermark_scale_factor, 1, 1000),
	KEY("lowmem_reserve_ratio", "integer[]",
	    "by zone, from the lowest; 256, 256, 32, 0"),
	NUMBER("dirty_ratio", "20", machine_description, dirty_ratio, 0, 100),
	KEY("dirty_bytes", "integer", "instead of dirty_ratio"),
	NUMBER("highmem_is_dirtyable", "1: dirty_bytes counts highmem too; 0",
	       machine_description, highmem_is_dirtyable, 0, 1),
	NUMBER("node_reclaim_mode", "0", machine_description, node_reclaim_mode,
	       0, 7),
	NUMBER("node_reclaim_distance", "30", machine_description,
	       node_reclaim_distance, 1, 255),
	NUMBER("min_unmapped_ratio",
	       "reclaim scans a node with more percent of reclaimable pages; 1",
	       machine_description, min_unmapped_ratio, 0, 100),
	{ .name = NULL },
};

#define ALLOC_KEYS                                                             \
	STORED("order", "integer", "allocate 2^order pages; 0", ORDER,         \
	       request, alloc.order),                                          \
		STORED("gfp", "string|integer",                                \
		       "\"GFP_KERNEL|__GFP_THISNODE\"; GFP_KERNEL", GFP,       \
		       request, alloc.gfp),                                    \
		STORED("node", "integer",                                      \
		       "the preferred node; by default the cpu's", NODE,       \
		       request, alloc.nid),                                    \
		STORED("cpu", "integer", "the cpu that makes the request; 0",  \
		       CPU, request, alloc.cpu),                               \
		STORED("nodemask", "integer[]", "the allowed nodes; all",      \
		       NODES, request, alloc.nodemask),                        \
		STORED("alloc_flags", "string|integer",                        \
		       "call get_page_from_freelist() with these: "            \
		       "\"WMARK_MIN|HIGH\"",                                   \
		       ALLOC_FLAGS, request, alloc.alloc_flags),               \
		STORED("owner", "string", "a name for the block", NAME,        \
		       request, name)

const struct api_key keys_alloc[] = {
	ALLOC_KEYS,
	{ .name = NULL },
};

const struct api_key keys_fill[] = {
	ALLOC_KEYS,
	KEY("count", "integer", "stop after this number of blocks"),
	KEY("leave", "integer", "stop before fewer pages are free in zone"),
	KEY("zone", "string",
	    "the zone of the preferred node that leave refers to"),
	{ .name = NULL },
};

/* Stored in a uint32_t. */
const struct api_key keys_cpu[] = {
	{ .name = "cpu",
	  .type = "integer",
	  .help = "the cpu that makes the request; 0",
	  .kind = KEY_CPU },
	{ .name = NULL },
};

const struct api_key keys_free_many[] = {
	STORED("cpu", "integer", "the cpu that makes the request; 0", CPU,
	       request, free.cpu),
	KEY("from", "integer", "the first block; 1"),
	KEY("to", "integer", "the last block; the last of all"),
	KEY("every", "integer", "2: every second block; 1"),
	{ .name = NULL },
};

const struct api_key keys_task[] = {
	STORED("mems_allowed", "integer[]",
	       "allowed nodes; without it no cpusets are in use", NODES,
	       request, task.mems_allowed),
	STORED("hardwall_mems", "integer[]",
	       "nodes of the nearest hardwall cpuset; all", NODES, request,
	       task.hardwall_mems),
#define FLAG(name, text, help)                                                 \
	STORED(#name, "boolean", help "; false", FLAG, request, task.name),
	TASK_FLAGS(FLAG)
#undef FLAG
		{ .name = NULL },
};

const struct api_key keys_fault[] = {
#define TYPE_signed "integer"
#define TYPE_count "integer"
#define TYPE_order "integer"
#define TYPE_flag "boolean"
#define STORE_signed KEY_NUMBER
#define STORE_count KEY_NUMBER
#define STORE_order KEY_NUMBER
#define STORE_flag KEY_FLAG
#define DEFAULT_signed(otherwise) #otherwise
#define DEFAULT_count(otherwise) #otherwise
#define DEFAULT_order(otherwise) #otherwise
#define DEFAULT_flag(otherwise) DEFAULT_flag_##otherwise
#define DEFAULT_flag_1 "true"
#define ATTR(kind_, name_, otherwise, least, most, help_)                      \
	{ .name = #name_,                                                      \
	  .type = TYPE_##kind_,                                                \
	  .help = help_ "; " DEFAULT_##kind_(otherwise),                       \
	  .kind = STORE_##kind_,                                               \
	  .min = least,                                                        \
	  .max = most,                                                         \
	  .offset = offsetof(struct request, fault.name_) },
	FAULT_ATTRS(ATTR)
#undef ATTR
		{ .name = NULL },
};

const struct api_key keys_ask[] = {
	KEY("text", "string", "the question; may be written without text ="),
	KEY("type",
	    "\"choice\"|\"number\"|\"yesno\"|\"order\"|\"zone\"|\"pfn\"|"
	    "\"migratetype\"|\"list\"|\"text\"",
	    "what the learner types: number, yesno, order, zone, pfn, "
	    "migratetype, list or text"),
	KEY("choices", "(string|{ [1]: string, feedback: string? })[]",
	    "two to nine answers, each a text or { text, feedback = \"what it "
	    "would mean\" }; without them the learner types a value"),
	KEY("hide", "string[]",
	    "more panels hidden while the question is open: { \"zone\" }"),
	KEY("run", "fun(trace: zonewalk.trace): any, string?, any?",
	    "makes the requests and returns the answer, the reason, and the "
	    "event that decides"),
	KEY("answer", "any", "instead of run: a constant answer"),
	KEY("reason", "string", "why it is right, unless run returns that"),
	KEY("feedback", "table<any, string>",
	    "what wrong answers would mean: [\"7\"] = \"...\""),
	{ .name = NULL },
};

/* -- results -------------------------------------------------------------- */

static const struct api_key keys_node[] = {
	KEY("node", "integer", "its number"),
	KEY("totalreserve_pages", "integer", "the sum of its zones' reserves"),
	KEY("file_dirty", "integer", "dirty file pages"),
	{ .name = NULL },
};

static const struct api_key keys_zone[] = {
	KEY("name", "string", "\"Normal\""),
	KEY("node", "integer", "its node"),
	KEY("index", "integer", "its zone index"),
	KEY("start_pfn", "integer", "its first page"),
	KEY("spanned", "integer",
	    "pages from the first to the last, holes included"),
	KEY("present", "integer", "pages without holes"),
	KEY("managed", "integer", "pages that the buddy allocator manages"),
	KEY("free", "integer", "NR_FREE_PAGES, the zone's counter"),
	KEY("nr_free_pages", "integer", "the same"),
	KEY("free_exact", "integer", "the same plus vm_stat_diff of every cpu"),
	KEY("free_cma", "integer", "NR_FREE_CMA_PAGES"),
	KEY("watermark", "zonewalk.watermark", "min, low and high"),
	KEY("watermark_boost", "integer", "what is added to each watermark"),
	KEY("lowmem_reserve", "integer[]", "by zone index, from 0"),
	KEY("protection", "integer[]", "the same"),
	KEY("nr_free", "integer[]", "free blocks by order, from 0"),
	KEY("nr_reserved_highatomic", "integer",
	    "pages in MIGRATE_HIGHATOMIC pageblocks"),
	KEY("numa", "zonewalk.numa?",
	    "numa_hit, numa_miss ...; nil without NUMA"),
	{ .name = NULL },
};

static const struct api_key keys_watermark[] = {
	KEY("min", "integer", ""),
	KEY("low", "integer", ""),
	KEY("high", "integer", ""),
	{ .name = NULL },
};

static const struct api_key keys_numa[] = {
	KEY("hit", "integer", ""),
	KEY("miss", "integer", ""),
	KEY("foreign", "integer", ""),
	KEY("interleave", "integer", ""),
	KEY("local", "integer", ""),
	KEY("other", "integer", ""),
	{ .name = NULL },
};

static const struct api_key keys_pcp[] = {
	KEY("cpu", "integer", "the number of the cpu"),
	KEY("count", "integer", "pages on all three lists"),
	KEY("high", "integer",
	    "with so many pages a batch is freed to the buddy allocator"),
	KEY("batch", "integer", "pages moved at once"),
	KEY("stat_diff", "integer", "vm_stat_diff of NR_FREE_PAGES"),
	KEY("stat_threshold", "integer", "stat_threshold of vm_stat_diff"),
	{ .name = NULL },
};

static const struct api_key keys_page[] = {
	KEY("pfn", "integer", "the page frame number"),
	KEY("state", "\"free\"|\"pcp\"|\"used\"|\"reserved\"", "what it is"),
	KEY("block", "integer?", "the first page of its block"),
	KEY("order", "integer?", "of its block"),
	KEY("migratetype", "string?", "of its block"),
	KEY("owner", "string?",
	    "the name of its block or its request, when allocated"),
	{ .name = NULL },
};

static const struct api_key keys_place[] = {
	KEY("node", "integer", ""),
	KEY("zone", "string", ""),
	{ .name = NULL },
};

const struct api_table api_tables[] = {
	{ "machine_given", "of machine{}", keys_machine, 1 },
	{ "node_given", "of machine{ nodes }", keys_node_given, 1 },
	{ "area", "of a node's holes, cma and reserved", keys_area, 1 },
	{ "zone_limits", "of machine{ zone_limits }", keys_zone_limits, 1 },
	{ "sysctl", "of machine{ sysctl }", keys_sysctl, 1 },
	{ "import", "of machine.import()", keys_import, 1 },
	{ "zone_given", "of machine{ zones }", keys_zone_given, 1 },
	{ "watermark_given", "of machine{ zones }: watermark",
	  keys_watermark_given, 1 },
	{ "free_given", "of machine{ zones }: free", keys_free_given, 1 },
	{ "alloc", "of m:alloc{}", keys_alloc, 1 },
	{ "fill", "of m:fill{}", keys_fill, 1 },
	{ "cpu", "of block:free{} and m:drain{}", keys_cpu, 1 },
	{ "free_many", "of blocks:free{}", keys_free_many, 1 },
	{ "task", "of m:task{}", keys_task, 1 },
	{ "fault", "of m:fault{}", keys_fault, 1 },
	{ "lesson", "of lesson{}", keys_lesson, 1 },
	{ "ask", "of ask{}", keys_ask, 1 },
	{ "exercise", "of exercise{}", keys_exercise, 1 },
	{ "node", "m:node(n)", keys_node, 0 },
	{ "zone", "node:zone(name)", keys_zone, 0 },
	{ "watermark", "zone.watermark", keys_watermark, 0 },
	{ "numa", "zone.numa", keys_numa, 0 },
	{ "pcp", "zone:pcp(cpu)", keys_pcp, 0 },
	{ "page", "m:page(pfn)", keys_page, 0 },
	{ "step", "an element of block.walk and reason.zones", keys_step, 0 },
	{ "account", "the account of such an element", keys_account, 0 },
	{ "reason", "why a request failed", keys_reason, 0 },
	{ "flip", "an element of reason.flips", keys_flip, 0 },
	{ "place", "an element of m:zonelist(node)", keys_place, 0 },
};

const size_t nr_api_tables = sizeof(api_tables) / sizeof(api_tables[0]);
