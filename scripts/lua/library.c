/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lua's own libraries, without the functions that reach outside the script or
 * whose results differ from run to run.
 *
 * There is no os, io, package, debug, require, dofile, loadfile; load accepts
 * text only; no function shows an address: the text of a table is "table".
 * Functions of the C libraries that take long, where the hook of limit.c is
 * not called, are ended by the limits on the script's process and by the
 * allocator.
 *
 * A function that replaces another calls it in its own frame, so that error
 * messages keep the scenario's line.
 */
#include <stdlib.h>
#include <string.h>

#include "lua/api.h"

void library_push_file(lua_State *L, const struct embedded_file *file)
{
	lua_pushfstring(L, "=[%s]", file->name);
	if (luaL_loadbufferx(L, file->text, file->size, lua_tostring(L, -1),
			     "t") != LUA_OK)
		lua_error(L);
	lua_remove(L, -2);
}

/* These globals read as nil, so that a script can test `os == nil`. */
const char *const library_absent[] = {
	"os",	  "io",	      "package",	"debug", "require",
	"dofile", "loadfile", "collectgarbage", "warn",	 NULL,
};

/* Functions of older versions that some builds of Lua still have. */
static const char *const old_math[] = {
	"atan2", "cosh", "frexp", "ldexp", "log10", "pow", "sinh", "tanh", NULL,
};

/* Would Lua print the value at @index as an address? */
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

/* tostring(v), which returns the name of the type instead of an address. */
static int library_tostring(lua_State *L)
{
	luaL_checkany(L, 1);
	if (shows_address(L, 1))
		lua_pushstring(L, luaL_typename(L, 1));
	else
		luaL_tolstring(L, 1, NULL);
	return 1;
}

/*
 * Does the format contain "%p"? Lua's formats may contain NULs, so the search
 * goes on to their end.
 */
static bool format_has_pointer(const char *format, size_t size)
{
	const char *end = format + size;

	while ((format = memchr(format, '%', (size_t)(end - format)))) {
		format += 1 + strspn(format + 1, "-+ #0123456789.");
		if (*format == 'p')
			return true;
		format += format < end;
	}
	return false;
}

static int library_format(lua_State *L)
{
	lua_CFunction original = lua_tocfunction(L, lua_upvalueindex(1));
	size_t size;
	const char *format = luaL_checklstring(L, 1, &size);

	if (format_has_pointer(format, size))
		api_error(L, "string.format: \"%%p\" would show an address, "
			     "which differs from run to run");
	for (int i = 2; i <= lua_gettop(L); i++) {
		if (!shows_address(L, i))
			continue;
		lua_pushstring(L, luaL_typename(L, i));
		lua_replace(L, i);
	}
	return original(L);
}

/*
 * string.rep(s, n, separator): Lua's own refuses a length beyond INT_MAX with
 * an ordinary error, which a script could catch.
 */
static int library_rep(lua_State *L)
{
	lua_CFunction original = lua_tocfunction(L, lua_upvalueindex(1));
	size_t length, separator;
	lua_Integer n;

	luaL_checklstring(L, 1, &length);
	n = luaL_checkinteger(L, 2);
	luaL_optlstring(L, 3, "", &separator);
	length += separator;
	if (n > 0 && length &&
	    (lua_Unsigned)n >
		    limit_value(scenario_of(L), LIMIT_STRING) / length + 1)
		limit_raise(L, LIMIT_STRING);
	return original(L);
}

/* load(chunk, name, mode, env), where name is "load" and mode is "t". */
static int library_load(lua_State *L)
{
	lua_CFunction original = lua_tocfunction(L, lua_upvalueindex(1));
	bool has_env = lua_gettop(L) >= 4;

	if (!lua_gettop(L))
		return original(L); /* which says what it expects */
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
 * setmetatable without __gc: the collector runs finalizers at times that
 * differ from run to run, and without a hook that could end them.
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

/* Replace function @name of the table on top; the old one is an upvalue. */
static void wrap(lua_State *L, const char *name, lua_CFunction function)
{
	lua_getfield(L, -1, name);
	lua_pushcclosure(L, function, 1);
	lua_setfield(L, -2, name);
}

/* Set function @name of the table on top. */
static void set(lua_State *L, const char *name, lua_CFunction function)
{
	lua_pushcfunction(L, function);
	lua_setfield(L, -2, name);
}

/* Remove the fields @names, with NULL at the end, from the table on top. */
static void remove_all(lua_State *L, const char *const *names)
{
	for (; *names; names++) {
		lua_pushnil(L);
		lua_setfield(L, -2, *names);
	}
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The global whose name is most similar to @name, or NULL. */
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
	for (const char *const *a = library_absent; *a; a++)
		if (!strcmp(name, *a))
			return true;
	return false;
}

/*
 * Reading an undefined variable is an error: a function would mistake the nil
 * for an omitted argument.
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
	static const char *const dump[] = { "dump", NULL };

	open_libraries(L);
	lua_pushglobaltable(L);
	remove_all(L, library_absent);
	wrap(L, "load", library_load);
	wrap(L, "setmetatable", library_setmetatable);
	set(L, "tostring", library_tostring);
	lua_getfield(L, -1, "string");
	remove_all(L, dump);
	wrap(L, "format", library_format);
	wrap(L, "rep", library_rep);
	lua_getfield(L, -2, "math");
	remove_all(L, old_math);
	lua_getfield(L, -3, "table");
	set(L, "sort", sort_table);
	lua_pop(L, 4);
	random_open(L);
	open_strict(L);
}

const char *scenario_library(void)
{
	return LUA_RELEASE;
}
