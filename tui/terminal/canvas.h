/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * canvas: a grid of cells in front of the terminal.
 *
 * Views draw here, never on the terminal: the same grid goes to curses, to
 * `zonewalk frame` as text, and to tests. A cell is a character and a
 * *look*, which is a meaning and not a colour.
 *
 *   struct canvas c;
 *   canvas_init(&c, 80, 24, ascii);
 *   struct area a = area_part(canvas_area(&c), 1, 1, 78, 5);
 *   put_text(a, 0, 0, LOOK_TITLE, "free lists");
 *
 * All drawing is in an area and is clipped to it. Text that does not fit
 * ends in a visible sign. With `ascii` every shape becomes an ASCII one of
 * the same width, so that a picture keeps its form. Two counters watch over
 * views: nr_lost (something was drawn outside without a sign) and
 * nr_overdrawn (text over other text) stay 0 in a correct picture.
 */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* What a cell means. The terminal decides what that looks like. */
enum look {
	LOOK_NORMAL,
	LOOK_TITLE,
	LOOK_CURRENT, /* what this step is about */
	LOOK_PASSED,
	LOOK_REFUSED,
	LOOK_FREE,
	LOOK_DIM,
	LOOK_CHANGED, /* written by this step */
	NR_LOOKS
};

/* What a click on a cell means; the value is a key, a step, a page ... */
enum link_kind {
	LINK_NONE,
	LINK_KEY, /* the key is pressed */
	LINK_STEP,
	LINK_STAGE, /* enum path_stage */
	LINK_PAGE, /* pfn */
	LINK_CELL, /* of the map: pfn */
	LINK_LIST, /* a free list: order * MIGRATE_TYPES + migratetype */
	LINK_PANEL, /* its number */
	LINK_TITLE /* of the panel of that number */
};

struct link {
	enum link_kind kind;
	uint32_t value;
};

enum { MAX_COMBINING = 2, MAX_CELL_BYTES = 4 * (1 + MAX_COMBINING) };

struct cell {
	uint32_t glyph; /* a code point; 0: right half of the one before */
	uint32_t combining[MAX_COMBINING]; /* shown on it; 0: no more */
	uint32_t look;
	struct link link;
};

struct canvas {
	int width;
	int height;
	bool ascii;
	int cursor_x; /* of the hardware cursor, which a screen reader follows */
	int cursor_y;
	uint32_t nr_lost;
	uint32_t nr_overdrawn;
	uint32_t nr_unknown; /* characters that ASCII has nothing for */
	struct cell *cells; /* [y * width + x] */
};

/* A rectangle of a canvas; coordinates of put_*() count from its corner. */
struct area {
	struct canvas *canvas;
	int x;
	int y;
	int width;
	int height;
	int scroll; /* rows that the user skips, where that makes sense */
	struct link link; /* of the cells that are drawn */
};

/* False when there is no memory. canvas_fini() also after a failure. */
bool canvas_init(struct canvas *c, int width, int height, bool ascii);
bool canvas_resize(struct canvas *c, int width, int height);
void canvas_fini(struct canvas *c);
void canvas_clear(struct canvas *c);
/* The picture as text, a line a row, without blanks at the line's end. */
void canvas_dump(const struct canvas *c, FILE *out);

/* A cell as UTF-8 into @buf (room for MAX_CELL_BYTES); the number of bytes. */
size_t cell_encode(const struct cell *cell, char *buf);

/* What a click at @x, @y means; none outside of the canvas. */
struct link canvas_link(const struct canvas *c, int x, int y);

struct area canvas_area(struct canvas *c);
/* The same area, in which what is drawn is a link. */
static inline struct area area_link(struct area a, enum link_kind kind,
				    uint32_t value)
{
	a.link = (struct link){ kind, value };
	return a;
}
/* A part of an area, clipped to it. */
struct area area_part(struct area a, int x, int y, int width, int height);
/* The cell at x, y of an area, which must be inside. */
struct cell *area_cell(struct area a, int x, int y);
/* Blanks, which are links if the area is one. */
void area_clear(struct area a);
/*
 * Spread the first @rows rows of an area out, a blank row after each; what
 * is drawn from top to bottom goes on through the blank ones.
 */
void area_spread(struct area a, int rows);

/*
 * Where @text was drawn, over the ends of wrapped lines too, it looks like
 * what is current.
 */
void area_highlight(struct area a, const char *text, bool ignore_case);

/* How many columns a text takes. */
int text_width(const char *text);

/* Text at x, y, cut with a sign at the area's edge. Returns x after it. */
int put_text(struct area a, int x, int y, enum look look, const char *text);
/* The same, cut after @width columns. */
int put_text_in(struct area a, int x, int y, int width, enum look look,
		const char *text);
int put_format(struct area a, int x, int y, enum look look, const char *format,
	       ...) __attribute__((format(printf, 5, 6)));
/*
 * The same, but only the sign, in the last column, where not all of it fits
 * before that. Nothing fits after that: returns the width.
 */
int put_fitting(struct area a, int x, int y, enum look look, const char *format,
		...) __attribute__((format(printf, 5, 6)));
/* Text that ends before column @end. Returns x of its first column. */
int put_right(struct area a, int end, int y, enum look look, const char *format,
	      ...) __attribute__((format(printf, 5, 6)));
/* The same with a number. */
void put_number(struct area a, int end, int y, enum look look, int64_t number);
/*
 * The next line of @text, which moves to the line after it, in @width columns.
 * It ends at a newline or breaks by the rules of canvas_wrap.c. False at the
 * end.
 */
bool next_line(const char **text, int width, char *line, size_t size);
/*
 * Lines over at most @rows rows; the last one is cut with a sign when more
 * would follow. Returns the number of rows used.
 */
int put_wrapped(struct area a, int x, int y, int rows, enum look look,
		const char *text);
/* How many rows that takes when there are enough. */
int wrapped_rows(const char *text, int width);
/* @nr times the same character. */
void put_repeat(struct area a, int x, int y, int nr, enum look look,
		const char *glyph);
/* A bar of @part out of @whole over @width columns, to an eighth of one. */
void put_bar(struct area a, int x, int y, int width, int64_t part,
	     int64_t whole, enum look look);
/* The hardware cursor goes here. */
void set_cursor(struct area a, int x, int y);

/* Lines that join where they meet. */
void put_rule_across(struct area a, int x, int y, int width);
void put_rule_down(struct area a, int x, int y, int height);
void put_box(struct area a);

#endif
