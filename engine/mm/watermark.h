/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * watermark: may this request take pages from this zone?
 *
 *   free      |=============================|..unusable..|
 *   required  |=== watermark ===|= lowmem_reserve =|
 *
 * The zone is allowed if free - unusable > watermark + lowmem_reserve,
 * strictly: exactly as many pages are not enough. A larger block must
 * besides exist in one piece on some list.
 *
 * A refusal does not mean that no page is free. The pages below the low
 * watermark are left to kswapd and to urgent requests, which are checked
 * against min and may go below it. lowmem_reserve[] protects the lower zones:
 * a request that could use a higher zone has to leave so many pages for those
 * that can use only this one.
 *
 * Kernel: mm/page_alloc.c, __zone_watermark_unusable_free() to
 * zone_watermark_ok_safe().
 */
#ifndef ENGINE_WATERMARK_H
#define ENGINE_WATERMARK_H

#include "mm/free_account.h"
#include "mm/vmstat.h"
#include "state/state.h"

/* One check. The kernel passes these as arguments; events report them. */
struct watermark_check {
	const struct zone *zone;
	unsigned int order;
	unsigned int highest_zoneidx;
	uint32_t alloc_flags;
	/* for the events alone */
	unsigned int migratetype; /* requested */
	uint32_t position; /* of the zone in the zonelist, from 1 */
};

/* wmark_pages(), include/linux/mmzone.h. */
static inline uint32_t wmark_pages(const struct zone *z, unsigned int i)
{
	return z->watermark[i] + z->watermark_boost;
}

/*
 * __zone_watermark_unusable_free(), mm/page_alloc.c: pages that count as free
 * and that this request could not use. All of the block but one page: the
 * check below is about what remains *after* the allocation. The highatomic
 * reserve, unless the request may use it. Free CMA pages, likewise.
 */
static inline long __zone_watermark_unusable_free(const struct zone *z,
						  unsigned int order,
						  uint32_t alloc_flags)
{
	long unusable_free = (1l << order) - 1;

	if (!(alloc_flags & (ALLOC_HARDER | ALLOC_OOM)))
		unusable_free += z->nr_reserved_highatomic;
	if (!(alloc_flags & ALLOC_CMA))
		unusable_free += zone_page_state_cma(z);
	return unusable_free;
}

/* Emit the result with every number that led to it. */
static inline void trace_watermark(struct machine *m,
				   const struct watermark_check *c,
				   enum watermark_step step, long free,
				   long unusable, long min, uint32_t boost)
{
	const struct zone *z = c->zone;
	const unsigned int wmark = c->alloc_flags & ALLOC_WMARK_MASK;
	const long reserve = z->lowmem_reserve[c->highest_zoneidx];
	const long margin = free - unusable - (min + reserve);
	const bool no_highatomic =
		!(c->alloc_flags & (ALLOC_HARDER | ALLOC_OOM));
	const bool no_cma = !(c->alloc_flags & ALLOC_CMA);
	struct free_account account = { .free = 0 };

	if (TRACED && margin <= 0)
		zone_free_account(m, z, c->order, c->alloc_flags,
				  c->highest_zoneidx, min, &account);
	trace_zone(m, watermark_check, z, .order = c->order,
		   .migratetype = c->migratetype, .check = step, .wmark = wmark,
		   .free = (int32_t)free, .unusable = (int32_t)unusable,
		   .highatomic = no_highatomic ? z->nr_reserved_highatomic : 0,
		   .cma = no_cma ? (uint32_t)zone_page_state_cma(z) : 0,
		   .watermark = (int32_t)min, .base = z->watermark[wmark],
		   .boost = boost, .lowmem_reserve = (uint32_t)reserve,
		   .highest_zoneidx = c->highest_zoneidx,
		   .alloc_flags = c->alloc_flags, .margin = (int32_t)margin,
		   .short_by = margin > 0 ? 0 : (uint32_t)(1 - margin),
		   .ok = margin > 0, .position = c->position,
		   FREE_ACCOUNT(TRACE_ACCOUNT));
}

/*
 * The loop at the end of __zone_watermark_ok(), mm/page_alloc.c: is a block
 * of @order or more on a list that this request may use? Enough pages in
 * pieces that are too small are no help.
 */
static inline bool free_area_ok(struct machine *m,
				const struct watermark_check *c)
{
	const struct zone *z = c->zone;
	uint32_t usable = 1u << MIGRATE_UNMOVABLE | 1u << MIGRATE_MOVABLE |
			  1u << MIGRATE_RECLAIMABLE;
	struct free_account account;

	if (c->alloc_flags & ALLOC_CMA)
		usable |= 1u << MIGRATE_CMA;
	if (c->alloc_flags & (ALLOC_HARDER | ALLOC_OOM))
		usable |= 1u << MIGRATE_HIGHATOMIC;
	for (unsigned int o = c->order; o < m->max_order; o++) {
		if (!z->nr_free[o])
			continue;
		for (unsigned int mt = 0; mt < MIGRATE_ISOLATE; mt++) {
			if (!(usable & 1u << mt) ||
			    list_is_empty(m, free_list(z, o, mt)))
				continue;
			trace_zone(m, free_area_check, z, .order = c->order,
				   .migratetype = c->migratetype,
				   .found_order = o, .found_migratetype = mt,
				   .ok = true);
			return true;
		}
	}
	if (TRACED)
		zone_free_account(m, z, c->order, c->alloc_flags,
				  c->highest_zoneidx, 0, &account);
	trace_zone(m, free_area_check, z, .order = c->order,
		   .migratetype = c->migratetype, .found_order = c->order,
		   .found_migratetype = MIGRATE_TYPES, .ok = false,
		   FREE_ACCOUNT(TRACE_ACCOUNT));
	return false;
}

/*
 * The lines of __zone_watermark_ok(), mm/page_alloc.c, that let a request use
 * reserves. They are nothing but a lower minimum: ALLOC_HIGH halves it,
 * ALLOC_OOM halves the rest, ALLOC_HARDER takes a quarter off. In pages.
 */
static __always_inline long watermark_lowered(long mark, uint32_t alloc_flags)
{
	long min = mark;

	if (alloc_flags & ALLOC_HIGH)
		min -= min / 2;
	if (alloc_flags & ALLOC_OOM)
		min -= min / 2;
	else if (alloc_flags & ALLOC_HARDER)
		min -= min / 4;
	return min;
}

/*
 * __zone_watermark_ok(), mm/page_alloc.c: the full check. @mark includes the
 * boost, @boost pages.
 */
static __always_inline bool __zone_watermark_ok(struct machine *m,
						const struct watermark_check *c,
						enum watermark_step step,
						long mark, uint32_t boost,
						long free_pages)
{
	const struct zone *z = c->zone;
	long unusable =
		__zone_watermark_unusable_free(z, c->order, c->alloc_flags);
	const long min = watermark_lowered(mark, c->alloc_flags);

	trace_watermark(m, c, step, free_pages, unusable, min, boost);
	if (free_pages - unusable <=
	    min + (long)z->lowmem_reserve[c->highest_zoneidx])
		return false;
	return !c->order || free_area_ok(m, c);
}

/*
 * zone_watermark_fast() when its short cut did not decide. GFP_ATOMIC
 * requests of order 0 that are checked against min get a second check without
 * the boost: it exists to reduce fragmentation, which a single page cannot
 * make worse.
 */
static __always_inline bool zone_watermark_slow(struct machine *m,
						const struct watermark_check *c,
						gfp_t gfp_mask)
{
	const struct zone *z = c->zone;
	const unsigned int wmark = c->alloc_flags & ALLOC_WMARK_MASK;
	const long free_pages = zone_page_state_free(z);

	if (__zone_watermark_ok(m, c, WATERMARK_STEP_full,
				wmark_pages(z, wmark), z->watermark_boost,
				free_pages))
		return true;
	if (c->order || !(gfp_mask & __GFP_ATOMIC) || !z->watermark_boost ||
	    wmark != WMARK_MIN)
		return false;
	return __zone_watermark_ok(m, c, WATERMARK_STEP_unboosted,
				   z->watermark[WMARK_MIN], 0, free_pages);
}

/*
 * The short cut of zone_watermark_fast(), mm/page_alloc.c: order 0 needs no
 * search for a block, and most zones are far above the watermark. It ignores
 * the flags that lower the minimum, so a zone that fails here may still pass
 * the full check.
 *
 * Differs from v5.10, which reads a counter below zero as zero, and limits
 * the unusable pages to the free ones: the required pages are never
 * negative, so the result is the same without.
 */
static inline bool order0_watermark_ok(const struct zone *z,
				       unsigned int highest_zoneidx,
				       uint32_t alloc_flags)
{
	long mark = wmark_pages(z, alloc_flags & ALLOC_WMARK_MASK);

	return z->nr_free_pages >
	       mark + (long)z->lowmem_reserve[highest_zoneidx] +
		       __zone_watermark_unusable_free(z, 0, alloc_flags);
}

/* zone_watermark_fast(), mm/page_alloc.c: the check of the fast path. */
static __always_inline bool zone_watermark_fast(struct machine *m,
						const struct watermark_check *c,
						gfp_t gfp_mask)
{
	const struct zone *z = c->zone;

	if (c->order || unlikely(!order0_watermark_ok(z, c->highest_zoneidx,
						      c->alloc_flags)))
		return zone_watermark_slow(m, c, gfp_mask);
	trace_watermark(m, c, WATERMARK_STEP_fast, zone_page_state_free(z),
			__zone_watermark_unusable_free(z, 0, c->alloc_flags),
			wmark_pages(z, c->alloc_flags & ALLOC_WMARK_MASK),
			z->watermark_boost);
	return true;
}

/*
 * zone_watermark_ok(), mm/page_alloc.c: the check after node_reclaim(), with
 * the counters as they are now and without the short cut.
 */
static inline bool zone_watermark_ok(struct machine *m,
				     const struct watermark_check *c)
{
	const struct zone *z = c->zone;

	return __zone_watermark_ok(m, c, WATERMARK_STEP_after_reclaim,
				   wmark_pages(z, c->alloc_flags &
							  ALLOC_WMARK_MASK),
				   z->watermark_boost, zone_page_state_free(z));
}

#endif
