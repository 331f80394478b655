/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layout_plan: the plans, and the views that the user adds and removes. */
#include "screen/layout_plan.h"

#include "model/guide.h"

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

/* How many rows a view can fill at the right; 0: it is hidden, or empty. */
static int rows_at_side(enum view_id view, const struct view_model *vm,
			int width)
{
	struct view_title t;

	view_describe(view, vm, width, &t);
	return vm->view->hidden >> view & 1 || t.most == 1 ? 0 : t.most;
}

/*
 * On a wide box the source is at the right, and the log below it. The log
 * takes the whole width in the rows that the bands leave where the source
 * fills a tall column alone, or where both do not fill half of it.
 */
static void make_side(struct plan *plan, const struct view_model *vm,
		      struct rect box)
{
	const int width = box.width * SIDE_SHARE / 100;
	const int source = rows_at_side(VIEW_source, vm, width);
	const int log = rows_at_side(VIEW_log, vm, width);
	uint32_t hidden = vm->view->hidden;
	int half = box.height;

	for (int i = 0; i < MAX_TOP && plan->top[i]; i++)
		half -= view_height(plan->top[i], vm, box.width) + 1;
	half /= 2;
	if (!source)
		hidden |= 1u << VIEW_source;
	plan->side = (struct column){ { VIEW_source, VIEW_log }, SIDE_SHARE };
	if (source + log <= half) {
		plan->side.views[0] = VIEW_none;
	} else if (box.height < TALL || (source && source <= half)) {
		keep_views(&plan->side, hidden);
		return;
	}
	keep_views(&plan->side, hidden | 1u << VIEW_log);
	if (!(hidden >> VIEW_log & 1))
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

/* The bands of the picture, for a box without its side. */
static void make_bands(struct plan *plan, const struct view_model *vm,
		       int width)
{
	const struct view_state *v = vm->view;
	enum view_id big;
	struct plan bands =
		(width >= WIDE ? wide_plans : narrow_plans)[vm->picture];

	big = bands.bands[0].columns[0].views[0];
	if (v->presenter) {
		make_presenter(&bands, vm, plan->top[1]);
	} else {
		drop_views(&bands, v->hidden & ~(1u << big));
		if (plan_shows_map(v)) {
			drop_views(&bands, 1u << VIEW_map);
			insert_band(&bands, (struct band)ALONE(map));
		}
	}
	memcpy(plan->bands, bands.bands, sizeof(plan->bands));
}

void plan_make(struct plan *plan, const struct view_model *vm, struct rect box)
{
	const struct view_state *v = vm->view;
	bool wide = box.width >= SIDE_FROM && !v->presenter;
	bool source = !v->presenter &&
		      (wide ? rows_at_side(VIEW_source, vm, box.width) > 0 :
			      view_is_on(v, VIEW_source));
	int width = box.width;

	*plan = (struct plan){ .bottom = VIEW_none };
	make_top(plan, vm);
	if (wide)
		make_side(plan, vm, box);
	if (column_views(&plan->side))
		width = width * (100 - SIDE_SHARE) / 100;
	make_bands(plan, vm, width);
	if (wide)
		drop_views(plan, 1u << VIEW_log);
	if (source && plan->side.views[0] != VIEW_source)
		insert_band(plan, (struct band)ALONE(source));
	/* what shows the answer is not beside its question */
	if (vm->question && vm->question->hidden) {
		drop_views(plan, vm->question->hidden);
		keep_views(&plan->side, vm->question->hidden);
		if (!band_columns(&plan->bands[0]))
			plan->bands[0] = (struct band)ALONE(log);
	}
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
