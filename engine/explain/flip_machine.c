/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flip_machine: changes of the machine; logged, so that they are undone. */
#define TRACED 1

#include "explain/flip_private.h"
#include "mm/control.h"
#include "mm/zonelist.h"
#include "state/list.h"
#include "state/state.h"

/* Pages that the search for pages to free looks at, at most. */
enum { RUN_SCAN_MAX = 1 << 22 };

/* -- free_pages, free_block ----------------------------------------------- */

static bool is_ordinary(unsigned int pageblock_type)
{
	return pageblock_type < MIGRATE_PCPTYPES;
}

/*
 * How much of the aligned run of 2^@order pages at @start is free: 0 pages is
 * best, and 2^@order says that it cannot be used, since all of it is free or
 * some of it is on a per-cpu list. *@next: where to look next.
 */
static uint32_t run_nr_free(const struct machine *m, uint32_t start,
			    unsigned int order, uint32_t *next)
{
	const uint32_t end = start + (1u << order);
	uint32_t nr_free = 0, p = start;

	while (p < end) {
		const uint32_t page = m->pages[p];
		const uint32_t nr = 1u << page_order(page);

		if (page_state(page) == PAGE_PCP)
			nr_free = end - start;
		if (page_state(page) != PAGE_BUDDY) {
			p++;
			continue;
		}
		nr_free += nr;
		p += nr;
	}
	*next = p > end ? p : end;
	return nr_free < end - start ? nr_free : end - start;
}

/*
 * The first aligned run of 2^@order pages of @zone in ordinary pageblocks that
 * has no free page; if each has some, the one with the fewest. PFN_NONE: no
 * run can be used.
 */
static uint32_t find_run(const struct machine *m, const struct zone *zone,
			 unsigned int order)
{
	const uint32_t nr = 1u << order, block = pageblock_nr_pages(m);
	uint32_t best = PFN_NONE, least = nr, scanned = 0;
	uint32_t p = (zone->start_pfn + nr - 1) & ~(nr - 1), next;

	for (; least && p + nr <= zone_end_pfn(zone) && scanned < RUN_SCAN_MAX;
	     scanned += next - p, p = next) {
		uint32_t nr_free;

		next = nr < block ? (p | (block - 1)) + 1 : p + nr;
		if (!is_ordinary(get_pageblock_migratetype(m, zone, p)))
			continue;
		nr_free = run_nr_free(m, p, order, &next);
		if (nr_free >= least)
			continue;
		best = p;
		least = nr_free;
	}
	return best;
}

/* Make the run at @pfn one free block; its free parts become part of it. */
static void free_run(struct machine *m, const struct zone *zone, uint32_t pfn,
		     unsigned int order)
{
	const unsigned int type = get_pageblock_migratetype(m, zone, pfn);

	for (uint32_t p = pfn; p < pfn + (1u << order); p++) {
		const uint32_t page = m->pages[p];

		if (page_state(page) == PAGE_BUDDY) {
			list_del(m, p);
			state_add(m, zone->nr_free[page_order(page)], -1);
			state_add(m, zone->nr_free_pages,
				  -(1 << page_order(page)));
		}
		state_set(m, m->pages[p], 0);
	}
	state_set(m, m->pages[pfn],
		  zone_id(m, zone) << PAGE_ZONE_SHIFT |
			  type << PAGE_TYPE_SHIFT |
			  PAGE_BUDDY << PAGE_STATE_SHIFT | order);
	list_add(m, pfn, free_list(zone, order, type));
	state_add(m, zone->nr_free[order], 1);
	state_add(m, zone->nr_free_pages, 1 << order);
}

static bool has_ordinary_block(const struct machine *m, const struct zone *zone,
			       unsigned int order)
{
	for (; order < m->max_order; order++)
		for (unsigned int type = 0; is_ordinary(type); type++)
			if (!list_is_empty(m, free_list(zone, order, type)))
				return true;
	return false;
}

/* Pages of blocks that are too small for the request, but for order 0. */
bool flip_range_free_pages(struct flip_trial *t)
{
	const struct zone *zone = t->zone;
	const int64_t free = zone->nr_free_pages > 0 ? zone->nr_free_pages : 0;

	t->run = t->wanted.order ? PFN_NONE : find_run(&t->e.machine, zone, 0);
	t->range = (struct flip_range){ free, 1, zone->managed - free };
	return free < zone->managed;
}

void flip_apply_free_pages(struct flip_trial *t, int64_t value)
{
	if (t->run != PFN_NONE && value > t->range.from)
		free_run(&t->e.machine, t->zone, t->run, 0);
	state_set(&t->e.machine, t->zone->nr_free_pages, (int32_t)value);
}

bool flip_range_free_block(struct flip_trial *t)
{
	const struct zone *zone = t->zone;
	const unsigned int order = t->wanted.order;

	if (!order || has_ordinary_block(&t->e.machine, zone, order))
		return false;
	t->run = find_run(&t->e.machine, zone, order);
	t->range = (struct flip_range){ 0, 1, zone->managed >> order };
	return t->run != PFN_NONE;
}

void flip_apply_free_block(struct flip_trial *t, int64_t value)
{
	const unsigned int order = t->wanted.order;

	if (!value)
		return;
	free_run(&t->e.machine, t->zone, t->run, order);
	state_add(&t->e.machine, t->zone->nr_free_pages,
		  (int32_t)((value - 1) << order));
}

/* -- boost, dirty pages, cpuset, per-cpu lists ---------------------------- */

bool flip_range_boost(struct flip_trial *t)
{
	const uint32_t boost = t->zone->watermark_boost;

	t->range = (struct flip_range){ boost, -1, boost };
	t->about = t->boosts_are_estimates;
	return boost;
}

void flip_apply_boost(struct flip_trial *t, int64_t value)
{
	state_set(&t->e.machine, t->zone->watermark_boost, (uint32_t)value);
}

bool flip_range_dirty(struct flip_trial *t)
{
	const uint32_t dirty = t->e.machine.nodes[t->index].file_dirty;

	t->range = (struct flip_range){ dirty, -1, dirty };
	return dirty && (t->wanted.gfp & __GFP_WRITE);
}

void flip_apply_dirty(struct flip_trial *t, int64_t value)
{
	state_set(&t->e.machine, t->e.machine.nodes[t->index].file_dirty,
		  (uint32_t)value);
}

void flip_apply_mems_allowed(struct flip_trial *t, int64_t value)
{
	state_set(&t->e.machine, t->e.machine.system->task.mems_allowed,
		  (uint64_t)value);
}

bool flip_range_drain(struct flip_trial *t)
{
	const struct machine *m = &t->e.machine;
	int64_t pages = 0;

	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		for (uint32_t cpu = 0; cpu < m->nr_cpus; cpu++)
			pages += zone_pcp(m, &m->zones[i], cpu)->count;
	t->range = (struct flip_range){ pages, -pages, 1 };
	return pages;
}

void flip_apply_drain(struct flip_trial *t, int64_t value)
{
	for (uint32_t cpu = 0; !value && cpu < t->e.machine.nr_cpus; cpu++)
		machine_drain(&t->e.machine, cpu);
}
