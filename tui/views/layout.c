/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layout: plans, and how rows and columns are shared out. */
#include "views/layout.h"

#include <string.h>

#include "views/layout_plan.h"
#include "views/view_map.h"

enum { MIN_ROWS = 3, LARGE_ROWS = 5, SMALL_HEIGHT = 14 };
enum { WIDE_MAP = 78, SPARE_ROWS = 5 };

/* -- rows and columns ------------------------------------------------------- */

/* The most rows that a panel of a band requests. */
static int band_rows(const struct band *band, const struct view_model *vm,
		     int width)
{
	int most = 1;

	for (int i = 0; i < band_panels(band); i++) {
		int height = view_height(band->views[i], vm, width);

		if (height > most)
			most = height;
	}
	return most;
}

/*
 * Share @rows out to @nr bands: @least for each, then up to what it requests,
 * in order, and the rest for the last. Returns how many bands have room.
 */
static int share_rows(const int *wanted, int nr, int rows, int *heights,
		      int least)
{
	int left, big = wanted[0];

	/* a border above each band, and one below the last */
	while (nr > 1 && nr * (least + 1) + 1 > rows)
		nr--;
	/* show the big picture whole before a third band */
	while (nr > 2 && big < rows / 2 + 2 &&
	       nr * (least + 1) + 1 + big - least > rows)
		nr--;
	left = rows - nr - 1;
	for (int i = 0; i < nr; i++) {
		heights[i] = wanted[i] < least ? wanted[i] : least;
		left -= heights[i];
	}
	for (int i = 0; i < nr && left > 0; i++) {
		int more = wanted[i] - heights[i];

		if (more > left)
			more = left;
		heights[i] += more;
		left -= more;
	}
	heights[nr - 1] += left;
	return nr;
}

static void add_panel(struct layout *l, enum view_id view, struct rect rect,
		      bool bordered)
{
	if (l->nr_panels < MAX_PANELS)
		l->panels[l->nr_panels++] = (struct panel){
			.view = view, .rect = rect, .bordered = bordered
		};
}

static void add_band(struct layout *l, const struct band *band, int y,
		     int height)
{
	int nr = band_panels(band), inner = l->box.width - 2, x = 1;

	for (int i = 0; i < nr; i++) {
		int width = i + 1 < nr ?
				    (inner - nr + 1) * band->share[i] / 100 :
				    inner + 1 - x;

		add_panel(l, band->views[i],
			  (struct rect){ l->box.x + x, y, width, height },
			  true);
		x += width + 1;
	}
}

/*
 * In presenter mode a panel that fits has blank rows between its rows; the
 * second panel is dropped before the first is cut.
 */
static void spread_out(struct layout *l, const int *wanted, int nr)
{
	for (int i = 0; i < nr; i++)
		l->panels[i].spread = 2 * wanted[i] - 1 <=
				      l->panels[i].rect.height;
}

static int presenter_rows(const struct layout *l, int *wanted, int nr,
			  int *heights)
{
	int rows = l->box.height - 2, twice = 2 * wanted[0] - 1;

	while (nr > 1 &&
	       ((twice <= rows && twice + 4 > rows) || wanted[0] + 4 > rows))
		nr--;
	/* request blank rows between the rows, for the first panel first */
	if (twice + (nr > 1 ? 5 : 0) <= rows) {
		wanted[0] = twice;
		rows -= twice + 1;
		if (nr > 1 && 2 * wanted[1] - 1 <= rows)
			wanted[1] = 2 * wanted[1] - 1;
	}
	return share_rows(wanted, nr, l->box.height, heights, MIN_ROWS);
}

static void fill_box(struct layout *l, const struct view_model *vm,
		     const struct plan *plan)
{
	int wanted[MAX_BANDS], single[MAX_BANDS], heights[MAX_BANDS], nr = 0;
	int y = l->box.y + 1;

	while (nr < MAX_BANDS && band_panels(&plan->bands[nr])) {
		wanted[nr] = band_rows(&plan->bands[nr], vm, l->box.width - 2);
		single[nr] = wanted[nr];
		nr++;
	}
	nr = vm->view->presenter ?
		     presenter_rows(l, wanted, nr, heights) :
		     share_rows(wanted, nr, l->box.height, heights,
				plan_has(plan, VIEW_source) ||
						plan_shows_map(vm->view) ?
					LARGE_ROWS :
					MIN_ROWS);
	for (int i = 0; i < nr; i++) {
		add_band(l, &plan->bands[i], y, heights[i]);
		y += heights[i] + 1;
	}
	if (vm->view->presenter)
		spread_out(l, single, nr);
}

/* Where there is room, the map of pages replaces that of pageblocks. */
static void use_room(struct layout *l, const struct view_model *vm)
{
	struct panel *last = &l->panels[l->nr_panels - 1];

	if (last->view == VIEW_pageblocks && last->rect.width >= WIDE_MAP &&
	    last->rect.height >=
		    view_height(VIEW_pageblocks, vm, last->rect.width) +
			    SPARE_ROWS)
		last->view = VIEW_map;
}

/* The focused panel takes the whole box; pageblocks become the map. */
static void enlarge(struct layout *l)
{
	struct panel *panel = &l->panels[0];

	*panel = l->panels[l->focus];
	if (panel->view == VIEW_pageblocks)
		panel->view = VIEW_map;
	panel->rect = (struct rect){ l->box.x + 1, l->box.y + 1,
				     l->box.width - 2, l->box.height - 2 };
	panel->spread = false;
	l->nr_panels = 1;
	l->focus = 0;
}

/* Rows from the top; what is left is the box. */
static void cut_rows(struct layout *l, const struct view_model *vm, int width,
		     int height)
{
	int why = view_height(VIEW_why, vm, width), request, caption = 0,
	    gap = 0;
	int y, most;

	/* texts are shown whole where there is room for pictures too */
	most = height < 24 ? 3 : height / 4;
	why = why < most ? why : most;
	request = height < SMALL_HEIGHT ? 0 : height < 30 ? 1 : 2;
	if (vm->view->presenter && height >= SMALL_HEIGHT) {
		request = 0;
		gap = height >= 20;
		caption = height >= 18 ? 2 : 1;
		why = height >= 22 ? 3 : 2;
	}
	l->title = (struct rect){ 0, 0, width, 1 };
	l->why = (struct rect){ 0, 1 + gap, width, why };
	y = 1 + gap + why;
	l->request = (struct rect){ 0, y, width, request };
	y += request + (gap && height >= 26);
	l->box = (struct rect){ 0, y, width, height - 2 - caption - y };
	l->caption = (struct rect){ 0, height - 2 - caption, width, caption };
	l->timeline = (struct rect){ 0, height - 2, width, 1 };
	l->keys = (struct rect){ 0, height - 1, width, 1 };
}

static void add_panels(struct layout *l, const struct view_model *vm)
{
	struct plan plan;

	plan_make(&plan, vm, l->box);
	if (l->keys.y + 1 < SMALL_HEIGHT) {
		/* no borders: one panel, without a title */
		add_panel(l, plan_view(&plan, vm->view->focus), l->box, false);
		l->box.height = 0;
		return;
	}
	fill_box(l, vm, &plan);
	use_room(l, vm);
	l->focus = vm->view->focus % l->nr_panels;
	if (vm->view->enlarged)
		enlarge(l);
}

void layout_make(struct layout *l, const struct view_model *vm, int width,
		 int height)
{
	const struct panel *focused;
	int room;

	memset(l, 0, sizeof(*l));
	l->too_small = width < SCREEN_MIN_WIDTH || height < SCREEN_MIN_HEIGHT;
	if (l->too_small)
		return;
	cut_rows(l, vm, width, height);
	add_panels(l, vm);
	focused = &l->panels[l->focus];
	room = view_height(focused->view, vm, focused->rect.width) -
	       focused->rect.height;
	/* the window's own line takes a row as soon as it is needed */
	l->scroll_room = room > 0 ? room + 1 : 0;
	l->scroll = vm->view->scroll > l->scroll_room  ? l->scroll_room :
		    vm->view->scroll < -l->scroll_room ? -l->scroll_room :
							 vm->view->scroll;
	for (unsigned int i = 0; i < l->nr_panels; i++)
		if (l->panels[i].view == VIEW_map)
			l->map_columns = map_columns(l->panels[i].rect.width);
}
