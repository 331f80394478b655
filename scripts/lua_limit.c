/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_limit: what a script may use, and that it cannot talk its way out.
 *
 * Instructions and the clock are looked at by a hook every thousand
 * instructions, memory by the allocator, events after each request. A limit
 * once hit is remembered in the scenario: from then on every hook raises
 * again, and pcall, xpcall and the coroutine functions, which are replaced
 * here, pass the error on instead of returning it.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lua_api.h"

enum { COUNT_STEP = 1000 };

#define DEFAULT_INSTRUCTIONS 1000000000ull
#define DEFAULT_MEMORY ((size_t)256 << 20)
#define DEFAULT_EVENTS 4000000u
#define DEFAULT_WALL_MS 8000u

static const char *const limit_names[NR_LIMITS] = {
	[LIMIT_NONE] = "none",
	[LIMIT_INSTRUCTIONS] = "instructions",
	[LIMIT_MEMORY] = "memory",
	[LIMIT_EVENTS] = "events",
	[LIMIT_WALL] = "wall_ms",
};

const char *limit_name(enum limit limit)
{
	return limit_names[limit];
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* How much of @limit there is. */
static uint64_t limit_value(const struct scenario *sc, enum limit limit)
{
	const struct scenario_options *o = &sc->options;

	switch (limit) {
	case LIMIT_INSTRUCTIONS:
		return o->max_instructions ? o->max_instructions :
					     DEFAULT_INSTRUCTIONS;
	case LIMIT_MEMORY:
		return o->max_memory ? o->max_memory : DEFAULT_MEMORY;
	case LIMIT_EVENTS:
		return o->max_events ? o->max_events : DEFAULT_EVENTS;
	case LIMIT_WALL:
		return o->max_wall_ms ? o->max_wall_ms : DEFAULT_WALL_MS;
	case LIMIT_NONE:
	case NR_LIMITS:
		break;
	}
	return 0;
}

void *limit_alloc(void *context, void *block, size_t old, size_t size)
{
	struct scenario *sc = context;
	void *moved;

	if (!block)
		old = 0; /* then it is a kind of object, not a size */
	if (!size) {
		free(block);
		sc->memory -= old;
		return NULL;
	}
	/* giving back must always work, so only growth is refused */
	if (size > old &&
	    sc->memory - old + size > limit_value(sc, LIMIT_MEMORY)) {
		sc->memory_refused = true;
		return NULL;
	}
	moved = realloc(block, size);
	if (moved)
		sc->memory += size - old;
	else
		sc->memory_refused = true;
	return moved;
}

static void on_count(lua_State *L, lua_Debug *ar);

/* Remember the first limit that was hit, with its message. */
static void limit_note(lua_State *L, enum limit limit)
{
	struct scenario *sc = scenario_of(L);
	struct source_line where = api_where(L);

	if (sc->hit != LIMIT_NONE)
		return;
	sc->hit = limit;
	snprintf(sc->message, sizeof(sc->message),
		 "%s:%" PRIu32 ": limit %s: more than %" PRIu64
		 " (--limit %s=N allows more)",
		 sc->name, where.line, limit_names[limit],
		 limit_value(sc, limit), limit_names[limit]);
}

int limit_raise(lua_State *L, enum limit limit)
{
	limit_note(L, limit);
	/* whatever still runs raises at its next instruction */
	lua_sethook(L, on_count, LUA_MASKCOUNT, 1);
	lua_pushstring(L, "a limit was hit");
	return lua_error(L);
}

static void on_count(lua_State *L, lua_Debug *ar)
{
	struct scenario *sc = scenario_of(L);

	(void)ar;
	if (sc->hit != LIMIT_NONE)
		limit_raise(L, sc->hit);
	sc->instructions += COUNT_STEP;
	if (sc->instructions > limit_value(sc, LIMIT_INSTRUCTIONS))
		limit_raise(L, LIMIT_INSTRUCTIONS);
	if (now_ns() > sc->deadline_ns)
		limit_raise(L, LIMIT_WALL);
}

void limit_check_events(lua_State *L)
{
	const struct scenario *sc = scenario_of(L);
	uint64_t nr = 0;

	for (uint32_t i = 0; i < sc->nr_sessions; i++)
		nr += session_nr_steps(sc->sessions[i]);
	if (nr > limit_value(sc, LIMIT_EVENTS))
		limit_raise(L, LIMIT_EVENTS);
}

bool limit_was_hit(lua_State *L, int status, int index)
{
	struct scenario *sc = scenario_of(L);
	const char *text;

	if (sc->hit != LIMIT_NONE)
		return true;
	if (!sc->memory_refused)
		return false;
	/* a coroutine's memory error arrives as an ordinary one */
	text = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : "";
	if (status != LUA_ERRMEM && strcmp(text, "not enough memory"))
		return false;
	limit_note(L, LIMIT_MEMORY);
	return true;
}

/* What pcall and xpcall answer; @before values stand below the results. */
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

/* xpcall(f, handler, ...): the same, the error goes through handler. */
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
 * coroutine.resume and close answer errors as values: the original (the
 * upvalue, a C function without upvalues of its own) runs in this frame.
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

static void replace(lua_State *L, const char *name)
{
	lua_getfield(L, -1, name);
	lua_pushcclosure(L, limit_resume, 1);
	lua_setfield(L, -2, name);
}

void limit_open(lua_State *L)
{
	struct scenario *sc = scenario_of(L);
	uint64_t most = limit_value(sc, LIMIT_INSTRUCTIONS);

	sc->deadline_ns = now_ns() + limit_value(sc, LIMIT_WALL) * 1000000u;
	lua_pushcfunction(L, limit_pcall);
	lua_setglobal(L, "pcall");
	lua_pushcfunction(L, limit_xpcall);
	lua_setglobal(L, "xpcall");
	lua_getglobal(L, "coroutine");
	replace(L, "resume");
	replace(L, "close");
	lua_pop(L, 1);
	lua_sethook(L, on_count, LUA_MASKCOUNT,
		    most < COUNT_STEP ? (int)most : COUNT_STEP);
}
