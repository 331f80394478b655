/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lists_json: blocks, free lists, pages on LRU lists and reserved frames.
 */
#include <stdio.h>

#include "machine/movable.h"
#include "state/list.h"
#include "state/state.h"
#include "snapshot/state_json.h"

#define LRU_PAGES_MAX (1u << 26) /* 256 GiB of page cache */

/* The page of a block that the block at @pfn would overlap, or PFN_NONE. */
static uint32_t find_overlap(const struct machine *m, uint32_t pfn,
			     unsigned int order, enum page_state state)
{
	uint32_t end = pfn + (1u << order);

	for (unsigned int o = order; o < m->max_order; o++) {
		uint32_t head = pfn & ~((1u << o) - 1);
		uint32_t page = m->pages[head];

		if (page_state(page) != PAGE_NONE && page_order(page) >= o)
			return head;
	}
	/* free blocks are placed largest first: no smaller one is there yet */
	if (state == PAGE_BUDDY)
		return PFN_NONE;
	for (uint32_t p = pfn; p < end; p++)
		if (page_state(m->pages[p]) != PAGE_NONE)
			return p;
	return PFN_NONE;
}

bool state_place_block(struct state_load *l, const struct zone *zone,
		       uint32_t pfn, unsigned int order,
		       unsigned int migratetype, enum page_state state,
		       const char *place)
{
	const struct machine *m = l->m;
	uint32_t nr = 1u << order, other;

	if (pfn & (nr - 1))
		return json_fail(l->at,
				 "%s: page %u is not aligned to order "
				 "%u",
				 place, pfn, order);
	if (!zone_spans_pfn(zone, pfn) || !zone_spans_pfn(zone, pfn + nr - 1))
		return json_fail(l->at,
				 "%s: page %u, order %u, lies outside "
				 "its zone",
				 place, pfn, order);
	other = find_overlap(m, pfn, order, state);
	if (other == pfn)
		return json_fail(l->at, "%s: page %u is on two lists", place,
				 pfn);
	if (other != PFN_NONE)
		return json_fail(l->at,
				 "%s: page %u, order %u, overlaps page "
				 "%u",
				 place, pfn, order, other);
	state_set(l->m, m->pages[pfn],
		  (m->pages[pfn] & PAGE_LRU) |
			  zone_id(m, zone) << PAGE_ZONE_SHIFT |
			  migratetype << PAGE_TYPE_SHIFT |
			  (uint32_t)state << PAGE_STATE_SHIFT | order);
	return true;
}

bool state_load_list(struct state_load *l, const cJSON *list, uint32_t head,
		     unsigned int order, enum page_state state,
		     unsigned int migratetype, const char *place)
{
	for (const cJSON *v = list->child; v; v = v->next) {
		uint32_t pfn = json_u32(v);

		if (!state_place_block(l, l->zone, pfn, order, migratetype,
				       state, place))
			return false;
		list_add_tail(l->m, pfn, head);
	}
	return true;
}

void state_save_list(struct state_save *s, uint32_t head, const char *name)
{
	const struct machine *m = s->m;

	if (list_is_empty(m, head))
		return;
	writer_key(s->out, name);
	writer_open(s->out, '[');
	for (uint32_t pfn = m->links[head].next; pfn != head;
	     pfn = m->links[pfn].next)
		writer_i64(s->out, pfn);
	writer_close(s->out, ']');
}

/* -- free lists ----------------------------------------------------------- */

static bool load_free_lists(struct state_load *l, const cJSON *area,
			    unsigned int order)
{
	const struct zone *zone = l->zone;
	uint32_t nr_free = json_member_u32(area, "nr_free"), nr = 0;
	char place[96];

	for (const cJSON *list = json_get(area, "lists")->child; list;
	     list = list->next) {
		int type = state_migratetype(l->m, list->string);

		snprintf(place, sizeof(place),
			 "node %u zone %s free_area[%u].%.20s", zone->node,
			 zone_type_name(zone->type), order, list->string);
		if (!list->child)
			continue;
		if (type < 0)
			return json_fail(l->at, "%s: no such migratetype",
					 place);
		if (!state_load_list(
			    l, list, free_list(zone, order, (unsigned int)type),
			    order, PAGE_BUDDY, (unsigned int)type, place))
			return false;
		nr += json_length(list);
	}
	state_set(l->m, zone->nr_free[order], nr);
	return nr == nr_free || state_fail(l,
					   "free_area[%u].nr_free is %u, "
					   "the lists hold %u",
					   order, nr_free, nr);
}

static bool load_free_area(struct state_load *l, const cJSON *value,
			   const void *object)
{
	const cJSON *areas[MAX_ORDER_LIMIT];
	unsigned int order = 0;

	(void)object;
	if (json_length(value) != l->m->max_order)
		return state_fail(l, "free_area has not "
				     "max_order entries");
	for (const cJSON *v = value->child; v; v = v->next)
		areas[order++] = v;
	while (order-- > 0)
		if (!load_free_lists(l, areas[order], order))
			return false;
	return true;
}

static void save_free_area(struct state_save *s, const void *object)
{
	const struct zone *zone = object;

	writer_open(s->out, '[');
	for (unsigned int order = 0; order < s->m->max_order; order++) {
		writer_open(s->out, '{');
		writer_add_u64(s->out, "nr_free", zone->nr_free[order]);
		writer_key(s->out, "lists");
		writer_open(s->out, '{');
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			state_save_list(s, free_list(zone, order, type),
					migratetype_name(type));
		writer_close(s->out, '}');
		writer_close(s->out, '}');
	}
	writer_close(s->out, ']');
}

const struct state_part state_part_free_area = {
	.load = load_free_area,
	.save = save_free_area,
};

/* -- pages on LRU lists --------------------------------------------------- */

static bool load_lru(struct state_load *l, const cJSON *value,
		     const void *object)
{
	const struct zone *zone = object;

	for (const cJSON *run = value->child; run; run = run->next) {
		uint32_t pfn = json_u32(run->child);
		uint32_t nr = json_u32(run->child->next);

		if (!nr || !zone_spans_pfn(zone, pfn) ||
		    nr > zone_end_pfn(zone) - pfn)
			return state_fail(l,
					  "lru: the run "
					  "at page %u is empty or "
					  "leaves its zone",
					  pfn);
		l->nr_lru += nr;
		if (l->nr_lru > LRU_PAGES_MAX)
			return json_fail(l->at, "lru: more than %u pages",
					 LRU_PAGES_MAX);
		/* free blocks and earlier runs are there */
		if (page_head(l->m, pfn) != PFN_NONE)
			return state_fail(l, "lru: page %u is free", pfn);
		for (uint32_t p = pfn; p < pfn + nr; p++) {
			if (l->m->pages[p])
				return state_fail(l,
						  "lru: page %u is free, or "
						  "listed twice",
						  p);
			state_set(l->m, l->m->pages[p], PAGE_LRU);
		}
	}
	return true;
}

static void save_run(struct state_save *s, uint32_t first, uint32_t end)
{
	const uint32_t run[] = { first, end - first };

	if (first < end)
		writer_u32_list(s->out, run, 2);
}

/* The runs of the zone's pages, in use or in no block, for which @is holds. */
static void save_runs(struct state_save *s, const struct zone *zone,
		      bool (*is)(const struct machine *m, uint32_t head,
				 uint32_t pfn))
{
	uint32_t first = 0, end = 0, size; /* of the run, and of a block */

	writer_open(s->out, '[');
	for (uint32_t head = zone->start_pfn; head < zone_end_pfn(zone);
	     head += size) {
		const uint32_t page = s->m->pages[head];

		size = page_state(page) ? 1u << page_order(page) : 1;
		if (page_state(page) > PAGE_USED)
			continue;
		for (uint32_t pfn = head; pfn < head + size; pfn++) {
			if (!is(s->m, head, pfn))
				continue;
			if (pfn != end) {
				save_run(s, first, end);
				first = pfn;
			}
			end = pfn + 1;
		}
	}
	save_run(s, first, end);
	writer_close(s->out, ']');
}

static void save_lru(struct state_save *s, const void *object)
{
	save_runs(s, object, page_looks_movable);
}

const struct state_part state_part_lru = {
	.load = load_lru,
	.save = save_lru,
};

/* -- frames that the allocator was never given ---------------------------- */

static bool is_reserved(const struct machine *m, uint32_t head, uint32_t pfn)
{
	return head == pfn && !m->pages[head];
}

static void save_reserved(struct state_save *s, const void *object)
{
	save_runs(s, object, is_reserved);
}

const struct state_part state_part_reserved = { .save = save_reserved };

static bool load_reserved(struct state_load *l, const cJSON *runs)
{
	const struct zone *zone = l->zone;

	for (const cJSON *run = runs->child; run; run = run->next) {
		uint32_t pfn = json_u32(run->child);
		uint32_t nr = json_u32(run->child->next);

		for (; nr && zone_spans_pfn(zone, pfn) &&
		       l->m->pages[pfn] == PAGE_KERNEL;
		     nr--)
			state_set(l->m, l->m->pages[pfn++], 0);
		if (nr)
			return state_fail(l,
					  "reserved: page %u is in use, listed "
					  "twice or outside its zone",
					  pfn);
	}
	return true;
}

static void mark_kernel_pages(struct machine *m, const struct zone *zone)
{
	uint32_t size;

	for (uint32_t pfn = zone->start_pfn; pfn < zone_end_pfn(zone);
	     pfn += size) {
		const uint32_t page = m->pages[pfn];

		size = page_state(page) ? 1u << page_order(page) : 1;
		if (!page_state(page))
			state_set(m, m->pages[pfn], page | PAGE_KERNEL);
	}
}

bool state_load_kernel_pages(struct state_load *l)
{
	const cJSON *nodes = json_get(l->json, "nodes");

	for (const cJSON *node = nodes->child; node; node = node->next)
		for (const cJSON *zone = json_get(node, "zones")->child; zone;
		     zone = zone->next) {
			const cJSON *runs = json_get(zone, "reserved");

			l->zone = node_zone(l->m, json_member_u32(node, "nid"),
					    json_member_u32(zone, "zone"));
			mark_kernel_pages(l->m, l->zone);
			if ((l->needs & JSON_NEEDS_FORMAT_2) &&
			    !load_reserved(l, runs))
				return false;
		}
	return true;
}
