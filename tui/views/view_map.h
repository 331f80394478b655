/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_map: the map of single frames, and what its cursor tells. */
#ifndef TUI_VIEW_MAP_H
#define TUI_VIEW_MAP_H

#include "views/view.h"

enum { MAP_DETAIL_SIZE = 320 };

/* Cells a row of a map that is @width wide: a power of two. */
int map_columns(int width);
/*
 * The zone of a frame, NULL where there is no memory. @near is asked first:
 * neighbours share one.
 */
const struct zone *zone_of_pfn(const struct machine *m, uint32_t pfn,
			       const struct zone *near);
/*
 * Everything about frame @pfn in two sentences: what it is, and where it is
 * or who asked for it. Each of MAP_DETAIL_SIZE bytes.
 */
void map_detail(const struct view_model *vm, uint32_t pfn, char *what,
		char *where);

#endif
