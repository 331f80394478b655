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
 * A layout is made of numbers and views only. screen_draw() is the whole
 * picture, the same for the terminal and for `zonewalk frame`.
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
	const struct view *view;
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
	bool too_small; /* one line says so, nothing else is drawn */
};

void layout_make(struct layout *l, const struct view_model *vm, int width,
		 int height, const struct view_state *v);

/* What the title says besides the frame. */
struct screen_status {
	const char *mode; /* "paused", "2 steps/s" */
	const char *message; /* instead of the keys; NULL: the keys */
	const char *prompt; /* a command line being typed, or NULL */
	int prompt_cursor; /* its column, from the line's first */
};

/* What whoever has the keys and the mouse must know about a picture. */
struct screen_facts {
	struct layout layout;
	int scroll_room; /* of the focused panel */
	int map_columns; /* cells a row of the map in focus; 0: none there */
};

void screen_facts(struct screen_facts *facts, const struct view_model *vm,
		  const struct view_state *v, int width, int height);
/* The panel under a cell, or -1. */
int layout_panel_at(const struct layout *l, int x, int y);
/* The step that a cell of the timeline stands for; UINT32_MAX: none. */
uint32_t layout_step_at(const struct layout *l, const struct view_model *vm,
			const struct view_state *v, int x, int y);

/*
 * Draw everything on an empty canvas. Returns how far the focused panel can
 * be scrolled, for who keeps `scroll` in bounds.
 */
int screen_draw(struct canvas *c, const struct view_model *vm,
		const struct view_state *v, const struct screen_status *status);

#endif
