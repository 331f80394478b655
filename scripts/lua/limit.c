/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The limits of a script, from inside its process.
 *
 * A hook checks instructions and the clock every COUNT_STEP instructions, as
 * do functions that do much at once (limit_charge); the allocator checks
 * memory and the size of a string; each request checks the number of events.
 * No hook runs inside Lua's own C functions: there the parent process, by its
 * clock, and the timer of the script's process end what takes too long.
 *
 * Once a limit was exceeded, every hook raises it again, and pcall, xpcall and
 * the coroutine functions, which this file replaces, raise it instead of
 * returning it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/api.h"
#include "machine/clock.h"

enum {
	COUNT_STEP = 200, /* instructions between two calls of the hook */
	STRING_HEADER = 64, /* at least what Lua adds to a string's bytes */
};

static const struct limit_row {
	const char *name; /* first, for nearest_name() */
	uint64_t value; /* by default */
	uint64_t graded; /* by default, for a grader */
} limits[NR_LIMITS] = {
	[LIMIT_NONE] = { "none", 0, 0 },
	[LIMIT_INSTRUCTIONS] = { "instructions", 1000000000, 1000000000 },
	[LIMIT_MEMORY] = { "memory", 256 << 20, 64 << 20 },
	[LIMIT_STRING] = { "string", 1 << 20, 1 << 20 },
	[LIMIT_OUTPUT] = { "output", 16 << 20, 1 << 20 },
	[LIMIT_EVENTS] = { "events", 4000000, 1000000 },
	[LIMIT_REQUESTS] = { "requests", 1000000, 100000 },
	[LIMIT_MACHINES] = { "machines", UINT64_C(16) << 30, 256 << 20 },
	[LIMIT_WALL] = { "wall_ms", 8000, 8000 },
	[LIMIT_CPU] = { "cpu_ms", 0, 0 }, /* see scenario_limit() */
};

const char *limit_name(enum limit limit)
{
	return limits[limit].name;
}

const char *scenario_limit_name(size_t i)
{
	return i + 1 < NR_LIMITS ? limits[i + 1].name : NULL;
}

bool scenario_set_limit(struct scenario_options *options, const char *name,
			uint64_t value, const char **near)
{
	*near = nearest_name(name, limits + 1, NR_LIMITS - 1,
			     sizeof(limits[0]));
	for (int limit = LIMIT_NONE + 1; limit < NR_LIMITS; limit++) {
		if (strcmp(name, limits[limit].name))
			continue;
		options->limits[limit] = value;
		return true;
	}
	return false;
}

uint64_t scenario_limit(const struct scenario_options *options,
			enum limit limit)
{
	if (options->limits[limit])
		return options->limits[limit];
	if (limit == LIMIT_CPU) /* the clock ends a script first */
		return scenario_limit(options, LIMIT_WALL) + 1000;
	return options->graded ? limits[limit].graded : limits[limit].value;
}

uint64_t limit_value(const struct scenario *sc, enum limit limit)
{
	return scenario_limit(&sc->options, limit);
}

/* Refuse Lua memory. The line is kept, as the error unwinds the stack. */
static void *refuse(struct scenario *sc, bool *why)
{
	if (sc->main_state)
		sc->refused_line = api_where(sc->main_state).line;
	*why = true;
	return NULL;
}

/*
 * Lua's allocator. Every string is a block of its own, made with its length
 * known, so that the limit on strings is checked here; the buffer in which a
 * library function builds it counts as memory only.
 */
static void *limit_alloc(void *context, void *block, size_t old, size_t size)
{
	struct scenario *sc = context;
	const uint64_t *most = sc->options.limits;
	void *moved;

	if (!block) {
		if (old == LUA_TSTRING && size > STRING_HEADER &&
		    size - STRING_HEADER > most[LIMIT_STRING])
			return refuse(sc, &sc->string_refused);
		old = 0; /* for a new block, Lua passes its type */
	}
	if (size > old && sc->memory - old + size > most[LIMIT_MEMORY])
		return refuse(sc, &sc->memory_refused);
	moved = heap_resize(&sc->heap, block, old, size);
	if (!moved && size)
		return refuse(sc, &sc->memory_refused);
	sc->memory += size - old;
	return moved;
}

lua_State *limit_new_state(struct scenario *sc)
{
	lua_State *L;

	for (int limit = LIMIT_NONE + 1; limit < NR_LIMITS; limit++)
		sc->options.limits[limit] = limit_value(sc, (enum limit)limit);
	L = lua_newstate(limit_alloc, sc);
	if (L)
		*(struct scenario **)lua_getextraspace(L) = sc;
	return L;
}

void limit_close_state(lua_State *L)
{
	struct scenario *sc = scenario_of(L);

	sc->main_state = NULL;
	lua_close(L);
	heap_destroy(&sc->heap);
}

static void on_count(lua_State *L, lua_Debug *ar);

/* Keep the first limit that was exceeded, with @text or its value. */
static void limit_note(lua_State *L, enum limit limit, const char *text)
{
	struct scenario *sc = scenario_of(L);
	uint32_t line = api_where(L).line;
	char where[16] = "", value[120];

	if (sc->hit != LIMIT_NONE)
		return;
	sc->hit = limit;
	if (!line)
		line = sc->refused_line;
	if (line)
		snprintf(where, sizeof(where), "%" PRIu32 ":", line);
	snprintf(sc->message, sizeof(sc->message), "%s:%s limit %s: %s",
		 sc->name, where, limit_name(limit),
		 text ? text : limit_text(sc, limit, value, sizeof(value)));
}

const char *limit_text(const struct scenario *sc, enum limit limit, char *buf,
		       size_t size)
{
	const uint64_t value = limit_value(sc, limit);

	if (sc->options.graded)
		snprintf(buf, size, "more than %" PRIu64, value);
	else
		snprintf(buf, size,
			 "more than %" PRIu64 " (--limit %s=N allows more)",
			 value, limit_name(limit));
	return buf;
}

int limit_raise_text(lua_State *L, enum limit limit, const char *text)
{
	limit_note(L, limit, text);
	return limit_raise(L, limit);
}

int limit_raise(lua_State *L, enum limit limit)
{
	limit_note(L, limit, NULL);
	/* a handler or a closing variable raises at its next instruction */
	lua_sethook(L, on_count, LUA_MASKCOUNT, 1);
	lua_pushstring(L, "a limit was exceeded");
	return lua_error(L);
}

int limit_raise_memory(lua_State *L)
{
	scenario_of(L)->memory_refused = true;
	return limit_raise(L, LIMIT_MEMORY);
}

void limit_charge(lua_State *L, uint64_t instructions)
{
	struct scenario *sc = scenario_of(L);

	if (sc->hit != LIMIT_NONE)
		limit_raise(L, sc->hit);
	sc->instructions += instructions;
	if (sc->instructions < sc->next_clock)
		return;
	sc->next_clock = sc->instructions + COUNT_STEP;
	if (sc->instructions > sc->options.limits[LIMIT_INSTRUCTIONS])
		limit_raise(L, LIMIT_INSTRUCTIONS);
	if (clock_now_ns() > sc->deadline_ns)
		limit_raise(L, LIMIT_WALL);
}

static void on_count(lua_State *L, lua_Debug *ar)
{
	(void)ar;
	limit_charge(L, COUNT_STEP);
}

void limit_check_output(lua_State *L, uint64_t size)
{
	struct scenario *sc = scenario_of(L);

	sc->output += size;
	if (sc->output > sc->options.limits[LIMIT_OUTPUT])
		limit_raise(L, LIMIT_OUTPUT);
}

void limit_check_request(lua_State *L)
{
	struct scenario *sc = scenario_of(L);
	uint64_t nr = 0;

	if (++sc->nr_requests > sc->options.limits[LIMIT_REQUESTS])
		limit_raise(L, LIMIT_REQUESTS);
	if (!sc->options.record)
		return; /* an untraced machine emits no events */
	for (uint32_t i = 0; i < sc->nr_sessions; i++)
		nr += session_nr_steps(sc->sessions[i]);
	if (nr > sc->options.limits[LIMIT_EVENTS])
		limit_raise(L, LIMIT_EVENTS);
	limit_check_machines(L, 0);
}

void limit_check_machines(lua_State *L, uint64_t more)
{
	struct scenario *sc = scenario_of(L);

	if (scenario_memory(sc) + more > sc->options.limits[LIMIT_MACHINES])
		limit_raise(L, LIMIT_MACHINES);
}

bool limit_was_hit(lua_State *L, int status, int index)
{
	struct scenario *sc = scenario_of(L);
	const char *text;

	if (sc->hit != LIMIT_NONE)
		return true;
	if (!sc->memory_refused && !sc->string_refused)
		return false;
	/* Lua before 5.4.3 raises an ordinary error for a string buffer */
	text = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : "";
	if (status != LUA_ERRMEM && !strstr(text, "not enough memory"))
		return false;
	limit_note(L, sc->memory_refused ? LIMIT_MEMORY : LIMIT_STRING, NULL);
	return true;
}

/* The results of pcall and xpcall; @before values are below them. */
static int call_finish(lua_State *L, int status, lua_KContext before)
{
	struct scenario *sc = scenario_of(L);

	if (status != LUA_OK && status != LUA_YIELD) {
		if (limit_was_hit(L, status, -1))
			return limit_raise(L, sc->hit);
		lua_pushboolean(L, 0);
		lua_insert(L, -2);
		return 2;
	}
	if (sc->hit != LIMIT_NONE)
		return limit_raise(L, sc->hit);
	return lua_gettop(L) - (int)before;
}

/* pcall(f, ...): true and the results, or false and the error. */
static int limit_pcall(lua_State *L)
{
	int status;

	luaL_checkany(L, 1);
	lua_pushboolean(L, 1);
	lua_insert(L, 1);
	status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0,
			    call_finish);
	return call_finish(L, status, 0);
}

/* xpcall(f, handler, ...): the same, with handler(error). */
static int limit_xpcall(lua_State *L)
{
	int nr = lua_gettop(L), status;

	luaL_checktype(L, 2, LUA_TFUNCTION);
	lua_pushboolean(L, 1);
	lua_pushvalue(L, 1);
	lua_rotate(L, 3, 2); /* f handler true f args... */
	status = lua_pcallk(L, nr - 2, LUA_MULTRET, 2, 2, call_finish);
	return call_finish(L, status, 2);
}

/*
 * coroutine.resume and close return errors as values. The original, the
 * upvalue, is a C function without upvalues, so that it can run in this frame.
 */
static int limit_resume(lua_State *L)
{
	lua_State *co = lua_tothread(L, 1);
	lua_CFunction original = lua_tocfunction(L, lua_upvalueindex(1));
	int nr = original(L);

	if (nr == 2 && limit_was_hit(L, co ? lua_status(co) : LUA_OK, -1))
		return limit_raise(L, scenario_of(L)->hit);
	return nr;
}

void limit_open(lua_State *L)
{
	static const char *const names[] = { "resume", "close" };
	struct scenario *sc = scenario_of(L);
	uint64_t most = sc->options.limits[LIMIT_INSTRUCTIONS];

	sc->main_state = L;
	/* the memory limit bounds garbage, so collect it less often */
	lua_gc(L, LUA_GCINC, 1000, 400, 0);
	sc->deadline_ns =
		clock_now_ns() + limit_value(sc, LIMIT_WALL) * NS_PER_MS;
	lua_pushcfunction(L, limit_pcall);
	lua_setglobal(L, "pcall");
	lua_pushcfunction(L, limit_xpcall);
	lua_setglobal(L, "xpcall");
	lua_getglobal(L, "coroutine");
	for (int i = 0; i < 2; i++) {
		lua_getfield(L, -1, names[i]);
		lua_pushcclosure(L, limit_resume, 1);
		lua_setfield(L, -2, names[i]);
	}
	lua_pop(L, 1);
	lua_sethook(L, on_count, LUA_MASKCOUNT,
		    most < COUNT_STEP ? (int)most : COUNT_STEP);
}
