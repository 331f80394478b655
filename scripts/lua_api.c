/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lua_api: the table of the language, and how it becomes Lua objects. */
#include "lua_api.h"

#include <stdio.h>
#include <string.h>

#define GLOBAL(name, function, usage, help)                                  \
	{ name, API_GLOBAL, false, function, usage, help }
#define METHOD(class, name, function, usage, help)                           \
	{ name, class, false, function, usage, help }
#define FIELD(class, name, function, usage, help)                            \
	{ name, class, true, function, usage, help }

const struct api_row api_rows[] = {
	GLOBAL("machine", machine_new,
	       "machine{ nodes = {{ memory = \"64M\" }} }",
	       "Makes a machine as Linux would set it up; also cpus, "
	       "cpu_nodes, distance, zone_limits, max_order, pageblock_order, "
	       "arch, transparent_hugepage, sysctl, and a node's movable, cma, "
	       "reserved."),
	GLOBAL("load", NULL, "machine.load(\"state.json\")",
	       "The machine of a snapshot, or of a recording's begin state, "
	       "from a file in the scenario's folder."),
	GLOBAL("on", NULL, "on.EVENT(function(e) ... end)",
	       "Calls the function for each such event, with a table of its "
	       "fields; the machine is as it was then."),
	GLOBAL("say", note_say, "say(text)", "Tells a caption."),
	GLOBAL("print", note_print, "print(...)",
	       "Tells its arguments with spaces between them."),
	GLOBAL("scene", note_scene, "scene(name)",
	       "Begins a part of the story."),
	GLOBAL("pause", note_pause, "pause([text])",
	       "A place where playing stops."),
	GLOBAL("expect", note_expect, "expect(condition, text)",
	       "Claims something; when it does not hold that is told, the run "
	       "goes on, and the exit code will be 1."),
	GLOBAL("ask", NULL,
	       "ask{ text =, choices =, run = function(trace) end, answer =, "
	       "hint = }",
	       "Asks for a prediction; run makes the requests and returns the "
	       "answer, which ask returns."),
	GLOBAL("lesson", note_lesson, "lesson{ title =, goal =, author =, "
				       "minutes = }",
	       "Says what this scenario is."),
	GLOBAL("param", note_param, "param(name, default)",
	       "What --set name=value gave, as a value of default's type, else "
	       "default."),

	METHOD(API_MACHINE, "alloc", request_alloc,
	       "m:alloc{ order =, gfp =, node =, cpu =, nodemask =, "
	       "alloc_flags =, owner = }",
	       "Asks for a block: the block, or nil and the reason. Defaults: "
	       "order 0, GFP_KERNEL, cpu 0, the cpu's node."),
	METHOD(API_MACHINE, "drain", request_drain, "m:drain{ cpu = }",
	       "Gives back all pages of a cpu's lists."),
	METHOD(API_MACHINE, "node", look_node, "m:node(n)",
	       "A copy of a node; node:zone(name) goes on from there."),
	METHOD(API_MACHINE, "page", look_page, "m:page(pfn)",
	       "What a frame is part of: pfn, state (free, pcp, used, "
	       "reserved), block, order, migratetype, owner."),
	METHOD(API_MACHINE, "pageblock", look_pageblock, "m:pageblock(pfn)",
	       "The migratetype of the pageblock that a frame lies in."),
	METHOD(API_MACHINE, "zonelist", look_zonelist, "m:zonelist(node)",
	       "The zones in the order in which a request of that node asks "
	       "them: a list of { node =, zone = }."),
	METHOD(API_MACHINE, "check", look_check, "m:check()",
	       "True when every invariant holds, else false and what is "
	       "broken."),
	FIELD(API_MACHINE, "nodes", look_nr_nodes, "m.nodes",
	      "How many nodes there are."),
	FIELD(API_MACHINE, "cpus", look_nr_cpus, "m.cpus",
	      "How many cpus there are."),
	FIELD(API_MACHINE, "max_order", look_max_order, "m.max_order",
	      "Orders are below it."),
	FIELD(API_MACHINE, "pageblock_order", look_pageblock_order,
	      "m.pageblock_order", "A pageblock has 2^pageblock_order pages."),

	METHOD(API_BLOCK, "free", request_free, "block:free{ cpu = }",
	       "Frees the block; once only."),
	FIELD(API_BLOCK, "pfn", block_pfn, "block.pfn", "Its first frame."),
	FIELD(API_BLOCK, "order", block_order, "block.order",
	      "It has 2^order pages."),
	FIELD(API_BLOCK, "node", block_node, "block.node", "Its node."),
	FIELD(API_BLOCK, "zone", block_zone, "block.zone", "Its zone's name."),
	FIELD(API_BLOCK, "migratetype", block_migratetype,
	      "block.migratetype", "The type it was given out as."),
	FIELD(API_BLOCK, "address", block_address, "block.address",
	      "Its first frame's address in the machine, as text."),
	FIELD(API_BLOCK, "walk", block_walk, "block.walk",
	      "The zones its request asked, as in reason.zones: node, zone, "
	      "pass, gate, verdict, why, free, unusable, mark, reserve, "
	      "slack."),
	FIELD(API_BLOCK, "events", block_events, "block.events",
	      "The events of its request."),

	METHOD(API_NODE, "zone", look_zone, "m:node(n):zone(name)",
	       "A copy of a zone: name, node, index, start_pfn, spanned, "
	       "present, managed, free, free_exact, free_cma, "
	       "watermark.min/low/high, watermark_boost, lowmem_reserve[zone "
	       "index], nr_free[order], nr_reserved_highatomic, numa."),
	METHOD(API_ZONE, "blocks", look_blocks, "zone:blocks(order, type)",
	       "The free blocks of an order and a type, from head to tail."),
	METHOD(API_ZONE, "pcp", look_pcp, "zone:pcp(cpu)",
	       "A copy of a cpu's lists: count, high, batch, stat_diff, "
	       "stat_threshold."),
	METHOD(API_PCP, "list", look_pcp_list, "pcp:list(type)",
	       "The pages of one of its lists, from head to tail."),
};

const size_t nr_api_rows = sizeof(api_rows) / sizeof(api_rows[0]);

static const char *const class_names[NR_API_CLASSES] = {
	[API_MACHINE] = "machine", [API_BLOCK] = "block", [API_NODE] = "node",
	[API_ZONE] = "zone",	   [API_PCP] = "pcp",
};

bool scenario_language(size_t i, const char **usage, const char **help)
{
	if (i >= nr_api_rows)
		return false;
	*usage = api_rows[i].usage;
	*help = api_rows[i].help;
	return true;
}

void *api_new(lua_State *L, enum api_class class, size_t size, int nr_values)
{
	void *object = lua_newuserdatauv(L, size, nr_values);

	luaL_setmetatable(L, class_names[class]);
	return object;
}

void *api_check(lua_State *L, int index, enum api_class class,
		const char *function)
{
	void *object = luaL_testudata(L, index, class_names[class]);
	char value[80];

	if (!object)
		api_error(L, "%s: it needs a %s, not %s; write it with a colon "
			     "(zonewalk doc lua)",
			  function, class_names[class],
			  api_value_text(L, index, value, sizeof(value)));
	return object;
}

/* The field of a copy, from its user value; false: it has none. */
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
	if (lua_islightuserdata(L, -1)) /* known, and not there */
		lua_pushnil(L);
	return true;
}

/* Collect the names a script may write after the dot or colon. */
static size_t member_names(lua_State *L, enum api_class class,
			   const char **names, size_t max)
{
	size_t nr = 0;

	for (size_t i = 0; i < nr_api_rows && nr < max; i++)
		if (api_rows[i].class == class)
			names[nr++] = api_rows[i].name;
	if (lua_getiuservalue(L, 1, 1) == LUA_TTABLE)
		for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
			if (nr < max)
				names[nr++] = lua_tostring(L, -2);
	return nr;
}

static int unknown_member(lua_State *L, enum api_class class)
{
	const char *names[64], *near = NULL;
	char value[80], text[96];

	if (lua_type(L, 2) == LUA_TSTRING)
		near = nearest_name(lua_tostring(L, 2), names,
				    member_names(L, class, names, 64),
				    sizeof(names[0]));
	api_did_you_mean(near, text, sizeof(text));
	return api_error(L, "a %s has no %s%s (zonewalk doc lua)",
			 class_names[class],
			 api_value_text(L, 2, value, sizeof(value)), text);
}

/*
 * __index of a class. Upvalues: its methods, its getters, the class. Only
 * strings are looked up, so a number is unknown.
 */
static int object_index(lua_State *L)
{
	enum api_class class =
		(enum api_class)lua_tointeger(L, lua_upvalueindex(3));
	lua_CFunction getter;

	lua_settop(L, 2);
	lua_pushvalue(L, 2);
	if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
		return 1;
	lua_pushvalue(L, 2);
	lua_rawget(L, lua_upvalueindex(2));
	getter = lua_tocfunction(L, -1);
	lua_settop(L, 2);
	if (getter)
		return getter(L);
	if (push_copied(L))
		return 1;
	return unknown_member(L, class);
}

static int object_newindex(lua_State *L)
{
	const char *class = lua_tostring(L, lua_upvalueindex(1));
	char value[80];

	return api_error(L, "a %s cannot be written to: %s is what it is",
			 class, api_value_text(L, 2, value, sizeof(value)));
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
	for (size_t i = 0; i < nr_api_rows; i++) {
		const struct api_row *row = &api_rows[i];

		if (row->class != class || row->field != fields ||
		    !row->function)
			continue;
		lua_pushcfunction(L, row->function);
		lua_setfield(L, -2, row->name);
	}
}

static void open_class(lua_State *L, enum api_class class)
{
	const char *name = class_names[class];

	luaL_newmetatable(L, name);
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
	for (int class = API_GLOBAL + 1; class < NR_API_CLASSES; class++)
		open_class(L, (enum api_class)class);
	for (size_t i = 0; i < nr_api_rows; i++) {
		if (api_rows[i].class != API_GLOBAL || !api_rows[i].function)
			continue;
		lua_pushcfunction(L, api_rows[i].function);
		lua_setglobal(L, api_rows[i].name);
	}
	set_special(L, "on", "__index", event_on);
	set_special(L, "machine", "__call", machine_new);
	lua_getglobal(L, "machine");
	lua_pushcfunction(L, machine_load);
	lua_setfield(L, -2, "load");
	lua_pop(L, 1);
}
