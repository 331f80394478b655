/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_alloc: the fast path, from a request to a page, and back.
 *
 *   __alloc_pages_nodemask
 *    ├ prepare_alloc_pages       gfp → ceiling, type, zonelist, flags
 *    ├ alloc_flags_nofragment    may a steal spoil a pageblock?
 *    └ get_page_from_freelist    walk.c: the zonelist, zone by zone
 *       ├ cpuset, dirty limit, locality
 *       ├ zone_watermark_fast    enough pages left?
 *       └ rmqueue                per-cpu list, or buddy lists
 *
 * This file and those it includes are the allocator. It is compiled twice,
 * quiet and listening (see state.h), each time as one unit: the includes
 * are its floors.
 *
 * Kernel: mm/page_alloc.c, bottom half.
 */
#ifndef ENGINE_PAGE_ALLOC_H
#define ENGINE_PAGE_ALLOC_H

#include "mm/walk.h"

static __always_inline bool should_fail_alloc_page(struct machine *m, gfp_t gfp,
						   unsigned int order)
{
	const struct fault_attr *attr = &m->system->fail_page_alloc;

	if (likely(!attr->times))
		return false;
	if (order < attr->min_order || (gfp & __GFP_NOFAIL) ||
	    (attr->ignore_gfp_highmem && (gfp & __GFP_HIGHMEM)) ||
	    (attr->ignore_gfp_reclaim && (gfp & __GFP_DIRECT_RECLAIM)))
		return false;
	state_set(m, attr->times, attr->times - 1);
	trace(m, should_fail_alloc_page, .order = order, .gfp = gfp,
	      .times_left = attr->times);
	return true;
}

/* May movable pages of this task lie in CMA areas? */
static inline uint32_t current_alloc_flags(const struct machine *m,
					   unsigned int migratetype)
{
	return m->system->cma && !m->system->task.nocma &&
			       migratetype == MIGRATE_MOVABLE ?
		       ALLOC_CMA :
		       0;
}

/* What a mask means on this machine: ceiling, type, list, first zone. */
static __always_inline void alloc_context_init(const struct machine *m,
					       gfp_t gfp, unsigned int nid,
					       const uint64_t *nodemask,
					       struct alloc_context *ac)
{
	ac->highest_zoneidx = gfp_zone(m, gfp);
	ac->migratetype = gfp_migratetype(m, gfp);
	ac->has_nodemask = nodemask != NULL;
	ac->nodemask = nodemask ? *nodemask : 0;
	node_zonelist(m, nid, gfp, ac);
}

/*
 * Fill the context. False when fault injection refuses. *@alloc_mask may
 * gain HARDWALL, *@alloc_flags CPUSET and CMA.
 */
static __always_inline bool
prepare_alloc_pages(struct machine *m, gfp_t gfp_mask, unsigned int order,
		    unsigned int nid, const uint64_t *nodemask,
		    struct alloc_context *ac, gfp_t *alloc_mask,
		    uint32_t *alloc_flags)
{
	alloc_context_init(m, gfp_mask, nid, nodemask, ac);
	if (unlikely(cpusets_enabled(m))) {
		*alloc_mask |= __GFP_HARDWALL;
		if (!m->system->task.interrupt && !ac->has_nodemask) {
			ac->has_nodemask = true;
			ac->nodemask = m->system->task.mems_allowed;
		} else {
			*alloc_flags |= ALLOC_CPUSET;
		}
	}
	if (should_fail_alloc_page(m, gfp_mask, order))
		return false;
	*alloc_flags |= current_alloc_flags(m, ac->migratetype);
	ac->spread_dirty_pages = !!(gfp_mask & __GFP_WRITE);
	ac->preferred = first_zones_zonelist(ac);
	trace(m, prepare_alloc_pages, .gfp = *alloc_mask,
	      .highest_zoneidx = ac->highest_zoneidx,
	      .migratetype = ac->migratetype, .alloc_flags = *alloc_flags,
	      .spread_dirty_pages = ac->spread_dirty_pages,
	      .has_nodemask = ac->has_nodemask, .nodemask = ac->nodemask,
	      .preferred_nid = ac->preferred ? ac->preferred->nid : nid,
	      .preferred_zone = ac->preferred ? ac->preferred->idx :
						MAX_NR_ZONES);
	return true;
}

/*
 * Should the first pass rather use another zone of the node than mix types
 * in a pageblock of the best one? Only where a smaller zone lies below.
 */
static __always_inline uint32_t alloc_flags_nofragment(
	struct machine *m, const struct zoneref *preferred, gfp_t gfp_mask)
{
	uint32_t flags = gfp_mask & __GFP_KSWAPD_RECLAIM;

	_Static_assert(ALLOC_KSWAPD == __GFP_KSWAPD_RECLAIM, "same bit");
	if (m->system->nofragment && preferred) {
		const struct zone *zone = &m->zones[preferred->zone];

		if (zone->type == ZONE_NORMAL && zone->idx &&
		    (m->system->nr_online_nodes == 1 ||
		     populated_zone(zone - 1)))
			flags |= ALLOC_NOFRAGMENT;
	}
	return flags;
}

/*
 * The slow path's first flags: measured at min, and what the mask and the
 * task allow. For lessons; the slow path itself is not part of this engine.
 */
static inline uint32_t gfp_to_alloc_flags(const struct machine *m,
					  gfp_t gfp_mask)
{
	const struct task *task = &m->system->task;
	uint32_t flags = ALLOC_WMARK_MIN | ALLOC_CPUSET;

	_Static_assert(ALLOC_HIGH == __GFP_HIGH, "same bit");
	flags |= gfp_mask & (__GFP_HIGH | __GFP_KSWAPD_RECLAIM);
	if (gfp_mask & __GFP_ATOMIC) {
		if (!(gfp_mask & __GFP_NOMEMALLOC))
			flags |= ALLOC_HARDER;
		flags &= ~ALLOC_CPUSET;
	} else if (task->realtime && !task->interrupt) {
		flags |= ALLOC_HARDER;
	}
	return flags | current_alloc_flags(m, gfp_migratetype(m, gfp_mask));
}

/*
 * The reserves that the second attempt may use besides: all of them for who
 * frees memory, half of the mark for an OOM victim. 0 for everybody else.
 */
static inline uint32_t __gfp_pfmemalloc_flags(const struct machine *m,
					      gfp_t gfp_mask)
{
	const struct task *task = &m->system->task;

	if (gfp_mask & __GFP_NOMEMALLOC)
		return 0;
	if (gfp_mask & __GFP_MEMALLOC)
		return ALLOC_NO_WATERMARKS;
	if (task->interrupt)
		return 0;
	if (task->memalloc)
		return ALLOC_NO_WATERMARKS;
	return task->oom_victim ? ALLOC_OOM : 0;
}

/*
 * The entry. Returns the first frame of a block of 2^order frames, or
 * PFN_NONE: then the kernel's slow path would begin.
 */
static __always_inline uint32_t
__alloc_pages_nodemask(struct machine *m, gfp_t gfp_mask, unsigned int order,
		       unsigned int preferred_nid, const uint64_t *nodemask)
{
	uint32_t alloc_flags = ALLOC_WMARK_LOW;
	gfp_t alloc_mask = gfp_mask;
	struct alloc_context ac;
	uint32_t pfn;

	if (unlikely(order >= m->max_order))
		return PFN_NONE;
	trace(m, alloc_request, .entry = ENTRY_alloc_pages, .order = order,
	      .gfp = gfp_mask, .nid = preferred_nid, .cpu = m->cpu,
	      .has_nodemask = nodemask != NULL,
	      .nodemask = nodemask ? *nodemask : 0);
	if (!prepare_alloc_pages(m, gfp_mask, order, preferred_nid, nodemask,
				 &ac, &alloc_mask, &alloc_flags))
		return PFN_NONE;
	alloc_flags |= alloc_flags_nofragment(m, ac.preferred, gfp_mask);
	trace(m, alloc_flags_nofragment,
	      .nofragment = !!(alloc_flags & ALLOC_NOFRAGMENT),
	      .alloc_flags = alloc_flags);
	pfn = get_page_from_freelist(m, alloc_mask, order, alloc_flags, &ac);
	if (unlikely(pfn == PFN_NONE)) {
		trace(m, slow_path, .order = order, .gfp = gfp_mask,
		      .slow_flags = gfp_to_alloc_flags(m, gfp_mask));
		return PFN_NONE;
	}
	trace(m, mm_page_alloc, .pfn = pfn, .order = order,
	      .gfp_flags = alloc_mask, .migratetype = ac.migratetype,
	      .nid = m->zones[page_zone_id(m->pages[pfn])].node,
	      .zone = m->zones[page_zone_id(m->pages[pfn])].idx);
	return pfn;
}

/* get_page_from_freelist, as the slow path calls it: flags from outside. */
static noinline uint32_t get_page_with_flags(struct machine *m, gfp_t gfp_mask,
					     unsigned int order,
					     uint32_t alloc_flags,
					     unsigned int nid,
					     const uint64_t *nodemask)
{
	struct alloc_context ac = { .spread_dirty_pages = false };
	uint32_t pfn, id;

	trace(m, alloc_request, .entry = ENTRY_get_page, .order = order,
	      .gfp = gfp_mask, .nid = nid, .cpu = m->cpu,
	      .has_nodemask = nodemask != NULL,
	      .nodemask = nodemask ? *nodemask : 0);
	alloc_context_init(m, gfp_mask, nid, nodemask, &ac);
	ac.preferred = first_zones_zonelist(&ac);
	trace(m, prepare_alloc_pages, .gfp = gfp_mask,
	      .highest_zoneidx = ac.highest_zoneidx,
	      .migratetype = ac.migratetype, .alloc_flags = alloc_flags,
	      .has_nodemask = ac.has_nodemask, .nodemask = ac.nodemask,
	      .preferred_nid = ac.preferred ? ac.preferred->nid : nid,
	      .preferred_zone = ac.preferred ? ac.preferred->idx :
					       MAX_NR_ZONES);
	pfn = get_page_from_freelist(m, gfp_mask, order, alloc_flags, &ac);
	id = pfn == PFN_NONE ? 0 : page_zone_id(m->pages[pfn]);
	(void)id;
	trace(m, get_page_done, .ok = pfn != PFN_NONE, .pfn = pfn,
	      .order = order, .nid = m->zones[id].node,
	      .zone = m->zones[id].idx);
	return pfn;
}

/* A block of more than one page goes straight to the free lists. */
static noinline void __free_pages_ok(struct machine *m, const struct zone *zone,
				     uint32_t pfn, unsigned int order)
{
	__free_one_page(m, pfn, zone, order,
			get_pageblock_migratetype(m, zone, pfn), false);
}

/* Give a block back. The caller says its order, as kernel callers do. */
static __always_inline void __free_pages(struct machine *m, uint32_t pfn,
					 unsigned int order)
{
	const struct zone *zone = &m->zones[page_zone_id(m->pages[pfn])];

	state_set(m, zone->pgfree, zone->pgfree + (1ull << order));
	trace(m, mm_page_free, .pfn = pfn, .order = order, .cpu = m->cpu,
	      .nid = zone->node, .zone = zone->idx,
	      .migratetype = get_pageblock_migratetype(m, zone, pfn));
	if (unlikely(m->system->poison))
		frames_poison(m, pfn, order);
	if (likely(!order))
		free_unref_page(m, zone, pfn);
	else
		__free_pages_ok(m, zone, pfn, order);
}

#endif
