/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_state: what keys change about how a step is shown. */
#include "model/view_state.h"

#include <stddef.h>
#include <string.h>

#include "model/text.h"
#include "model/view_model.h"

static const struct {
	const char *name;
	enum { FIXED, ON, OFF } kind;
} kinds[NR_VIEWS] = {
#define VIEW(id, name, kind, help) [VIEW_##id] = { name, kind },
#include "model/views.def"
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

bool view_show(struct view_state *v, enum view_id id, bool on)
{
	if (kinds[id].kind == FIXED)
		return false;
	v->shown &= ~(1u << id);
	v->hidden &= ~(1u << id);
	*(on ? &v->shown : &v->hidden) |= 1u << id;
	view_focus_on(v, 0);
	return true;
}

bool view_toggle(struct view_state *v, enum view_id id)
{
	return view_show(v, id, !view_is_on(v, id));
}

bool view_is_on(const struct view_state *v, enum view_id id)
{
	return kinds[id].kind == OFF   ? v->shown >> id & 1 :
	       kinds[id].kind == FIXED ? true :
					 !(v->hidden >> id & 1);
}

uint32_t view_mask(const char *names)
{
	uint32_t mask = 0;

	for (int id = 1; id < NR_VIEWS; id++)
		if (words_contain(names, ' ', kinds[id].name))
			mask |= 1u << id;
	return mask;
}

enum view_id view_from_name(const char *name)
{
	for (int id = 1; id < NR_VIEWS; id++)
		if (kinds[id].kind != FIXED && !strcmp(kinds[id].name, name))
			return (enum view_id)id;
	return VIEW_none;
}

uint8_t view_phase(const struct view_state *v, uint32_t done_ms,
		   uint32_t whole_ms)
{
	if (v->reduced_motion || !whole_ms || done_ms >= whole_ms)
		return PHASE_FINAL;
	return (uint8_t)(1 + (uint64_t)done_ms * (NR_PHASES - 1) / whole_ms);
}

/* -- the map ---------------------------------------------------------------- */

enum { MIN_CELLS = 256, MAX_ZOOM = 24 };

static uint8_t largest_zoom(const struct view_model *vm)
{
	uint8_t zoom = 0;

	while (zoom < MAX_ZOOM && vm->m->system->max_pfn >> zoom > MIN_CELLS)
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
	int zoom = view_map_zoom_at(v, vm) + change;
	int most = largest_zoom(vm);

	v->map_zoom = (uint8_t)(zoom < 0 ? 0 : zoom > most ? most : zoom);
}

void view_map_move(struct view_state *v, const struct view_model *vm,
		   int columns, int right, int down)
{
	uint8_t zoom = view_map_zoom_at(v, vm);
	int64_t cells = (int64_t)right + (int64_t)down * columns;
	int64_t pfn = view_map_at(v, vm) + cells * ((int64_t)1 << zoom);

	if (pfn >= 0)
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

/* -- options of `zonewalk frame --view`
 * ---------------------------------------- */

/* A field of struct view_state of one byte or of four. */
#define FIELD(field)                                                           \
	offsetof(struct view_state, field),                                    \
		sizeof(((struct view_state *)NULL)->field)

/* An option that takes a number has a limit above 0. */
static const struct {
	const char *name;
	uint32_t limit;
	size_t offset;
	size_t size;
} options[] = {
	{ "presenter", 0, FIELD(presenter) },
	{ "enlarged", 0, FIELD(enlarged) },
	{ "engine", 0, FIELD(source_engine) },
	{ "focus", 100, FIELD(focus) },
	{ "scroll", 100000, FIELD(scroll) },
	{ "phase", NR_PHASES, FIELD(phase) },
	{ "zoom", 32, FIELD(map_zoom) },
	{ "pfn", UINT32_MAX, FIELD(map_cursor) },
	{ "choice", 100, FIELD(notes.choice) },
};

enum { NR_OPTIONS = sizeof(options) / sizeof(*options) };

static void set_option(struct view_state *v, size_t i, uint32_t value)
{
	char *field = (char *)v + options[i].offset;

	if (options[i].size == 1)
		*field = (char)value;
	else
		memcpy(field, &value, sizeof(value));
	if (options[i].offset == offsetof(struct view_state, map_cursor))
		v->map_has_cursor = true;
}

/* "phase=3", "presenter" */
static bool read_option(struct view_state *v, char *text)
{
	char *equals = strchr(text, '=');
	uint64_t value = 1;
	size_t i = 0;

	if (equals)
		*equals = '\0';
	while (i < NR_OPTIONS && strcmp(options[i].name, text))
		i++;
	if (i == NR_OPTIONS || !equals != !options[i].limit ||
	    (equals && !read_number(equals + 1, options[i].limit - 1, &value)))
		return false;
	set_option(v, i, (uint32_t)value);
	return true;
}

/* "source" shows the view, "-lists" hides it. */
static bool read_view(struct view_state *v, const char *text)
{
	bool on = text[0] != '-';
	enum view_id id = view_from_name(text + !on);

	return id != VIEW_none && view_show(v, id, on);
}

bool view_from_text(struct view_state *v, const char *text, const char **bad)
{
	while (*text) {
		size_t length = strcspn(text, ",");
		char option[32];

		*bad = text;
		if (length >= sizeof(option))
			return false;
		print_to(option, "%.*s", (int)length, text);
		if (!read_view(v, option) && !read_option(v, option))
			return false;
		text += length + !!text[length];
	}
	return true;
}
