/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * layout_plan: which views are shown together: a plan is bands from the top
 * down, a band is panels side by side. The first is the big picture.
 */
#ifndef TUI_LAYOUT_PLAN_H
#define TUI_LAYOUT_PLAN_H

#include "views/layout.h"

enum { MAX_BANDS = 7, MAX_IN_BAND = 3 };

/* Panels side by side; shares of the width in percent, the last the rest. */
struct band {
	enum view_id views[MAX_IN_BAND]; /* then VIEW_none */
	uint8_t share[MAX_IN_BAND];
};

struct plan {
	struct band bands[MAX_BANDS];
};

/*
 * The plan for a box of that size: by what happens now, without the views
 * that the user hid, with those that the user showed.
 */
void plan_make(struct plan *plan, const struct view_model *vm, struct rect box);
/* How many panels a band has. */
int band_panels(const struct band *band);
bool plan_has(const struct plan *plan, enum view_id view);
/* Did the user show the map? */
bool plan_shows_map(const struct view_state *v);
/* Panel @focus of the plan, modulo the number of panels. */
enum view_id plan_view(const struct plan *plan, unsigned int focus);

#endif
