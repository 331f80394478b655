/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_plan_cma: where the areas for contiguous allocation lie.
 *
 * Boot keeps their pages back and frees them at the end, as type CMA. An area
 * consists of whole blocks of the largest order, so that no CMA block can
 * merge with a block of another type.
 */
#include "boot/boot_private.h"

/* Pages of one zone that exist and are neither reserved nor in an area. */
static bool cma_fits(const struct boot_plan *p, uint32_t nid,
		     struct page_run area)
{
	if (count_pages(p, nid, PAGES_EARLY, area) != area.end - area.start)
		return false;
	for (uint32_t i = 0; i < p->nr_zone_types; i++) {
		struct page_run zone = zone_run(p, nid, i);

		if (area.start >= zone.start && area.end <= zone.end)
			return true;
	}
	return false;
}

/* The highest place in the node that fits, or PFN_NONE. */
static uint32_t find_cma_place(const struct boot_plan *p, uint32_t nid,
			       uint32_t nr_pages)
{
	const uint32_t block = 1u << (p->max_order - 1);
	const struct page_run *span = &p->span[nid];
	uint32_t start;

	if (nr_pages > span->end - span->start)
		return PFN_NONE;
	start = (span->end - nr_pages) & ~(block - 1);
	for (;; start -= block) {
		struct page_run area = { start, start + nr_pages };

		if (start >= span->start && cma_fits(p, nid, area))
			return start;
		if (start < span->start + block)
			return PFN_NONE;
	}
}

static enum boot_error plan_cma_area(struct boot_plan *p, uint32_t nid,
				     struct page_range area)
{
	const uint32_t block = 1u << (p->max_order - 1);
	const struct page_run *span = &p->span[nid];
	const bool anywhere = area.start_pfn == PFN_NONE;

	if (!area.nr_pages || area.nr_pages % block)
		return boot_fail(
			p, BOOT_BAD_CMA,
			"node %u: a CMA area is not a multiple of the largest block: %u pages; use a multiple of %u",
			nid, area.nr_pages, block);
	if (anywhere)
		area.start_pfn = find_cma_place(p, nid, area.nr_pages);
	if (anywhere && area.start_pfn == PFN_NONE)
		return boot_fail(
			p, BOOT_BAD_CMA,
			"node %u: no room for a CMA area: %u pages, in pages %u to %u; make it smaller",
			nid, area.nr_pages, span->start, span->end - 1);
	if (area.start_pfn % block)
		return boot_fail(
			p, BOOT_BAD_CMA,
			"node %u: a CMA area is not aligned: it begins at page %u; use a multiple of %u",
			nid, area.start_pfn, block);
	if (area.start_pfn >= span->end ||
	    area.nr_pages > span->end - area.start_pfn ||
	    !cma_fits(p, nid,
		      (struct page_run){ area.start_pfn,
					 area.start_pfn + area.nr_pages }))
		return boot_fail(
			p, BOOT_BAD_CMA,
			"node %u: a CMA area is not in free memory of one zone: %u pages at %u; move it",
			nid, area.nr_pages, area.start_pfn);
	p->cma_area[nid][p->nr_cma[nid]++] = area;
	return BOOT_OK;
}

enum boot_error plan_cma(struct boot_plan *p)
{
	enum boot_error error = BOOT_OK;

	for (uint32_t nid = 0; nid < p->d->nr_nodes && !error; nid++) {
		const struct node_description *n = &p->d->node[nid];

		if (n->absent)
			continue;
		if (n->nr_cma > MAX_NODE_RANGES)
			return boot_fail(
				p, BOOT_TOO_LARGE,
				"node %u has too many CMA areas: %u; describe at most %d",
				nid, n->nr_cma, MAX_NODE_RANGES);
		for (uint32_t i = 0; i < n->nr_cma && !error; i++)
			error = plan_cma_area(p, nid, n->cma[i]);
	}
	return error;
}
