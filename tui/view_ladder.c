/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_ladder: a split order by order downwards, a merge order by order
 * upwards, at most a row an order.
 *
 *      kept, lower half     put back, upper half    list then begins
 *  10  4096 ……………………… 5119                          5120 6144
 *   9  4096 … 4607          4608 … 5119              → 4608
 *  ▶8  4096 … 4351          4352 … 4607              → 4352      NOW
 */
#include "view.h"

/* Columns, by the width there is. */
struct ladder_columns {
	int left;
	int right;
	int list; /* 0: left out */
};

static struct ladder_columns columns_for(int width)
{
	if (width >= 72)
		return (struct ladder_columns){ 7, 32, 55 };
	if (width >= 56)
		return (struct ladder_columns){ 6, 24, 42 };
	return (struct ladder_columns){ 6, 6 + (width - 6) / 2, 0 };
}

static void put_range(struct area a, int x, int end, int y, enum look look,
		      uint32_t pfn, uint32_t nr)
{
	char text[40];

	put_text_in(a, x, y, end - x - 1, look,
		    range_text(pfn, nr, text, sizeof(text)));
}

static void put_order(struct area a, int y, uint32_t order, bool now)
{
	char text[16];

	if (now) {
		put_text(a, 1, y, LOOK_NOW, SIGN_NOW);
		set_cursor(a, 1, y);
	}
	snprintf(text, sizeof(text), "%u", order);
	put_right(a, 5, y, now ? LOOK_TITLE : LOOK_NORMAL, text);
}

/* The first blocks of a free list, as far as there is room. */
static void put_list(const struct frame *f, struct area a, int x, int y,
		     uint32_t order, uint32_t type)
{
	uint32_t pfns[3];
	uint32_t nr;

	if (!f->zone || type >= MIGRATE_TYPES)
		return;
	nr = frame_list(f->m, free_list(f->zone, order, type), pfns, 3);
	if (!nr)
		put_text(a, x, y, LOOK_DIM, "empty");
	for (uint32_t i = 0; i < nr && x + 7 < a.width; i++)
		x = put_format(a, x, y, i ? LOOK_DIM : LOOK_FREE,
			       i == 2 ? "…" : "%u", pfns[i]) +
		    1;
}

/* -- split ---------------------------------------------------------------- */

static void split_title(const struct frame *f, struct view_title *t)
{
	const struct ladder *l = &f->ladder;

	if (l->high == l->low)
		snprintf(t->left, sizeof(t->left),
			 "no split: order %u was there", l->low);
	else
		snprintf(t->left, sizeof(t->left), "expand(low %u, high %u)",
			 l->low, l->high);
	snprintf(t->right, sizeof(t->right), "%s", migratetype_name(l->type));
}

static int split_height(const struct frame *f, int width)
{
	(void)width;
	return (int)(f->ladder.high - f->ladder.low) + 2;
}

static void split_top(const struct frame *f, struct area a, int y,
		      struct ladder_columns c)
{
	const struct ladder *l = &f->ladder;

	put_range(a, c.left, c.right, y, LOOK_NORMAL, l->pfn, 1u << l->high);
	put_text_in(a, c.right, y, (c.list ? c.list - 1 : a.width) - c.right,
		    LOOK_DIM,
		    l->high == l->low ? "all of it is yours" :
					"taken from the head");
	if (c.list)
		put_list(f, a, c.list, y, l->high, l->type);
}

/* Order @o was, is or will be put back; smaller ones lie in the future. */
static void split_row(const struct frame *f, struct area a, int y,
		      struct ladder_columns c, uint32_t o)
{
	const struct ladder *l = &f->ladder;
	bool done = l->now < l->high && o >= l->now;
	bool now = done && o == l->now;
	uint32_t upper = l->pfn + (1u << o);
	char text[40];
	int x;

	range_text(l->pfn, 1u << o, text, sizeof(text));
	put_text_in(a, c.left, y, c.right - c.left - 1,
		    done ? LOOK_NORMAL : LOOK_DIM, text);
	x = c.left + text_width(text);
	if (o == l->low && x + 7 < c.right)
		put_text(a, x + 2, y, done ? LOOK_PASSED : LOOK_DIM, "yours");
	put_range(a, c.right, c.list ? c.list : a.width + 1, y,
		  now ? LOOK_CHANGED : done ? LOOK_FREE : LOOK_DIM, upper,
		  1u << o);
	if (!c.list || !done)
		return;
	x = put_text(a, c.list, y, LOOK_DIM, "→ ");
	put_list(f, area_part(a, 0, 0, now ? a.width - 6 : a.width, a.height),
		 x, y, o, l->type);
	if (now)
		put_right(a, a.width - 1, y, LOOK_NOW, "NOW");
}

static void split_draw(const struct frame *f, struct area a, int scroll)
{
	const struct ladder *l = &f->ladder;
	struct ladder_columns c = columns_for(a.width);
	int total = (int)(l->high - l->low) + 1, y = a.height > 2;
	int nr = window_rows(a, total, y);
	int first = window_first(total, nr, (int)(l->high - l->now), scroll);

	if (y) {
		put_text_in(a, c.left, 0, c.right - c.left - 1, LOOK_DIM,
			    "kept, lower half");
		put_text_in(a, c.right, 0,
			    (c.list ? c.list - 1 : a.width) - c.right,
			    LOOK_DIM, "put back, upper half");
		if (c.list)
			put_text(a, c.list, 0, LOOK_DIM, "list then begins");
	}
	for (int i = 0; i < nr; i++) {
		uint32_t o = l->high - (uint32_t)(first + i);

		put_order(a, y + i, o, o == l->now);
		if (o == l->high)
			split_top(f, a, y + i, c);
		else
			split_row(f, a, y + i, c, o);
	}
	window_mark(a, first, nr, total);
}

const struct view view_split = {
	.name = "split",
	.help = "A block is halved until it has the order asked for. The "
		"lower half is kept, the upper goes to the head of its list.",
	.title = split_title,
	.height = split_height,
	.draw = split_draw,
};

/* -- merge ---------------------------------------------------------------- */

static void merge_title(const struct frame *f, struct view_title *t)
{
	const struct ladder *l = &f->ladder;

	snprintf(t->left, sizeof(t->left), "__free_one_page(%u, order %u)",
		 l->pfn, l->low);
	if (l->added)
		snprintf(t->right, sizeof(t->right), "%s of order %u, %s",
			 word_text(KIND_end, l->added->end), l->added->order,
			 migratetype_name(l->added->migratetype));
}

static int merge_height(const struct frame *f, int width)
{
	(void)width;
	return (int)(f->ladder.high - f->ladder.low) + 2;
}

/* Why the buddy of the block that joined its list could not join it. */
static const char *buddy_text(const struct frame *f, uint32_t buddy,
			      uint32_t order, char *buf, size_t size)
{
	uint32_t page;

	if (order + 1 >= f->m->max_order) {
		snprintf(buf, size, "the largest order: nothing to join");
		return buf;
	}
	if (!f->zone || !zone_spans_pfn(f->zone, buddy) ||
	    buddy >= f->m->system->max_pfn) {
		snprintf(buf, size, "%u lies outside the zone", buddy);
		return buf;
	}
	page = f->m->pages[buddy];
	switch (page_state(page)) {
	case PAGE_BUDDY:
		snprintf(buf, size, "%u is free, but of order %u", buddy,
			 page_order(page));
		break;
	case PAGE_PCP:
		snprintf(buf, size, "%u is on a per-cpu list", buddy);
		break;
	default:
		snprintf(buf, size, "%u is in use", buddy);
	}
	return buf;
}

static void merge_row(const struct frame *f, struct area a, int y,
		      struct ladder_columns c, uint32_t o)
{
	const struct ladder *l = &f->ladder;
	uint32_t block = l->pfn & ~((1u << o) - 1);
	uint32_t buddy = block ^ (1u << o);
	int end = c.list ? c.list : a.width + 1;
	char text[64];
	int x;

	put_range(a, c.left, c.right, y, LOOK_NORMAL, block, 1u << o);
	if (o < l->high) {
		put_range(a, c.right, end, y, LOOK_FREE, buddy, 1u << o);
		if (c.list)
			put_text(a, c.list, y, LOOK_DIM,
				 o + 1 == l->now && !l->added ?
					 "free too: joined now" :
					 "free too: joined");
		return;
	}
	if (!l->added) {
		put_text(a, c.right, y, LOOK_DIM, "and its buddy?");
		return;
	}
	x = put_text(a, c.right, y, LOOK_DIM,
		     buddy_text(f, l->added->buddy, o, text, sizeof(text)));
	if (x < c.list)
		x = c.list;
	if (x + 20 > a.width)
		return;
	x = put_text(a, x + 1, y, LOOK_DIM, "→ ");
	put_format(a, x, y, LOOK_CHANGED, "%s of list %u",
		   word_text(KIND_end, l->added->end), o);
}

static void merge_draw(const struct frame *f, struct area a, int scroll)
{
	const struct ladder *l = &f->ladder;
	struct ladder_columns c = columns_for(a.width);
	int total = (int)(l->high - l->low) + 1, y = a.height > 2;
	int nr = window_rows(a, total, y);
	int first = window_first(total, nr, (int)(l->high - l->now), scroll);

	if (y) {
		put_text_in(a, c.left, 0, c.right - c.left - 1, LOOK_DIM,
			    "the block");
		put_text(a, c.right, 0, LOOK_DIM, "its buddy");
	}
	for (int i = 0; i < nr; i++) {
		uint32_t o = l->high - (uint32_t)(first + i);

		put_order(a, y + i, o, o == l->now);
		merge_row(f, a, y + i, c, o);
	}
	window_mark(a, first, nr, total);
}

const struct view view_merge = {
	.name = "merge",
	.help = "A freed block joins its buddy for as long as that is free "
		"too: read it from below.",
	.title = merge_title,
	.height = merge_height,
	.draw = merge_draw,
};
