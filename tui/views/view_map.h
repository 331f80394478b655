/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_map: memory page by page (view_map.c), and what the map says about
 * the page under its cursor (view_map_detail.c).
 */
#ifndef TUI_VIEW_MAP_H
#define TUI_VIEW_MAP_H

#include "views/view.h"

/* What a page is; where it is and which request allocated it. */
struct map_detail {
	char what[320];
	char where[320];
};

/*
 * Cells a row of a map of that size: a power of two, such that a small memory
 * has several rows, and more in a high map.
 */
int map_columns(const struct view_model *vm, int width, int height);
/*
 * The zone of a page, NULL where there is no memory. @near is tried first:
 * neighbours share one.
 */
const struct zone *zone_of_pfn(const struct machine *m, uint32_t pfn,
			       const struct zone *near);
void map_detail_init(struct map_detail *d, const struct view_model *vm,
		     uint32_t pfn);

#endif
