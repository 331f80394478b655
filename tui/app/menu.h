/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * menu: the lessons to choose from, as a picture. Data in, cells out:
 * the caller finds the lessons and knows how far each is done.
 */
#ifndef TUI_MENU_H
#define TUI_MENU_H

#include <stdint.h>

#include "model/progress.h"
#include "terminal/canvas.h"

struct menu_row {
	const char *number; /* "7", or "" */
	const char *title;
	const char *goal;
	unsigned int minutes; /* 0: not known */
	struct progress progress;
	bool broken; /* it cannot be run; goal says why */
};

struct menu {
	const char *name; /* "Lessons", or of a playlist */
	const struct menu_row *rows;
	uint32_t nr_rows;
	uint32_t selected;
	bool has_playlists; /* there are others to choose from */
	const char *message; /* instead of the goal, or NULL */
};

/* On an empty canvas, which may be of any size. */
void menu_draw(struct canvas *c, const struct menu *menu);
/* The row at a cell, for clicks; UINT32_MAX: none. */
uint32_t menu_row_at(const struct menu *menu, int width, int height, int y);

#endif
