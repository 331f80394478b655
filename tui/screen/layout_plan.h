/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * layout_plan: which views are shown together. A plan is bands from the top
 * down, a band is columns side by side, a column is one view, or two of which
 * the lower one takes the rows that the upper one leaves.
 */
#ifndef TUI_LAYOUT_PLAN_H
#define TUI_LAYOUT_PLAN_H

#include "screen/layout.h"

enum { MAX_BANDS = 7, MAX_COLUMNS = 3, MAX_STACK = 3, MAX_TOP = 2 };

struct column {
	enum view_id views[MAX_STACK]; /* then VIEW_none */
	int width; /* 0: what its views can fill */
};

struct band {
	struct column columns[MAX_COLUMNS];
	bool grows_to_map; /* pageblocks; the map where that has room */
};

struct plan {
	/* above the bands, over their width */
	struct band top[MAX_TOP];
	struct band bands[MAX_BANDS]; /* the first has the big picture */
	struct column side; /* on the right, as high as the box */
	int side_width;
};

/* clang-format off */
/* To write a column of views, a band of columns, a plan of bands. */
#define STACK_OF(...) { .views = { __VA_ARGS__ } }
#define BAND(...) { .columns = { __VA_ARGS__ } }
#define ALONE(view) BAND(STACK_OF(VIEW_##view))
#define PLAN(...) { .bands = { __VA_ARGS__ } }
/* clang-format on */

/* The bands of a picture, for so many columns. */
const struct plan *picture_plan(enum picture picture, int width);
/*
 * The plan for a box of that size: by what happens now, without the views
 * that the user hid, with those that the user showed.
 */
void plan_make(struct plan *plan, const struct view_model *vm, struct rect box);
/* How many views a column has, and how many columns a band. */
int column_views(const struct column *column);
int band_columns(const struct band *band);
/* Did the user show the map? */
bool plan_shows_map(const struct view_state *v);
/* View @focus of the plan, modulo the number of views. */
enum view_id plan_view(const struct plan *plan, unsigned int focus);

#endif
