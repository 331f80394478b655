/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_log: the event texts of the steps around this one, with their numbers.
 * Of the steps after it only those that may be seen.
 */
#include "views/view.h"

enum { LOG_ROWS = 5, NUMBER_END = 7, TEXT_X = 9 };

void log_describe(const struct view_model *vm, int width, struct view_title *t)
{
	uint32_t nr = vm->nr_visible_steps;

	t->rows = LOG_ROWS;
	t->most = nr < ANY_ROWS ? (int)nr : ANY_ROWS;
}

static const char *text_of_step(const struct view_model *vm, uint32_t step,
				char *buf, size_t size)
{
	return event_text_format(
		vm->m, history_event(session_history(vm->session), step), buf,
		size);
}

static int rows_of_step(const struct view_model *vm, uint32_t step, int width)
{
	char text[1024];

	return wrapped_rows(text_of_step(vm, step, text, sizeof(text)), width);
}

static int draw_step(const struct view_model *vm, struct area a, int y,
		     uint32_t step)
{
	bool now = step == vm->step;
	char text[1024];

	if (now)
		put_current(a, 0, y);
	put_number(a, NUMBER_END, y, now ? LOOK_TITLE : LOOK_DIM, step);
	return put_wrapped(a, TEXT_X, y, a.height - y,
			   now ? LOOK_TITLE : LOOK_NORMAL,
			   text_of_step(vm, step, text, sizeof(text)));
}

/* The steps [first, last] that are shown: as many as have room. */
struct range {
	uint32_t first;
	uint32_t last;
};

/* From @step on, alternately a step before and one after; the last is cut. */
static struct range range_around(const struct view_model *vm, uint32_t step,
				 struct area a)
{
	int width = a.width - TEXT_X, rows;
	int left = a.height - rows_of_step(vm, step, width);
	struct range r = { step, step };
	bool up = step > 1, down = true;

	while (left > 0 && (up || down)) {
		rows = up ? rows_of_step(vm, r.first - 1, width) : 0;
		up = up && rows <= left;
		if (up) {
			left -= rows;
			up = --r.first > 1;
		}
		down = r.last < vm->nr_visible_steps;
		if (down && left > 0)
			left -= rows_of_step(vm, ++r.last, width);
	}
	return r;
}

/* The step in the middle: this one, moved by what the user scrolled. */
static uint32_t middle_step(const struct view_model *vm, int scroll)
{
	int64_t step = (int64_t)vm->step + scroll;

	return step < 1			   ? 1 :
	       step > vm->nr_visible_steps ? vm->nr_visible_steps :
					     (uint32_t)step;
}

void log_draw(const struct view_model *vm, struct area a)
{
	struct range r;
	int y = 0;

	if (a.height < 1 || a.width <= TEXT_X || !vm->nr_visible_steps) {
		put_text(a, 0, 0, LOOK_DIM, SIGN_CUT);
		return;
	}
	r = range_around(vm, middle_step(vm, a.scroll), a);
	for (uint32_t step = r.first; step <= r.last && y < a.height; step++)
		y += draw_step(vm, a, y, step);
}
