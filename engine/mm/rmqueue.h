/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rmqueue: take a block from a zone that has passed its checks, and make it
 * ready for its owner.
 *
 *   order 0 ──▶ this cpu's list (pcp.c)
 *   more    ──▶ highatomic reserve, for the urgent; else the free lists
 *
 * Kernel: mm/page_alloc.c, rmqueue and prep_new_page.
 */
#ifndef ENGINE_RMQUEUE_H
#define ENGINE_RMQUEUE_H

#include "state/arena.h"
#include "mm/pcp.h"

/* Order 0 by the lists of this cpu, but where they might hold CMA pages. */
static inline bool served_by_pcp(const struct machine *m, uint32_t flags,
				 unsigned int migratetype)
{
	return !m->system->cma || (flags & ALLOC_CMA) ||
	       migratetype != MIGRATE_MOVABLE;
}

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

/* A block was taken from @zone: count it. */
static inline void count_alloc(struct machine *m, const struct zone *preferred,
			       const struct zone *zone, unsigned int order)
{
	state_set(m, zone->pgalloc, zone->pgalloc + (1ull << order));
	zone_statistics(m, preferred, zone);
}

/*
 * Take a block from this zone, which has passed its checks. It may still
 * have none: a high order taken by nobody, or all of it CMA.
 */
static __always_inline uint32_t rmqueue(struct machine *m,
					const struct zone *preferred,
					const struct zone *zone,
					unsigned int order,
					uint32_t alloc_flags,
					unsigned int migratetype)
{
	bool by_pcp = !order && served_by_pcp(m, alloc_flags, migratetype);
	uint32_t pfn;

	if (by_pcp)
		pfn = __rmqueue_pcplist(m, zone, migratetype, alloc_flags);
	else
		pfn = rmqueue_buddy(m, zone, order, alloc_flags, migratetype);
	if (pfn != PFN_NONE)
		count_alloc(m, preferred, zone, order);
	else if (!by_pcp)
		return PFN_NONE;
	if (unlikely(zone->boosted)) {
		state_set(m, zone->boosted, 0);
		trace(m, wakeup_kswapd, .nid = zone->node, .zone = zone->idx,
		      .boost = zone->watermark_boost);
	}
	return pfn;
}

static __always_inline void prep_new_page(struct machine *m, uint32_t pfn,
					  unsigned int order, gfp_t gfp_mask,
					  uint32_t alloc_flags)
{
	uint32_t marks = 0;

	if (unlikely(m->system->poison)) {
		uint32_t bad, offset;

		if (!frames_check_poison(m, pfn, order, &bad, &offset)) {
			trace(m, check_poison_mem, .pfn = bad,
			      .offset = offset);
		}
	}
	if (gfp_mask & __GFP_ZERO)
		frames_clear(m, pfn, order);
	if (order && (gfp_mask & __GFP_COMP))
		marks |= PAGE_COMPOUND;
	if (alloc_flags & ALLOC_NO_WATERMARKS)
		marks |= PAGE_PFMEMALLOC;
	if (marks)
		state_set(m, m->pages[pfn], m->pages[pfn] | marks);
	state_set(m, page_owner(m, pfn), m->owner);
	trace(m, prep_new_page, .pfn = pfn, .order = order,
	      .zeroed = !!(gfp_mask & __GFP_ZERO),
	      .compound = !!(marks & PAGE_COMPOUND),
	      .pfmemalloc = !!(marks & PAGE_PFMEMALLOC));
}

#endif
