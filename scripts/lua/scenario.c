/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scenario: the result of a run, for its caller. */
#include <stdlib.h>

#include "lua/scenario_private.h"
#include "replay/recording.h"

static void close_recordings(struct scenario *sc)
{
	for (uint32_t i = 0; i < sc->nr_recordings; i++) {
		recording_close(sc->recordings[i].recording);
		free(sc->recordings[i].name);
	}
	free(sc->recordings);
}

void scenario_free(struct scenario *sc)
{
	if (!sc)
		return;
	for (uint32_t i = 0; i < sc->nr_sessions; i++)
		session_free(sc->sessions[i]);
	close_recordings(sc);
	for (uint32_t i = 0; i < sc->nr_early; i++)
		free(sc->early[i].text);
	free(sc->sessions);
	free(sc->early);
	free(sc->title);
	free(sc->goal);
	free(sc->param_read);
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

const char *scenario_unused_param(const struct scenario *sc)
{
	for (uint32_t i = 0; i < sc->nr_params; i++)
		if (!sc->param_read[i])
			return sc->options.params[i];
	return NULL;
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
