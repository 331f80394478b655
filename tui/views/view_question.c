/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_question: the answers to choose from, or the one that is typed. The
 * question itself stands above, where the reason else is.
 */
#include "model/question.h"
#include "model/text.h"
#include "views/view.h"

bool question_shown(const struct session *s, uint32_t step,
		    const struct prediction_state *p, struct question *q)
{
	if (!p->on)
		return false;
	if (!p->question)
		return question_after(s, step, q);
	*q = *p->question;
	return q->step == step;
}

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
