/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_alloc: the fast path, from a request to a block, and back.
 *
 *   __alloc_pages_nodemask()
 *    |- prepare_alloc_pages()      gfp mask -> highest_zoneidx, migratetype,
 *    |   |                         zonelist, alloc flags
 *    |   `- should_fail_alloc_page()               fault.h
 *    |- alloc_flags_nofragment()   may a steal mix types in a pageblock?
 *    |                             alloc_flags.h
 *    `- get_page_from_freelist()   walk.h: zone by zone
 *        |- cpuset, dirty limit, locality          constraints.h
 *        |- zone_watermark_fast()                  watermark.h
 *        |- rmqueue()                              rmqueue.h
 *        |   |- order 0: __rmqueue_pcplist()       pcp.h
 *        |   `- order > 0: __rmqueue()             fallback.h, buddy.h
 *        `- prep_new_page()                        rmqueue.h
 *
 *   __free_pages()                                 free.h
 *
 * A request that no zone can serve would enter __alloc_pages_slowpath(), of
 * which only the first two attempts are computed (alloc_flags.h).
 *
 * What the kernel does besides is named at its place, as "Not modelled"; all
 * of it is listed by `zonewalk doc not-modelled`. Not modelled around a
 * request: kswapd, kcompactd and khugepaged do nothing between two requests.
 *
 * Kernel: mm/page_alloc.c.
 */
#ifndef ENGINE_PAGE_ALLOC_H
#define ENGINE_PAGE_ALLOC_H

#include "mm/alloc_flags.h"
#include "mm/fault.h"
#include "mm/walk.h"

/* The first lines of prepare_alloc_pages(): what a gfp mask means here. */
static __always_inline void alloc_context_init(const struct machine *m,
					       gfp_t gfp_mask, unsigned int nid,
					       const uint64_t *nodemask,
					       struct alloc_context *ac)
{
	ac->highest_zoneidx = gfp_zone(m, gfp_mask);
	ac->migratetype = gfp_migratetype(m, gfp_mask);
	ac->has_nodemask = nodemask != NULL;
	ac->nodemask = nodemask ? *nodemask : 0;
	ac->spread_dirty_pages = false;
	node_zonelist(m, nid, gfp_mask, ac);
}

/* Emit what the caller requests. */
static inline void trace_request(struct machine *m, enum entry_point entry,
				 gfp_t gfp_mask, unsigned int order,
				 unsigned int nid, const uint64_t *nodemask)
{
	trace(m, alloc_request, .entry = entry, .order = order, .gfp = gfp_mask,
	      .nid = nid, .cpu = m->cpu, .has_nodemask = nodemask != NULL,
	      .nodemask = nodemask ? *nodemask : 0);
}

/* Emit what the walk is going to use. @nid: preferred by the caller. */
static inline void trace_prepared(struct machine *m, gfp_t gfp_mask,
				  uint32_t alloc_flags, unsigned int nid,
				  const struct alloc_context *ac)
{
	const struct zoneref *z = ac->preferred_zoneref;

	trace(m, prepare_alloc_pages, .gfp = gfp_mask,
	      .highest_zoneidx = ac->highest_zoneidx,
	      .migratetype = ac->migratetype, .alloc_flags = alloc_flags,
	      .wmark = alloc_flags & ALLOC_WMARK_MASK, .has_zone = z != NULL,
	      .spread_dirty_pages = ac->spread_dirty_pages,
	      .has_nodemask = ac->has_nodemask, .nodemask = ac->nodemask,
	      .preferred_nid = z ? z->nid : nid,
	      .preferred_zone = z ? z->idx : MAX_NR_ZONES);
}

/*
 * prepare_alloc_pages(), mm/page_alloc.c: compute the alloc_context once, for
 * every walk of this request. False if fault injection makes it fail.
 *
 * With cpusets, a request without a nodemask gets the task's mems_allowed as
 * its nodemask, which is cheaper than a check per zone. It is a first
 * attempt: the slow path drops that nodemask again. A request that has a
 * nodemask, or comes from an interrupt, is checked zone by zone (ALLOC_CPUSET).
 *
 * Not modelled: might_sleep_if(), fs_reclaim_acquire() and
 * fs_reclaim_release(), which only warn.
 */
static __always_inline bool
prepare_alloc_pages(struct machine *m, gfp_t gfp_mask, unsigned int order,
		    unsigned int preferred_nid, const uint64_t *nodemask,
		    struct alloc_context *ac, gfp_t *alloc_mask,
		    uint32_t *alloc_flags)
{
	alloc_context_init(m, gfp_mask, preferred_nid, nodemask, ac);
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
	ac->spread_dirty_pages = gfp_mask & __GFP_WRITE;
	ac->preferred_zoneref = first_zones_zonelist(ac);
	trace_prepared(m, *alloc_mask, *alloc_flags, preferred_nid, ac);
	return true;
}

/*
 * __alloc_pages_nodemask(), mm/page_alloc.c: allocate 2^order pages. Returns
 * the first page. PFN_NONE: no zone can serve the request.
 *
 * Differs from v5.10: ends where the slow path begins. Not modelled:
 * gfp_allowed_mask, which limits gfp in early boot and during suspend;
 * current_gfp_context(), for the slow path; and the charge to a memory cgroup
 * at the end (memcg_kmem_enabled(), __memcg_kmem_charge_page()), which can
 * still free the block.
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
	trace_request(m, ENTRY_alloc_pages, gfp_mask, order, preferred_nid,
		      nodemask);
	if (!prepare_alloc_pages(m, gfp_mask, order, preferred_nid, nodemask,
				 &ac, &alloc_mask, &alloc_flags))
		return PFN_NONE;
	alloc_flags |=
		alloc_flags_nofragment(m, ac.preferred_zoneref, gfp_mask);
	trace(m, alloc_flags_nofragment,
	      .nofragment = !!(alloc_flags & ALLOC_NOFRAGMENT),
	      .alloc_flags = alloc_flags);
	pfn = get_page_from_freelist(m, alloc_mask, order, alloc_flags, &ac);
	if (unlikely(pfn == PFN_NONE)) {
		trace_slow_path(m, gfp_mask, order);
		return PFN_NONE;
	}
	trace_zone(m, mm_page_alloc, page_zone(m, pfn), .pfn = pfn,
		   .order = order, .gfp_flags = alloc_mask,
		   .migratetype = ac.migratetype);
	return pfn;
}

/*
 * get_page_from_freelist() as the slow path calls it, with the caller's alloc
 * flags. Differs from v5.10: no such function there; it is how a scenario
 * tries the flags of the slow path.
 */
static noinline uint32_t get_page_with_flags(struct machine *m, gfp_t gfp_mask,
					     unsigned int order,
					     uint32_t alloc_flags,
					     unsigned int preferred_nid,
					     const uint64_t *nodemask)
{
	struct alloc_context ac;
	uint32_t pfn;

	trace_request(m, ENTRY_get_page, gfp_mask, order, preferred_nid,
		      nodemask);
	alloc_context_init(m, gfp_mask, preferred_nid, nodemask, &ac);
	ac.preferred_zoneref = first_zones_zonelist(&ac);
	trace_prepared(m, gfp_mask, alloc_flags, preferred_nid, &ac);
	pfn = get_page_from_freelist(m, gfp_mask, order, alloc_flags, &ac);
	if (pfn == PFN_NONE)
		trace(m, get_page_done, .ok = false, .pfn = pfn, .order = order,
		      .nid = preferred_nid, .zone = MAX_NR_ZONES);
	else
		trace_zone(m, get_page_done, page_zone(m, pfn), .ok = true,
			   .pfn = pfn, .order = order);
	return pfn;
}

#endif
