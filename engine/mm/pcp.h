/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcp: per-cpu lists, which serve order 0 without the zone lock.
 *
 *   buddy lists ──refill, batch at a time──▶ tail [ . . . . ] head ──▶ you
 *   buddy lists ◀──bulk free, from the tail─── [ . . . . ] head ◀── you
 *
 * One per zone and cpu, with a list per type. What was freed last is warm
 * in the cache and is given out first. Pages here are not in NR_FREE_PAGES:
 * the counter falls once, when a refill is complete, and a hit does not
 * move it.
 *
 * Kernel: mm/page_alloc.c, rmqueue_bulk, rmqueue_pcplist,
 * free_unref_page, free_pcppages_bulk.
 */
#ifndef ENGINE_PCP_H
#define ENGINE_PCP_H

#include "mm/fallback.h"
#include "state/state.h"

#if defined(__GNUC__)
#define prefetch(address) __builtin_prefetch(address, 1)
#else
#define prefetch(address) ((void)(address))
#endif

static inline void set_page_pcp(struct machine *m, uint32_t pfn)
{
	state_set(m, m->pages[pfn],
		  (m->pages[pfn] & ~PAGE_STATE_MASK) |
			  (uint32_t)PAGE_PCP << PAGE_STATE_SHIFT);
}

/* One page from the buddy lists to the tail of the list; false: none. */
static inline bool rmqueue_bulk_page(struct machine *m, const struct zone *zone,
				     unsigned int migratetype,
				     uint32_t alloc_flags, uint32_t head)
{
	uint32_t pfn = __rmqueue(m, zone, 0, migratetype, alloc_flags);

	if (pfn == PFN_NONE)
		return false;
	list_add_tail(m, pfn, head);
	if (page_type(m->pages[pfn]) == MIGRATE_CMA)
		__mod_zone_free_cma(m, zone, -1);
	set_page_pcp(m, pfn);
	return true;
}

/* Take up to a batch from the buddy lists; the counter falls once. */
static noinline void rmqueue_bulk(struct machine *m, const struct zone *zone,
				  const struct per_cpu_pages *pcp,
				  unsigned int migratetype,
				  uint32_t alloc_flags)
{
	const uint32_t head = pcp->heads + migratetype;
	uint32_t taken = 0;

	trace(m, pcp_refill, .nid = zone->node, .zone = zone->idx,
	      .cpu = m->cpu, .migratetype = migratetype, .batch = pcp->batch);
	while (taken < pcp->batch) {
		if (!rmqueue_bulk_page(m, zone, migratetype, alloc_flags, head))
			break;
		taken++;
		state_add(m, pcp->count, 1);
		trace(m, pcp_refill_page, .pfn = list_last_entry(m, head),
		      .cpu = m->cpu, .migratetype = migratetype, .taken = taken,
		      .batch = pcp->batch);
	}
	__mod_zone_free_pages(m, zone, -(long)taken);
	trace(m, pcp_refill_done, .nid = zone->node, .zone = zone->idx,
	      .cpu = m->cpu, .migratetype = migratetype, .taken = taken,
	      .batch = pcp->batch, .count = pcp->count);
}

/* The head of this cpu's list, refilled first if it is empty. */
static __always_inline uint32_t __rmqueue_pcplist(struct machine *m,
						  const struct zone *zone,
						  unsigned int migratetype,
						  uint32_t alloc_flags)
{
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, m->cpu);
	const uint32_t head = pcp->heads + migratetype;
	uint32_t pfn = list_first_entry(m, head);

	if (unlikely(pfn == head)) {
		rmqueue_bulk(m, zone, pcp, migratetype, alloc_flags);
		pfn = list_first_entry(m, head);
		if (pfn == head)
			return PFN_NONE;
	}
	if (unlikely(!page_state_is(m->pages[pfn], PAGE_PCP)))
		machine_bug(m, zone, pfn, 0,
			    "a page on a per-cpu list does not belong there");
	list_del_first(m, pfn, head);
	state_set(m, pcp->count, pcp->count - 1);
	state_set(m, m->pages[pfn],
		  m->pages[pfn] ^ ((uint32_t)PAGE_PCP ^ (uint32_t)PAGE_USED)
					  << PAGE_STATE_SHIFT);
	trace(m, pcp_hit, .pfn = pfn, .nid = zone->node, .zone = zone->idx,
	      .cpu = m->cpu, .migratetype = migratetype, .count = pcp->count);
	return pfn;
}

enum { PCP_QUEUE = 64 };

/* Pages on their way from a per-cpu list to the buddy lists, in order. */
struct pcp_queue {
	uint32_t pfn[PCP_QUEUE];
	uint32_t nr;
};

static inline void pcp_queue_free(struct machine *m, const struct zone *zone,
				  struct pcp_queue *queue)
{
	for (uint32_t i = 0; i < queue->nr; i++) {
		uint32_t pfn = queue->pfn[i];
		unsigned int type = page_type(m->pages[pfn]);

		if (unlikely(!page_is(m, zone, pfn, PAGE_PCP, 0)))
			machine_bug(m, zone, pfn, 0,
				    "a page of a per-cpu list is not of it");
		if (zone->nr_isolate_pageblock)
			type = get_pageblock_migratetype(m, zone, pfn);
		__free_one_page(m, pfn, zone, 0, type, false);
		trace(m, mm_page_pcpu_drain, .pfn = pfn, .order = 0,
		      .migratetype = type);
	}
	queue->nr = 0;
}

/*
 * Give @nr pages back: round the three lists, one page more from a list on
 * each visit that finds the others empty, always from the tail (the page
 * that has waited longest). They are gathered first, so that the frames
 * beside them are on their way to the cache when the merging begins.
 */
static noinline void free_pcppages_bulk(struct machine *m,
					const struct zone *zone, uint32_t nr,
					const struct per_cpu_pages *pcp)
{
	struct pcp_queue queue = { .nr = 0 };
	unsigned int type = 0, batch_free = 0;

	if (nr > pcp->count)
		nr = pcp->count;
	trace(m, pcp_bulk_free, .nid = zone->node, .zone = zone->idx,
	      .cpu = m->cpu, .nr = nr, .count = pcp->count, .high = pcp->high);
	while (nr) {
		uint32_t head;

		do {
			batch_free++;
			type = (type + 1) % MIGRATE_PCPTYPES;
			head = pcp->heads + type;
		} while (list_is_empty(m, head));
		if (batch_free == MIGRATE_PCPTYPES)
			batch_free = nr;
		do {
			uint32_t pfn = list_last_entry(m, head);

			list_del(m, pfn);
			state_set(m, pcp->count, pcp->count - 1);
			prefetch(&m->pages[pfn ^ 1]);
			prefetch(&m->links[pfn ^ 1]);
			queue.pfn[queue.nr++] = pfn;
			if (queue.nr == PCP_QUEUE || TRACED)
				pcp_queue_free(m, zone, &queue);
		} while (--nr && --batch_free && !list_is_empty(m, head));
	}
	pcp_queue_free(m, zone, &queue);
}

static noinline void free_isolated_page(struct machine *m,
					const struct zone *zone, uint32_t pfn)
{
	__free_one_page(m, pfn, zone, 0, MIGRATE_ISOLATE, false);
}

/*
 * Free one page to the head of this cpu's list: warm, so given out next.
 * Its type is the pageblock's now, whatever it was given out for; a type
 * without a list of its own goes on the movable one.
 */
static __always_inline void
free_unref_page(struct machine *m, const struct zone *zone, uint32_t pfn)
{
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, m->cpu);
	unsigned int type = get_pageblock_migratetype(m, zone, pfn);
	unsigned int list = type;

	if (unlikely(type >= MIGRATE_PCPTYPES)) {
		if (is_migrate_isolate(type)) {
			free_isolated_page(m, zone, pfn);
			return;
		}
		list = MIGRATE_MOVABLE;
	}
	state_set(m, m->pages[pfn],
		  (m->pages[pfn] & PAGE_ZONE_MASK) | type << PAGE_TYPE_SHIFT |
			  (uint32_t)PAGE_PCP << PAGE_STATE_SHIFT);
	list_add(m, pfn, pcp->heads + list);
	state_set(m, pcp->count, pcp->count + 1);
	trace(m, pcp_free, .pfn = pfn, .nid = zone->node, .zone = zone->idx,
	      .cpu = m->cpu, .migratetype = type, .list = list,
	      .count = pcp->count, .high = pcp->high);
	if (unlikely(pcp->count >= pcp->high))
		free_pcppages_bulk(m, zone, pcp->batch, pcp);
}

/* All of @cpu's lists back to the buddy lists, zone by zone. */
static inline void drain_pages(struct machine *m, uint32_t cpu)
{
	m->cpu = cpu;
	trace(m, drain_pages, .cpu = cpu);
	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		const struct zone *zone = &m->zones[i];
		const struct per_cpu_pages *pcp;

		if (!populated_zone(zone))
			continue;
		pcp = zone_pcp(m, zone, cpu);
		if (pcp->count)
			free_pcppages_bulk(m, zone, pcp->count, pcp);
	}
}

#endif
