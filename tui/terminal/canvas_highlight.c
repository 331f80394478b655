/* SPDX-License-Identifier: GPL-2.0-or-later */
/* canvas_highlight: a text found again in the rows that were drawn. */
#include <ctype.h>
#include <stdbool.h>

#include "terminal/canvas.h"
#include "terminal/glyph.h"

struct place {
	int x;
	int y;
};

/* The end of what is drawn in a row, and its begin. */
static int row_end(struct area a, int y)
{
	int x = a.width;

	while (x && area_cell(a, x - 1, y)->glyph == ' ')
		x--;
	return x;
}

static int row_begin(struct area a, int y)
{
	int x = 0;

	while (x < a.width && area_cell(a, x, y)->glyph == ' ')
		x++;
	return x;
}

static bool is_same(uint32_t a, uint32_t b, bool ignore_case)
{
	if (ignore_case && a < 128 && b < 128)
		return tolower((int)a) == tolower((int)b);
	return a == b;
}

/*
 * Does @text stand at @p? The end of a row stands for a blank, as wrapped
 * lines are broken there; where there was none, for nothing. With @mark the
 * cells get the look of what is current.
 */
static bool stands_at(struct area a, struct place p, const char *text,
		      bool ignore_case, bool mark)
{
	uint32_t glyph;
	int width;

	while ((glyph = glyph_next_cell(&text, &width))) {
		if (!width)
			continue;
		if (p.x >= row_end(a, p.y)) {
			if (++p.y >= a.height)
				return false;
			p.x = row_begin(a, p.y);
			if (glyph == ' ')
				continue;
		}
		if (p.x + width > a.width ||
		    !is_same(area_cell(a, p.x, p.y)->glyph, glyph, ignore_case))
			return false;
		for (; width; width--, p.x++)
			if (mark)
				area_cell(a, p.x, p.y)->look = LOOK_CURRENT;
	}
	return true;
}

void area_highlight(struct area a, const char *text, bool ignore_case)
{
	for (int y = 0; *text && y < a.height; y++)
		for (int x = row_begin(a, y); x < row_end(a, y); x++)
			if (stands_at(a, (struct place){ x, y }, text,
				      ignore_case, false))
				stands_at(a, (struct place){ x, y }, text,
					  ignore_case, true);
}
