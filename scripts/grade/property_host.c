/* SPDX-License-Identifier: GPL-2.0-or-later */
/* property_host: find events, look at machines, compare them. */
#include "grade/property_host.h"
#include <string.h>

#include "events/filter.h"
#include "grade/machine_difference.h"

static const char expression_class[] = "grade.expression";

static struct session *check_session(lua_State *L, int index)
{
	struct scenario *sc = scenario_of(L);
	lua_Integer i = luaL_checkinteger(L, index);

	if (i < 0 || i >= (lua_Integer)sc->nr_sessions)
		luaL_error(L, "no machine %d", (int)i);
	return sc->sessions[i];
}

static uint32_t check_step(lua_State *L, int index, const struct session *s)
{
	lua_Integer step = luaL_checkinteger(L, index);

	if (step < 0)
		return 0;
	if (step > (lua_Integer)session_nr_steps(s))
		return session_nr_steps(s);
	return (uint32_t)step;
}

/* -- filter expressions --------------------------------------------------- */

static int expression_gc(lua_State *L)
{
	struct filter **c = luaL_checkudata(L, 1, expression_class);

	filter_free(*c);
	*c = NULL;
	return 0;
}

/* expression(text): compile it; raises if it is malformed. */
static int host_expression(lua_State *L)
{
	const char *text = luaL_checkstring(L, 1);
	struct filter **c = lua_newuserdatauv(L, sizeof(*c), 0);
	struct filter_error error;

	*c = NULL;
	if (luaL_newmetatable(L, expression_class)) {
		lua_pushcfunction(L, expression_gc);
		lua_setfield(L, -2, "__gc");
	}
	lua_setmetatable(L, -2);
	*c = filter_new(text, &error);
	if (!*c)
		api_error(L, "where \"%.100s\", column %u: %s", text,
			  error.column, error.text);
	return 1;
}

/* holds(expression, i, step) */
static int host_holds(lua_State *L)
{
	struct filter **c = luaL_checkudata(L, 1, expression_class);
	const struct session *s = check_session(L, 2);
	uint32_t step = check_step(L, 3, s);
	const struct event *event = history_event(session_history(s), step);

	lua_pushboolean(L, event && filter_holds(*c, session_machine(s), event,
						 step));
	return 1;
}

/* -- looking -------------------------------------------------------------- */

/* machine(i): the machine as an object of the scenario language. */
static int host_machine(lua_State *L)
{
	struct machine_ref *ref;

	check_session(L, 1);
	ref = api_new(L, API_MACHINE, sizeof(*ref), 1);
	*ref = (struct machine_ref){
		.session = (uint32_t)lua_tointeger(L, 1),
	};
	return 1;
}

/* index(machine): its number. */
static int host_index(lua_State *L)
{
	const struct machine_ref *ref =
		api_check(L, 1, API_MACHINE, "given: machine");

	lua_pushinteger(L, ref->session);
	return 1;
}

/* machine_at(i, step): the same, after moving it to that step. */
static int host_machine_at(lua_State *L)
{
	struct session *s = check_session(L, 1);

	session_seek(s, check_step(L, 2, s));
	return host_machine(L);
}

/* find(i, event or -1, from, to): the first such step, or nil. */
static int host_find(lua_State *L)
{
	const struct session *s = check_session(L, 1);
	const struct history *h = session_history(s);
	lua_Integer id = luaL_checkinteger(L, 2);
	lua_Integer from = luaL_checkinteger(L, 3);
	uint32_t to = check_step(L, 4, s);

	for (uint32_t step = from < 1 ? 1 : (uint32_t)from; step <= to;
	     step++) {
		if (id >= 0 &&
		    (lua_Integer)event_id(history_event(h, step)) != id)
			continue;
		lua_pushinteger(L, step);
		return 1;
	}
	return 0;
}

/* __index of an event: a field that its type does not have is an error. */
static int event_unknown(lua_State *L)
{
	char value[80];

	lua_getfield(L, 1, "event");
	if (lua_type(L, 2) != LUA_TSTRING)
		api_error(L, "an event has no field %s",
			  api_value_text(L, 2, value, sizeof(value)));
	property_check_field(L, luaL_checkstring(L, -1), lua_tostring(L, 2));
	return 0;
}

/* event_at(i, step): the event as a table, with machine_index and step. */
static int host_event_at(lua_State *L)
{
	const struct session *s = check_session(L, 1);
	uint32_t step = check_step(L, 2, s);

	if (!step)
		return luaL_error(L, "step 0 has no event");
	event_push(L, s, step);
	lua_pushvalue(L, 1);
	lua_setfield(L, -2, "machine_index");
	if (luaL_newmetatable(L, "grade.event")) {
		lua_pushcfunction(L, event_unknown);
		lua_setfield(L, -2, "__index");
	}
	lua_setmetatable(L, -2);
	return 1;
}

/* event_text(i, step): what happened, with its numbers. */
static int host_event_text(lua_State *L)
{
	const struct session *s = check_session(L, 1);
	const struct event *event =
		history_event(session_history(s), check_step(L, 2, s));
	char text[512];

	lua_pushstring(L, event ? event_text_format(session_machine(s), event,
						    text, sizeof(text)) :
				  "the beginning");
	return 1;
}

/* steps(i): the number of steps. */
static int host_steps(lua_State *L)
{
	lua_pushinteger(L, session_nr_steps(check_session(L, 1)));
	return 1;
}

uint32_t property_request_at(const struct session *s, uint32_t step)
{
	uint32_t i = session_request_at(s, step);

	return i == UINT32_MAX ? 0 : i + 1;
}

static int host_request_at(lua_State *L)
{
	const struct session *s = check_session(L, 1);

	lua_pushinteger(L, property_request_at(s, check_step(L, 2, s)));
	return 1;
}

/* Field by field: numbers, booleans, flags and enumerators as texts. */
static void set_param(lua_State *L, const struct session *s,
		      const struct request *r,
		      const struct request_param *param)
{
	int64_t value = request_param_value(r, param);
	char text[GFP_TEXT_MAX];

	if (param->kind == KIND_flag)
		lua_pushboolean(L, value != 0);
	else if (param->kind == KIND_gfp || param->kind == KIND_alloc_flags ||
		 param->kind == KIND_migratetype || kind_is_enum(param->kind))
		lua_pushstring(L, field_text(session_machine(s), param->kind,
					     value, text, sizeof(text)));
	else
		lua_pushinteger(L, value);
	lua_setfield(L, -2, param->name);
}

/* requests(i): { kind first last line pfn, its parameters }, in order. */
static int host_requests(lua_State *L)
{
	const struct session *s = check_session(L, 1);

	lua_createtable(L, (int)session_nr_requests(s), 0);
	for (uint32_t i = 0; i < session_nr_requests(s); i++) {
		const struct request *r = session_get_request(s, i);
		const struct request_type *type = &request_types[r->kind];

		lua_createtable(L, 0, 12);
		api_set_string(L, "kind", type->name);
		api_set_integer(L, "first", r->first_step);
		api_set_integer(L, "last", r->last_step);
		api_set_integer(L, "line", r->where.line);
		if (r->pfn != PFN_NONE)
			api_set_integer(L, "pfn", r->pfn);
		for (uint32_t p = 0; p < type->nr_params; p++)
			set_param(L, s, r, &type->params[p]);
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	return 1;
}

/* forbid_requests(bool) */
static int host_forbid_requests(lua_State *L)
{
	scenario_of(L)->in_hook = lua_toboolean(L, 1);
	return 0;
}

/* -- comparing ------------------------------------------------------------ */

/* set_sysctls(i): machine{} sets the sysctls of machine i; nil: no longer. */
static int host_set_sysctls(lua_State *L)
{
	scenario_of(L)->sysctls =
		lua_isnil(L, 1) ? NULL :
				  session_machine(check_session(L, 1))->system;
	return 0;
}

/* random([state]): the state of math.random; set it to @state. */
static int host_random(lua_State *L)
{
	struct scenario *sc = scenario_of(L);

	lua_pushinteger(L, (lua_Integer)sc->random);
	if (lua_isinteger(L, 1))
		sc->random = (uint64_t)lua_tointeger(L, 1);
	return 1;
}

/* machine_difference(a, b): of the machines at their start a text, or nil. */
static int host_machine_difference(lua_State *L)
{
	struct session *a = check_session(L, 1);
	struct session *b = check_session(L, 2);
	char text[160];

	/* NULL pushes nil */
	lua_pushstring(L, machine_difference(a, b, text, sizeof(text)));
	return 1;
}

/* setup_difference(a, b): does b begin with all of a? nil, or text, step. */
static int host_setup_difference(lua_State *L)
{
	struct session *a = check_session(L, 1);
	struct session *b = check_session(L, 2);
	char text[160];
	uint32_t step = 0;

	lua_pushstring(L, setup_difference(a, b, &step, text, sizeof(text)));
	lua_pushinteger(L, step);
	return 2;
}

void property_push_host(lua_State *L)
{
	static const luaL_Reg host[] = {
		{ "expression", host_expression },
		{ "holds", host_holds },
		{ "machine", host_machine },
		{ "machine_at", host_machine_at },
		{ "index", host_index },
		{ "find", host_find },
		{ "event_at", host_event_at },
		{ "event_text", host_event_text },
		{ "steps", host_steps },
		{ "request_at", host_request_at },
		{ "requests", host_requests },
		{ "forbid_requests", host_forbid_requests },
		{ "set_sysctls", host_set_sysctls },
		{ "random", host_random },
		{ "machine_difference", host_machine_difference },
		{ "setup_difference", host_setup_difference },
		{ NULL, NULL },
	};

	luaL_newlib(L, host);
	property_set_names(L);
}
