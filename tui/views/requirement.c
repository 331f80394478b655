/* SPDX-License-Identifier: GPL-2.0-or-later */
/* requirement: two bars on one scale, one shortened when far apart. */
#include "views/requirement.h"

/*
 * The check that the request is going to make of @zone, before it does;
 * without a request that walks, one with the low watermark.
 */
static void preview(const struct view_model *vm, const struct zone *zone,
		    struct event_watermark_check *check)
{
	struct alloc_request r = { .gfp = 0 };

	if (!vm->requested) {
		*check = (struct event_watermark_check){
			.wmark = WMARK_LOW,
			.watermark = (int32_t)(zone->watermark[WMARK_LOW] +
					       zone->watermark_boost),
			.base = zone->watermark[WMARK_LOW],
			.boost = zone->watermark_boost,
		};
		return;
	}
	r = vm->request->alloc;
	if (vm->has_flags) {
		r.has_alloc_flags = true;
		r.alloc_flags = vm->alloc_flags;
	}
	machine_watermark_preview(vm->m, &r, zone, check);
}

bool requirement_init(const struct view_model *vm, struct requirement *r)
{
	const struct event_watermark_check *c = vm->check;
	const struct zone *z = vm->zone;

	*r = (struct requirement){ .asks = vm->question };
	if (!z)
		return false;
	r->free = z->nr_free_pages > 0 ? z->nr_free_pages : 0;
	r->exact = z->nr_free_pages;
	for (uint32_t cpu = 0; cpu < vm->m->system->nr_cpus; cpu++)
		r->exact += zone_pcp(vm->m, z, cpu)->stat_diff;
	r->made = c && c->nid == z->node && c->zone == z->idx;
	if (r->made)
		r->check = *c;
	else
		preview(vm, z, &r->check);
	return true;
}

void requirement_move(const struct view_model *vm, struct requirement *r)
{
	int64_t before = vm->free_before > 0 ? vm->free_before : 0;

	r->free = motion_between(vm->view, before, r->free);
}

static int64_t required_of(const struct requirement *r)
{
	return (int64_t)r->check.watermark + r->check.lowmem_reserve;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Columns left of the bars, and the bars' width. */
enum { BAR_X = 10, NUMBER_WIDTH = 15 };

static int bar_width(struct area a)
{
	int width = a.width - BAR_X - NUMBER_WIDTH;

	return width > 0 ? width : 0;
}

/* Where @pages end on a scale of @width columns. */
static int column_of(const struct requirement *r, int width, int64_t pages)
{
	int64_t whole = larger(larger(r->free, required_of(r)), 1);
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
	put_format(a, x, y, LOOK_DIM, "%s×%lld", SIGN_LONGER,
		   (long long)(other / part));
}

/* ███▒▒░░: usable, of which no longer free, and unusable. */
static void free_bar(const struct requirement *r, struct area a)
{
	int64_t usable = larger(r->free - r->check.unusable, 0);
	int64_t exact = larger(r->exact - r->check.unusable, 0);
	int end = column_of(r, a.width, r->free);
	int split = column_of(r, a.width, usable);
	int stale = column_of(r, a.width, exact);

	if (!r->free)
		return;
	if (is_tiny(r->free, required_of(r), a.width)) {
		put_text(a, 0, 0, LOOK_FREE, usable ? "▌" : SIGN_UNUSABLE);
		put_factor(a, 1, 0, r->free, required_of(r));
		return;
	}
	if (stale < split)
		put_repeat(a, 0, 0, stale, LOOK_FREE, SIGN_USABLE);
	else if (split == end)
		put_bar(a, 0, 0, a.width, r->free,
			larger(r->free, required_of(r)), LOOK_FREE);
	else
		put_bar(a, 0, 0, split, usable, usable, LOOK_FREE);
	if (stale < split)
		put_repeat(a, stale, 0, split - stale, LOOK_REFUSED,
			   SIGN_RESERVE);
	if (split < end)
		put_repeat(a, split, 0, end - split, LOOK_DIM, SIGN_UNUSABLE);
}

/* L▓▓▓▓b▓▓▒▒▒▒: the watermark by its letter, the boost, the reserve. */
static void required_bar(const struct requirement *r, struct area a)
{
	static const char *const letters[] = { "M", "L", "H" };
	int base = column_of(r, a.width, r->check.watermark - r->check.boost);
	int mark = column_of(r, a.width, r->check.watermark);
	int end = column_of(r, a.width, required_of(r));

	if (required_of(r) <= 0)
		return;
	put_text(a, 0, 0, LOOK_TITLE, letters[r->check.wmark % NR_WMARK]);
	if (is_tiny(required_of(r), r->free, a.width)) {
		put_factor(a, 1, 0, required_of(r), r->free);
		return;
	}
	put_repeat(a, 1, 0, base - 1, LOOK_NORMAL, SIGN_WATERMARK);
	if (mark > base && base) {
		put_text(a, base, 0, LOOK_TITLE, "b");
		put_repeat(a, base + 1, 0, mark - base - 1, LOOK_NORMAL,
			   SIGN_WATERMARK);
	}
	if (mark < 1)
		mark = 1;
	put_repeat(a, mark, 0, end - mark, LOOK_NORMAL, SIGN_RESERVE);
}

static const char *required_label(const struct requirement *r)
{
	return r->asks ? enum_text(KIND_wmark, r->check.wmark) :
			 TEXT_requirement_required;
}

static void bars_before(const struct requirement *r, struct area a)
{
	int x, y = put_format(a, 1, 0, LOOK_NORMAL,
			      TEXT_requirement_free_before, (long long)r->free);

	x = put_format(a, 1, 1, LOOK_NORMAL, "%s %lld ", required_label(r),
		       (long long)required_of(r));
	if (y > x)
		x = y;
	free_bar(r, area_part(a, x, 0, a.width - x - 1, 1));
	required_bar(r, area_part(a, x, 1, a.width - x - 1, 1));
}

void requirement_bars(const struct requirement *r, struct area a, bool after)
{
	int width = bar_width(a);

	if (!after || width < 12) {
		bars_before(r, a);
		return;
	}
	put_text(a, 1, 0, LOOK_NORMAL, TEXT_requirement_free);
	put_text(a, 1, 1, LOOK_NORMAL, required_label(r));
	free_bar(r, area_part(a, BAR_X, 0, width, 1));
	required_bar(r, area_part(a, BAR_X, 1, width, 1));
	put_right(a, a.width - 1, 0, LOOK_NORMAL, TEXT_requirement_pages,
		  (long long)r->free, plural(r->free));
	put_right(a, a.width - 1, 1, LOOK_NORMAL, r->asks ? "%lld" : "> %lld",
		  (long long)required_of(r));
}

/* ├── short by 693 ──┤ from where one bar ends to the other, if it fits. */
static bool put_gap(const struct requirement *r, struct area a, int x,
		    int width)
{
	int64_t usable = larger(r->free - r->check.unusable, 0);
	int from = BAR_X + column_of(r, width, usable);
	int to = BAR_X + column_of(r, width, required_of(r));
	struct text text =
		text_of(TEXT_requirement_short_gap, r->check.short_by);
	int room = to - from - 2 - text_width(text.s);

	if (from < x || room < 2 || is_tiny(r->free, required_of(r), width))
		return false;
	from = put_text(a, from, 0, LOOK_REFUSED, "├");
	put_repeat(a, from, 0, room / 2, LOOK_REFUSED, "─");
	from = put_text(a, from + room / 2, 0, LOOK_REFUSED, text.s);
	put_repeat(a, from, 0, to - 1 - from, LOOK_REFUSED, "─");
	put_text(a, to - 1, 0, LOOK_REFUSED, "┤");
	return true;
}

void requirement_labels(const struct view_model *vm,
			const struct requirement *r, struct area a)
{
	int width = bar_width(a);
	int x = BAR_X,
	    reserve = BAR_X + column_of(r, width, r->check.watermark);

	if (width < 12)
		x = reserve = 1;
	x = put_format(a, x, 0, LOOK_DIM, "╰ %s %u",
		       enum_text(KIND_wmark, r->check.wmark), r->check.base);
	if (r->check.boost)
		x = put_format(a, x, 0, LOOK_DIM, TEXT_requirement_boost,
			       r->check.boost);
	if (r->check.watermark != (int64_t)r->check.base + r->check.boost)
		x = put_format(a, x, 0, LOOK_DIM, TEXT_requirement_lowered,
			       (long long)r->check.watermark);
	x += 2;
	if (r->check.lowmem_reserve && x < a.width) {
		struct text text =
			text_of(TEXT_requirement_reserve,
				zone_name(vm->m, r->check.highest_zoneidx),
				r->check.lowmem_reserve);

		if (x < reserve && reserve + text_width(text.s) < a.width)
			x = reserve;
		x = put_text(a, x, 0, LOOK_DIM, text.s) + 2;
	}
	if (!r->made || r->check.ok || r->free != r->check.free ||
	    x >= a.width || put_gap(r, a, x, width))
		return;
	put_fitting(a, x, 0, LOOK_REFUSED, TEXT_requirement_short,
		    r->check.short_by);
}

struct text required_text(const struct event_watermark_check *c)
{
	return c->lowmem_reserve ?
		       text_of("%d + %u", c->watermark, c->lowmem_reserve) :
		       text_of("%d", c->watermark);
}

struct text check_text(const struct event_watermark_check *c, bool brief)
{
	struct text required = required_text(c);

	return c->unusable && !brief ?
		       text_of("%d − %d > %s", c->free, c->unusable,
			       required.s) :
		       text_of("%d > %s", c->free - c->unusable, required.s);
}

struct text verdict_text(const struct event_watermark_check *c)
{
	return c->ok ? text_of(TEXT_zone_passed, c->margin, plural(c->margin)) :
		       text_of(TEXT_zone_refused, c->short_by,
			       plural(c->short_by));
}

const struct walk_row *account_below(const struct view_model *vm,
				     const struct requirement *r, int width)
{
	const struct event_watermark_check *c = &r->check;
	const struct walk_row *row = refusing_row(vm, vm->zone);
	int used;

	if (!row || !r->made || c->ok || c->unusable)
		return row;
	used = 1 + text_width(check_text(c, false).s) + 2 +
	       text_width(verdict_text(c).s) + 2;
	return used + account_width(row) < width ? NULL : row;
}
