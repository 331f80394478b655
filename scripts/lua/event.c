/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event: events as tables, and hooks.
 *
 * This file reads events through the table event_types, so a new event needs
 * no change here. A hook sees the machine in the state just after its event.
 */
#include <string.h>

#include "events/filter.h"
#include "lua/api.h"

static const char hooks_key[] = "zonewalk.hooks";

/* -- an event as a table -------------------------------------------------- */

static void push_nodes(lua_State *L, uint64_t nodemask)
{
	lua_Integer nr = 0;

	lua_newtable(L);
	for (unsigned int nid = 0; nid < MAX_NUMNODES; nid++) {
		if (!(nodemask >> nid & 1))
			continue;
		lua_pushinteger(L, nid);
		lua_rawseti(L, -2, ++nr);
	}
}

/* A field as Lua sees it: a flag is a boolean, an enumerator a string. */
static void push_field(lua_State *L, const struct machine *m,
		       const struct event *event,
		       const struct event_field *field)
{
	int64_t value = event_field_value(event, field);
	char text[GFP_TEXT_MAX];

	if (field->kind == KIND_flag)
		lua_pushboolean(L, value != 0);
	else if (field->kind == KIND_nodemask)
		push_nodes(L, (uint64_t)value);
	else if (field->kind == KIND_pfn && value == PFN_NONE)
		lua_pushnil(L);
	else if (field->kind == KIND_zone || field->kind == KIND_migratetype ||
		 field->kind == KIND_gfp || field->kind == KIND_alloc_flags ||
		 kind_is_enum(field->kind))
		lua_pushstring(L, field_text(m, field->kind, value, text,
					     sizeof(text)));
	else
		lua_pushinteger(L, value);
}

static void push_event(lua_State *L, const struct machine *m,
		       const struct event *event, uint32_t step)
{
	const struct event_type *type = event_type(event);

	lua_createtable(L, 0, type->nr_fields + 2);
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		push_field(L, m, event, &type->fields[i]);
		lua_setfield(L, -2, type->fields[i].name);
	}
	api_set_string(L, "event", type->name);
	api_set_integer(L, "step", step);
}

void event_push(lua_State *L, const struct session *s, uint32_t step)
{
	push_event(L, session_machine(s),
		   history_event(session_history(s), step), step);
}

void event_push_list(lua_State *L, const struct session *s, uint32_t first,
		     uint32_t last)
{
	lua_Integer nr = 0;

	lua_newtable(L);
	for (uint32_t step = first; session_history(s) && step <= last;
	     step++) {
		event_push(L, s, step);
		lua_rawseti(L, -2, ++nr);
	}
}

enum event_id event_check(lua_State *L, const char *name)
{
	int id = event_from_name(name);
	char near[96];

	if (id < 0)
		api_error(L, "\"%.60s\": no such event%s (zonewalk doc events)",
			  name,
			  api_did_you_mean(event_nearest(name), near,
					   sizeof(near)));
	return (enum event_id)id;
}

/* -- hooks ---------------------------------------------------------------- */

/* on.EVENT(function(e) ... end); the event is the upvalue. */
static int set_hook(lua_State *L)
{
	lua_Integer id = lua_tointeger(L, lua_upvalueindex(1));
	struct scenario *sc = scenario_of(L);
	char value[80];

	if (!lua_isfunction(L, 1))
		api_error(L,
			  "on.%s: expected a function, not %s; write "
			  "on.%s(function(e) ... end)",
			  event_types[id].name,
			  api_value_text(L, 1, value, sizeof(value)),
			  event_types[id].name);
	if (!sc->options.record)
		api_error(L,
			  "on.%s: this run records no events, so hooks are not "
			  "called",
			  event_types[id].name);
	luaL_getsubtable(L, LUA_REGISTRYINDEX, hooks_key);
	if (lua_rawgeti(L, -1, id) != LUA_TTABLE) {
		lua_pop(L, 1);
		lua_newtable(L);
		lua_pushvalue(L, -1);
		lua_rawseti(L, -3, id);
	}
	lua_pushvalue(L, 1);
	lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
	sc->hooked[id] = true;
	sc->any_hook = true;
	return 0;
}

int event_on(lua_State *L)
{
	const char *name = args_string(L, 2, "on", "the name of an event");

	lua_pushinteger(L, event_check(L, name));
	lua_pushcclosure(L, set_hook, 1);
	return 1;
}

/* Run every hook of the event at @step; false: the error is on top. */
static bool run_hooks(lua_State *L, struct session *s, uint32_t step)
{
	const struct event *event = history_event(session_history(s), step);
	lua_Unsigned nr;

	luaL_getsubtable(L, LUA_REGISTRYINDEX, hooks_key);
	lua_rawgeti(L, -1, event_id(event));
	nr = lua_rawlen(L, -1);
	for (lua_Unsigned i = 1; i <= nr; i++) {
		lua_rawgeti(L, -1, (lua_Integer)i);
		event_push(L, s, step);
		if (lua_pcall(L, 1, 0, 0) != LUA_OK)
			return false;
	}
	lua_pop(L, 2);
	return true;
}

static bool has_hooks(const struct scenario *sc, const struct session *s,
		      uint32_t step)
{
	return sc->hooked[event_id(history_event(session_history(s), step))];
}

/*
 * All steps are reported even if a hook raises an error; the error then
 * propagates to the script.
 */
void event_report(lua_State *L, struct session *s, uint32_t first,
		  uint32_t last)
{
	struct scenario *sc = scenario_of(L);
	const struct scenario_options *o = &sc->options;
	bool good = true;

	if (!o->on_step && !sc->any_hook)
		return;
	luaL_checkstack(L, 8, "hooks");
	for (uint32_t step = first; step <= last; step++) {
		if (o->on_step)
			o->on_step(o->context, s, step);
		if (!good || !has_hooks(sc, s, step))
			continue;
		session_seek(s, step);
		sc->in_hook = true;
		sc->hook_step = step;
		good = run_hooks(L, s, step);
		sc->in_hook = false;
	}
	session_seek(s, session_nr_steps(s));
	if (!good)
		lua_error(L);
}

/* -- events since a step, for ask{} --------------------------------------- */

/* The number of steps of every machine, as a list. */
int event_steps(lua_State *L)
{
	const struct scenario *sc = scenario_of(L);

	lua_newtable(L);
	for (uint32_t i = 0; i < sc->nr_sessions; i++) {
		lua_pushinteger(L, session_nr_steps(sc->sessions[i]));
		lua_rawseti(L, -2, (lua_Integer)i + 1);
	}
	return 1;
}

/* The filter at @index, or NULL when that is nil; raises. */
static struct filter *check_filter(lua_State *L, int index)
{
	struct filter_error error;
	struct filter *c;

	if (lua_type(L, index) != LUA_TSTRING)
		return NULL;
	c = filter_new(lua_tostring(L, index), &error);
	if (!c)
		api_error(L, "filter \"%.80s\", column %u: %s",
			  lua_tostring(L, index), error.column, error.text);
	return c;
}

/* Frees a filter when its holder is closed or collected. */
static int free_filter(lua_State *L)
{
	struct filter **holder = lua_touserdata(L, 1);

	filter_free(*holder);
	*holder = NULL;
	return 0;
}

/* Push a holder, so that an error leaks nothing. */
static struct filter **push_holder(lua_State *L)
{
	struct filter **holder = lua_newuserdatauv(L, sizeof(*holder), 0);

	*holder = NULL;
	if (luaL_newmetatable(L, "filter")) {
		lua_pushcfunction(L, free_filter);
		lua_setfield(L, -2, "__gc");
	}
	lua_setmetatable(L, -2);
	return holder;
}

/* Add @s's events of @id from @step on to the list on top. */
static void add_since(lua_State *L, const struct session *s, uint32_t step,
		      enum event_id id, const struct filter *c)
{
	const struct history *h = session_history(s);
	lua_Integer nr = (lua_Integer)lua_rawlen(L, -1);

	for (; step <= session_nr_steps(s); step++) {
		const struct event *event = history_event(h, step);

		if (event_id(event) != id)
			continue;
		if (c && !filter_holds(c, session_machine(s), event, step))
			continue;
		event_push(L, s, step);
		lua_rawseti(L, -2, ++nr);
	}
}

/*
 * since(steps, name, filter): a list of the events of that name after these
 * steps for which the filter, a string or nil, holds.
 */
int event_since(lua_State *L)
{
	const struct scenario *sc = scenario_of(L);
	enum event_id id = event_check(L, luaL_checkstring(L, 2));
	struct filter **holder;

	lua_settop(L, 3);
	holder = push_holder(L);
	*holder = check_filter(L, 3);
	lua_newtable(L);
	for (uint32_t i = 0; i < sc->nr_sessions; i++) {
		lua_rawgeti(L, 1, (lua_Integer)i + 1);
		uint32_t mark = (uint32_t)lua_tointeger(L, -1);

		lua_pop(L, 1);
		add_since(L, sc->sessions[i], mark + 1, id, *holder);
	}
	filter_free(*holder);
	*holder = NULL;
	return 1;
}

const struct api_row event_rows[] = {
	GLOBAL("on", NULL, NULL, "on.EVENT(function(e) ... end)", "",
	       "Call the function for each such event, with a table of its "
	       "fields (zonewalk doc events), after the request has ended. The "
	       "machine is in the state just after the event."),
	GLOBAL("ask", NULL, keys_ask,
	       "ask{ \"Which?\", run = function(trace) ... return answer end }",
	       "(question: zonewalk.ask): any",
	       "Ask for a prediction; then call run, which makes the requests "
	       "and returns the answer. ask returns it too. Without a user, "
	       "--answers gives predictions, or none is scored."),
	GLOBAL("fold", NULL, NULL, "fold(text, function() ... end)",
	       "(text: string, f: function): any",
	       "Call the function; its requests are one step of the player "
	       "and one line of the log. Return what it returns."),
	GLOBAL("exercise", NULL, keys_exercise,
	       "exercise{ \"Task\", checks = { { \"...\", condition } } }",
	       "(about: zonewalk.exercise)",
	       "Set a task for the end of the lesson. A check that does not "
	       "hold is still to be done; it is no failed expectation."),
	METHOD(API_TRACE, "count", NULL, NULL, "trace:count(event[, filter])",
	       "(event: zonewalk.event_name, filter?: string|fun(e: "
	       "zonewalk.event): any): integer",
	       "Count the events of that name since run began for which the "
	       "filter holds: \"order >= 3 and not ok\" (zonewalk doc "
	       "filters), or a function."),
	METHOD(API_TRACE, "first", NULL, NULL, "trace:first(event[, filter])",
	       "(event: zonewalk.event_name, filter?: string|fun(e: "
	       "zonewalk.event): any): zonewalk.event?",
	       "Return the first of them, or nil."),
	{ .name = NULL },
};
