/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * everyday: the straight line that nearly every request takes.
 *
 * Requests come in rows: the same mask, the same node, a single page. What
 * such a request means is found out once and kept (m->prepared); of its like
 * only the order and the cpu are new. The mark passes and this cpu's list
 * has a page: then that page is taken here, at once. Whatever else may
 * happen (a refill, a refusal, a waiting wake-up, a block of more pages)
 * is for the walk, and leaves for it before anything has changed.
 *
 * Part of the quiet build alone: who listens hears the whole path. The state
 * is the same after either, which the tests compare.
 */
#ifndef ENGINE_EVERYDAY_C
#define ENGINE_EVERYDAY_C

#include "mm/allocator.h"
#include "mm/page_alloc.c"

/* What the preferred zone's low mark and this cpu's list can answer. */
#define EVERYDAY_FLAGS                                                         \
	(ALLOC_WMARK_LOW | ALLOC_KSWAPD | ALLOC_CMA | ALLOC_NOFRAGMENT)

/* Do orders, cpus and owners alone tell its like from this request? */
static inline bool is_everyday(const struct machine *m,
			       const struct alloc_request *r)
{
	return !r->has_nodemask && !r->has_alloc_flags &&
	       !m->system->fail_page_alloc.times && !cpusets_enabled(m);
}

/* Prepared, has it only a mark to pass and a list to take from? */
static inline bool is_plain(const struct machine *m, gfp_t gfp,
			    const struct prepared_request *p)
{
	return p->ac.preferred && !p->ac.spread_dirty_pages &&
	       !(gfp & __GFP_ZERO) && !(p->alloc_flags & ~EVERYDAY_FLAGS) &&
	       order0_by_pcp(m, p->alloc_flags, p->ac.migratetype);
}

/* Keep what @r, which has been answered, means, for those like it. */
cold_path void prepare_request(struct machine *m, const struct alloc_request *r)
{
	struct prepared_request *p = &m->prepared;
	gfp_t mask = r->gfp;

	p->gfp = GFP_NOT_PREPARED;
	if (!is_everyday(m, r))
		return;
	p->alloc_flags = ALLOC_WMARK_LOW;
	prepare_alloc_pages(m, r->gfp, 0, r->nid, NULL, &p->ac, &mask,
			    &p->alloc_flags);
	p->alloc_flags |= alloc_flags_nofragment(m, p->ac.preferred, r->gfp);
	if (!is_plain(m, r->gfp, p))
		return;
	p->zone = &m->zones[p->ac.preferred->zone];
	p->nid = r->nid;
	p->gfp = r->gfp;
}

/*
 * Is @r like the prepared one? While somebody listens none is: quiet_cpus
 * is 0.
 */
static inline bool is_prepared(const struct machine *m,
			       const struct alloc_request *r)
{
	return r->gfp == m->prepared.gfp && r->nid == m->prepared.nid &&
	       r->cpu < m->quiet_cpus &&
	       !(r->has_nodemask | r->has_alloc_flags);
}

/* The walk for a prepared request, of any order. */
cold_path enum machine_error
alloc_prepared(struct machine *m, const struct alloc_request *r, uint32_t *pfn)
{
	const struct prepared_request *p = &m->prepared;
	struct alloc_context ac = p->ac;

	*pfn = PFN_NONE;
	if (unlikely(r->order >= m->max_order))
		return MACHINE_ERROR_order_range;
	/* said once more, in words that the compiler understands */
	ac.spread_dirty_pages = false;
	ac.has_nodemask = false;
	m->cpu = r->cpu;
	m->owner = r->owner;
	*pfn = get_page_from_freelist(
		m, p->gfp, r->order,
		ALLOC_WMARK_LOW | (p->alloc_flags & EVERYDAY_FLAGS), &ac);
	return MACHINE_ERROR_none;
}

/*
 * The prepared request for a single page, where it is as simple as it can
 * be. False: it is not, and nothing has changed.
 */
hot_path bool take_single_page(struct machine *m, const struct alloc_request *r,
			       uint32_t *pfn)
{
	const struct prepared_request *p = &m->prepared;
	const struct zone *zone = p->zone;
	const unsigned int type = p->ac.migratetype;

	m->cpu = r->cpu;
	if (unlikely(!order0_mark_passes(zone, p->ac.highest_zoneidx,
					 ALLOC_WMARK_LOW | (p->alloc_flags &
							    ALLOC_CMA))) ||
	    unlikely(list_is_empty(m,
				   zone_pcp(m, zone, r->cpu)->heads + type)) ||
	    unlikely(zone->boosted))
		return false;
	*pfn = __rmqueue_pcplist(m, zone, type, 0);
	count_alloc(m, zone, zone, 0);
	put(m, page_owner(m, *pfn), r->owner);
	return true;
}

#endif
