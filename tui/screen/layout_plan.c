/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layout_plan: the plans, and the views that the user adds and removes. */
#include "screen/layout_plan.h"

#include "model/guide.h"
#include "screen/layout_rows.h"

#include <string.h>

enum { SIDE_FROM = 120, TALL = 40 };
/* Of the side: its least share in percent; columns that bands and it can fill.
 * And the least beside a question. */
enum {
	SIDE_SHARE = 33,
	BANDS_WIDTH = 118,
	SIDE_WIDTH = 84,
	BESIDE_WIDTH = 32,
	MACHINE_WIDTH = 72,
	PART_WIDTH = 46,
	QUESTION_WIDTH = 40, /* its title and score are whole */
	NR_CANDIDATES = 4
};
enum { ROWS_FOR_BOTH = 24 }; /* per-cpu lists and pageblocks at a question */

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
	struct column kept = { .width = column->width };
	int nr = 0;

	for (int i = 0; i < column_views(column); i++)
		if (!(dropped >> column->views[i] & 1))
			kept.views[nr++] = column->views[i];
	*column = kept;
	return nr;
}

/* The views of a column as a mask. */
static uint32_t column_mask(const struct column *column)
{
	uint32_t mask = 0;

	for (int i = 0; i < column_views(column); i++)
		mask |= 1u << column->views[i];
	return mask;
}

/* Remove the views of a mask. False: there was none. */
static bool drop_views(struct plan *plan, uint32_t dropped)
{
	bool found = false;
	int to = 0;

	for (int b = 0; b < MAX_BANDS; b++) {
		struct band band = plan->bands[b];
		struct band kept = { .grows_to_map = band.grows_to_map };
		const int nr_columns = band_columns(&band);
		int nr = 0;

		for (int c = 0; c < nr_columns; c++) {
			found |= (column_mask(&band.columns[c]) & dropped) != 0;
			if (keep_views(&band.columns[c], dropped))
				kept.columns[nr++] = band.columns[c];
		}
		plan->bands[b] = (struct band){ 0 };
		if (nr)
			plan->bands[to++] = kept;
	}
	return found;
}

/* Insert a band below the big picture; the last one is dropped. */
static void insert_band(struct plan *plan, struct band band)
{
	memmove(&plan->bands[2], &plan->bands[1],
		(MAX_BANDS - 2) * sizeof(band));
	plan->bands[1] = band;
}

/* In a wide box beside the first panels that are beside each other. */
static void add_source(struct plan *plan, bool wide)
{
	for (int b = 0; wide && b < MAX_BANDS; b++)
		if (band_columns(&plan->bands[b]) == 2) {
			plan->bands[b].columns[2] =
				(struct column)STACK_OF(VIEW_source);
			return;
		}
	insert_band(plan, (struct band)ALONE(source));
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

	*plan = (struct plan)PLAN(BAND(STACK_OF(big)),
				  BAND(STACK_OF(crowded ? VIEW_none : second)));
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

/* What the bands leave; a source is not wider than its lines. */
static int side_width(int inner)
{
	const int least = inner * SIDE_SHARE / 100;
	int width = inner - BANDS_WIDTH;

	width = width > SIDE_WIDTH ? SIDE_WIDTH : width;
	return width > least ? width : least;
}

/*
 * On a wide box the source is at the right, and the log below it. Where the
 * source fills a tall column alone, the log is the last band; if both do not
 * fill half of it, too, and the bands take the whole width.
 */
static void make_side(struct plan *plan, const struct view_model *vm,
		      struct rect box)
{
	const int width = side_width(box.width - 3);
	const int source = rows_at_side(VIEW_source, vm, width);
	const int log = rows_at_side(VIEW_log, vm, width);
	uint32_t hidden = vm->view->hidden;

	if (source + log <= box.height / 2)
		return;
	if (!source)
		hidden |= 1u << VIEW_source;
	if (!log || (box.height >= TALL && source > box.height / 2))
		hidden |= 1u << VIEW_log;
	plan->side = (struct column)STACK_OF(VIEW_source, VIEW_log);
	if (keep_views(&plan->side, hidden))
		plan->side_width = width;
}

static void make_top(struct plan *plan, const struct view_model *vm)
{
	int nr = 0;

	if (vm->view->counterexample)
		plan->top[nr++] = (struct band)ALONE(counterexample);
	if (vm->question || vm->feedback)
		plan->top[nr] = (struct band)ALONE(question);
}

/* Is a view alone over the whole width, where it cannot grow to the map? */
static bool has_band_of(const struct plan *plan, enum view_id view)
{
	for (int b = 0; b < MAX_BANDS; b++)
		if (!plan->bands[b].grows_to_map &&
		    band_columns(&plan->bands[b]) == 1 &&
		    column_mask(&plan->bands[b].columns[0]) == 1u << view)
			return true;
	return false;
}

/*
 * Beside a question that is short for @width are the bands' short panels, as
 * many as it has rows for, that do not tell its answer.
 */
static void fill_question(struct plan *plan, const struct view_model *vm,
			  int width)
{
	/* the first only where the second would tell the answer */
	static const enum view_id candidates[NR_CANDIDATES] = {
		VIEW_machine, VIEW_pcp, VIEW_pageblocks, VIEW_machine
	};
	const bool machine = vm->question &&
			     vm->question->hidden >> VIEW_pcp & 1;
	struct band *band = plan->top;
	struct column beside = STACK_OF(VIEW_none);
	struct view_title question, t;
	int rows = 0, nr = 0;

	while (band->columns[0].views[0] != VIEW_question)
		band++;
	view_describe(VIEW_question, vm, width, &question);
	width -= at_least(question.columns, QUESTION_WIDTH) + 3;
	for (int i = !machine; i < NR_CANDIDATES - !machine; i++) {
		const enum view_id view = candidates[i];
		const int least = !i		       ? MACHINE_WIDTH :
				  view == VIEW_machine ? PART_WIDTH :
							 BESIDE_WIDTH;

		view_describe(view, vm, width, &t);
		if (width < least || rows >= question.rows ||
		    (vm->question && vm->question->hidden >> view & 1) ||
		    !drop_views(plan, 1u << view))
			continue;
		beside.views[nr++] = view;
		beside.width =
			at_least(beside.width, at_most(t.columns, width));
		rows += t.rows + 1;
	}
	band->columns[1] = beside;
	if (nr && has_band_of(plan, VIEW_pageblocks))
		drop_views(plan, 1u << VIEW_pageblocks);
}

/* The bands of the picture, for a box without its side. */
static void make_bands(struct plan *plan, const struct view_model *vm,
		       int width)
{
	const struct view_state *v = vm->view;
	enum view_id big;
	struct plan bands = *picture_plan(vm->picture, width);

	big = bands.bands[0].columns[0].views[0];
	if (v->presenter) {
		make_presenter(&bands, vm, band_columns(&plan->top[1]));
	} else {
		drop_views(&bands, v->hidden & ~(1u << big));
		if (plan_shows_map(v)) {
			drop_views(&bands, 1u << VIEW_map);
			insert_band(&bands, (struct band)ALONE(map));
		}
	}
	memcpy(plan->bands, bands.bands, sizeof(plan->bands));
}

/*
 * Beside a question: the machine, without what may tell the answer. Of few
 * rows the per-cpu lists get some as soon as a page is on them.
 */
static void make_question(struct plan *plan, const struct view_model *vm,
			  struct rect box)
{
	uint32_t dropped = vm->question->hidden;

	if (box.height < ROWS_FOR_BOTH && vm->zone &&
	    !(dropped >> VIEW_pcp & 1) &&
	    zone_pcp(vm->m, vm->zone, vm->cpu)->count)
		dropped |= 1u << VIEW_pageblocks;
	make_bands(plan, vm, box.width);
	drop_views(plan, dropped);
}

void plan_make(struct plan *plan, const struct view_model *vm, struct rect box)
{
	const struct view_state *v = vm->view;
	bool wide = box.width >= SIDE_FROM && !v->presenter;
	bool source = !v->presenter &&
		      (wide ? rows_at_side(VIEW_source, vm, box.width) > 0 :
			      view_is_on(v, VIEW_source));

	*plan = (struct plan){ .side_width = 0 };
	make_top(plan, vm);
	if (vm->question) {
		make_question(plan, vm, box);
		if (wide)
			fill_question(plan, vm, box.width);
		return;
	}
	if (wide)
		make_side(plan, vm, box);
	make_bands(plan, vm, box.width - plan->side_width);
	drop_views(plan, column_mask(&plan->side));
	if (wide && !rows_at_side(VIEW_log, vm, box.width))
		drop_views(plan, 1u << VIEW_log);
	if (source && plan->side.views[0] != VIEW_source)
		add_source(plan, wide);
	if (wide && vm->feedback)
		fill_question(plan, vm, box.width - plan->side_width);
}

/* Append the views of a band. Returns how many there are then. */
static unsigned int band_views(const struct band *band, enum view_id *shown,
			       unsigned int nr)
{
	for (int c = 0; c < band_columns(band); c++)
		for (int i = 0; i < column_views(&band->columns[c]); i++)
			shown[nr++] = band->columns[c].views[i];
	return nr;
}

enum view_id plan_view(const struct plan *plan, unsigned int focus)
{
	enum view_id shown[(MAX_TOP + MAX_BANDS) * MAX_COLUMNS * MAX_STACK +
			   MAX_STACK];
	unsigned int nr = 0;

	for (int b = 0; b < MAX_TOP; b++)
		nr = band_views(&plan->top[b], shown, nr);
	for (int b = 0; b < MAX_BANDS; b++)
		nr = band_views(&plan->bands[b], shown, nr);
	for (int i = 0; i < column_views(&plan->side); i++)
		shown[nr++] = plan->side.views[i];
	return shown[focus % nr];
}
