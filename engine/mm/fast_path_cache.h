/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fast_path_cache: every speed trick of the allocator, in one file.
 *
 * Requests come in rows: the same gfp mask, the same node, order 0. What
 * such a request means (alloc_context, alloc flags, preferred zone) is
 * computed once and kept in m->cache. For the next request of the row three
 * short cuts remain:
 *
 *  - the per-cpu list has a page and the watermark allows it: take that
 *    page, with none of the steps between;
 *  - the per-cpu list is empty: refill it by whole blocks;
 *  - anything else: walk the zonelist with the cached alloc_context.
 *
 * None of them changes a result: page, counters and lists are the same as
 * without the cache, which `zonewalk replay` and the tests compare. Build
 * with -DZONEWALK_FAST_PATH_CACHE=OFF to leave all of it out.
 *
 * The kernel has nothing like it: its callers are compiled functions that
 * run for microseconds, ours is a script that runs a million requests.
 */
#ifndef ENGINE_FAST_PATH_CACHE_H
#define ENGINE_FAST_PATH_CACHE_H

#include "mm/request.h"

#if ZONEWALK_FAST_PATH_CACHE

/* Alloc flags that the low watermark and a per-cpu list can serve. */
#define CACHED_ALLOC_FLAGS                                                     \
	(ALLOC_WMARK_LOW | ALLOC_KSWAPD | ALLOC_CMA | ALLOC_NOFRAGMENT)

/* Does the cache hold this request? While it must not be used, nr_cpus is 0. */
static inline bool is_cached(const struct fast_path_cache *c,
			     const struct alloc_request *r)
{
	return likely(r->gfp == c->gfp) && likely(r->nid == c->nid) &&
	       likely(r->cpu < c->nr_cpus) &&
	       likely(!(r->has_nodemask | r->has_alloc_flags));
}

/* Does the result depend on nothing but the machine's lists and counters? */
static inline bool is_cacheable(const struct machine *m,
				const struct alloc_request *r)
{
	return m->cache.nr_cpus && !r->has_nodemask && !r->has_alloc_flags &&
	       !(r->gfp & (__GFP_ZERO | __GFP_WRITE)) &&
	       !fault_injection_is_on(m) && !cpusets_enabled(m) &&
	       check_alloc(m, r) == MACHINE_ERROR_none;
}

/* Make @r the cached request. False when it cannot be. */
static noinline bool cache_request(struct machine *m,
				   const struct alloc_request *r)
{
	struct fast_path_cache *c = &m->cache;
	gfp_t gfp_mask = r->gfp;

	if (!is_cacheable(m, r))
		return false;
	c->gfp = GFP_NOT_CACHED;
	c->alloc_flags = ALLOC_WMARK_LOW;
	prepare_alloc_pages(m, r->gfp, 0, r->nid, NULL, &c->ac, &gfp_mask,
			    &c->alloc_flags);
	c->alloc_flags |=
		alloc_flags_nofragment(m, c->ac.preferred_zoneref, r->gfp);
	if (!c->ac.preferred_zoneref ||
	    (c->alloc_flags & ~CACHED_ALLOC_FLAGS) ||
	    !served_by_pcp(m, c->alloc_flags, c->ac.migratetype))
		return false;
	c->zone = &m->zones[c->ac.preferred_zoneref->zone];
	c->nid = r->nid;
	c->gfp = r->gfp;
	return true;
}

/* Remove the first page of the per-cpu list, which has one; count it. */
static __always_inline uint32_t take_page(struct machine *m,
					  const struct alloc_request *r)
{
	const struct zone *zone = m->cache.zone;
	uint32_t pfn = __rmqueue_pcplist(m, zone, m->cache.ac.migratetype, 0);

	count_alloc(m, zone, zone, 0);
	if (unlikely(zone->boosted))
		state_set(m, zone->boosted, 0);
	state_set(m, page_owner(m, pfn), r->owner);
	return pfn;
}

/*
 * Append the 2^@order pages at @pfn to the per-cpu list @head, ascending: the
 * order in which single pages would have been taken from the block.
 */
static inline void append_block(struct machine *m, const struct zone *zone,
				uint32_t pfn, unsigned int order,
				unsigned int migratetype, uint32_t head)
{
	const uint32_t word = page_word(m, zone, PAGE_PCP, 0, migratetype);
	const uint32_t last = pfn + (1u << order) - 1;
	uint32_t prev = list_last_entry(m, head);

	state_set(m, m->links[prev].next, pfn);
	for (; pfn <= last; pfn++) {
		state_set(m, m->pages[pfn], word);
		state_set(m, m->links[pfn].prev, prev);
		state_set(m, m->links[pfn].next, pfn + 1);
		prev = pfn;
	}
	state_set(m, m->links[last].next, head);
	state_set(m, m->links[head].prev, last);
}

/*
 * Move up to @nr pages from the smallest free block to the per-cpu list.
 * Taken one by one they would come from the same block: its pieces go to the
 * heads of lists that are empty, and come back from there in ascending
 * order, until the block is used up. So the largest power of two that is
 * wanted is split off at once. Returns how many pages were moved.
 */
static inline uint32_t refill_by_block(struct machine *m,
				       const struct zone *zone, uint32_t nr,
				       unsigned int migratetype, uint32_t head)
{
	unsigned int wanted = 31 - (unsigned int)__builtin_clz(nr), order = 0;
	uint32_t pfn = smallest_free_block(m, zone, &order, migratetype);

	if (pfn == PFN_NONE)
		return 0;
	del_page_from_free_list(m, pfn, zone, order);
	if (order > wanted) {
		expand(m, zone, pfn, wanted, order, migratetype);
		order = wanted;
	}
	append_block(m, zone, pfn, order, migratetype, head);
	return 1u << order;
}

/* rmqueue_bulk() by whole blocks; without CMA only, which has a say in each. */
static inline void refill(struct machine *m, const struct zone *zone,
			  const struct per_cpu_pages *pcp,
			  unsigned int migratetype)
{
	const uint32_t head = pcp->heads + migratetype;
	uint32_t taken = 0, moved;

	do {
		moved = refill_by_block(m, zone, pcp->batch - taken,
					migratetype, head);
		if (!moved)
			moved = rmqueue_bulk_page(m, zone, migratetype,
						  m->cache.alloc_flags, head);
		taken += moved;
	} while (moved && taken < pcp->batch);
	mod_zone_free_pages(m, zone, -(long)taken);
	state_add(m, pcp->count, taken);
}

/* Does the watermark of the preferred zone allow one page? */
static inline bool cached_watermark_ok(const struct fast_path_cache *c)
{
	return order0_watermark_ok(c->zone, c->ac.highest_zoneidx,
				   ALLOC_WMARK_LOW |
					   (c->alloc_flags & ALLOC_CMA));
}

/*
 * Serve the cached request @r where no page can be taken from the per-cpu
 * list at once. False if its order is invalid.
 */
static noinline bool walk_cached(struct machine *m,
				 const struct alloc_request *r, uint32_t *pfn)
{
	const struct fast_path_cache *c = &m->cache;
	const struct per_cpu_pages *pcp = zone_pcp(m, c->zone, r->cpu);
	const uint32_t list = pcp->heads + c->ac.migratetype;
	struct alloc_context ac = c->ac;

	if (unlikely(r->order >= m->max_order))
		return false;
	m->cpu = r->cpu;
	m->owner = r->owner;
	if (!r->order && !(m->system->cma && (c->alloc_flags & ALLOC_CMA)) &&
	    list_is_empty(m, list) && cached_watermark_ok(c)) {
		refill(m, c->zone, pcp, ac.migratetype);
		if (!list_is_empty(m, list)) {
			*pfn = take_page(m, r);
			return true;
		}
	}
	/* known when the request was cached; said again for the compiler */
	ac.spread_dirty_pages = false;
	ac.has_nodemask = false;
	*pfn = get_page_from_freelist(
		m, c->gfp, r->order,
		ALLOC_WMARK_LOW | (c->alloc_flags & CACHED_ALLOC_FLAGS), &ac);
	return true;
}

/*
 * Serve @r from the cache; *@pfn is the block, or PFN_NONE. False if it is
 * not served here: then nothing has changed.
 */
static __always_inline bool fast_path_cache_alloc(struct machine *m,
						  const struct alloc_request *r,
						  uint32_t *pfn)
{
	const struct fast_path_cache *c = &m->cache;
	const struct per_cpu_pages *pcp;

	if (unlikely(!is_cached(c, r)) && !cache_request(m, r))
		return false;
	pcp = zone_pcp(m, c->zone, r->cpu);
	if (unlikely(r->order) || unlikely(!cached_watermark_ok(c)) ||
	    unlikely(list_is_empty(m, pcp->heads + c->ac.migratetype)))
		return walk_cached(m, r, pfn);
	m->cpu = r->cpu;
	*pfn = take_page(m, r);
	return true;
}

/* Free one page, if nothing about it is unusual. False: nothing has changed. */
static __always_inline bool fast_path_cache_free(struct machine *m,
						 uint32_t cpu, uint32_t pfn,
						 uint32_t order)
{
	const struct zone *zone;

	if (order || unlikely(cpu >= m->cache.nr_cpus) ||
	    unlikely(!free_is_valid(m, cpu, pfn, 0)) ||
	    unlikely(m->pages[pfn] & PAGE_RECLAIMABLE))
		return false;
	m->cpu = cpu;
	zone = page_zone(m, pfn);
	state_add(m, zone->pgfree, 1);
	free_unref_page(m, zone, pfn);
	return true;
}

#else

static inline bool fast_path_cache_alloc(struct machine *m,
					 const struct alloc_request *r,
					 uint32_t *pfn)
{
	return false;
}

static inline bool fast_path_cache_free(struct machine *m, uint32_t cpu,
					uint32_t pfn, uint32_t order)
{
	return false;
}

#endif
#endif
