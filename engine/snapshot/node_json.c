/* SPDX-License-Identifier: GPL-2.0-or-later */
/* node_json: the parts of a state that describe nodes and zones. */
#include <string.h>

#include "state/state.h"
#include "snapshot/state_json.h"

static uint32_t node_id(const struct machine *m, const void *node)
{
	return (uint32_t)((const struct pglist_data *)node - m->nodes);
}

/* -- nodes ---------------------------------------------------------------- */

static bool load_nodes(struct state_load *l, const cJSON *value,
		       const void *object)
{
	const struct machine *m = l->m;

	(void)object;
	/* zonelists refer to zones of all nodes, so read their sizes first */
	for (const cJSON *v = value->child; v; v = v->next) {
		uint32_t nid = json_member_u32(v, "nid");

		state_set(l->m, m->nodes[nid].online, 1);
		for (const cJSON *z = json_get(v, "zones")->child; z;
		     z = z->next) {
			const struct zone *zone =
				node_zone(m, nid, json_member_u32(z, "zone"));

			state_set(l->m, zone->present,
				  json_member_u32(z, "present"));
			state_set(l->m, m->nodes[nid].has_memory, 1);
		}
	}
	for (const cJSON *v = value->child; v; v = v->next)
		if (!state_load_object(l, v, state_node_keys,
				       &m->nodes[json_member_u32(v, "nid")]))
			return false;
	return true;
}

static void save_nodes(struct state_save *s, const void *object)
{
	(void)object;
	writer_open(s->out, '[');
	for (uint32_t nid = 0; nid < s->m->system->nr_nodes; nid++) {
		if (!s->m->nodes[nid].online)
			continue;
		writer_open(s->out, '{');
		state_save_object(s, state_node_keys, &s->m->nodes[nid]);
		writer_close(s->out, '}');
	}
	writer_close(s->out, ']');
}

const struct state_part state_part_nodes = {
	.load = load_nodes,
	.save = save_nodes,
};

static void save_nid(struct state_save *s, const void *object)
{
	writer_i64(s->out, node_id(s->m, object));
}

const struct state_part state_part_nid = { .save = save_nid };

static bool load_distance(struct state_load *l, const cJSON *value,
			  const void *object)
{
	const uint32_t *row =
		l->m->distance + node_id(l->m, object) * l->m->system->nr_nodes;

	for (const cJSON *v = value->child; v; v = v->next, row++)
		state_set(l->m, *row, json_u32(v));
	return true;
}

static void save_distance(struct state_save *s, const void *object)
{
	const uint32_t nr = s->m->system->nr_nodes;

	writer_u32_list(s->out, s->m->distance + node_id(s->m, object) * nr,
			nr);
}

const struct state_part state_part_distance = {
	.load = load_distance,
	.save = save_distance,
};

static bool load_zoneref(struct state_load *l, uint32_t first,
			 const cJSON *pair)
{
	uint32_t nid = json_u32(pair->child);
	uint32_t idx = json_u32(pair->child->next);
	const struct system *system = l->m->system;
	const struct zone *zone;

	if (nid >= system->nr_nodes || idx >= system->nr_zone_types ||
	    !populated_zone(node_zone(l->m, nid, idx)))
		return json_fail(l->at,
				 "a zonelist names zone [%u, %u], which "
				 "has no memory",
				 nid, idx);
	zone = node_zone(l->m, nid, idx);
	for (uint32_t i = first; i < l->nr_zonerefs; i++)
		if (l->m->zonerefs[i].zone == zone_id(l->m, zone))
			return json_fail(l->at,
					 "a zonelist names zone [%u, "
					 "%u] twice",
					 nid, idx);
	/* the machine has no history yet */
	*(struct zoneref *)(uintptr_t)&l->m->zonerefs[l->nr_zonerefs++] =
		(struct zoneref){ .zone = zone_id(l->m, zone),
				  .idx = (uint16_t)idx,
				  .nid = (uint16_t)nid };
	return true;
}

static bool load_zonelists(struct state_load *l, const cJSON *value,
			   const void *object)
{
	const struct pglist_data *node = object;
	const struct zonelist *list = node->zonelists;

	for (const cJSON *v = value->child; v; v = v->next, list++) {
		uint32_t first = l->nr_zonerefs;

		for (const cJSON *pair = v->child; pair; pair = pair->next)
			if (!load_zoneref(l, first, pair))
				return false;
		state_set(l->m, list->first, first);
		state_set(l->m, list->nr, l->nr_zonerefs - first);
	}
	return true;
}

static void save_zonelists(struct state_save *s, const void *object)
{
	const struct pglist_data *node = object;

	writer_open(s->out, '[');
	for (uint32_t i = 0; i < MAX_ZONELISTS; i++) {
		const struct zoneref *z =
			s->m->zonerefs + node->zonelists[i].first;

		writer_open(s->out, '[');
		for (uint32_t k = 0; k < node->zonelists[i].nr; k++, z++) {
			const uint32_t pair[] = { z->nid, z->idx };

			writer_u32_list(s->out, pair, 2);
		}
		writer_close(s->out, ']');
	}
	writer_close(s->out, ']');
}

const struct state_part state_part_zonelists = {
	.load = load_zonelists,
	.save = save_zonelists,
};

/* -- zones ---------------------------------------------------------------- */

static bool load_zones(struct state_load *l, const cJSON *value,
		       const void *object)
{
	uint32_t nid = node_id(l->m, object);

	for (const cJSON *v = value->child; v; v = v->next) {
		l->zone = node_zone(l->m, nid, json_member_u32(v, "zone"));
		if (!state_load_object(l, v, state_zone_keys, l->zone))
			return false;
	}
	return true;
}

static void save_zones(struct state_save *s, const void *object)
{
	uint32_t nid = node_id(s->m, object);

	writer_open(s->out, '[');
	for (uint32_t i = 0; i < s->m->system->nr_zone_types; i++) {
		s->zone = node_zone(s->m, nid, i);
		if (!populated_zone(s->zone))
			continue;
		writer_open(s->out, '{');
		state_save_object(s, state_zone_keys, s->zone);
		writer_close(s->out, '}');
	}
	writer_close(s->out, ']');
}

const struct state_part state_part_zones = {
	.load = load_zones,
	.save = save_zones,
};

static void save_zone(struct state_save *s, const void *object)
{
	writer_i64(s->out, ((const struct zone *)object)->idx);
}

const struct state_part state_part_zone = { .save = save_zone };

static bool load_name(struct state_load *l, const cJSON *value,
		      const void *object)
{
	(void)object;
	return !strcmp(value->valuestring, zone_type_name(l->zone->type)) ||
	       state_fail(l, "its name is \"%s\"", value->valuestring);
}

static void save_name(struct state_save *s, const void *object)
{
	(void)object;
	writer_string(s->out, zone_type_name(s->zone->type));
}

const struct state_part state_part_name = {
	.load = load_name,
	.save = save_name,
};

/* -- pageblocks ----------------------------------------------------------- */

static bool load_pageblock(struct state_load *l, uint32_t index, char letter)
{
	int type = letter == '.' ? PAGEBLOCK_NONE :
				   migratetype_from_letter(letter);
	unsigned int old = l->m->pageblocks[index];

	if (type < 0 || (type == MIGRATE_CMA && !l->m->system->cma))
		return state_fail(l,
				  "pageblocks: '%c' is no migratetype of this "
				  "machine",
				  letter);
	/* two zones may share a pageblock if they agree on its type */
	if (old != PAGEBLOCK_NONE && type != PAGEBLOCK_NONE &&
	    old != (unsigned int)type)
		return state_fail(l, "pageblocks: the one it "
				     "shares with another zone "
				     "has two types");
	if (type != PAGEBLOCK_NONE)
		state_set(l->m, l->m->pageblocks[index], type);
	if (type == MIGRATE_ISOLATE)
		state_set(l->m, l->zone->nr_isolate_pageblock,
			  l->zone->nr_isolate_pageblock + 1);
	return true;
}

/* The number of pageblocks that a zone covers at least in part. */
static uint32_t nr_zone_pageblocks(const struct machine *m,
				   const struct zone *zone)
{
	return pageblock_index(m, zone, zone_end_pfn(zone) - 1) -
	       pageblock_index(m, zone, zone->start_pfn) + 1;
}

static bool load_pageblocks(struct state_load *l, const cJSON *value,
			    const void *object)
{
	const struct zone *zone = object;
	uint32_t first = pageblock_index(l->m, zone, zone->start_pfn);
	uint32_t nr = nr_zone_pageblocks(l->m, zone);
	size_t length = strlen(value->valuestring);

	if (length != nr)
		return state_fail(l,
				  "pageblocks: %zu "
				  "letters, the zone has %u "
				  "pageblocks",
				  length, nr);
	for (uint32_t i = 0; i < nr; i++)
		if (!load_pageblock(l, first + i, value->valuestring[i]))
			return false;
	return true;
}

static void save_pageblocks(struct state_save *s, const void *object)
{
	const struct zone *zone = object;
	uint32_t first = pageblock_index(s->m, zone, zone->start_pfn);
	uint32_t nr = nr_zone_pageblocks(s->m, zone);

	writer_string(s->out, "");
	s->out->length--; /* drop the closing quote */
	for (uint32_t i = 0; i < nr; i++) {
		unsigned int type = s->m->pageblocks[first + i];
		char letter = type == PAGEBLOCK_NONE ? '.' :
						       migratetype_letter(type);

		writer_raw(s->out, &letter, 1);
	}
	writer_raw(s->out, "\"", 1);
}

const struct state_part state_part_pageblocks = {
	.load = load_pageblocks,
	.save = save_pageblocks,
};
