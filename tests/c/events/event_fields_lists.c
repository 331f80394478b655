/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event_fields_lists: counters, per-cpu lists, free lists. */
#include "event_fields.h"

#define ORDER (request_is_alloc(s->r) ? s->r->alloc.order : 0)
#define PCP step_pcp(s)

/* -- counters ------------------------------------------------------------- */

static const struct per_cpu_pages *pcp_before(const struct step *s)
{
	return &s->before->pcps[s->zone->pcps + s->cpu];
}

static const struct zone *zone_before(const struct step *s)
{
	return &s->before->zones[s->zone - s->m->zones];
}

/* What was added to a counter: to the zone's and the cpu's part of it. */
static int32_t free_delta(const struct step *s)
{
	return s->zone->nr_free_pages - zone_before(s)->nr_free_pages +
	       PCP->stat_diff - pcp_before(s)->stat_diff;
}

static int32_t cma_delta(const struct step *s)
{
	return s->zone->nr_free_cma - zone_before(s)->nr_free_cma +
	       PCP->cma_diff - pcp_before(s)->cma_diff;
}

/*
 * Nothing is added to both, NR_FREE_PAGES first, for a pageblock without free
 * pages, and to NR_FREE_PAGES alone for a refill without pages.
 */
#define IS_CMA (cma_delta(s) || (PREV(s, zone_counter) && !free_delta(s)))
#define DELTA (IS_CMA ? cma_delta(s) : free_delta(s))
#define OLD_DIFF (IS_CMA ? pcp_before(s)->cma_diff : pcp_before(s)->stat_diff)

EXPECT(zone_counter, IN_ZONE(s->zone), .cpu = s->cpu,
       .item = IS_CMA ? STAT_free_cma : STAT_free_pages, .delta = DELTA,
       .diff = IS_CMA ? PCP->cma_diff : PCP->stat_diff,
       .threshold = s->zone->stat_threshold,
       .global = IS_CMA ? s->zone->nr_free_cma : s->zone->nr_free_pages,
       .folded = llabs((long long)OLD_DIFF + DELTA) > s->zone->stat_threshold)

EXPECT(zone_statistics, IN_ZONE(s->zone), .preferred_nid = s->preferred->nid,
       .preferred_zone = s->preferred->idx,
       .hit = s->zone->numa[NUMA_HIT] > zone_before(s)->numa[NUMA_HIT],
       .local = s->zone->numa[NUMA_LOCAL] > zone_before(s)->numa[NUMA_LOCAL])

EXPECT(wakeup_kswapd, IN_ZONE(s->zone), .boost = s->zone->watermark_boost)

/* -- per-cpu lists ---------------------------------------------------------- */

static uint32_t list_length(const struct step *s, uint32_t head)
{
	uint32_t nr = 0;

	for (uint32_t at = s->m->links[head].next; at != head;
	     at = s->m->links[at].next)
		nr++;
	return nr;
}

static uint32_t pcp_count(const struct step *s)
{
	uint32_t nr = 0;

	for (uint32_t type = 0; type < MIGRATE_PCPTYPES; type++)
		nr += list_length(s, PCP->heads + type);
	return nr;
}

/* The per-cpu list whose head is @pfn; MIGRATE_PCPTYPES: none. */
static uint32_t pcp_list_of(const struct step *s, uint32_t pfn)
{
	uint32_t type = 0;

	while (type < MIGRATE_PCPTYPES &&
	       s->m->links[PCP->heads + type].next != pfn)
		type++;
	return type;
}

EXPECT(pcp_refill, IN_ZONE(s->zone), .cpu = s->cpu, .migratetype = s->type,
       .batch = PCP->batch)

EXPECT(pcp_refill_page, .pfn = changed_page(s, 1 << PAGE_USED, 1 << PAGE_PCP),
       .cpu = s->cpu, .migratetype = s->type,
       .taken = list_length(s, PCP->heads + s->type), .batch = PCP->batch)

EXPECT(pcp_refill_done, IN_ZONE(s->zone), .cpu = s->cpu, .migratetype = s->type,
       .taken = list_length(s, PCP->heads + s->type), .batch = PCP->batch,
       .count = pcp_count(s))

EXPECT(pcp_hit, IN_ZONE(s->zone),
       .pfn = changed_page(s, 1 << PAGE_PCP, 1 << PAGE_USED), .cpu = s->cpu,
       .migratetype = s->type, .count = pcp_count(s))

#define FREED changed_page(s, 1 << PAGE_USED, 1 << PAGE_PCP)
EXPECT(pcp_free, IN_ZONE(s->zone), .pfn = FREED, .cpu = s->cpu,
       .migratetype = get_pageblock_migratetype(s->m, s->zone, FREED),
       .list = pcp_list_of(s, FREED), .count = pcp_count(s), .high = PCP->high)

EXPECT(pcp_bulk_free, IN_ZONE(s->zone), .cpu = s->cpu,
       .nr = (s->r->kind == REQUEST_FREE || s->is_reclaiming) &&
			     PCP->batch < pcp_count(s) ?
		     PCP->batch :
		     pcp_count(s),
       .count = pcp_count(s), .high = PCP->high)

EXPECT(mm_page_pcpu_drain, .pfn = s->drained, .order = 0,
       .migratetype = s->zone->nr_isolate_pageblock ?
			      get_pageblock_migratetype(s->m, s->zone,
							s->drained) :
			      s->drained_type)

/* -- free lists ------------------------------------------------------------- */

/* Where a free block is that is the first or last of its list. */
struct place {
	uint32_t order, type;
	bool head, tail;
};

static struct place place_of(const struct step *s, const struct machine *m,
			     uint32_t pfn)
{
	const struct list_link *link = &m->links[pfn];
	struct place at = { .head = link->prev >= m->max_pfn,
			    .tail = link->next >= m->max_pfn };
	uint32_t index = (at.head ? link->prev : link->next) - s->zone->heads;

	at.order = index / MIGRATE_TYPES;
	at.type = index % MIGRATE_TYPES;
	return at;
}

EXPECT(cma_balance, IN_ZONE(s->zone), .free_cma = counter(s->zone->nr_free_cma),
       .free = counter(s->zone->nr_free_pages),
       .cma_first = counter(s->zone->nr_free_cma) >
		    counter(s->zone->nr_free_pages) / 2)

/* Which lists were searched in vain: that follows from the event before. */
static uint32_t missed_type(const struct step *s)
{
	const struct event_cma_balance *balance = PREV(s, cma_balance);
	const struct event_smallest_miss *miss = PREV(s, smallest_miss);

	if (ORDER && (s->flags & ALLOC_HARDER) &&
	    (PREV(s, watermark_check) || PREV(s, free_area_check) ||
	     PREV(s, zone_try)))
		return MIGRATE_HIGHATOMIC;
	if (balance ? balance->cma_first :
		      miss && miss->migratetype == s->type &&
			      s->m->system->cma && (s->flags & ALLOC_CMA))
		return MIGRATE_CMA;
	return s->type;
}

EXPECT(smallest_miss, IN_ZONE(s->zone), .order = ORDER,
       .migratetype = missed_type(s))

#define TAKEN changed_page(s, 1 << PAGE_BUDDY, 1 << PAGE_USED)
#define TAKEN_FROM place_of(s, s->before, TAKEN)
EXPECT(free_list_take, IN_ZONE(s->zone), .pfn = TAKEN, .low = ORDER,
       .order = TAKEN_FROM.order, .migratetype = TAKEN_FROM.type,
       .nr_free = s->zone->nr_free[TAKEN_FROM.order])

#define UPPER changed_page(s, 1 << PAGE_NONE, 1 << PAGE_BUDDY)
#define ADDED_TO place_of(s, s->m, UPPER)
EXPECT(expand, IN_ZONE(s->zone),
       .pfn = changed_page(s, 1 << PAGE_USED, 1 << PAGE_USED), .upper = UPPER,
       .order = ADDED_TO.order, .low = ORDER, .high = s->taken_order,
       .migratetype = ADDED_TO.type,
       .nr_free = s->zone->nr_free[ADDED_TO.order])

EXPECT(mm_page_alloc_zone_locked, .pfn = s->taken, .order = ORDER,
       .migratetype = s->type)

void expect_buddy_merge(const struct step *s, void *fields)
{
	uint32_t buddy = s->freeing, order = 0;

	/* the only free block beside it that is free no longer */
	for (; order < s->m->max_order; order++) {
		buddy = s->freeing ^ 1u << order;
		if (page_state(s->before->pages[buddy]) == PAGE_BUDDY &&
		    page_state(s->m->pages[buddy]) != PAGE_BUDDY)
			break;
	}
	*(struct event_buddy_merge *)fields = (struct event_buddy_merge){
		IN_ZONE(s->zone),
		.pfn = s->freeing,
		.buddy = buddy,
		.merged = s->freeing < buddy ? s->freeing : buddy,
		.order = page_order(s->before->pages[buddy]),
		.merged_order = order + 1,
	};
}

/* Is a free block of @order at @pfn, in the zone of page @like? */
static bool is_free_block(const struct step *s, uint32_t pfn, uint32_t order,
			  uint32_t like)
{
	const uint32_t page = s->m->pages[pfn];

	return page_state(page) == PAGE_BUDDY && page_order(page) == order &&
	       &s->m->zones[page_zone_id(page)] == zone_of(s, like);
}

/* The end of the list for a block that is alone on it: buddy_merge_likely(). */
static enum list_end end_by_rule(const struct step *s, uint32_t order)
{
	uint32_t pair = s->freeing & ~(1u << order);

	if (is_ending_isolation(s))
		return LIST_END_tail;
	return order + 2 < s->m->max_order &&
			       is_free_block(s, pair ^ 2u << order, order + 1,
					     pair) ?
		       LIST_END_tail :
		       LIST_END_head;
}

#define PLACE place_of(s, s->m, s->freeing)
EXPECT(free_list_add, IN_ZONE(s->zone), .pfn = s->freeing, .order = PLACE.order,
       .migratetype = PLACE.type,
       .end = !PLACE.head ? LIST_END_tail :
	      !PLACE.tail ? LIST_END_head :
			    end_by_rule(s, PLACE.order),
       .buddy = s->freeing ^ 1u << PLACE.order,
       .nr_free = s->zone->nr_free[PLACE.order])
