/* SPDX-License-Identifier: GPL-2.0-or-later */
/* canvas: cells, clipping and text. */
#include "terminal/canvas.h"
#include "machine/utf8.h"
#include "terminal/glyph.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool canvas_init(struct canvas *c, int width, int height, bool ascii)
{
	*c = (struct canvas){ .ascii = ascii };
	return canvas_resize(c, width, height);
}

bool canvas_resize(struct canvas *c, int width, int height)
{
	struct cell *cells;

	if (width < 1)
		width = 1;
	if (height < 1)
		height = 1;
	cells = realloc(c->cells,
			(size_t)width * (size_t)height * sizeof(*cells));
	if (!cells)
		return false;
	c->cells = cells;
	c->width = width;
	c->height = height;
	canvas_clear(c);
	return true;
}

void canvas_fini(struct canvas *c)
{
	free(c->cells);
	*c = (struct canvas){ .cells = NULL };
}

void canvas_clear(struct canvas *c)
{
	size_t nr = (size_t)c->width * (size_t)c->height;

	for (size_t i = 0; i < nr; i++)
		c->cells[i] = (struct cell){ .glyph = ' ' };
	c->cursor_x = 0;
	c->cursor_y = 0;
	c->nr_lost = 0;
	c->nr_overdrawn = 0;
	c->nr_unknown = 0;
}

size_t cell_encode(const struct cell *cell, char *buf)
{
	size_t used = 0;

	if (cell->glyph)
		used = utf8_encode(cell->glyph, buf);
	for (int i = 0; i < MAX_COMBINING && cell->combining[i]; i++)
		used += utf8_encode(cell->combining[i], buf + used);
	return used;
}

void canvas_dump(const struct canvas *c, FILE *out)
{
	char utf8[MAX_CELL_BYTES];

	for (int y = 0; y < c->height; y++) {
		const struct cell *row = &c->cells[y * c->width];
		int end = c->width;

		while (end && row[end - 1].glyph == ' ')
			end--;
		for (int x = 0; x < end; x++)
			fwrite(utf8, 1, cell_encode(&row[x], utf8), out);
		putc('\n', out);
	}
}

struct link canvas_link(const struct canvas *c, int x, int y)
{
	return x >= 0 && y >= 0 && x < c->width && y < c->height ?
		       c->cells[y * c->width + x].link :
		       (struct link){ LINK_NONE, 0 };
}

struct area canvas_area(struct canvas *c)
{
	return (struct area){ .canvas = c,
			      .width = c->width,
			      .height = c->height };
}

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

struct area area_part(struct area a, int x, int y, int width, int height)
{
	int left = clamp(x, 0, a.width), top = clamp(y, 0, a.height);

	return (struct area){
		.canvas = a.canvas,
		.x = a.x + left,
		.y = a.y + top,
		.width = clamp(x + width - left, 0, a.width - left),
		.height = clamp(y + height - top, 0, a.height - top),
		.scroll = a.scroll,
		.link = a.link,
	};
}

struct cell *area_cell(struct area a, int x, int y)
{
	return &a.canvas->cells[(a.y + y) * a.canvas->width + a.x + x];
}

void area_clear(struct area a)
{
	const struct cell blank = { .glyph = ' ', .link = a.link };

	for (int y = 0; y < a.height && a.width; y++) {
		struct cell *row = area_cell(a, 0, y);

		/* half of a wide character goes with the other half */
		if (!row[0].glyph && a.x)
			row[-1] = blank;
		if (a.x + a.width < a.canvas->width && !row[a.width].glyph)
			row[a.width] = blank;
		for (int x = 0; x < a.width; x++)
			row[x] = blank;
	}
}

/* Full blocks, and shades of them. */
enum { GLYPH_FULL = 0x2588, GLYPH_DARK = 0x2593 };

/* The character above and below the blank row, when both are the same. */
static uint32_t on_both_sides(struct area a, int x, int y)
{
	uint32_t above;

	if (x < 0 || x >= a.width || y + 1 >= a.height)
		return 0;
	above = area_cell(a, x, y - 1)->glyph;
	return above == area_cell(a, x, y + 1)->glyph ? above : 0;
}

/* A rule, or a bar of two rows, that joins the rows above and below. */
static bool goes_down(struct area a, int x, int y)
{
	uint32_t glyph = on_both_sides(a, x, y);
	uint32_t rule = a.canvas->ascii ? '|' :
					  glyph_of_arms(ARM_UP | ARM_DOWN);

	bool bar = glyph >= GLYPH_FULL && glyph <= GLYPH_DARK;

	return glyph == rule || (bar && (on_both_sides(a, x - 1, y) == glyph ||
					 on_both_sides(a, x + 1, y) == glyph));
}

void area_spread(struct area a, int rows)
{
	struct canvas *c = a.canvas;

	for (int y = rows - 1; y > 0; y--) {
		if (2 * y >= a.height)
			continue;
		for (int x = 0; x < a.width; x++)
			*area_cell(a, x, 2 * y) = *area_cell(a, x, y);
		area_clear(area_part(a, 0, y, a.width, 1));
		if (c->cursor_y == a.y + y)
			c->cursor_y = a.y + 2 * y;
	}
	for (int y = 1; y < a.height; y += 2)
		for (int x = 0; x < a.width; x++)
			if (goes_down(a, x, y))
				*area_cell(a, x, y) = *area_cell(a, x, y - 1);
}

int text_width(const char *text)
{
	int width = 0, columns;

	while (glyph_next_cell(&text, &columns))
		width += columns;
	return width;
}

/* A character of one or two columns, which are known to be inside. */
static void put_glyph(struct area a, int x, int y, enum look look,
		      uint32_t glyph, int width)
{
	struct cell *cell = area_cell(a, x, y);

	for (int i = 0; i < width; i++) {
		if (glyph != ' ' && cell[i].glyph != ' ')
			a.canvas->nr_overdrawn++;
		cell[i] = (struct cell){ .look = look,
					 .glyph = i ? 0 : glyph,
					 .link = a.link };
		if (!a.canvas->ascii)
			continue;
		cell[i].glyph = (uint32_t)glyph_ascii(glyph);
		a.canvas->nr_unknown += cell[i].glyph == '?' && glyph != '?';
	}
}

/* Put a combining character on the character before column @x. */
static void combine(struct area a, int x, int y, uint32_t glyph)
{
	struct cell *cell = area_cell(a, x - 1, y);
	int i = 0;

	if (!cell->glyph && a.x + x > 1)
		cell--;
	while (i < MAX_COMBINING && cell->combining[i])
		i++;
	if (i < MAX_COMBINING && !a.canvas->ascii)
		cell->combining[i] = glyph;
}

static void put_cut_mark(struct area a, int x, int y)
{
	struct cell *cell = area_cell(a, x, y);

	/* the left half of a wide character goes with its right one */
	if (!cell->glyph && a.x + x > 0)
		cell[-1] = (struct cell){ .glyph = ' ' };
	*cell = (struct cell){ .look = LOOK_DIM,
			       .glyph = a.canvas->ascii ? '~' : GLYPH_CUT,
			       .link = a.link };
}

/* Write @text from @x up to column @end, which is inside. */
static int put_clipped(struct area a, int x, int end, int y, enum look look,
		       const char *text)
{
	int begin = x, width;
	uint32_t glyph;

	if (x < 0 || y < 0 || y >= a.height || end < 1) {
		a.canvas->nr_lost += !!*text;
		return x;
	}
	while ((glyph = glyph_next_cell(&text, &width))) {
		if (x + width > end) {
			put_cut_mark(a, end - 1, y);
			return end;
		}
		if (width)
			put_glyph(a, x, y, look, glyph, width);
		else if (x > begin)
			combine(a, x, y, glyph);
		x += width;
	}
	return x;
}

int put_text(struct area a, int x, int y, enum look look, const char *text)
{
	return put_clipped(a, x, a.width, y, look, text);
}

int put_text_in(struct area a, int x, int y, int width, enum look look,
		const char *text)
{
	return put_clipped(a, x, x + width < a.width ? x + width : a.width, y,
			   look, text);
}

enum { MAX_FORMATTED = 512 };

/* Print the arguments behind @format into the array @text. */
#define FORMAT(text, format)                                                   \
	do {                                                                   \
		va_list args;                                                  \
                                                                               \
		va_start(args, format);                                        \
		vsnprintf(text, sizeof(text), format, args);                   \
		va_end(args);                                                  \
	} while (0)

int put_format(struct area a, int x, int y, enum look look, const char *format,
	       ...)
{
	char text[MAX_FORMATTED];

	FORMAT(text, format);
	return put_text(a, x, y, look, text);
}

int put_fitting(struct area a, int x, int y, enum look look, const char *format,
		...)
{
	char text[MAX_FORMATTED];

	FORMAT(text, format);
	if (x + text_width(text) < a.width)
		return put_text(a, x, y, look, text);
	if (a.width > 0)
		put_cut_mark(a, a.width - 1, y);
	return a.width;
}

int put_right(struct area a, int end, int y, enum look look, const char *format,
	      ...)
{
	char text[MAX_FORMATTED];
	int x;

	FORMAT(text, format);
	x = end - text_width(text);
	put_text_in(a, x < 0 ? 0 : x, y, end, look, text);
	return x < 0 ? 0 : x;
}

void put_number(struct area a, int end, int y, enum look look, int64_t number)
{
	put_right(a, end, y, look, "%lld", (long long)number);
}

void set_cursor(struct area a, int x, int y)
{
	if (!a.width || !a.height)
		return;
	a.canvas->cursor_x = a.x + clamp(x, 0, a.width - 1);
	a.canvas->cursor_y = a.y + clamp(y, 0, a.height - 1);
}
