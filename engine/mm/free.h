/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * free: the entry point that frees a block.
 *
 *   __free_pages()
 *    |- order 0: free_unref_page()      pcp.h
 *    `- order > 0: __free_pages_ok()    buddy.h
 *
 * Kernel: mm/page_alloc.c, __free_pages().
 */
#ifndef ENGINE_FREE_H
#define ENGINE_FREE_H

#include "mm/lru.h"
#include "mm/pcp.h"
#include "state/contents.h"

/*
 * __free_pages_ok(), mm/page_alloc.c: more than one page, to the free lists.
 * Not modelled: free_pages_prepare(), which drops damaged pages.
 */
static noinline void __free_pages_ok(struct machine *m, const struct zone *zone,
				     uint32_t pfn, unsigned int order)
{
	__free_one_page(m, pfn, zone, order,
			get_pageblock_migratetype(m, zone, pfn), false);
}

/*
 * __free_pages(), mm/page_alloc.c: free the block at @pfn. As in the kernel
 * the caller says its order; request_free() checks it first.
 *
 * Differs from v5.10: no reference count (put_page_testzero()); the block is
 * free at once. A machine may have no per-cpu lists. Not modelled: split_page()
 * and free_contig_range(), which free a block in parts.
 */
static __always_inline void __free_pages(struct machine *m, uint32_t pfn,
					 unsigned int order)
{
	const struct zone *zone = page_zone(m, pfn);

	state_add(m, zone->pgfree, 1ull << order);
	trace_zone(m, mm_page_free, zone, .pfn = pfn, .order = order,
		   .cpu = m->cpu,
		   .migratetype = get_pageblock_migratetype(m, zone, pfn));
	if (unlikely(m->pages[pfn] & PAGE_RECLAIMABLE))
		del_page_from_lru_list(m, pfn);
	if (unlikely(m->system->poison))
		page_contents_poison(m, pfn, order);
	if (likely(!order) && likely(!m->system->buddy_only))
		free_unref_page(m, zone, pfn);
	else
		__free_pages_ok(m, zone, pfn, order);
}

#endif
