/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names: what shells complete, from the tables. To add a kind, add a row to
 * kinds[].
 */
#include <stdlib.h>
#include <string.h>

#include "events/trace.h"
#include "grade/assignment.h"
#include "lua/scenario.h"
#include "machine/gfp.h"
#include "reference/reference.h"
#include "report/report.h"
#include "terminal/term.h"

/* Views that can be shown and hidden. */
#define NAME_FIXED(name)
#define NAME_ON(name) name,
#define NAME_OFF(name) name,

/* The name with index @i; NULL after the last. */
typedef const char *name_function(const struct manual *m, size_t i);

static const char *command_name(const struct manual *m, size_t i)
{
	return i < m->nr_commands ? m->commands[i].name : NULL;
}

static const char *topic_name(const struct manual *m, size_t i)
{
	static const char *const more[] = { "man", "completion", "names" };

	if (i < nr_topics)
		return topics[i].name;
	i -= nr_topics;
	return i < sizeof(more) / sizeof(more[0]) ? more[i] : NULL;
}

static const char *shell_name(const struct manual *m, size_t i)
{
	return completion_shells[i].name;
}

static const char *event_name(const struct manual *m, size_t i)
{
	return i < NR_EVENTS ? event_types[i].name : NULL;
}

static const char *gfp_name(const struct manual *m, size_t i)
{
	return i < nr_gfp_names ? gfp_names[i].name : NULL;
}

static const char *format_name(const struct manual *m, size_t i)
{
	return i < NR_REPORT_FORMATS ? report_format_name(i) : NULL;
}

static const char *theme_name(const struct manual *m, size_t i)
{
	return i < NR_THEMES ? theme_names[i] : NULL;
}

static const char *limit_name_of(const struct manual *m, size_t i)
{
	return scenario_limit_name(i);
}

static const char *build_name(const struct manual *m, size_t i)
{
	static const char *const names[] = { "traced", "untraced", "both",
					     NULL };

	return names[i];
}

static const char *view_name(const struct manual *m, size_t i)
{
	static const char *const names[] = {
#define VIEW(id, name, kind, help) NAME_##kind(name)
#include "model/views.def"
		NULL,
	};

	return names[i];
}

static const struct {
	const char *kind;
	name_function *name;
} kinds[] = {
	{ "commands", command_name }, { "topics", topic_name },
	{ "shells", shell_name },     { "events", event_name },
	{ "gfp", gfp_name },	      { "grade-formats", format_name },
	{ "themes", theme_name },     { "limits", limit_name_of },
	{ "builds", build_name },     { "views", view_name },
};

static enum names_end print_properties(const char *path, char *message,
				       size_t size)
{
	struct assignment_file file;
	struct assignment *a;

	if (!assignment_read(&file, path, message, size))
		return NAMES_WRONG_FILE;
	a = assignment_open(&file, 1, message, size);
	for (uint32_t i = 0; a && i < a->nr_properties; i++) {
		struct grade_property property;

		if (assignment_property(a, i, &property))
			puts(property.id);
		free(property.id);
		free(property.text);
	}
	if (a)
		assignment_close(a);
	assignment_file_destroy(&file);
	return a ? NAMES_PRINTED : NAMES_WRONG_FILE;
}

enum names_end names_print(const struct manual *m, const char *kind,
			   const char *file, char *message, size_t size)
{
	const char *name;

	if (!strcmp(kind, "properties"))
		return print_properties(file, message, size);
	if (!strcmp(kind, "pages")) {
		manual_names(m, stdout);
		return NAMES_PRINTED;
	}
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		if (strcmp(kinds[k].kind, kind))
			continue;
		for (size_t i = 0; (name = kinds[k].name(m, i)); i++)
			puts(name);
		return NAMES_PRINTED;
	}
	return NAMES_UNKNOWN;
}
