/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_log: the event texts of the steps around this one, with their numbers;
 * a closed fold is one line. Of the steps after this one only those that may
 * be seen.
 */
#include "model/guide.h"
#include "views/view.h"

enum { LOG_ROWS = 5, WIDE_LOG = 100, NUMBER_END = 7, TEXT_X = 9 };

/* Lines count from 1. */
static uint32_t line_of(const struct view_model *vm, uint32_t step)
{
	const struct guide *g = vm->view->notes.guide;

	return g ? guide_count(g, step) : step;
}

static uint32_t nr_lines(const struct view_model *vm)
{
	return line_of(vm, vm->nr_visible_steps);
}

void log_describe(const struct view_model *vm, int width, struct view_title *t)
{
	const uint32_t nr = nr_lines(vm);

	t->most = nr < ANY_ROWS ? (int)nr : ANY_ROWS;
	t->rows = t->most < LOG_ROWS ? t->most : LOG_ROWS;
	if (!t->rows)
		t->rows = t->most = 1;
	if (width >= WIDE_LOG)
		t->least = t->rows;
}

/* A line: its last step, and its text. */
static uint32_t read_line(const struct view_model *vm, uint32_t line, char *buf,
			  size_t size)
{
	const struct guide *g = vm->view->notes.guide;
	const uint32_t step = g ? guide_step_at(g, line) : line;

	step_text(vm, step, buf, size);
	return step;
}

static int rows_of_line(const struct view_model *vm, uint32_t line, int width)
{
	char text[1024];

	read_line(vm, line, text, sizeof(text));
	return wrapped_rows(text, width);
}

static int draw_line(const struct view_model *vm, struct area a, int y,
		     uint32_t line)
{
	char text[1024];
	const uint32_t step = read_line(vm, line, text, sizeof(text));
	const bool now = step == vm->step;

	if (now)
		put_current(a, 0, y);
	put_number(a, NUMBER_END, y, now ? LOOK_TITLE : LOOK_DIM, step);
	return put_wrapped(a, TEXT_X, y, a.height - y,
			   now ? LOOK_TITLE : LOOK_NORMAL, text);
}

/* The lines [first, last] that are shown: as many as have room. */
struct range {
	uint32_t first;
	uint32_t last;
	int first_rows; /* of the first, which may be cut */
};

/*
 * From @line on, alternately a line before and one after; the last is cut, or
 * the first where none follows.
 */
static struct range range_around(const struct view_model *vm, uint32_t line,
				 struct area a)
{
	int width = a.width - TEXT_X, rows;
	int left = a.height - rows_of_line(vm, line, width);
	struct range r = { line, line, ANY_ROWS };
	bool up = line > 1, down = true;

	while (left > 0 && (up || down)) {
		rows = up ? rows_of_line(vm, r.first - 1, width) : 0;
		up = up && rows <= left;
		if (up) {
			left -= rows;
			up = --r.first > 1;
		}
		down = r.last < nr_lines(vm);
		if (down && left > 0)
			left -= rows_of_line(vm, ++r.last, width);
	}
	if (left > 0 && r.first > 1) {
		r.first--;
		r.first_rows = left;
	}
	return r;
}

/* The line in the middle: this step's, moved by what the user scrolled. */
static uint32_t middle_line(const struct view_model *vm, int scroll)
{
	const int64_t line = (int64_t)line_of(vm, vm->step) + scroll;
	const uint32_t nr = nr_lines(vm);

	return line < 1 ? 1 : line > nr ? nr : (uint32_t)line;
}

void log_draw(const struct view_model *vm, struct area a)
{
	struct range r;
	int y = 0;

	if (a.height < 1)
		return;
	if (a.width <= TEXT_X + 1 || !nr_lines(vm)) {
		put_text(a, 1, 0, LOOK_DIM, TEXT_log_empty);
		return;
	}
	r = range_around(vm, middle_line(vm, a.scroll), a);
	for (uint32_t line = r.first; line <= r.last && y < a.height; line++) {
		int rows = line == r.first && r.first_rows < a.height ?
				   r.first_rows :
				   a.height;

		y += draw_line(vm, area_part(a, 0, 0, a.width, rows), y, line);
	}
}
