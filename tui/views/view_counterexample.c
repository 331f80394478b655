/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_counterexample: a property that failed, at the failing step. */
#include "views/view.h"

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
