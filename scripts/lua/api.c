/* SPDX-License-Identifier: GPL-2.0-or-later */
/* api: makes Lua objects from the table of the language. */
#include "lua/api.h"

#include <stdio.h>
#include <string.h>

const struct api_row *const api_modules[] = {
	machine_rows, zones_rows, request_rows, fill_rows,
	control_rows, load_rows,  block_rows,	look_rows,
	page_rows,    event_rows, note_rows,	NULL,
};

const char *const api_class_names[NR_API_CLASSES] = {
	[API_MACHINE] = "machine", [API_BLOCK] = "block",
	[API_BLOCKS] = "blocks",   [API_NODE] = "node",
	[API_ZONE] = "zone",	   [API_PCP] = "pcp",
	[API_TRACE] = "trace",
};

/* Before the bytes of an object. */
struct api_header {
	uint32_t magic;
	uint32_t class;
};

_Static_assert(sizeof(struct api_header) == API_HEADER, "the header's size");

void *api_new(lua_State *L, enum api_class class, size_t size, int nr_values)
{
	struct api_header *header =
		lua_newuserdatauv(L, API_HEADER + size, nr_values);

	*header = (struct api_header){ API_MAGIC, class };
	lua_rawgeti(L, LUA_REGISTRYINDEX, scenario_of(L)->class_ref[class]);
	lua_setmetatable(L, -2);
	return header + 1;
}

/*
 * A script has no userdata but those of this layer and those that the grader
 * gives it, so the header identifies an object.
 */
void *api_test(lua_State *L, int index, enum api_class class)
{
	struct api_header *header = lua_touserdata(L, index);

	/* light userdata has no length */
	if (!header || lua_rawlen(L, index) < API_HEADER ||
	    header->magic != API_MAGIC || header->class != class)
		return NULL;
	return header + 1;
}

void *api_check(lua_State *L, int index, enum api_class class,
		const char *function)
{
	void *object = api_test(L, index, class);
	char value[80];

	if (!object)
		api_error(L,
			  "%s: expected a %s, not %s; call it with a colon "
			  "(zonewalk doc lua)",
			  function, api_class_names[class],
			  api_value_text(L, index, value, sizeof(value)));
	return object;
}

/* The field of a copy, from its user value; false: no such field. */
static bool push_copied(lua_State *L)
{
	if (lua_getiuservalue(L, 1, 1) != LUA_TTABLE) {
		lua_pop(L, 1);
		return false;
	}
	lua_pushvalue(L, 2);
	if (lua_rawget(L, -2) == LUA_TNIL) {
		lua_pop(L, 2);
		return false;
	}
	if (lua_islightuserdata(L, -1)) /* a known field that is nil */
		lua_pushnil(L);
	return true;
}

/* Collect the names a script may write after the dot or colon. */
static size_t member_names(lua_State *L, enum api_class class,
			   const char **names, size_t max)
{
	size_t nr = 0;

	for_each_api_row(row)
		if (nr < max && row->class == class)
			names[nr++] = row->name;
	if (lua_isuserdata(L, 1) && lua_getiuservalue(L, 1, 1) == LUA_TTABLE)
		for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
			if (nr < max)
				names[nr++] = lua_tostring(L, -2);
	return nr;
}

/* How to write @name, a member of another class, in @buf; or "". */
static const char *usage_elsewhere(const char *name, char *buf, size_t size)
{
	const struct api_row *found = NULL;

	for_each_api_row(row)
		if (row->class != API_GLOBAL && !strcmp(row->name, name) &&
		    (!found || row->class < found->class))
			found = row;
	snprintf(buf, size, "%s%s", found ? "; write " : "",
		 found ? found->usage : "");
	return buf;
}

static int unknown_member(lua_State *L, enum api_class class)
{
	const char *names[64], *name, *near;
	char value[80], text[96] = "";

	if (lua_type(L, 2) == LUA_TSTRING) {
		name = lua_tostring(L, 2);
		near = nearest_name(name, names,
				    member_names(L, class, names, 64),
				    sizeof(names[0]));
		if (!*usage_elsewhere(name, text, sizeof(text)))
			api_did_you_mean(near, text, sizeof(text));
	}
	return api_error(L, "a %s has no %s%s (zonewalk doc lua)",
			 api_class_names[class],
			 api_value_text(L, 2, value, sizeof(value)), text);
}

/*
 * __index of a class. Upvalues: its methods, its getters, the class. Only
 * strings are looked up, so a number is unknown.
 */
static int object_index(lua_State *L)
{
	enum api_class class;
	lua_CFunction getter;

	lua_pushvalue(L, 2);
	if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
		return 1;
	lua_settop(L, 2);
	lua_pushvalue(L, 2);
	lua_rawget(L, lua_upvalueindex(2));
	getter = lua_tocfunction(L, -1);
	lua_settop(L, 2);
	if (getter)
		return getter(L);
	class = (enum api_class)lua_tointeger(L, lua_upvalueindex(3));
	if (class == API_BLOCKS && lua_isinteger(L, 2))
		return fill_index(L);
	if (push_copied(L))
		return 1;
	return unknown_member(L, class);
}

static int object_newindex(lua_State *L)
{
	const char *class = lua_tostring(L, lua_upvalueindex(1));
	char value[80];

	return api_error(L, "a %s is read-only: field %s", class,
			 api_value_text(L, 2, value, sizeof(value)));
}

/* "machine", "zone": objects have no address. */
static int object_tostring(lua_State *L)
{
	lua_pushvalue(L, lua_upvalueindex(1));
	return 1;
}

/* A table of a class's methods or getters, from the rows. */
static void push_members(lua_State *L, enum api_class class, bool fields)
{
	lua_newtable(L);
	for_each_api_row(row) {
		if (row->class != class || row->field != fields ||
		    !row->function)
			continue;
		lua_pushcfunction(L, row->function);
		lua_setfield(L, -2, row->name);
	}
}

/*
 * __index of each machine's own table: machine.x that is neither a method nor
 * a field.
 */
static int machine_unknown(lua_State *L)
{
	lua_settop(L, 2);
	return unknown_member(L, API_MACHINE);
}

/*
 * Scripts use few machines, but often. So each machine has a table with its
 * methods and its constant fields, and no function call is needed to find
 * one.
 */
void api_own_members(lua_State *L)
{
	const int machine = lua_gettop(L);

	lua_rawgeti(L, LUA_REGISTRYINDEX,
		    scenario_of(L)->class_ref[API_MACHINE]);
	lua_newtable(L); /* the metatable */
	for (lua_pushnil(L); lua_next(L, machine + 1);) {
		lua_pushvalue(L, -2);
		lua_insert(L, -2);
		lua_rawset(L, machine + 2);
	}
	push_members(L, API_MACHINE, false);
	for_each_api_row(row) {
		if (row->class != API_MACHINE || !row->field)
			continue;
		lua_pushcfunction(L, row->function);
		lua_pushvalue(L, machine);
		lua_call(L, 1, 1);
		lua_setfield(L, -2, row->name);
	}
	lua_createtable(L, 0, 1);
	lua_pushcfunction(L, machine_unknown);
	lua_setfield(L, -2, "__index");
	lua_setmetatable(L, -2);
	lua_setfield(L, machine + 2, "__index");
	lua_setmetatable(L, machine);
	lua_settop(L, machine);
}

static void open_class(lua_State *L, enum api_class class)
{
	const char *name = api_class_names[class];

	lua_newtable(L);
	lua_pushvalue(L, -1);
	scenario_of(L)->class_ref[class] = luaL_ref(L, LUA_REGISTRYINDEX);
	lua_pushstring(L, name);
	lua_setfield(L, -2, "__name");
	push_members(L, class, false);
	push_members(L, class, true);
	lua_pushinteger(L, class);
	lua_pushcclosure(L, object_index, 3);
	lua_setfield(L, -2, "__index");
	lua_pushstring(L, name);
	lua_pushcclosure(L, object_newindex, 1);
	lua_setfield(L, -2, "__newindex");
	lua_pushstring(L, name);
	lua_setfield(L, -2, "__metatable");
	if (class == API_BLOCKS) {
		lua_pushcfunction(L, fill_length);
		lua_setfield(L, -2, "__len");
	}
	if (class == API_BLOCK) {
		lua_pushcfunction(L, block_tostring);
	} else {
		lua_pushstring(L, name);
		lua_pushcclosure(L, object_tostring, 1);
	}
	lua_setfield(L, -2, "__tostring");
	lua_pop(L, 1);
}

/* A table with one metamethod: `machine` can be called, `on` be indexed. */
static void set_special(lua_State *L, const char *name, const char *event,
			lua_CFunction function)
{
	lua_newtable(L);
	lua_createtable(L, 0, 2);
	lua_pushcfunction(L, function);
	lua_setfield(L, -2, event);
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
	lua_setglobal(L, name);
}

void api_open(lua_State *L)
{
	for (int class = API_GLOBAL + 1; class < API_TRACE; class ++)
		open_class(L, (enum api_class) class);
	for_each_api_row(row) {
		if (row->class != API_GLOBAL || !row->function)
			continue;
		lua_pushcfunction(L, row->function);
		lua_setglobal(L, row->name);
	}
	set_special(L, "on", "__index", event_on);
	set_special(L, "machine", "__call", machine_new);
	lua_getglobal(L, "machine");
	lua_pushcfunction(L, machine_load);
	lua_setfield(L, -2, "load");
	lua_pushcfunction(L, machine_import);
	lua_setfield(L, -2, "import");
	lua_pushcfunction(L, machine_arena);
	lua_setfield(L, -2, "arena");
	lua_pop(L, 1);
}

/* -- language/ ------------------------------------------------------------- */

extern const struct embedded_file language_files[];
extern const size_t nr_language_files;

/* host.fail(message): with the scenario's line. */
static int host_fail(lua_State *L)
{
	return api_error(L, "%s", luaL_checkstring(L, 1));
}

/* host.keys("ask", table): only the keys of ask{} or exercise{}. */
static int host_keys(lua_State *L)
{
	const char *name = lua_tostring(L, 1);
	struct args a;

	if (lua_isnoneornil(L, 2))
		api_expected(L, 2, name, "a table of named values");
	args_open(&a, L, 2, name, *name == 'a' ? keys_ask : keys_exercise, NULL,
		  NULL);
	return 0;
}

void language_open(lua_State *L)
{
	static const luaL_Reg host[] = {
		{ "fail", host_fail },	  { "keys", host_keys },
		{ "steps", event_steps }, { "since", event_since },
		{ "note", note_host },	  { "has_form", note_has_form },
		{ "panel", note_panel },  { "order", block_order_key },
		{ NULL, NULL },
	};

	luaL_newlib(L, host);
	for (size_t i = 0; i < nr_language_files; i++) {
		library_push_file(L, &language_files[i]);
		lua_pushvalue(L, -2);
		lua_call(L, 1, 0);
	}
	lua_pop(L, 1);
}
