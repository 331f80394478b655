/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * screen: the whole picture of a layout, the same for the terminal and for
 * `zonewalk frame`.
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "screen/layout.h"
#include "terminal/key_bar.h"

/* What the title and the last row say besides the view model. */
struct screen_status {
	const char *mode; /* "paused", "2 steps/s" */
	const char *prompt; /* a command line being typed, or NULL */
	enum bar_state bar; /* whose keys */
	int prompt_cursor; /* its column, from the line's first */
};

/* On an empty canvas of the layout's size. */
void screen_draw_layout(struct canvas *c, const struct layout *l,
			const struct view_model *vm,
			const struct screen_status *status);
/* The same with a layout made for the canvas. */
void screen_draw(struct canvas *c, const struct view_model *vm,
		 const struct screen_status *status);

#endif
