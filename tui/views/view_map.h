/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_map: memory page by page (view_map.c), and what the map says about
 * the page under its cursor (view_map_detail.c).
 */
#ifndef TUI_VIEW_MAP_H
#define TUI_VIEW_MAP_H

#include "views/view.h"

enum { MAP_DETAIL_SIZE = 320 };

/* Cells a row of a map that is @width wide: a power of two. */
int map_columns(int width);
/*
 * The zone of a page, NULL where there is no memory. @near is tried first:
 * neighbours share one.
 */
const struct zone *zone_of_pfn(const struct machine *m, uint32_t pfn,
			       const struct zone *near);
/*
 * What page @pfn is, and where it is and which request allocated it; each
 * of MAP_DETAIL_SIZE bytes.
 */
void map_detail(const struct view_model *vm, uint32_t pfn, char *what,
		char *where);

#endif
