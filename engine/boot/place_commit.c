/* SPDX-License-Identifier: GPL-2.0-or-later */
/* place_commit: free blocks that have found their place join a zone. */
#include "boot/place.h"
#include "mm/buddy.h"
#include "state/state.h"

static void set_types(struct machine *m, const struct zone *zone,
		      const struct placed_block *block)
{
	const uint32_t end = block->pfn + (1u << block->order);

	for (uint32_t pfn = block->pfn; pfn < end;
	     pfn += pageblock_nr_pages(m)) {
		const uint8_t *type =
			&m->pageblocks[pageblock_index(m, zone, pfn)];

		if (block->migratetype == MIGRATE_ISOLATE &&
		    *type != MIGRATE_ISOLATE)
			state_add(m, zone->nr_isolate_pageblock, 1);
		state_set(m, *type, block->migratetype);
	}
}

void placement_commit(const struct placement *p, struct machine *m,
		      const struct zone *zone)
{
	for (uint32_t i = 0; i < p->nr; i++) {
		const struct placed_block *block = &p->blocks[i];

		set_types(m, zone, block);
		add_to_free_list_tail(m, block->pfn, zone, block->order,
				      block->migratetype);
		set_buddy_order(m, block->pfn, zone, block->order,
				block->migratetype);
	}
}
