/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_split: a split order by order downwards, a merge order by order
 * upwards, a row per order.
 *
 *      lower half: kept     upper half: free        movable list
 *  10  4096 ……………………… 5119 removed from head        5120 6144
 *   9  4096 … 4607          4608 … 5119              → 4608
 *  ▶8  4096 … 4351          4352 … 4607              → 4352      current
 */
#include "views/view.h"

/* Where the columns begin, by the width there is. */
struct columns {
	int left;
	int right;
	int list; /* 0: left out */
	int right_end;
};

enum { SPLIT_WIDTH = 72, MERGE_WIDTH = 62 };

static struct columns columns_for(int width)
{
	if (width >= 72)
		return (struct columns){ 7, 32, 55, 55 };
	if (width >= 56)
		return (struct columns){ 6, 23, 41, 41 };
	return (struct columns){ 6, 6 + (width - 6) / 2, 0, width + 1 };
}

/* A text in the columns [x, end), the last one blank. */
static void put_in_column(struct area a, int x, int end, int y, enum look look,
			  const char *text)
{
	put_text_in(a, x, y, end - x - 1, look, text);
}

/* The first blocks of a free list but for @except, which is on its way. */
static void put_list(const struct view_model *vm, struct area a, int x, int y,
		     uint32_t order, uint32_t except)
{
	uint32_t type = vm->split.type, pfns[4], nr, first;

	if (!vm->zone || type >= MIGRATE_TYPES)
		return;
	nr = list_read(vm->m, free_list(vm->zone, order, type), pfns, 4);
	first = nr && pfns[0] == except;
	if (!nr)
		put_text(a, x, y, LOOK_DIM, TEXT_split_empty);
	for (uint32_t i = first; i < nr && i < first + 3 && x + 7 < a.width;
	     i++)
		x = put_format(a, x, y, i > first ? LOOK_DIM : LOOK_FREE,
			       i == first + 2 ? SIGN_CUT : "%u", pfns[i]) +
		    1;
}

/* "unmovable list", or "U list" where there is little room. */
static struct text list_text(uint32_t type, int room)
{
	struct text name = text_of(TEXT_split_list, migratetype_name(type));

	return text_width(name.s) <= room ?
		       name :
		       text_of(TEXT_split_list_of, migratetype_letter(type));
}

/* A row of an order. */
typedef void draw_order(const struct view_model *vm, struct area a, int y,
			struct columns c, uint32_t order);

/* A row per order under the heads of the columns. */
static void draw_orders(const struct view_model *vm, struct area a,
			const char *left, const char *right, const char *list,
			draw_order *draw)
{
	const struct split *l = &vm->split;
	struct columns c = columns_for(a.width);
	int total = (int)(l->high - l->low) + 1;
	int y = a.height > 2 || a.height > total;
	struct window w = window_of(a, y, total, (int)(l->high - l->current));

	if (y) {
		put_in_column(a, c.left, c.right, 0, LOOK_DIM, left);
		put_in_column(a, c.right, c.right_end, 0, LOOK_DIM, right);
		if (c.list)
			put_text(a, c.list, 0, LOOK_DIM, list);
	}
	for (int i = 0; i < w.nr; i++) {
		uint32_t o = l->high - (uint32_t)(w.first + i);
		bool now = o == l->current;

		if (now)
			put_current(a, 1, y + i);
		put_number(a, 5, y + i, now ? LOOK_TITLE : LOOK_NORMAL, o);
		draw(vm, a, y + i, c, o);
	}
	window_mark(a, w);
}

/* -- split ---------------------------------------------------------------- */

void split_describe(const struct view_model *vm, int width,
		    struct view_title *t)
{
	const struct split *l = &vm->split;

	t->columns = SPLIT_WIDTH;
	t->rows = (int)(l->high - l->low) + 2;
	if (l->high == l->low)
		print_to(t->left, TEXT_split_no_split, l->low);
	else
		print_to(t->left, TEXT_split_expand, l->low, l->high);
	print_to(t->right, "%s", migratetype_name(l->type));
}

static void split_top(const struct view_model *vm, struct area a, int y,
		      struct columns c)
{
	const struct split *l = &vm->split;

	put_in_column(a, c.left, c.right, y, LOOK_NORMAL,
		      range_text(l->pfn, 1u << l->high).s);
	put_in_column(a, c.right, c.right_end, y, LOOK_DIM,
		      l->high == l->low ? TEXT_split_all_allocated :
					  TEXT_split_taken);
	if (c.list)
		put_list(vm, a, c.list, y, l->high, PFN_NONE);
}

/* Order @o was, is or will be split off. */
static void split_row(const struct view_model *vm, struct area a, int y,
		      struct columns c, uint32_t o)
{
	const struct split *l = &vm->split;
	bool done = l->current < l->high && o >= l->current;
	bool now = done && o == l->current, moving = now && in_motion(vm->view);
	uint32_t upper = l->pfn + (1u << o);
	struct text lower = range_text(l->pfn, 1u << o);
	int x = c.left + text_width(lower.s);

	if (o == l->high) {
		split_top(vm, a, y, c);
		return;
	}
	put_in_column(a, c.left, c.right, y, done ? LOOK_NORMAL : LOOK_DIM,
		      lower.s);
	if (o == l->low && !moving &&
	    x + 2 + text_width(TEXT_split_allocated) < c.right)
		put_text(a, x + 2, y, done ? LOOK_PASSED : LOOK_DIM,
			 TEXT_split_allocated);
	x = moving ? (int)motion_between(vm->view, x + 1, c.right) : c.right;
	put_in_column(a, x, c.right_end, y,
		      now  ? LOOK_CHANGED :
		      done ? LOOK_FREE :
			     LOOK_DIM,
		      range_text(upper, 1u << o).s);
	if (!c.list || !done)
		return;
	x = put_text(a, c.list, y, LOOK_DIM, text_of("%s ", SIGN_TO_LIST).s);
	if (now)
		a.width = put_right(a, a.width - 1, y, LOOK_CURRENT,
				    TEXT_split_current) -
			  1;
	put_list(vm, a, x, y, o, moving ? upper : PFN_NONE);
}

void split_draw(const struct view_model *vm, struct area a)
{
	const uint32_t type = vm->split.type;
	struct text list = { "" };

	if (type < MIGRATE_TYPES)
		list = list_text(type, a.width - columns_for(a.width).list);
	draw_orders(vm, a, TEXT_split_lower, TEXT_split_upper, list.s,
		    split_row);
}

/* -- merge ---------------------------------------------------------------- */

void merge_describe(const struct view_model *vm, int width,
		    struct view_title *t)
{
	const struct split *l = &vm->split;

	t->columns = MERGE_WIDTH;
	t->rows = (int)(l->high - l->low) + 2;
	print_to(t->left, TEXT_split_free_one, l->pfn, l->low);
	if (l->added)
		print_to(t->right, TEXT_split_end_of_order,
			 enum_text(KIND_list_end, l->added->end),
			 l->added->order,
			 migratetype_name(l->added->migratetype));
}

/* Why the block could not be merged with its buddy. */
static struct text buddy_text(const struct view_model *vm, uint32_t buddy,
			      uint32_t order)
{
	uint32_t page;

	if (order + 1 >= vm->m->max_order)
		return text_of(TEXT_split_largest);
	if (!vm->zone || !zone_spans_pfn(vm->zone, buddy) ||
	    buddy >= vm->m->system->max_pfn)
		return text_of(TEXT_split_outside, buddy);
	page = vm->m->pages[buddy];
	if (page_state(page) == PAGE_BUDDY)
		return text_of(TEXT_split_other_order, buddy, page_order(page));
	return text_of(page_state(page) == PAGE_PCP ? TEXT_split_on_pcp :
						      TEXT_split_in_use,
		       buddy);
}

/* A buddy joins the block, so that there is one of the next order. */
static void put_merged(const struct view_model *vm, struct area a, int y,
		       struct columns c, uint32_t o, uint32_t block)
{
	bool now = o + 1 == vm->split.current && !vm->split.added;
	int x = c.left + text_width(range_text(block, 1u << o).s) + 1;

	x = in_motion(vm->view) && now && x < c.right ?
		    (int)motion_between(vm->view, c.right, x) :
		    c.right;
	put_in_column(a, x, c.right_end, y, LOOK_FREE,
		      range_text(block ^ (1u << o), 1u << o).s);
	if (c.list)
		put_text(a, c.list, y, LOOK_DIM,
			 now ? TEXT_split_merged_now : TEXT_split_merged);
}

static void merge_row(const struct view_model *vm, struct area a, int y,
		      struct columns c, uint32_t o)
{
	const struct split *l = &vm->split;
	uint32_t block = l->pfn & ~((1u << o) - 1);
	struct text end;
	int x;

	put_in_column(a, c.left, c.right, y, LOOK_NORMAL,
		      range_text(block, 1u << o).s);
	if (o < l->high) {
		put_merged(vm, a, y, c, o, block);
		return;
	}
	if (!l->added) {
		put_text(a, c.right, y, LOOK_DIM, TEXT_split_buddy_unchecked);
		return;
	}
	x = put_text(a, c.right, y, LOOK_DIM,
		     buddy_text(vm, l->added->buddy, o).s);
	if (x < c.list)
		x = c.list;
	end = text_of(x + 20 > a.width ? "%s" : TEXT_split_end_of_list,
		      enum_text(KIND_list_end, l->added->end));
	if (x + 4 + text_width(end.s) > a.width)
		return;
	x = put_text(a, x + 1, y, LOOK_DIM, text_of("%s ", SIGN_TO_LIST).s);
	put_text(a, x, y, LOOK_CHANGED, end.s);
}

void merge_draw(const struct view_model *vm, struct area a)
{
	draw_orders(vm, a, TEXT_split_block, TEXT_split_buddy, "", merge_row);
}
