/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * alloc_flags: what get_page_from_freelist() may do for a request, computed
 * from its gfp mask and from the task.
 *
 *   fast path       WMARK_LOW, ALLOC_NOFRAGMENT, ALLOC_CPUSET
 *   slow path
 *     first         WMARK_MIN, ALLOC_HIGH, ALLOC_HARDER
 *     then          reserves: ALLOC_OOM, ALLOC_NO_WATERMARKS
 *
 * ALLOC_CMA is the same in every attempt.
 *
 * Kernel: mm/page_alloc.c.
 */
#ifndef ENGINE_ALLOC_FLAGS_H
#define ENGINE_ALLOC_FLAGS_H

#include "machine/gfp.h"
#include "mm/zonelist.h"
#include "state/state.h"

/*
 * current_alloc_flags(), mm/page_alloc.c: may this task's movable pages lie
 * in CMA areas?
 */
static inline uint32_t current_alloc_flags(const struct machine *m,
					   unsigned int migratetype)
{
	return m->system->cma && !m->system->task.nocma &&
			       migratetype == MIGRATE_MOVABLE ?
		       ALLOC_CMA :
		       0;
}

/*
 * alloc_flags_nofragment(), mm/page_alloc.c: should the first walk rather use
 * another zone than mix two migratetypes in a pageblock of the preferred one?
 * Only if that is Normal and a zone lies below it, on a single node or with
 * the zone below populated. ALLOC_KSWAPD is the same bit as its gfp flag.
 */
static __always_inline uint32_t alloc_flags_nofragment(
	struct machine *m, const struct zoneref *preferred, gfp_t gfp_mask)
{
	uint32_t alloc_flags = gfp_mask & __GFP_KSWAPD_RECLAIM;
	const struct zone *zone;

	_Static_assert(ALLOC_KSWAPD == __GFP_KSWAPD_RECLAIM, "same bit");
	if (!m->system->nofragment || !preferred)
		return alloc_flags;
	zone = &m->zones[preferred->zone];
	if (zone->type != ZONE_NORMAL || !zone->idx)
		return alloc_flags;
	if (m->system->nr_online_nodes > 1 && !populated_zone(zone - 1))
		return alloc_flags;
	return alloc_flags | ALLOC_NOFRAGMENT;
}

/* The slow path's first two attempts; their alloc flags. */
struct slowpath_attempts {
	uint32_t first;
	uint32_t retry;
	bool atomic_ignored;
	bool drops_nodemask; /* the retry does */
};

/*
 * __gfp_pfmemalloc_flags(), mm/page_alloc.c: the reserves that the slow path's
 * second attempt may use. All of them for a task that frees memory, half of
 * the min watermark for a victim of the OOM killer; none otherwise.
 *
 * Differs from v5.10: the scenario's interrupt is a hard one, so the rule for
 * softirqs does not occur.
 */
static inline uint32_t __gfp_pfmemalloc_flags(const struct machine *m,
					      gfp_t gfp_mask)
{
	const struct task *current = &m->system->task;

	if (gfp_mask & __GFP_NOMEMALLOC)
		return 0;
	if (gfp_mask & __GFP_MEMALLOC)
		return ALLOC_NO_WATERMARKS;
	if (current->interrupt)
		return 0;
	if (current->memalloc)
		return ALLOC_NO_WATERMARKS;
	return current->oom_victim ? ALLOC_OOM : 0;
}

/*
 * gfp_to_alloc_flags(), mm/page_alloc.c: the flags of the slow path's first
 * attempt: the min watermark, and what the mask and the task allow.
 */
static inline uint32_t gfp_to_alloc_flags(const struct machine *m,
					  gfp_t gfp_mask)
{
	const struct task *current = &m->system->task;
	uint32_t alloc_flags = ALLOC_WMARK_MIN | ALLOC_CPUSET;

	_Static_assert(ALLOC_HIGH == __GFP_HIGH, "same bit");
	alloc_flags |= gfp_mask & (__GFP_HIGH | __GFP_KSWAPD_RECLAIM);
	if (gfp_mask & __GFP_ATOMIC) {
		if (!(gfp_mask & __GFP_NOMEMALLOC))
			alloc_flags |= ALLOC_HARDER;
		alloc_flags &= ~ALLOC_CPUSET;
	} else if (current->realtime && !current->interrupt) {
		alloc_flags |= ALLOC_HARDER;
	}
	return alloc_flags |
	       current_alloc_flags(m, gfp_migratetype(m, gfp_mask));
}

/*
 * The beginning of __alloc_pages_slowpath(), mm/page_alloc.c, for a request
 * with @gfp_mask: the flags with which it calls get_page_from_freelist() again
 * before it reclaims anything.
 *
 *  - __GFP_ATOMIC with __GFP_DIRECT_RECLAIM is a caller's mistake: a request
 *    that may not sleep cannot reclaim. The kernel warns and ignores
 *    __GFP_ATOMIC.
 *  - The second attempt uses reserves *instead of* the first one's flags, if
 *    the request may use any. With reserves, or where no cpuset restricts it,
 *    it drops the nodemask and begins again at the first zone of the list.
 *
 * Differs from v5.10: the attempts are not made; a scenario makes them with
 * m:alloc{ alloc_flags = ... }. Not modelled: what follows them
 * (wake_all_kswapds(), __alloc_pages_direct_compact(),
 * __alloc_pages_direct_reclaim(), __alloc_pages_may_oom(), warn_alloc()), and
 * starting over when the cpuset or the zonelists change meanwhile
 * (read_mems_allowed_begin(), check_retry_cpuset(), zonelist_iter_begin(),
 * check_retry_zonelist()).
 */
static inline void slowpath_attempts(const struct machine *m, gfp_t gfp_mask,
				     struct slowpath_attempts *s)
{
	const gfp_t mistake = __GFP_ATOMIC | __GFP_DIRECT_RECLAIM;
	uint32_t reserve_flags = __gfp_pfmemalloc_flags(m, gfp_mask);

	s->atomic_ignored = (gfp_mask & mistake) == mistake;
	if (s->atomic_ignored)
		gfp_mask &= ~__GFP_ATOMIC;
	s->first = gfp_to_alloc_flags(m, gfp_mask);
	s->retry = s->first;
	if (reserve_flags)
		s->retry = reserve_flags |
			   current_alloc_flags(m, gfp_migratetype(m, gfp_mask));
	s->drops_nodemask = reserve_flags || !(s->first & ALLOC_CPUSET);
}

/* Emit that the fast path ends here, and how the slow path would begin. */
static inline void trace_slow_path(struct machine *m, gfp_t gfp_mask,
				   unsigned int order)
{
	struct slowpath_attempts s;

	slowpath_attempts(m, gfp_mask, &s);
	trace(m, slow_path, .order = order, .gfp = gfp_mask,
	      .atomic_ignored = s.atomic_ignored, .slow_flags = s.first,
	      .retry_flags = s.retry, .drops_nodemask = s.drops_nodemask);
}

#endif
