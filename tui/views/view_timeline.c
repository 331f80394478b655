/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_timeline: the current step between the beginning and the end, with
 * the landmarks of the session.
 */
#include "model/guide.h"
#include "views/view.h"

enum { USER_BOOKMARK = LANDMARK_REFUSED + 1, USER_BREAK, NR_POINTS };

static const struct {
	const char *sign;
	const char *text;
	enum look look;
} points[NR_POINTS] = {
	[LANDMARK_NONE] = { "─", "", LOOK_DIM },
	[LANDMARK_SPLIT] = { SIGN_SPLIT, TEXT_timeline_split, LOOK_NORMAL },
	[LANDMARK_REFILL] = { SIGN_REFILL, TEXT_timeline_refill, LOOK_FREE },
	[LANDMARK_STEAL] = { SIGN_STEAL, TEXT_timeline_steal, LOOK_NORMAL },
	[LANDMARK_REFUSED] = { SIGN_REFUSED, TEXT_timeline_refused,
			       LOOK_REFUSED },
	[USER_BOOKMARK] = { SIGN_BOOKMARK, TEXT_timeline_bookmark, LOOK_TITLE },
	[USER_BREAK] = { SIGN_BREAK, TEXT_timeline_break, LOOK_TITLE },
};

/* Steps are counted with each closed fold as one. */
static uint32_t count(const struct view_model *vm, uint32_t step)
{
	const struct guide *g = vm->view->notes.guide;

	return g ? guide_count(g, step) : step;
}

static uint32_t step_of(const struct view_model *vm, int column, int width)
{
	const struct guide *g = vm->view->notes.guide;
	const uint32_t nr = count(vm, vm->nr_steps);
	const uint32_t at =
		(uint32_t)(((uint64_t)column * nr + (uint64_t)width - 2) /
			   (uint64_t)(width - 1));

	return g ? guide_step_at(g, at) : at;
}

static int column_of(const struct view_model *vm, uint32_t step, int width)
{
	const uint32_t nr = count(vm, vm->nr_steps);

	return nr ? (int)((uint64_t)count(vm, step) * (uint64_t)(width - 1) /
			  nr) :
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

/* The user's bookmarks and breakpoints hide landmarks. */
static int sign_between(const struct view_model *vm, uint32_t from, uint32_t to)
{
	if (has_step(vm->view->bookmarks, vm->view->nr_bookmarks, from, to))
		return USER_BOOKMARK;
	if (has_step(vm->view->break_steps, vm->view->nr_break_steps, from, to))
		return USER_BREAK;
	if (from > vm->nr_visible_steps)
		return LANDMARK_NONE;
	if (to > vm->nr_visible_steps + 1)
		to = vm->nr_visible_steps + 1;
	if (vm->landmarks && to > from)
		return (int)landmarks_greatest(vm->landmarks, from, to - 1);
	return LANDMARK_NONE;
}

/* The user's own signs are explained when there are any. */
static int last_sign(const struct view_state *v)
{
	return v->nr_break_steps ? USER_BREAK :
	       v->nr_bookmarks	 ? USER_BOOKMARK :
				   LANDMARK_REFUSED;
}

static int legend_width(const struct view_state *v)
{
	int width = 1;

	for (int i = LANDMARK_SPLIT; i <= last_sign(v); i++)
		width += text_width(points[i].text) + 4;
	return width;
}

static void draw_legend(struct area a, int x, const struct view_state *v)
{
	for (int i = LANDMARK_SPLIT; i <= last_sign(v); i++) {
		x = put_text(a, x, 0, points[i].look, points[i].sign);
		x = put_format(a, x, 0, LOOK_DIM, " %s  ", points[i].text);
	}
}

enum { BAR_X = 2, LEGEND_FROM = 100 };

/* Cells of the bar, beside its ends and the legend. */
static int bar_width(int width, const struct view_state *v)
{
	return width - 4 - (width > LEGEND_FROM ? legend_width(v) : 0);
}

void timeline_describe(const struct view_model *vm, int width,
		       struct view_title *t)
{
}

void timeline_draw(const struct view_model *vm, struct area a)
{
	int width = bar_width(a.width, vm->view), now;

	if (a.height < 1 || width < 2)
		return;
	if (a.width > LEGEND_FROM)
		draw_legend(a, a.width - legend_width(vm->view), vm->view);
	now = column_of(vm, vm->step, width);
	put_text(a, 1, 0, LOOK_DIM, "▕");
	for (int i = 0; i < width; i++) {
		uint32_t step = step_of(vm, i, width);
		int sign = sign_between(vm, step, step_of(vm, i + 1, width));
		struct area cell = area_link(a, LINK_STEP, step);

		if (i == now)
			put_text(cell, BAR_X + i, 0, LOOK_CURRENT, SIGN_STEP);
		else
			put_text(cell, BAR_X + i, 0, points[sign].look,
				 points[sign].sign);
	}
	put_text(a, BAR_X + width, 0, LOOK_DIM, "▏");
}
