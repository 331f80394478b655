/* SPDX-License-Identifier: GPL-2.0-or-later */
/* assignment: a Lua state, its description, and the sessions it checks. */
#include "grade/assignment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/host.h"
#include "machine/clock.h"
#include "machine/array.h"

enum { GRADING_MS = 250 }; /* for checks, even if the run took all its time */

/* -- reading -------------------------------------------------------------- */

bool assignment_read(struct assignment_file *file, const char *path,
		     char *message, size_t size)
{
	struct file_error error;

	*file = (struct assignment_file){ .path = strdup(path) };
	if (!file->path)
		snprintf(error.text, sizeof(error.text),
			 "%s: not enough memory", path);
	if (!file->path ||
	    !file_read(&file->text, path, SCENARIO_MAX, &error)) {
		snprintf(message, size, "%s", error.text);
		assignment_file_destroy(file);
		return false;
	}
	sha256_hex_of(file->text.data, file->text.size, file->hash);
	return true;
}

void assignment_file_destroy(struct assignment_file *file)
{
	free(file->path);
	free(file->text.data);
	*file = (struct assignment_file){ .path = NULL };
}

/* -- running -------------------------------------------------------------- */

/* Argument 1 is the assignment_file, light user data. */
static int run_file(lua_State *L)
{
	const struct assignment_file *file = lua_touserdata(L, 1);

	library_open(L);
	api_open(L);
	property_open(L);
	limit_open(L);
	host_run_text(L, file->text.data, file->text.size, "an assignment");
	property_describe(L);
	return 2;
}

/* The error on top as a message that begins with the path. */
static void take_message(struct assignment *a, int status, char *message,
			 size_t size)
{
	const char *text =
		lua_type(a->L, -1) == LUA_TSTRING ?
			lua_tostring(a->L, -1) :
			"the assignment raised an error that is not a text";
	size_t length = strlen(a->sc->name);

	if (limit_was_hit(a->L, status, -1))
		text = a->sc->message;
	if (!strncmp(text, a->sc->name, length) && text[length] == ':')
		snprintf(message, size, "%s%s", a->file->path, text + length);
	else
		snprintf(message, size, "%s: %s", a->file->path, text);
}

/* Read the two tables of describe(), which stay on the stack. */
static void read_limits(struct assignment *a)
{
	lua_State *L = a->L;
	const char *near;

	a->limits.graded = true;
	lua_getfield(L, 1, "limits");
	for (lua_pushnil(L); lua_next(L, 3); lua_pop(L, 1))
		scenario_set_limit(&a->limits, lua_tostring(L, -2),
				   (uint64_t)lua_tointeger(L, -1), &near);
	lua_settop(L, 2);
}

static void read_description(struct assignment *a)
{
	const struct {
		const char *name;
		const char **text;
	} texts[] = {
		{ "title", &a->title },
		{ "kind", &a->kind },
		{ "text", &a->text },
		{ "params_text", &a->params_text },
	};
	lua_State *L = a->L;

	lua_settop(L, 2);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		lua_getfield(L, 1, texts[i].name);
		*texts[i].text = lua_tostring(L, -1);
	}
	lua_getfield(L, 1, "own_seed");
	a->own_seed = lua_toboolean(L, -1);
	lua_settop(L, 2);
	lua_getfield(L, 1, "seeds");
	while (a->nr_seeds < MAX_ASSIGNMENT_SEEDS &&
	       lua_rawgeti(L, 3, (lua_Integer)a->nr_seeds + 1) == LUA_TNUMBER)
		a->seeds[a->nr_seeds++] = (uint64_t)lua_tointeger(L, -1);
	lua_settop(L, 2);
	lua_getfield(L, 1, "params");
	while (a->nr_params < MAX_ASSIGNMENT_PARAMS &&
	       lua_rawgeti(L, 3, (lua_Integer)a->nr_params + 1) == LUA_TSTRING)
		a->params[a->nr_params++] = lua_tostring(L, -1);
	lua_settop(L, 2);
	a->nr_properties = (uint32_t)lua_rawlen(L, 2);
	read_limits(a);
}

struct assignment *assignment_open(const struct assignment_file *file,
				   uint64_t seed, char *message, size_t size)
{
	const struct scenario_options options = { .record = true,
						  .seed = seed };
	struct assignment *a = calloc(1, sizeof(*a));
	int status = LUA_ERRMEM;

	snprintf(message, size, "%s: not enough memory", file->path);
	if (!a)
		return NULL;
	a->file = file;
	a->sc = host_new(file->path, &options);
	if (a->sc)
		a->L = limit_new_state(a->sc);
	if (a->L) {
		lua_pushcfunction(a->L, run_file);
		lua_pushlightuserdata(a->L, (void *)file);
		status = lua_pcall(a->L, 1, 2, 0);
		if (status != LUA_OK)
			take_message(a, status, message, size);
	}
	if (status != LUA_OK) {
		assignment_close(a);
		return NULL;
	}
	read_description(a);
	return a;
}

void assignment_close(struct assignment *a)
{
	struct scenario *sc = a->sc;

	if (a->L)
		limit_close_state(a->L);
	if (sc) {
		sc->nr_sessions -= a->nr_borrowed;
		if (a->nr_borrowed)
			memmove(sc->sessions, sc->sessions + a->nr_borrowed,
				sc->nr_sessions * sizeof(*sc->sessions));
		scenario_free(sc);
	}
	free(a);
}

/* -- the description ------------------------------------------------------ */

static char *copy_field(lua_State *L, const char *name)
{
	char *copy;

	lua_getfield(L, -1, name);
	copy = strdup(lua_tostring(L, -1));
	lua_pop(L, 1);
	return copy;
}

/* The index of the word in field @name; 0 if it has none. */
static uint32_t word_index(lua_State *L, const char *name, uint32_t nr,
			   const char *(*word)(uint32_t))
{
	uint32_t found = 0;

	lua_getfield(L, -1, name);
	for (uint32_t i = 0; i < nr; i++)
		if (!strcmp(lua_tostring(L, -1), word(i)))
			found = i;
	lua_pop(L, 1);
	return found;
}

bool assignment_property(const struct assignment *a, uint32_t i,
			 struct grade_property *property)
{
	lua_State *L = a->L;

	lua_rawgeti(L, 2, (lua_Integer)i + 1);
	property->id = copy_field(L, "id");
	property->text = copy_field(L, "text");
	property->visibility = (enum grade_visibility)word_index(
		L, "visibility", NR_GRADE_VISIBILITIES, grade_visibility_name);
	property->feedback = (enum grade_feedback)word_index(
		L, "feedback", NR_GRADE_FEEDBACKS, grade_feedback_name);
	lua_getfield(L, -1, "points");
	property->max = (centipoints_t)(lua_tonumber(L, -1) * 100 + 0.5);
	lua_settop(L, 2);
	return property->id && property->text;
}

uint64_t assignment_seed(const struct assignment *a, uint32_t i, const char *id)
{
	uint8_t digest[SHA256_BYTES];
	struct sha256 h;
	char text[32];
	uint64_t seed = 0;

	if (!a->own_seed)
		return a->seeds[i];
	snprintf(text, sizeof(text), "%llu ", (unsigned long long)a->seeds[i]);
	sha256_begin(&h);
	sha256_add(&h, text, strlen(text));
	sha256_add(&h, id, strlen(id));
	sha256_end(&h, digest);
	for (int b = 0; b < 4; b++)
		seed = seed << 8 | digest[b];
	return seed ? seed : 1;
}

/* -- a run ---------------------------------------------------------------- */

/* Insert the submission's sessions before those of the assignment. */
static bool borrow(struct assignment *a, const struct scenario *submission)
{
	struct scenario *sc = a->sc;
	const uint32_t own = sc->nr_sessions;
	const uint32_t nr = submission ? scenario_nr_sessions(submission) : 0;

	while (sc->nr_sessions < own + nr) {
		struct session **added =
			array_add(sc->sessions, sc->nr_sessions);

		if (!added) {
			sc->nr_sessions = own;
			return false;
		}
	}
	if (own) /* else there may be no array */
		memmove(sc->sessions + nr, sc->sessions,
			own * sizeof(*sc->sessions));
	for (uint32_t i = 0; i < nr; i++)
		sc->sessions[i] = scenario_session(submission, i);
	a->nr_borrowed = nr;
	return true;
}

struct evaluate_call {
	const struct property_input *input;
	struct evaluation *out;
};

static int run_evaluate(lua_State *L)
{
	const struct evaluate_call *call = lua_touserdata(L, 1);

	property_evaluate(L, call->input, call->out);
	return 0;
}

enum assignment_end assignment_evaluate(struct assignment *a,
					const struct scenario *submission,
					struct property_input *input,
					struct evaluation *out, char *message,
					size_t size)
{
	struct evaluate_call call = { .input = input, .out = out };
	int status;

	if (!borrow(a, submission)) {
		snprintf(message, size, "%s: not enough memory", a->file->path);
		return ASSIGNMENT_MEMORY;
	}
	input->nr_machines = a->nr_borrowed;
	lua_pushcfunction(a->L, run_evaluate);
	lua_pushlightuserdata(a->L, &call);
	status = lua_pcall(a->L, 1, 0, 0);
	if (status == LUA_OK)
		return ASSIGNMENT_GOOD;
	take_message(a, status, message, size);
	lua_pop(a->L, 1);
	return a->sc->hit != LIMIT_NONE ? ASSIGNMENT_LIMIT : ASSIGNMENT_WRONG;
}

void assignment_set_deadline(struct assignment *a, uint64_t began_ns)
{
	uint64_t wall_ms = scenario_limit(&a->limits, LIMIT_WALL);

	a->sc->deadline_ns = began_ns + (wall_ms + GRADING_MS) * NS_PER_MS;
}

struct session *assignment_session(const struct assignment *a, uint32_t i)
{
	return i < a->sc->nr_sessions ? a->sc->sessions[i] : NULL;
}
