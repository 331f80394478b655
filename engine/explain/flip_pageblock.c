/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flip_pageblock: pageblocks that change their migratetype; logged. */
#define TRACED 1

#include "explain/flip_private.h"
#include "mm/zonelist.h"
#include "state/list.h"
#include "state/state.h"

/*
 * The pageblock of @pfn gets migratetype @type, and its free blocks move to
 * that type's lists, as in move_freepages_block().
 */
static void pageblock_set_type(struct machine *m, const struct zone *zone,
			       uint32_t pfn, unsigned int type)
{
	const uint32_t index = pageblock_index(m, zone, pfn);
	uint32_t p = pfn & ~(pageblock_nr_pages(m) - 1);
	const uint32_t end = p + pageblock_nr_pages(m);

	state_set(m, m->pageblocks[index], (uint8_t)type);
	for (p = p < zone->start_pfn ? zone->start_pfn : p;
	     p < end && p < zone_end_pfn(zone); p++) {
		const uint32_t page = m->pages[p];
		const uint32_t nr = 1u << page_order(page);

		if (page_state(page) != PAGE_BUDDY)
			continue;
		if (page_type(page) == MIGRATE_CMA)
			state_add(m, zone->nr_free_cma, -(int32_t)nr);
		list_move_tail(m, p, free_list(zone, page_order(page), type));
		state_set(m, m->pages[p],
			  (page & ~PAGE_TYPE_MASK) | type << PAGE_TYPE_SHIFT);
		p += nr - 1;
	}
}

bool flip_range_highatomic(struct flip_trial *t)
{
	const uint32_t nr = pageblock_nr_pages(&t->e.machine);
	const uint32_t reserved = t->zone->nr_reserved_highatomic;

	t->range =
		(struct flip_range){ reserved,
				     -(int64_t)(reserved < nr ? reserved : nr),
				     reserved < nr ? 1 : reserved / nr };
	return reserved;
}

/* The first free block of the smallest order; PFN_NONE: none is free. */
static uint32_t first_highatomic(const struct machine *m,
				 const struct zone *zone)
{
	for (unsigned int order = 0; order < m->max_order; order++) {
		const uint32_t head =
			free_list(zone, order, MIGRATE_HIGHATOMIC);

		if (!list_is_empty(m, head))
			return list_first_entry(m, head);
	}
	return PFN_NONE;
}

/*
 * As unreserve_highatomic_pageblock(): a pageblock after the other, that of the
 * first and smallest free block. A pageblock without one can only be counted.
 */
void flip_apply_highatomic(struct flip_trial *t, int64_t value)
{
	struct machine *m = &t->e.machine;
	const struct zone *zone = t->zone;
	const unsigned int type = gfp_migratetype(m, t->wanted.gfp);

	for (int64_t i = (t->range.from - value) / -t->range.step; i > 0; i--) {
		const uint32_t pfn = first_highatomic(m, zone);

		if (pfn != PFN_NONE)
			pageblock_set_type(m, zone, pfn, type);
	}
	state_set(m, zone->nr_reserved_highatomic, (uint32_t)value);
}

/* CMA areas begin and end at multiples of so many pages. */
static uint32_t cma_unit(const struct machine *m)
{
	const unsigned int order = m->max_order - 1;

	return 1u << (order > m->pageblock_order ? order : m->pageblock_order);
}

/* Pages of CMA pageblocks in [start, end). */
static uint32_t nr_cma_pages(const struct machine *m, const struct zone *zone,
			     uint32_t start, uint32_t end)
{
	const uint32_t nr = pageblock_nr_pages(m);
	uint32_t pages = 0;

	for (uint32_t p = start & ~(nr - 1); p < end; p += nr)
		if (get_pageblock_migratetype(m, zone, p) == MIGRATE_CMA)
			pages += nr;
	return pages;
}

bool flip_range_cma(struct flip_trial *t)
{
	const struct machine *m = &t->e.machine;
	const uint32_t cma = nr_cma_pages(m, t->zone, t->zone->start_pfn,
					  zone_end_pfn(t->zone));
	const uint32_t unit = cma_unit(m) < cma ? cma_unit(m) : cma;

	t->range = (struct flip_range){ cma, -(int64_t)unit,
					cma ? cma / unit : 0 };
	return cma;
}

/* The last area loses its end first. */
void flip_apply_cma(struct flip_trial *t, int64_t value)
{
	struct machine *m = &t->e.machine;
	const struct zone *zone = t->zone;
	const uint32_t nr = pageblock_nr_pages(m);
	int64_t excess = t->range.from - value;
	uint32_t p = (zone_end_pfn(zone) - 1) & ~(nr - 1);

	for (; excess > 0 && p + nr > zone->start_pfn; p -= nr) {
		if (get_pageblock_migratetype(m, zone, p) == MIGRATE_CMA) {
			pageblock_set_type(m, zone, p, MIGRATE_MOVABLE);
			excess -= nr;
		}
		if (p < nr)
			break;
	}
}
