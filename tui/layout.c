/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layout: plans, and how rows and columns are shared out. */
#include "layout.h"

#include <string.h>

enum { MAX_BANDS = 4, MAX_IN_BAND = 3, WIDE = 100, MIN_ROWS = 3 };

/* Panels side by side; shares of the width in percent, the last the rest. */
struct band {
	const struct view *views[MAX_IN_BAND];
	uint8_t share[MAX_IN_BAND];
};

struct plan {
	struct band bands[MAX_BANDS];
};

#define ALONE(view) { .views = { &view_##view } }
#define BESIDE(left, right, percent)                                         \
	{ .views = { &view_##left, &view_##right }, .share = { percent } }
#define PLAN(...) { .bands = { __VA_ARGS__ } }

static const struct plan narrow_plans[NR_PICTURES] = {
	[PICTURE_MACHINE] = PLAN(ALONE(machine), ALONE(frames),
				 BESIDE(lists, pcp, 62)),
	[PICTURE_WALK] = PLAN(ALONE(walk), ALONE(zone),
			      BESIDE(pcp, frames, 50)),
	[PICTURE_SPLIT] = PLAN(ALONE(split), BESIDE(lists, zone, 50)),
	[PICTURE_MERGE] = PLAN(ALONE(merge), BESIDE(lists, zone, 50)),
	[PICTURE_LANE] = PLAN(ALONE(lane), BESIDE(lists, zone, 50)),
	[PICTURE_STEAL] = PLAN(ALONE(steal), ALONE(frames)),
	[PICTURE_SLOW] = PLAN(ALONE(slow), ALONE(zone),
			      BESIDE(lists, pcp, 50)),
};

static const struct plan wide_plans[NR_PICTURES] = {
	[PICTURE_MACHINE] = PLAN(ALONE(machine), BESIDE(lists, pcp, 60),
				 ALONE(frames)),
	[PICTURE_WALK] = PLAN(ALONE(walk), BESIDE(zone, pcp, 64),
			      ALONE(lists), ALONE(frames)),
	[PICTURE_SPLIT] = PLAN(BESIDE(split, pcp, 66), BESIDE(lists, zone, 50),
			       ALONE(frames)),
	[PICTURE_MERGE] = PLAN(BESIDE(merge, pcp, 66), BESIDE(lists, zone, 50),
			       ALONE(frames)),
	[PICTURE_LANE] = PLAN(ALONE(lane), BESIDE(lists, zone, 50),
			      ALONE(frames)),
	[PICTURE_STEAL] = PLAN(BESIDE(steal, pcp, 70), ALONE(walk),
			       ALONE(frames)),
	[PICTURE_SLOW] = PLAN(BESIDE(slow, zone, 50), BESIDE(lists, pcp, 60),
			      ALONE(frames)),
};

static int band_panels(const struct band *band)
{
	int nr = 0;

	while (nr < MAX_IN_BAND && band->views[nr])
		nr++;
	return nr;
}

/* The rows that the most demanding panel of a band would like. */
static int band_wish(const struct band *band, const struct frame *f, int width)
{
	int wish = 1;

	for (int i = 0; i < band_panels(band); i++) {
		int height = band->views[i]->height(f, width);

		if (height > wish)
			wish = height;
	}
	return wish;
}

/*
 * Rows for @nr bands out of @rows: a little for each, then what they wish,
 * the first first, and what is left to the last. Returns how many bands
 * there is room for.
 */
static int share_rows(const int *wishes, int nr, int rows, int *heights)
{
	int left;

	/* a border above each band, and one below the last */
	while (nr > 1 && nr * (MIN_ROWS + 1) + 1 > rows)
		nr--;
	left = rows - nr - 1;
	for (int i = 0; i < nr; i++) {
		heights[i] = wishes[i] < MIN_ROWS ? wishes[i] : MIN_ROWS;
		left -= heights[i];
	}
	for (int i = 0; i < nr && left > 0; i++) {
		int more = wishes[i] - heights[i];

		if (more > left)
			more = left;
		heights[i] += more;
		left -= more;
	}
	heights[nr - 1] += left;
	return nr;
}

static void add_panel(struct layout *l, const struct view *view,
		      struct rect rect, bool bordered)
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
		int width = i + 1 < nr ? (inner - nr + 1) * band->share[i] /
						 100 :
					 inner + 1 - x;

		add_panel(l, band->views[i],
			  (struct rect){ l->box.x + x, y, width, height },
			  true);
		x += width + 1;
	}
}

static void fill_box(struct layout *l, const struct frame *f)
{
	const struct plan *plan = l->box.width >= WIDE ?
					  &wide_plans[f->picture] :
					  &narrow_plans[f->picture];
	int wishes[MAX_BANDS], heights[MAX_BANDS], nr = 0;
	int y = l->box.y + 1;

	while (nr < MAX_BANDS && band_panels(&plan->bands[nr])) {
		wishes[nr] = band_wish(&plan->bands[nr], f, l->box.width - 2);
		nr++;
	}
	nr = share_rows(wishes, nr, l->box.height, heights);
	for (int i = 0; i < nr; i++) {
		add_band(l, &plan->bands[i], y, heights[i]);
		y += heights[i] + 1;
	}
}

/* The focused panel takes the whole box. */
static void enlarge(struct layout *l)
{
	struct panel *panel = &l->panels[0];

	*panel = l->panels[l->focus];
	panel->rect = (struct rect){ l->box.x + 1, l->box.y + 1,
				     l->box.width - 2, l->box.height - 2 };
	l->nr_panels = 1;
	l->focus = 0;
}

/* Small screens have no box: one panel, its title lost. */
static void fill_small(struct layout *l, const struct frame *f,
		       struct rect rest)
{
	add_panel(l, narrow_plans[f->picture].bands[0].views[0], rest, false);
}

void layout_make(struct layout *l, const struct frame *f, int width,
		 int height, const struct layout_choice *choice)
{
	int why = view_why.height(f, width);
	int request = height < 14 ? 0 : height < 30 ? 1 : 2;
	struct rect rest;

	memset(l, 0, sizeof(*l));
	l->too_small = width < SCREEN_MIN_WIDTH || height < SCREEN_MIN_HEIGHT;
	if (l->too_small)
		return;
	if (height < 18)
		why = 2;
	else if (height < 30 && why > 3)
		why = 3;
	l->title = (struct rect){ 0, 0, width, 1 };
	l->why = (struct rect){ 0, 1, width, why };
	l->request = (struct rect){ 0, 1 + why, width, request };
	rest = (struct rect){ 0, 1 + why + request, width,
			      height - 3 - why - request };
	l->timeline = (struct rect){ 0, height - 2, width, 1 };
	l->keys = (struct rect){ 0, height - 1, width, 1 };
	if (height < 14) {
		fill_small(l, f, rest);
		return;
	}
	l->box = rest;
	fill_box(l, f);
	l->focus = choice->focus % l->nr_panels;
	if (choice->enlarged)
		enlarge(l);
}
