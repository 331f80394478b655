/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_balance: two bars on one scale, clipped where far apart. */
#include "views/requirement.h"

#include <string.h>

#include "model/motion.h"
#include "model/text.h"

bool requirement_make(const struct view_model *vm, struct requirement *b)
{
	const struct event_watermark_check *c = vm->check;
	const struct zone *z = vm->zone;

	*b = (struct requirement){ .ceiling = vm->ceiling };
	if (!z)
		return false;
	b->have = z->nr_free_pages > 0 ? z->nr_free_pages : 0;
	if (c && c->nid == z->node && c->zone == z->idx) {
		b->check = c;
		b->unusable = c->unusable;
		b->mark = c->watermark;
		b->base = c->base;
		b->boost = c->boost;
		b->wmark = c->wmark;
		b->reserve = c->lowmem_reserve;
		b->ceiling = c->highest_zoneidx;
		return true;
	}
	b->wmark = vm->has_flags ? vm->alloc_flags & ALLOC_WMARK_MASK :
				   (uint32_t)WMARK_LOW;
	b->base = z->watermark[b->wmark % NR_WMARK];
	b->boost = z->watermark_boost;
	b->mark = (int64_t)b->base + b->boost;
	if (vm->ceiling < vm->m->system->nr_zone_types)
		b->reserve = z->lowmem_reserve[vm->ceiling];
	return true;
}

void requirement_move(const struct view_model *vm, struct requirement *b,
		      const struct view_state *v)
{
	int64_t before = vm->free_before > 0 ? vm->free_before : 0;

	b->have = motion_between(v, before, b->have);
}

static int64_t need_of(const struct requirement *b)
{
	return b->mark + b->reserve;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Columns left of the bars, and the bars' width. */
enum { BAR_X = 7, NUMBER_WIDTH = 15 };

static int bar_width(struct area a)
{
	int width = a.width - BAR_X - NUMBER_WIDTH;

	return width > 0 ? width : 0;
}

/* Where @pages end on a scale of @width columns. */
static int column_of(const struct requirement *b, int width, int64_t pages)
{
	int64_t whole = larger(larger(b->have, need_of(b)), 1);
	int64_t column = (pages * width + whole / 2) / whole;

	return column > width ? width : column < 0 ? 0 : (int)column;
}

/* Too short to see beside the other: its bar is one cell and a factor. */
static bool is_tiny(int64_t part, int64_t other, int width)
{
	return part > 0 && part * width < other * 3;
}

static void put_factor(struct area a, int x, int y, int64_t part, int64_t other)
{
	put_format(a, x, y, LOOK_DIM, "»×%lld", (long long)(other / part));
}

static void have_bar(const struct requirement *b, struct area a)
{
	int64_t usable = larger(b->have - b->unusable, 0);
	int end = column_of(b, a.width, b->have);
	int split = column_of(b, a.width, usable);

	if (!b->have)
		return;
	if (is_tiny(b->have, need_of(b), a.width)) {
		put_text(a, 0, 0, LOOK_FREE, usable ? "▌" : "░");
		put_factor(a, 1, 0, b->have, need_of(b));
		return;
	}
	put_bar(a, 0, 0, split == end ? a.width : split,
		split == end ? b->have : usable,
		split == end ? larger(b->have, need_of(b)) : usable, LOOK_FREE);
	if (split < end)
		put_repeat(a, split, 0, end - split, LOOK_DIM, "░");
}

/* L▓▓▓▓b▓▓▒▒▒▒: the mark by its letter, the boost, then the reserve. */
static void need_bar(const struct requirement *b, struct area a)
{
	static const char *const letters[] = { "M", "L", "H" };
	int base = column_of(b, a.width, b->mark - b->boost);
	int mark = column_of(b, a.width, b->mark);
	int end = column_of(b, a.width, need_of(b));

	if (need_of(b) <= 0)
		return;
	if (is_tiny(need_of(b), b->have, a.width)) {
		put_text(a, 0, 0, LOOK_TITLE, letters[b->wmark % NR_WMARK]);
		put_factor(a, 1, 0, need_of(b), b->have);
		return;
	}
	put_text(a, 0, 0, LOOK_TITLE, letters[b->wmark % NR_WMARK]);
	put_repeat(a, 1, 0, base - 1, LOOK_NORMAL, "▓");
	if (mark > base && base) {
		put_text(a, base, 0, LOOK_TITLE, "b");
		put_repeat(a, base + 1, 0, mark - base - 1, LOOK_NORMAL, "▓");
	}
	if (mark < 1)
		mark = 1;
	put_repeat(a, mark, 0, end - mark, LOOK_NORMAL, "▒");
}

static void bars_before(const struct requirement *b, struct area a)
{
	int x, y = put_format(a, 1, 0, LOOK_NORMAL,
			      TEXT_requirement_have_before, (long long)b->have);

	x = put_format(a, 1, 1, LOOK_NORMAL, TEXT_requirement_need_before,
		       (long long)need_of(b));
	if (y > x)
		x = y;
	have_bar(b, area_part(a, x, 0, a.width - x - 1, 1));
	need_bar(b, area_part(a, x, 1, a.width - x - 1, 1));
}

void requirement_bars(const struct requirement *b, struct area a, bool after)
{
	int width = bar_width(a);
	char text[32];

	if (!after || width < 12) {
		bars_before(b, a);
		return;
	}
	put_text(a, 1, 0, LOOK_NORMAL, TEXT_requirement_have);
	put_text(a, 1, 1, LOOK_NORMAL, TEXT_requirement_need);
	have_bar(b, area_part(a, BAR_X, 0, width, 1));
	need_bar(b, area_part(a, BAR_X, 1, width, 1));
	snprintf(text, sizeof(text), TEXT_requirement_free, (long long)b->have);
	put_right(a, a.width - 1, 0, LOOK_NORMAL, text);
	snprintf(text, sizeof(text), "> %lld", (long long)need_of(b));
	put_right(a, a.width - 1, 1, LOOK_NORMAL, text);
}

/* ├─── 693 short ──┤ from where have ends to where need ends, if it fits. */
static bool put_gap(const struct requirement *b, struct area a, int x,
		    int width)
{
	int64_t usable = larger(b->have - b->unusable, 0);
	int from = BAR_X + column_of(b, width, usable);
	int to = BAR_X + column_of(b, width, need_of(b));
	char text[32];
	int room;

	snprintf(text, sizeof(text), TEXT_requirement_short_gap,
		 b->check->short_by);
	room = to - from - 2 - text_width(text);
	if (from < x || room < 2 || is_tiny(b->have, need_of(b), width))
		return false;
	from = put_text(a, from, 0, LOOK_REFUSED, "├");
	put_repeat(a, from, 0, room / 2, LOOK_REFUSED, "─");
	from = put_text(a, from + room / 2, 0, LOOK_REFUSED, text);
	put_repeat(a, from, 0, to - 1 - from, LOOK_REFUSED, "─");
	put_text(a, to - 1, 0, LOOK_REFUSED, "┤");
	return true;
}

void requirement_labels(const struct view_model *vm,
			const struct requirement *b, struct area a)
{
	int width = bar_width(a);
	int x = BAR_X, reserve = BAR_X + column_of(b, width, b->mark);

	if (width < 12)
		x = reserve = 1;
	x = put_format(a, x, 0, LOOK_DIM, "╰ %s %u",
		       enum_text(KIND_wmark, b->wmark), b->base);
	if (b->boost)
		x = put_format(a, x, 0, LOOK_DIM, TEXT_requirement_boost,
			       b->boost);
	if (b->mark != (int64_t)b->base + b->boost)
		x = put_format(a, x, 0, LOOK_DIM, TEXT_requirement_lowered,
			       (long long)b->mark);
	x += 2;
	if (b->reserve && x < a.width) {
		char text[64];

		snprintf(text, sizeof(text), TEXT_requirement_reserve,
			 zone_name(vm->m, b->ceiling), b->reserve);
		if (x < reserve && reserve + text_width(text) < a.width)
			x = reserve;
		x = put_text(a, x, 0, LOOK_DIM, text) + 2;
	}
	if (!b->check || b->check->ok || b->have != b->check->free ||
	    x >= a.width || put_gap(b, a, x, width))
		return;
	put_format(a, x, 0, LOOK_REFUSED, TEXT_requirement_short,
		   b->check->short_by);
}
