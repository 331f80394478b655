/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_random: math.random and math.randomseed, the same on every machine and
 * with every version of Lua.
 *
 * The generator is a counter that goes on by an odd constant, its value
 * stirred: all 64 bits, period 2^64, no state but the counter.
 */
#include "lua/api.h"

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
