/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lua_scenario: what is left when a scenario has run, for its caller. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lua/api.h"

void scenario_free(struct scenario *sc)
{
	if (!sc)
		return;
	for (uint32_t i = 0; i < sc->nr_sessions; i++)
		session_free(sc->sessions[i]);
	machine_release(sc);
	for (uint32_t i = 0; i < sc->nr_early; i++)
		free(sc->early[i].text);
	free(sc->sessions);
	free(sc->early);
	free(sc->title);
	free(sc->goal);
	free(sc->param_asked);
	free(sc->path);
	free(sc->name);
	free(sc->folder);
	free(sc);
}

enum scenario_outcome scenario_outcome(const struct scenario *sc)
{
	return sc->outcome;
}

const char *scenario_message(const struct scenario *sc)
{
	return sc->message;
}

uint32_t scenario_nr_sessions(const struct scenario *sc)
{
	return sc->nr_sessions;
}

struct session *scenario_session(const struct scenario *sc, uint32_t i)
{
	return i < sc->nr_sessions ? sc->sessions[i] : NULL;
}

const struct isolation_report *
scenario_isolation_report(const struct scenario *sc)
{
	return &sc->report;
}

const char *scenario_limit_hit(const struct scenario *sc)
{
	return sc->hit == LIMIT_NONE ? "" : limit_name(sc->hit);
}

const char *scenario_unused_param(const struct scenario *sc)
{
	for (uint32_t i = 0; i < sc->nr_params; i++)
		if (!sc->param_asked[i])
			return sc->options.params[i];
	return NULL;
}

/* The limits by name, each a uint64_t of the options. */
static const struct limit_option {
	const char *name; /* first, for nearest_name() */
	size_t offset;
} limit_options[] = {
#define LIMIT_OPTION(name)                                                     \
	{                                                                      \
#name, offsetof(struct scenario_options, max_##name)           \
	}
	LIMIT_OPTION(instructions), LIMIT_OPTION(memory),
	LIMIT_OPTION(string),	    LIMIT_OPTION(output),
	LIMIT_OPTION(events),	    LIMIT_OPTION(requests),
	LIMIT_OPTION(machines),	    LIMIT_OPTION(wall_ms),
	LIMIT_OPTION(cpu_ms),
};

enum { NR_LIMIT_OPTIONS = sizeof(limit_options) / sizeof(limit_options[0]) };

const char *scenario_limit_name(size_t i)
{
	return i < NR_LIMIT_OPTIONS ? limit_options[i].name : NULL;
}

uint64_t *scenario_limit(struct scenario_options *options, size_t i)
{
	return (uint64_t *)(void *)((char *)options + limit_options[i].offset);
}

bool scenario_set_limit(struct scenario_options *options, const char *name,
			uint64_t value, const char **near)
{
	*near = nearest_name(name, limit_options, NR_LIMIT_OPTIONS,
			     sizeof(limit_options[0]));
	for (size_t i = 0; i < NR_LIMIT_OPTIONS; i++) {
		if (strcmp(name, limit_options[i].name))
			continue;
		*scenario_limit(options, i) = value;
		return true;
	}
	return false;
}

const char *scenario_title(const struct scenario *sc)
{
	return sc->title ? sc->title : "";
}

const char *scenario_goal(const struct scenario *sc)
{
	return sc->goal ? sc->goal : "";
}

uint32_t scenario_minutes(const struct scenario *sc)
{
	return sc->minutes;
}
