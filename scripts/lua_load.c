/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_load: machine.load(file), and how a machine becomes an object of the
 * script. Files are read only inside the scenario's folder.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "lua_api.h"
#include "snapshot.h"

int machine_keep(lua_State *L, struct machine *m)
{
	struct scenario *sc = scenario_of(L);
	struct session *s = NULL;
	struct machine_ref *ref;

	if (sc->nr_sessions == sc->max_sessions) {
		uint32_t max = sc->max_sessions * 2 + 4;
		struct session **more =
			realloc(sc->sessions, max * sizeof(struct session *));

		if (more) {
			sc->sessions = more;
			sc->max_sessions = max;
		}
	}
	if (sc->nr_sessions < sc->max_sessions)
		s = session_new(m, sc->options.record);
	if (!s || !note_flush(sc, s)) {
		if (s)
			session_free(s);
		else
			arena_destroy(m);
		sc->memory_refused = true;
		return limit_raise(L, LIMIT_MEMORY);
	}
	sc->sessions[sc->nr_sessions++] = s;
	sc->latest = s;
	ref = api_new(L, API_MACHINE, sizeof(*ref), 0);
	ref->session = sc->nr_sessions - 1;
	return 1;
}

/* @name in the scenario's folder, or raise; pushed and returned. */
static const char *check_file(lua_State *L, const char *name)
{
	struct scenario *sc = scenario_of(L);
	char folder[PATH_MAX], full[PATH_MAX];
	const char *path;
	size_t len;

	path = lua_pushfstring(L, "%s/%s", sc->folder, name);
	if (*name == '/' || !realpath(sc->folder, folder))
		api_error(L, "machine.load: \"%.200s\": a file in the "
			     "scenario's folder is expected, named from there",
			  name);
	if (!realpath(path, full)) {
		snprintf(sc->file_error, sizeof(sc->file_error),
			 "machine.load: \"%.200s\": no such file in the "
			 "scenario's folder",
			 name);
		api_error(L, "%s", sc->file_error);
	}
	len = strlen(folder);
	if (strncmp(full, folder, len) ||
	    (full[len] != '/' && folder[len - 1] != '/'))
		api_error(L, "machine.load: \"%.200s\" lies outside the "
			     "scenario's folder; copy it there",
			  name);
	return path;
}

/* machine.load(file) */
int machine_load(lua_State *L)
{
	struct scenario *sc = scenario_of(L);
	struct machine m = { .region = NULL };
	struct file_error error;
	char value[80];

	if (sc->in_hook)
		api_error(L, "machine.load: not inside a hook; load it before");
	if (lua_type(L, 1) != LUA_TSTRING)
		api_error(L, "machine.load: the name of a file is expected, "
			     "not %s",
			  api_value_text(L, 1, value, sizeof(value)));
	if (!snapshot_load(check_file(L, lua_tostring(L, 1)), &m, &error)) {
		snprintf(sc->file_error, sizeof(sc->file_error), "%s",
			 error.text);
		api_error(L, "machine.load: %s", error.text);
	}
	return machine_keep(L, &m);
}
