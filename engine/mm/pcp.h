/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcp: per-cpu lists, which serve order 0 without the zone lock.
 *
 *               rmqueue_bulk(), batch pages
 *   free lists ----------------------------> tail [ . . . . ] head --> alloc
 *   free lists <---------------------------- tail [ . . . . ] head <-- free
 *               free_pcppages_bulk(), batch pages
 *
 * Each zone has three lists per cpu, one for each of the first three
 * migratetypes. No other cpu touches them, so most requests for one page
 * need no lock. The page that was freed last is allocated first: it is
 * probably still in the cpu's cache.
 *
 * Pages on these lists are not counted in NR_FREE_PAGES. The counter falls
 * once per refill, by the number of pages moved; a request that is served
 * from the list does not change it.
 *
 * Kernel: mm/page_alloc.c, rmqueue_bulk() to rmqueue_pcplist(),
 * free_unref_page(), free_pcppages_bulk(), drain_pages().
 */
#ifndef ENGINE_PCP_H
#define ENGINE_PCP_H

#include "mm/fallback.h"
#include "state/state.h"

/* The page at @pfn, of order 0, is in @state from now on. */
static inline void set_page_state(struct machine *m, uint32_t pfn,
				  enum page_state state)
{
	state_set(m, m->pages[pfn],
		  (m->pages[pfn] & ~PAGE_STATE_MASK) |
			  (uint32_t)state << PAGE_STATE_SHIFT);
}

/*
 * The loop body of rmqueue_bulk(), mm/page_alloc.c: move one page from the
 * free lists to the tail of @list. The first page taken is then the first
 * allocated, and a refill that splits a block is allocated in ascending
 * order. False if there is no page.
 */
static inline bool rmqueue_bulk_page(struct machine *m, const struct zone *zone,
				     unsigned int migratetype,
				     uint32_t alloc_flags, uint32_t list)
{
	uint32_t pfn = __rmqueue(m, zone, 0, migratetype, alloc_flags);

	if (pfn == PFN_NONE)
		return false;
	list_add_tail(m, pfn, list);
	if (page_type(m->pages[pfn]) == MIGRATE_CMA)
		mod_zone_free_cma(m, zone, -1);
	set_page_state(m, pfn, PAGE_PCP);
	return true;
}

/*
 * rmqueue_bulk(), mm/page_alloc.c: the list of @migratetype is empty; take
 * up to pcp->batch pages from the free lists under one lock. NR_FREE_PAGES
 * falls once, at the end.
 *
 * Differs from v5.10: pcp->count grows with every page instead of by the
 * caller at the end, so that it is right at every step. Not modelled:
 * check_pcp_refill(), and check_new_pcp() when a page leaves the list, which
 * drop damaged pages.
 */
static noinline void rmqueue_bulk(struct machine *m, const struct zone *zone,
				  const struct per_cpu_pages *pcp,
				  unsigned int migratetype,
				  uint32_t alloc_flags)
{
	const uint32_t list = pcp->heads + migratetype;
	uint32_t alloced = 0;

	trace_zone(m, pcp_refill, zone, .cpu = m->cpu,
		   .migratetype = migratetype, .batch = pcp->batch);
	while (alloced < pcp->batch &&
	       rmqueue_bulk_page(m, zone, migratetype, alloc_flags, list)) {
		alloced++;
		state_add(m, pcp->count, 1);
		trace(m, pcp_refill_page, .pfn = list_last_entry(m, list),
		      .cpu = m->cpu, .migratetype = migratetype,
		      .taken = alloced, .batch = pcp->batch);
	}
	mod_zone_free_pages(m, zone, -(long)alloced);
	trace_zone(m, pcp_refill_done, zone, .cpu = m->cpu,
		   .migratetype = migratetype, .taken = alloced,
		   .batch = pcp->batch, .count = pcp->count);
}

/*
 * __rmqueue_pcplist(), mm/page_alloc.c: remove the head of this cpu's list of
 * @migratetype, after refilling the list if it is empty. PFN_NONE if the zone
 * has no page for it.
 */
static __always_inline uint32_t __rmqueue_pcplist(struct machine *m,
						  const struct zone *zone,
						  unsigned int migratetype,
						  uint32_t alloc_flags)
{
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, m->cpu);
	const uint32_t list = pcp->heads + migratetype;
	uint32_t pfn;

	if (unlikely(list_is_empty(m, list))) {
		rmqueue_bulk(m, zone, pcp, migratetype, alloc_flags);
		if (list_is_empty(m, list))
			return PFN_NONE;
	}
	pfn = list_first_entry(m, list);
	if (unlikely(!page_state_is(m->pages[pfn], PAGE_PCP)))
		machine_bug(m, zone, pfn, 0,
			    "a page on a per-cpu list does not belong there");
	list_del_first(m, pfn, list);
	state_add(m, pcp->count, -1);
	set_page_state(m, pfn, PAGE_USED);
	trace_zone(m, pcp_hit, zone, .pfn = pfn, .cpu = m->cpu,
		   .migratetype = migratetype, .count = pcp->count);
	return pfn;
}

/*
 * The second loop of free_pcppages_bulk(), mm/page_alloc.c: free a page that
 * has left its per-cpu list. Its type is the one that it had when it was put
 * on the list, unless the zone has isolated pageblocks: then the pageblock is
 * looked up again, since it may be one of them by now.
 */
static inline void free_pcp_page(struct machine *m, const struct zone *zone,
				 uint32_t pfn)
{
	unsigned int mt = page_type(m->pages[pfn]);

	if (unlikely(!page_is(m, zone, pfn, PAGE_PCP, 0)))
		machine_bug(m, zone, pfn, 0,
			    "a page on a per-cpu list is not of its zone");
	if (unlikely(zone->nr_isolate_pageblock))
		mt = get_pageblock_migratetype(m, zone, pfn);
	__free_one_page(m, pfn, zone, 0, mt, false);
	trace(m, mm_page_pcpu_drain, .pfn = pfn, .order = 0, .migratetype = mt);
}

/*
 * free_pcppages_bulk(), mm/page_alloc.c: free @count pages of a cpu's lists
 * to the free lists. Round-robin over the three lists; batch_free pages from
 * each, one more for every empty list on the way, so that a full list pays
 * for the empty ones. Always from the tail: the page that has waited longest
 * is the least likely to be in the cpu's cache.
 *
 * Differs from v5.10: a page is freed when it leaves its list. The kernel
 * first gathers all of them, to take the zone lock for the second half only.
 * Not modelled: free_pcp_prepare() and bulkfree_pcp_prepare(), which drop
 * damaged pages.
 */
static noinline void free_pcppages_bulk(struct machine *m,
					const struct zone *zone, uint32_t count,
					const struct per_cpu_pages *pcp)
{
	unsigned int migratetype = 0, batch_free = 0;

	if (count > pcp->count)
		count = pcp->count;
	trace_zone(m, pcp_bulk_free, zone, .cpu = m->cpu, .nr = count,
		   .count = pcp->count, .high = pcp->high);
	while (count) {
		uint32_t list;

		do {
			batch_free++;
			migratetype = (migratetype + 1) % MIGRATE_PCPTYPES;
			list = pcp->heads + migratetype;
		} while (list_is_empty(m, list));
		/* the only list that is not empty: free all of @count */
		if (batch_free == MIGRATE_PCPTYPES)
			batch_free = count;
		do {
			uint32_t pfn = list_last_entry(m, list);

			list_del(m, pfn);
			state_add(m, pcp->count, -1);
			free_pcp_page(m, zone, pfn);
		} while (--count && --batch_free && !list_is_empty(m, list));
	}
}

/* Kept out of free_unref_page(): isolation is rare. */
static noinline void free_isolated_page(struct machine *m,
					const struct zone *zone, uint32_t pfn)
{
	__free_one_page(m, pfn, zone, 0, MIGRATE_ISOLATE, false);
}

/*
 * free_unref_page_commit(), mm/page_alloc.c: free one page to the head of
 * this cpu's list of its pageblock's type, whatever type it was allocated as.
 * Highatomic and CMA pages have no list of their own and go to the movable
 * one; a page of an isolated pageblock must not be allocated and goes to the
 * free lists at once. A list that has reached pcp->high frees a batch. Not
 * modelled: free_unref_page_list(), which does the same page by page.
 */
static __always_inline void
free_unref_page(struct machine *m, const struct zone *zone, uint32_t pfn)
{
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, m->cpu);
	unsigned int mt = get_pageblock_migratetype(m, zone, pfn);
	unsigned int list = mt < MIGRATE_PCPTYPES ? mt : MIGRATE_MOVABLE;

	if (unlikely(is_migrate_isolate(mt))) {
		free_isolated_page(m, zone, pfn);
		return;
	}
	state_set(m, m->pages[pfn],
		  (m->pages[pfn] & PAGE_ZONE_MASK) | mt << PAGE_TYPE_SHIFT |
			  (uint32_t)PAGE_PCP << PAGE_STATE_SHIFT);
	list_add(m, pfn, pcp->heads + list);
	state_add(m, pcp->count, 1);
	trace_zone(m, pcp_free, zone, .pfn = pfn, .cpu = m->cpu,
		   .migratetype = mt, .list = list, .count = pcp->count,
		   .high = pcp->high);
	if (unlikely(pcp->count >= pcp->high))
		free_pcppages_bulk(m, zone, pcp->batch, pcp);
}

/* drain_pages_zone(), mm/page_alloc.c, on the cpu that runs. */
static inline void drain_pages_zone(struct machine *m, const struct zone *zone)
{
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, m->cpu);

	if (pcp->count)
		free_pcppages_bulk(m, zone, pcp->count, pcp);
}

/*
 * drain_pages(), mm/page_alloc.c: free all pages of @cpu's lists, zone by
 * zone. The kernel does it before it gives up on a high order: pages that
 * wait on per-cpu lists keep their buddies from merging.
 */
static inline void drain_pages(struct machine *m, uint32_t cpu)
{
	m->cpu = cpu;
	trace(m, drain_pages, .cpu = cpu);
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (populated_zone(&m->zones[i]))
			drain_pages_zone(m, &m->zones[i]);
}

#endif
