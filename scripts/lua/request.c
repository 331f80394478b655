/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * request: alloc and free, and what every request has in common.
 *
 * A request runs to its end; then its events are reported and the hooks run;
 * then it returns. An invalid argument raises an error and changes nothing;
 * if the engine finds it, the request leaves one event, request_refused. A
 * valid request that finds no page is no error: nil and the reason.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "explain/flip.h"
#include "lua/api.h"

/* The instructions that a search for flips counts as. */
enum { FLIPS_CHARGE = 20000 };

struct session *request_machine(lua_State *L, int index, const char *function)
{
	struct scenario *sc = scenario_of(L);
	struct machine_ref *ref = api_check(L, index, API_MACHINE, function);

	return sc->sessions[ref->session];
}

void request_check_hook(lua_State *L, const char *function)
{
	if (scenario_of(L)->in_hook)
		api_error(
			L,
			"%s: called inside a hook; note what the hook saw and "
			"make the request afterwards",
			function);
}

void request_done(lua_State *L, struct session *s, const struct request *r,
		  const char *function)
{
	struct scenario *sc = scenario_of(L);
	enum machine_error error;

	if (!r)
		limit_raise_memory(L);
	sc->latest = s;
	error = r->error;
	if (sc->options.record)
		event_report(L, s, r->first_step, r->last_step);
	if (error == MACHINE_ERROR_limit)
		limit_raise(L, LIMIT_EVENTS);
	if (error != MACHINE_ERROR_none)
		api_error(L, "%s: %s (zonewalk doc errors)", function,
			  enum_text(KIND_machine_error, error));
	limit_check_request(L);
}

int request_make(lua_State *L, struct session *s, const struct request *r,
		 const char *function)
{
	struct source_line where = api_where(L);

	request_check_hook(L, function);
	request_done(L, s, session_request(s, r, &where), function);
	return 0;
}

/* -- arguments of an alloc ------------------------------------------------ */

void request_open(struct args *a, lua_State *L, const char *function,
		  const struct api_key *keys, const struct machine *m,
		  struct request *r)
{
	*r = (struct request){ .kind = REQUEST_ALLOC,
			       .alloc = { .gfp = GFP_KERNEL,
					  .nid = UINT32_MAX,
					  .alloc_flags = UINT32_MAX } };
	args_open(a, L, 2, function, keys, m, r);
	if (r->alloc.alloc_flags == UINT32_MAX)
		r->alloc.alloc_flags = 0;
	else
		r->kind = REQUEST_GET_PAGE;
	r->alloc.has_nodemask = r->alloc.nodemask != 0;
	if (r->alloc.nid == UINT32_MAX)
		r->alloc.nid = m->system->cpu_node[r->alloc.cpu];
}

/* -- why a request got nothing -------------------------------------------- */

/* tostring(reason) is its text, so that assert(m:alloc{}) shows it. */
static int reason_tostring(lua_State *L)
{
	lua_getfield(L, 1, "text");
	return 1;
}

const struct api_key keys_flip[] = {
	KEY("kind", "string", "what changes; see zonewalk doc flips"),
	KEY("node", "integer", "of the zone that then serves the request"),
	KEY("zone", "string", "its name"),
	KEY("from", "integer", "the value as it is"),
	KEY("to", "integer", "the nearest one with which it is served"),
	KEY("unit", "string", "of the two values"),
	KEY("text", "string", "the change"),
	KEY("cost", "string", "what it costs elsewhere"),
	{ .name = NULL },
};

static void push_flip(lua_State *L, const struct machine *m,
		      const struct flip *flip)
{
	const struct zone *zone = &m->zones[flip->zone_id];

	lua_createtable(L, 0, 8);
	api_set_string(L, "kind", flip->kind->name);
	api_set_integer(L, "node", zone->node);
	api_set_string(L, "zone", zone_name(m, zone->idx));
	api_set_integer(L, "from", flip->from);
	api_set_integer(L, "to", flip->to);
	api_set_string(L, "unit", flip->kind->unit);
	api_set_string(L, "text", flip->text);
	api_set_string(L, "cost", flip->cost);
}

/*
 * __index of the reasons of a session, its upvalue: reason.flips. It is found
 * when a script reads it, as most reasons are not read at all.
 */
static int reason_index(lua_State *L)
{
	struct session *s = lua_touserdata(L, lua_upvalueindex(1));
	const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) :
							  "";
	struct flip flips[FLIPS_MAX];
	lua_Integer request;
	size_t nr;

	if (strcmp(key, "flips") || !lua_istable(L, 1))
		return 0;
	limit_charge(L, FLIPS_CHARGE);
	lua_pushliteral(L, "request");
	lua_rawget(L, 1);
	request = lua_tointeger(L, -1);
	nr = request > 0 && request <= UINT32_MAX ?
		     flips_find_request(s, (uint32_t)(request - 1), flips,
					FLIPS_MAX) :
		     0;
	lua_createtable(L, (int)nr, 0);
	for (size_t i = 0; i < nr; i++) {
		push_flip(L, session_machine(s), &flips[i]);
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	lua_pushliteral(L, "flips");
	lua_pushvalue(L, -2);
	lua_rawset(L, 1);
	return 1;
}

/* The metatable of the reasons of @s. */
static void push_reason_class(lua_State *L, const struct session *s)
{
	if (lua_rawgetp(L, LUA_REGISTRYINDEX, s) == LUA_TTABLE)
		return;
	lua_pop(L, 1);
	lua_createtable(L, 0, 2);
	lua_pushcfunction(L, reason_tostring);
	lua_setfield(L, -2, "__tostring");
	lua_pushlightuserdata(L, (void *)(uintptr_t)s);
	lua_pushcclosure(L, reason_index, 1);
	lua_setfield(L, -2, "__index");
	lua_pushvalue(L, -1);
	lua_rawsetp(L, LUA_REGISTRYINDEX, s);
}

/* Did fault injection end the request? Nothing follows that event. */
static bool is_injected(const struct session *s, const struct request *r)
{
	const struct history *h = session_history(s);
	const struct event *last = h ? history_event(h, r->last_step) : NULL;

	return last && event_id(last) == EVENT_should_fail_alloc_page;
}

/* Push why the zones of @pass did not serve; "" if none was tried. */
static const char *push_whys(lua_State *L, int zones, lua_Integer pass)
{
	const lua_Integer nr = (lua_Integer)lua_rawlen(L, zones);

	lua_pushliteral(L, "");
	for (lua_Integer i = 1; i <= nr; i++) {
		const char *text = lua_tostring(L, -1);

		lua_rawgeti(L, zones, i);
		lua_getfield(L, -1, "pass");
		lua_getfield(L, -2, "why");
		if (lua_tointeger(L, -2) == pass) {
			lua_pushfstring(L, "%s%s%s", text, *text ? " " : "",
					lua_tostring(L, -1));
			lua_replace(L, -5);
		}
		lua_pop(L, 3);
	}
	return lua_tostring(L, -1);
}

/*
 * Push the text of a reason. A second pass is a walk without ALLOC_NOFRAGMENT;
 * it tries the same zones, so that each has to say in which pass.
 */
static void push_reason_text(lua_State *L, int zones, const char *what)
{
	const char *first = push_whys(L, zones, 1);
	const char *second = push_whys(L, zones, 2);

	if (!*second)
		lua_pushfstring(L, *first ? "%s: %s" : "%s", what, first);
	else if (!strcmp(first, second))
		lua_pushfstring(L,
				"%s, neither in pass 1, with ALLOC_NOFRAGMENT, "
				"nor in pass 2: %s",
				what, first);
	else
		lua_pushfstring(L,
				"%s. Pass 1, with ALLOC_NOFRAGMENT: %s Pass 2: "
				"%s",
				what, first, second);
}

void request_push_reason(lua_State *L, const struct session *s,
			 const struct request *r)
{
	int zones;

	lua_createtable(L, 0, 3);
	walk_push(L, s, r->first_step, r->last_step);
	zones = lua_gettop(L);
	push_reason_text(L, zones,
			 is_injected(s, r) ?
				 "fault injection made the request fail" :
				 "the fast path found no page");
	lua_setfield(L, zones - 1, "text");
	lua_settop(L, zones);
	lua_setfield(L, zones - 1, "zones");
	api_set_integer(L, "request", (int64_t)r->alloc.owner + 1);
	push_reason_class(L, s);
	lua_setmetatable(L, zones - 1);
}

/* -- alloc, free ---------------------------------------------------------- */

/* What m:alloc returns for a request that failed: nil and the reason. */
static int push_failure(lua_State *L, struct session *s,
			const struct request *r)
{
	struct request done;

	if (r)
		done = *r; /* the session's requests move when it has more */
	request_done(L, s, r, "m:alloc");
	lua_pushnil(L);
	request_push_reason(L, s, &done);
	return 2;
}

/* The line of a request; not needed when nothing is recorded. */
static struct source_line request_where(lua_State *L)
{
	if (scenario_of(L)->options.record)
		return api_where(L);
	return (struct source_line){ .file = NULL };
}

/* m:alloc{ order, gfp, node, cpu, nodemask, alloc_flags, owner } */
static int request_alloc(lua_State *L)
{
	const struct machine_ref *ref = api_check(L, 1, API_MACHINE, "m:alloc");
	struct session *s = scenario_of(L)->sessions[ref->session];
	const struct machine *m = session_machine(s);
	struct source_line where = request_where(L);
	struct request wanted;
	const struct request *r;
	struct block_ref *b;
	struct args a;

	request_check_hook(L, "m:alloc");
	request_open(&a, L, "m:alloc", keys_alloc, m, &wanted);
	r = session_request(s, &wanted, &where);
	if (!r || r->pfn == PFN_NONE)
		return push_failure(L, s, r);
	b = api_new(L, API_BLOCK, sizeof(*b), 0);
	b->block = &b->own;
	block_init(scenario_of(L), &b->own, ref->session, r);
	request_done(L, s, r, "m:alloc");
	return 1;
}

/* block:free{ cpu } */
static int request_free(lua_State *L)
{
	struct block *b = block_check(L, 1, "block:free");
	struct session *s = scenario_of(L)->sessions[b->session];
	const struct machine *m = session_machine(s);
	struct source_line where = request_where(L);
	struct request wanted = { .kind = REQUEST_FREE };
	const struct request *r;
	struct args a;

	request_check_hook(L, "block:free");
	args_open(&a, L, 2, "block:free", keys_cpu, m, &wanted.free.cpu);
	block_check_used(L, b, "block:free");
	wanted.free.pfn = b->pfn;
	wanted.free.order = b->order;
	r = session_request(s, &wanted, &where);
	b->freed = r && r->error == MACHINE_ERROR_none;
	b->freed_line = where.line;
	request_done(L, s, r, "block:free");
	return 0;
}

const struct api_row request_rows[] = {
	METHOD(API_MACHINE, "alloc", request_alloc, keys_alloc,
	       "m:alloc{ order = 3, gfp = \"GFP_KERNEL\" }",
	       "(request?: zonewalk.alloc): zonewalk.block?, zonewalk.reason?",
	       "Allocate a block. Return it, or nil and the reason."),
	METHOD(API_BLOCK, "free", request_free, keys_cpu,
	       "block:free{ cpu = 0 }", "(where?: zonewalk.cpu)",
	       "Free the block. A block can be freed once."),
	{ .name = NULL },
};
