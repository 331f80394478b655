/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * walk: get_page_from_freelist, zone by zone down the zonelist.
 *
 *   for each zone   ceiling? nodemask?     passed over in silence
 *                   cpuset? dirty limit?   may it be asked at all
 *                   locality               NOFRAGMENT, about to go far:
 *                                          begin again without it
 *                   watermark              enough left for others?
 *                   rmqueue                a page
 *
 * Kernel: mm/page_alloc.c, get_page_from_freelist.
 */
#ifndef ENGINE_WALK_H
#define ENGINE_WALK_H

#include "mm/constraints.h"
#include "mm/rmqueue.h"
#include "mm/watermark.h"
#include "mm/zonelist.h"

/* One walk over the zonelist, as get_page_from_freelist sees it. */
struct walk {
	const struct alloc_context *ac;
	gfp_t gfp_mask;
	unsigned int order;
	uint32_t alloc_flags;
	uint32_t dirty_limited; /* node that failed the dirty limit last */
};

static inline uint32_t walk_position(const struct walk *w,
				     const struct zoneref *z)
{
	return (uint32_t)(z - w->ac->first) + 1;
}

static __always_inline void trace_skip(struct machine *m, const struct walk *w,
				       const struct zoneref *z,
				       enum skip_reason gate)
{
	(void)m, (void)w, (void)z, (void)gate;
	trace(m, zone_skip, .nid = z->nid, .zone = z->idx, .gate = gate,
	      .position = walk_position(w, z));
}

/* The kernel passes over these in silence; we say so. */
static inline void trace_silent_skip(struct machine *m, const struct walk *w,
				     const struct zoneref *z)
{
	trace_skip(m, w, z,
		   z->idx > w->ac->highest_zoneidx ? SKIP_ceiling :
						     SKIP_nodemask);
}

/* Cpuset and dirty limit: may this zone be asked at all? */
static __always_inline bool zone_gates_pass(struct machine *m, struct walk *w,
					    const struct zoneref *z,
					    const struct zone *zone)
{
	if ((w->alloc_flags & ALLOC_CPUSET) && cpusets_enabled(m) &&
	    !__cpuset_zone_allowed(m, zone, w->gfp_mask)) {
		trace_skip(m, w, z, SKIP_cpuset);
		return false;
	}
	if (!w->ac->spread_dirty_pages)
		return true;
	if (w->dirty_limited == zone->node) {
		trace_skip(m, w, z, SKIP_dirty_before);
		return false;
	}
	if (!node_dirty_ok(m, zone->node)) {
		w->dirty_limited = zone->node;
		trace_skip(m, w, z, SKIP_dirty);
		return false;
	}
	return true;
}

/* The watermark refused: may the zone be tried all the same? */
static noinline bool refused_zone_helped(struct machine *m,
					 const struct watermark_question *q,
					 const struct zoneref *z,
					 const struct zoneref *preferred,
					 gfp_t gfp_mask)
{
	const struct system *system = m->system;
	enum node_reclaim_result outcome;

	if (q->alloc_flags & ALLOC_NO_WATERMARKS) {
		trace(m, zone_try, .nid = z->nid, .zone = z->idx,
		      .position = q->position, .ignored = true);
		return true;
	}
	if (!system->node_reclaim_mode ||
	    node_distance(m, preferred->nid, z->nid) >
		    system->node_reclaim_distance)
		return false;
	outcome = node_reclaim(m, q->zone, gfp_mask);
	return outcome != NODE_RECLAIM_noscan && outcome != NODE_RECLAIM_full &&
	       zone_watermark_ok(m, q);
}

/* The watermark, and what may still help a zone that fails it. */
static __always_inline bool zone_mark_passes(struct machine *m,
					     const struct walk *w,
					     const struct zoneref *z,
					     const struct zone *zone)
{
	const struct watermark_question question = {
		.zone = zone,
		.order = w->order,
		.highest_zoneidx = w->ac->highest_zoneidx,
		.alloc_flags = w->alloc_flags,
		.position = walk_position(w, z),
	};
	struct watermark_question again;

	if (likely(zone_watermark_fast(m, &question, w->gfp_mask)))
		return true;
	again = question;
	return refused_zone_helped(m, &again, z, w->ac->preferred, w->gfp_mask);
}

/*
 * NOFRAGMENT, and the walk is about to leave the preferred node: rather a
 * mixed pageblock here than a page from far away.
 */
static inline bool leaves_node(const struct machine *m, const struct walk *w,
			       const struct zoneref *z)
{
	return (w->alloc_flags & ALLOC_NOFRAGMENT) &&
	       m->system->nr_online_nodes > 1 &&
	       z->nid != w->ac->preferred->nid;
}

enum zone_answer { ZONE_GAVE, ZONE_NEXT, ZONE_BEGIN_AGAIN };

/* One zone of the list: its gates, its mark, its page. */
static __always_inline enum zone_answer walk_zone(struct machine *m,
						  struct walk *w,
						  const struct zoneref *z,
						  uint32_t *pfn)
{
	const struct alloc_context *ac = w->ac;
	const struct zone *zone = &m->zones[z->zone];

	if (!zone_gates_pass(m, w, z, zone))
		return ZONE_NEXT;
	if (leaves_node(m, w, z)) {
		trace(m, nofragment_retry, .retry = RETRY_locality,
		      .nid = z->nid, .zone = z->idx);
		return ZONE_BEGIN_AGAIN;
	}
	if (!zone_mark_passes(m, w, z, zone))
		return ZONE_NEXT;
	*pfn = rmqueue(m, &m->zones[ac->preferred->zone], zone, w->order,
		       w->alloc_flags, ac->migratetype);
	if (likely(*pfn != PFN_NONE))
		return ZONE_GAVE;
	trace(m, zone_empty, .nid = z->nid, .zone = z->idx, .order = w->order,
	      .migratetype = ac->migratetype);
	return ZONE_NEXT;
}

/* One pass down the list. */
static inline enum zone_answer walk_zonelist(struct machine *m, struct walk *w,
					     uint32_t *pfn)
{
	const struct alloc_context *ac = w->ac;
	const struct zoneref *z = ac->preferred;

	for (const struct zoneref *s = ac->first; s < (z ? z : ac->end); s++)
		trace_silent_skip(m, w, s);
	for (; z && z < ac->end; z++) {
		enum zone_answer answer;

		if (!zoneref_visited(ac, z)) {
			trace_silent_skip(m, w, z);
			continue;
		}
		answer = walk_zone(m, w, z, pfn);
		if (answer != ZONE_NEXT)
			return answer;
	}
	if (!(w->alloc_flags & ALLOC_NOFRAGMENT))
		return ZONE_NEXT;
	trace(m, nofragment_retry, .retry = RETRY_end_of_list, .nid = 0,
	      .zone = 0);
	return ZONE_BEGIN_AGAIN;
}

/* Pass after pass, at most two: the second without NOFRAGMENT. */
static noinline uint32_t walk_passes(struct machine *m, gfp_t gfp_mask,
				     unsigned int order, uint32_t alloc_flags,
				     const struct alloc_context *ac)
{
	struct walk walk = {
		.ac = ac,
		.gfp_mask = gfp_mask,
		.order = order,
		.alloc_flags = alloc_flags,
	};
	enum zone_answer answer;
	uint32_t pfn, pass = 0;

	do {
		walk.dirty_limited = UINT32_MAX;
		pass++;
		trace(m, walk_begin,
		      .nid = ac->first < ac->end ? ac->first->nid : 0,
		      .pass = pass, .alloc_flags = walk.alloc_flags,
		      .nr_zones = (uint32_t)(ac->end - ac->first));
		answer = walk_zonelist(m, &walk, &pfn);
		walk.alloc_flags &= ~ALLOC_NOFRAGMENT;
	} while (answer == ZONE_BEGIN_AGAIN);
	(void)pass;
	return answer == ZONE_GAVE ? pfn : PFN_NONE;
}

/*
 * Walk the zonelist until a zone gives a page. Callable with any flags; the
 * slow path calls the same function with others. The zone that is best
 * nearly always has the page: it is tried first, in a straight line.
 */
static __always_inline uint32_t
get_page_from_freelist(struct machine *m, gfp_t gfp_mask, unsigned int order,
		       uint32_t alloc_flags, const struct alloc_context *ac)
{
	uint32_t pfn = PFN_NONE;

	pfn = walk_passes(m, gfp_mask, order, alloc_flags, ac);
	if (pfn == PFN_NONE)
		return PFN_NONE;
	prep_new_page(m, pfn, order, gfp_mask, alloc_flags);
	if (order && (alloc_flags & ALLOC_HARDER))
		reserve_highatomic_pageblock(
			m, pfn, &m->zones[page_zone_id(m->pages[pfn])]);
	return pfn;
}

#endif
