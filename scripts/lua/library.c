/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_library: Lua's own functions, without those that reach outside or
 * that differ from run to run.
 *
 * There is no os, io, package, debug, require, dofile, loadfile. load takes
 * text only. No function shows an address: a table is "table". Where a
 * function is replaced by a careful one, the original runs inside it, in
 * the same frame, so that its error messages keep the scenario's line.
 */
#include <stdlib.h>
#include <string.h>

#include "lua/api.h"

/* Known to be absent: asking for them answers nil, so that `os == nil`. */
static const char *const absent[] = {
	"os",	  "io",	      "package",	"debug", "require",
	"dofile", "loadfile", "collectgarbage", "warn",	 NULL,
};

/* What some builds of Lua still have of older ones. */
static const char *const old_math[] = {
	"atan2", "cosh", "frexp", "ldexp", "log10", "pow", "sinh", "tanh", NULL,
};

/* Would its text be an address? */
static bool shows_address(lua_State *L, int index)
{
	int type = lua_type(L, index);

	if (type != LUA_TTABLE && type != LUA_TFUNCTION &&
	    type != LUA_TUSERDATA && type != LUA_TTHREAD &&
	    type != LUA_TLIGHTUSERDATA)
		return false;
	if (luaL_getmetafield(L, index, "__tostring") == LUA_TNIL)
		return true;
	lua_pop(L, 1);
	return false;
}

/* tostring(v) with the name of the type where an address would stand. */
static int library_tostring(lua_State *L)
{
	luaL_checkany(L, 1);
	if (shows_address(L, 1))
		lua_pushstring(L, luaL_typename(L, 1));
	else
		luaL_tolstring(L, 1, NULL);
	return 1;
}

/* Does a format ask for an address ("%p")? */
static bool format_has_pointer(const char *format)
{
	while ((format = strchr(format, '%'))) {
		format += 1 + strspn(format + 1, "-+ #0123456789.");
		if (*format == 'p')
			return true;
		if (*format)
			format++;
	}
	return false;
}

static int library_format(lua_State *L)
{
	lua_CFunction original = lua_tocfunction(L, lua_upvalueindex(1));

	if (format_has_pointer(luaL_checkstring(L, 1)))
		api_error(L, "string.format: \"%%p\" would show an address, "
			     "which differs from run to run");
	for (int i = 1; i <= lua_gettop(L); i++) {
		limit_charge(L, lua_rawlen(L, i) / 16 + 1);
		if (!shows_address(L, i))
			continue;
		lua_pushstring(L, luaL_typename(L, i));
		lua_replace(L, i);
	}
	return original(L);
}

/* load(text or function, name, mode, env): text only, name and mode fixed. */
static int library_load(lua_State *L)
{
	lua_CFunction original = lua_tocfunction(L, lua_upvalueindex(1));
	bool has_env = lua_gettop(L) >= 4;

	luaL_checkany(L, 1);
	limit_charge(L, lua_type(L, 1) == LUA_TSTRING ? lua_rawlen(L, 1) : 1);
	lua_settop(L, has_env ? 4 : 1);
	lua_pushliteral(L, "=(load)");
	lua_pushliteral(L, "t");
	if (has_env) {
		lua_replace(L, 3);
		lua_replace(L, 2);
	}
	return original(L);
}

/*
 * setmetatable without __gc: finalizers run at moments that nobody chose,
 * and where no limit is looked at.
 */
static int library_setmetatable(lua_State *L)
{
	lua_CFunction original = lua_tocfunction(L, lua_upvalueindex(1));

	if (lua_istable(L, 2)) {
		lua_pushliteral(L, "__gc");
		if (lua_rawget(L, 2) != LUA_TNIL)
			api_error(L, "setmetatable: a scenario has no "
				     "finalizers; leave out __gc");
		lua_pop(L, 1);
	}
	return original(L);
}

/* Replace @name in the table on top by @function over the original. */
static void wrap(lua_State *L, const char *name, lua_CFunction function)
{
	lua_getfield(L, -1, name);
	lua_pushcclosure(L, function, 1);
	lua_setfield(L, -2, name);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The name of a global near to @name, or NULL. */
static const char *near_global(lua_State *L, const char *name)
{
	const char *names[128];
	size_t nr = 0;

	lua_pushglobaltable(L);
	for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
		if (lua_type(L, -2) == LUA_TSTRING && nr < 128)
			names[nr++] = lua_tostring(L, -2);
	lua_pop(L, 1);
	qsort(names, nr, sizeof(names[0]), compare_names);
	return nearest_name(name, names, nr, sizeof(names[0]));
}

static bool is_absent(const char *name)
{
	for (const char *const *a = absent; *a; a++)
		if (!strcmp(name, *a))
			return true;
	return false;
}

/*
 * A variable that does not exist is an error: nil would be taken for an
 * argument that was left out.
 */
static int library_unknown(lua_State *L)
{
	const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) :
							   NULL;
	gfp_t gfp;
	char near[128];

	if (!name || is_absent(name))
		return 0;
	if (gfp_from_text(name, &gfp, NULL, 0, NULL))
		api_error(L,
			  "%s is not a variable: gfp flags are text, gfp = "
			  "\"%s\" (zonewalk doc gfp)",
			  name, name);
	api_did_you_mean(near_global(L, name), near, sizeof(near));
	api_error(L,
		  "there is no variable \"%.60s\" here%s (zonewalk doc "
		  "lua)",
		  name, near);
}

static void open_libraries(lua_State *L)
{
	static const luaL_Reg libraries[] = {
		{ LUA_GNAME, luaopen_base },
		{ LUA_COLIBNAME, luaopen_coroutine },
		{ LUA_TABLIBNAME, luaopen_table },
		{ LUA_STRLIBNAME, luaopen_string },
		{ LUA_MATHLIBNAME, luaopen_math },
		{ LUA_UTF8LIBNAME, luaopen_utf8 },
	};

	for (size_t i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++) {
		luaL_requiref(L, libraries[i].name, libraries[i].func, 1);
		lua_pop(L, 1);
	}
}

static void open_strict(lua_State *L)
{
	lua_pushglobaltable(L);
	lua_createtable(L, 0, 2);
	lua_pushcfunction(L, library_unknown);
	lua_setfield(L, -2, "__index");
	lua_pushboolean(L, 0);
	lua_setfield(L, -2, "__metatable");
	lua_setmetatable(L, -2);
	lua_pop(L, 1);
}

void library_open(lua_State *L)
{
	open_libraries(L);
	lua_pushglobaltable(L);
	for (const char *const *a = absent; *a; a++) {
		lua_pushnil(L);
		lua_setfield(L, -2, *a);
	}
	wrap(L, "load", library_load);
	wrap(L, "setmetatable", library_setmetatable);
	lua_pushcfunction(L, library_tostring);
	lua_setfield(L, -2, "tostring");
	lua_pop(L, 1);
	lua_getglobal(L, "string");
	wrap(L, "format", library_format);
	lua_pushnil(L);
	lua_setfield(L, -2, "dump");
	lua_pop(L, 1);
	lua_getglobal(L, "math");
	for (const char *const *name = old_math; *name; name++) {
		lua_pushnil(L);
		lua_setfield(L, -2, *name);
	}
	lua_pop(L, 1);
	string_open(L);
	table_open(L);
	random_open(L);
	open_strict(L);
}
