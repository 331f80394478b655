/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arena: the mappings that hold a machine.
 *
 * The *state region* is one mapping with everything that can change:
 *
 *   system │ nodes │ distances │ zones │ per-cpu │ zonerefs │ pageblocks
 *          │ a word per page │ links: pages, list heads, reclaimable pages
 *
 * It holds indices only, so its bytes may be copied and attached elsewhere.
 * It is zero when new, and zero means "no memory here": a terabyte machine
 * costs what it uses. 12 bytes per page, 16 more for a page that reclaim can
 * free (a fifth of them at most), and a byte per pageblock; the kernel's struct
 * page has 64.
 */
#ifndef ENGINE_ARENA_H
#define ENGINE_ARENA_H

#include "machine/mmzone.h"

/* What decides how large a state region is. */
struct arena_shape {
	uint32_t nr_nodes; /* 1 to MAX_NUMNODES */
	uint32_t nr_cpus; /* 1 to NR_CPUS */
	uint32_t nr_zone_types; /* 1 to MAX_NR_ZONES */
	uint32_t nr_zonerefs; /* of all zonelists together */
	uint32_t max_pfn; /* pages are below it; at most MAX_PFN_LIMIT */
	uint32_t max_order; /* exclusive; 1 to MAX_ORDER_LIMIT */
	uint32_t pageblock_order; /* below max_order */
	uint32_t page_shift; /* PAGE_SHIFT to MAX_PAGE_SHIFT; 0: PAGE_SHIFT */
	bool pageblocks_per_zone;
};

/*
 * Map a region for @shape and attach @m to it: all zero but for the shape
 * in system, empty lists, and where each zone's parts are. False when the
 * system refuses the mapping (errno) or the shape is out of range (EINVAL).
 */
bool arena_create(struct machine *m, const struct arena_shape *shape);
void arena_destroy(struct machine *m);

/* A copy of the state, without contents of pages and without a history. */
bool arena_clone(struct machine *m, const struct machine *from);

/* Are the two state regions equal, byte by byte? */
bool arena_equal(const struct machine *a, const struct machine *b);

#endif
