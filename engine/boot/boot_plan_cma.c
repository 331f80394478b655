/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_plan_cma: where the areas for contiguous allocation lie.
 *
 * Boot holds their frames back and gives them to the allocator afterwards,
 * as type CMA. So that no CMA block ever merges with another type's, an
 * area consists of whole blocks of the largest order.
 */
#include "boot/boot_private.h"

/* Frames of one zone, all there, none reserved, none in another area. */
static bool cma_fits(const struct boot_plan *p, uint32_t nid,
		     struct frame_run area)
{
	if (count_frames(p, nid, FRAMES_EARLY, area) != area.end - area.start)
		return false;
	for (uint32_t i = 0; i < p->nr_zone_types; i++) {
		struct frame_run zone = zone_run(p, nid, i);

		if (area.start >= zone.start && area.end <= zone.end)
			return true;
	}
	return false;
}

/* The highest place in the node that fits; PFN_NONE: there is none. */
static uint32_t find_cma_place(const struct boot_plan *p, uint32_t nid,
			       uint32_t nr_pages)
{
	const uint32_t block = 1u << (p->max_order - 1);
	const struct frame_run *span = &p->span[nid];
	uint32_t start;

	if (nr_pages > span->end - span->start)
		return PFN_NONE;
	start = (span->end - nr_pages) & ~(block - 1);
	for (;; start -= block) {
		struct frame_run area = { start, start + nr_pages };

		if (start >= span->start && cma_fits(p, nid, area))
			return start;
		if (start < span->start + block)
			return PFN_NONE;
	}
}

static enum boot_error plan_cma_area(struct boot_plan *p, uint32_t nid,
				     struct frame_range area)
{
	const uint32_t block = 1u << (p->max_order - 1);
	const struct frame_run *span = &p->span[nid];
	const bool anywhere = area.start_pfn == PFN_NONE;

	if (!area.nr_pages || area.nr_pages % block)
		return boot_refuse(p, BOOT_BAD_CMA,
				   "node %u: a CMA area of %u frames; its size "
				   "must be a multiple of %u frames, the "
				   "largest block",
				   nid, area.nr_pages, block);
	if (anywhere)
		area.start_pfn = find_cma_place(p, nid, area.nr_pages);
	if (anywhere && area.start_pfn == PFN_NONE)
		return boot_refuse(p, BOOT_BAD_CMA,
				   "node %u: a CMA area of %u frames fits "
				   "nowhere in frames %u to %u; make it "
				   "smaller",
				   nid, area.nr_pages, span->start,
				   span->end - 1);
	if (area.start_pfn % block)
		return boot_refuse(p, BOOT_BAD_CMA,
				   "node %u: a CMA area begins at frame %u; it "
				   "must begin at a multiple of %u",
				   nid, area.start_pfn, block);
	if (area.start_pfn >= span->end ||
	    area.nr_pages > span->end - area.start_pfn ||
	    !cma_fits(p, nid,
		      (struct frame_run){ area.start_pfn,
					  area.start_pfn + area.nr_pages }))
		return boot_refuse(p, BOOT_BAD_CMA,
				   "node %u: the CMA area of %u frames at %u "
				   "does not lie in free memory of one zone; "
				   "move it",
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
			return boot_refuse(p, BOOT_TOO_LARGE,
					   "node %u has %u CMA areas; give at "
					   "most %d",
					   nid, n->nr_cma, MAX_NODE_RANGES);
		for (uint32_t i = 0; i < n->nr_cma && !error; i++)
			error = plan_cma_area(p, nid, n->cma[i]);
	}
	return error;
}
