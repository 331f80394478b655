/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * menu: the lessons to choose from, as a picture. Data in, cells out:
 * the caller finds the lessons and knows which are done.
 */
#ifndef TUI_MENU_H
#define TUI_MENU_H

#include <stdint.h>

#include "terminal/canvas.h"

struct menu_row {
	const char *name; /* "02 split" */
	const char *title;
	const char *goal;
	unsigned int minutes; /* 0: not known */
	bool done;
	bool broken; /* it cannot be run; goal says why */
};

struct menu {
	const struct menu_row *rows;
	uint32_t nr_rows;
	uint32_t selected;
	const char *message; /* instead of the keys, or NULL */
};

/* On an empty canvas, which may be of any size. */
void menu_draw(struct canvas *c, const struct menu *menu);
/* The row at a cell, for clicks; UINT32_MAX: none. */
uint32_t menu_row_at(const struct menu *menu, int width, int height, int y);

#endif
