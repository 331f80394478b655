/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_timeline: where we are between the beginning and the end, with marks
 * for what a class looks for.
 */
#include "view.h"

static const struct {
	const char *sign;
	const char *text;
	enum look look;
} mark_signs[] = {
	[MARK_NONE] = { "─", "", LOOK_DIM },
	[MARK_SPLIT] = { "÷", "split", LOOK_NORMAL },
	[MARK_REFILL] = { "r", "refill", LOOK_FREE },
	[MARK_STEAL] = { "s", "steal", LOOK_NORMAL },
	[MARK_REFUSED] = { "✗", "refused", LOOK_REFUSED },
};

static void timeline_title(const struct frame *f, struct view_title *t)
{
	(void)f;
	snprintf(t->left, sizeof(t->left), "timeline");
}

static int timeline_height(const struct frame *f, int width)
{
	(void)f;
	(void)width;
	return 1;
}

static uint32_t step_of(const struct frame *f, int column, int width)
{
	return (uint32_t)(((uint64_t)column * f->nr_steps + (uint64_t)width -
			   2) /
			  (uint64_t)(width - 1));
}

static int column_of(const struct frame *f, uint32_t step, int width)
{
	return f->nr_steps ? (int)((uint64_t)step * (uint64_t)(width - 1) /
				   f->nr_steps) :
			     0;
}

static void draw_legend(struct area a, int x)
{
	for (int mark = MARK_SPLIT; mark <= MARK_REFUSED; mark++) {
		x = put_text(a, x, 0, mark_signs[mark].look,
			     mark_signs[mark].sign);
		x = put_format(a, x, 0, LOOK_DIM, " %s  ",
			       mark_signs[mark].text);
	}
}

static void timeline_draw(const struct frame *f, struct area a, int scroll)
{
	enum { LEGEND_WIDTH = 39 };
	int width = a.width - 4;
	int now;

	(void)scroll;
	if (a.height < 1 || width < 2)
		return;
	if (a.width > 100) {
		width -= LEGEND_WIDTH;
		draw_legend(a, a.width - LEGEND_WIDTH);
	}
	now = column_of(f, f->step, width);
	put_text(a, 1, 0, LOOK_DIM, "▕");
	for (int i = 0; i < width; i++) {
		uint32_t from = step_of(f, i, width);
		uint32_t to = step_of(f, i + 1, width);
		enum mark mark = MARK_NONE;

		if (i == now) {
			put_text(a, 2 + i, 0, LOOK_NOW, "▮");
			continue;
		}
		if (f->marks && to > from)
			mark = marks_between(f->marks, from, to - 1);
		put_text(a, 2 + i, 0, mark_signs[mark].look,
			 mark_signs[mark].sign);
	}
	put_text(a, 2 + width, 0, LOOK_DIM, "▏");
}

const struct view view_timeline = {
	.name = "timeline",
	.help = "The whole story. ▮ is this step; r a refill, s a steal, "
		"÷ a split, ✗ a refusal.",
	.title = timeline_title,
	.height = timeline_height,
	.draw = timeline_draw,
};
