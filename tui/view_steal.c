/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_steal: no own block is left; which lists are looked at, in which
 * order, and what was found.
 */
#include "view.h"
#include "view_counts.h"

/* What the search has said about each order. */
enum look_state { LOOK_NOT_YET, LOOKED_NOTHING, LOOKED_FOUND };

struct search {
	uint8_t state[MAX_ORDER_LIMIT]; /* enum look_state */
	uint32_t now; /* order looked at last; MAX_ORDER_LIMIT: none */
	uint32_t found_type;
	enum word_search direction;
	const struct event_mm_page_alloc_extfrag *stolen;
};

static struct search search_of(const struct frame *f)
{
	const struct history *h = session_history(f->session);
	struct search s = { .now = MAX_ORDER_LIMIT,
			    .found_type = MIGRATE_TYPES };

	for (uint32_t step = f->fallback_step; step && step <= f->step;
	     step++) {
		const struct event *event = history_event(h, step);
		const struct event_fallback_look *look =
			event_get(event, fallback_look);

		if (event_get(event, mm_page_alloc_extfrag))
			s.stolen = event_get(event, mm_page_alloc_extfrag);
		if (!look || look->order >= MAX_ORDER_LIMIT)
			continue;
		s.now = look->order;
		s.direction = (enum word_search)look->search;
		s.state[look->order] = look->found ? LOOKED_FOUND :
						     LOOKED_NOTHING;
		if (look->found)
			s.found_type = look->fallback;
	}
	return s;
}

static void steal_title(const struct frame *f, struct view_title *t)
{
	snprintf(t->left, sizeof(t->left), "steal: %s",
		 f->event ? event_type(f->event)->function : "");
	if (f->fallback)
		snprintf(t->right, sizeof(t->right),
			 "for %s, order %u, %s",
			 migratetype_name(f->fallback->migratetype),
			 f->fallback->order,
			 f->fallback->nofragment ? "whole pageblocks only" :
						   "any block");
}

static int steal_height(const struct frame *f, int width)
{
	(void)width;
	return (int)f->m->max_order + 1;
}

/* The three types' columns, then the notes'. */
enum { TYPE_X = 9, TYPE_WIDTH = 13, NOTE_X = 50 };

static void put_type(const struct frame *f, struct area a, int y,
		     uint32_t order, uint32_t type,
		     const struct order_counts *counts, bool found)
{
	int x = TYPE_X + (int)type * TYPE_WIDTH;
	uint32_t head = free_list(f->zone, order, type);
	char text[16];

	if (x + 6 > a.width)
		return;
	if (found)
		put_text(a, x - 2, y, LOOK_NOW, SIGN_NOW);
	count_text(counts, type, text, sizeof(text));
	x = put_text(a, x, y,
		     found	       ? LOOK_NOW :
		     counts->nr[type] ? LOOK_FREE :
					LOOK_DIM,
		     text);
	if (counts->nr[type] && found && x + 9 < a.width)
		put_format(a, x + 1, y, LOOK_FREE, "%u",
			   f->m->links[head].next);
}

static void put_order(const struct frame *f, struct area a, int y,
		      uint32_t order, const struct search *s)
{
	static const char *const signs[] = {
		[LOOK_NOT_YET] = SIGN_UNREACHED,
		[LOOKED_NOTHING] = SIGN_UNASKED,
		[LOOKED_FOUND] = SIGN_PASSED,
	};
	struct order_counts counts;
	bool now = order == s->now;
	char text[16];

	snprintf(text, sizeof(text), "%u", order);
	put_right(a, 3, y, now ? LOOK_TITLE : LOOK_NORMAL, text);
	put_text(a, 5, y,
		 s->state[order] == LOOKED_FOUND ? LOOK_PASSED :
		 now				 ? LOOK_NOW :
						   LOOK_DIM,
		 now && s->state[order] != LOOKED_FOUND ?
			 SIGN_NOW :
			 signs[s->state[order]]);
	if (now)
		set_cursor(a, 5, y);
	if (!f->zone)
		return;
	count_order(f, order, &counts);
	for (uint32_t type = 0; type < MIGRATE_PCPTYPES; type++)
		put_type(f, a, y, order, type, &counts,
			 now && s->state[order] == LOOKED_FOUND &&
				 type == s->found_type && !s->stolen);
}

/* What the search does, on the right. */
static void draw_notes(const struct frame *f, struct area a,
		       const struct search *s)
{
	const struct event_fallback_begin *b = f->fallback;
	int y = 1;

	if (!b || a.width < 16 || a.height < 4)
		return;
	put_format(a, 0, y++, LOOK_NORMAL, "%s has no block",
		   migratetype_name(b->migratetype));
	if (s->now == MAX_ORDER_LIMIT)
		put_format(a, 0, y++, LOOK_DIM, "from %u down to %u",
			   b->max_order, b->min_order);
	else
		put_text(a, 0, y++, LOOK_DIM,
			 word_text(KIND_search, s->direction));
	if (s->found_type < MIGRATE_TYPES && y < a.height)
		put_format(a, 0, y++, LOOK_FREE, "found: order %u, %s",
			   s->now, migratetype_name(s->found_type));
	if (s->stolen && y < a.height)
		put_format(a, 0, y++, LOOK_CHANGED, "stolen: %u",
			   s->stolen->pfn);
	if (s->stolen && y < a.height)
		put_format(a, 0, y, LOOK_NORMAL, "its pageblock %s",
			   s->stolen->change_ownership ? "is ours now" :
							 "stays as it was");
}

static void steal_draw(const struct frame *f, struct area a, int scroll)
{
	struct search s = search_of(f);
	int top = (int)f->m->max_order - 1, total = top + 1, y = a.height > 2;
	int nr = window_rows(a, total, y);
	int focus = s.now == MAX_ORDER_LIMIT ? 0 : top - (int)s.now;
	int first = window_first(total, nr, focus, scroll);
	bool notes = a.width >= NOTE_X + 20;
	struct area table = area_part(a, 0, 0, notes ? NOTE_X - 1 : a.width,
				      a.height);

	if (y) {
		put_text(table, 1, 0, LOOK_DIM, "order");
		for (uint32_t t = 0; t < MIGRATE_PCPTYPES; t++)
			put_text_in(table, TYPE_X + (int)t * TYPE_WIDTH, 0,
				    TYPE_WIDTH - 1,
				    t == f->type ? LOOK_TITLE : LOOK_DIM,
				    migratetype_name(t));
	}
	for (int i = 0; i < nr; i++)
		put_order(f, table, y + i, (uint32_t)(top - first - i), &s);
	window_mark(table, first, nr, total);
	if (notes)
		draw_notes(f, area_part(a, NOTE_X, 0, a.width - NOTE_X - 1,
					a.height),
			   &s);
}

const struct view view_steal = {
	.name = "steal",
	.help = "No own block is left. The largest block of another type is "
		"looked for, so that few pageblocks are mixed.",
	.title = steal_title,
	.height = steal_height,
	.draw = steal_draw,
};
