/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pageblock: the migratetype of each pageblock.
 *
 * Memory is divided into pageblocks of 2^pageblock_order pages (512 on most
 * machines), and each has a migratetype. Pages that can be moved are kept in
 * other pageblocks than pages that cannot, so that moving the movable ones
 * can make a whole block free again:
 *
 *   mixed        [ m U m . | m m U . | U . m m ]   no block of 4 can form
 *   by pageblock [ m m m m | m m . . | U U U . ]   the first two can
 *
 * The type belongs to the pageblock, not to the page: a page that is freed
 * goes to the list of its pageblock's type, whatever it was allocated as.
 *
 * Kernel: mm/page_alloc.c (set_pageblock_migratetype, move_freepages,
 * reserve_highatomic_pageblock).
 */
#ifndef ENGINE_PAGEBLOCK_H
#define ENGINE_PAGEBLOCK_H

#include "machine/movable.h"
#include "mm/buddy.h"
#include "state/state.h"

/* The first page of the pageblock of @pfn. */
static inline uint32_t pageblock_start_pfn(const struct machine *m,
					   uint32_t pfn)
{
	return pfn & ~(pageblock_nr_pages(m) - 1);
}

/*
 * set_pageblock_migratetype(), mm/page_alloc.c. On a machine too small for
 * grouping by mobility every pageblock stays unmovable.
 *
 * Differs from v5.10: a byte per pageblock instead of four bits of a bitmap.
 */
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
	state_set(m, m->pageblocks[index], (uint8_t)migratetype);
	trace_zone(m, set_pageblock_migratetype, zone,
		   .pfn = pageblock_start_pfn(m, pfn), .old = old,
		   .migratetype = migratetype);
}

/*
 * move_freepages_block() and move_freepages(), mm/page_alloc.c: move every
 * free block of the pageblock of @pfn to the tail of @migratetype's lists, in
 * ascending order. Returns the number of free pages moved and, in
 * *@num_movable, how many allocated pages of the pageblock are movable.
 *
 * A zone may begin inside a pageblock: then the move begins at @pfn. If the
 * zone ends inside it, nothing moves. Which pages are movable: see
 * page_looks_movable(); PageLRU() or __PageMovable() in the kernel.
 */
static inline uint32_t
move_freepages_block(struct machine *m, const struct zone *zone, uint32_t pfn,
		     unsigned int migratetype, uint32_t *num_movable)
{
	const uint32_t start_pfn = pageblock_start_pfn(m, pfn);
	const uint32_t end = start_pfn + pageblock_nr_pages(m);
	uint32_t moved = 0, movable = 0, p = start_pfn, head;

	if (!zone_spans_pfn(zone, start_pfn))
		p = pfn;
	if (!zone_spans_pfn(zone, end - 1))
		p = end;
	for (head = page_head(m, p); p < end; p++) {
		uint32_t page = m->pages[p];

		if (page_state(page) == PAGE_BUDDY) {
			move_to_free_list(m, p, zone, page_order(page),
					  migratetype);
			moved += 1u << page_order(page);
			p += (1u << page_order(page)) - 1;
			continue;
		}
		if (page_state(page) != PAGE_NONE || head == PFN_NONE ||
		    p >= head + (1u << page_order(m->pages[head])))
			head = p;
		movable += page_looks_movable(m, head, p);
	}
	if (num_movable)
		*num_movable = movable;
	trace_zone(m, move_freepages, zone, .pfn = start_pfn,
		   .migratetype = migratetype, .moved = moved,
		   .movable = movable);
	return moved;
}

/*
 * reserve_highatomic_pageblock(), mm/page_alloc.c: a request of order > 0
 * that must not sleep (ALLOC_HARDER) was served. Keep its pageblock for
 * requests like it: when memory is fragmented they cannot wait for a block to
 * form. At most about 1 % of the zone is reserved, and never less than one
 * pageblock; __zone_watermark_unusable_free() subtracts the reserve from what
 * all other requests may use. Not modelled: unreserve_highatomic_pageblock(),
 * in the slow path.
 */
static inline void reserve_highatomic_pageblock(struct machine *m, uint32_t pfn,
						const struct zone *zone)
{
	uint32_t max_managed = zone->managed / 100 + pageblock_nr_pages(m);
	unsigned int mt = get_pageblock_migratetype(m, zone, pfn);
	bool reserve = zone->nr_reserved_highatomic < max_managed &&
		       mt != MIGRATE_HIGHATOMIC && mt != MIGRATE_CMA &&
		       !is_migrate_isolate(mt);

	if (reserve) {
		state_add(m, zone->nr_reserved_highatomic,
			  pageblock_nr_pages(m));
		set_pageblock_migratetype(m, zone, pfn, MIGRATE_HIGHATOMIC);
		move_freepages_block(m, zone, pfn, MIGRATE_HIGHATOMIC, NULL);
	}
	trace_zone(m, reserve_highatomic, zone,
		   .pfn = pageblock_start_pfn(m, pfn),
		   .nr_reserved = zone->nr_reserved_highatomic,
		   .limit = max_managed, .reserved = reserve);
}

#endif
