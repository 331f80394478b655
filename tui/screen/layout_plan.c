/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layout_plan: the plans, and the views that the user adds and removes. */
#include "screen/layout_plan.h"

#include <string.h>

enum { WIDE = 116, SIDE_FROM = 120, SIDE_SHARE = 33, TALL = 44 };

/* clang-format off */
#define ALONE(view) { { { { VIEW_##view }, 0 } } }
#define BESIDE(left, right, share) \
	{ { { { VIEW_##left }, share }, { { VIEW_##right }, 0 } } }
#define STACK(left, upper, lower, share) \
	{ { { { VIEW_##left }, share }, { { VIEW_##upper, VIEW_##lower }, 0 } } }
#define PLAN(...) { .bands = { __VA_ARGS__ } }
/* clang-format on */

static const struct plan narrow_plans[NR_PICTURES] = {
	[PICTURE_MACHINE] = PLAN(ALONE(machine), STACK(lists, zone, pcp, 50),
				 ALONE(pageblocks), ALONE(log)),
	[PICTURE_WALK] = PLAN(ALONE(walk), ALONE(zone),
			      BESIDE(pcp, pageblocks, 50), ALONE(lists),
			      ALONE(log), ALONE(map)),
	[PICTURE_SPLIT] = PLAN(ALONE(split), STACK(lists, zone, pcp, 50),
			       ALONE(pageblocks), ALONE(walk), ALONE(log)),
	[PICTURE_MERGE] = PLAN(ALONE(merge), STACK(lists, zone, pcp, 50),
			       ALONE(pageblocks), ALONE(log)),
	[PICTURE_PCP] = PLAN(ALONE(pcp_flow), STACK(lists, zone, pcp, 50),
			     ALONE(pageblocks), ALONE(log)),
	[PICTURE_STEAL] = PLAN(ALONE(steal), ALONE(pageblocks), ALONE(walk),
			       ALONE(zone), ALONE(log)),
	[PICTURE_CLAIM] =
		PLAN(ALONE(claim), ALONE(pageblocks), ALONE(steal), ALONE(log)),
	[PICTURE_CMA] = PLAN(ALONE(cma), STACK(lists, zone, pcp, 50),
			     ALONE(pageblocks), ALONE(log)),
	[PICTURE_SLOW] = PLAN(ALONE(slow), ALONE(zone),
			      BESIDE(pcp, pageblocks, 50), ALONE(lists),
			      ALONE(log), ALONE(map)),
};

static const struct plan wide_plans[NR_PICTURES] = {
	[PICTURE_MACHINE] = PLAN(ALONE(machine), STACK(lists, zone, pcp, 46),
				 ALONE(pageblocks), ALONE(log)),
	[PICTURE_WALK] = PLAN(ALONE(walk), STACK(lists, zone, pcp, 46),
			      ALONE(pageblocks), ALONE(log)),
	[PICTURE_SPLIT] = PLAN(BESIDE(split, lists, 60), ALONE(walk),
			       STACK(zone, pcp, pageblocks, 60), ALONE(map),
			       ALONE(log)),
	[PICTURE_MERGE] = PLAN(BESIDE(merge, lists, 60),
			       STACK(zone, pcp, pageblocks, 60), ALONE(map),
			       ALONE(log)),
	[PICTURE_PCP] = PLAN(ALONE(pcp_flow), STACK(lists, zone, pcp, 46),
			     ALONE(pageblocks), ALONE(log)),
	[PICTURE_STEAL] = PLAN(BESIDE(steal, lists, 60), ALONE(walk),
			       STACK(zone, pcp, pageblocks, 60), ALONE(map),
			       ALONE(log)),
	[PICTURE_CLAIM] = PLAN(ALONE(claim), BESIDE(steal, lists, 60),
			       ALONE(pageblocks), ALONE(map), ALONE(log)),
	[PICTURE_CMA] = PLAN(ALONE(cma), STACK(lists, zone, pcp, 46),
			     ALONE(pageblocks), ALONE(log)),
	[PICTURE_SLOW] = PLAN(ALONE(slow), STACK(lists, zone, pcp, 46),
			      ALONE(pageblocks), ALONE(log)),
};

int column_views(const struct column *column)
{
	int nr = 0;

	while (nr < MAX_STACK && column->views[nr])
		nr++;
	return nr;
}

int band_columns(const struct band *band)
{
	int nr = 0;

	while (nr < MAX_COLUMNS && column_views(&band->columns[nr]))
		nr++;
	return nr;
}

/* -- which views ----------------------------------------------------------- */

/* @column without the views of a mask. Returns how many are left. */
static int keep_views(struct column *column, uint32_t dropped)
{
	struct column kept = { .share = column->share };
	int nr = 0;

	for (int i = 0; i < column_views(column); i++)
		if (!(dropped >> column->views[i] & 1))
			kept.views[nr++] = column->views[i];
	*column = kept;
	return nr;
}

/* Remove the views of a mask. */
static void drop_views(struct plan *plan, uint32_t dropped)
{
	int to = 0;

	for (int b = 0; b < MAX_BANDS; b++) {
		struct band band = plan->bands[b], kept = { 0 };
		int nr = 0;

		for (int c = 0; c < band_columns(&band); c++)
			if (keep_views(&band.columns[c], dropped))
				kept.columns[nr++] = band.columns[c];
		plan->bands[b] = (struct band){ 0 };
		if (nr)
			plan->bands[to++] = kept;
	}
}

/* Insert a band below the big picture; the last one is dropped. */
static void insert_band(struct plan *plan, struct band band)
{
	memmove(&plan->bands[2], &plan->bands[1],
		(MAX_BANDS - 2) * sizeof(band));
	plan->bands[1] = band;
}

/*
 * The big picture, and one below it, the walk or its zone, unless two are
 * above it: at most three panels.
 */
static void make_presenter(struct plan *plan, const struct view_model *vm,
			   bool crowded)
{
	enum view_id big = plan->bands[0].columns[0].views[0];
	enum view_id second = big == VIEW_walk || big == VIEW_slow ? VIEW_zone :
			      vm->nr_rows			   ? VIEW_walk :
								     VIEW_lists;

	*plan = (struct plan)PLAN(
		{ { { { big }, 0 } } },
		{ { { { crowded ? VIEW_none : second }, 0 } } });
}

bool plan_shows_map(const struct view_state *v)
{
	return view_is_on(v, VIEW_map) && !v->presenter;
}

/*
 * On a wide box the source is at the right, and the log below it, or, where
 * that is better, over the whole width in the rows that the bands leave.
 */
static void make_side(struct plan *plan, const struct view_model *vm,
		      struct rect box)
{
	const uint32_t log = 1u << VIEW_log, source = 1u << VIEW_source;
	uint32_t hidden = vm->view->hidden;
	struct view_title t;
	bool bottom;

	view_describe(VIEW_source, vm, box.width * SIDE_SHARE / 100, &t);
	if (t.most == 1) /* it only says that there is none */
		hidden |= source;
	bottom = box.height >= TALL &&
		 (hidden & source || 2 * t.most > box.height);
	plan->side = (struct column){ { VIEW_source, VIEW_log }, SIDE_SHARE };
	keep_views(&plan->side, bottom ? hidden | log : hidden);
	if (bottom && !(hidden & log))
		plan->bottom = VIEW_log;
}

static void make_top(struct plan *plan, const struct view_model *vm)
{
	int nr = 0;

	if (vm->view->counterexample)
		plan->top[nr++] = VIEW_counterexample;
	if (vm->question || vm->feedback)
		plan->top[nr++] = VIEW_question;
}

void plan_make(struct plan *plan, const struct view_model *vm, struct rect box)
{
	const struct view_state *v = vm->view;
	bool wide = box.width >= SIDE_FROM && !v->presenter;
	struct plan around = { .bottom = VIEW_none };
	enum view_id big;

	if (wide) {
		make_side(&around, vm, box);
		if (column_views(&around.side))
			box.width = box.width * (100 - SIDE_SHARE) / 100;
	}
	make_top(&around, vm);
	*plan = (box.width >= WIDE ? wide_plans : narrow_plans)[vm->picture];
	big = plan->bands[0].columns[0].views[0];
	if (v->presenter) {
		make_presenter(plan, vm, around.top[1]);
	} else {
		drop_views(plan, (v->hidden & ~(1u << big)) |
					 (wide ? 1u << VIEW_log : 0));
		if (plan_shows_map(v)) {
			drop_views(plan, 1u << VIEW_map);
			insert_band(plan, (struct band)ALONE(map));
		}
		if (!wide && view_is_on(v, VIEW_source))
			insert_band(plan, (struct band)ALONE(source));
	}
	memcpy(around.bands, plan->bands, sizeof(around.bands));
	*plan = around;
}

enum view_id plan_view(const struct plan *plan, unsigned int focus)
{
	enum view_id shown[MAX_TOP + MAX_BANDS * MAX_COLUMNS * MAX_STACK +
			   MAX_STACK + 1];
	unsigned int nr = 0;

	for (int i = 0; i < MAX_TOP && plan->top[i]; i++)
		shown[nr++] = plan->top[i];
	for (int b = 0; b < MAX_BANDS; b++)
		for (int c = 0; c < band_columns(&plan->bands[b]); c++)
			for (int i = 0;
			     i < column_views(&plan->bands[b].columns[c]); i++)
				shown[nr++] =
					plan->bands[b].columns[c].views[i];
	for (int i = 0; i < column_views(&plan->side); i++)
		shown[nr++] = plan->side.views[i];
	if (plan->bottom)
		shown[nr++] = plan->bottom;
	return shown[focus % nr];
}
