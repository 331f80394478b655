/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_lists: the free lists of the zone in focus: how many blocks of each
 * order and type, and the first of them.
 *
 * A list knows no length; the zone counts the blocks of an order over all
 * types. So a list alone at its order has that length, and of several the
 * short ones are counted. Where two are long the number ends in "+".
 */
#include "views/view.h"

enum { COUNT_LIMIT = 48, MAX_BLOCKS = 24 };
enum { ORDER_WIDTH = 7, BLOCKS_WIDTH = 13, EXTRA_WIDTH = 3 };
/* Of a column: of a name, and of a letter. */
enum { NAME_WIDTH = 12, COLUMN_WIDTH = 6 };

void count_order(const struct view_model *vm, unsigned int order,
		 struct order_counts *counts)
{
	const struct zone *z = vm->zone;
	uint32_t known = 0, nr_filled = 0, nr_long = 0, type = 0;
	uint32_t pfns[COUNT_LIMIT];

	*counts = (struct order_counts){ .nr = { 0 } };
	for (uint32_t t = 0; t < MIGRATE_TYPES; t++)
		nr_filled += !list_is_empty(vm->m, free_list(z, order, t));
	for (uint32_t t = 0; t < MIGRATE_TYPES; t++) {
		uint32_t head = free_list(z, order, t);

		if (list_is_empty(vm->m, head))
			continue;
		counts->nr[t] = nr_filled == 1 ? COUNT_LIMIT :
						 list_read(vm->m, head, pfns,
							   COUNT_LIMIT);
		counts->more[t] = counts->nr[t] == COUNT_LIMIT;
		if (!counts->more[t])
			known += counts->nr[t];
		nr_long += counts->more[t];
		type = counts->more[t] ? t : type;
	}
	if (nr_long != 1)
		return;
	counts->nr[type] = z->nr_free[order] - known;
	counts->more[type] = false;
}

struct text count_text(const struct order_counts *counts, uint32_t type)
{
	return counts->nr[type] ? text_of("%u%s", counts->nr[type],
					  counts->more[type] ? "+" : "") :
				  text_of(SIGN_UNREACHED);
}

/* The columns and rows of the table, and what this step is about in it. */
struct table {
	uint32_t types[MIGRATE_TYPES];
	uint32_t nr_types;
	int column_width;
	bool focus; /* else about no list */
	uint32_t order;
	uint32_t type;
};

/* Types that have a column: the three, and others that have a block. */
static void find_types(const struct view_model *vm, struct table *table)
{
	for (uint32_t t = 0; t < MIGRATE_TYPES; t++) {
		bool shown = t < MIGRATE_PCPTYPES;

		for (uint32_t o = 0; !shown && o < vm->m->max_order; o++)
			shown = !list_is_empty(vm->m,
					       free_list(vm->zone, o, t));
		if (shown)
			table->types[table->nr_types++] = t;
	}
}

/* Wide enough for names where there is still room for blocks. */
static int column_width(uint32_t nr_types, int width)
{
	int beside = width - ORDER_WIDTH - BLOCKS_WIDTH;

	return beside / (int)nr_types >= NAME_WIDTH ? NAME_WIDTH : COLUMN_WIDTH;
}

static struct table table_of(const struct view_model *vm, int width)
{
	struct table t = { .nr_types = 0 };

	t.focus = view_model_list(vm, &t.order, &t.type);
	find_types(vm, &t);
	t.column_width = column_width(t.nr_types, width);
	return t;
}

void lists_describe(const struct view_model *vm, int width,
		    struct view_title *t)
{
	t->rows = (int)vm->m->max_order + 1;
	print_to(t->left, TEXT_lists_title);
	print_to(t->right, TEXT_lists_blocks);
	if (vm->zone)
		print_to(t->left, TEXT_lists_title_zone, vm->zone_name);
	if (vm->zone)
		t->columns = ORDER_WIDTH + BLOCKS_WIDTH + EXTRA_WIDTH +
			     (int)table_of(vm, width).nr_types * COLUMN_WIDTH;
}

/* The type whose blocks are listed in a row. */
static uint32_t spelled_type(const struct order_counts *counts, uint32_t type)
{
	if (type < MIGRATE_TYPES && counts->nr[type])
		return type;
	for (type = 0; type < MIGRATE_TYPES && !counts->nr[type];)
		type++;
	return type;
}

/* B 5120 6144 … */
static void put_blocks(const struct view_model *vm, struct area a, int x, int y,
		       uint32_t order, uint32_t type)
{
	uint32_t pfns[MAX_BLOCKS];
	uint32_t nr = list_read(vm->m, free_list(vm->zone, order, type), pfns,
				MAX_BLOCKS);

	put_format(a, x, y, LOOK_DIM, "%c", migratetype_letter(type));
	x = put_pfns(vm, a, x + 2, y, pfns, nr);
	if (nr == MAX_BLOCKS && x < a.width)
		put_text(a, x, y, LOOK_DIM, SIGN_CUT);
}

/* Where the numbers of column @i end. */
static int column_end(const struct table *t, uint32_t i)
{
	return ORDER_WIDTH + (int)(i + 1) * t->column_width - 2;
}

static void draw_order(const struct view_model *vm, struct area a, int y,
		       const struct table *t, uint32_t order)
{
	struct order_counts counts;
	uint32_t spelled;
	bool focus = t->focus && t->order == order;

	count_order(vm, order, &counts);
	put_number(a, 5, y, focus ? LOOK_TITLE : LOOK_NORMAL, order);
	for (uint32_t i = 0; i < t->nr_types; i++) {
		uint32_t type = t->types[i];
		bool here = focus && type == t->type;
		int end = column_end(t, i);

		if (end + 1 >= a.width) {
			put_right(a, a.width, y, LOOK_DIM, SIGN_CUT);
			return;
		}
		put_right(area_link(a, LINK_LIST, order * MIGRATE_TYPES + type),
			  end, y,
			  here		  ? LOOK_CURRENT :
			  counts.nr[type] ? LOOK_FREE :
					    LOOK_DIM,
			  "%s", count_text(&counts, type).s);
		if (here)
			put_text(a, end, y, LOOK_CURRENT, SIGN_WRITTEN);
	}
	spelled = spelled_type(&counts, focus ? t->type : vm->type);
	if (spelled < MIGRATE_TYPES &&
	    a.width - column_end(t, t->nr_types - 1) - 2 >= BLOCKS_WIDTH)
		put_blocks(vm, a, column_end(t, t->nr_types - 1) + 2, y, order,
			   spelled);
}

/* When not all orders have a row: those with a block, and a few others. */
static int worth_showing(const struct view_model *vm, int rows, uint32_t focus,
			 uint32_t *orders)
{
	bool shown[MAX_ORDER_LIMIT];
	int nr = 0, nr_shown = 0;

	for (uint32_t o = 0; o < vm->m->max_order; o++) {
		shown[o] = vm->zone->nr_free[o] || o == focus;
		nr_shown += shown[o];
	}
	for (uint32_t o = 0; o < vm->m->max_order; o++) {
		if (shown[o] || nr_shown++ < rows)
			orders[nr++] = o;
	}
	return nr;
}

static void draw_header(struct area a, const struct table *t)
{
	int end = column_end(t, t->nr_types - 1) + 2;

	put_text(a, 1, 0, LOOK_DIM, TEXT_lists_order);
	for (uint32_t i = 0; i < t->nr_types; i++) {
		struct text letter =
			text_of("%c", migratetype_letter(t->types[i]));

		if (column_end(t, i) < a.width)
			put_right(a, column_end(t, i), 0, LOOK_TITLE, "%s",
				  t->column_width >= NAME_WIDTH ?
					  migratetype_name(t->types[i]) :
					  letter.s);
	}
	if (end + BLOCKS_WIDTH <= a.width)
		put_text(a, end, 0, LOOK_DIM, TEXT_lists_from_head);
}

void lists_draw(const struct view_model *vm, struct area a)
{
	uint32_t orders[MAX_ORDER_LIMIT];
	int total, nr, first, y = a.height > 2, at = 0;
	struct table table;

	if (!vm->zone || a.height < 1)
		return;
	table = table_of(vm, a.width);
	total = worth_showing(vm, a.height - y, table.order, orders);
	for (int i = 0; i < total; i++)
		if (orders[i] <= table.order)
			at = i;
	nr = total < a.height - y ? total : a.height - y;
	first = window_first(total, nr, at, a.scroll);
	if (y)
		draw_header(a, &table);
	for (int i = 0; i < nr; i++)
		draw_order(vm, a, y + i, &table, orders[first + i]);
	margin_mark(a, y, (struct window){ first, nr, total });
}
