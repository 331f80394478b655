/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_counterexample: a property that failed, beside the step that shows it. */
#include "model/counterexample.h"

#include <string.h>

#include "model/text.h"
#include "views/view.h"

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

/* Rows that a text takes, as put_wrapped() would break it. */
static int rows_of(const char *text, int width)
{
	int rows = text ? (text_width(text) + width - 1) / width : 0;

	return rows + (rows > 1); /* words do not fill their rows */
}

static int counterexample_height(const struct view_model *vm,
				 const struct view_state *v, int width)
{
	const struct counterexample *w = v->counterexample;
	int room = width > 12 ? width - 2 : 10;

	if (!w)
		return 1;
	return rows_of(w->text, room) + rows_of(w->found, room) + 1;
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
