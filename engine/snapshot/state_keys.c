/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state_keys: the tables of a state's keys, in the order of the recordings.
 */
#include "snapshot/state_json.h"

#define U32_MAX_VALUE ((int64_t)UINT32_MAX)

/*
 * Rows by how they are stored. A bounded integer, a member of @type:
 * RANGE(key, type, member, least, most); a value that a part reads and
 * writes: PART(key, kind, least, most, part, each value of a list).
 */
#define ROW(name, kind_, least, most, store_, type, member)                    \
	.key = name, .kind = kind_, .min = least, .max = most,                 \
	.store = store_, .offset = offsetof(type, member)
#define RANGE(name, type, member, least, most)                                 \
	{                                                                      \
		ROW(name, JSON_INTEGER, least, most, STORE_U32, type, member)  \
	}
#define NUMBER(name, type, member) RANGE(name, type, member, 0, U32_MAX_VALUE)
#define SIGNED(name, type, member)                                             \
	{                                                                      \
		ROW(name, JSON_INTEGER, INT32_MIN, INT32_MAX, STORE_I32, type, \
		    member)                                                    \
	}
#define UINT64(name, type, member)                                             \
	{                                                                      \
		ROW(name, JSON_UINT64, 0, 0, STORE_U64, type, member)          \
	}
#define FLAG(name, type, member)                                               \
	{                                                                      \
		ROW(name, JSON_BOOL, 0, 0, STORE_FLAG, type, member)           \
	}
#define CHARS(name, type, member)                                              \
	{                                                                      \
		ROW(name, JSON_STRING, 0, sizeof(((type *)0)->member) - 1,     \
		    STORE_CHARS, type, member)                                 \
	}
#define NUMBERS(type, member, least, most, part_)                              \
	{                                                                      \
		ROW(#member, JSON_LIST, least, most, STORE_U32S, type,         \
		    member),                                                   \
			.of = a_u32, .part = part_                             \
	}
#define OBJECT(type, member, keys)                                             \
	{                                                                      \
		ROW(#member, JSON_OBJECT, 0, 0, STORE_OBJECT, type, member),   \
			.of = keys                                             \
	}
#define PART(name, kind_, least, most, part_, each)                            \
	{                                                                      \
		.key = name, .kind = kind_, .min = least, .max = most,         \
		.part = &state_part_##part_, .of = each                        \
	}
#define LIST(name, least, most, each)                                          \
	PART(#name, JSON_LIST, least, most, name, each)
#define MAX_PAGEBLOCKS MAX_PFN_LIMIT

/* -- values of lists ------------------------------------------------------ */

static const struct json_key a_u32[] = { { .kind = JSON_INTEGER,
					   .max = U32_MAX_VALUE } };
static const struct json_key a_u64[] = { { .kind = JSON_UINT64 } };
static const struct json_key a_pfn[] = { { .kind = JSON_INTEGER,
					   .max = MAX_PFN_LIMIT - 1 } };
static const struct json_key a_name[] = {
	{ .kind = JSON_STRING, .min = 1, .max = 31 }
};
static const struct json_key a_gfp_zone[] = {
	{ .kind = JSON_INTEGER, .nullable = true, .max = MAX_NR_ZONES - 1 }
};
static const struct json_key a_pair[] = {
	{ .kind = JSON_LIST, .min = 2, .max = 2, .of = a_pfn }
};
static const struct json_key a_zonelist[] = {
	{ .kind = JSON_LIST, .max = MAX_NUMNODES * MAX_NR_ZONES, .of = a_pair }
};
static const struct json_key a_page_list[] = {
	{ .kind = JSON_LIST, .max = JSON_VALUES_MAX, .of = a_pfn }
};
static const struct json_key cpu_keys[] = {
	{ .key = "cpu", .kind = JSON_INTEGER, .max = NR_CPUS - 1 },
	{ .key = "node", .kind = JSON_INTEGER, .max = MAX_NUMNODES - 1 },
	{ .key = NULL },
};

static const struct json_key free_area_keys[] = {
	{ .key = "nr_free", .kind = JSON_INTEGER, .max = U32_MAX_VALUE },
	{ .key = "lists",
	  .kind = JSON_MAP,
	  .max = MIGRATE_TYPES,
	  .of = a_page_list },
	{ .key = NULL },
};

static const struct json_key a_cpu[] = { { .kind = JSON_OBJECT,
					   .of = cpu_keys } };
static const struct json_key a_node[] = { { .kind = JSON_OBJECT,
					    .of = state_node_keys } };
static const struct json_key a_zone[] = { { .kind = JSON_OBJECT,
					    .of = state_zone_keys } };
static const struct json_key a_free_area[] = { { .kind = JSON_OBJECT,
						 .of = free_area_keys } };
static const struct json_key a_pcp[] = { { .kind = JSON_OBJECT,
					   .of = state_pcp_keys } };

/* -- objects -------------------------------------------------------------- */

static const struct json_key task_keys[] = {
	UINT64("mems_allowed", struct task, mems_allowed),
#define TASK_FLAG(name, text, help) FLAG(#name, struct task, name),
	FORMAT_1_TASK_FLAGS(TASK_FLAG)
#undef TASK_FLAG
		{ ROW("hardwall_mems", JSON_UINT64, 0, 0, STORE_U64,
		      struct task, hardwall_mems),
		  .needs = JSON_NEEDS_FORMAT_2 },
#define TASK_FLAG(name, text, help)                                            \
	{ ROW(#name, JSON_BOOL, 0, 0, STORE_FLAG, struct task, name),          \
	  .needs = JSON_NEEDS_FORMAT_2 },
	FORMAT_2_TASK_FLAGS(TASK_FLAG){ .key = NULL },
};

static const struct json_key system_keys[] = {
	CHARS("release", struct system, release),
	PART("page_size", JSON_INTEGER, PAGE_SIZE, 1 << MAX_PAGE_SHIFT,
	     page_size, NULL),
	RANGE("max_order", struct system, max_order, 1, MAX_ORDER_LIMIT),
	RANGE("pageblock_order", struct system, pageblock_order, 0,
	      MAX_ORDER_LIMIT - 1),
	RANGE("nodes_online", struct system, nr_online_nodes, 1, MAX_NUMNODES),
	NUMBER("node_reclaim_mode", struct system, node_reclaim_mode),
	NUMBER("node_reclaim_distance", struct system, node_reclaim_distance),
	NUMBER("watermark_boost_factor", struct system, watermark_boost_factor),
	NUMBER("watermark_scale_factor", struct system, watermark_scale_factor),
	NUMBER("min_free_kbytes", struct system, min_free_kbytes),
	NUMBER("percpu_pagelist_fraction", struct system,
	       percpu_pagelist_fraction),
	NUMBERS(struct system, lowmem_reserve_ratio, 1, MAX_NR_ZONES,
		&state_part_lowmem_reserve_ratio),
	NUMBER("totalreserve_pages", struct system, totalreserve_pages),
	NUMBER("dirty_ratio", struct system, dirty_ratio),
	UINT64("dirty_bytes", struct system, dirty_bytes),
	FLAG("mobility_grouping", struct system, mobility_grouping),
	FLAG("cpusets", struct system, cpusets),
	OBJECT(struct system, task, task_keys),
	CHARS("arch", struct system, arch),
	LIST(zone_names, 1, MAX_NR_ZONES, a_name),
	LIST(gfp_zones, NR_GFP_ZONES, NR_GFP_ZONES, a_gfp_zone),
	LIST(migratetypes, 1, MIGRATE_TYPES, a_name),
	FLAG("cma", struct system, cma),
	FLAG("numa", struct system, numa),
	FLAG("nofragment", struct system, nofragment),
	FLAG("pageblocks_per_zone", struct system, pageblocks_per_zone),
	{ .key = NULL },
};

const struct json_key state_node_keys[] = {
	PART("nid", JSON_INTEGER, 0, MAX_NUMNODES - 1, nid, NULL),
	LIST(distance, 1, MAX_NUMNODES, a_u32),
	NUMBER("file_dirty", struct pglist_data, file_dirty),
	NUMBER("writeback", struct pglist_data, writeback),
	NUMBER("inactive_file", struct pglist_data, inactive_file),
	NUMBER("active_file", struct pglist_data, active_file),
	NUMBER("totalreserve_pages", struct pglist_data, totalreserve_pages),
	LIST(zonelists, MAX_ZONELISTS, MAX_ZONELISTS, a_zonelist),
	LIST(zones, 0, MAX_NR_ZONES, a_zone),
	{ .key = NULL },
};

const struct json_key state_zone_keys[] = {
	PART("zone", JSON_INTEGER, 0, MAX_NR_ZONES - 1, zone, NULL),
	PART("name", JSON_STRING, 0, 31, name, NULL),
	NUMBER("start_pfn", struct zone, start_pfn),
	NUMBER("spanned", struct zone, spanned),
	NUMBER("present", struct zone, present),
	NUMBER("managed", struct zone, managed),
	NUMBERS(struct zone, watermark, NR_WMARK, NR_WMARK, NULL),
	NUMBER("watermark_boost", struct zone, watermark_boost),
	FLAG("boosted", struct zone, boosted),
	NUMBER("nr_reserved_highatomic", struct zone, nr_reserved_highatomic),
	SIGNED("nr_free_pages", struct zone, nr_free_pages),
	NUMBERS(struct zone, lowmem_reserve, 1, MAX_NR_ZONES,
		&state_part_lowmem_reserve),
	{ ROW("numa", JSON_LIST, NR_NUMA_STATS, NR_NUMA_STATS, STORE_U64S,
	      struct zone, numa),
	  .of = a_u64, .nullable = true },
	PART("pageblocks", JSON_STRING, 0, MAX_PAGEBLOCKS, pageblocks, NULL),
	LIST(free_area, 1, MAX_ORDER_LIMIT, a_free_area),
	LIST(pcp, 1, NR_CPUS, a_pcp),
	LIST(lru, 0, JSON_VALUES_MAX, a_pair),
	{ .key = "reserved",
	  .kind = JSON_LIST,
	  .max = JSON_VALUES_MAX,
	  .part = &state_part_reserved,
	  .of = a_pair,
	  .needs = JSON_NEEDS_FORMAT_2 },
	{ ROW("nr_free_cma", JSON_INTEGER, INT32_MIN, INT32_MAX, STORE_I32,
	      struct zone, nr_free_cma),
	  .needs = JSON_NEEDS_CMA },
	{ ROW("managed_cma", JSON_INTEGER, 0, U32_MAX_VALUE, STORE_U32,
	      struct zone, managed_cma),
	  .needs = JSON_NEEDS_CMA },
	{ .key = NULL },
};

const struct json_key state_pcp_keys[] = {
	PART("cpu", JSON_INTEGER, 0, NR_CPUS - 1, cpu, NULL),
	NUMBER("count", struct per_cpu_pages, count),
	NUMBER("high", struct per_cpu_pages, high),
	NUMBER("batch", struct per_cpu_pages, batch),
	PART("stat_threshold", JSON_INTEGER, 0, INT32_MAX, stat_threshold,
	     NULL),
	SIGNED("stat_diff", struct per_cpu_pages, stat_diff),
	PART("lists", JSON_MAP, 0, MIGRATE_PCPTYPES, lists, a_page_list),
	{ .key = "page_types",
	  .kind = JSON_MAP,
	  .optional = true,
	  .max = JSON_VALUES_MAX,
	  .of = a_name,
	  .part = &state_part_page_types },
	{ ROW("cma_diff", JSON_INTEGER, INT32_MIN, INT32_MAX, STORE_I32,
	      struct per_cpu_pages, cma_diff),
	  .needs = JSON_NEEDS_CMA },
	{ .key = NULL },
};

const struct json_key state_machine_keys[] = {
	{ .key = "system",
	  .kind = JSON_OBJECT,
	  .of = system_keys,
	  .store = STORE_OBJECT },
	LIST(cpus, 1, NR_CPUS, a_cpu),
	{ .key = NULL },
};

const struct json_key state_nodes_keys[] = {
	LIST(nodes, 1, MAX_NUMNODES, a_node),
	{ .key = NULL },
};
