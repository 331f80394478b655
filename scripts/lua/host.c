/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host: one run of a scenario, from the file to its outcome.
 *
 * The Lua state exists during the run only; the sessions stay. All Lua code
 * runs inside one protected call (run_protected).
 */
#include "lua/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replay/recording.h"

bool host_read(struct scenario *sc, struct file_text *text)
{
	struct file_error error;

	if (file_read(text, sc->path, SCENARIO_MAX, &error))
		return true;
	sc->outcome = SCENARIO_FILE;
	snprintf(sc->message, sizeof(sc->message), "%s", error.text);
	return false;
}

/* -- running -------------------------------------------------------------- */

/*
 * Editors put a byte order mark before a text, and a line that begins with #
 * is for a shell; both are skipped, as Lua's loader of files does. The end of
 * that line stays, so that lines keep their numbers.
 */
static void skip_head(const char **bytes, size_t *size)
{
	size_t nr = *size >= 3 && !memcmp(*bytes, "\xef\xbb\xbf", 3) ? 3 : 0;

	if (nr < *size && (*bytes)[nr] == '#')
		while (nr < *size && !strchr("\r\n", (*bytes)[nr]))
			nr++;
	*bytes += nr;
	*size -= nr;
}

/* Two or four bytes per character, with or without a byte order mark? */
static bool is_wide(const char *bytes, size_t size)
{
	return size >= 2 &&
	       (!bytes[0] || !bytes[1] || !memcmp(bytes, "\xff\xfe", 2) ||
		!memcmp(bytes, "\xfe\xff", 2));
}

void host_run_text(lua_State *L, const char *bytes, size_t size,
		   const char *what)
{
	const char *name = scenario_of(L)->name;

	if (is_wide(bytes, size))
		luaL_error(L,
			   "%s:1: %s is not UTF-8 but UTF-16; save it as UTF-8",
			   name, what);
	skip_head(&bytes, &size);
	if (size && bytes[0] == LUA_SIGNATURE[0])
		luaL_error(L, "%s:1: compiled Lua; %s is source text", name,
			   what);
	lua_pushfstring(L, "=%s", name);
	if (luaL_loadbufferx(L, bytes, size, lua_tostring(L, -1), "t") !=
	    LUA_OK)
		lua_error(L);
	lua_call(L, 0, 0);
}

/* Argument 1 is the text to run, as light userdata. */
static int run_protected(lua_State *L)
{
	const struct file_text *text = lua_touserdata(L, 1);

	library_open(L);
	api_open(L);
	language_open(L);
	limit_open(L);
	host_run_text(L, text->data, text->size, "a scenario");
	return 0;
}

/* Convert an error that is not a string, with the line that raised it. */
static int name_error(lua_State *L)
{
	struct source_line where = api_where(L);
	const char *text;

	if (lua_type(L, 1) == LUA_TSTRING)
		return 1;
	if (luaL_getmetafield(L, 1, "__tostring") != LUA_TNIL)
		text = luaL_tolstring(L, 1, NULL);
	else
		text = lua_pushfstring(L,
				       "the script raised a %s; raise a string",
				       luaL_typename(L, 1));
	lua_pushfstring(L, "%s:%d: %s", scenario_of(L)->name, (int)where.line,
			text);
	return 1;
}

/* -- how it ended --------------------------------------------------------- */

/* A hint, when the message is about a library that scenarios lack, or about
 * an element that a list lacks. */
static const char *message_hint(const char *text)
{
	char global[32];

	for (const char *const *name = library_absent; *name; name++) {
		snprintf(global, sizeof(global), "(global '%s')", *name);
		if (strstr(text, global))
			return "; a scenario has no os, io, package, debug, "
			       "require, dofile, loadfile, collectgarbage "
			       "(zonewalk doc lua)";
	}
	if (strstr(text, "near '<\\"))
		return "; only strings and comments may have other characters "
		       "than ASCII: is it a full-width bracket, comma or quote?";
	if (strstr(text, "a nil value (field '?')") ||
	    strstr(text, "a nil value (field 'integer index')"))
		return "; no element has that index: a list of n elements has "
		       "1 to n, #list is n";
	return "";
}

/* The message is @text, with the folder of the command line before it. */
void host_message(struct scenario *sc, const char *text)
{
	char copy[800];
	size_t len = strlen(sc->name);
	const char *last = strrchr(sc->path, '/');
	int folder = 0;

	snprintf(copy, sizeof(copy), "%.799s", text); /* may be the message */
	if (last && !strncmp(copy, sc->name, len) && copy[len] == ':')
		folder = (int)(last - sc->path) + 1;
	snprintf(sc->message, sizeof(sc->message), "%.*s%s%s", folder, sc->path,
		 copy, message_hint(copy));
}

static void take_error(struct scenario *sc, lua_State *L, int status)
{
	const char *text = lua_type(L, -1) == LUA_TSTRING ?
				   lua_tostring(L, -1) :
				   "an error that is not a string";

	if (limit_was_hit(L, status, -1)) {
		sc->outcome = SCENARIO_LIMIT;
		host_message(sc, sc->message);
		return;
	}
	sc->outcome = SCENARIO_WRONG;
	if (sc->file_error[0] && strstr(text, sc->file_error))
		sc->outcome = SCENARIO_FILE;
	host_message(sc, text);
}

void host_finish(struct scenario *sc)
{
	sc->outcome = SCENARIO_OK;
	if (!sc->nr_failed)
		return;
	sc->outcome = SCENARIO_EXPECT_FAILED;
	snprintf(sc->message, sizeof(sc->message),
		 "%s: %u expectation%s did not hold", sc->path, sc->nr_failed,
		 sc->nr_failed == 1 ? "" : "s");
}

void host_run(struct scenario *sc, const struct file_text *text)
{
	lua_State *L = limit_new_state(sc);
	int status;

	if (!L) {
		sc->outcome = SCENARIO_LIMIT;
		sc->hit = LIMIT_MEMORY;
		snprintf(sc->message, sizeof(sc->message),
			 "%s: limit memory: too little to start", sc->path);
		return;
	}
	lua_pushcfunction(L, name_error);
	lua_pushcfunction(L, run_protected);
	lua_pushlightuserdata(L, (void *)(uintptr_t)text);
	status = lua_pcall(L, 1, 0, 1);
	if (status != LUA_OK)
		take_error(sc, L, status);
	else
		host_finish(sc);
	limit_close_state(L);
}

/* -- making --------------------------------------------------------------- */

/* Split @path into name and folder; false: no memory. */
static bool set_path(struct scenario *sc, const char *path)
{
	const char *last = strrchr(path, '/');

	sc->path = strdup(path);
	if (!strcmp(path, "-"))
		sc->name = strdup("stdin");
	else
		sc->name = strdup(last ? last + 1 : path);
	if (sc->options.folder)
		sc->folder = strdup(sc->options.folder);
	else if (last == path)
		sc->folder = strdup("/");
	else
		sc->folder = last ? strndup(path, (size_t)(last - path)) :
				    strdup(".");
	return sc->path && sc->name && sc->folder;
}

static bool count_params(struct scenario *sc)
{
	const char *const *params = sc->options.params;

	while (params && params[sc->nr_params])
		sc->nr_params++;
	sc->param_read = calloc(sc->nr_params + 1, sizeof(bool));
	return sc->param_read != NULL;
}

struct scenario *host_new(const char *path,
			  const struct scenario_options *options)
{
	struct scenario *sc = calloc(1, sizeof(*sc));

	if (!sc)
		return NULL;
	sc->options = *options;
	if (!sc->options.seed)
		sc->options.seed = 1;
	if (set_path(sc, path) && count_params(sc)) {
		sc->options.folder = sc->folder; /* not the caller's */
		return sc;
	}
	scenario_free(sc);
	return NULL;
}

/* -- its result ----------------------------------------------------------- */

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
		note_destroy(&sc->early[i]);
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

uint64_t scenario_memory(const struct scenario *sc)
{
	uint64_t bytes = 0;

	for (uint32_t i = 0; i < sc->nr_sessions; i++)
		bytes += session_memory(sc->sessions[i]);
	return bytes;
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
