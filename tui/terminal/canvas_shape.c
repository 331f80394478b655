/* SPDX-License-Identifier: GPL-2.0-or-later */
/* canvas_shape: bars, and lines that join where they meet. */
#include "terminal/canvas.h"
#include "terminal/glyph.h"

void put_repeat(struct area a, int x, int y, int nr, enum look look,
		const char *glyph)
{
	for (int i = 0; i < nr && x + i < a.width; i++)
		put_text(a, x + i, y, look, glyph);
}

void put_bar(struct area a, int x, int y, int width, int64_t part,
	     int64_t whole, enum look look)
{
	static const char *const eighths[] = { "",  "▏", "▎", "▍",
					       "▌", "▋", "▊", "▉" };
	int64_t nr = whole > 0 ? part * width * 8 / whole : 0;

	if (nr <= 0)
		nr = part > 0;
	if (nr > width * 8)
		nr = width * 8;
	put_repeat(a, x, y, (int)(nr / 8), look, "█");
	if (nr % 8)
		put_text(a, x + (int)(nr / 8), y, look, eighths[nr % 8]);
}

/* In ASCII a cell has forgotten its arms: a corner is any crossing. */
static void put_arms(struct area a, int x, int y, unsigned int arms)
{
	struct cell *cell;
	uint32_t glyph;

	if (x < 0 || y < 0 || x >= a.width || y >= a.height)
		return;
	cell = area_cell(a, x, y);
	if (a.canvas->ascii) {
		glyph = (uint32_t)glyph_ascii(glyph_of_arms(arms));
		if (cell->glyph != ' ' && cell->glyph != glyph)
			glyph = '+';
	} else {
		glyph = glyph_of_arms(arms | glyph_arms(cell->glyph));
	}
	*cell = (struct cell){ .glyph = glyph,
			       .look = LOOK_DIM,
			       .link = a.link };
}

void put_rule_across(struct area a, int x, int y, int width)
{
	for (int i = 0; i < width; i++)
		put_arms(a, x + i, y,
			 (i || width == 1 ? ARM_LEFT : 0u) |
				 (i < width - 1 || width == 1 ? ARM_RIGHT :
								0u));
}

void put_rule_down(struct area a, int x, int y, int height)
{
	for (int i = 0; i < height; i++)
		put_arms(a, x, y + i,
			 (i || height == 1 ? ARM_UP : 0u) |
				 (i < height - 1 || height == 1 ? ARM_DOWN :
								  0u));
}

void put_box(struct area a)
{
	if (a.width < 2 || a.height < 2)
		return;
	put_rule_across(a, 0, 0, a.width);
	put_rule_across(a, 0, a.height - 1, a.width);
	put_rule_down(a, 0, 0, a.height);
	put_rule_down(a, a.width - 1, 0, a.height);
}
