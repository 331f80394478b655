/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_table: the functions of `table` that could take for ever, and those
 * whose answer would differ from run to run.
 *
 * Each element that is moved counts as instructions. sort is a merge sort:
 * Lua's own chooses by the clock, and so the order of equal elements. next
 * goes by the keys, since where they lie in memory differs.
 */
#include <string.h>

#include "lua/api.h"

enum { ELEMENT_CHARGE = 12 };

/* A plain list at @index: a metamethod could say any length. */
static lua_Unsigned check_list(lua_State *L, int index, const char *function)
{
	char value[80];

	if (!lua_istable(L, index))
		api_error(L, "%s: a table is expected, not %s", function,
			  api_value_text(L, index, value, sizeof(value)));
	if (luaL_getmetafield(L, index, "__len") != LUA_TNIL)
		api_error(L,
			  "%s: a table with a __len of its own is not "
			  "possible here",
			  function);
	return lua_rawlen(L, index);
}

static void charge_elements(lua_State *L, lua_Unsigned nr)
{
	limit_charge(L, nr > UINT64_MAX / 2 / ELEMENT_CHARGE ?
				UINT64_MAX / 2 :
				nr * ELEMENT_CHARGE);
}

/* The original is the upvalue, and runs in this frame. */
static int call_original(lua_State *L)
{
	return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* How many there are from @first to @last. */
static lua_Unsigned span(lua_Integer first, lua_Integer last)
{
	return last < first ? 0 : (lua_Unsigned)last - (lua_Unsigned)first + 1;
}

static int table_concat(lua_State *L)
{
	lua_Unsigned nr = check_list(L, 1, "table.concat");
	lua_Integer first = luaL_optinteger(L, 3, 1);
	lua_Integer last = luaL_optinteger(L, 4, (lua_Integer)nr);

	charge_elements(L, span(first, last));
	return call_original(L);
}

static int table_insert(lua_State *L)
{
	lua_Unsigned nr = check_list(L, 1, "table.insert");

	if (lua_gettop(L) == 3 && lua_isinteger(L, 2))
		charge_elements(L, span(lua_tointeger(L, 2), (lua_Integer)nr));
	return call_original(L);
}

static int table_remove(lua_State *L)
{
	lua_Unsigned nr = check_list(L, 1, "table.remove");

	if (lua_isinteger(L, 2))
		charge_elements(L, span(lua_tointeger(L, 2), (lua_Integer)nr));
	return call_original(L);
}

static int table_move(lua_State *L)
{
	charge_elements(L,
			span(luaL_checkinteger(L, 2), luaL_checkinteger(L, 3)));
	return call_original(L);
}

static int table_unpack(lua_State *L)
{
	if (lua_istable(L, 1) && lua_isnoneornil(L, 3))
		check_list(L, 1, "table.unpack");
	return call_original(L);
}

/* -- sort ----------------------------------------------------------------- */

/* Does the value at @a come before that at @b? Both stay. */
static bool before(lua_State *L, int a, int b, bool has_function)
{
	const int type = lua_type(L, a);
	char text[2][80];
	bool yes;

	if (has_function) {
		lua_pushvalue(L, 2);
		lua_pushvalue(L, a);
		lua_pushvalue(L, b);
		lua_call(L, 2, 1);
		yes = lua_toboolean(L, -1);
		lua_pop(L, 1);
		return yes;
	}
	if ((type != LUA_TNUMBER && type != LUA_TSTRING) ||
	    lua_type(L, b) != type) {
		if (luaL_getmetafield(L, a, "__lt") == LUA_TNIL &&
		    luaL_getmetafield(L, b, "__lt") == LUA_TNIL)
			api_error(
				L,
				"table.sort: %s and %s cannot be compared; "
				"write table.sort(t, function(a, b) return "
				"... end)",
				api_value_text(L, a, text[0], sizeof(text[0])),
				api_value_text(L, b, text[1], sizeof(text[1])));
		lua_pop(L, 1);
	}
	return lua_compare(L, a, b, LUA_OPLT);
}

/*
 * Merge [low, middle) and [middle, high) of the table at @from into that at
 * @to, both counted from 1. Equal ones keep their order.
 */
static void merge(lua_State *L, int from, int to, lua_Integer low,
		  lua_Integer middle, lua_Integer high, bool has_function)
{
	lua_Integer left = low, right = middle;

	limit_charge(L, (lua_Unsigned)(high - low));
	for (lua_Integer at = low; at < high; at++) {
		bool take_right = left == middle;

		if (left < middle && right < high) {
			lua_rawgeti(L, from, right);
			lua_rawgeti(L, from, left);
			take_right = before(L, lua_gettop(L) - 1, lua_gettop(L),
					    has_function);
			lua_pop(L, 2);
		}
		lua_rawgeti(L, from, take_right ? right++ : left++);
		lua_rawseti(L, to, at);
	}
}

/* table.sort(list, before) */
static int table_sort(lua_State *L)
{
	lua_Integer nr = (lua_Integer)check_list(L, 1, "table.sort");
	bool has_function = !lua_isnoneornil(L, 2);
	int from = 1, to = 3;

	if (has_function)
		luaL_checktype(L, 2, LUA_TFUNCTION);
	lua_settop(L, 2);
	charge_elements(L, (lua_Unsigned)nr);
	lua_createtable(L, nr < 1 << 20 ? (int)nr : 0, 0);
	for (lua_Integer width = 1; width < nr; width *= 2) {
		for (lua_Integer low = 1; low <= nr; low += 2 * width) {
			lua_Integer middle = low + width, high = middle + width;

			middle = middle > nr + 1 ? nr + 1 : middle;
			high = high > nr + 1 ? nr + 1 : high;
			merge(L, from, to, low, middle, high, has_function);
		}
		from = 4 - from;
		to = 4 - to;
	}
	for (lua_Integer i = 1; from != 1 && i <= nr; i++) {
		lua_rawgeti(L, from, i);
		lua_rawseti(L, 1, i);
	}
	return 0;
}

/* Replace functions of the table on top by ones that keep the original. */
static void wrap_all(lua_State *L, const luaL_Reg *functions)
{
	for (; functions->name; functions++) {
		lua_getfield(L, -1, functions->name);
		lua_pushcclosure(L, functions->func, 1);
		lua_setfield(L, -2, functions->name);
	}
}

void table_open(lua_State *L)
{
	static const luaL_Reg functions[] = {
		{ "concat", table_concat },
		{ "insert", table_insert },
		{ "remove", table_remove },
		{ "move", table_move },
		{ "unpack", table_unpack },
		{ "sort", table_sort },
		{ NULL, NULL },
	};

	lua_getglobal(L, "table");
	wrap_all(L, functions);
	lua_pop(L, 1);
}
