/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * table.sort as a stable merge sort. Lua's own picks its pivots by the clock,
 * so that equal elements end up in another order on every run.
 */
#include <limits.h>

#include "lua/api.h"

/* The arguments of table.sort, and a second table to merge into. */
enum { LIST = 1, FUNCTION = 2, SCRATCH = 3 };

/* Raise unless the values at @a and @b have an order. */
static void check_comparable(lua_State *L, int a, int b)
{
	const int type = lua_type(L, a);
	char text[2][80];

	if ((type == LUA_TNUMBER || type == LUA_TSTRING) &&
	    lua_type(L, b) == type)
		return;
	if (luaL_getmetafield(L, a, "__lt") == LUA_TNIL &&
	    luaL_getmetafield(L, b, "__lt") == LUA_TNIL)
		api_error(L,
			  "table.sort: %s and %s cannot be compared; write "
			  "table.sort(t, function(a, b) return ... end)",
			  api_value_text(L, a, text[0], sizeof(text[0])),
			  api_value_text(L, b, text[1], sizeof(text[1])));
	lua_pop(L, 1);
}

/* Does the value at @a come before the value at @b? Both stay. */
static bool is_before(lua_State *L, int a, int b)
{
	bool before;

	if (lua_isnil(L, FUNCTION)) {
		check_comparable(L, a, b);
		return lua_compare(L, a, b, LUA_OPLT);
	}
	lua_pushvalue(L, FUNCTION);
	lua_pushvalue(L, a);
	lua_pushvalue(L, b);
	lua_call(L, 2, 1);
	before = lua_toboolean(L, -1);
	lua_pop(L, 1);
	return before;
}

/*
 * Merge [low, middle) and [middle, high) of the table at @from into the table
 * at @to, all counted from 1. Equal elements keep their order.
 */
static void merge(lua_State *L, int from, int to, lua_Integer low,
		  lua_Integer middle, lua_Integer high)
{
	lua_Integer left = low, right = middle;

	for (lua_Integer at = low; at < high; at++) {
		bool take_right = left == middle;

		if (left < middle && right < high) {
			lua_geti(L, from, right);
			lua_geti(L, from, left);
			take_right = is_before(L, SCRATCH + 1, SCRATCH + 2);
			lua_pop(L, 2);
		}
		lua_geti(L, from, take_right ? right++ : left++);
		lua_seti(L, to, at);
	}
}

static lua_Integer smaller(lua_Integer a, lua_Integer b)
{
	return a < b ? a : b;
}

/* table.sort(list[, before]) */
int sort_table(lua_State *L)
{
	int from = LIST, to = SCRATCH;
	lua_Integer nr, end;

	luaL_checktype(L, LIST, LUA_TTABLE);
	nr = luaL_len(L, LIST);
	luaL_argcheck(L, nr < INT_MAX, LIST, "array too big");
	if (!lua_isnoneornil(L, FUNCTION))
		luaL_checktype(L, FUNCTION, LUA_TFUNCTION);
	lua_settop(L, FUNCTION);
	lua_newtable(L);
	end = nr + 1;
	for (lua_Integer width = 1; width < nr; width *= 2) {
		for (lua_Integer low = 1; low < end; low += 2 * width)
			merge(L, from, to, low, smaller(low + width, end),
			      smaller(low + 2 * width, end));
		from = LIST + SCRATCH - from;
		to = LIST + SCRATCH - to;
	}
	for (lua_Integer i = 1; from != LIST && i < end; i++) {
		lua_geti(L, from, i);
		lua_seti(L, LIST, i);
	}
	return 0;
}
