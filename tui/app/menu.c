/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * menu: lessons, one row each, and the goal of the one that is chosen.
 *
 *  zonewalk             the fast path of the Linux 5.10 page allocator
 *  ╭─ lessons ──────────────────────────────────── 2 of 16 done ─╮
 *  │   ✓ 01 tour        The whole path once                8 min │
 *  │ ▶   02 split       A split                           10 min │
 *  ├──────────────────────────────────────────────────────────────┤
 *  │ See which half expand() keeps.                               │
 *  ╰──────────────────────────────────────────────────────────────╯
 */
#include "app/menu.h"

#include <stdio.h>

#include "model/text.h"
#include "views/view.h"

enum { LIST_Y = 2, GOAL_ROWS = 3, NAME_X = 5 };

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

uint32_t menu_row_at(const struct menu *menu, int width, int height, int y)
{
	int rows = list_rows(width, height);
	int top = has_box(width, height) ? LIST_Y : 1;
	int row = y - top;

	if (row < 0 || row >= rows ||
	    (uint32_t)(row + first_row(menu, rows)) >= menu->nr_rows)
		return UINT32_MAX;
	return (uint32_t)(row + first_row(menu, rows));
}

static int name_width(const struct menu *menu)
{
	int width = 0;

	for (uint32_t i = 0; i < menu->nr_rows; i++)
		if (text_width(menu->rows[i].name) > width)
			width = text_width(menu->rows[i].name);
	return width;
}

static void draw_row(struct area a, int y, const struct menu_row *row,
		     bool selected, int names)
{
	int end = a.width - 1, x = NAME_X + names + 3;

	if (selected)
		put_current(a, 1, y);
	if (row->done)
		put_text(a, 3, y, LOOK_PASSED, SIGN_PASSED);
	if (row->broken)
		put_text(a, 3, y, LOOK_REFUSED, SIGN_REFUSED);
	put_text_in(a, NAME_X, y, a.width - NAME_X - 1,
		    selected ? LOOK_TITLE : LOOK_NORMAL, row->name);
	if (row->minutes && x + 20 < a.width) {
		end = put_right(a, a.width - 1, y, LOOK_DIM, TEXT_menu_minutes,
				row->minutes) -
		      2;
	}
	if (x + 8 < end)
		put_text_in(a, x, y, end - x,
			    selected ? LOOK_TITLE : LOOK_NORMAL,
			    row->broken ? TEXT_menu_broken : row->title);
}

static void draw_list(struct area a, const struct menu *menu)
{
	int total = (int)menu->nr_rows,
	    nr = a.height < total ? a.height : total;
	int first = first_row(menu, a.height);

	for (int i = 0; i < nr; i++)
		draw_row(a, i, &menu->rows[first + i],
			 (uint32_t)(first + i) == menu->selected,
			 name_width(menu));
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

static void draw_box(struct area a, const struct menu *menu)
{
	uint32_t nr_done = 0;
	char text[48];

	put_box(a);
	put_rule_across(a, 0, a.height - GOAL_ROWS - 2, a.width);
	put_title(a, 2, 0, TEXT_menu_lessons);
	for (uint32_t i = 0; i < menu->nr_rows; i++)
		nr_done += menu->rows[i].done;
	print_to(text, TEXT_menu_done, nr_done, menu->nr_rows);
	if (nr_done && text_width(text) + 20 < a.width)
		put_title(a, a.width - text_width(text) - 4, 0, text);
	if (menu->selected >= menu->nr_rows)
		return;
	put_wrapped(area_part(a, 0, 0, a.width - 2, a.height), 2,
		    a.height - GOAL_ROWS - 1, GOAL_ROWS, LOOK_NORMAL,
		    menu->rows[menu->selected].goal);
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
	put_text(all, 1, c->height - 1, menu->message ? LOOK_CURRENT : LOOK_DIM,
		 menu->message ? menu->message : TEXT_menu_keys);
}
