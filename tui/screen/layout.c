/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layout: plans, and how rows and columns are shared out. */
#include "screen/layout.h"

#include <string.h>

#include "screen/layout_plan.h"
#include "screen/layout_rows.h"
#include "views/view_map.h"

enum { MIN_ROWS = 3, LARGE_ROWS = 5, SMALL_HEIGHT = 14 };

/* -- panels ----------------------------------------------------------------- */

static void add_panel(struct layout *l, enum view_id view, struct rect rect,
		      bool bordered)
{
	if (l->nr_panels < MAX_PANELS)
		l->panels[l->nr_panels++] = (struct panel){
			.view = view, .rect = rect, .bordered = bordered
		};
}

/* In @rect, without the borders around it. */
static void add_column(struct layout *l, const struct view_model *vm,
		       const struct column *column, struct rect rect)
{
	struct need needs[MAX_STACK];
	int heights[MAX_STACK], nr = column_views(column);

	for (int i = 0; i < nr; i++)
		needs[i] = view_need(column->views[i], vm, rect.width);
	nr = share_rows(needs, nr, 1, MIN_ROWS, rect.height + 2, heights);
	for (int i = 0; i < nr; i++) {
		rect.height = heights[i];
		add_panel(l, column->views[i], rect, true);
		rect.y += heights[i] + 1;
	}
}

static void add_band(struct layout *l, const struct view_model *vm,
		     const struct band *band, struct rect rect)
{
	int widths[MAX_COLUMNS];

	band_widths(band, vm, rect.width, widths);
	for (int c = 0; c < band_columns(band); c++) {
		rect.width = widths[c];
		add_column(l, vm, &band->columns[c], rect);
		rect.x += rect.width + 1;
	}
}

/*
 * In presenter mode a panel that fits has blank rows between its rows; the
 * second panel is dropped before the first is cut.
 */
static int presenter_rows(struct need *need, int nr, int rows, int *heights)
{
	int left = rows - 2, twice = 2 * need[0].rows - 1;

	while (nr > 1 &&
	       ((twice <= left && twice + 4 > left) || need[0].rows + 4 > left))
		nr--;
	/* request blank rows between the rows, for the first panel first */
	if (twice + (nr > 1 ? 5 : 0) <= left) {
		need[0].rows = twice;
		left -= twice + 1;
		if (nr > 1 && 2 * need[1].rows - 1 <= left)
			need[1].rows = 2 * need[1].rows - 1;
	}
	return share_rows(need, nr, 2, MIN_ROWS, rows, heights);
}

/* The needs of the bands in a box of that width. Returns how many there are. */
static int band_needs(const struct plan *plan, const struct view_model *vm,
		      int width, struct need *needs)
{
	int nr = 0;

	for (; nr < MAX_BANDS && band_columns(&plan->bands[nr]); nr++)
		needs[nr] = band_need(&plan->bands[nr], vm, width - 2);
	return nr;
}

/* The bands from the top down, in @rect, which has borders. */
static void add_bands(struct layout *l, const struct view_model *vm,
		      const struct plan *plan, struct rect rect)
{
	struct need needs[MAX_BANDS], single[MAX_BANDS];
	int heights[MAX_BANDS];
	int nr = band_needs(plan, vm, rect.width, needs);
	bool large = plan_shows_map(vm->view) ||
		     view_is_on(vm->view, VIEW_source);

	/* rather a panel that is too low than the first one alone */
	if (rows_with(needs, at_most(nr, 2), MIN_ROWS) > rect.height)
		for (int i = 0; i < nr; i++)
			needs[i].least = 0;
	memcpy(single, needs, sizeof(single));
	nr = vm->view->presenter ?
		     presenter_rows(needs, nr, rect.height, heights) :
		     share_rows(needs, nr, 2, large ? LARGE_ROWS : MIN_ROWS,
				rect.height, heights);
	rect.x++;
	rect.width -= 2;
	for (int i = 0; i < nr; i++) {
		rect.y++;
		rect.height = heights[i];
		add_band(l, vm, &plan->bands[i], rect);
		l->panels[l->nr_panels - 1].spread = vm->view->presenter &&
						     2 * single[i].rows - 1 <=
							     heights[i];
		rect.y += heights[i];
	}
}

/* The panels above the bands; what is left of @rect. */
static struct rect add_top(struct layout *l, const struct view_model *vm,
			   const struct plan *plan, struct rect rect)
{
	for (int i = 0; i < MAX_TOP && band_columns(&plan->top[i]); i++) {
		const struct band *band = &plan->top[i];
		const int inner = rect.width - 2, room = rect.height - 2;
		int widths[MAX_COLUMNS], rows;

		band_widths(band, vm, inner, widths);
		rows = view_height(band->columns[0].views[0], vm, widths[0]);
		rows = at_least(rows, band_need(band, vm, inner).rows);
		rows = at_most(rows, room);
		/* one below it has a border and a few rows, or there is none */
		if (room - rows < MIN_ROWS + 1)
			rows = room;
		add_band(l, vm, band,
			 (struct rect){ rect.x + 1, rect.y + 1, inner, rows });
		rect.y += rows + 1;
		rect.height -= rows + 1;
		if (rows == room)
			break;
	}
	return rect;
}

static void fill_box(struct layout *l, const struct view_model *vm,
		     const struct plan *plan)
{
	struct rect rect = l->box, side = rect;

	if (column_views(&plan->side)) {
		side.width = plan->side_width;
		side.x += rect.width - 1 - side.width;
		rect.width -= side.width + 1;
	}
	rect = add_top(l, vm, plan, rect);
	if (rect.height >= 3)
		add_bands(l, vm, plan, rect);
	if (column_views(&plan->side))
		add_column(l, vm, &plan->side,
			   (struct rect){ side.x, side.y + 1, side.width,
					  side.height - 2 });
}

static bool has_panel(const struct layout *l, enum view_id view)
{
	unsigned int i = 0;

	while (i < l->nr_panels && l->panels[i].view != view)
		i++;
	return i < l->nr_panels;
}

/* Where there is room, the map of pages replaces that of pageblocks. */
static void use_room(struct layout *l, const struct view_model *vm)
{
	for (unsigned int i = 0; i < l->nr_panels; i++) {
		struct panel *p = &l->panels[i];

		if (p->view == VIEW_pageblocks && p->rect.width >= WIDE_MAP &&
		    p->rect.height > view_height(p->view, vm, p->rect.width) &&
		    !has_panel(l, VIEW_map))
			p->view = VIEW_map;
	}
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
	/* a question stands between two requests */
	request = height < SMALL_HEIGHT || vm->question ? 0 :
		  height < 30				? 1 :
							  2;
	if (vm->view->presenter && height >= SMALL_HEIGHT) {
		request = 0;
		gap = height >= 20;
		/* a question has the caption in place of the event text */
		caption = vm->question ? 0 : height >= 18 ? 2 : 1;
		why = vm->question ? why : height >= 22 ? 3 : 2;
	}
	l->title = (struct rect){ 0, 0, width, 1 };
	y = 1 + gap;
	l->caption = (struct rect){ 0, y, width, caption };
	y += caption;
	l->why = (struct rect){ 0, y, width, why };
	y += why;
	l->request = (struct rect){ 0, y, width, request };
	y += request + (gap && height >= 26);
	l->box = (struct rect){ 0, y, width, height - 2 - y };
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
	struct view_title t;
	int room;

	memset(l, 0, sizeof(*l));
	l->too_small = width < SCREEN_MIN_WIDTH || height < SCREEN_MIN_HEIGHT;
	if (l->too_small)
		return;
	cut_rows(l, vm, width, height);
	add_panels(l, vm);
	focused = &l->panels[l->focus];
	view_describe(focused->view, vm, focused->rect.width, &t);
	room = t.most - focused->rect.height;
	/* the window's own line takes a row as soon as it is needed */
	l->scroll_room = room > 0 ? room + 1 : 0;
	l->scroll = vm->view->scroll > l->scroll_room  ? l->scroll_room :
		    vm->view->scroll < -l->scroll_room ? -l->scroll_room :
							 vm->view->scroll;
	for (unsigned int i = 0; i < l->nr_panels; i++)
		if (l->panels[i].view == VIEW_map)
			l->map_columns = map_columns(vm,
						     l->panels[i].rect.width,
						     l->panels[i].rect.height);
}
