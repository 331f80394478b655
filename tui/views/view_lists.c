/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_lists: the free lists of the zone in focus: how many blocks of each
 * order and type, and the first of them.
 *
 * A list knows no length; the zone counts the blocks of an order over all
 * types. So a list alone at its order has that length, and of several the
 * short ones are counted. Where two are long the number ends in "+".
 */
#include "model/text.h"
#include "views/view.h"
#include "views/view_lists.h"

enum { COUNT_LIMIT = 48 };

static uint32_t count_list(const struct machine *m, uint32_t head)
{
	uint32_t nr = 0;

	for (uint32_t i = m->links[head].next; i != head && nr < COUNT_LIMIT;
	     i = m->links[i].next)
		nr++;
	return nr;
}

void count_order(const struct view_model *vm, unsigned int order,
		 struct order_counts *counts)
{
	const struct zone *z = vm->zone;
	uint32_t known = 0, nr_filled = 0, nr_long = 0, type = 0;

	*counts = (struct order_counts){ .nr = { 0 } };
	for (uint32_t t = 0; t < MIGRATE_TYPES; t++)
		nr_filled += !list_is_empty(vm->m, free_list(z, order, t));
	for (uint32_t t = 0; t < MIGRATE_TYPES; t++) {
		uint32_t head = free_list(z, order, t);

		if (list_is_empty(vm->m, head))
			continue;
		counts->nr[t] = nr_filled == 1 ? COUNT_LIMIT :
						 count_list(vm->m, head);
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

/* Types that have a column: the three, and others that have a block. */
static uint32_t shown_types(const struct view_model *vm, uint32_t *types)
{
	uint32_t nr = 0;

	for (uint32_t t = 0; t < MIGRATE_TYPES; t++) {
		bool shown = t < MIGRATE_PCPTYPES;

		for (uint32_t o = 0; !shown && o < vm->m->max_order; o++)
			shown = !list_is_empty(vm->m,
					       free_list(vm->zone, o, t));
		if (shown)
			types[nr++] = t;
	}
	return nr;
}

/* The list that this step is about; false when it is about none. */
static bool focus_list(const struct view_model *vm, uint32_t *order,
		       uint32_t *type)
{
	enum event_id id = vm->event ? event_id(vm->event) : NR_EVENTS;
	bool list = id == EVENT_expand || id == EVENT_free_list_take ||
		    id == EVENT_free_list_add;

	*order = vm->request ? (uint32_t)request_get(vm->request, "order", 0) :
			       0;
	*type = vm->type;
	if (list || id == EVENT_buddy_merge)
		*order = (uint32_t)event_number(vm->event, "order");
	if (list)
		*type = (uint32_t)event_number(vm->event, "migratetype");
	return list;
}

static void lists_title(const struct view_model *vm, const struct view_state *v,
			struct view_title *t)
{
	snprintf(t->left, sizeof(t->left), TEXT_lists_title);
	if (vm->zone)
		snprintf(t->left, sizeof(t->left), TEXT_lists_title_zone,
			 vm->zone_name);
}

static int lists_height(const struct view_model *vm, const struct view_state *v,
			int width)
{
	return (int)vm->m->max_order + 1;
}

const char *count_text(const struct order_counts *counts, uint32_t type,
		       char *buf, size_t size)
{
	if (!counts->nr[type])
		snprintf(buf, size, SIGN_UNREACHED);
	else
		snprintf(buf, size, "%u%s", counts->nr[type],
			 counts->more[type] ? "+" : "");
	return buf;
}

/* 5120 6144 … as far as there is room, whole numbers only. */
static void put_blocks(const struct view_model *vm, struct area a, int x, int y,
		       uint32_t head)
{
	uint32_t pfns[24];
	uint32_t nr = list_read(vm->m, head, pfns, 24);

	for (uint32_t i = 0; i < nr; i++) {
		char text[16];

		snprintf(text, sizeof(text), "%u", pfns[i]);
		if (x + text_width(text) + 2 > a.width) {
			if (x < a.width)
				put_text(a, x, y, LOOK_DIM, "…");
			return;
		}
		x = put_text(a, x, y,
			     view_model_changed(vm, pfns[i]) ? LOOK_CHANGED :
							       LOOK_FREE,
			     text) +
		    1;
	}
	if (vm->m->links[head].next != head && nr == 24 && x < a.width)
		put_text(a, x, y, LOOK_DIM, "…");
}

enum { ORDER_WIDTH = 7, COLUMN_WIDTH = 8 };

/* The type whose blocks are listed in a row. */
static uint32_t spelled_type(const struct order_counts *counts, uint32_t type)
{
	if (type < MIGRATE_TYPES && counts->nr[type])
		return type;
	for (uint32_t t = 0; t < MIGRATE_TYPES; t++)
		if (counts->nr[t])
			return t;
	return MIGRATE_TYPES;
}

static void draw_order(const struct view_model *vm, struct area a, int y,
		       uint32_t order, const uint32_t *types, uint32_t nr)
{
	int x = ORDER_WIDTH + (int)nr * COLUMN_WIDTH;
	struct order_counts counts;
	uint32_t focus_order, focus_type, spelled;
	bool focus = focus_list(vm, &focus_order, &focus_type) &&
		     focus_order == order;
	char text[16];

	count_order(vm, order, &counts);
	put_number(a, 5, y, focus ? LOOK_TITLE : LOOK_NORMAL, order);
	for (uint32_t i = 0; i < nr; i++) {
		int end = ORDER_WIDTH + (int)(i + 1) * COLUMN_WIDTH - 2;
		bool here = focus && types[i] == focus_type;

		if (end + 1 >= a.width) {
			put_right(a, a.width, y, LOOK_DIM, "…");
			return;
		}
		put_right(a, end, y,
			  here		      ? LOOK_CURRENT :
			  counts.nr[types[i]] ? LOOK_FREE :
						LOOK_DIM,
			  count_text(&counts, types[i], text, sizeof(text)));
		if (here)
			put_text(a, end, y, LOOK_CURRENT, "◂");
	}
	spelled = spelled_type(&counts, focus ? focus_type : vm->type);
	if (spelled == MIGRATE_TYPES || a.width - x < 14)
		return;
	put_format(a, x, y, LOOK_DIM, "%c", migratetype_letter(spelled));
	put_blocks(vm, a, x + 2, y, free_list(vm->zone, order, spelled));
}

/* The orders that are worth a row when not all have one. */
static int worth_showing(const struct view_model *vm, int rows, uint32_t focus,
			 uint32_t *orders)
{
	int nr = 0;

	for (uint32_t o = 0; o < vm->m->max_order; o++)
		if (rows >= (int)vm->m->max_order || vm->zone->nr_free[o] ||
		    o == focus)
			orders[nr++] = o;
	return nr;
}

static void draw_header(struct area a, const uint32_t *types, uint32_t nr)
{
	put_text(a, 1, 0, LOOK_DIM, TEXT_lists_order);
	for (uint32_t i = 0; i < nr; i++) {
		char letter[2] = { migratetype_letter(types[i]), '\0' };
		int end = ORDER_WIDTH + (int)(i + 1) * COLUMN_WIDTH - 2;

		if (end < a.width)
			put_right(a, end, 0, LOOK_TITLE, letter);
	}
	if (ORDER_WIDTH + (int)nr * COLUMN_WIDTH + 14 <= a.width)
		put_text(a, ORDER_WIDTH + (int)nr * COLUMN_WIDTH, 0, LOOK_DIM,
			 TEXT_lists_from_head);
}

static void lists_draw(const struct view_model *vm, struct area a,
		       const struct view_state *v)
{
	uint32_t types[MIGRATE_TYPES], orders[MAX_ORDER_LIMIT];
	uint32_t nr_types, focus, type;
	int total, nr, first, y = a.height > 2, at = 0;

	if (!vm->zone || a.height < 1)
		return;
	nr_types = shown_types(vm, types);
	focus_list(vm, &focus, &type);
	total = worth_showing(vm, a.height - y, focus, orders);
	for (int i = 0; i < total; i++)
		if (orders[i] <= focus)
			at = i;
	nr = total < a.height - y ? total : a.height - y;
	first = window_first(total, nr, at, v->scroll);
	if (y)
		draw_header(a, types, nr_types);
	for (int i = 0; i < nr; i++)
		draw_order(vm, a, y + i, orders[first + i], types, nr_types);
	if (nr < total) /* in the margin, to save a row */
		put_text(a, 0, first ? 0 : a.height - 1, LOOK_DIM, SIGN_MORE);
}

const struct view view_lists = {
	.name = "lists",
	.panel = PANEL_LISTS,
	.help = TEXT_lists_help,
	.title = lists_title,
	.height = lists_height,
	.draw = lists_draw,
};
