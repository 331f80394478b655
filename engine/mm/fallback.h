/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fallback: a migratetype has no block left; which block does it steal?
 *
 * The *largest* free block of another type, and its whole pageblock where
 * possible: the next requests of the same type then find pages there, instead
 * of spoiling one pageblock after the other. A movable request is the
 * exception: its pages can be moved out again, so where it could not have
 * the pageblock anyway it takes the *smallest* sufficient block and leaves
 * the large one whole.
 *
 *   order 10   | 1. from the largest order down, for every type
 *          9   |
 *          ... v
 *          n   ^ 2. movable only: from the requested order up
 *
 * Kernel: mm/page_alloc.c, fallbacks[] to __rmqueue().
 */
#ifndef ENGINE_FALLBACK_H
#define ENGINE_FALLBACK_H

#include "mm/pageblock.h"
#include "state/state.h"

/*
 * can_steal_fallback(), mm/page_alloc.c: may a request of @start_mt take over
 * the pageblock of a free block of @order? Unmovable and reclaimable
 * requests always may: it is better to have their pages together in one
 * pageblock. Movable ones only from half of pageblock_order up.
 */
static inline bool can_steal_fallback(const struct machine *m,
				      unsigned int order, unsigned int start_mt)
{
	return order >= m->pageblock_order / 2 ||
	       start_mt == MIGRATE_RECLAIMABLE ||
	       start_mt == MIGRATE_UNMOVABLE || !m->system->mobility_grouping;
}

/*
 * find_suitable_fallback(), mm/page_alloc.c: the first type of
 * fallbacks[@migratetype] that has a free block of @order; MIGRATE_TYPES if
 * none has. *@can_steal: may its pageblock be taken over?
 *
 * Differs from v5.10: MIGRATE_TYPES instead of -1. @search is for the event
 * only.
 */
static inline unsigned int
find_suitable_fallback(struct machine *m, const struct zone *zone,
		       unsigned int order, unsigned int migratetype,
		       enum fallback_search search, bool *can_steal)
{
	unsigned int found = MIGRATE_TYPES;

	*can_steal = false;
	for (int i = 0; zone->nr_free[order] && i < NR_FALLBACKS; i++) {
		unsigned int fallback_mt = fallbacks[migratetype][i];

		if (list_is_empty(m, free_list(zone, order, fallback_mt)))
			continue;
		found = fallback_mt;
		*can_steal = can_steal_fallback(m, order, migratetype);
		break;
	}
	trace_zone(m, fallback_look, zone, .order = order,
		   .found = found != MIGRATE_TYPES, .fallback = found,
		   .can_steal = *can_steal, .search = search);
	return found;
}

/*
 * boost_watermark(), mm/page_alloc.c: a pageblock is about to hold pages of
 * two types. Raise the zone's watermarks for a while, by one pageblock each
 * time and at most by watermark_boost_factor / 10000 of the high watermark:
 * kswapd then frees more, and later requests steal less. Returns false if
 * boosting is off or the zone is too small for it.
 */
static inline bool boost_watermark(struct machine *m, const struct zone *zone)
{
	const uint64_t factor = m->system->watermark_boost_factor;
	const uint64_t high = zone->watermark[WMARK_HIGH];
	const uint32_t nr_pages = pageblock_nr_pages(m);
	uint64_t max_boost =
		high / 10000 * factor + high % 10000 * factor / 10000;
	bool boosted = factor && max_boost &&
		       (uint64_t)nr_pages * 4 <= zone->managed;

	if (boosted) {
		uint64_t boost = (uint64_t)zone->watermark_boost + nr_pages;

		if (max_boost < nr_pages)
			max_boost = nr_pages;
		if (boost > max_boost)
			boost = max_boost;
		state_set(m, zone->watermark_boost, (uint32_t)boost);
	}
	trace_zone(m, boost_watermark, zone, .boost = zone->watermark_boost,
		   .max = (uint32_t)max_boost, .boosted = boosted);
	return boosted;
}

/* Only this block changes its type; the pageblock keeps its own. */
static inline void steal_single(struct machine *m, const struct zone *zone,
				uint32_t pfn, unsigned int order,
				unsigned int start_type,
				enum steal_reason reason)
{
	move_to_free_list(m, pfn, zone, order, start_type);
	trace_zone(m, steal_single, zone, .pfn = pfn, .order = order,
		   .migratetype = start_type, .reason = reason);
}

/*
 * The middle of steal_suitable_fallback(), mm/page_alloc.c: move all free
 * blocks of the pageblock of @pfn to @start_type's lists. If at least half of
 * its pages are free or compatible with @start_type, the pageblock becomes
 * @start_type. Returns false if no page could be moved.
 *
 * Which allocated pages are compatible is a guess, since only movable pages
 * can be told: all movable ones for a movable request; for the others, in a
 * movable pageblock, all that are not movable; elsewhere none.
 */
static inline bool steal_pageblock(struct machine *m, const struct zone *zone,
				   uint32_t pfn, unsigned int start_type,
				   unsigned int old_block_type)
{
	const uint32_t nr_pages = pageblock_nr_pages(m);
	uint32_t movable_pages, alike_pages = 0, free_pages;
	bool claim;

	free_pages =
		move_freepages_block(m, zone, pfn, start_type, &movable_pages);
	if (!free_pages)
		return false;
	if (start_type == MIGRATE_MOVABLE)
		alike_pages = movable_pages;
	else if (old_block_type == MIGRATE_MOVABLE)
		alike_pages = nr_pages - (free_pages + movable_pages);
	claim = free_pages + alike_pages >= nr_pages / 2 ||
		!m->system->mobility_grouping;
	if (claim)
		set_pageblock_migratetype(m, zone, pfn, start_type);
	trace_zone(m, steal_claim, zone, .pfn = pageblock_start_pfn(m, pfn),
		   .free = free_pages, .compatible = alike_pages,
		   .required = nr_pages / 2, .migratetype = start_type,
		   .ok = claim);
	return true;
}

/*
 * steal_suitable_fallback(), mm/page_alloc.c: give the free block at @pfn to
 * @start_type, with its pageblock if @whole_block and if enough of it is
 * usable. A highatomic pageblock keeps its type. A block that covers whole
 * pageblocks takes them all, and nothing is mixed. In every other case two
 * types will share a pageblock, which boosts the watermarks.
 */
static inline void steal_suitable_fallback(struct machine *m,
					   const struct zone *zone,
					   uint32_t pfn, uint32_t alloc_flags,
					   unsigned int start_type,
					   bool whole_block)
{
	unsigned int current_order = page_order(m->pages[pfn]);
	unsigned int old_type = get_pageblock_migratetype(m, zone, pfn);
	enum steal_reason reason;

	if (old_type == MIGRATE_HIGHATOMIC) {
		reason = STEAL_highatomic;
	} else if (current_order >= m->pageblock_order) {
		for (uint32_t p = pfn; p < pfn + (1u << current_order);
		     p += pageblock_nr_pages(m))
			set_pageblock_migratetype(m, zone, p, start_type);
		reason = STEAL_whole_pageblocks;
	} else {
		if (boost_watermark(m, zone) && (alloc_flags & ALLOC_KSWAPD))
			state_set(m, zone->boosted, 1);
		if (whole_block &&
		    steal_pageblock(m, zone, pfn, start_type, old_type))
			return;
		reason = whole_block ? STEAL_none_moved : STEAL_too_small;
	}
	steal_single(m, zone, pfn, current_order, start_type, reason);
}

/*
 * The search of __rmqueue_fallback(), mm/page_alloc.c: find the type and the
 * order to steal from; MIGRATE_TYPES if there is nothing. The kernel's second
 * loop ends at the latest where the first one did: that order has a block.
 */
static inline unsigned int
find_fallback(struct machine *m, const struct zone *zone, unsigned int order,
	      unsigned int min_order, unsigned int start_migratetype,
	      unsigned int *current_order, bool *can_steal)
{
	unsigned int mt = MIGRATE_TYPES;

	for (unsigned int o = m->max_order; o-- > min_order;) {
		mt = find_suitable_fallback(m, zone, o, start_migratetype,
					    FALLBACK_SEARCH_largest, can_steal);
		if (mt == MIGRATE_TYPES)
			continue;
		*current_order = o;
		if (*can_steal || start_migratetype != MIGRATE_MOVABLE ||
		    o <= order)
			return mt;
		trace_zone(m, fallback_smallest, zone, .order = order,
			   .found_order = o);
		for (o = order, mt = MIGRATE_TYPES; mt == MIGRATE_TYPES; o++) {
			*current_order = o;
			mt = find_suitable_fallback(m, zone, o,
						    start_migratetype,
						    FALLBACK_SEARCH_smallest,
						    can_steal);
		}
		return mt;
	}
	return MIGRATE_TYPES;
}

/*
 * __rmqueue_fallback(), mm/page_alloc.c: steal a block for
 * @start_migratetype. True if its lists have one now; the caller searches
 * them again. With ALLOC_NOFRAGMENT only whole pageblocks may be stolen, so
 * that no pageblock holds two types; the request then tries another zone.
 */
static noinline bool __rmqueue_fallback(struct machine *m,
					const struct zone *zone,
					unsigned int order,
					unsigned int start_migratetype,
					uint32_t alloc_flags)
{
	const bool nofragment = alloc_flags & ALLOC_NOFRAGMENT;
	const unsigned int min_order = nofragment ? m->pageblock_order : order;
	unsigned int current_order, fallback_mt;
	bool can_steal;
	uint32_t pfn;

	trace_zone(m, fallback_begin, zone, .order = order,
		   .max_order = m->max_order - 1, .min_order = min_order,
		   .migratetype = start_migratetype, .nofragment = nofragment);
	fallback_mt = find_fallback(m, zone, order, min_order,
				    start_migratetype, &current_order,
				    &can_steal);
	if (fallback_mt == MIGRATE_TYPES) {
		trace_zone(m, fallback_none, zone, .order = order,
			   .migratetype = start_migratetype);
		return false;
	}
	pfn = list_first_entry(m, free_list(zone, current_order, fallback_mt));
	steal_suitable_fallback(m, zone, pfn, alloc_flags, start_migratetype,
				can_steal);
	trace(m, mm_page_alloc_extfrag, .pfn = pfn, .alloc_order = order,
	      .fallback_order = current_order,
	      .alloc_migratetype = start_migratetype,
	      .fallback_migratetype = fallback_mt,
	      .change_ownership = get_pageblock_migratetype(m, zone, pfn) ==
				  start_migratetype);
	return true;
}

/*
 * The balance of __rmqueue(), mm/page_alloc.c: CMA areas hold movable pages
 * only. While they have more than half of the zone's free pages, movable
 * requests use them first; otherwise they would be the last pages left when
 * an unmovable request comes, which cannot use them.
 */
static inline bool use_cma_first(struct machine *m, const struct zone *zone)
{
	long free_cma = zone_page_state_cma(zone);
	long free = zone_page_state_free(zone);
	bool cma_first = free_cma > free / 2;

	trace_zone(m, cma_balance, zone, .free_cma = (uint32_t)free_cma,
		   .free = (uint32_t)free, .cma_first = cma_first);
	return cma_first;
}

/*
 * __rmqueue(), mm/page_alloc.c: remove one block of @order from the free
 * lists. In this order: CMA if it has too many free pages; the requested
 * type; CMA; then steal a block from another type and search the requested
 * type again. PFN_NONE if all of that fails.
 */
static __always_inline uint32_t __rmqueue(struct machine *m,
					  const struct zone *zone,
					  unsigned int order,
					  unsigned int migratetype,
					  uint32_t alloc_flags)
{
	const bool cma = m->system->cma && (alloc_flags & ALLOC_CMA);
	uint32_t pfn = PFN_NONE;

	if (cma && use_cma_first(m, zone))
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
