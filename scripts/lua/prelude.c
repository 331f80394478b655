/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lua_prelude: runs prelude.lua and gives it what only C can do. */
#include "lua/api.h"

extern const char prelude_lua[];
extern const size_t prelude_lua_size;

/* host.fail(message): with the scenario's line. */
static int host_fail(lua_State *L)
{
	return api_error(L, "%s", luaL_checkstring(L, 1));
}

/* host.ask_keys(question): only the keys of ask{}, else an error. */
static int host_ask_keys(lua_State *L)
{
	char value[80];
	struct args a;

	if (!lua_istable(L, 1))
		api_error(L,
			  "ask: a table of named values is expected, not "
			  "%s; write ask{ key = value } (zonewalk doc lua)",
			  api_value_text(L, 1, value, sizeof(value)));
	args_open(&a, L, 1, "ask", keys_ask);
	return 0;
}

void prelude_open(lua_State *L)
{
	static const luaL_Reg host[] = {
		{ "fail", host_fail },	      { "ask_keys", host_ask_keys },
		{ "marks", event_marks },     { "since", event_since },
		{ "ask", note_ask },	      { "answer", note_answer },
		{ "order", block_order_key }, { NULL, NULL },
	};

	if (luaL_loadbufferx(L, prelude_lua, prelude_lua_size, "=[prelude]",
			     "t") != LUA_OK)
		lua_error(L);
	luaL_newlib(L, host);
	lua_call(L, 1, 0);
}
