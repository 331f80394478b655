/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fallback: when a type has no block left, whose block is taken?
 *
 * The *largest* block of another type, with its whole pageblock where
 * possible: a few large thefts spoil fewer pageblocks than many small ones.
 * A movable request, which can be moved out again, is the exception: where
 * only small pieces of others are to be had it takes the smallest.
 *
 *        order 10  ▼   looked at first
 *              9   │
 *              …   │   for movable, once a find cannot take its pageblock:
 *        order     │ ▲ the other way round
 *
 * Kernel: mm/page_alloc.c, fallbacks[] to __rmqueue.
 */
#ifndef ENGINE_FALLBACK_H
#define ENGINE_FALLBACK_H

#include "mm/pageblock.h"
#include "state/state.h"

/*
 * May a request of @migratetype take over the pageblock of a block of
 * @order? What cannot be moved away should be together; for the movable a
 * piece is enough.
 */
static inline bool can_steal_fallback(const struct machine *m,
				      unsigned int order,
				      unsigned int migratetype)
{
	return order >= m->pageblock_order / 2 ||
	       migratetype == MIGRATE_RECLAIMABLE ||
	       migratetype == MIGRATE_UNMOVABLE ||
	       !m->system->mobility_grouping;
}

/* The type whose block of @order would be taken; MIGRATE_TYPES for none. */
static inline unsigned int
find_suitable_fallback(struct machine *m, const struct zone *zone,
		       unsigned int order, unsigned int migratetype,
		       enum fallback_search search, bool *can_steal)
{
	unsigned int found = MIGRATE_TYPES;

	*can_steal = false;
	for (int i = 0; zone->nr_free[order] && i < NR_FALLBACKS; i++) {
		unsigned int type = fallbacks[migratetype][i];

		if (list_is_empty(m, free_list(zone, order, type)))
			continue;
		found = type;
		*can_steal = can_steal_fallback(m, order, migratetype);
		break;
	}
	trace(m, fallback_look, .nid = zone->node, .zone = zone->idx,
	      .order = order, .found = found != MIGRATE_TYPES,
	      .fallback = found, .can_steal = *can_steal, .search = search);
	return found;
}

/*
 * Mixing types in a pageblock has begun: raise the marks for a while, so
 * that kswapd frees whole blocks. False when the zone is too small for it.
 */
static inline bool boost_watermark(struct machine *m, const struct zone *zone)
{
	uint64_t factor = m->system->watermark_boost_factor;
	uint64_t high = zone->watermark[WMARK_HIGH];
	uint32_t nr_pages = pageblock_nr_pages(m);
	uint64_t max, boost;

	max = high / 10000 * factor + high % 10000 * factor / 10000;
	if (!factor || (uint64_t)nr_pages * 4 > zone->managed || !max) {
		trace(m, boost_watermark, .nid = zone->node, .zone = zone->idx,
		      .boost = zone->watermark_boost, .max = (uint32_t)max,
		      .boosted = false);
		return false;
	}
	if (max < nr_pages)
		max = nr_pages;
	boost = (uint64_t)zone->watermark_boost + nr_pages;
	if (boost > max)
		boost = max;
	state_set(m, zone->watermark_boost, boost);
	trace(m, boost_watermark, .nid = zone->node, .zone = zone->idx,
	      .boost = zone->watermark_boost, .max = (uint32_t)max,
	      .boosted = true);
	return true;
}

static inline void steal_single(struct machine *m, const struct zone *zone,
				uint32_t pfn, unsigned int order,
				unsigned int migratetype, enum steal_reason why)
{
	move_to_free_list(m, pfn, zone, order, migratetype);
	trace(m, steal_single, .pfn = pfn, .nid = zone->node, .zone = zone->idx,
	      .order = order, .migratetype = migratetype, .single = why);
}

/*
 * The pageblock around @pfn is to be ours: move its free blocks, and take
 * its ownership when half of it or more is free or of our kind. False when
 * no free block could be moved.
 */
static inline bool steal_pageblock(struct machine *m, const struct zone *zone,
				   uint32_t pfn, unsigned int migratetype,
				   unsigned int old)
{
	uint32_t nr_pages = pageblock_nr_pages(m);
	uint32_t movable, alike = 0;
	uint32_t free =
		move_freepages_block(m, zone, pfn, migratetype, &movable);
	bool ours;

	if (!free)
		return false;
	if (migratetype == MIGRATE_MOVABLE)
		alike = movable;
	else if (old == MIGRATE_MOVABLE)
		alike = nr_pages - (free + movable);
	ours = free + alike >= nr_pages / 2 || !m->system->mobility_grouping;
	if (ours)
		set_pageblock_migratetype(m, zone, pfn, migratetype);
	trace(m, steal_claim, .pfn = pfn & ~(nr_pages - 1), .nid = zone->node,
	      .zone = zone->idx, .free = free, .alike = alike,
	      .needed = nr_pages / 2, .migratetype = migratetype, .ok = ours);
	return true;
}

static inline void steal_suitable_fallback(struct machine *m,
					   const struct zone *zone,
					   uint32_t pfn, uint32_t alloc_flags,
					   unsigned int migratetype,
					   bool can_steal)
{
	unsigned int order = page_order(m->pages[pfn]);
	unsigned int old = get_pageblock_migratetype(m, zone, pfn);

	if (old == MIGRATE_HIGHATOMIC) {
		steal_single(m, zone, pfn, order, migratetype,
			     STEAL_highatomic);
		return;
	}
	if (order >= m->pageblock_order) {
		for (uint32_t p = pfn; p < pfn + (1u << order);
		     p += pageblock_nr_pages(m))
			set_pageblock_migratetype(m, zone, p, migratetype);
		steal_single(m, zone, pfn, order, migratetype, STEAL_whole);
		return;
	}
	if (boost_watermark(m, zone) && (alloc_flags & ALLOC_KSWAPD))
		state_set(m, zone->boosted, 1);
	if (!can_steal)
		steal_single(m, zone, pfn, order, migratetype, STEAL_too_small);
	else if (!steal_pageblock(m, zone, pfn, migratetype, old))
		steal_single(m, zone, pfn, order, migratetype,
			     STEAL_none_moved);
}

/* The block at the head of @type's list of @order becomes @migratetype's. */
static inline void steal_block(struct machine *m, const struct zone *zone,
			       unsigned int order, unsigned int found_order,
			       unsigned int type, unsigned int migratetype,
			       uint32_t alloc_flags, bool can_steal)
{
	uint32_t pfn = list_first_entry(m, free_list(zone, found_order, type));

	steal_suitable_fallback(m, zone, pfn, alloc_flags, migratetype,
				can_steal);
	trace(m, mm_page_alloc_extfrag, .pfn = pfn, .alloc_order = order,
	      .fallback_order = found_order, .alloc_migratetype = migratetype,
	      .fallback_migratetype = type,
	      .change_ownership = get_pageblock_migratetype(m, zone, pfn) ==
				  migratetype);
}

/*
 * Steal a block for @migratetype. True: something now stands on our lists,
 * search them again. With NOFRAGMENT only whole pageblocks are taken.
 */
static inline bool __rmqueue_fallback(struct machine *m,
				      const struct zone *zone,
				      unsigned int order,
				      unsigned int migratetype,
				      uint32_t alloc_flags)
{
	const unsigned int min =
		alloc_flags & ALLOC_NOFRAGMENT ? m->pageblock_order : order;
	unsigned int o, type = MIGRATE_TYPES;
	bool can_steal;

	trace(m, fallback_begin, .nid = zone->node, .zone = zone->idx,
	      .order = order, .max_order = m->max_order - 1, .min_order = min,
	      .migratetype = migratetype,
	      .nofragment = !!(alloc_flags & ALLOC_NOFRAGMENT));
	for (o = m->max_order; o-- > min;) {
		type = find_suitable_fallback(m, zone, o, migratetype,
					      FALLBACK_SEARCH_largest,
					      &can_steal);
		if (type == MIGRATE_TYPES)
			continue;
		if (can_steal || migratetype != MIGRATE_MOVABLE || o <= order)
			break;
		trace(m, fallback_smallest, .nid = zone->node,
		      .zone = zone->idx, .order = order, .found_order = o);
		for (o = order;; o++) {
			/* ends at the latest where the first search did */
			type = find_suitable_fallback(m, zone, o, migratetype,
						      FALLBACK_SEARCH_smallest,
						      &can_steal);
			if (type != MIGRATE_TYPES)
				break;
		}
		break;
	}
	if (type == MIGRATE_TYPES) {
		trace(m, fallback_none, .nid = zone->node, .zone = zone->idx,
		      .order = order, .migratetype = migratetype);
		return false;
	}
	steal_block(m, zone, order, o, type, migratetype, alloc_flags,
		    can_steal);
	return true;
}

/*
 * CMA areas hold only what can be moved. While they have more than half of
 * the free pages, movable requests use them first, so that the areas are
 * not the last thing left when an unmovable request comes.
 */
static inline bool cma_first(struct machine *m, const struct zone *zone)
{
	long cma = zone_page_state_cma(zone);
	long free = zone_page_state_free(zone);
	bool first = cma > free / 2;

	trace(m, cma_balance, .nid = zone->node, .zone = zone->idx,
	      .free_cma = (uint32_t)cma, .free = (uint32_t)free,
	      .cma_first = first);
	return first;
}

/*
 * One block for a request: own type, then CMA, then a theft, then own type
 * again. PFN_NONE when all of that fails.
 */
static __always_inline uint32_t __rmqueue(struct machine *m,
					  const struct zone *zone,
					  unsigned int order,
					  unsigned int migratetype,
					  uint32_t alloc_flags)
{
	const bool cma = m->system->cma && (alloc_flags & ALLOC_CMA);
	uint32_t pfn = PFN_NONE;

	if (cma && cma_first(m, zone))
		pfn = __rmqueue_smallest(m, zone, order, MIGRATE_CMA);
	while (pfn == PFN_NONE) {
		pfn = __rmqueue_smallest(m, zone, order, migratetype);
		if (likely(pfn != PFN_NONE))
			break;
		if (cma)
			pfn = __rmqueue_smallest(m, zone, order, MIGRATE_CMA);
		if (pfn == PFN_NONE &&
		    !__rmqueue_fallback(m, zone, order, migratetype,
					alloc_flags))
			return PFN_NONE;
	}
	trace(m, mm_page_alloc_zone_locked, .pfn = pfn, .order = order,
	      .migratetype = migratetype);
	return pfn;
}

#endif
