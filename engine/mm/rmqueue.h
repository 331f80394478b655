/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rmqueue: remove a block from a zone that has passed its checks, and
 * prepare it for the caller.
 *
 *   order 0    this cpu's per-cpu list, see pcp.h
 *   order > 0  the highatomic reserve if the request may use it (ALLOC_HARDER),
 *              then the free lists, see fallback.h
 *
 * Kernel: mm/page_alloc.c, rmqueue() and prep_new_page().
 */
#ifndef ENGINE_RMQUEUE_H
#define ENGINE_RMQUEUE_H

#include "mm/pcp.h"
#include "state/contents.h"

/*
 * The first condition of rmqueue(), mm/page_alloc.c: is order 0 served from
 * the per-cpu list? The movable list may hold CMA pages, so a movable request
 * that may not have them (PF_MEMALLOC_NOCMA) takes its page from the free
 * lists. Differs from v5.10: a machine may have no per-cpu lists.
 */
static inline bool served_by_pcp(const struct machine *m, uint32_t alloc_flags,
				 unsigned int migratetype)
{
	if (unlikely(m->system->buddy_only))
		return false;
	return !m->system->cma || (alloc_flags & ALLOC_CMA) ||
	       migratetype != MIGRATE_MOVABLE;
}

/*
 * The second half of rmqueue(), mm/page_alloc.c: with the zone lock, from the
 * free lists. NR_FREE_PAGES falls by the whole block.
 */
static noinline uint32_t rmqueue_buddy(struct machine *m,
				       const struct zone *zone,
				       unsigned int order, uint32_t alloc_flags,
				       unsigned int migratetype)
{
	uint32_t pfn = PFN_NONE;

	if (order && (alloc_flags & ALLOC_HARDER)) {
		pfn = __rmqueue_smallest(m, zone, order, MIGRATE_HIGHATOMIC);
		if (pfn != PFN_NONE)
			trace(m, mm_page_alloc_zone_locked, .pfn = pfn,
			      .order = order, .migratetype = migratetype);
	}
	if (pfn == PFN_NONE)
		pfn = __rmqueue(m, zone, order, migratetype, alloc_flags);
	if (pfn != PFN_NONE)
		__mod_zone_freepage_state(m, zone, -(1l << order),
					  page_type(m->pages[pfn]));
	return pfn;
}

/* __count_zid_vm_events(PGALLOC) and zone_statistics(), in rmqueue(). */
static inline void count_alloc(struct machine *m,
			       const struct zone *preferred_zone,
			       const struct zone *zone, unsigned int order)
{
	state_add(m, zone->pgalloc, 1ull << order);
	zone_statistics(m, preferred_zone, zone);
}

/*
 * rmqueue(), mm/page_alloc.c: remove a block of @order from @zone. PFN_NONE
 * is possible even after the checks: all blocks may be isolated, or CMA, or
 * of types that may not be stolen.
 *
 * If a steal boosted the watermarks, kswapd is woken here, after the zone
 * lock was dropped. Not modelled: locks (local_irq_save(), spin_lock()), since
 * one request runs at a time, and checks that only warn (bad_range(),
 * WARN_ON_ONCE()).
 */
static __always_inline uint32_t rmqueue(struct machine *m,
					const struct zone *preferred_zone,
					const struct zone *zone,
					unsigned int order,
					uint32_t alloc_flags,
					unsigned int migratetype)
{
	const bool pcp = !order && served_by_pcp(m, alloc_flags, migratetype);
	uint32_t pfn;

	if (pcp)
		pfn = __rmqueue_pcplist(m, zone, migratetype, alloc_flags);
	else
		pfn = rmqueue_buddy(m, zone, order, alloc_flags, migratetype);
	if (pfn != PFN_NONE)
		count_alloc(m, preferred_zone, zone, order);
	else if (!pcp)
		return PFN_NONE;
	if (unlikely(zone->boosted)) {
		state_set(m, zone->boosted, 0);
		trace_zone(m, wakeup_kswapd, zone,
			   .boost = zone->watermark_boost);
	}
	return pfn;
}

/*
 * check_new_pages(), mm/page_alloc.c: was a poisoned page written to while it
 * was free? Such a write is a use after free somewhere. Not modelled:
 * check_new_page(), which drops damaged pages.
 */
static noinline void check_new_pages(struct machine *m, uint32_t pfn,
				     unsigned int order)
{
	uint32_t bad, offset;

	if (!page_contents_check_poison(m, pfn, order, &bad, &offset))
		trace(m, check_poison_mem, .pfn = bad, .offset = offset);
}

/*
 * prep_new_page(), mm/page_alloc.c: zero the block if __GFP_ZERO, make it a
 * compound page if __GFP_COMP, and set page_is_pfmemalloc if it came from below
 * the watermarks: it should be used to free memory.
 *
 * Differs from v5.10: the word of the first page stands for all pages of a
 * compound page. Poison is checked here instead of in rmqueue(). Not modelled:
 * the bookkeeping of post_alloc_hook() (init_on_alloc, kasan_alloc_pages(),
 * set_page_owner()).
 */
static __always_inline void prep_new_page(struct machine *m, uint32_t pfn,
					  unsigned int order, gfp_t gfp_flags,
					  uint32_t alloc_flags)
{
	const bool zero = gfp_flags & __GFP_ZERO;
	const bool compound = order && (gfp_flags & __GFP_COMP);
	const bool pfmemalloc = alloc_flags & ALLOC_NO_WATERMARKS;

	if (unlikely(m->system->poison))
		check_new_pages(m, pfn, order);
	if (zero)
		page_contents_clear(m, pfn, order);
	if (compound || pfmemalloc)
		state_set(m, m->pages[pfn],
			  m->pages[pfn] | (compound ? PAGE_COMPOUND : 0) |
				  (pfmemalloc ? PAGE_PFMEMALLOC : 0));
	state_set(m, page_owner(m, pfn), m->owner);
	trace(m, prep_new_page, .pfn = pfn, .order = order, .zeroed = zero,
	      .compound = compound, .pfmemalloc = pfmemalloc);
}

#endif
