/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layout_plan: the plans, and the views that the user adds and removes. */
#include "views/layout_plan.h"

#include <string.h>

#include "model/question.h"

enum { WIDE = 100, HUGE_WIDTH = 160, HUGE_HEIGHT = 38 };

/* The plans of the pictures, and of a question. */
enum { PLAN_QUESTION = NR_PICTURES, NR_PLANS };

/* clang-format off */
#define ALONE(view) { { VIEW_##view }, { 0 } }
#define BESIDE(left, right, share) { { VIEW_##left, VIEW_##right }, { share } }
#define THREE(left, middle, right, first, second) \
	{ { VIEW_##left, VIEW_##middle, VIEW_##right }, { first, second } }
#define PLAN(...) { { __VA_ARGS__ } }
/* clang-format on */

static const struct plan narrow_plans[NR_PLANS] = {
	[PICTURE_MACHINE] =
		PLAN(ALONE(machine), ALONE(pageblocks), BESIDE(lists, pcp, 62)),
	[PICTURE_WALK] =
		PLAN(ALONE(walk), ALONE(zone), BESIDE(pcp, pageblocks, 50)),
	[PICTURE_SPLIT] = PLAN(ALONE(split), BESIDE(lists, zone, 50)),
	[PICTURE_MERGE] = PLAN(ALONE(merge), BESIDE(lists, zone, 50)),
	[PICTURE_PCP] = PLAN(ALONE(pcp_flow), BESIDE(lists, zone, 50)),
	[PICTURE_STEAL] = PLAN(ALONE(steal), ALONE(pageblocks)),
	[PICTURE_SLOW] = PLAN(ALONE(slow), ALONE(zone), BESIDE(lists, pcp, 50)),
	[PLAN_QUESTION] =
		PLAN(ALONE(question), ALONE(machine), BESIDE(lists, pcp, 62)),
};

static const struct plan wide_plans[NR_PLANS] = {
	[PICTURE_MACHINE] =
		PLAN(ALONE(machine), BESIDE(lists, pcp, 60), ALONE(pageblocks)),
	[PICTURE_WALK] = PLAN(ALONE(walk), BESIDE(zone, pcp, 64), ALONE(lists),
			      ALONE(pageblocks)),
	[PICTURE_SPLIT] = PLAN(BESIDE(split, pcp, 66), BESIDE(lists, zone, 50),
			       ALONE(pageblocks)),
	[PICTURE_MERGE] = PLAN(BESIDE(merge, pcp, 66), BESIDE(lists, zone, 50),
			       ALONE(pageblocks)),
	[PICTURE_PCP] = PLAN(ALONE(pcp_flow), BESIDE(lists, zone, 50),
			     ALONE(pageblocks)),
	[PICTURE_STEAL] =
		PLAN(BESIDE(steal, pcp, 70), ALONE(walk), ALONE(pageblocks)),
	[PICTURE_SLOW] = PLAN(BESIDE(slow, zone, 50), BESIDE(lists, pcp, 60),
			      ALONE(pageblocks)),
	[PLAN_QUESTION] = PLAN(ALONE(question), BESIDE(machine, zone, 50),
			       BESIDE(lists, pcp, 60), ALONE(pageblocks)),
};

static const struct plan huge_plans[NR_PLANS] = {
	[PICTURE_MACHINE] = PLAN(BESIDE(machine, zone, 60),
				 BESIDE(lists, pcp, 60), ALONE(map)),
	[PICTURE_WALK] = PLAN(BESIDE(walk, zone, 54), BESIDE(lists, pcp, 60),
			      ALONE(map)),
	[PICTURE_SPLIT] = PLAN(BESIDE(split, walk, 50),
			       THREE(lists, zone, pcp, 40, 34), ALONE(map)),
	[PICTURE_MERGE] = PLAN(BESIDE(merge, walk, 50),
			       THREE(lists, zone, pcp, 40, 34), ALONE(map)),
	[PICTURE_PCP] = PLAN(BESIDE(pcp_flow, zone, 60),
			     BESIDE(lists, walk, 50), ALONE(map)),
	[PICTURE_STEAL] = PLAN(BESIDE(steal, walk, 50),
			       THREE(lists, zone, pcp, 40, 34), ALONE(map)),
	[PICTURE_SLOW] = PLAN(BESIDE(slow, zone, 50), BESIDE(lists, pcp, 60),
			      ALONE(map)),
	[PLAN_QUESTION] = PLAN(BESIDE(question, machine, 50),
			       BESIDE(lists, pcp, 60), ALONE(map)),
};

int band_panels(const struct band *band)
{
	int nr = 0;

	while (nr < MAX_IN_BAND && band->views[nr])
		nr++;
	return nr;
}

/* -- which views ----------------------------------------------------------- */

static const struct plan *base_plan(const struct view_model *vm,
				    struct rect box)
{
	struct question q;
	int i = question_shown(vm->session, vm->step, &vm->view->prediction,
			       &q) ?
			(int)PLAN_QUESTION :
			(int)vm->picture;

	if (box.width >= HUGE_WIDTH && box.height >= HUGE_HEIGHT)
		return &huge_plans[i];
	return box.width >= WIDE ? &wide_plans[i] : &narrow_plans[i];
}

static void drop_view(struct band *band, int i)
{
	for (; i + 1 < MAX_IN_BAND; i++) {
		band->views[i] = band->views[i + 1];
		band->share[i] = band->share[i + 1];
	}
	band->views[MAX_IN_BAND - 1] = VIEW_none;
}

bool plan_has(const struct plan *plan, enum view_id view)
{
	for (int b = 0; b < MAX_BANDS; b++)
		for (int i = 0; i < band_panels(&plan->bands[b]); i++)
			if (plan->bands[b].views[i] == view)
				return true;
	return false;
}

/* Insert a band before band @at; the last one is dropped. */
static void insert_band(struct plan *plan, int at, struct band band)
{
	memmove(&plan->bands[at + 1], &plan->bands[at],
		(size_t)(MAX_BANDS - at - 1) * sizeof(band));
	plan->bands[at] = band;
}

/* Remove the hidden views, except the big picture. */
static void drop_hidden(struct plan *plan, const struct view_state *v)
{
	int to = 0;

	for (int b = 0; b < MAX_BANDS; b++) {
		struct band band = plan->bands[b];

		for (int i = band_panels(&band) - 1; i >= !b; i--)
			if (v->hidden >> band.views[i] & 1)
				drop_view(&band, i);
		plan->bands[b] = (struct band){ .share = { 0 } };
		if (band_panels(&band))
			plan->bands[to++] = band;
	}
}

/* The big picture, and at most one beside it: the walk, or its zone. */
static void make_presenter(struct plan *plan, const struct view_model *vm)
{
	enum view_id big = plan->bands[0].views[0];
	enum view_id second = big == VIEW_walk || big == VIEW_slow ? VIEW_zone :
			      vm->nr_rows			   ? VIEW_walk :
								     VIEW_lists;

	*plan = (struct plan){ .bands = { { { big }, { 0 } },
					  { { second }, { 0 } } } };
}

bool plan_shows_map(const struct view_state *v)
{
	return view_is_on(v, VIEW_map) && !v->presenter;
}

void plan_make(struct plan *plan, const struct view_model *vm, struct rect box)
{
	*plan = *base_plan(vm, box);
	if (vm->view->presenter) {
		make_presenter(plan, vm);
	} else {
		drop_hidden(plan, vm->view);
		if (view_is_on(vm->view, VIEW_map) && !plan_has(plan, VIEW_map))
			insert_band(plan, 1, (struct band)ALONE(map));
		if (view_is_on(vm->view, VIEW_source))
			insert_band(plan, 1, (struct band)ALONE(source));
	}
	if (vm->view->counterexample)
		insert_band(plan, 0, (struct band)ALONE(counterexample));
}

enum view_id plan_view(const struct plan *plan, unsigned int focus)
{
	enum view_id shown[MAX_BANDS * MAX_IN_BAND];
	unsigned int nr = 0;

	for (int b = 0; b < MAX_BANDS; b++)
		for (int i = 0; i < band_panels(&plan->bands[b]); i++)
			shown[nr++] = plan->bands[b].views[i];
	return shown[focus % nr];
}
