/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layout_rows: what the views request, and what they get. */
#include "screen/layout_rows.h"

struct need view_need(enum view_id view, const struct view_model *vm, int width)
{
	struct view_title t, map;

	view_describe(view, vm, width, &t);
	if (view == VIEW_pageblocks && width >= WIDE_MAP) {
		/* with so many rows it becomes the map */
		view_describe(VIEW_map, vm, width, &map);
		t.most = map.most;
	}
	return (struct need){ t.rows, t.most, t.least };
}

/* A column: its views, and the borders between them. */
static struct need column_need(const struct column *column,
			       const struct view_model *vm, int width)
{
	struct need sum = { -1, -1, 0 };

	for (int i = 0; i < column_views(column); i++) {
		struct need need = view_need(column->views[i], vm, width);

		sum.rows += need.rows + 1;
		sum.most += need.most + 1;
		if (need.least > sum.least)
			sum.least = need.least;
	}
	return sum;
}

int column_width(const struct band *band, int i, int inner)
{
	int nr = band_columns(band), left = inner - nr + 1;

	for (int c = 0; c < nr; c++) {
		int width = c + 1 < nr ? left * band->columns[c].share / 100 :
					 left;

		if (c == i)
			return width;
		left -= width;
	}
	return left;
}

struct need band_need(const struct band *band, const struct view_model *vm,
		      int inner)
{
	struct need need = { 1, ANY_ROWS, 0 };

	for (int c = 0; c < band_columns(band); c++) {
		struct need n = column_need(&band->columns[c], vm,
					    column_width(band, c, inner));

		if (n.rows > need.rows)
			need.rows = n.rows;
		if (n.most < need.most)
			need.most = n.most;
		if (n.least > need.least)
			need.least = n.least;
	}
	need.rows = at_most(need.rows, need.most * 3 / 2);
	return need;
}

/* The rows that a panel has in any case. */
static int least_rows(const struct need *need, int least)
{
	return at_most(need->rows, need->least > least ? need->least : least);
}

int rows_with(const struct need *need, int nr, int least)
{
	int rows = nr + 1;

	for (int i = 0; i < nr; i++)
		rows += least_rows(&need[i], least);
	return rows;
}

/*
 * Which panel gets the next row: the lowest of those that can fill it; where
 * none can, the one that stays fullest.
 */
static int next_to_grow(const struct need *need, int nr, const int *heights)
{
	int best = -1;

	for (int i = 0; i < nr; i++)
		if (heights[i] < need[i].most &&
		    (best < 0 || heights[i] < heights[best]))
			best = i;
	for (int i = best < 0 ? best = 0 : nr; i < nr; i++)
		if ((heights[i] + 1) * need[best].most <
		    (heights[best] + 1) * need[i].most)
			best = i;
	return best;
}

/* What the first one, or two, get beyond @least before there are others. */
static int rows_beyond(const struct need *need, int keep, int least)
{
	int rows = need[0].rows - at_most(need[0].rows, least);

	if (keep > 1)
		rows += at_most(need[1].rows, 2 * least) -
			at_most(need[1].rows, least);
	return rows;
}

int share_rows(const struct need *need, int nr, int keep, int least, int rows,
	       int *heights)
{
	int left;

	while (nr > 1 && rows_with(need, nr, least) > rows)
		nr--;
	while (nr > 3 && rows_with(need, nr - 1, ANY_ROWS) + 1 +
					 least_rows(&need[nr - 1], least) >
				 rows)
		nr--;
	while (nr > keep &&
	       rows_with(need, nr, least) + rows_beyond(need, keep, least) >
		       rows)
		nr--;
	left = rows - rows_with(need, nr, least);
	for (int i = 0; i < nr; i++) {
		int given = least_rows(&need[i], least);
		int more = at_most(need[i].rows - given, left > 0 ? left : 0);

		heights[i] = given + more;
		left -= more;
	}
	for (; left > 0; left--)
		heights[next_to_grow(need, nr, heights)]++;
	if (left < 0) /* one alone, on a small screen */
		heights[0] += left;
	return nr;
}
