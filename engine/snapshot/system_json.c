/* SPDX-License-Identifier: GPL-2.0-or-later */
/* system_json: the parts of a state that exist once in a machine. */
#include <string.h>

#include "state/state.h"
#include "snapshot/state_json.h"

static void save_page_size(struct state_save *s, const void *object)
{
	(void)object;
	writer_u64(s->out, page_size(s->m));
}

const struct state_part state_part_page_size = { .save = save_page_size };

/* No value for DEVICE, the highest zone: no zone is above it. */
static uint32_t count_lowmem_reserve_ratio(const struct machine *m)
{
	const struct system *system = m->system;
	uint32_t nr = system->nr_zone_types;

	return nr > 1 && system->zone_type[nr - 1] == ZONE_DEVICE ? nr - 1 : nr;
}

/* The zone types are read later, so a state may have up to one for each. */
static bool load_lowmem_reserve_ratio(struct state_load *l, const cJSON *value,
				      const void *object)
{
	const struct system *system = object;
	uint32_t i = 0;

	if (json_length(value) > system->nr_zone_types)
		return state_fail(l, "system.lowmem_reserve_ratio is longer "
				     "than zone_names");
	for (const cJSON *v = value->child; v; v = v->next)
		state_set(l->m, system->lowmem_reserve_ratio[i++], json_u32(v));
	return true;
}

const struct state_part state_part_lowmem_reserve_ratio = {
	.load = load_lowmem_reserve_ratio,
	.count = count_lowmem_reserve_ratio,
};

static uint32_t count_zone_types(const struct machine *m)
{
	return m->system->nr_zone_types;
}

const struct state_part state_part_lowmem_reserve = {
	.count = count_zone_types,
};

static bool load_zone_names(struct state_load *l, const cJSON *value,
			    const void *object)
{
	const struct system *system = object;
	int last = -1;
	uint32_t i = 0;

	for (const cJSON *v = value->child; v; v = v->next) {
		int type = zone_type_from_name(v->valuestring);

		if (type <= last)
			return json_fail(l->at,
					 "system.zone_names[%u]: \"%s\" "
					 "is no zone, or not in order",
					 i, v->valuestring);
		state_set(l->m, system->zone_type[i++], type);
		last = type;
	}
	return true;
}

static void save_zone_names(struct state_save *s, const void *object)
{
	const struct system *system = object;

	writer_open(s->out, '[');
	for (uint32_t i = 0; i < system->nr_zone_types; i++)
		writer_string(s->out, zone_type_name(system->zone_type[i]));
	writer_close(s->out, ']');
}

const struct state_part state_part_zone_names = {
	.load = load_zone_names,
	.save = save_zone_names,
};

static bool load_gfp_zones(struct state_load *l, const cJSON *value,
			   const void *object)
{
	const struct system *system = object;
	uint32_t i = 0;

	for (const cJSON *v = value->child; v; v = v->next, i++) {
		if (!cJSON_IsNull(v) && json_u32(v) >= system->nr_zone_types)
			return json_fail(l->at,
					 "system.gfp_zones[%u]: no zone "
					 "name has index %u",
					 i, json_u32(v));
		state_set(l->m, system->gfp_zones[i],
			  cJSON_IsNull(v) ? GFP_ZONE_BAD : json_u32(v));
	}
	return true;
}

static void save_gfp_zones(struct state_save *s, const void *object)
{
	const struct system *system = object;

	writer_open(s->out, '[');
	for (uint32_t i = 0; i < NR_GFP_ZONES; i++) {
		if (system->gfp_zones[i] == GFP_ZONE_BAD)
			writer_null(s->out);
		else
			writer_i64(s->out, system->gfp_zones[i]);
	}
	writer_close(s->out, ']');
}

const struct state_part state_part_gfp_zones = {
	.load = load_gfp_zones,
	.save = save_gfp_zones,
};

/* Files refer to migratetypes by name; their numbers do not matter. */
static bool load_migratetypes(struct state_load *l, const cJSON *value,
			      const void *object)
{
	bool cma = cJSON_IsTrue(json_get(json_get(l->json, "system"), "cma"));
	const cJSON *v = value->child;

	(void)object;
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++) {
		if (type == MIGRATE_CMA && !cma)
			continue;
		if (!v || strcmp(v->valuestring, migratetype_name(type)))
			return json_fail(l->at,
					 "system.migratetypes: \"%s\" "
					 "is expected in its place",
					 migratetype_name(type));
		v = v->next;
	}
	return !v || json_fail(l->at,
			       "system.migratetypes: \"%s\" is one too "
			       "many",
			       v->valuestring);
}

static void save_migratetypes(struct state_save *s, const void *object)
{
	const struct system *system = object;

	writer_open(s->out, '[');
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		if (type != MIGRATE_CMA || system->cma)
			writer_string(s->out, migratetype_name(type));
	writer_close(s->out, ']');
}

const struct state_part state_part_migratetypes = {
	.load = load_migratetypes,
	.save = save_migratetypes,
};

int state_migratetype(const struct machine *m, const char *name)
{
	int type = migratetype_from_name(name);

	return type == MIGRATE_CMA && !m->system->cma ? -1 : type;
}

static bool load_cpus(struct state_load *l, const cJSON *value,
		      const void *object)
{
	const struct system *system = object;
	uint32_t cpu = 0;

	for (const cJSON *v = value->child; v; v = v->next, cpu++) {
		uint32_t nid = json_member_u32(v, "node");

		if (json_member_u32(v, "cpu") != cpu || nid >= system->nr_nodes)
			return json_fail(l->at,
					 "cpus[%u]: cpus are numbered "
					 "from 0 on, and on a node of "
					 "this machine",
					 cpu);
		state_set(l->m, system->cpu_node[cpu], nid);
	}
	return true;
}

static void save_cpus(struct state_save *s, const void *object)
{
	const struct system *system = object;

	writer_open(s->out, '[');
	for (uint32_t cpu = 0; cpu < system->nr_cpus; cpu++) {
		writer_open(s->out, '{');
		writer_add_u64(s->out, "cpu", cpu);
		writer_add_u64(s->out, "node", system->cpu_node[cpu]);
		writer_close(s->out, '}');
	}
	writer_close(s->out, ']');
}

const struct state_part state_part_cpus = {
	.load = load_cpus,
	.save = save_cpus,
};
