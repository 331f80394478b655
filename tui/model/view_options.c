/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_options: the options of `zonewalk frame --view`. */
#include "model/view_options.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	{ "question", 0, FIELD(prediction.on) },
	{ "focus", 100, FIELD(focus) },
	{ "scroll", 100000, FIELD(scroll) },
	{ "phase", NR_PHASES, FIELD(phase) },
	{ "zoom", 32, FIELD(map_zoom) },
	{ "pfn", UINT32_MAX, FIELD(map_cursor) },
	{ "choice", 100, FIELD(prediction.choice) },
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
	char *equals = strchr(text, '='), *end;
	unsigned long value = 1;
	size_t i = 0;

	if (equals) {
		*equals = '\0';
		if (equals[1] < '0' || equals[1] > '9')
			return false;
		value = strtoul(equals + 1, &end, 10);
		if (*end)
			return false;
	}
	while (i < NR_OPTIONS && strcmp(options[i].name, text))
		i++;
	if (i == NR_OPTIONS || !equals != !options[i].limit ||
	    (equals && value >= options[i].limit))
		return false;
	set_option(v, i, (uint32_t)value);
	return true;
}

/* "source" shows the panel, "-lists" hides it. */
static bool read_panel(struct view_state *v, const char *text)
{
	bool on = text[0] != '-';
	enum panel_id id = panel_from_name(text + !on);

	if (id == NR_PANEL_IDS)
		return false;
	return view_panel_is_on(v, id) == on || view_toggle_panel(v, id);
}

bool view_from_text(struct view_state *v, const char *text, const char **bad)
{
	while (*text) {
		size_t length = strcspn(text, ",");
		char option[32];

		*bad = text;
		if (length >= sizeof(option))
			return false;
		snprintf(option, sizeof(option), "%.*s", (int)length, text);
		if (!read_panel(v, option) && !read_option(v, option))
			return false;
		text += length + !!text[length];
	}
	return true;
}
