/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_exercise: the panels of exercises: the answers to a question, which
 * itself is shown above; and a property that failed, at the failing step.
 */
#include "model/counterexample.h"
#include "model/question.h"
#include "model/text.h"
#include "views/view.h"

static void question_title(const struct view_model *vm,
			   const struct view_state *v, struct view_title *t)
{
	snprintf(t->left, sizeof(t->left), TEXT_question_title);
	snprintf(t->right, sizeof(t->right), TEXT_question_before,
		 vm->step + 1);
}

static int question_height(const struct view_model *vm,
			   const struct view_state *v, int width)
{
	struct question q;

	if (!question_shown(vm->session, vm->step, &v->prediction, &q))
		return 1;
	return (q.nr_choices ? (int)q.nr_choices : 1) + 4;
}

static void put_choice(struct area a, int y, const struct question *q,
		       uint32_t i, bool marked)
{
	char letter[2] = { (char)('a' + i), '\0' };

	if (marked)
		put_current(a, 1, y);
	put_text(a, 3, y, LOOK_TITLE, letter);
	put_text(a, 6, y, marked ? LOOK_TITLE : LOOK_NORMAL, q->choices[i]);
}

/* Returns the row after the choices. */
static int draw_choices(struct area a, int y, const struct question *q,
			const struct view_state *v)
{
	struct area table = area_part(a, 0, y, a.width, a.height - y);
	int total = (int)q->nr_choices, nr = window_rows(table, total, 0);
	int first = window_first(total, nr, (int)v->prediction.choice, 0);

	for (int i = 0; i < nr; i++)
		put_choice(table, i, q, (uint32_t)(first + i),
			   (uint32_t)(first + i) == v->prediction.choice);
	window_mark(table, first, nr, total);
	return y + nr + (nr < total);
}

static void question_draw(const struct view_model *vm, struct area a,
			  const struct view_state *v)
{
	int y = a.height > 5, x;
	struct question q;

	if (!question_shown(vm->session, vm->step, &v->prediction, &q)) {
		put_text(a, 1, 0, LOOK_DIM, TEXT_question_none);
		return;
	}
	if (q.nr_choices) {
		y = draw_choices(a, y, &q, v);
	} else {
		x = put_format(a, 3, y, LOOK_NORMAL, TEXT_question_typed,
			       v->prediction.typed);
		if (x < a.width)
			put_text(a, x, y, LOOK_CURRENT, "▏");
		set_cursor(a, x, y++);
	}
	y += y + 1 < a.height;
	if (y >= a.height)
		return;
	x = put_text(a, 3, y, LOOK_DIM, TEXT_question_commit) + 1;
	if (v->prediction.nr_asked && x < a.width)
		put_format(a, x, y, LOOK_DIM, TEXT_question_score,
			   v->prediction.nr_right, v->prediction.nr_asked);
	if (y + 1 < a.height)
		put_text(a, 3, y + 1, LOOK_DIM, TEXT_question_skip);
}

const struct view view_question = {
	.name = "question",
	.help = TEXT_question_help,
	.title = question_title,
	.height = question_height,
	.draw = question_draw,
};

/* -- a property that failed ------------------------------------------------- */

static void counterexample_title(const struct view_model *vm,
				 const struct view_state *v,
				 struct view_title *t)
{
	const struct counterexample *w = v->counterexample;

	if (!w)
		return;
	snprintf(t->left, sizeof(t->left), TEXT_counterexample_title,
		 w->property);
	if (w->points)
		snprintf(t->right, sizeof(t->right), TEXT_counterexample_points,
			 w->points, w->points == 1 ? "" : "s");
}

static int counterexample_height(const struct view_model *vm,
				 const struct view_state *v, int width)
{
	const struct counterexample *w = v->counterexample;
	int room = width > 12 ? width - 2 : 10;

	if (!w)
		return 1;
	return wrapped_rows(w->text, room) +
	       (w->found ? wrapped_rows(w->found, room) + 1 : 0) + 1;
}

static const char *where_text(const struct view_model *vm,
			      const struct counterexample *w, char *buf,
			      size_t size)
{
	if (w->step == UINT32_MAX)
		snprintf(buf, size, TEXT_counterexample_never);
	else if (w->step == vm->step)
		snprintf(buf, size, TEXT_counterexample_here);
	else
		snprintf(buf, size, TEXT_counterexample_at_step, w->step);
	return buf;
}

static void counterexample_draw(const struct view_model *vm, struct area a,
				const struct view_state *v)
{
	const struct counterexample *w = v->counterexample;
	char text[512];
	int y = 0, x = 1;

	if (!w || a.height < 1)
		return;
	y = put_wrapped(a, 1, 0, a.height > 1 ? a.height - 1 : 1, LOOK_NORMAL,
			w->text);
	if (w->found && y + 1 < a.height) {
		snprintf(text, sizeof(text), TEXT_counterexample_found,
			 w->found);
		y += put_wrapped(a, 1, y, a.height - 1 - y, LOOK_REFUSED, text);
	}
	if (y >= a.height)
		return;
	if (w->step == vm->step) {
		x = put_text(a, x, y, LOOK_CURRENT, SIGN_CURRENT) + 1;
		set_cursor(a, 1, y);
	}
	x = put_text(a, x, y, LOOK_DIM, where_text(vm, w, text, sizeof(text))) +
	    2;
	if (w->assignment && x + 8 < a.width)
		put_text(a, x, y, LOOK_DIM, w->assignment);
}

const struct view view_counterexample = {
	.name = "counterexample",
	.help = TEXT_counterexample_help,
	.title = counterexample_title,
	.height = counterexample_height,
	.draw = counterexample_draw,
};
