/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * isolation: take pageblocks out of use, so that their pages can be moved away
 * (memory hotplug, CMA).
 *
 *   start_isolate_page_range(), for each pageblock
 *    |- has_unmovable_pages()    a page that cannot be moved? then -EBUSY
 *    |- the pageblock is ISOLATE, its free pages are on lists that no request
 *    |  searches, and no longer counted in NR_FREE_PAGES
 *    `- drain_all_pages()        its pages on per-cpu lists follow
 *   undo_isolate_page_range()    back to use, as the migratetype given
 *
 * Not modelled: what MEMORY_OFFLINE tolerates, hugetlb pages (PageHuge), and
 * the migration that follows isolation (alloc_contig_range()).
 *
 * Kernel: mm/page_isolation.c; has_unmovable_pages() and drain_all_pages() are
 * in mm/page_alloc.c.
 */
#ifndef ENGINE_ISOLATION_H
#define ENGINE_ISOLATION_H

#include "mm/pcp.h"

/* The first page of the next pageblock. */
static inline uint32_t next_pageblock(const struct machine *m, uint32_t pfn)
{
	return pageblock_start_pfn(m, pfn) + pageblock_nr_pages(m);
}

/*
 * The loop body of has_unmovable_pages(), mm/page_alloc.c: why the page at @pfn
 * cannot be moved. *@next is the next page to look at: a block is looked at
 * once. Of a block without __GFP_COMP the first page alone has a reference, so
 * it alone decides.
 *
 * Differs from v5.10: a compound page is always PageTransCompound(), as in a
 * kernel with transparent huge pages.
 */
static inline enum unmovable_reason unmovable_page(const struct machine *m,
						   const struct zone *zone,
						   uint32_t pfn, uint32_t *next)
{
	const uint32_t head = page_head(m, pfn);
	const uint32_t page = m->pages[head == PFN_NONE ? pfn : head];

	*next = head == PFN_NONE ? pfn + 1 : head + (1u << page_order(page));
	if (head == PFN_NONE && !(page & (PAGE_KERNEL | PAGE_LRU)))
		return UNMOVABLE_reserved;
	if (zone->type == ZONE_MOVABLE || (page & PAGE_LRU))
		return UNMOVABLE_none;
	if (head == PFN_NONE)
		return UNMOVABLE_in_use;
	if (page_state(page) != PAGE_USED)
		return UNMOVABLE_none;
	if (page & PAGE_COMPOUND)
		return UNMOVABLE_compound;
	return pfn == head ? UNMOVABLE_in_use : UNMOVABLE_none;
}

/*
 * has_unmovable_pages(), mm/page_alloc.c: the first page of the pageblock that
 * cannot be moved; PFN_NONE if there is none. A CMA pageblock can be isolated
 * for CMA only. An isolated one cannot be isolated again;
 * set_migratetype_isolate() checks that in the kernel.
 */
static inline uint32_t has_unmovable_pages(struct machine *m,
					   const struct zone *zone,
					   uint32_t pfn,
					   unsigned int migratetype)
{
	const unsigned int mt = get_pageblock_migratetype(m, zone, pfn);
	const uint32_t end = next_pageblock(m, pfn);
	enum unmovable_reason reason = UNMOVABLE_none;
	uint32_t page = pfn, next;

	if (is_migrate_isolate(mt))
		reason = UNMOVABLE_isolated;
	else if (mt == MIGRATE_CMA)
		reason = migratetype == MIGRATE_CMA ? UNMOVABLE_none :
						      UNMOVABLE_cma;
	else
		for (next = pfn; next < end && reason == UNMOVABLE_none;) {
			page = next;
			reason = unmovable_page(m, zone, page, &next);
		}
	trace_zone(m, has_unmovable_pages, zone,
		   .pfn = pageblock_start_pfn(m, pfn),
		   .page = reason == UNMOVABLE_none ? pfn : page,
		   .migratetype = mt, .reason = reason);
	return reason == UNMOVABLE_none ? PFN_NONE : page;
}

/*
 * drain_all_pages(), mm/page_alloc.c: free the pages of @zone on the per-cpu
 * lists of every cpu. Linux lets all cpus do it at the same time; here it is
 * one after the other, so that the result is the same each time.
 */
static inline void drain_all_pages(struct machine *m, const struct zone *zone)
{
	const uint32_t cpu = m->cpu;

	trace_zone(m, drain_all_pages, zone, .nr_cpus = m->system->nr_cpus);
	for (m->cpu = 0; m->cpu < m->system->nr_cpus; m->cpu++)
		drain_pages_zone(m, zone);
	m->cpu = cpu;
}

/*
 * set_migratetype_isolate(), mm/page_isolation.c: nothing may be allocated
 * from the pageblock of @pfn from now on. Returns the page because of which
 * that is impossible (-EBUSY); PFN_NONE if there is none.
 */
static inline uint32_t set_migratetype_isolate(struct machine *m,
					       const struct zone *zone,
					       uint32_t pfn,
					       unsigned int migratetype)
{
	unsigned int mt = get_pageblock_migratetype(m, zone, pfn);
	uint32_t unmovable = has_unmovable_pages(m, zone, pfn, migratetype);
	uint32_t nr_pages;

	if (unmovable != PFN_NONE)
		return unmovable;
	state_add(m, zone->nr_isolate_pageblock, 1);
	set_pageblock_migratetype(m, zone, pfn, MIGRATE_ISOLATE);
	nr_pages = move_freepages_block(m, zone, pfn, MIGRATE_ISOLATE, NULL);
	__mod_zone_freepage_state(m, zone, -(long)nr_pages, mt);
	trace_zone(m, isolate_pageblock, zone,
		   .pfn = pageblock_start_pfn(m, pfn), .on = true,
		   .migratetype = mt, .moved = nr_pages);
	drain_all_pages(m, zone);
	return PFN_NONE;
}

/*
 * Does a free block begin at @pfn whose buddy is not isolated? Isolation kept
 * such a block from merging, even if it is free.
 */
static inline bool isolation_kept_apart(const struct machine *m,
					const struct zone *zone, uint32_t pfn)
{
	const unsigned int order = page_order(m->pages[pfn]);
	const uint32_t buddy_pfn = __find_buddy_pfn(pfn, order);

	if (page_state(m->pages[pfn]) != PAGE_BUDDY ||
	    order < m->pageblock_order)
		return false;
	return buddy_pfn >= m->max_pfn ||
	       !is_migrate_isolate(
		       get_pageblock_migratetype(m, zone, buddy_pfn));
}

/*
 * unset_migratetype_isolate(), mm/page_isolation.c: the pageblock of @pfn
 * becomes @migratetype, and NR_FREE_PAGES counts its free pages again. A block
 * that isolation kept apart from its buddy is freed anew, at the tail, so that
 * they merge; otherwise the free blocks only move to @migratetype's lists.
 */
static inline void unset_migratetype_isolate(struct machine *m,
					     const struct zone *zone,
					     uint32_t pfn,
					     unsigned int migratetype)
{
	const unsigned int order = page_order(m->pages[pfn]);
	const bool free_anew = isolation_kept_apart(m, zone, pfn);
	uint32_t nr_pages = 1u << order;

	if (free_anew) {
		del_page_from_free_list(m, pfn, zone, order);
		set_split_order(m, pfn, zone, order, MIGRATE_ISOLATE);
	} else {
		nr_pages =
			move_freepages_block(m, zone, pfn, migratetype, NULL);
		__mod_zone_freepage_state(m, zone, nr_pages, migratetype);
	}
	set_pageblock_migratetype(m, zone, pfn, migratetype);
	if (free_anew)
		__free_one_page(m, pfn, zone, order, migratetype, true);
	state_add(m, zone->nr_isolate_pageblock, -1);
	trace_zone(m, isolate_pageblock, zone,
		   .pfn = pageblock_start_pfn(m, pfn), .on = false,
		   .migratetype = migratetype, .moved = nr_pages);
}

/*
 * undo_isolate_page_range(), mm/page_isolation.c: those of the pageblocks in
 * [start, end) that are isolated become @migratetype.
 */
static inline void undo_isolate_page_range(struct machine *m,
					   const struct zone *zone,
					   uint32_t start, uint32_t end,
					   unsigned int migratetype)
{
	for (uint32_t pfn = start; pfn < end; pfn = next_pageblock(m, pfn))
		if (is_migrate_isolate(get_pageblock_migratetype(m, zone, pfn)))
			unset_migratetype_isolate(m, zone, pfn, migratetype);
}

/*
 * start_isolate_page_range(), mm/page_isolation.c: isolate the pageblocks in
 * [start, end), all or none. If one cannot be isolated, those before it become
 * @migratetype, whatever they were; what was drained stays drained. Returns the
 * page because of which (-EBUSY); PFN_NONE if all are isolated.
 */
static inline uint32_t start_isolate_page_range(struct machine *m,
						const struct zone *zone,
						uint32_t start, uint32_t end,
						unsigned int migratetype)
{
	for (uint32_t pfn = start; pfn < end; pfn = next_pageblock(m, pfn)) {
		uint32_t unmovable;

		/* __first_valid_page(): this one has no memory */
		if (get_pageblock_migratetype(m, zone, pfn) == PAGEBLOCK_NONE)
			continue;
		unmovable = set_migratetype_isolate(m, zone, pfn, migratetype);
		if (unmovable == PFN_NONE)
			continue;
		undo_isolate_page_range(m, zone, start, pfn, migratetype);
		return unmovable;
	}
	return PFN_NONE;
}

#endif
