/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * walk: get_page_from_freelist(), zone by zone along the zonelist.
 *
 *   for each zone of the zonelist
 *     above highest_zoneidx, or not in the nodemask?  next zone
 *     cpuset, dirty limit                             next zone
 *     ALLOC_NOFRAGMENT and the zone is on another node?
 *                                   start again without ALLOC_NOFRAGMENT
 *     watermark refuses             node_reclaim() may help, else next zone
 *     rmqueue()                     a block: done; none: next zone
 *   end of list with ALLOC_NOFRAGMENT?
 *                                   start again without ALLOC_NOFRAGMENT
 *
 * Kernel: mm/page_alloc.c, get_page_from_freelist().
 */
#ifndef ENGINE_WALK_H
#define ENGINE_WALK_H

#include "mm/constraints.h"
#include "mm/reclaim.h"
#include "mm/rmqueue.h"
#include "mm/watermark.h"
#include "mm/zonelist.h"

/* The arguments and variables of get_page_from_freelist(). */
struct walk {
	const struct alloc_context *ac;
	gfp_t gfp_mask;
	unsigned int order;
	uint32_t alloc_flags;
	uint32_t last_pgdat_dirty_limit; /* node over its dirty limit */
};

/* What to do after one zone. */
enum walk_result { WALK_DONE, WALK_NEXT_ZONE, WALK_RETRY };

/* Position of a zone in the zonelist, from 1. */
static inline uint32_t walk_position(const struct walk *w,
				     const struct zoneref *z)
{
	return (uint32_t)(z - w->ac->first) + 1;
}

static inline void trace_skip(struct machine *m, const struct walk *w,
			      const struct zoneref *z, enum skip_reason reason)
{
	trace(m, zone_skip, .nid = z->nid, .zone = z->idx, .reason = reason,
	      .highest_zoneidx = w->ac->highest_zoneidx,
	      .position = walk_position(w, z),
	      .account_above_highest_zoneidx =
		      reason == SKIP_highest_zoneidx ?
			      zone_free_pages(m, &m->zones[z->zone]) :
			      0);
}

/* next_zones_zonelist() skips these zones; the kernel reports nothing. */
static inline void trace_unusable(struct machine *m, const struct walk *w,
				  const struct zoneref *z)
{
	trace_skip(m, w, z,
		   z->idx > w->ac->highest_zoneidx ? SKIP_highest_zoneidx :
						     SKIP_nodemask);
}

/*
 * The cpuset and dirty limit checks of get_page_from_freelist(),
 * mm/page_alloc.c. Zones of one node follow each other, so the last node that
 * was over its dirty limit is remembered and not computed again.
 */
static __always_inline bool zone_is_allowed(struct machine *m, struct walk *w,
					    const struct zoneref *z,
					    const struct zone *zone)
{
	if (cpusets_enabled(m) && (w->alloc_flags & ALLOC_CPUSET) &&
	    !__cpuset_zone_allowed(m, zone, w->gfp_mask)) {
		trace_skip(m, w, z, SKIP_cpuset);
		return false;
	}
	if (likely(!w->ac->spread_dirty_pages))
		return true;
	if (w->last_pgdat_dirty_limit == zone->node) {
		trace_skip(m, w, z, SKIP_dirty_before);
		return false;
	}
	if (!node_dirty_ok(m, zone->node)) {
		w->last_pgdat_dirty_limit = zone->node;
		trace_skip(m, w, z, SKIP_dirty);
		return false;
	}
	return true;
}

/*
 * The branch of get_page_from_freelist(), mm/page_alloc.c, for a zone that
 * failed its watermark: ALLOC_NO_WATERMARKS ignores that; node_reclaim() may
 * free pages, if it is enabled and the zone is near, and then the watermark
 * is checked again.
 */
static noinline bool try_refused_zone(struct machine *m,
				      const struct watermark_check c,
				      const struct zoneref *z,
				      const struct zoneref *preferred_zoneref,
				      gfp_t gfp_mask)
{
	const struct system *system = m->system;
	enum node_reclaim_result ret;

	if (c.alloc_flags & ALLOC_NO_WATERMARKS) {
		trace(m, zone_try, .nid = z->nid, .zone = z->idx,
		      .position = c.position, .watermark_ignored = true);
		return true;
	}
	if (!system->node_reclaim_mode ||
	    node_distance(m, preferred_zoneref->nid, z->nid) >
		    system->node_reclaim_distance)
		return false;
	ret = node_reclaim(m, c.zone, gfp_mask, c.order);
	return ret != NODE_RECLAIM_noscan && ret != NODE_RECLAIM_full &&
	       zone_watermark_ok(m, &c);
}

/* Does the watermark, or what can override it, allow the zone? */
static __always_inline bool zone_has_enough(struct machine *m,
					    const struct walk *w,
					    const struct zoneref *z,
					    const struct zone *zone)
{
	const struct watermark_check check = {
		.zone = zone,
		.order = w->order,
		.highest_zoneidx = w->ac->highest_zoneidx,
		.alloc_flags = w->alloc_flags,
		.migratetype = w->ac->migratetype,
		.position = walk_position(w, z),
	};

	return likely(zone_watermark_fast(m, &check, w->gfp_mask)) ||
	       try_refused_zone(m, check, z, w->ac->preferred_zoneref,
				w->gfp_mask);
}

/*
 * The ALLOC_NOFRAGMENT check of get_page_from_freelist(), mm/page_alloc.c: is
 * the walk about to leave the preferred node? A page from another node costs
 * more than two types in one pageblock, so allow those instead.
 */
static inline bool leaves_node(const struct machine *m, const struct walk *w,
			       const struct zoneref *z)
{
	return (w->alloc_flags & ALLOC_NOFRAGMENT) &&
	       m->system->nr_online_nodes > 1 &&
	       z->nid != w->ac->preferred_zoneref->nid;
}

/*
 * Emit that rmqueue() found no block in a zone that passed its checks. A block
 * of a type that the fallback may steal is left over only when ALLOC_NOFRAGMENT
 * forbids the steal. The watermark did not refuse: no page is behind it.
 */
static noinline void trace_empty(struct machine *m, const struct walk *w,
				 const struct zone *zone)
{
	struct free_account account;

	zone_free_account(m, zone, w->order,
			  w->alloc_flags | ALLOC_NO_WATERMARKS,
			  w->ac->highest_zoneidx, 0, &account);
	trace_zone(m, zone_empty, zone, .order = w->order,
		   .migratetype = w->ac->migratetype,
		   .free = (uint32_t)zone_page_state_free(zone),
		   .reason = account.usable ? EMPTY_nofragment : EMPTY_no_block,
		   FREE_ACCOUNT(TRACE_ACCOUNT));
}

/*
 * The loop body of get_page_from_freelist(): the checks, then the block. Not
 * modelled: _deferred_grow_zone(), for a zone of which boot has not initialized
 * every struct page yet.
 */
static __always_inline enum walk_result walk_zone(struct machine *m,
						  struct walk *w,
						  const struct zoneref *z,
						  uint32_t *pfn)
{
	const struct alloc_context *ac = w->ac;
	const struct zone *zone = &m->zones[z->zone];

	if (!zone_is_allowed(m, w, z, zone))
		return WALK_NEXT_ZONE;
	if (leaves_node(m, w, z)) {
		trace_zone(m, nofragment_retry, zone, .reason = RETRY_locality);
		return WALK_RETRY;
	}
	if (!zone_has_enough(m, w, z, zone))
		return WALK_NEXT_ZONE;
	*pfn = rmqueue(m, &m->zones[ac->preferred_zoneref->zone], zone,
		       w->order, w->alloc_flags, ac->migratetype);
	if (likely(*pfn != PFN_NONE))
		return WALK_DONE;
	if (TRACED)
		trace_empty(m, w, zone);
	return WALK_NEXT_ZONE;
}

/* The loop of get_page_from_freelist(), mm/page_alloc.c. */
static __always_inline enum walk_result
walk_zonelist(struct machine *m, struct walk *w, uint32_t *pfn)
{
	const struct alloc_context *ac = w->ac;
	const struct zoneref *z = ac->preferred_zoneref;

	for (const struct zoneref *s = ac->first; s < (z ? z : ac->end); s++)
		trace_unusable(m, w, s);
	for (; z && z < ac->end; z++) {
		enum walk_result result;

		if (unlikely(!zoneref_is_usable(ac, z))) {
			trace_unusable(m, w, z);
			continue;
		}
		result = walk_zone(m, w, z, pfn);
		if (likely(result != WALK_NEXT_ZONE))
			return result;
	}
	if (!(w->alloc_flags & ALLOC_NOFRAGMENT))
		return WALK_NEXT_ZONE;
	trace(m, nofragment_retry, .reason = RETRY_end_of_list, .nid = ac->nid,
	      .zone = MAX_NR_ZONES);
	return WALK_RETRY;
}

/*
 * get_page_from_freelist(), mm/page_alloc.c: the first zone of the zonelist
 * that passes all checks and has a block. PFN_NONE if none does. The slow
 * path calls the same function with other flags.
 *
 * At most two walks: the second one without ALLOC_NOFRAGMENT. Differs from
 * v5.10: a walk has its own function, instead of a label to jump back to.
 */
static __always_inline uint32_t
get_page_from_freelist(struct machine *m, gfp_t gfp_mask, unsigned int order,
		       uint32_t alloc_flags, const struct alloc_context *ac)
{
	struct walk w = { ac, gfp_mask, order, alloc_flags, UINT32_MAX };
	enum walk_result result;
	uint32_t pfn, pass = 0;

	do {
		pass++;
		trace(m, walk_begin, .nid = ac->nid, .pass = pass,
		      .alloc_flags = w.alloc_flags,
		      .nr_zones = (uint32_t)(ac->end - ac->first));
		result = walk_zonelist(m, &w, &pfn);
		w.alloc_flags &= ~ALLOC_NOFRAGMENT;
		w.last_pgdat_dirty_limit = UINT32_MAX;
	} while (unlikely(result == WALK_RETRY));
	if (unlikely(result != WALK_DONE))
		return PFN_NONE;
	prep_new_page(m, pfn, order, gfp_mask, alloc_flags);
	if (order && (alloc_flags & ALLOC_HARDER) && !m->system->buddy_only)
		reserve_highatomic_pageblock(
			m, pfn, &m->zones[page_zone_id(m->pages[pfn])]);
	return pfn;
}

#endif
