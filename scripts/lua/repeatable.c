/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * repeatable: table.sort and math.random, the same on every run.
 *
 * Lua's own sort picks its pivots by the clock, so that equal elements end up
 * in another order on every run: this is a stable merge sort. Lua's random
 * numbers differ between its versions: this generator is a counter that goes
 * on by an odd constant, its value stirred: all 64 bits, period 2^64, no state
 * but the counter.
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

/* -- math.random ---------------------------------------------------------- */

#define RANDOM_STEP 0x9e3779b97f4a7c15u

static uint64_t stir(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

static uint64_t random_bits(struct scenario *sc)
{
	sc->random += RANDOM_STEP;
	return stir(sc->random);
}

/* A number from 0 to @most, each as likely as the others. */
static uint64_t random_up_to(struct scenario *sc, uint64_t most)
{
	uint64_t bits, limit;

	if (most == UINT64_MAX)
		return random_bits(sc);
	limit = UINT64_MAX - UINT64_MAX % (most + 1);
	do {
		bits = random_bits(sc);
	} while (bits >= limit);
	return bits % (most + 1);
}

static lua_Integer check_bound(lua_State *L, int index)
{
	return args_number(L, index, "math.random",
			   index == 1 ? "first bound" : "last bound", INT64_MIN,
			   INT64_MAX);
}

/* math.random(): from 0 to 1; (n): 1 to n; (m, n): m to n; (0): any. */
static int library_random(lua_State *L)
{
	struct scenario *sc = scenario_of(L);
	lua_Integer first = 1, last;

	if (lua_gettop(L) == 0) {
		lua_pushnumber(L,
			       (lua_Number)(random_bits(sc) >> 11) * 0x1p-53);
		return 1;
	}
	if (lua_gettop(L) > 2)
		api_error(L, "math.random: at most two bounds are possible");
	last = check_bound(L, lua_gettop(L));
	if (lua_gettop(L) == 2)
		first = check_bound(L, 1);
	else if (!last)
		first = INT64_MIN, last = INT64_MAX;
	if (first > last)
		api_error(L,
			  "math.random: there is no number from %lld to "
			  "%lld",
			  (long long)first, (long long)last);
	lua_pushinteger(
		L, (lua_Integer)((uint64_t)first +
				 random_up_to(sc, (uint64_t)last -
							  (uint64_t)first)));
	return 1;
}

/* math.randomseed(n): without n it would be the clock. */
static int library_randomseed(lua_State *L)
{
	lua_Integer seed = args_number(L, 1, "math.randomseed", "seed",
				       INT64_MIN, INT64_MAX);

	scenario_of(L)->random = stir((uint64_t)seed);
	return 0;
}

void random_open(lua_State *L)
{
	struct scenario *sc = scenario_of(L);

	sc->random = stir(sc->options.seed);
	lua_getglobal(L, "math");
	lua_pushcfunction(L, library_random);
	lua_setfield(L, -2, "random");
	lua_pushcfunction(L, library_randomseed);
	lua_setfield(L, -2, "randomseed");
	lua_pop(L, 1);
}
