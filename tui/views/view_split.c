/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_split: a split order by order downwards, a merge order by order
 * upwards, a row per order.
 *
 *      lower half: kept     upper half: free        new list head
 *  10  4096 ……………………… 5119                          5120 6144
 *   9  4096 … 4607          4608 … 5119              → 4608
 *  ▶8  4096 … 4351          4352 … 4607              → 4352      current
 */
#include <string.h>

#include "model/text.h"
#include "views/view.h"

/* Columns, by the width there is. */
struct columns {
	int left;
	int right;
	int list; /* 0: left out */
};

static struct columns columns_for(int width)
{
	if (width >= 72)
		return (struct columns){ 7, 32, 55 };
	if (width >= 56)
		return (struct columns){ 6, 24, 42 };
	return (struct columns){ 6, 6 + (width - 6) / 2, 0 };
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
	if (now)
		put_current(a, 1, y);
	put_number(a, 5, y, now ? LOOK_TITLE : LOOK_NORMAL, order);
}

/*
 * The first blocks of a free list, as far as there is room, but for
 * @except, which is still on its way.
 */
static void put_list(const struct view_model *vm, struct area a, int x, int y,
		     uint32_t order, uint32_t type, uint32_t except)
{
	uint32_t pfns[4], nr;

	if (!vm->zone || type >= MIGRATE_TYPES)
		return;
	nr = list_read(vm->m, free_list(vm->zone, order, type), pfns, 4);
	if (nr && pfns[0] == except)
		memmove(pfns, pfns + 1, --nr * sizeof(*pfns));
	nr = nr > 3 ? 3 : nr;
	if (!nr)
		put_text(a, x, y, LOOK_DIM, TEXT_split_empty);
	for (uint32_t i = 0; i < nr && x + 7 < a.width; i++)
		x = put_format(a, x, y, i ? LOOK_DIM : LOOK_FREE,
			       i == 2 ? "…" : "%u", pfns[i]) +
		    1;
}

static int split_height(const struct view_model *vm, const struct view_state *v,
			int width)
{
	return (int)(vm->split.high - vm->split.low) + 2;
}

typedef void draw_order(const struct view_model *vm, struct area a, int y,
			struct columns c, uint32_t order,
			const struct view_state *v);

/* A row per order under the heads of the three columns. */
static void draw_orders(const struct view_model *vm, struct area a,
			const struct view_state *v, const char *const heads[3],
			draw_order *draw)
{
	const struct split *l = &vm->split;
	struct columns c = columns_for(a.width);
	int total = (int)(l->high - l->low) + 1, y = a.height > 2;
	int nr = window_rows(a, total, y);
	int first =
		window_first(total, nr, (int)(l->high - l->current), v->scroll);

	if (y) {
		put_text_in(a, c.left, 0, c.right - c.left - 1, LOOK_DIM,
			    heads[0]);
		put_text_in(a, c.right, 0,
			    (c.list ? c.list - 1 : a.width) - c.right, LOOK_DIM,
			    heads[1]);
		if (c.list)
			put_text(a, c.list, 0, LOOK_DIM, heads[2]);
	}
	for (int i = 0; i < nr; i++) {
		uint32_t o = l->high - (uint32_t)(first + i);

		put_order(a, y + i, o, o == l->current);
		draw(vm, a, y + i, c, o, v);
	}
	window_mark(a, first, nr, total);
}

/* -- split ---------------------------------------------------------------- */

static void split_title(const struct view_model *vm, const struct view_state *v,
			struct view_title *t)
{
	const struct split *l = &vm->split;

	if (l->high == l->low)
		snprintf(t->left, sizeof(t->left), TEXT_split_no_split, l->low);
	else
		snprintf(t->left, sizeof(t->left), TEXT_split_expand, l->low,
			 l->high);
	snprintf(t->right, sizeof(t->right), "%s", migratetype_name(l->type));
}

static void split_top(const struct view_model *vm, struct area a, int y,
		      struct columns c)
{
	const struct split *l = &vm->split;

	put_range(a, c.left, c.right, y, LOOK_NORMAL, l->pfn, 1u << l->high);
	put_text_in(a, c.right, y, (c.list ? c.list - 1 : a.width) - c.right,
		    LOOK_DIM,
		    l->high == l->low ? TEXT_split_all_allocated :
					TEXT_split_taken);
	if (c.list)
		put_list(vm, a, c.list, y, l->high, l->type, PFN_NONE);
}

/* Order @o was, is or will be split off. */
static void split_row(const struct view_model *vm, struct area a, int y,
		      struct columns c, uint32_t o, const struct view_state *v)
{
	const struct split *l = &vm->split;
	bool done = l->current < l->high && o >= l->current;
	bool now = done && o == l->current, moving = now && in_motion(v);
	uint32_t upper = l->pfn + (1u << o);
	char text[40];
	int x;

	if (o == l->high) {
		split_top(vm, a, y, c);
		return;
	}
	range_text(l->pfn, 1u << o, text, sizeof(text));
	put_text_in(a, c.left, y, c.right - c.left - 1,
		    done ? LOOK_NORMAL : LOOK_DIM, text);
	x = c.left + text_width(text);
	if (o == l->low && !moving &&
	    x + 2 + text_width(TEXT_split_allocated) < c.right)
		put_text(a, x + 2, y, done ? LOOK_PASSED : LOOK_DIM,
			 TEXT_split_allocated);
	x = moving ? (int)motion_between(v, x + 1, c.right) : c.right;
	put_range(a, x, c.list ? c.list : a.width + 1, y,
		  now  ? LOOK_CHANGED :
		  done ? LOOK_FREE :
			 LOOK_DIM,
		  upper, 1u << o);
	if (!c.list || !done)
		return;
	x = put_text(a, c.list, y, LOOK_DIM, "→ ");
	put_list(vm, area_part(a, 0, 0, now ? a.width - 6 : a.width, a.height),
		 x, y, o, l->type, moving ? upper : PFN_NONE);
	if (now)
		put_right(a, a.width - 1, y, LOOK_CURRENT, TEXT_split_current);
}

static void split_draw(const struct view_model *vm, struct area a,
		       const struct view_state *v)
{
	static const char *const heads[] = { TEXT_split_lower, TEXT_split_upper,
					     TEXT_split_new_head };

	draw_orders(vm, a, v, heads, split_row);
}

const struct view view_split = {
	.name = "split",
	.help = TEXT_split_help,
	.title = split_title,
	.height = split_height,
	.draw = split_draw,
};

/* -- merge ---------------------------------------------------------------- */

static void merge_title(const struct view_model *vm, const struct view_state *v,
			struct view_title *t)
{
	const struct split *l = &vm->split;

	snprintf(t->left, sizeof(t->left), TEXT_split_free_one, l->pfn, l->low);
	if (l->added)
		snprintf(t->right, sizeof(t->right), TEXT_split_end_of_order,
			 enum_text(KIND_list_end, l->added->end),
			 l->added->order,
			 migratetype_name(l->added->migratetype));
}

/* Why the block could not be merged with its buddy. */
static const char *buddy_text(const struct view_model *vm, uint32_t buddy,
			      uint32_t order, char *buf, size_t size)
{
	uint32_t page;

	if (order + 1 >= vm->m->max_order)
		return TEXT_split_largest;
	if (!vm->zone || !zone_spans_pfn(vm->zone, buddy) ||
	    buddy >= vm->m->system->max_pfn) {
		snprintf(buf, size, TEXT_split_outside, buddy);
		return buf;
	}
	page = vm->m->pages[buddy];
	if (page_state(page) == PAGE_BUDDY)
		snprintf(buf, size, TEXT_split_other_order, buddy,
			 page_order(page));
	else if (page_state(page) == PAGE_PCP)
		snprintf(buf, size, TEXT_split_on_pcp, buddy);
	else
		snprintf(buf, size, TEXT_split_in_use, buddy);
	return buf;
}

static void merge_row(const struct view_model *vm, struct area a, int y,
		      struct columns c, uint32_t o, const struct view_state *v)
{
	const struct split *l = &vm->split;
	uint32_t block = l->pfn & ~((1u << o) - 1);
	uint32_t buddy = block ^ (1u << o);
	int end = c.list ? c.list : a.width + 1;
	char text[64];
	int x;

	put_range(a, c.left, c.right, y, LOOK_NORMAL, block, 1u << o);
	if (o < l->high) {
		bool moving = in_motion(v) && o + 1 == l->current && !l->added;

		range_text(block, 1u << o, text, sizeof(text));
		x = c.left + text_width(text) + 1;
		x = moving && x < c.right ? (int)motion_between(v, c.right, x) :
					    c.right;
		put_range(a, x, end, y, LOOK_FREE, buddy, 1u << o);
		if (c.list)
			put_text(a, c.list, y, LOOK_DIM,
				 o + 1 == l->current && !l->added ?
					 TEXT_split_merged_now :
					 TEXT_split_merged);
		return;
	}
	if (!l->added) {
		put_text(a, c.right, y, LOOK_DIM, TEXT_split_buddy_unchecked);
		return;
	}
	x = put_text(a, c.right, y, LOOK_DIM,
		     buddy_text(vm, l->added->buddy, o, text, sizeof(text)));
	if (x < c.list)
		x = c.list;
	if (x + 20 > a.width)
		return;
	x = put_text(a, x + 1, y, LOOK_DIM, "→ ");
	put_format(a, x, y, LOOK_CHANGED, TEXT_split_end_of_list,
		   enum_text(KIND_list_end, l->added->end));
}

static void merge_draw(const struct view_model *vm, struct area a,
		       const struct view_state *v)
{
	static const char *const heads[] = { TEXT_split_block, TEXT_split_buddy,
					     "" };

	draw_orders(vm, a, v, heads, merge_row);
}

const struct view view_merge = {
	.name = "merge",
	.help = TEXT_merge_help,
	.title = merge_title,
	.height = split_height,
	.draw = merge_draw,
};
