/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_exercise: the panels of exercises: the answers to a question, which
 * itself is shown above; and a property that failed, at the failing step.
 */
#include "model/question.h"
#include "views/view.h"

void question_describe(const struct view_model *vm, int width,
		       struct view_title *t)
{
	struct question q;

	print_to(t->left, TEXT_question_title);
	print_to(t->right, TEXT_question_before, vm->step + 1);
	if (question_shown(vm->session, vm->step, &vm->view->prediction, &q))
		t->rows = (q.nr_choices ? (int)q.nr_choices : 1) + 4;
}

/* Returns the row after the choices. */
static int draw_choices(struct area a, int y, const struct question *q,
			const struct view_state *v)
{
	struct area table = area_part(a, 0, y, a.width, a.height - y);
	int selected = (int)v->prediction.choice;
	struct window w;

	table.scroll = 0;
	w = window_of(table, 0, (int)q->nr_choices, selected);
	for (int i = 0; i < w.nr; i++) {
		int choice = w.first + i;
		struct area row =
			area_link(table, LINK_KEY, (uint32_t)('a' + choice));

		if (choice == selected)
			put_current(row, 1, i);
		put_format(row, 3, i, LOOK_TITLE, "%c", 'a' + choice);
		put_text(row, 6, i,
			 choice == selected ? LOOK_TITLE : LOOK_NORMAL,
			 q->choices[choice]);
	}
	window_mark(table, w);
	return y + w.nr + (w.nr < w.total);
}

void question_draw(const struct view_model *vm, struct area a)
{
	int y = a.height > 5, x;
	struct question q;

	if (!question_shown(vm->session, vm->step, &vm->view->prediction, &q)) {
		put_text(a, 1, 0, LOOK_DIM, TEXT_question_none);
		return;
	}
	if (q.nr_choices) {
		y = draw_choices(a, y, &q, vm->view);
	} else {
		x = put_format(a, 3, y, LOOK_NORMAL, TEXT_question_typed,
			       vm->view->prediction.typed);
		if (x < a.width)
			put_text(a, x, y, LOOK_CURRENT, "▏");
		set_cursor(a, x, y++);
	}
	y += y + 1 < a.height;
	if (y >= a.height)
		return;
	x = put_text(a, 3, y, LOOK_DIM, TEXT_question_commit) + 1;
	if (vm->view->prediction.nr_asked && x < a.width)
		put_format(a, x, y, LOOK_DIM, TEXT_question_score,
			   vm->view->prediction.nr_right,
			   vm->view->prediction.nr_asked);
	if (y + 1 < a.height)
		put_text(a, 3, y + 1, LOOK_DIM, TEXT_question_skip);
}

/* -- a property that failed ------------------------------------------------- */

void counterexample_describe(const struct view_model *vm, int width,
			     struct view_title *t)
{
	const struct counterexample *w = vm->view->counterexample;
	int room = width > 12 ? width - 2 : 10;

	if (!w)
		return;
	t->rows = wrapped_rows(w->text, room) + 1;
	print_to(t->left, TEXT_counterexample_title, w->property);
}

static struct text where_text(const struct view_model *vm,
			      const struct counterexample *w)
{
	if (w->step == UINT32_MAX)
		return text_of(TEXT_counterexample_never);
	if (w->step == vm->step)
		return text_of(TEXT_counterexample_here);
	return text_of(TEXT_counterexample_at_step, w->step);
}

void counterexample_draw(const struct view_model *vm, struct area a)
{
	const struct counterexample *w = vm->view->counterexample;
	int y, x = 1;

	if (!w || a.height < 1)
		return;
	y = put_wrapped(a, 1, 0, a.height > 1 ? a.height - 1 : 1, LOOK_NORMAL,
			w->text);
	if (y >= a.height)
		return;
	if (w->step == vm->step) {
		put_current(a, x, y);
		x += 2;
	}
	x = put_text(a, x, y, LOOK_DIM, where_text(vm, w).s) + 2;
	if (w->assignment && x + 8 < a.width)
		put_text(a, x, y, LOOK_DIM, w->assignment);
}
