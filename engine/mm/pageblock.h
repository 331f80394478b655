/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pageblock: whose block of frames is it?
 *
 * Memory is divided into pageblocks (512 frames on most machines), and each
 * carries a migratetype: what can be moved is kept away from what cannot,
 * so that large blocks can be made again. The type is the pageblock's, not
 * the page's: a freed page goes to the list of the pageblock it lies in,
 * whatever it was given out for.
 *
 * Kernel: mm/page_alloc.c (set_pageblock_migratetype, move_freepages,
 * reserve_highatomic_pageblock), mm/page_isolation.c.
 */
#ifndef ENGINE_PAGEBLOCK_H
#define ENGINE_PAGEBLOCK_H

#include "mm/buddy.h"
#include "state/state.h"

static inline void set_pageblock_migratetype(struct machine *m,
					     const struct zone *zone,
					     uint32_t pfn,
					     unsigned int migratetype)
{
	uint32_t index = pageblock_index(m, zone, pfn);
	unsigned int old = m->pageblocks[index];

	if (!m->system->mobility_grouping && migratetype < MIGRATE_PCPTYPES)
		migratetype = MIGRATE_UNMOVABLE;
	if (old == migratetype)
		return;
	state_set(m, m->pageblocks[index], migratetype);
	trace(m, set_pageblock_migratetype,
	      .pfn = pfn & ~(pageblock_nr_pages(m) - 1), .nid = zone->node,
	      .zone = zone->idx, .old = old, .migratetype = migratetype);
}

/*
 * Move every free block of the pageblock around @pfn to the tail of
 * @migratetype's lists, in ascending order. Returns the number of free
 * pages moved and, in *@nr_movable, how many pages in use are movable. A
 * zone may begin inside a pageblock: then the move begins at @pfn; it may
 * also end inside one: then nothing moves.
 */
static inline uint32_t
move_freepages_block(struct machine *m, const struct zone *zone, uint32_t pfn,
		     unsigned int migratetype, uint32_t *nr_movable)
{
	uint32_t first = pfn & ~(pageblock_nr_pages(m) - 1);
	uint32_t end = first + pageblock_nr_pages(m);
	uint32_t moved = 0, movable = 0, p = first;

	if (!zone_spans_pfn(zone, first))
		p = pfn;
	if (!zone_spans_pfn(zone, end - 1))
		p = end;
	while (p < end) {
		uint32_t page = m->pages[p];

		if (page_state(page) != PAGE_BUDDY) {
			movable += !!(page & PAGE_LRU);
			p++;
			continue;
		}
		move_to_free_list(m, p, zone, page_order(page), migratetype);
		p += 1u << page_order(page);
		moved += 1u << page_order(page);
	}
	if (nr_movable)
		*nr_movable = movable;
	trace(m, move_freepages, .pfn = first, .nid = zone->node,
	      .zone = zone->idx, .migratetype = migratetype, .moved = moved,
	      .movable = movable);
	return moved;
}

/*
 * After a successful urgent request of order > 0, keep its pageblock for
 * others like it, up to about a hundredth of the zone.
 */
static inline void reserve_highatomic_pageblock(struct machine *m, uint32_t pfn,
						const struct zone *zone)
{
	uint32_t limit = zone->managed / 100 + pageblock_nr_pages(m);
	unsigned int type = get_pageblock_migratetype(m, zone, pfn);
	bool reserved = zone->nr_reserved_highatomic < limit &&
			type != MIGRATE_HIGHATOMIC && type != MIGRATE_CMA &&
			!is_migrate_isolate(type);

	if (reserved) {
		state_set(m, zone->nr_reserved_highatomic,
			  zone->nr_reserved_highatomic + pageblock_nr_pages(m));
		set_pageblock_migratetype(m, zone, pfn, MIGRATE_HIGHATOMIC);
		move_freepages_block(m, zone, pfn, MIGRATE_HIGHATOMIC, NULL);
	}
	trace(m, reserve_highatomic, .pfn = pfn & ~(pageblock_nr_pages(m) - 1),
	      .nid = zone->node, .zone = zone->idx,
	      .nr_reserved = zone->nr_reserved_highatomic, .limit = limit,
	      .reserved = reserved);
}

/*
 * Isolate the pageblock of @pfn: its free pages are given to nobody, and do
 * not count as free, until unset_migratetype_isolate().
 */
static inline void set_migratetype_isolate(struct machine *m,
					   const struct zone *zone,
					   uint32_t pfn)
{
	unsigned int type = get_pageblock_migratetype(m, zone, pfn);
	uint32_t moved;

	state_set(m, zone->nr_isolate_pageblock,
		  zone->nr_isolate_pageblock + 1);
	set_pageblock_migratetype(m, zone, pfn, MIGRATE_ISOLATE);
	moved = move_freepages_block(m, zone, pfn, MIGRATE_ISOLATE, NULL);
	__mod_zone_freepage_state(m, zone, -(long)moved, type);
	trace(m, isolate_pageblock, .pfn = pfn & ~(pageblock_nr_pages(m) - 1),
	      .nid = zone->node, .zone = zone->idx, .on = true,
	      .migratetype = type, .moved = moved);
}

/* Is the free block at @pfn one that waited only for its isolation to end? */
static inline bool merge_waits(const struct machine *m, const struct zone *zone,
			       uint32_t pfn, unsigned int order)
{
	uint32_t buddy_pfn = __find_buddy_pfn(pfn, order);

	return order >= m->pageblock_order && order + 1 < m->max_order &&
	       page_is_buddy(m, zone, buddy_pfn, order) &&
	       !is_migrate_isolate(
		       get_pageblock_migratetype(m, zone, buddy_pfn));
}

/* Back in use as @migratetype, what it was before. */
static inline void unset_migratetype_isolate(struct machine *m,
					     const struct zone *zone,
					     uint32_t pfn,
					     unsigned int migratetype)
{
	uint32_t block = pfn & ~(pageblock_nr_pages(m) - 1);
	uint32_t first = zone_spans_pfn(zone, block) ? block : pfn;
	uint32_t page = m->pages[first];
	unsigned int order = page_order(page);
	uint32_t moved;

	if (page_state(page) == PAGE_BUDDY &&
	    merge_waits(m, zone, first, order)) {
		del_page_from_free_list(m, first, zone, order);
		set_pageblock_migratetype(m, zone, first, migratetype);
		state_set(m, zone->nr_isolate_pageblock,
			  zone->nr_isolate_pageblock - 1);
		__free_one_page(m, first, zone, order, migratetype, false);
		moved = 1u << order;
	} else {
		moved = move_freepages_block(m, zone, first, migratetype, NULL);
		__mod_zone_freepage_state(m, zone, moved, migratetype);
		set_pageblock_migratetype(m, zone, first, migratetype);
		state_set(m, zone->nr_isolate_pageblock,
			  zone->nr_isolate_pageblock - 1);
	}
	trace(m, isolate_pageblock, .pfn = block, .nid = zone->node,
	      .zone = zone->idx, .on = false, .migratetype = migratetype,
	      .moved = moved);
}

#endif
