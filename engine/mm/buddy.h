/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * buddy: free lists by order and type, splitting and merging.
 *
 * A free block of order o has 2^o frames and starts at a multiple of 2^o.
 * Its buddy is the block beside it with which it makes a block of order
 * o + 1: their page numbers differ in bit o alone.
 *
 *   order 2   [4096 4097 4098 4099]
 *   order 1   [4096 4097] [4098 4099]     buddies: 4096 ^ 2 = 4098
 *   order 0   [4096][4097][4098][4099]
 *
 * Kernel: mm/page_alloc.c, from add_to_free_list to __rmqueue_smallest.
 */
#ifndef ENGINE_BUDDY_H
#define ENGINE_BUDDY_H

#include "state/list.h"
#include "state/state.h"
#include "mm/vmstat.h"

static inline uint32_t page_word(const struct machine *m,
				 const struct zone *zone, enum page_state state,
				 unsigned int order, unsigned int migratetype)
{
	return zone_id(m, zone) << PAGE_ZONE_SHIFT |
	       migratetype << PAGE_TYPE_SHIFT |
	       (uint32_t)state << PAGE_STATE_SHIFT | order;
}

static inline uint32_t __find_buddy_pfn(uint32_t pfn, unsigned int order)
{
	return pfn ^ (1u << order);
}

/* Zone, state and order are these: one comparison of one word. */
static inline bool page_is(const struct machine *m, const struct zone *zone,
			   uint32_t pfn, enum page_state state,
			   unsigned int order)
{
	const uint32_t mask = PAGE_ZONE_MASK | PAGE_STATE_MASK |
			      PAGE_ORDER_MASK;

	return ((m->pages[pfn] ^ page_word(m, zone, state, order, 0)) & mask) ==
	       0;
}

/* Free, of this order, in this zone. */
static inline bool page_is_buddy(const struct machine *m,
				 const struct zone *zone, uint32_t buddy,
				 unsigned int order)
{
	return page_is(m, zone, buddy, PAGE_BUDDY, order);
}

static inline void set_buddy_order(struct machine *m, uint32_t pfn,
				   const struct zone *zone, unsigned int order,
				   unsigned int migratetype)
{
	state_set(m, m->pages[pfn],
		  page_word(m, zone, PAGE_BUDDY, order, migratetype));
}

static inline void add_to_free_list(struct machine *m, uint32_t pfn,
				    const struct zone *zone, unsigned int order,
				    unsigned int migratetype)
{
	list_add(m, pfn, free_list(zone, order, migratetype));
	state_set(m, zone->nr_free[order], zone->nr_free[order] + 1);
}

static inline void add_to_free_list_tail(struct machine *m, uint32_t pfn,
					 const struct zone *zone,
					 unsigned int order,
					 unsigned int migratetype)
{
	list_add_tail(m, pfn, free_list(zone, order, migratetype));
	state_set(m, zone->nr_free[order], zone->nr_free[order] + 1);
}

/* To another type's list, always at the tail; nr_free counts all types. */
static inline void move_to_free_list(struct machine *m, uint32_t pfn,
				     const struct zone *zone,
				     unsigned int order,
				     unsigned int migratetype)
{
	list_move_tail(m, pfn, free_list(zone, order, migratetype));
	set_buddy_order(m, pfn, zone, order, migratetype);
}

/* Off its list. What the frame is from now on is for the caller to say. */
static inline void del_page_from_free_list(struct machine *m, uint32_t pfn,
					   const struct zone *zone,
					   unsigned int order)
{
	list_del(m, pfn);
	state_set(m, zone->nr_free[order], zone->nr_free[order] - 1);
}

/*
 * Cut a block of order @high down to @low: of each half the lower is kept,
 * the upper goes to the *head* of its list, so that the next request of
 * that order gets the neighbour and large blocks far away stay whole.
 */
static __always_inline void expand(struct machine *m, const struct zone *zone,
				   uint32_t pfn, unsigned int low,
				   unsigned int high, unsigned int migratetype)
{
	const unsigned int from = high;

	while (high > low) {
		high--;
		add_to_free_list(m, pfn + (1u << high), zone, high,
				 migratetype);
		set_buddy_order(m, pfn + (1u << high), zone, high, migratetype);
		state_set(m, m->pages[pfn],
			  page_word(m, zone, PAGE_USED, high, migratetype));
		trace(m, expand, .pfn = pfn, .upper = pfn + (1u << high),
		      .nid = zone->node, .zone = zone->idx, .order = high,
		      .low = low, .high = from, .migratetype = migratetype,
		      .nr_free = zone->nr_free[high]);
	}
	(void)from;
}

/*
 * The smallest free block of @migratetype that is large enough: its list's
 * head, its order in *@order. PFN_NONE when there is none.
 */
static __always_inline uint32_t smallest_free_block(const struct machine *m,
						    const struct zone *zone,
						    unsigned int *order,
						    unsigned int migratetype)
{
	for (; *order < m->max_order; ++*order) {
		uint32_t head = free_list(zone, *order, migratetype);
		uint32_t pfn = list_first_entry(m, head);

		if (pfn == head)
			continue;
		if (unlikely(!page_is(m, zone, pfn, PAGE_BUDDY, *order)))
			machine_bug(m, zone, pfn, *order,
				    "a page on a free list is not free");
		return pfn;
	}
	return PFN_NONE;
}

/*
 * Take that block, and cut it down to @order. The page remembers the type
 * of the list that it came from.
 */
static __always_inline uint32_t __rmqueue_smallest(struct machine *m,
						   const struct zone *zone,
						   unsigned int order,
						   unsigned int migratetype)
{
	unsigned int o = order;
	uint32_t pfn = smallest_free_block(m, zone, &o, migratetype);

	if (pfn == PFN_NONE) {
		trace(m, smallest_miss, .nid = zone->node, .zone = zone->idx,
		      .order = order, .migratetype = migratetype);
		return PFN_NONE;
	}
	del_page_from_free_list(m, pfn, zone, o);
	state_set(m, m->pages[pfn],
		  page_word(m, zone, PAGE_USED, o, migratetype));
	trace(m, free_list_take, .pfn = pfn, .nid = zone->node,
	      .zone = zone->idx, .low = order, .order = o,
	      .migratetype = migratetype, .nr_free = zone->nr_free[o]);
	expand(m, zone, pfn, order, o, migratetype);
	return pfn;
}

/* The zone that frame @pfn, just below @zone, lies in; @zone if in none. */
static noinline const struct zone *
zone_below(const struct machine *m, const struct zone *zone, uint32_t pfn)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (populated_zone(&m->zones[i]) &&
		    zone_spans_pfn(&m->zones[i], pfn))
			return &m->zones[i];
	return zone;
}

/*
 * Would the block, once its buddy @buddy_pfn is free too, merge further? A
 * bet: if the pair's own buddy is free already, put the block at the tail,
 * where it may stay long enough to see it happen. The zone that counts is
 * that of the pair's first frame, even where that lies in the zone below:
 * such a pair never comes to be, but the bet is made as Linux makes it.
 */
static inline bool buddy_merge_likely(const struct machine *m,
				      const struct zone *zone, uint32_t pfn,
				      uint32_t buddy_pfn, unsigned int order)
{
	uint32_t pair = pfn & buddy_pfn;

	if (order + 2 >= m->max_order)
		return false;
	if (unlikely(pair < zone->start_pfn))
		zone = zone_below(m, zone, pair);
	return page_is_buddy(m, zone, __find_buddy_pfn(pair, order + 1),
			     order + 1);
}

/*
 * May a block of @migratetype merge with @buddy_pfn at an order of a
 * pageblock or more? Only there can the two differ in being isolated.
 */
static inline bool isolation_forbids_merge(const struct machine *m,
					   const struct zone *zone,
					   uint32_t buddy_pfn,
					   unsigned int migratetype)
{
	unsigned int buddy_type;

	if (!zone->nr_isolate_pageblock)
		return false;
	buddy_type = get_pageblock_migratetype(m, zone, buddy_pfn);
	return migratetype != buddy_type && (is_migrate_isolate(migratetype) ||
					     is_migrate_isolate(buddy_type));
}

/*
 * Give a block back: merge with its buddy for as long as that is free, then
 * join a list. NR_FREE_PAGES rises first. @to_tail: boot and onlining.
 */
static inline void __free_one_page(struct machine *m, uint32_t pfn,
				   const struct zone *zone, unsigned int order,
				   unsigned int migratetype, bool to_tail)
{
	const unsigned int top = m->max_order - 1;
	uint32_t buddy_pfn;

	if (unlikely(pfn & ((1u << order) - 1)))
		machine_bug(m, zone, pfn, order,
			    "a block to be freed is not aligned");
	if (!is_migrate_isolate(migratetype))
		__mod_zone_freepage_state(m, zone, 1l << order, migratetype);
	for (;; order++) {
		uint32_t merged;

		buddy_pfn = __find_buddy_pfn(pfn, order);
		if (order >= top || !page_is_buddy(m, zone, buddy_pfn, order))
			break;
		if (order >= m->pageblock_order &&
		    isolation_forbids_merge(m, zone, buddy_pfn, migratetype))
			break;
		del_page_from_free_list(m, buddy_pfn, zone, order);
		merged = pfn & buddy_pfn;
		/* the upper half is the first frame of nothing any more */
		state_set(m, m->pages[pfn | buddy_pfn], 0);
		state_set(m, m->pages[merged],
			  page_word(m, zone, PAGE_USED, order + 1,
				    migratetype));
		trace(m, buddy_merge, .pfn = pfn, .buddy = buddy_pfn,
		      .merged = merged, .nid = zone->node, .zone = zone->idx,
		      .order = order, .merged_order = order + 1);
		pfn = merged;
	}
	if (!to_tail)
		to_tail = buddy_merge_likely(m, zone, pfn, buddy_pfn, order);
	if (to_tail)
		add_to_free_list_tail(m, pfn, zone, order, migratetype);
	else
		add_to_free_list(m, pfn, zone, order, migratetype);
	set_buddy_order(m, pfn, zone, order, migratetype);
	trace(m, free_list_add, .pfn = pfn, .nid = zone->node,
	      .zone = zone->idx, .order = order, .migratetype = migratetype,
	      .end = to_tail ? LIST_END_tail : LIST_END_head,
	      .buddy = buddy_pfn, .nr_free = zone->nr_free[order]);
}

#endif
