/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flip_machine: changes of the machine; logged, so that they are undone. */
#define TRACED 1

#include "boot/boot.h"
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

/* -- boost, sysctls, dirty pages, cpuset, per-cpu lists ------------------- */

bool flip_range_boost(struct flip_trial *t)
{
	const uint32_t boost = t->zone->watermark_boost;

	t->range = (struct flip_range){ boost, -1, boost };
	return boost;
}

void flip_apply_boost(struct flip_trial *t, int64_t value)
{
	state_set(&t->e.machine, t->zone->watermark_boost, (uint32_t)value);
}

/*
 * The machine of a report has the kernel's default sysctls, as a report does
 * not print them. Were the printed @pages computed with these? If not, there
 * is no value to start from. Memory that came or went since the kernel computed
 * them makes a difference of some percent.
 */
static bool is_computed_as(uint32_t printed, uint32_t computed)
{
	const uint32_t more = printed > computed ? printed : computed;
	const uint32_t less = printed > computed ? computed : printed;

	return more - less <= 1 + more / 4;
}

/* Are the distances between the watermarks those of the default scale? */
static bool has_default_scale(struct flip_trial *t)
{
	struct machine *m = &t->e.machine;
	uint32_t gap[MAX_NUMNODES * MAX_NR_ZONES];
	bool same = true;

	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		gap[i] = m->zones[i].watermark[WMARK_LOW] -
			 m->zones[i].watermark[WMARK_MIN];
	setup_per_zone_wmarks(m);
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		same = same &&
		       is_computed_as(gap[i],
				      m->zones[i].watermark[WMARK_LOW] -
					      m->zones[i].watermark[WMARK_MIN]);
	experiment_rewind(&t->e);
	return same;
}

/* Is the reserve of the zones at t->index that of the default ratio? */
static bool has_default_ratio(struct flip_trial *t)
{
	struct machine *m = &t->e.machine;
	const uint32_t highest = gfp_zone(m, t->wanted.gfp);
	uint32_t reserve[MAX_NUMNODES];
	bool same = true;

	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		reserve[nid] =
			node_zone(m, nid, t->index)->lowmem_reserve[highest];
	setup_per_zone_lowmem_reserve(m);
	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		same = same &&
		       is_computed_as(reserve[nid],
				      node_zone(m, nid, t->index)
					      ->lowmem_reserve[highest]);
	experiment_rewind(&t->e);
	return same;
}

/* Up to where nothing is reserved. */
bool flip_range_lowmem_reserve_ratio(struct flip_trial *t)
{
	const struct machine *m = &t->e.machine;
	const uint32_t ratio = m->system->lowmem_reserve_ratio[t->index];
	uint64_t managed = 0;

	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		managed += m->zones[i].managed;
	t->range = (struct flip_range){ ratio, 1, managed };
	return ratio && ratio + managed <= INT32_MAX &&
	       (!m->system->from_report || has_default_ratio(t));
}

void flip_apply_lowmem_reserve_ratio(struct flip_trial *t, int64_t value)
{
	struct machine *m = &t->e.machine;

	state_set(m, m->system->lowmem_reserve_ratio[t->index],
		  (uint32_t)value);
	setup_per_zone_lowmem_reserve(m);
	calculate_totalreserve_pages(m);
}

bool flip_range_min_free_kbytes(struct flip_trial *t)
{
	const uint32_t kbytes = t->e.machine.system->min_free_kbytes;

	t->range = (struct flip_range){ kbytes, -1, kbytes };
	return kbytes &&
	       (!t->e.machine.system->from_report || has_default_scale(t));
}

void flip_apply_min_free_kbytes(struct flip_trial *t, int64_t value)
{
	struct machine *m = &t->e.machine;

	state_set(m, m->system->min_free_kbytes, (uint32_t)value);
	setup_per_zone_wmarks(m);
	calculate_totalreserve_pages(m);
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
