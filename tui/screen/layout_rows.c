/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layout_rows: what the views request, and what they get. */
#include "screen/layout_rows.h"

struct need view_need(enum view_id view, const struct view_model *vm, int width)
{
	struct view_title t;

	view_describe(view, vm, width, &t);
	return (struct need){ t.rows, t.most, t.least, t.most };
}

/* A column: its views, and the borders between them. */
static struct need column_need(const struct column *column,
			       const struct view_model *vm, int width)
{
	struct need sum = { -1, -1, 0, -1 };

	for (int i = 0; i < column_views(column); i++) {
		struct need need = view_need(column->views[i], vm, width);

		sum.rows += need.rows + 1;
		sum.most += need.most + 1;
		sum.least = at_least(sum.least, need.least);
	}
	return sum;
}

/* The columns that the widest view of a column can fill, at most @inner. */
static int content_width(const struct column *column,
			 const struct view_model *vm, int inner)
{
	int width = column->width ? column->width : 1;

	for (int i = 0; !column->width && i < column_views(column); i++) {
		struct view_title t;

		view_describe(column->views[i], vm, inner, &t);
		if (!t.columns)
			return inner;
		width = t.columns > width ? t.columns : width;
	}
	return at_most(width, inner);
}

/* The smallest content without a width, or -1. */
static int next_column(const int *content, const int *widths, int nr)
{
	int next = -1;

	for (int i = 0; i < nr; i++)
		if (!widths[i] && (next < 0 || content[i] < content[next]))
			next = i;
	return next;
}

void band_widths(const struct band *band, const struct view_model *vm,
		 int inner, int *widths)
{
	const int nr = band_columns(band);
	int content[MAX_COLUMNS], left = inner - nr + 1, sum = 0, i;

	for (i = 0; i < nr; i++) {
		widths[i] = 0;
		content[i] = content_width(&band->columns[i], vm, left);
		sum += content[i];
	}
	for (int open = nr; (i = next_column(content, widths, nr)) >= 0;
	     open--) {
		widths[i] = sum > left ? at_most(content[i], left / open) :
					 left * content[i] / sum;
		if (open == 1)
			widths[i] = left;
		sum -= content[i];
		left -= widths[i];
	}
}

struct need band_need(const struct band *band, const struct view_model *vm,
		      int inner)
{
	struct need need = { 1, 1, 0, ANY_ROWS };
	int widths[MAX_COLUMNS];

	if (band->grows_to_map && inner >= WIDE_MAP)
		need.most = view_need(VIEW_map, vm, inner).most;
	band_widths(band, vm, inner, widths);
	for (int c = 0; c < band_columns(band); c++) {
		struct need n = column_need(&band->columns[c], vm, widths[c]);

		need.rows = at_least(need.rows, n.rows);
		need.most = at_least(need.most, n.most);
		need.least = at_least(need.least, n.least);
		need.full = at_most(need.full, n.most);
	}
	need.rows = at_most(need.rows, need.full * 3 / 2);
	need.most = band_columns(band) == 1 ?
			    need.most :
			    at_most(need.most, need.full * 3 / 2);
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
		if ((heights[i] + 1) * need[best].full <
		    (heights[best] + 1) * need[i].full)
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
