/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_predict: the answers to choose from, or the one that is typed. The
 * question itself stands above, where the reason else is.
 */
#include "model/question.h"
#include "model/text.h"
#include "views/view.h"

bool question_shown(const struct session *s, uint32_t step,
		    const struct predict_state *p, struct question *q)
{
	if (!p->on)
		return false;
	if (!p->question)
		return question_after(s, step, q);
	*q = *p->question;
	return q->step == step;
}

static void predict_title(const struct frame *f, const struct view_state *v,
			  struct view_title *t)
{
	(void)v;
	snprintf(t->left, sizeof(t->left), TEXT_predict_title);
	snprintf(t->right, sizeof(t->right), TEXT_predict_before, f->step + 1);
}

static int predict_height(const struct frame *f, const struct view_state *v,
			  int width)
{
	struct question q;

	(void)width;
	if (!question_shown(f->session, f->step, &v->predict, &q))
		return 1;
	return (q.nr_choices ? (int)q.nr_choices : 1) + 4;
}

static void put_choice(struct area a, int y, const struct question *q,
		       uint32_t i, bool marked)
{
	char letter[2] = { (char)('a' + i), '\0' };

	if (marked) {
		put_text(a, 1, y, LOOK_NOW, SIGN_NOW);
		set_cursor(a, 1, y);
	}
	put_text(a, 3, y, LOOK_TITLE, letter);
	put_text(a, 6, y, marked ? LOOK_TITLE : LOOK_NORMAL, q->choices[i]);
}

/* Returns the row after the choices. */
static int draw_choices(struct area a, int y, const struct question *q,
			const struct view_state *v)
{
	struct area table = area_part(a, 0, y, a.width, a.height - y);
	int total = (int)q->nr_choices, nr = window_rows(table, total, 0);
	int first = window_first(total, nr, (int)v->predict.choice, 0);

	for (int i = 0; i < nr; i++)
		put_choice(table, i, q, (uint32_t)(first + i),
			   (uint32_t)(first + i) == v->predict.choice);
	window_mark(table, first, nr, total);
	return y + nr + (nr < total);
}

static void predict_draw(const struct frame *f, struct area a,
			 const struct view_state *v)
{
	int y = a.height > 5, x;
	struct question q;

	if (!question_shown(f->session, f->step, &v->predict, &q)) {
		put_text(a, 1, 0, LOOK_DIM, TEXT_predict_no_question);
		return;
	}
	if (q.nr_choices) {
		y = draw_choices(a, y, &q, v);
	} else {
		x = put_format(a, 3, y, LOOK_NORMAL, TEXT_predict_typed,
			       v->predict.typed);
		if (x < a.width)
			put_text(a, x, y, LOOK_NOW, "▏");
		set_cursor(a, x, y++);
	}
	y += y + 1 < a.height;
	if (y >= a.height)
		return;
	x = put_text(a, 3, y, LOOK_DIM, TEXT_predict_commit) + 1;
	if (v->predict.nr_asked && x < a.width)
		put_format(a, x, y, LOOK_DIM, TEXT_predict_score,
			   v->predict.nr_right, v->predict.nr_asked);
	if (y + 1 < a.height)
		put_text(a, 3, y + 1, LOOK_DIM, TEXT_predict_pass);
}

const struct view view_predict = {
	.name = "predict",
	.help = TEXT_predict_help,
	.title = predict_title,
	.height = predict_height,
	.draw = predict_draw,
};
