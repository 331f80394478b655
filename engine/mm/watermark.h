/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * watermark: may this request take pages from this zone?
 *
 *      have │ free ───────────────────────────────┤
 *      need │ mark (with boost) ──┤ lowmem_reserve ─┤   strictly more
 *
 * The answer is an inequality, free - unusable > mark + reserve, and it is
 * strict: as many pages as the mark are not enough. For a block of more
 * than one page there must also be a block large enough. A refusal does not
 * mean that no page is free; it means that the rest is kept for somebody
 * with fewer choices.
 *
 * Kernel: mm/page_alloc.c, __zone_watermark_unusable_free to
 * zone_watermark_ok_safe.
 */
#ifndef ENGINE_WATERMARK_H
#define ENGINE_WATERMARK_H

#include "state/state.h"
#include "mm/vmstat.h"

/* The question, gathered so that an event can repeat it. */
struct watermark_question {
	const struct zone *zone;
	unsigned int order;
	unsigned int highest_zoneidx;
	uint32_t alloc_flags;
	uint32_t position; /* of the zone in the list, from 1 */
};

static inline uint32_t wmark_pages(const struct zone *zone, unsigned int i)
{
	return zone->watermark[i] + zone->watermark_boost;
}

/*
 * Pages that count as free but that this request could not use: the rest of
 * a block of its order, highatomic reserves, CMA.
 */
static inline long __zone_watermark_unusable_free(const struct zone *zone,
						  unsigned int order,
						  uint32_t alloc_flags)
{
	long unusable = (1l << order) - 1;

	if (!(alloc_flags & (ALLOC_HARDER | ALLOC_OOM)))
		unusable += zone->nr_reserved_highatomic;
	if (!(alloc_flags & ALLOC_CMA))
		unusable += zone_page_state_cma(zone);
	return unusable;
}

/* Tell the verdict with every number it was made of. */
static inline void trace_watermark(struct machine *m,
				   const struct watermark_question *q,
				   enum watermark_step check, long free,
				   long unusable, long mark, uint32_t boost)
{
	const struct zone *z = q->zone;
	long reserve = z->lowmem_reserve[q->highest_zoneidx];
	long slack = free - unusable - (mark + reserve);
	bool counts_atomic = !(q->alloc_flags & (ALLOC_HARDER | ALLOC_OOM));

	(void)counts_atomic;
	(void)slack;
	trace(m, watermark_check, .nid = z->node, .zone = z->idx,
	      .order = q->order, .check = check,
	      .wmark = q->alloc_flags & ALLOC_WMARK_MASK, .free = (int32_t)free,
	      .unusable = (int32_t)unusable,
	      .highatomic = counts_atomic ? z->nr_reserved_highatomic : 0,
	      .cma = q->alloc_flags & ALLOC_CMA ?
			     0 :
			     (uint32_t)zone_page_state_cma(z),
	      .mark = (int32_t)mark,
	      .base = z->watermark[q->alloc_flags & ALLOC_WMARK_MASK],
	      .boost = boost, .reserve = (uint32_t)reserve,
	      .ceiling = q->highest_zoneidx, .alloc_flags = q->alloc_flags,
	      .slack = (int32_t)slack,
	      .short_by = slack > 0 ? 0 : (uint32_t)(1 - slack),
	      .ok = slack > 0, .position = q->position);
}

/* Is a block of @order or more on a list that this request may use? */
static inline bool free_area_ok(struct machine *m,
				const struct watermark_question *q)
{
	const struct zone *z = q->zone;
	uint32_t types = 1u << MIGRATE_UNMOVABLE | 1u << MIGRATE_MOVABLE |
			 1u << MIGRATE_RECLAIMABLE;

	if (q->alloc_flags & ALLOC_CMA)
		types |= 1u << MIGRATE_CMA;
	if (q->alloc_flags & (ALLOC_HARDER | ALLOC_OOM))
		types |= 1u << MIGRATE_HIGHATOMIC;
	for (unsigned int o = q->order; o < m->max_order; o++) {
		if (!z->nr_free[o])
			continue;
		for (unsigned int t = 0; t < MIGRATE_ISOLATE; t++) {
			if (!(types & 1u << t) ||
			    list_is_empty(m, free_list(z, o, t)))
				continue;
			trace(m, free_area_check, .nid = z->node,
			      .zone = z->idx, .order = q->order,
			      .found_order = o, .found_migratetype = t,
			      .ok = true);
			return true;
		}
	}
	trace(m, free_area_check, .nid = z->node, .zone = z->idx,
	      .order = q->order, .found_order = q->order,
	      .found_migratetype = MIGRATE_TYPES, .ok = false);
	return false;
}

/*
 * The full question. @mark already holds the boost, of which @boost pages.
 * HIGH, OOM and HARDER lower the mark: this is all that "reserves for the
 * urgent" means.
 */
static inline bool __zone_watermark_ok(struct machine *m,
				       const struct watermark_question *q,
				       enum watermark_step check, long mark,
				       uint32_t boost, long free)
{
	const struct zone *z = q->zone;
	long unusable =
		__zone_watermark_unusable_free(z, q->order, q->alloc_flags);
	long min = mark;

	if (q->alloc_flags & ALLOC_HIGH)
		min -= min / 2;
	if (q->alloc_flags & ALLOC_OOM)
		min -= min / 2;
	else if (q->alloc_flags & ALLOC_HARDER)
		min -= min / 4;
	trace_watermark(m, q, check, free, unusable, min, boost);
	if (free - unusable <=
	    min + (long)z->lowmem_reserve[q->highest_zoneidx])
		return false;
	return !q->order || free_area_ok(m, q);
}

/*
 * What follows when the short cut did not pass. An ATOMIC request measured
 * at min is asked a last time without the boost, since a boost is about
 * fragmentation, not about need.
 */
static __always_inline bool
zone_watermark_full(struct machine *m, const struct watermark_question *q,
		    gfp_t gfp_mask)
{
	const struct zone *z = q->zone;
	const unsigned int wmark = q->alloc_flags & ALLOC_WMARK_MASK;
	long mark = wmark_pages(z, wmark);
	long free = zone_page_state_free(z);

	if (__zone_watermark_ok(m, q, WATERMARK_STEP_full, mark,
				z->watermark_boost, free))
		return true;
	if (!q->order && (gfp_mask & __GFP_ATOMIC) && z->watermark_boost &&
	    wmark == WMARK_MIN)
		return __zone_watermark_ok(m, q, WATERMARK_STEP_unboosted,
					   z->watermark[WMARK_MIN], 0, free);
	return false;
}

/*
 * Order 0's short cut, which leaves the flags aside. The kernel takes a
 * counter below zero for zero, and what is unusable for no more than what is
 * free; marks are never negative, so the verdict is the same without.
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

/*
 * The question of the walk. Order 0 has the short cut; only when it fails,
 * and for every larger block, does the full question follow.
 */
static __always_inline bool
zone_watermark_fast(struct machine *m, const struct watermark_question *q,
		    gfp_t gfp_mask)
{
	const struct zone *z = q->zone;
	struct watermark_question full;

	if (!q->order && likely(order0_watermark_ok(z, q->highest_zoneidx,
						    q->alloc_flags))) {
		trace_watermark(
			m, q, WATERMARK_STEP_fast, zone_page_state_free(z),
			__zone_watermark_unusable_free(z, 0, q->alloc_flags),
			wmark_pages(z, q->alloc_flags & ALLOC_WMARK_MASK),
			z->watermark_boost);
		return true;
	}
	/* a copy, so that the hot path need not keep it in memory */
	full = *q;
	return zone_watermark_full(m, &full, gfp_mask);
}

/* Asked again after a reclaim: the counter is read anew, no short cut. */
static noinline bool zone_watermark_ok(struct machine *m,
				       const struct watermark_question *q)
{
	const struct zone *z = q->zone;

	return __zone_watermark_ok(m, q, WATERMARK_STEP_after_reclaim,
				   wmark_pages(z, q->alloc_flags &
							  ALLOC_WMARK_MASK),
				   z->watermark_boost, zone_page_state_free(z));
}

#endif
