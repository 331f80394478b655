/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * layout: which views stand where, by the size of the screen and by what
 * happens now. The biggest picture is what happens now; the rest shrinks.
 *
 *   title
 *   why           one to three rows
 *   request       the path
 *   ╭─ big ────────────────╮
 *   ├─ second ─────────────┤   bands, each of one to three panels
 *   ├─ third ──┬─ fourth ──┤
 *   ╰──────────┴───────────╯
 *   timeline
 *   keys
 *
 * A layout is made of numbers and views only: screen_draw() draws it, and the
 * application finds in it what a key or click is about.
 */
#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include "views/view.h"

enum { SCREEN_MIN_WIDTH = 40, SCREEN_MIN_HEIGHT = 10, MAX_PANELS = 12 };

struct rect {
	int x;
	int y;
	int width;
	int height;
};

struct panel {
	enum view_id view;
	struct rect rect; /* what the view draws in, without borders */
	bool bordered; /* its title stands in the row above rect */
	bool spread; /* a blank row between its rows */
};

struct layout {
	struct rect title;
	struct rect why;
	struct rect request;
	struct rect caption; /* presenter mode only */
	struct rect box; /* height 0: the big panel has no borders */
	struct rect timeline;
	struct rect keys;
	struct panel panels[MAX_PANELS];
	unsigned int nr_panels;
	unsigned int focus; /* the choice, within nr_panels */
	int scroll_room; /* rows that the focused panel can be scrolled */
	int scroll; /* the choice, within them */
	int map_columns; /* cells a row of the map; 0: it is not shown */
	bool too_small; /* only a text about that is drawn */
};

void layout_make(struct layout *l, const struct view_model *vm, int width,
		 int height);

#endif
