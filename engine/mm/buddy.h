/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * buddy: free lists by order and migratetype; split and merge.
 *
 * A free block of order o has 2^o pages and begins at a multiple of 2^o. Its
 * buddy is the block beside it with which it forms a block of order o + 1.
 * Their page frame numbers differ in bit o alone, so one XOR finds it:
 *
 *   order 2   [4096 4097 4098 4099]
 *   order 1   [4096 4097] [4098 4099]     4096 ^ 2 = 4098
 *   order 0   [4096][4097][4098][4099]    4098 ^ 1 = 4099
 *
 * Allocating splits: a larger block is halved until a half has the requested
 * order. Freeing merges: while the buddy is free too, both become one block.
 * Either takes at most max_order steps, whatever the size of the memory.
 *
 * The word of a block's first page says that the block is free, and its
 * order; the words of its other pages are zero.
 *
 * Kernel: mm/page_alloc.c, from page_is_buddy() to __rmqueue_smallest().
 */
#ifndef ENGINE_BUDDY_H
#define ENGINE_BUDDY_H

#include "mm/vmstat.h"
#include "state/list.h"
#include "state/state.h"

/* The word of a block's first page. The kernel uses page->flags, _mapcount
 * (PageBuddy) and page->private for the same facts. */
static inline uint32_t page_word(const struct machine *m,
				 const struct zone *zone, enum page_state state,
				 unsigned int order, unsigned int migratetype)
{
	return zone_id(m, zone) << PAGE_ZONE_SHIFT |
	       migratetype << PAGE_TYPE_SHIFT |
	       (uint32_t)state << PAGE_STATE_SHIFT | order;
}

/* __find_buddy_pfn(), mm/internal.h: flip bit @order. */
static inline uint32_t __find_buddy_pfn(uint32_t page_pfn, unsigned int order)
{
	return page_pfn ^ (1u << order);
}

/* Is @pfn the first page of a block of that zone, state and order? */
static inline bool page_is(const struct machine *m, const struct zone *zone,
			   uint32_t pfn, enum page_state state,
			   unsigned int order)
{
	const uint32_t mask = PAGE_ZONE_MASK | PAGE_STATE_MASK |
			      PAGE_ORDER_MASK;

	return ((m->pages[pfn] ^ page_word(m, zone, state, order, 0)) & mask) ==
	       0;
}

/*
 * page_is_buddy(), mm/page_alloc.c: can a block of @order merge with the
 * block at @buddy? It must be free, of the same order, in the same zone; a
 * buddy that is free but already split, or allocated in part, is not.
 *
 * Differs from v5.10: no check that the page exists (pfn_valid_within());
 * every page number below max_pfn has a word here.
 */
static inline bool page_is_buddy(const struct machine *m,
				 const struct zone *zone, uint32_t buddy,
				 unsigned int order)
{
	return page_is(m, zone, buddy, PAGE_BUDDY, order);
}

/*
 * set_buddy_order(), mm/page_alloc.c. Differs from v5.10: also stores the
 * list's migratetype, which the kernel keeps in page->index.
 */
static inline void set_buddy_order(struct machine *m, uint32_t pfn,
				   const struct zone *zone, unsigned int order,
				   unsigned int migratetype)
{
	state_set(m, m->pages[pfn],
		  page_word(m, zone, PAGE_BUDDY, order, migratetype));
}

/*
 * The block at @pfn is being split or merged: it is on no list, and belongs
 * to the request. Differs from v5.10, which leaves the page as it is until
 * the end: here every step between can be looked at, and must make sense.
 */
static inline void set_split_order(struct machine *m, uint32_t pfn,
				   const struct zone *zone, unsigned int order,
				   unsigned int migratetype)
{
	state_set_interim(m, m->pages[pfn],
			  page_word(m, zone, PAGE_USED, order, migratetype));
}

/*
 * add_to_free_list(), mm/page_alloc.c: the block becomes the list's head,
 * the next to be allocated. nr_free counts the blocks of all migratetypes.
 */
static inline void add_to_free_list(struct machine *m, uint32_t pfn,
				    const struct zone *zone, unsigned int order,
				    unsigned int migratetype)
{
	list_add(m, pfn, free_list(zone, order, migratetype));
	state_add(m, zone->nr_free[order], 1);
}

/* add_to_free_list_tail(), mm/page_alloc.c: the last to be allocated. */
static inline void add_to_free_list_tail(struct machine *m, uint32_t pfn,
					 const struct zone *zone,
					 unsigned int order,
					 unsigned int migratetype)
{
	list_add_tail(m, pfn, free_list(zone, order, migratetype));
	state_add(m, zone->nr_free[order], 1);
}

/*
 * move_to_free_list(), mm/page_alloc.c: to the tail of another migratetype's
 * list of the same order; nr_free stays.
 */
static inline void move_to_free_list(struct machine *m, uint32_t pfn,
				     const struct zone *zone,
				     unsigned int order,
				     unsigned int migratetype)
{
	list_move_tail(m, pfn, free_list(zone, order, migratetype));
	set_buddy_order(m, pfn, zone, order, migratetype);
}

/*
 * del_page_from_free_list(), mm/page_alloc.c. Differs from v5.10: the caller
 * writes the page's word, since it knows what becomes of the block.
 */
static inline void del_page_from_free_list(struct machine *m, uint32_t pfn,
					   const struct zone *zone,
					   unsigned int order)
{
	list_del(m, pfn);
	state_add(m, zone->nr_free[order], -1);
}

/*
 * expand(), mm/page_alloc.c: split the block at @pfn from order @high down
 * to @low. At each step the block keeps its lower half and the upper half
 * goes to the *head* of its list: the next request of that order gets the
 * neighbour, and large blocks elsewhere stay whole. Not modelled: guard pages
 * instead of upper halves (set_page_guard()).
 */
static __always_inline void expand(struct machine *m, const struct zone *zone,
				   uint32_t pfn, unsigned int low,
				   unsigned int high, unsigned int migratetype)
{
	for (unsigned int order = high; order-- > low;) {
		uint32_t upper = pfn + (1u << order);

		add_to_free_list(m, upper, zone, order, migratetype);
		set_buddy_order(m, upper, zone, order, migratetype);
		set_split_order(m, pfn, zone, order, migratetype);
		trace_zone(m, expand, zone, .pfn = pfn, .upper = upper,
			   .order = order, .low = low, .high = high,
			   .migratetype = migratetype,
			   .nr_free = zone->nr_free[order]);
	}
}

/*
 * get_page_from_free_area(), mm/page_alloc.c, for the smallest sufficient
 * order: the head of the first list of @migratetype, from *@order up, that
 * is not empty. Its order is in *@order then. PFN_NONE if all are empty.
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
 * __rmqueue_smallest(), mm/page_alloc.c: remove the smallest sufficient
 * block from @migratetype's lists and split it down to @order. The smallest,
 * because splitting a large block while a smaller one would do destroys what
 * a later request may need.
 *
 * The page remembers @migratetype, the type of the list that it came from.
 */
static __always_inline uint32_t __rmqueue_smallest(struct machine *m,
						   const struct zone *zone,
						   unsigned int order,
						   unsigned int migratetype)
{
	unsigned int current_order = order;
	uint32_t pfn =
		smallest_free_block(m, zone, &current_order, migratetype);

	if (pfn == PFN_NONE) {
		trace_zone(m, smallest_miss, zone, .order = order,
			   .migratetype = migratetype);
		return PFN_NONE;
	}
	del_page_from_free_list(m, pfn, zone, current_order);
	set_split_order(m, pfn, zone, current_order, migratetype);
	trace_zone(m, free_list_take, zone, .pfn = pfn, .low = order,
		   .order = current_order, .migratetype = migratetype,
		   .nr_free = zone->nr_free[current_order]);
	expand(m, zone, pfn, order, current_order, migratetype);
	state_set(m, m->pages[pfn],
		  page_word(m, zone, PAGE_USED, order, migratetype));
	return pfn;
}

/*
 * buddy_merge_likely(), mm/page_alloc.c: the block at @pfn could not merge,
 * because its buddy at @buddy_pfn is in use. If that buddy becomes free, will
 * the pair merge further? Yes if the pair's own buddy is free already. Such a
 * block goes to the tail of its list: the later it is allocated, the more
 * likely the larger block forms first.
 *
 * The pair is looked up in the zone of its first page. Where that lies in
 * the zone below, the two can never merge, but the kernel asks all the same,
 * and so does this.
 */
static inline bool buddy_merge_likely(const struct machine *m,
				      const struct zone *zone, uint32_t pfn,
				      uint32_t buddy_pfn, unsigned int order)
{
	uint32_t combined_pfn = pfn & buddy_pfn;

	if (order + 2 >= m->max_order)
		return false;
	if (unlikely(combined_pfn < zone->start_pfn) &&
	    pfn_zone(m, combined_pfn))
		zone = pfn_zone(m, combined_pfn);
	return page_is_buddy(m, zone, __find_buddy_pfn(combined_pfn, order + 1),
			     order + 1);
}

/*
 * May a block of @migratetype not merge with its buddy, since one of the two
 * is isolated? Below the order of a pageblock both lie in one pageblock and
 * are isolated together or not at all.
 */
static inline bool isolation_forbids_merge(const struct machine *m,
					   const struct zone *zone,
					   uint32_t buddy_pfn,
					   unsigned int migratetype)
{
	unsigned int buddy_mt;

	if (!zone->nr_isolate_pageblock)
		return false;
	buddy_mt = get_pageblock_migratetype(m, zone, buddy_pfn);
	return migratetype != buddy_mt && (is_migrate_isolate(migratetype) ||
					   is_migrate_isolate(buddy_mt));
}

/*
 * The block at @pfn and its free buddy become one block of @order + 1.
 * Returns its first page: the lower of the two, pfn & buddy_pfn.
 */
static __always_inline uint32_t merge_with_buddy(
	struct machine *m, const struct zone *zone, uint32_t pfn,
	uint32_t buddy_pfn, unsigned int order, unsigned int migratetype)
{
	const uint32_t combined_pfn = pfn & buddy_pfn;

	del_page_from_free_list(m, buddy_pfn, zone, order);
	/* the upper half is no longer the first page of a block */
	state_set(m, m->pages[pfn | buddy_pfn], 0);
	set_split_order(m, combined_pfn, zone, order + 1, migratetype);
	trace_zone(m, buddy_merge, zone, .pfn = pfn, .buddy = buddy_pfn,
		   .merged = combined_pfn, .order = order,
		   .merged_order = order + 1);
	return combined_pfn;
}

/*
 * __free_one_page(), mm/page_alloc.c: free a block. Merge it with its buddy
 * while that is free and of the same order, then put the result on a list:
 * at the head, where it is allocated next, or at the tail if @to_tail (boot,
 * memory hotplug) or if it is likely to merge soon.
 *
 * NR_FREE_PAGES rises first, and once: merging changes which blocks are free,
 * not how many pages. Differs from v5.10: @to_tail instead of fpi_flags. Not
 * modelled: compaction_capture(), which takes the block before it merges; a
 * random end of the list (is_shuffle_order(), shuffle_pick_tail()); and page
 * reporting (page_reporting_notify_free()).
 */
static inline void __free_one_page(struct machine *m, uint32_t pfn,
				   const struct zone *zone, unsigned int order,
				   unsigned int migratetype, bool to_tail)
{
	uint32_t buddy_pfn;

	if (unlikely(pfn & ((1u << order) - 1)))
		machine_bug(m, zone, pfn, order,
			    "a block to be freed is not aligned");
	if (!is_migrate_isolate(migratetype))
		__mod_zone_freepage_state(m, zone, 1l << order, migratetype);
	for (;; order++) {
		buddy_pfn = __find_buddy_pfn(pfn, order);
		if (order >= m->max_order - 1 ||
		    !page_is_buddy(m, zone, buddy_pfn, order))
			break;
		if (order >= m->pageblock_order &&
		    isolation_forbids_merge(m, zone, buddy_pfn, migratetype))
			break;
		pfn = merge_with_buddy(m, zone, pfn, buddy_pfn, order,
				       migratetype);
	}
	to_tail = to_tail || buddy_merge_likely(m, zone, pfn, buddy_pfn, order);
	if (to_tail)
		add_to_free_list_tail(m, pfn, zone, order, migratetype);
	else
		add_to_free_list(m, pfn, zone, order, migratetype);
	set_buddy_order(m, pfn, zone, order, migratetype);
	trace_zone(m, free_list_add, zone, .pfn = pfn, .order = order,
		   .migratetype = migratetype,
		   .end = to_tail ? LIST_END_tail : LIST_END_head,
		   .buddy = buddy_pfn, .nr_free = zone->nr_free[order]);
}

#endif
