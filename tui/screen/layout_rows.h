/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layout_rows: how the rows and columns of a box are shared out. */
#ifndef TUI_LAYOUT_ROWS_H
#define TUI_LAYOUT_ROWS_H

#include "screen/layout_plan.h"

/* A map of pages has so many columns at least, or it shows too few of them. */
enum { WIDE_MAP = 46 };

/* How many rows something requests, can fill, and has to have. */
struct need {
	int rows;
	int most;
	int least;
	int full; /* with more, a part of it is not filled */
};

struct need view_need(enum view_id view, const struct view_model *vm,
		      int width);
/* As many rows as its highest column, but no column is a third empty. */
struct need band_need(const struct band *band, const struct view_model *vm,
		      int inner);
/*
 * The widths of a band's columns, together @inner with the lines between them:
 * what each can fill. Where that is too much, the widest get less; what is
 * left is shared out in proportion.
 */
void band_widths(const struct band *band, const struct view_model *vm,
		 int inner, int *widths);
/* The rows of @nr panels with borders, of each panel at most @least. */
int rows_with(const struct need *need, int nr, int least);
/*
 * Share @rows, borders included, out to @nr panels one above the other:
 * @least for each, then up to what it requests, in order, then the rest. The
 * first one is shown whole, and a second one twice @least, before there are
 * more than @keep (1 or 2), and all before there are more than three. Returns
 * how many have room.
 */
int share_rows(const struct need *need, int nr, int keep, int least, int rows,
	       int *heights);

static inline int at_least(int value, int limit)
{
	return value > limit ? value : limit;
}

static inline int at_most(int value, int limit)
{
	return value < limit ? value : limit;
}

#endif
