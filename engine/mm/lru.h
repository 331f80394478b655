/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lru: the pages that node_reclaim() can free.
 *
 *   front  [ 4097 | 4352 | 4098 | ... ]  back
 *     |                                   ^
 *     v node_reclaim()                    | the scenario, a recording
 *
 * Linux keeps the pages of each node on LRU lists and finds out by their age
 * which ones to free. Here one queue for each node stands for that: pages are
 * appended to it, and reclaim frees them from its front. A page of the queue
 * is in use until then, and its block's owner may free it as well.
 *
 * Kernel: include/linux/mm_inline.h, mm/vmscan.c.
 */
#ifndef ENGINE_LRU_H
#define ENGINE_LRU_H

#include "state/list.h"
#include "state/state.h"

/* An entry for one more page; 0: all are in use. */
static inline uint32_t take_lru_entry(struct machine *m)
{
	const struct system *system = m->system;
	uint32_t entry = system->lru_free;

	if (entry) {
		state_set(m, system->lru_free, m->links[entry].next);
	} else if (system->lru_unused + LRU_ENTRY_LINKS <= system->nr_links) {
		entry = system->lru_unused;
		state_add(m, system->lru_unused, LRU_ENTRY_LINKS);
	}
	return entry;
}

/*
 * add_page_to_lru_list(), include/linux/mm_inline.h: the page at @pfn, of
 * order 0 and in use, is the last of its node that reclaim frees. False if
 * there are too many already.
 */
static inline bool add_page_to_lru_list(struct machine *m, uint32_t pfn)
{
	const struct pglist_data *node = &m->nodes[page_zone(m, pfn)->node];
	const uint32_t entry = take_lru_entry(m);

	if (!entry)
		return false;
	list_add_tail(m, entry, node->lru);
	state_set(m, lru_entry_pfn(m, entry), pfn);
	state_set(m, lru_entry_prev(m, entry), m->links[pfn].prev);
	state_set(m, lru_entry(m, pfn), entry);
	state_add(m, node->nr_reclaimable, 1);
	state_set(m, m->pages[pfn],
		  m->pages[pfn] | PAGE_LRU | PAGE_RECLAIMABLE);
	return true;
}

/*
 * del_page_from_lru_list(), include/linux/mm_inline.h: reclaim cannot free the
 * page any more. Its entry is free.
 */
static noinline void del_page_from_lru_list(struct machine *m, uint32_t pfn)
{
	const struct pglist_data *node = &m->nodes[page_zone(m, pfn)->node];
	const uint32_t entry = lru_entry(m, pfn);

	list_del(m, entry);
	state_set(m, lru_entry(m, pfn), lru_entry_prev(m, entry));
	state_set(m, m->links[entry].next, m->system->lru_free);
	state_set(m, m->system->lru_free, entry);
	state_add(m, node->nr_reclaimable, -1);
	state_set(m, m->pages[pfn],
		  m->pages[pfn] & ~(PAGE_LRU | PAGE_RECLAIMABLE));
}

#endif
