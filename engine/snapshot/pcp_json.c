/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pcp_json: the parts of a state that describe per-cpu lists. */
#include <stdio.h>
#include <stdlib.h>

#include "state/state.h"
#include "snapshot/state_json.h"

static bool load_pcp(struct state_load *l, const cJSON *value,
		     const void *object)
{
	const struct zone *zone = object;

	l->in_pcp = true;
	l->cpu = 0;
	for (const cJSON *v = value->child; v; v = v->next, l->cpu++) {
		if (l->cpu >= l->m->system->nr_cpus ||
		    json_member_u32(v, "cpu") != l->cpu)
			return state_fail(l, "expected an entry for each cpu, "
					     "in order");
		if (!state_load_object(l, v, state_pcp_keys,
				       zone_pcp(l->m, zone, l->cpu)))
			return false;
	}
	if (l->cpu != l->m->system->nr_cpus)
		return state_fail(l, "the entry of this cpu is missing");
	l->in_pcp = false;
	return true;
}

static void save_pcp(struct state_save *s, const void *object)
{
	const struct zone *zone = object;

	writer_open(s->out, '[');
	for (s->cpu = 0; s->cpu < s->m->system->nr_cpus; s->cpu++) {
		writer_open(s->out, '{');
		state_save_object(s, state_pcp_keys,
				  zone_pcp(s->m, zone, s->cpu));
		writer_close(s->out, '}');
	}
	writer_close(s->out, ']');
}

const struct state_part state_part_pcp = {
	.load = load_pcp,
	.save = save_pcp,
};

static void save_cpu(struct state_save *s, const void *object)
{
	(void)object;
	writer_i64(s->out, s->cpu);
}

const struct state_part state_part_cpu = { .save = save_cpu };

/* Stored once for each zone; all cpus have the same. */
static bool load_stat_threshold(struct state_load *l, const cJSON *value,
				const void *object)
{
	(void)object;
	if (l->cpu && json_u32(value) != l->zone->stat_threshold)
		return state_fail(l,
				  "stat_threshold differs from that of cpu 0");
	state_set(l->m, l->zone->stat_threshold, json_u32(value));
	return true;
}

static void save_stat_threshold(struct state_save *s, const void *object)
{
	(void)object;
	writer_i64(s->out, s->zone->stat_threshold);
}

const struct state_part state_part_stat_threshold = {
	.load = load_stat_threshold,
	.save = save_stat_threshold,
};

static bool load_lists(struct state_load *l, const cJSON *value,
		       const void *object)
{
	const struct per_cpu_pages *pcp = object;
	char place[96];
	uint32_t nr = 0;

	for (const cJSON *list = value->child; list; list = list->next) {
		int type = migratetype_from_name(list->string);

		if (type < 0 || type >= MIGRATE_PCPTYPES)
			return state_fail(
				l, "lists: a migratetype without per-cpu list");
		snprintf(place, sizeof(place), "node %u zone %s pcp[%u].%s",
			 l->zone->node, zone_type_name(l->zone->type), l->cpu,
			 list->string);
		if (!state_load_list(l, list, pcp->heads + (uint32_t)type, 0,
				     PAGE_PCP, (unsigned int)type, place))
			return false;
		nr += json_length(list);
	}
	return nr == pcp->count ||
	       state_fail(l, "count is not the length of the lists");
}

static void save_lists(struct state_save *s, const void *object)
{
	const struct per_cpu_pages *pcp = object;

	writer_open(s->out, '{');
	for (unsigned int type = 0; type < MIGRATE_PCPTYPES; type++)
		state_save_list(s, pcp->heads + type, migratetype_name(type));
	writer_close(s->out, '}');
}

const struct state_part state_part_lists = {
	.load = load_lists,
	.save = save_lists,
};

/* -- pages whose migratetype is not that of their list -------------------- */

static void
each_foreign_page(const struct machine *m, const struct per_cpu_pages *pcp,
		  void (*found)(void *context, uint32_t pfn, unsigned int type),
		  void *context)
{
	for (unsigned int list = 0; list < MIGRATE_PCPTYPES; list++) {
		uint32_t head = pcp->heads + list;

		for (uint32_t pfn = m->links[head].next; pfn != head;
		     pfn = m->links[pfn].next)
			if (page_type(m->pages[pfn]) != list)
				found(context, pfn, page_type(m->pages[pfn]));
	}
}

static void count_foreign_page(void *context, uint32_t pfn, unsigned int type)
{
	(void)pfn, (void)type;
	++*(uint32_t *)context;
}

static bool load_page_type(struct state_load *l, const cJSON *value)
{
	int type = state_migratetype(l->m, value->valuestring);
	unsigned long pfn;
	uint32_t page;
	char *end;

	pfn = strtoul(value->string, &end, 10);
	if (*value->string < '0' || *value->string > '9' || *end ||
	    pfn >= l->m->system->max_pfn)
		return state_fail(l, "page_types: a key is not a page number");
	page = l->m->pages[pfn];
	if (type < 0 || page_state(page) != PAGE_PCP)
		return state_fail(l, "page_types: a page that is on no per-cpu "
				     "list, or an unknown migratetype");
	state_set(l->m, l->m->pages[pfn],
		  (page & ~PAGE_TYPE_MASK) | (uint32_t)type << PAGE_TYPE_SHIFT);
	return true;
}

static bool load_page_types(struct state_load *l, const cJSON *value,
			    const void *object)
{
	uint32_t nr = 0;

	for (const cJSON *v = value->child; v; v = v->next)
		if (!load_page_type(l, v))
			return false;
	each_foreign_page(l->m, object, count_foreign_page, &nr);
	return nr == json_length(value) ||
	       state_fail(l, "page_types: a page of another cpu, or with the "
			     "migratetype of its list");
}

static void save_foreign_page(void *context, uint32_t pfn, unsigned int type)
{
	struct state_save *s = context;
	char key[16];

	snprintf(key, sizeof(key), "%u", pfn);
	writer_add_string(s->out, key, migratetype_name(type));
}

static void save_page_types(struct state_save *s, const void *object)
{
	writer_open(s->out, '{');
	each_foreign_page(s->m, object, save_foreign_page, s);
	writer_close(s->out, '}');
}

static bool page_types_wanted(const struct state_save *s, const void *object)
{
	uint32_t nr = 0;

	each_foreign_page(s->m, object, count_foreign_page, &nr);
	return nr != 0;
}

const struct state_part state_part_page_types = {
	.load = load_page_types,
	.save = save_page_types,
	.wanted = page_types_wanted,
};
