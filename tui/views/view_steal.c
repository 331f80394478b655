/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_steal: the fallback search: which lists are tried in which order, and
 * what was found.
 */
#include "views/view.h"

/* The result of the search for each order. */
enum order_state { ORDER_NOT_TRIED, ORDER_EMPTY, ORDER_FOUND };

struct fallback_search_state {
	uint8_t state[MAX_ORDER_LIMIT]; /* enum order_state */
	uint32_t now; /* order looked at last; MAX_ORDER_LIMIT: none */
	uint32_t found_type;
	enum fallback_search direction;
	const struct event_mm_page_alloc_extfrag *stolen;
};

static struct fallback_search_state search_of(const struct view_model *vm)
{
	const struct history *h = session_history(vm->session);
	struct fallback_search_state s = { .now = MAX_ORDER_LIMIT,
					   .found_type = MIGRATE_TYPES };

	for (uint32_t step = vm->fallback_step; step && step <= vm->step;
	     step++) {
		const struct event *event = history_event(h, step);
		const struct event_fallback_look *look =
			event_get(event, fallback_look);

		if (event_get(event, mm_page_alloc_extfrag))
			s.stolen = event_get(event, mm_page_alloc_extfrag);
		if (!look || look->order >= MAX_ORDER_LIMIT)
			continue;
		s.now = look->order;
		s.direction = (enum fallback_search)look->search;
		s.state[look->order] = look->found ? ORDER_FOUND : ORDER_EMPTY;
		if (look->found)
			s.found_type = look->fallback;
	}
	return s;
}

enum { STEAL_WIDTH = 76 };

void steal_describe(const struct view_model *vm, int width,
		    struct view_title *t)
{
	const struct event_fallback_begin *b = vm->fallback;

	t->rows = (int)vm->m->max_order + 1;
	t->columns = STEAL_WIDTH;
	print_to(t->left, TEXT_steal_title,
		 vm->event ? event_type(vm->event)->function : "");
	if (b)
		print_to(t->right, TEXT_steal_for_what,
			 migratetype_name(b->migratetype), b->order,
			 b->nofragment ? TEXT_steal_whole : TEXT_steal_any);
}

/* Columns [x, end) of a row. */
struct span {
	int x;
	int end;
};

/* The three types' columns, then the notes'. */
enum { TYPE_X = 8, TYPE_WIDTH = 13, NOTE_X = 48 };

static int type_x(uint32_t type)
{
	return TYPE_X + (int)type * TYPE_WIDTH;
}

static void put_type(const struct view_model *vm, struct area a, int y,
		     uint32_t order, uint32_t type,
		     const struct order_counts *counts, bool found)
{
	int x = type_x(type);
	uint32_t head = free_list(vm->zone, order, type);

	if (x + 6 > a.width)
		return;
	if (found)
		put_text(a, x - 2, y, LOOK_CURRENT, SIGN_CURRENT);
	x = put_text(a, x, y,
		     found	      ? LOOK_CURRENT :
		     counts->nr[type] ? LOOK_FREE :
					LOOK_DIM,
		     count_text(counts, type).s);
	/* the next steps move blocks: the list has another head then */
	if (found && event_get(vm->event, fallback_look))
		put_fitting(area_part(a, 0, 0, type_x(type) + TYPE_WIDTH - 1,
				      a.height),
			    x + 1, y, LOOK_FREE, "[%u]",
			    vm->m->links[head].next);
}

/* The stolen block goes from its old type's column to the new one. */
static bool put_stolen(const struct view_model *vm, struct area a, int y,
		       uint32_t order, struct span *span)
{
	const struct event_mm_page_alloc_extfrag *e =
		vm->event ? event_get(vm->event, mm_page_alloc_extfrag) : NULL;

	if (!e || !in_motion(vm->view) || e->fallback_order != order ||
	    e->fallback_migratetype >= MIGRATE_PCPTYPES ||
	    e->alloc_migratetype >= MIGRATE_PCPTYPES)
		return false;
	span->x = (int)motion_between(vm->view, type_x(e->fallback_migratetype),
				      type_x(e->alloc_migratetype));
	span->end = put_format(a, span->x, y, LOOK_CURRENT, "[%u]", e->pfn);
	return true;
}

static void put_order(const struct view_model *vm, struct area a, int y,
		      uint32_t order, const struct fallback_search_state *s)
{
	enum order_state state = (enum order_state)s->state[order];
	struct order_counts counts;
	struct span span = { .x = 0 };
	bool now = order == s->now, moving;

	put_number(a, 3, y, now ? LOOK_TITLE : LOOK_NORMAL, order);
	if (state == ORDER_FOUND)
		put_text(a, 5, y, LOOK_PASSED, SIGN_PASSED);
	else if (now)
		put_text(a, 5, y, LOOK_CURRENT, SIGN_CURRENT);
	else
		put_text(a, 5, y, LOOK_DIM,
			 state == ORDER_EMPTY ? SIGN_NOT_MADE : SIGN_UNREACHED);
	if (now)
		set_cursor(a, 5, y);
	if (!vm->zone)
		return;
	count_order(vm, order, &counts);
	moving = put_stolen(vm, a, y, order, &span);
	for (uint32_t type = 0; type < MIGRATE_PCPTYPES; type++) {
		/* leave out the columns that it crosses */
		if (moving && span.x < type_x(type) + TYPE_WIDTH - 2 &&
		    span.end > type_x(type) - 2)
			continue;
		put_type(vm, a, y, order, type, &counts,
			 now && state == ORDER_FOUND && type == s->found_type &&
				 !s->stolen);
	}
}

/* The search in words, on the right. */
static void draw_notes(const struct view_model *vm, struct area a,
		       const struct fallback_search_state *s)
{
	const struct event_fallback_begin *b = vm->fallback;
	const struct event_fallback_look *look =
		vm->event ? event_get(vm->event, fallback_look) : NULL;
	int y = 1;

	if (!b || a.width < 16 || a.height < 4)
		return;
	put_format(a, 0, y++, LOOK_NORMAL, TEXT_steal_no_block,
		   migratetype_name(b->migratetype));
	if (s->now == MAX_ORDER_LIMIT)
		put_format(a, 0, y++, LOOK_DIM, TEXT_steal_range, b->max_order,
			   b->min_order);
	else
		put_text(a, 0, y++, LOOK_DIM,
			 enum_text(KIND_fallback_search, s->direction));
	if (y < a.height)
		put_text(a, 0, y++, LOOK_NORMAL, TEXT_steal_prefers);
	if (s->found_type < MIGRATE_TYPES && y < a.height)
		put_format(a, 0, y++, LOOK_FREE, TEXT_steal_found, s->now,
			   migratetype_name(s->found_type));
	if (look && look->found && y < a.height)
		put_format(a, 0, y++, LOOK_FREE, TEXT_steal_head,
			   vm->m->links[free_list(vm->zone, look->order,
						  look->fallback)]
				   .next);
	if (s->stolen && y < a.height)
		put_format(a, 0, y++, LOOK_CHANGED, TEXT_steal_stolen,
			   s->stolen->pfn);
	if (s->stolen && y < a.height)
		put_text(a, 0, y, LOOK_NORMAL,
			 s->stolen->change_ownership ? TEXT_steal_changes :
						       TEXT_steal_stays);
}

/* The order in which types are tried: "1 reclaimable". */
static void put_type_head(const struct view_model *vm, struct area a,
			  uint32_t type)
{
	uint32_t own = vm->fallback ? vm->fallback->migratetype :
				      (uint32_t)MIGRATE_TYPES;
	struct text text = text_of("%s", migratetype_name(type));
	int x = type_x(type);

	for (int i = 0; own < MIGRATE_PCPTYPES && i < NR_FALLBACKS; i++)
		if (fallbacks[own][i] == type)
			text = text_of("%d %s", i + 1, migratetype_name(type));
	if (x < a.width)
		put_text_in(a, x, 0, TYPE_WIDTH,
			    type == own ? LOOK_TITLE : LOOK_DIM, text.s);
}

void steal_draw(const struct view_model *vm, struct area a)
{
	struct fallback_search_state s = search_of(vm);
	int top = (int)vm->m->max_order - 1, y = a.height > 2;
	int focus = s.now == MAX_ORDER_LIMIT ? 0 : top - (int)s.now;
	bool notes = a.width >= NOTE_X + 20;
	struct area table =
		area_part(a, 0, 0, notes ? NOTE_X - 1 : a.width, a.height);
	struct window w = window_of(a, y, top + 1, focus);

	if (y) {
		put_text(table, 1, 0, LOOK_DIM, TEXT_steal_order);
		for (uint32_t t = 0; t < MIGRATE_PCPTYPES; t++)
			put_type_head(vm, table, t);
	}
	for (int i = 0; i < w.nr; i++)
		put_order(vm, table, y + i, (uint32_t)(top - w.first - i), &s);
	window_mark(table, w);
	if (notes)
		draw_notes(vm,
			   area_part(a, NOTE_X, 0, a.width - NOTE_X - 1,
				     a.height),
			   &s);
}
