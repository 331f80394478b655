/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_state: what keys change about how a step is shown. */
#include "model/view_state.h"

#include <string.h>

#include "model/view_model.h"

static const struct {
	const char *name;
	bool fixed; /* never hidden */
	bool off; /* hidden at first */
} panels[NR_PANEL_IDS] = {
	[PANEL_BIG] = { .name = "big", .fixed = true },
	[PANEL_ZONE] = { .name = "zone" },
	[PANEL_LISTS] = { .name = "lists" },
	[PANEL_PCP] = { .name = "pcp" },
	[PANEL_PAGEBLOCKS] = { .name = "pageblocks" },
	[PANEL_WALK] = { .name = "walk" },
	[PANEL_SOURCE] = { .name = "source", .off = true },
	[PANEL_MAP] = { .name = "map", .off = true },
};

void view_focus_on(struct view_state *v, unsigned int i)
{
	v->focus = i;
	v->scroll = 0;
}

void view_scroll(struct view_state *v, int rows, int room)
{
	v->scroll += rows;
	if (v->scroll > room)
		v->scroll = room;
	if (v->scroll < -room)
		v->scroll = -room;
}

bool view_toggle_panel(struct view_state *v, enum panel_id id)
{
	if (id >= NR_PANEL_IDS || panels[id].fixed)
		return false;
	if (panels[id].off)
		v->shown ^= 1u << id;
	else
		v->hidden ^= 1u << id;
	v->focus = 0;
	v->scroll = 0;
	return true;
}

bool view_panel_is_on(const struct view_state *v, enum panel_id id)
{
	if (id >= NR_PANEL_IDS)
		return false;
	if (panels[id].off)
		return v->shown >> id & 1;
	return panels[id].fixed || !(v->hidden >> id & 1);
}

enum panel_id panel_from_name(const char *name)
{
	for (int id = 0; id < NR_PANEL_IDS; id++)
		if (!strcmp(panels[id].name, name))
			return (enum panel_id)id;
	return NR_PANEL_IDS;
}

uint8_t view_phase(const struct view_state *v, uint32_t done_ms,
		   uint32_t whole_ms)
{
	if (v->reduced_motion || !whole_ms || done_ms >= whole_ms)
		return PHASE_FINAL;
	return (uint8_t)(1 + (uint64_t)done_ms * (NR_PHASES - 1) / whole_ms);
}

/* -- the map ---------------------------------------------------------------- */

enum { ZOOM_STEP = 1, MIN_CELLS = 256 };

static uint8_t largest_zoom(const struct view_model *vm)
{
	uint8_t zoom = 0;

	while (zoom < 24 && vm->m->system->max_pfn >> zoom > MIN_CELLS)
		zoom++;
	return zoom;
}

/* The page of the step: one that it wrote, or one of its event. */
static uint32_t pfn_of_step(const struct view_model *vm)
{
	int64_t pfn = vm->event ? event_number(vm->event, "pfn") : -1;

	if (vm->nr_changed)
		return vm->changed[0];
	if (pfn >= 0 && pfn < vm->m->system->max_pfn)
		return (uint32_t)pfn;
	return vm->zone ? vm->zone->start_pfn : 0;
}

uint32_t view_map_at(const struct view_state *v, const struct view_model *vm)
{
	uint32_t pfn = v->map_has_cursor ? v->map_cursor : pfn_of_step(vm);

	return pfn < vm->m->system->max_pfn ? pfn :
	       vm->m->system->max_pfn	    ? vm->m->system->max_pfn - 1 :
					      0;
}

uint8_t view_map_zoom_at(const struct view_state *v,
			 const struct view_model *vm)
{
	uint8_t most = largest_zoom(vm);

	return v->map_zoom < most ? v->map_zoom : most;
}

void view_map_zoom(struct view_state *v, const struct view_model *vm,
		   int change)
{
	int zoom = view_map_zoom_at(v, vm) + change * ZOOM_STEP;
	int most = largest_zoom(vm);

	v->map_zoom = (uint8_t)(zoom < 0 ? 0 : zoom > most ? most : zoom);
}

void view_map_move(struct view_state *v, const struct view_model *vm,
		   int columns, int right, int down)
{
	uint8_t zoom = view_map_zoom_at(v, vm);
	int64_t cells = (int64_t)right + (int64_t)down * columns;
	int64_t pfn = view_map_at(v, vm) + cells * ((int64_t)1 << zoom);
	int64_t end = vm->m->system->max_pfn;

	if (pfn < 0 || pfn >= end)
		return;
	view_map_goto(v, vm, (uint32_t)pfn);
}

void view_map_goto(struct view_state *v, const struct view_model *vm,
		   uint32_t pfn)
{
	if (pfn >= vm->m->system->max_pfn)
		return;
	v->map_has_cursor = true;
	v->map_cursor = pfn;
}

/* -- predictions ------------------------------------------------------------- */

void view_question_begin(struct view_state *v)
{
	v->prediction.on = true;
	v->prediction.choice = 0;
	v->prediction.typed[0] = '\0';
}

void view_question_mark(struct view_state *v, int change, uint32_t nr_choices)
{
	if (!nr_choices)
		return;
	v->prediction.choice = (v->prediction.choice + nr_choices +
				(change > 0 ? 1u : nr_choices - 1)) %
			       nr_choices;
}

void view_question_type(struct view_state *v, uint32_t character)
{
	size_t used = strlen(v->prediction.typed);

	if (used + 2 > sizeof(v->prediction.typed) || character < ' ' ||
	    character > '~')
		return;
	v->prediction.typed[used] = (char)character;
	v->prediction.typed[used + 1] = '\0';
}

void view_question_erase(struct view_state *v)
{
	size_t used = strlen(v->prediction.typed);

	if (used)
		v->prediction.typed[used - 1] = '\0';
}

void view_question_end(struct view_state *v, bool right)
{
	v->prediction.on = false;
	v->prediction.nr_asked++;
	v->prediction.nr_right += right;
}
