/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_zones: set the zones' sizes, and free all memory to the allocator.
 *
 * Boot *frees* memory, with the same merging code as any other block. The
 * order of the lists of a new machine follows from how each kind is freed:
 *
 *   highmem      page by page, to the head         lists descend
 *   the rest     largest blocks, to the tail       lists ascend
 *   CMA areas    by the pageblock, to the head     lists descend
 *
 * Only the first page of a block is written, so a terabyte costs as many
 * writes as it has blocks of the largest order.
 *
 * Kernel: mm/page_alloc.c (memmap_init, __free_pages_core,
 * init_cma_reserved_pageblock), mm/memblock.c (__free_pages_memory).
 */
#include <string.h>

#include "boot/boot_private.h"
#include "mm/buddy.h"
#include "state/state.h"

static void set_pageblock(struct machine *m, const struct zone *zone,
			  uint32_t pfn, unsigned int migratetype)
{
	state_set(m, m->pageblocks[pageblock_index(m, zone, pfn)], migratetype);
}

/*
 * A pageblock becomes movable when its *first* page is initialized. Where a
 * zone, or memory after a hole, begins inside a pageblock, that never happens
 * and the pageblock stays unmovable, which is 0: page 1 of zone DMA, say.
 */
static void init_pageblocks(struct machine *m, const struct zone *zone,
			    struct page_run run)
{
	const uint32_t nr = pageblock_nr_pages(m);
	uint32_t first = run.start & ~(nr - 1);

	if (first < run.start) {
		if (get_pageblock_migratetype(m, zone, first) == PAGEBLOCK_NONE)
			set_pageblock(m, zone, first, MIGRATE_UNMOVABLE);
		first += nr;
	}
	for (uint32_t pfn = first; pfn < run.end; pfn += nr)
		set_pageblock(m, zone, pfn, MIGRATE_MOVABLE);
}

static bool run_holds(struct page_run run, uint32_t pfn)
{
	return pfn >= run.start && pfn < run.end;
}

static void init_zone_size(struct machine *m, const struct boot_plan *p,
			   const struct zone *zone)
{
	const uint32_t nid = zone->node;
	struct page_run run = zone_run(p, nid, zone->idx);
	struct page_run memory = { .end = run.start };
	uint32_t cma = 0;

	state_set(m, zone->type, p->zone_type[zone->idx]);
	state_set(m, zone->highmem, kind_is_highmem(p, zone->type));
	if (run.start == run.end)
		return;
	for (uint32_t i = 0; i < p->nr_cma[nid]; i++)
		if (run_holds(run, p->cma_area[nid][i].start_pfn))
			cma += p->cma_area[nid][i].nr_pages;
	state_set(m, zone->start_pfn, run.start);
	state_set(m, zone->spanned, run.end - run.start);
	state_set(m, zone->present, count_pages(p, nid, PAGES_PRESENT, run));
	state_set(m, zone->managed, count_pages(p, nid, PAGES_MANAGED, run));
	state_set(m, zone->managed_cma, cma);
	state_set(m, m->nodes[nid].has_memory, true);
	while (memory_run(p, nid, PAGES_PRESENT, run.end, &memory))
		init_pageblocks(m, zone, memory);
}

void boot_zones(struct machine *m, const struct boot_plan *p)
{
	memset((void *)(uintptr_t)m->pageblocks, PAGEBLOCK_NONE,
	       m->system->nr_pageblocks);
	for_each_zone(m, zone)
		init_zone_size(m, p, zone);
}

/* The largest aligned block that begins at @pfn and ends by @end. */
static unsigned int block_order(const struct machine *m, uint32_t pfn,
				uint32_t end)
{
	unsigned int order = m->max_order - 1;

	if (pfn && (unsigned int)__builtin_ctz(pfn) < order)
		order = (unsigned int)__builtin_ctz(pfn);
	while ((1u << order) > end - pfn)
		order--;
	return order;
}

/*
 * Free a run in the largest aligned blocks, ascending. The kernel frees
 * highmem page by page, with the same result: a block is complete, and joins
 * its list, when its last page is freed.
 */
static void free_run(struct machine *m, const struct zone *zone,
		     struct page_run run, bool to_tail)
{
	uint32_t pfn = run.start;

	while (pfn < run.end) {
		unsigned int order = block_order(m, pfn, run.end);

		__free_one_page(m, pfn, zone, order,
				get_pageblock_migratetype(m, zone, pfn),
				to_tail);
		pfn += 1u << order;
	}
}

static void free_zone(struct machine *m, const struct boot_plan *p,
		      const struct zone *zone)
{
	struct page_run run = { .end = zone->start_pfn };

	while (memory_run(p, zone->node, PAGES_EARLY, zone_end_pfn(zone), &run))
		free_run(m, zone, run, !zone->highmem);
}

static void join_cma_area(struct machine *m, const struct zone *zone,
			  const struct page_range *area)
{
	for (uint32_t i = 0; i < area->nr_pages; i += pageblock_nr_pages(m)) {
		uint32_t pfn = area->start_pfn + i;

		set_pageblock(m, zone, pfn, MIGRATE_CMA);
		__free_one_page(m, pfn, zone, m->pageblock_order, MIGRATE_CMA,
				false);
	}
}

static void join_cma(struct machine *m, const struct boot_plan *p,
		     const struct zone *zone)
{
	const uint32_t nid = zone->node;

	for (uint32_t i = 0; i < p->nr_cma[nid]; i++)
		if (zone_spans_pfn(zone, p->cma_area[nid][i].start_pfn))
			join_cma_area(m, zone, &p->cma_area[nid][i]);
}

/*
 * The stat thresholds are still 0, so that no difference stays per-cpu: the
 * zone counters of a new machine are exact.
 */
void boot_free_memory(struct machine *m, const struct boot_plan *p)
{
	for_each_zone(m, zone) {
		if (!populated_zone(zone))
			continue;
		free_zone(m, p, zone);
		join_cma(m, p, zone);
	}
}
