/* SPDX-License-Identifier: GPL-2.0-or-later */
/* half: a bar whose parts are compared with half of it. */
#include "views/half.h"

enum { NAME_X = 3, PAGES_END = 21, WHAT_X = 29 };

uint32_t half_sum(const struct half *h)
{
	uint32_t sum = 0;

	for (int i = 0; i < h->nr_compared; i++)
		sum += h->parts[i].pages;
	return sum;
}

enum { SCALE_ROWS = 2, BAR_ROWS = 2, VERDICT_X = 3 };

static int column_of(const struct half *h, int width, uint64_t pages)
{
	return h->whole ? (int)((pages * (uint32_t)width + h->whole / 2) /
				h->whole) :
			  0;
}

static int limit(int column, int least, int most)
{
	column = column > most ? most : column;
	return column < least ? least : column;
}

/*
 * The columns where the parts end. A part that is not empty has a column, and
 * the compared ones reach the tick of half only when the rule is met.
 */
static void find_ends(const struct half *h, int width, int *ends)
{
	int half = column_of(h, width, h->half), end = 0;
	uint32_t sum = half_sum(h), pages = 0;
	bool met = h->above ? sum > h->half : sum >= h->half;

	for (int i = 0; i < h->nr_parts; i++) {
		pages += h->parts[i].pages;
		end = limit(column_of(h, width, pages),
			    end + (h->parts[i].pages > 0), width);
		if (h->compares && i + 1 == h->nr_compared)
			end = limit(end, met ? half + h->above : 0,
				    met ? width : half - !h->above);
		ends[i] = end;
	}
}

/* The column that the compared parts reach only when the rule is met. */
static int tick_of(const struct half *h, int width)
{
	return limit(column_of(h, width, h->half) - !h->above, 1, width - 2);
}

/* Up to two rows: what the bar is, and a scale with a tick at half of it. */
static void put_scale(const struct half *h, struct area a, int rows)
{
	int tick = h->compares ? tick_of(h, a.width) : a.width - 1, x;
	struct text half = text_of(TEXT_half_half, h->half, plural(h->half));
	struct text whole =
		text_of(TEXT_half_pages, h->whole, plural(h->whole));
	int end = a.width - text_width(whole.s) - 1;

	if (rows < 1)
		return;
	put_right(a, a.width, 0, LOOK_NORMAL, "%s", whole.s);
	x = put_text_in(a, 0, 0, end, LOOK_TITLE, h->name.s) + 1;
	x = limit(tick - text_width(half.s) / 2, x, end);
	if (h->compares && x + text_width(half.s) < end)
		put_text(a, x, 0, LOOK_NORMAL, half.s);
	if (rows < SCALE_ROWS)
		return;
	put_text(a, 0, 1, LOOK_DIM, "├");
	put_repeat(a, 1, 1, tick - 1, LOOK_DIM, "─");
	if (h->compares)
		put_text(a, tick, 1, LOOK_TITLE, SIGN_HALF);
	put_repeat(a, tick + 1, 1, a.width - tick - 2, LOOK_DIM, "─");
	put_text(a, a.width - 1, 1, LOOK_DIM, "┤");
}

static void put_bar_of_parts(const struct view_model *vm, const struct half *h,
			     struct area a)
{
	int ends[MAX_HALF_PARTS], x = 0;

	if (!h->counted) {
		put_repeat(a, 0, 0, a.width, LOOK_DIM, SIGN_UNREACHED);
		return;
	}
	find_ends(h, a.width, ends);
	for (int i = 0; i < h->nr_parts; i++) {
		int end = h->grows ? (int)motion_between(vm->view, 0, ends[i]) :
				     ends[i];

		put_repeat(a, x, 0, end - x, h->parts[i].look,
			   h->parts[i].glyph);
		x = end;
	}
}

/* ▓ compatible     3 pages  allocated, not movable */
static void put_part(const struct half *h, const struct half_part *part,
		     struct area a, int y)
{
	put_text(a, 1, y, part->look, part->glyph);
	put_text(a, NAME_X, y, LOOK_NORMAL, part->name);
	if (!h->counted)
		put_right(a, PAGES_END, y, LOOK_DIM, SIGN_UNREACHED);
	else
		put_right(a, WHAT_X - (part->pages == 1 ? 3 : 2), y,
			  LOOK_NORMAL, TEXT_half_pages, part->pages,
			  plural(part->pages));
	if (WHAT_X + 12 < a.width)
		put_text(a, WHAT_X, y, LOOK_DIM, part->what.s);
}

static int nr_named(const struct half *h)
{
	int nr = 0;

	for (int i = 0; i < h->nr_parts; i++)
		nr += h->parts[i].name != NULL;
	return nr;
}

static int verdict_rows(const struct half *h, int width)
{
	return wrapped_rows(h->verdict.s, width - VERDICT_X - 1);
}

int half_rows(const struct half *h, int width)
{
	return SCALE_ROWS + BAR_ROWS + nr_named(h) + verdict_rows(h, width);
}

/* Not before the bar that it is about has grown. */
static int put_verdict(const struct view_model *vm, const struct half *h,
		       struct area a, int y)
{
	bool passed = h->result == CHECK_PASSED;
	bool known = passed || h->result == CHECK_REFUSED;

	set_cursor(a, 1, y);
	if (h->grows && in_motion(vm->view))
		return verdict_rows(h, a.width);
	if (known)
		put_text(a, 1, y, passed ? LOOK_PASSED : LOOK_REFUSED,
			 passed ? SIGN_PASSED : SIGN_REFUSED);
	return put_wrapped(area_part(a, 0, 0, a.width - 1, a.height),
			   known ? VERDICT_X : 1, y, a.height - y,
			   known ? LOOK_TITLE : LOOK_NORMAL, h->verdict.s);
}

int half_draw(const struct view_model *vm, struct area a, const struct half *h)
{
	struct area bar = area_part(a, 1, 0, a.width - 2, a.height);
	int nr = nr_named(h), y = 0;
	int spare = a.height - 1 - verdict_rows(h, a.width);
	bool parts = spare >= nr;
	int scale = limit(spare - (parts ? nr : 0), 0, SCALE_ROWS);
	int thick = spare >= SCALE_ROWS + nr + 1 ? BAR_ROWS : a.height > 1;

	if (a.height < 1 || bar.width < 16)
		return 0;
	put_scale(h, bar, scale);
	y = scale;
	for (int i = 0; i < thick; i++)
		put_bar_of_parts(vm, h, area_part(bar, 0, y++, bar.width, 1));
	for (int i = 0; parts && i < h->nr_parts; i++)
		if (h->parts[i].name)
			put_part(h, &h->parts[i], a, y++);
	return y + put_verdict(vm, h, a, y);
}
