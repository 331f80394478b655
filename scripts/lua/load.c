/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * load: machine.load(file), m:replay(file), and how a machine becomes an
 * object of the script. Only files in the scenario's folder are read.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "state/arena.h"
#include "json/folder.h"
#include "lua/api.h"
#include "json/json.h"
#include "replay/recording.h"
#include "snapshot/snapshot.h"

static bool report_session(struct scenario *sc, struct session *s)
{
	const struct scenario_reporter *reporter = sc->reporter;

	return !reporter || reporter->session(reporter->context, s);
}

struct machine_ref *machine_keep(lua_State *L, struct machine *m)
{
	struct scenario *sc = scenario_of(L);
	struct session *s = session_new(m, sc->options.record);
	struct session **kept;
	struct machine_ref *ref;

	kept = s && note_flush(sc, s) && report_session(sc, s) ?
		       array_add(sc->sessions, sc->nr_sessions) :
		       NULL;
	if (!kept) {
		if (s)
			session_free(s);
		else
			arena_destroy(m);
		limit_raise_memory(L);
	}
	*kept = s;
	sc->latest = s;
	ref = api_new(L, API_MACHINE, sizeof(*ref), 1);
	*ref = (struct machine_ref){ .session = sc->nr_sessions - 1 };
	api_own_members(L);
	limit_check_machines(L, 0);
	return ref;
}

/* -- files ---------------------------------------------------------------- */

void load_raise(lua_State *L, const char *function, const char *text)
{
	struct scenario *sc = scenario_of(L);
	char copy[sizeof(sc->file_error)];

	snprintf(copy, sizeof(copy), "%s", text);
	memcpy(sc->file_error, copy, sizeof(copy));
	api_error(L, "%s: %s", function, sc->file_error);
}

static void raise_answer(lua_State *L, const char *function,
			 enum file_answer answer, const char *name,
			 const char *why)
{
	char text[400];

	if (answer == FILE_NAME_WRONG)
		api_error(L,
			  "%s: \"%.200s\": expected a path relative to the "
			  "scenario's folder",
			  function, name);
	if (answer == FILE_OUTSIDE)
		api_error(L,
			  "%s: \"%.200s\" lies outside the scenario's folder; "
			  "copy it there",
			  function, name);
	if (answer == FILE_MISSING)
		why = "no such file in the scenario's folder";
	snprintf(text, sizeof(text), "\"%.200s\": %.150s", name, why);
	load_raise(L, function, text);
}

char *load_read_file(lua_State *L, int index, const char *function,
		     size_t *length)
{
	struct scenario *sc = scenario_of(L);
	enum file_answer answer;
	const char *why = "";
	const char *name =
		args_string(L, index, function, "the name of a file");
	char *text = NULL;

	if (strlen(name) != lua_rawlen(L, index))
		api_error(L, "%s: the name of the file contains a NUL",
			  function);
	answer = sc->reporter ?
			 sc->reporter->read(sc->reporter->context, name, &text,
					    length, &why) :
			 folder_read(sc->folder, name, &text, length, &why);
	if (answer != FILE_READ)
		raise_answer(L, function, answer, name, why);
	return text;
}

const char *load_push_path(lua_State *L, int index)
{
	const char *folder = scenario_of(L)->folder;

	return lua_pushfstring(L, "%s%s%s", strcmp(folder, ".") ? folder : "",
			       strcmp(folder, ".") ? "/" : "",
			       lua_tostring(L, index));
}

/* Real zones may have reserved more than they may here. */
static void warn_reserves(lua_State *L, const struct machine *m)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		const struct zone *zone = &m->zones[i];
		char text[160];

		if (zone->nr_reserved_highatomic <= zone_reserve_bound(m, zone))
			continue;
		snprintf(text, sizeof(text),
			 "node %u zone %s: nr_reserved_highatomic is %u, more "
			 "than %u",
			 zone->node, zone_name(m, zone->idx),
			 zone->nr_reserved_highatomic,
			 zone_reserve_bound(m, zone));
		note_add(L, NOTE_WARNING, text);
	}
}

/* machine.load(file) */
int machine_load(lua_State *L)
{
	struct machine m = { .region = NULL };
	struct file_error error;
	size_t length;
	char *text;
	bool good;

	if (scenario_of(L)->in_hook)
		api_error(L,
			  "machine.load: called inside a hook; load it before");
	lua_settop(L, 1);
	text = load_read_file(L, 1, "machine.load", &length);
	good = snapshot_load_text(load_push_path(L, 1), text, length, &m,
				  &error);
	free(text);
	if (!good)
		load_raise(L, "machine.load", error.text);
	REPORT(scenario_of(L), loaded, 0, api_where(L).line);
	machine_keep(L, &m);
	lua_pushvalue(L, 1);
	lua_setiuservalue(L, -2, 1);
	warn_reserves(L, session_machine(scenario_of(L)->latest));
	return 1;
}

/* -- m:replay ------------------------------------------------------------- */

/* The arguments of m:replay. */
struct replay {
	const struct recording *recording;
	uint32_t from; /* operations, from 1 */
	uint32_t to;
};

/* A place for one more recording, with its name; raises without memory. */
static struct open_recording *recording_place(lua_State *L, const char *name)
{
	struct scenario *sc = scenario_of(L);
	char *copy = strdup(name);
	struct open_recording *recording =
		copy ? array_add(sc->recordings, sc->nr_recordings) : NULL;

	if (!recording) {
		free(copy);
		limit_raise_memory(L);
	}
	*recording = (struct open_recording){ .name = copy };
	return recording;
}

/* The recording that argument 2 names; each is opened once in a run. */
static const struct recording *open_recording(lua_State *L)
{
	const struct scenario *sc = scenario_of(L);
	const char *name = lua_tostring(L, 2);
	struct open_recording *place;
	struct recording *r = NULL;
	struct file_error error;
	size_t length;
	char *text;
	bool is_one;

	for (uint32_t i = 0; i < sc->nr_recordings; i++)
		if (!strcmp(sc->recordings[i].name, name) &&
		    sc->recordings[i].recording)
			return sc->recordings[i].recording;
	place = recording_place(L, name);
	text = load_read_file(L, 2, "m:replay", &length);
	is_one = json_header_has(text, length, "recording");
	if (is_one)
		r = recording_open_text(load_push_path(L, 2), text, length,
					&error);
	free(text);
	if (!is_one)
		api_error(
			L,
			"m:replay: \"%.200s\" not a recording; a snapshot has "
			"no operations",
			name);
	if (!r)
		load_raise(L, "m:replay", error.text);
	place->recording = r;
	return r;
}

/* Read (file, from, to) for a machine that has replayed what @ref says. */
static void read_replay(lua_State *L, const struct machine_ref *ref,
			struct replay *replay)
{
	const uint32_t next = ref->nr_replayed + 1;
	const char *name =
		args_string(L, 2, "m:replay", "the name of a recording");
	uint32_t nr;

	if (lua_getiuservalue(L, 1, 1) != LUA_TSTRING ||
	    !lua_rawequal(L, -1, 2))
		api_error(
			L,
			"m:replay: the machine was not loaded from \"%.200s\"; "
			"write m = machine.load(\"%.200s\") and replay it "
			"there",
			name, name);
	replay->recording = open_recording(L);
	nr = recording_nr_ops(replay->recording);
	replay->from = next;
	replay->to = nr;
	if (!lua_isnoneornil(L, 3))
		replay->from = (uint32_t)args_number(L, 3, "m:replay", "from",
						     1, UINT32_MAX);
	if (!lua_isnoneornil(L, 4))
		replay->to =
			(uint32_t)args_number(L, 4, "m:replay", "to", 0, nr);
	if (replay->from != next)
		api_error(
			L,
			"m:replay: from %" PRIu32 ": operation %" PRIu32
			" is next; operations are replayed in order, each once",
			replay->from, next);
}

/*
 * m:replay(file[, from[, to]]): replays operations of the recording, counted
 * from 1, and returns how many.
 */
static int machine_replay(lua_State *L)
{
	struct session *s = request_machine(L, 1, "m:replay");
	struct machine_ref *ref = api_object(L, 1);
	struct replay replay;
	uint32_t nr = 0;

	request_check_hook(L, "m:replay");
	lua_settop(L, 4);
	read_replay(L, ref, &replay);
	for (uint32_t op = replay.from; op <= replay.to; op++) {
		uint32_t before = session_nr_requests(s);
		bool good = recording_play(replay.recording, s, op - 1, op);

		ref->nr_replayed = op;
		if (session_nr_requests(s) > before)
			request_done(L, s, session_get_request(s, before),
				     "m:replay");
		if (!good)
			api_error(L,
				  "m:replay: operation %" PRIu32
				  " failed on this machine",
				  op);
		limit_charge(L, 1000);
		nr++;
	}
	lua_pushinteger(L, nr);
	return 1;
}

const struct api_row load_rows[] = {
	GLOBAL("machine.load", NULL, NULL, "machine.load(\"state.json\")",
	       "(file: string): zonewalk.machine",
	       "Load the machine of a snapshot, or of a recording's first "
	       "state, from a file in the scenario's folder."),
	METHOD(API_MACHINE, "replay", machine_replay, NULL,
	       "m:replay(file[, from[, to]])",
	       "(file: string, from?: integer, to?: integer): integer",
	       "Replay operations of a recording on a machine loaded from it, "
	       "from the next one to `to`, by default the last. Return how "
	       "many they were."),
	{ .name = NULL },
};
