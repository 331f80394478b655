/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state_json: the tables of a state's keys, in the recordings' order, and
 * the loops over them.
 */
#include "snapshot/state_json.h"

#include <string.h>

#include "state/state.h"

#define U32_MAX_VALUE ((int64_t)UINT32_MAX)

/* rows by how they are stored: ROW(json key, struct type, its member) */
#define NUMBER(name, type, member)                                             \
	{                                                                      \
		.key = name, .kind = JSON_INTEGER, .max = U32_MAX_VALUE,       \
		.store = STORE_U32, .offset = offsetof(type, member)           \
	}
#define SIGNED(name, type, member, needed)                                     \
	{                                                                      \
		.key = name, .kind = JSON_INTEGER, .min = INT32_MIN,           \
		.max = INT32_MAX, .needs = needed, .store = STORE_I32,         \
		.offset = offsetof(type, member)                               \
	}
#define WIDE(name, type, member)                                               \
	{                                                                      \
		.key = name, .kind = JSON_UINT64, .store = STORE_U64,          \
		.offset = offsetof(type, member)                               \
	}
#define FLAG(name, type, member)                                               \
	{                                                                      \
		.key = name, .kind = JSON_BOOL, .store = STORE_FLAG,           \
		.offset = offsetof(type, member)                               \
	}
#define CHARS(name, type, member)                                              \
	{                                                                      \
		.key = name, .kind = JSON_STRING,                              \
		.max = sizeof(((type *)0)->member) - 1, .store = STORE_CHARS,  \
		.offset = offsetof(type, member)                               \
	}
#define WHOLE(name, least, most, how)                                          \
	{                                                                      \
		.key = name, .kind = JSON_INTEGER, .min = least, .max = most,  \
		.part = &state_part_##how                                      \
	}
#define LIST(name, least, most, each)                                          \
	{                                                                      \
		.key = #name, .kind = JSON_LIST, .min = least, .max = most,    \
		.of = each, .part = &state_part_##name                         \
	}

#define MAX_PAGEBLOCKS MAX_PFN_LIMIT

/* -- values of lists ------------------------------------------------------ */

static const struct json_key a_word[] = { { .kind = JSON_INTEGER,
					    .max = U32_MAX_VALUE } };
static const struct json_key a_wide[] = { { .kind = JSON_UINT64 } };
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
static const struct json_key a_cpu[] = { { .kind = JSON_OBJECT,
					   .of = state_cpu_keys } };
static const struct json_key a_node[] = { { .kind = JSON_OBJECT,
					    .of = state_node_keys } };
static const struct json_key a_zone[] = { { .kind = JSON_OBJECT,
					    .of = state_zone_keys } };
static const struct json_key a_free_area[] = { { .kind = JSON_OBJECT,
						 .of = state_free_area_keys } };
static const struct json_key a_pcp[] = { { .kind = JSON_OBJECT,
					   .of = state_pcp_keys } };

/* -- objects -------------------------------------------------------------- */

static const struct json_key task_keys[] = {
	WIDE("mems_allowed", struct task, mems_allowed),
#define TASK_FLAG(name, text, help) FLAG(#name, struct task, name),
	RECORDED_TASK_FLAGS(TASK_FLAG){ .key = NULL },
};

static const struct json_key system_keys[] = {
	CHARS("release", struct system, release),
	WHOLE("page_size", PAGE_SIZE, PAGE_SIZE, page_size),
	{ .key = "max_order",
	  .kind = JSON_INTEGER,
	  .min = 1,
	  .max = MAX_ORDER_LIMIT,
	  .store = STORE_U32,
	  .offset = offsetof(struct system, max_order) },
	{ .key = "pageblock_order",
	  .kind = JSON_INTEGER,
	  .max = MAX_ORDER_LIMIT - 1,
	  .store = STORE_U32,
	  .offset = offsetof(struct system, pageblock_order) },
	{ .key = "nodes_online",
	  .kind = JSON_INTEGER,
	  .min = 1,
	  .max = MAX_NUMNODES,
	  .store = STORE_U32,
	  .offset = offsetof(struct system, nr_online_nodes) },
	NUMBER("node_reclaim_mode", struct system, node_reclaim_mode),
	NUMBER("node_reclaim_distance", struct system, node_reclaim_distance),
	NUMBER("watermark_boost_factor", struct system, watermark_boost_factor),
	NUMBER("watermark_scale_factor", struct system, watermark_scale_factor),
	NUMBER("min_free_kbytes", struct system, min_free_kbytes),
	NUMBER("percpu_pagelist_fraction", struct system,
	       percpu_pagelist_fraction),
	LIST(lowmem_reserve_ratio, 1, MAX_NR_ZONES, a_word),
	NUMBER("totalreserve_pages", struct system, totalreserve_pages),
	NUMBER("dirty_ratio", struct system, dirty_ratio),
	WIDE("dirty_bytes", struct system, dirty_bytes),
	FLAG("mobility_grouping", struct system, mobility_grouping),
	FLAG("cpusets", struct system, cpusets),
	{ .key = "task",
	  .kind = JSON_OBJECT,
	  .of = task_keys,
	  .store = STORE_OBJECT,
	  .offset = offsetof(struct system, task) },
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

const struct json_key state_cpu_keys[] = {
	{ .key = "cpu", .kind = JSON_INTEGER, .max = NR_CPUS - 1 },
	{ .key = "node", .kind = JSON_INTEGER, .max = MAX_NUMNODES - 1 },
	{ .key = NULL },
};

const struct json_key state_node_keys[] = {
	WHOLE("nid", 0, MAX_NUMNODES - 1, nid),
	LIST(distance, 1, MAX_NUMNODES, a_word),
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
	WHOLE("zone", 0, MAX_NR_ZONES - 1, zone),
	{ .key = "name",
	  .kind = JSON_STRING,
	  .max = 31,
	  .part = &state_part_name },
	NUMBER("start_pfn", struct zone, start_pfn),
	NUMBER("spanned", struct zone, spanned),
	NUMBER("present", struct zone, present),
	NUMBER("managed", struct zone, managed),
	LIST(watermark, NR_WMARK, NR_WMARK, a_word),
	NUMBER("watermark_boost", struct zone, watermark_boost),
	FLAG("boosted", struct zone, boosted),
	NUMBER("nr_reserved_highatomic", struct zone, nr_reserved_highatomic),
	SIGNED("nr_free_pages", struct zone, nr_free_pages, 0),
	LIST(lowmem_reserve, 1, MAX_NR_ZONES, a_word),
	{ .key = "numa",
	  .kind = JSON_LIST,
	  .nullable = true,
	  .min = NR_NUMA_STATS,
	  .max = NR_NUMA_STATS,
	  .of = a_wide,
	  .part = &state_part_numa },
	{ .key = "pageblocks",
	  .kind = JSON_STRING,
	  .max = MAX_PAGEBLOCKS,
	  .part = &state_part_pageblocks },
	LIST(free_area, 1, MAX_ORDER_LIMIT, a_free_area),
	LIST(pcp, 1, NR_CPUS, a_pcp),
	LIST(lru, 0, JSON_VALUES_MAX, a_pair),
	SIGNED("nr_free_cma", struct zone, nr_free_cma, JSON_NEEDS_CMA),
	{ .key = "managed_cma",
	  .kind = JSON_INTEGER,
	  .max = U32_MAX_VALUE,
	  .needs = JSON_NEEDS_CMA,
	  .store = STORE_U32,
	  .offset = offsetof(struct zone, managed_cma) },
	{ .key = NULL },
};

const struct json_key state_free_area_keys[] = {
	{ .key = "nr_free", .kind = JSON_INTEGER, .max = U32_MAX_VALUE },
	{ .key = "lists",
	  .kind = JSON_MAP,
	  .max = MIGRATE_TYPES,
	  .of = a_page_list },
	{ .key = NULL },
};

const struct json_key state_pcp_keys[] = {
	WHOLE("cpu", 0, NR_CPUS - 1, cpu),
	NUMBER("count", struct per_cpu_pages, count),
	NUMBER("high", struct per_cpu_pages, high),
	NUMBER("batch", struct per_cpu_pages, batch),
	WHOLE("stat_threshold", 0, INT32_MAX, stat_threshold),
	SIGNED("stat_diff", struct per_cpu_pages, stat_diff, 0),
	{ .key = "lists",
	  .kind = JSON_MAP,
	  .max = MIGRATE_PCPTYPES,
	  .of = a_page_list,
	  .part = &state_part_lists },
	{ .key = "page_types",
	  .kind = JSON_MAP,
	  .optional = true,
	  .max = JSON_VALUES_MAX,
	  .of = a_name,
	  .part = &state_part_page_types },
	SIGNED("cma_diff", struct per_cpu_pages, cma_diff, JSON_NEEDS_CMA),
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

static const struct json_key nodes_keys[] = {
	LIST(nodes, 1, MAX_NUMNODES, a_node),
	{ .key = NULL },
};

static const struct json_key state_halves[] = {
	[STATE_SYSTEM] = { .kind = JSON_OBJECT, .of = state_machine_keys },
	[STATE_NODES] = { .kind = JSON_OBJECT, .of = nodes_keys },
};

/* -- the loops ------------------------------------------------------------ */

bool state_check(const struct json_place *at, const cJSON *json)
{
	const cJSON *system = json_get(json, "system");
	const cJSON *cma = system ? json_get(system, "cma") : NULL;
	unsigned int needs = cJSON_IsTrue(cma) ? JSON_NEEDS_CMA : 0;

	return json_check(at, json, &state_halves[STATE_SYSTEM], needs) &&
	       json_check(at, json, &state_halves[STATE_NODES], needs);
}

bool state_load_keys(struct state_load *l, const cJSON *json,
		     enum state_half half)
{
	return state_load_object(l, json, state_halves[half].of, l->m->system);
}

static void load_chars(const char *field, const struct json_key *row,
		       const char *value)
{
	/* the machine is being made: nobody listens yet */
	char *chars = (char *)(uintptr_t)field;

	memset(chars, 0, (size_t)row->max + 1);
	memcpy(chars, value, strlen(value));
}

static bool load_stored(struct state_load *l, const cJSON *value,
			const struct json_key *row, const void *field)
{
	const uint32_t *word = field;
	const uint64_t *wide = field;

	switch ((enum state_store)row->store) {
	case STORE_NONE:
		break;
	case STORE_U32:
		state_set(l->m, *word, json_u32(value));
		break;
	case STORE_I32:
		state_set(l->m, *word, (int32_t)json_i64(value));
		break;
	case STORE_U64:
		state_set(l->m, *wide, json_u64(value));
		break;
	case STORE_FLAG:
		state_set(l->m, *word, cJSON_IsTrue(value) ? 1 : 0);
		break;
	case STORE_CHARS:
		load_chars(field, row, value->valuestring);
		break;
	case STORE_OBJECT:
		return state_load_object(l, value, row->of, field);
	}
	return true;
}

bool state_load_object(struct state_load *l, const cJSON *json,
		       const struct json_key *keys, const void *object)
{
	for (const struct json_key *row = keys; row->key; row++) {
		const void *field = (const char *)object + row->offset;
		const cJSON *value = json_get(json, row->key);

		if (!value || (row->needs && !l->m->system->cma))
			continue;
		if (!load_stored(l, value, row, field))
			return false;
		if (row->part && row->part->load &&
		    !row->part->load(l, value, object))
			return false;
	}
	return true;
}

static void save_stored(struct state_save *s, const struct json_key *row,
			const void *field)
{
	uint64_t wide;

	switch ((enum state_store)row->store) {
	case STORE_NONE:
		break;
	case STORE_U32:
		writer_i64(s->out, *(const uint32_t *)field);
		break;
	case STORE_I32:
		writer_i64(s->out, *(const int32_t *)field);
		break;
	case STORE_U64:
		memcpy(&wide, field, sizeof(wide));
		writer_u64(s->out, wide);
		break;
	case STORE_FLAG:
		writer_bool(s->out, *(const uint32_t *)field);
		break;
	case STORE_CHARS:
		writer_string(s->out, field);
		break;
	case STORE_OBJECT:
		writer_open(s->out, '{');
		state_save_object(s, row->of, field);
		writer_close(s->out, '}');
		break;
	}
}

void state_save_object(struct state_save *s, const struct json_key *keys,
		       const void *object)
{
	for (const struct json_key *row = keys; row->key; row++) {
		const struct state_part *part = row->part;

		if (row->needs && !s->m->system->cma)
			continue;
		if (part && part->wanted && !part->wanted(s, object))
			continue;
		writer_key(s->out, row->key);
		if (part && part->save)
			part->save(s, object);
		else
			save_stored(s, row, (const char *)object + row->offset);
	}
}

void state_save(struct json_writer *out, const struct machine *m,
		const char *name)
{
	struct state_save save = { .out = out, .m = m };

	writer_key(out, "state");
	writer_string(out, name);
	state_save_object(&save, state_machine_keys, m->system);
	state_save_object(&save, nodes_keys, m->system);
}
