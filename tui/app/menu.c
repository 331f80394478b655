/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * menu: lessons, one row each, and the goal of the one that is selected.
 *
 *  zonewalk             the fast path of the Linux 5.10 page allocator
 *  ╭─ Lessons ──────────────────────────────────── 1 of 16 done ─╮
 *  │    1  The tour                  10 min  ✓ done       5 of 6  │
 *  │ ▶  2  A split                   10 min    begun              │
 *  ├──────────────────────────────────────────────────────────────┤
 *  │ See which half expand() keeps.                               │
 *  ╰──────────────────────────────────────────────────────────────╯
 */
#include "app/menu.h"

#include <stdio.h>

#include "model/text.h"
#include "views/view.h"

enum { LIST_Y = 2, GOAL_ROWS = 3, NUMBER_END = 6, TITLE_X = 8 };

/* Rows for lessons; without a box there is one for each row of the screen. */
static bool has_box(int width, int height)
{
	return width >= 30 && height >= 12;
}

static int list_rows(int width, int height)
{
	return has_box(width, height) ? height - LIST_Y - GOAL_ROWS - 3 :
					height - 2;
}

static int first_row(const struct menu *menu, int rows)
{
	return window_first((int)menu->nr_rows, rows, (int)menu->selected, 0);
}

/* A lesson takes two rows of the screen, with its goal, if all can. */
static int lesson_rows(const struct menu *menu, int rows)
{
	return (int)menu->nr_rows * 2 <= rows ? 2 : 1;
}

uint32_t menu_row_at(const struct menu *menu, int width, int height, int y)
{
	int rows = list_rows(width, height);
	int top = has_box(width, height) ? LIST_Y : 1;
	int row = (y - top) / lesson_rows(menu, rows) + first_row(menu, rows);

	if (y < top || y >= top + rows || row >= (int)menu->nr_rows)
		return UINT32_MAX;
	return (uint32_t)row;
}

/* The columns at the right, each where the row is wide enough. */
enum { SCORE_WIDTH = 14, SCORE_LEAST = 64, STATE_WIDTH = 16, STATE_LEAST = 50 };
enum { MINUTES_LEAST = 36 };

/* How far the lesson is done, before column @end. Returns where it begins. */
static int draw_state(struct area a, int y, int end, const struct menu_row *row)
{
	static const char *const words[NR_PROGRESS_STATES] = {
		TEXT_menu_not_begun, TEXT_menu_begun, TEXT_menu_is_done
	};
	const struct progress *p = &row->progress;
	const bool done = p->state == PROGRESS_DONE;
	const char *sign = row->broken ? SIGN_REFUSED :
			   done	       ? SIGN_PASSED :
					 " ";
	const enum look look = row->broken ? LOOK_REFUSED : LOOK_PASSED;

	if (a.width >= SCORE_LEAST && p->nr_asked)
		put_right(a, end, y, LOOK_NORMAL, TEXT_menu_score, p->nr_right,
			  p->nr_asked);
	if (a.width < STATE_LEAST) {
		put_text(a, 2, y, look, sign);
		return end;
	}
	end -= a.width >= SCORE_LEAST ? SCORE_WIDTH + STATE_WIDTH : STATE_WIDTH;
	put_text(a, end, y, look, sign);
	put_text(a, end + 2, y, done ? LOOK_NORMAL : LOOK_DIM,
		 row->broken ? TEXT_menu_broken : words[p->state]);
	return end;
}

static void draw_row(struct area a, int y, const struct menu_row *row,
		     bool selected)
{
	const enum look look = selected ? LOOK_TITLE : LOOK_NORMAL;
	int end = draw_state(a, y, a.width - 1, row);

	if (selected)
		put_current(a, 1, y);
	put_right(a, NUMBER_END, y, look, "%s", row->number);
	if (row->minutes && a.width >= MINUTES_LEAST)
		end = put_right(a, end - 2, y, LOOK_DIM, TEXT_menu_minutes,
				row->minutes);
	put_text_in(a, TITLE_X, y, end - 2 - TITLE_X, look, row->title);
}

static void draw_list(struct area a, const struct menu *menu)
{
	int total = (int)menu->nr_rows,
	    nr = a.height < total ? a.height : total;
	int first = first_row(menu, a.height);
	int each = lesson_rows(menu, a.height);

	for (int i = 0; i < nr; i++) {
		const struct menu_row *row = &menu->rows[first + i];

		draw_row(a, i * each, row,
			 (uint32_t)(first + i) == menu->selected);
		if (each > 1)
			put_text_in(a, TITLE_X, i * each + 1,
				    a.width - 1 - TITLE_X, LOOK_DIM, row->goal);
	}
	if (first > 0)
		put_text(a, 0, 0, LOOK_DIM, SIGN_MORE);
	if (first + nr < total && (!first || a.height > 1))
		put_text(a, 0, a.height - 1, LOOK_DIM, SIGN_MORE);
}

static void put_title(struct area a, int x, int y, const char *text)
{
	area_clear(area_part(a, x, y, text_width(text) + 2, 1));
	put_text(a, x + 1, y, LOOK_TITLE, text);
}

/* The lesson's goal, or the message. */
static const char *bottom_text(const struct menu *menu)
{
	if (menu->message)
		return menu->message;
	return menu->selected < menu->nr_rows ?
		       menu->rows[menu->selected].goal :
		       "";
}

static void draw_box(struct area a, const struct menu *menu)
{
	uint32_t nr_done = 0, minutes = 0;
	struct text name, done;

	put_box(a);
	put_rule_across(a, 0, a.height - GOAL_ROWS - 2, a.width);
	for (uint32_t i = 0; i < menu->nr_rows; i++) {
		nr_done += menu->rows[i].progress.state == PROGRESS_DONE;
		minutes += menu->rows[i].minutes;
	}
	name = text_of(TEXT_menu_name, menu->name, minutes);
	done = text_of(TEXT_menu_done, nr_done, menu->nr_rows);
	put_title(a, 2, 0, name.s);
	if (text_width(name.s) + text_width(done.s) + 10 < a.width)
		put_title(a, a.width - text_width(done.s) - 4, 0, done.s);
	put_wrapped(area_part(a, 0, 0, a.width - 2, a.height), 2,
		    a.height - GOAL_ROWS - 1, GOAL_ROWS,
		    menu->message ? LOOK_CURRENT : LOOK_NORMAL,
		    bottom_text(menu));
}

void menu_draw(struct canvas *c, const struct menu *menu)
{
	struct area all = canvas_area(c), list;
	bool box = has_box(c->width, c->height);
	int rows = list_rows(c->width, c->height), x;

	if (c->height < 3 || c->width < 12) {
		put_text(all, 0, 0, LOOK_DIM, TEXT_menu_title);
		return;
	}
	x = put_text(all, 1, 0, LOOK_TITLE, TEXT_menu_title) + 3;
	if (x + text_width(TEXT_menu_what) < c->width)
		put_text(all, x, 0, LOOK_DIM, TEXT_menu_what);
	if (box)
		draw_box(area_part(all, 0, 1, c->width, c->height - 2), menu);
	list = box ? area_part(all, 1, LIST_Y, c->width - 2, rows) :
		     area_part(all, 0, 1, c->width, rows);
	if (!menu->nr_rows)
		put_wrapped(list, 1, 0, rows, LOOK_NORMAL, TEXT_menu_empty);
	else
		draw_list(list, menu);
	put_text(all, 1, c->height - 1,
		 menu->message && !box ? LOOK_CURRENT : LOOK_DIM,
		 menu->message && !box ? menu->message :
		 menu->has_playlists   ? TEXT_menu_keys_playlists :
					 TEXT_menu_keys);
}
