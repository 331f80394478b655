/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff: compare two machines by the tables that load and save them
 * (state_keys.c), so that every key of a state is compared. diff_lists.c
 * compares lists, diff_blocks.c pageblocks and blocks in use.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff/diff_private.h"
#include "events/trace.h"

/* -- reporting ------------------------------------------------------------ */

void diff_report(struct diff *d, struct difference *found)
{
	const struct zone *zone = d->zone_a ? d->zone_a : d->zone_b;

	found->nid = d->nid;
	found->zone = zone ? zone_type_name(zone->type) : NULL;
	found->cpu = d->cpu;
	d->nr++;
	d->sink->found(d->sink->context, found);
}

void diff_report_change(struct diff *d, enum diff_part part, const char *what,
			const char *a, const char *b)
{
	struct difference found = {
		.part = part, .how = DIFF_CHANGED, .what = what, .a = a, .b = b
	};

	diff_report(d, &found);
}

void diff_number(struct diff *d, enum diff_part part, const char *what,
		 int64_t a, int64_t b)
{
	char text[2][24];

	if (a == b)
		return;
	snprintf(text[0], sizeof(text[0]), "%" PRId64, a);
	snprintf(text[1], sizeof(text[1]), "%" PRId64, b);
	diff_report_change(d, part, what, text[0], text[1]);
}

/* Something that only one of the two has. */
static void report_alone(struct diff *d, const char *what, bool in_a)
{
	struct difference found = { .part = DIFF_MACHINE,
				    .how = in_a ? DIFF_LOST : DIFF_GAINED,
				    .what = what };

	diff_report(d, &found);
}

/* -- the values of a table ------------------------------------------------ */

/* Is the row compared by a function of its own? */
static bool is_compared_elsewhere(const struct json_key *row)
{
	static const struct state_part *const own[] = {
		&state_part_nodes, &state_part_zones, &state_part_free_area,
		&state_part_pcp,   &state_part_lists, &state_part_pageblocks,
		&state_part_lru,
	};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (row->part == own[i])
			return true;
	/* a snapshot's counters by zone: diff_counters() */
	return !strcmp(row->key, "zones");
}

/* The keys that both have. */
static unsigned int diff_needs(const struct diff *d)
{
	return state_needs(d->a, d->format) & state_needs(d->b, d->format);
}

/* The row's value as a file would have it; free() it. */
static char *value_text(struct diff *d, const struct machine *m,
			const struct json_key *row, const void *object)
{
	const struct json_key table[] = { *row, { .key = NULL } };
	struct json_writer out = { .data = NULL };
	struct state_save save = {
		.out = &out,
		.m = m,
		.needs = diff_needs(d),
		.zone = m == d->a ? d->zone_a : d->zone_b,
		.cpu = d->cpu,
	};
	char *text;

	state_save_object(&save, table, object);
	text = writer_finish(&out);
	if (!text)
		d->failed = true;
	return text;
}

/* Behind the key, without a string's quotes; NULL: it is not there. */
static char *value_of(char *text, const char *key)
{
	char *value = text + strlen(key) + 3;
	size_t length;

	if (!*text)
		return NULL;
	length = strlen(value);
	if (*value != '"' || length < 2)
		return value;
	value[length - 1] = '\0';
	return value + 1;
}

/* The name of element @i of list @key; NULL: it has none. */
static const char *element_name(const struct diff *d, const char *key,
				uint32_t i)
{
	const struct system *system = d->a->system;

	if (!strcmp(key, "watermark"))
		return i < NR_WMARK ? enum_name(KIND_wmark, i) : NULL;
	if (!strcmp(key, "numa"))
		return i < NR_NUMA_STATS ? numa_stat_names[i] : NULL;
	if (!strcmp(key, "lowmem_reserve") ||
	    !strcmp(key, "lowmem_reserve_ratio"))
		return i < system->nr_zone_types ? zone_name(d->a, i) : NULL;
	return NULL;
}

/* Report the elements that differ, if they have names. */
static bool report_elements(struct diff *d, enum diff_part part,
			    const char *key, char *a, char *b)
{
	char *rest_a = NULL, *rest_b = NULL, what[64];
	char *x, *y;
	uint32_t i = 0;

	if (!a || !b || *a != '[' || *b != '[' || !element_name(d, key, 0))
		return false;
	x = strtok_r(a, "[],\"", &rest_a);
	y = strtok_r(b, "[],\"", &rest_b);
	for (; x && y; i++) {
		const char *name = element_name(d, key, i);

		snprintf(what, sizeof(what), "%s %s", key, name ? name : "?");
		if (strcmp(x, y))
			diff_report_change(d, part, what, x, y);
		x = strtok_r(NULL, "[],\"", &rest_a);
		y = strtok_r(NULL, "[],\"", &rest_b);
	}
	/* if one list is longer, the shapes differ, which is reported */
	return true;
}

static void diff_row(struct diff *d, enum diff_part part, const char *prefix,
		     const struct json_key *row, const void *a, const void *b)
{
	char *text_a = value_text(d, d->a, row, a);
	char *text_b = value_text(d, d->b, row, b);
	char what[80], *x, *y;

	if (text_a && text_b && strcmp(text_a, text_b)) {
		x = value_of(text_a, row->key);
		y = value_of(text_b, row->key);
		snprintf(what, sizeof(what), "%s%s", prefix, row->key);
		if (!report_elements(d, part, row->key, x, y))
			diff_report_change(d, part, what, x, y);
	}
	free(text_a);
	free(text_b);
}

/* An object's values, by the table that saves it. */
static void diff_keys(struct diff *d, enum diff_part part, const char *prefix,
		      const struct json_key *keys, const void *a, const void *b)
{
	char inner[48];

	for (const struct json_key *row = keys; row->key; row++) {
		if (row->needs & ~diff_needs(d))
			continue;
		if (is_compared_elsewhere(row))
			continue;
		if (row->store == STORE_OBJECT) {
			snprintf(inner, sizeof(inner), "%s%s.", prefix,
				 row->key);
			/* every key of a machine is one of its system */
			if (!strcmp(row->key, "system"))
				inner[0] = '\0';
			diff_keys(d, part, inner, row->of,
				  (const char *)a + row->offset,
				  (const char *)b + row->offset);
			continue;
		}
		diff_row(d, part, prefix, row, a, b);
	}
}

/* -- zones ---------------------------------------------------------------- */

static void diff_cpus(struct diff *d)
{
	const uint32_t nr_a = d->a->system->nr_cpus;
	const uint32_t nr_b = d->b->system->nr_cpus;
	char what[40];

	for (d->cpu = 0; d->cpu < nr_a && d->cpu < nr_b; d->cpu++) {
		const struct per_cpu_pages *a =
			zone_pcp(d->a, d->zone_a, d->cpu);
		const struct per_cpu_pages *b =
			zone_pcp(d->b, d->zone_b, d->cpu);

		diff_keys(d, DIFF_PER_CPU, "", state_pcp_keys, a, b);
		for (unsigned int type = 0; type < MIGRATE_PCPTYPES; type++) {
			snprintf(what, sizeof(what), "%s list",
				 migratetype_name(type));
			diff_lists(d, DIFF_PER_CPU, what, a->heads + type,
				   b->heads + type);
		}
	}
	d->cpu = DIFF_NOWHERE;
}

/* Counters that a snapshot keeps under "zonewalk", and recordings lack. */
static void diff_counters(struct diff *d)
{
	const struct zone *a = d->zone_a, *b = d->zone_b;

	if (!d->whole)
		return;
	diff_number(d, DIFF_ZONES, "pgalloc", (int64_t)a->pgalloc,
		    (int64_t)b->pgalloc);
	diff_number(d, DIFF_ZONES, "pgfree", (int64_t)a->pgfree,
		    (int64_t)b->pgfree);
	diff_number(d, DIFF_ZONES, "isolated pageblocks",
		    a->nr_isolate_pageblock, b->nr_isolate_pageblock);
}

/* The zone of @m's node with @type's name that has memory; NULL: none. */
static const struct zone *find_zone(const struct machine *m, uint32_t nid,
				    uint32_t type)
{
	if (nid >= m->system->nr_nodes)
		return NULL;
	for (uint32_t i = 0; i < m->system->nr_zone_types; i++)
		if (m->system->zone_type[i] == type &&
		    populated_zone(node_zone(m, nid, i)))
			return node_zone(m, nid, i);
	return NULL;
}

typedef void diff_zone_part(struct diff *d);

static void diff_zone_keys(struct diff *d)
{
	diff_keys(d, DIFF_ZONES, "", state_zone_keys, d->zone_a, d->zone_b);
	diff_counters(d);
}

/* @part of every zone that both have. */
static void each_zone(struct diff *d, diff_zone_part *part)
{
	const struct machine *a = d->a;

	for (uint32_t id = 0; id < a->system->nr_zones; id++) {
		const struct zone *zone = &a->zones[id];

		d->zone_a = zone;
		d->zone_b = populated_zone(zone) ?
				    find_zone(d->b, zone->node, zone->type) :
				    NULL;
		d->nid = zone->node;
		if (d->zone_b)
			part(d);
	}
	d->zone_a = NULL;
	d->zone_b = NULL;
	d->nid = DIFF_NOWHERE;
}

/* -- nodes and the machine ------------------------------------------------ */

/* Zones of @m that @other has not. */
static void zones_alone(struct diff *d, const struct machine *m,
			const struct machine *other, uint32_t nid)
{
	char what[32];

	for (uint32_t i = 0; i < m->system->nr_zone_types; i++) {
		const struct zone *zone = node_zone(m, nid, i);

		if (!populated_zone(zone) || find_zone(other, nid, zone->type))
			continue;
		snprintf(what, sizeof(what), "zone %s",
			 zone_type_name(zone->type));
		report_alone(d, what, m == d->a);
	}
}

static void diff_node(struct diff *d)
{
	bool in_a = node_online(d->a, d->nid);
	bool in_b = node_online(d->b, d->nid);

	if (in_a != in_b)
		report_alone(d, "the node", in_a);
	if (!in_a || !in_b)
		return;
	diff_keys(d, DIFF_MACHINE, "", state_node_keys, &d->a->nodes[d->nid],
		  &d->b->nodes[d->nid]);
	zones_alone(d, d->a, d->b, d->nid);
	zones_alone(d, d->b, d->a, d->nid);
}

static void diff_nodes(struct diff *d)
{
	const uint32_t nr_a = d->a->system->nr_nodes;
	const uint32_t nr_b = d->b->system->nr_nodes;
	const uint32_t nr = nr_a > nr_b ? nr_a : nr_b;

	for (d->nid = 0; d->nid < nr; d->nid++)
		diff_node(d);
	d->nid = DIFF_NOWHERE;
}

void diff_machines(struct diff *d)
{
	diff_keys(d, DIFF_MACHINE, "", state_machine_keys, d->a->system,
		  d->b->system);
	if (d->whole)
		diff_keys(d, DIFF_MACHINE, "", state_more_keys, d->a->system,
			  d->b->system);
	diff_nodes(d);
	each_zone(d, diff_zone_keys);
	each_zone(d, diff_free_lists);
	each_zone(d, diff_cpus);
	each_zone(d, diff_pageblocks);
	each_zone(d, diff_blocks);
}
