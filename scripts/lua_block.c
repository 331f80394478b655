/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_block: what a block says about itself. It stays readable when it was
 * freed.
 */
#include <inttypes.h>
#include <stdio.h>

#include "lua_api.h"

static const struct machine *block_machine(lua_State *L, const struct block *b)
{
	return session_machine(scenario_of(L)->sessions[b->session]);
}

int block_pfn(lua_State *L)
{
	const struct block *b = lua_touserdata(L, 1);

	lua_pushinteger(L, b->pfn);
	return 1;
}

int block_order(lua_State *L)
{
	const struct block *b = lua_touserdata(L, 1);

	lua_pushinteger(L, b->order);
	return 1;
}

int block_node(lua_State *L)
{
	const struct block *b = lua_touserdata(L, 1);

	lua_pushinteger(L, b->nid);
	return 1;
}

int block_zone(lua_State *L)
{
	const struct block *b = lua_touserdata(L, 1);

	lua_pushstring(L, zone_name(block_machine(L, b), b->zone));
	return 1;
}

int block_migratetype(lua_State *L)
{
	const struct block *b = lua_touserdata(L, 1);

	lua_pushstring(L, migratetype_name(b->migratetype));
	return 1;
}

/* The machine's own address of the frame: the same on every run. */
int block_address(lua_State *L)
{
	const struct block *b = lua_touserdata(L, 1);
	char text[32];

	snprintf(text, sizeof(text), "0x%" PRIx64,
		 (uint64_t)b->pfn << PAGE_SHIFT);
	lua_pushstring(L, text);
	return 1;
}

int block_walk(lua_State *L)
{
	const struct block *b = lua_touserdata(L, 1);

	event_push_walk(L, scenario_of(L)->sessions[b->session],
			b->first_step, b->last_step);
	return 1;
}

int block_events(lua_State *L)
{
	const struct block *b = lua_touserdata(L, 1);

	event_push_list(L, scenario_of(L)->sessions[b->session],
			b->first_step, b->last_step);
	return 1;
}

int block_tostring(lua_State *L)
{
	const struct block *b = api_check(L, 1, API_BLOCK, "tostring");

	lua_pushfstring(L, "block %d of order %d, node %d %s%s", (int)b->pfn,
			(int)b->order, (int)b->nid,
			zone_name(block_machine(L, b), b->zone),
			b->freed ? ", freed" : "");
	return 1;
}
