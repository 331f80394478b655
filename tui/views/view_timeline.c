/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_timeline: where we are between the beginning and the end, with marks
 * for what a class looks for.
 */
#include "model/text.h"
#include "views/view.h"

enum { SIGN_MARK = MARK_REFUSED + 1, SIGN_BREAK, NR_SIGNS };

static const struct {
	const char *sign;
	const char *text;
	enum look look;
} mark_signs[NR_SIGNS] = {
	[MARK_NONE] = { "─", "", LOOK_DIM },
	[MARK_SPLIT] = { "÷", TEXT_timeline_split, LOOK_NORMAL },
	[MARK_REFILL] = { "r", TEXT_timeline_refill, LOOK_FREE },
	[MARK_STEAL] = { "s", TEXT_timeline_steal, LOOK_NORMAL },
	[MARK_REFUSED] = { "✗", TEXT_timeline_refused, LOOK_REFUSED },
	[SIGN_MARK] = { "m", TEXT_timeline_mark, LOOK_TITLE },
	[SIGN_BREAK] = { "b", TEXT_timeline_break, LOOK_TITLE },
};

static void timeline_title(const struct frame *f, const struct view_state *v,
			   struct view_title *t)
{
	(void)f;
	(void)v;
	snprintf(t->left, sizeof(t->left), TEXT_timeline_title);
}

static int timeline_height(const struct frame *f, const struct view_state *v,
			   int width)
{
	(void)v;
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

/* Is one of @nr ascending @steps in [from, to)? */
static bool has_step(const uint32_t *steps, uint32_t nr, uint32_t from,
		     uint32_t to)
{
	uint32_t low = 0, high = nr;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (steps[middle] < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low < nr && steps[low] < to;
}

/* What the user marked goes before what the story has. */
static int sign_between(const struct frame *f, const struct view_state *v,
			uint32_t from, uint32_t to)
{
	if (has_step(v->user_marks, v->nr_user_marks, from, to))
		return SIGN_MARK;
	if (has_step(v->break_steps, v->nr_break_steps, from, to))
		return SIGN_BREAK;
	if (f->marks && to > from)
		return (int)marks_between(f->marks, from, to - 1);
	return MARK_NONE;
}

/* The user's own signs are explained when there are any. */
static int last_sign(const struct view_state *v)
{
	return v->nr_break_steps ? SIGN_BREAK :
	       v->nr_user_marks	 ? SIGN_MARK :
				   MARK_REFUSED;
}

static int legend_width(const struct view_state *v)
{
	int width = 1;

	for (int i = MARK_SPLIT; i <= last_sign(v); i++)
		width += text_width(mark_signs[i].text) + 4;
	return width;
}

static void draw_legend(struct area a, int x, const struct view_state *v)
{
	for (int i = MARK_SPLIT; i <= last_sign(v); i++) {
		x = put_text(a, x, 0, mark_signs[i].look, mark_signs[i].sign);
		x = put_format(a, x, 0, LOOK_DIM, " %s  ", mark_signs[i].text);
	}
}

enum { BAR_X = 2, LEGEND_FROM = 100 };

/* Cells of the bar, beside its ends and the legend. */
static int bar_width(int width, const struct view_state *v)
{
	return width - 4 - (width > LEGEND_FROM ? legend_width(v) : 0);
}

uint32_t timeline_step_at(const struct frame *f, const struct view_state *v,
			  int x, int width)
{
	int cells = bar_width(width, v);

	if (x < BAR_X || x >= BAR_X + cells || cells < 2)
		return UINT32_MAX;
	return step_of(f, x - BAR_X, cells);
}

static void timeline_draw(const struct frame *f, struct area a,
			  const struct view_state *v)
{
	int width = bar_width(a.width, v), now;

	if (a.height < 1 || width < 2)
		return;
	if (a.width > LEGEND_FROM)
		draw_legend(a, a.width - legend_width(v), v);
	now = column_of(f, f->step, width);
	put_text(a, 1, 0, LOOK_DIM, "▕");
	for (int i = 0; i < width; i++) {
		uint32_t from = step_of(f, i, width);
		uint32_t to = step_of(f, i + 1, width);
		int sign = i == now ? MARK_NONE : sign_between(f, v, from, to);

		if (i == now)
			put_text(a, BAR_X + i, 0, LOOK_NOW, "▮");
		else
			put_text(a, BAR_X + i, 0, mark_signs[sign].look,
				 mark_signs[sign].sign);
	}
	put_text(a, BAR_X + width, 0, LOOK_DIM, "▏");
}

const struct view view_timeline = {
	.name = "timeline",
	.help = TEXT_timeline_help,
	.title = timeline_title,
	.height = timeline_height,
	.draw = timeline_draw,
};
