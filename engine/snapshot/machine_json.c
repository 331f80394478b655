/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine_json: what this program's machines have beyond a recording's
 * state: counters, and what surrounds a request. A snapshot keeps it under
 * the key "zonewalk".
 */
#include "mm/lru.h"
#include "state/state.h"
#include "snapshot/state_json.h"

static const struct json_key a_wide[] = { { .kind = JSON_UINT64 } };
static const struct json_key a_number[] = { { .kind = JSON_INTEGER,
					      .max = UINT32_MAX } };
static const struct json_key a_pfn[] = { { .kind = JSON_INTEGER,
					   .max = MAX_PFN_LIMIT - 1 } };
static const struct json_key a_row[] = {
	{ .kind = JSON_LIST, .max = MAX_NUMNODES, .of = a_number }
};
static const struct json_key a_zone[] = {
	{ .kind = JSON_LIST, .min = 5, .max = 5, .of = a_wide }
};

/* The next zone with memory behind zone id @id; nr_zones: none. */
static uint32_t next_populated(const struct machine *m, uint32_t id)
{
	while (id < m->system->nr_zones && !populated_zone(&m->zones[id]))
		id++;
	return id;
}

/* [nid, zone, pgalloc, pgfree, isolated pageblocks], each zone once */
static bool load_zone_counters(struct state_load *l, const cJSON *value,
			       const void *object)
{
	const struct system *system = object;
	uint32_t id = next_populated(l->m, 0);

	for (const cJSON *v = value->child; v; v = v->next) {
		const struct zone *zone = &l->m->zones[id];
		uint64_t numbers[5];
		uint32_t i = 0;

		for (const cJSON *n = v->child; n; n = n->next)
			numbers[i++] = json_u64(n);
		if (id >= system->nr_zones || numbers[0] != zone->node ||
		    numbers[1] != zone->idx || numbers[4] > UINT32_MAX)
			return json_fail(l->at, "zonewalk.zones: no such zone "
						"here; a row for each zone "
						"with memory, in order, is "
						"expected");
		state_set(l->m, zone->pgalloc, numbers[2]);
		state_set(l->m, zone->pgfree, numbers[3]);
		state_set(l->m, zone->nr_isolate_pageblock,
			  (uint32_t)numbers[4]);
		id = next_populated(l->m, id + 1);
	}
	return id == system->nr_zones ||
	       json_fail(l->at, "zonewalk.zones: the row of a zone with "
				"memory is missing");
}

static void save_zone_counters(struct state_save *s, const void *object)
{
	const struct system *system = object;

	writer_open(s->out, '[');
	for (uint32_t id = 0; id < system->nr_zones; id++) {
		const struct zone *zone = &s->m->zones[id];

		if (!populated_zone(zone))
			continue;
		writer_open(s->out, '[');
		writer_i64(s->out, zone->node);
		writer_i64(s->out, zone->idx);
		writer_u64(s->out, zone->pgalloc);
		writer_u64(s->out, zone->pgfree);
		writer_i64(s->out, zone->nr_isolate_pageblock);
		writer_close(s->out, ']');
	}
	writer_close(s->out, ']');
}

static const struct state_part part_zones = {
	.load = load_zone_counters,
	.save = save_zone_counters,
};

/* null: every scan is worth its time, as in a recording's state */
static bool load_min_unmapped_ratio(struct state_load *l, const cJSON *value,
				    const void *object)
{
	const struct system *system = object;

	state_set(l->m, system->min_unmapped_ratio,
		  cJSON_IsNull(value) ? RATIO_ALWAYS_SCAN : json_u32(value));
	return true;
}

static void save_min_unmapped_ratio(struct state_save *s, const void *object)
{
	const struct system *system = object;

	if (system->min_unmapped_ratio == RATIO_ALWAYS_SCAN)
		writer_null(s->out);
	else
		writer_i64(s->out, system->min_unmapped_ratio);
}

static const struct state_part part_min_unmapped_ratio = {
	.load = load_min_unmapped_ratio,
	.save = save_min_unmapped_ratio,
};

/* The queues of node_reclaim(), one node after the other, front first. */
static bool load_reclaimable(struct state_load *l, const cJSON *value,
			     const void *object)
{
	uint32_t pfn, page;

	(void)object;
	for (const cJSON *v = value->child; v; v = v->next) {
		pfn = json_u32(v);
		page = pfn < l->m->max_pfn ? l->m->pages[pfn] : 0;
		if (page_state(page) != PAGE_USED || page_order(page) ||
		    !(page & PAGE_LRU) || (page & PAGE_RECLAIMABLE) ||
		    !add_page_to_lru_list(l->m, pfn))
			return json_fail(l->at,
					 "zonewalk.reclaimable: page %u is no "
					 "block of order 0 on an LRU list, or "
					 "one too many",
					 pfn);
	}
	return true;
}

static void save_reclaimable(struct state_save *s, const void *object)
{
	const struct machine *m = s->m;
	const struct system *system = object;

	writer_open(s->out, '[');
	for (uint32_t nid = 0; nid < system->nr_nodes; nid++)
		for (uint32_t link = m->links[m->nodes[nid].lru].next;
		     link != m->nodes[nid].lru; link = m->links[link].next)
			writer_i64(s->out, lru_entry_pfn(m, link));
	writer_close(s->out, ']');
}

static const struct state_part part_reclaimable = {
	.load = load_reclaimable,
	.save = save_reclaimable,
};

/* All rows: a state has those of the nodes that are there. */
static bool load_distances(struct state_load *l, const cJSON *value,
			   const void *object)
{
	const uint32_t nr = ((const struct system *)object)->nr_nodes;
	const uint32_t *distance = l->m->distance;

	if (json_length(value) != nr)
		return json_fail(l->at, "zonewalk.distance: not a row a node");
	for (const cJSON *row = value->child; row; row = row->next) {
		if (json_length(row) != nr)
			return json_fail(l->at, "zonewalk.distance: rows of "
						"another length");
		for (const cJSON *v = row->child; v; v = v->next)
			state_set(l->m, *distance++, json_u32(v));
	}
	return true;
}

static void save_distances(struct state_save *s, const void *object)
{
	const uint32_t nr = ((const struct system *)object)->nr_nodes;

	writer_open(s->out, '[');
	for (uint32_t nid = 0; nid < nr; nid++)
		writer_u32_list(s->out, s->m->distance + nid * nr, nr);
	writer_close(s->out, ']');
}

static bool some_node_absent(const struct state_save *s, const void *object)
{
	const struct system *system = object;

	for (uint32_t nid = 0; nid < system->nr_nodes; nid++)
		if (!s->m->nodes[nid].online)
			return true;
	return false;
}

static const struct state_part part_distance = {
	.load = load_distances,
	.save = save_distances,
	.wanted = some_node_absent,
};

static bool is_from_report(const struct state_save *s, const void *object)
{
	(void)object;
	return s->m->system->from_report;
}

static const struct state_part part_from_report = { .wanted = is_from_report };

static bool is_buddy_only(const struct state_save *s, const void *object)
{
	(void)object;
	return s->m->system->buddy_only;
}

static const struct state_part part_buddy_only = { .wanted = is_buddy_only };

#define FLAG(name, type, member)                                               \
	{                                                                      \
		.key = name, .kind = JSON_BOOL, .store = STORE_FLAG,           \
		.offset = offsetof(type, member)                               \
	}
#define NUMBER(name, type, member)                                             \
	{                                                                      \
		.key = name, .kind = JSON_INTEGER, .max = UINT32_MAX,          \
		.store = STORE_U32, .offset = offsetof(type, member)           \
	}

static const struct json_key fault_keys[] = {
#define ATTR(kind_, name, otherwise, least, most, help)                        \
	{ .key = #name,                                                        \
	  .kind = KIND_##kind_ == KIND_flag ? JSON_BOOL : JSON_INTEGER,        \
	  .min = least,                                                        \
	  .max = most,                                                         \
	  .store = KIND_##kind_ == KIND_flag ? STORE_FLAG : STORE_I32,         \
	  .offset = offsetof(struct fault_attr, name) },
	FAULT_ATTRS(ATTR)
#undef ATTR
		NUMBER("count", struct fault_attr, count),
	{ .key = NULL },
};

const struct json_key state_more_keys[] = {
	{ .key = "min_unmapped_ratio",
	  .kind = JSON_INTEGER,
	  .nullable = true,
	  .max = 100,
	  .part = &part_min_unmapped_ratio },
	{ .key = "reclaimable",
	  .kind = JSON_LIST,
	  .max = JSON_VALUES_MAX,
	  .of = a_pfn,
	  .part = &part_reclaimable },
	FLAG("poison", struct system, poison),
	FLAG("highmem_is_dirtyable", struct system, highmem_is_dirtyable),
	{ .key = "from_report",
	  .kind = JSON_BOOL,
	  .optional = true,
	  .store = STORE_FLAG,
	  .offset = offsetof(struct system, from_report),
	  .part = &part_from_report },
	{ .key = "buddy_only",
	  .kind = JSON_BOOL,
	  .optional = true,
	  .store = STORE_FLAG,
	  .offset = offsetof(struct system, buddy_only),
	  .part = &part_buddy_only },
	{ .key = "fail_page_alloc",
	  .kind = JSON_OBJECT,
	  .of = fault_keys,
	  .store = STORE_OBJECT,
	  .offset = offsetof(struct system, fail_page_alloc) },
	{ .key = "distance",
	  .kind = JSON_LIST,
	  .optional = true,
	  .max = MAX_NUMNODES,
	  .of = a_row,
	  .part = &part_distance },
	{ .key = "zones",
	  .kind = JSON_LIST,
	  .max = MAX_NUMNODES * MAX_NR_ZONES,
	  .of = a_zone,
	  .part = &part_zones },
	{ .key = NULL },
};
