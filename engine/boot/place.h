/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * place: free blocks of given orders and migratetypes, so that none can merge.
 *
 * Two free blocks of one order that are buddies would be one block. So a
 * *region* of order k + 1 that is not free as a whole has room for either one
 * free block of order k beside a region of order k, or for two regions of
 * order k. Placed from the highest order down, blocks fit if and only if each
 * finds such a region: what a real zone had fits into as much memory.
 *
 * Migratetypes have pageblocks of their own while there are enough; only CMA
 * and isolated blocks never share one.
 */
#ifndef ENGINE_PLACE_H
#define ENGINE_PLACE_H

#include "boot/boot.h"

struct placed_block {
	uint32_t pfn;
	uint8_t order;
	uint8_t migratetype;
};

/* Where the blocks of one zone lie. */
struct placement {
	uint32_t nr;
	struct placed_block *blocks;
};

enum place_result {
	PLACE_OK,
	PLACE_MIXED, /* too few pageblocks: migratetypes share some */
	PLACE_NO_ROOM,
	PLACE_TOO_MANY,
	PLACE_NO_MEMORY,
};

/* Of one zone: what a text says must not cost any amount of memory. */
enum { PLACE_MAX_BLOCKS = 1 << 22 };

/* How many pages the blocks have. */
uint64_t free_blocks_nr_pages(const struct free_blocks *blocks);

/*
 * Find a place for @blocks in the @nr ranges of @room, which ascend and do not
 * touch each other. @p is to be ended by placement_destroy() if the
 * result is PLACE_OK or PLACE_MIXED.
 */
enum place_result placement_make(struct placement *p,
				 const struct page_range *room, uint32_t nr,
				 uint32_t max_order, uint32_t pageblock_order,
				 const struct free_blocks *blocks);
void placement_destroy(struct placement *p);

/*
 * Add the blocks to @zone, whose lists are empty: words, lists, nr_free, and
 * the types of their pageblocks. Counters stay as they are.
 */
void placement_commit(const struct placement *p, struct machine *m,
		      const struct zone *zone);

#endif
