/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * args: read arguments; errors say what to do.
 *
 * Tables of named arguments are read raw: no metamethod runs while they are
 * checked. An unknown key is an error: to ignore a misspelt key would give a
 * wrong result silently.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/args.h"
#include "lua/scenario_private.h"

struct source_line api_where(lua_State *L)
{
	const struct scenario *sc = scenario_of(L);
	struct source_line where = { .file = NULL };
	lua_Debug ar;

	for (int level = 0; lua_getstack(L, level, &ar); level++) {
		lua_getinfo(L, "Sl", &ar);
		if (ar.currentline > 0 && ar.source[0] == '=' &&
		    !strcmp(ar.source + 1, sc->name)) {
			where.file = sc->name;
			where.line = (uint32_t)ar.currentline;
			break;
		}
	}
	return where;
}

int api_error(lua_State *L, const char *format, ...)
{
	struct source_line where = api_where(L);
	char text[768];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	/* point to the manual, unless the message already does */
	if (!strstr(text, "zonewalk doc ") && strlen(text) + 30 < sizeof(text))
		strcat(text, " (zonewalk doc lua)");
	if (where.file)
		lua_pushfstring(L, "%s:%d: %s", where.file, (int)where.line,
				text);
	else
		lua_pushstring(L, text);
	lua_error(L);
	abort(); /* lua_error does not return */
}

const char *api_did_you_mean(const char *near, char *buf, size_t size)
{
	if (near)
		snprintf(buf, size, "; did you mean %s?", near);
	else
		buf[0] = '\0';
	return buf;
}

const char *api_value_text(lua_State *L, int index, char *buf, size_t size)
{
	int type = lua_type(L, index);

	if (type == LUA_TSTRING)
		snprintf(buf, size, "\"%.60s\"", lua_tostring(L, index));
	else if (lua_isinteger(L, index))
		snprintf(buf, size, "%" PRId64,
			 (int64_t)lua_tointeger(L, index));
	else if (type == LUA_TNUMBER)
		snprintf(buf, size, "%.14g", lua_tonumber(L, index));
	else if (type == LUA_TBOOLEAN)
		snprintf(buf, size, "%s",
			 lua_toboolean(L, index) ? "true" : "false");
	else if (type == LUA_TNIL || type == LUA_TNONE)
		snprintf(buf, size, "nil");
	else
		snprintf(buf, size, "a %s", lua_typename(L, type));
	return buf;
}

int api_expected(lua_State *L, int index, const char *function,
		 const char *what)
{
	char value[80];

	api_error(L, "%s: expected %s, not %s", function, what,
		  api_value_text(L, index, value, sizeof(value)));
}

const char *args_string(lua_State *L, int index, const char *function,
			const char *what)
{
	if (lua_type(L, index) != LUA_TSTRING)
		api_expected(L, index, function, what);
	return lua_tostring(L, index);
}

bool args_optional_boolean(lua_State *L, int index, const char *function,
			   bool otherwise)
{
	if (lua_isnoneornil(L, index))
		return otherwise;
	if (!lua_isboolean(L, index))
		api_expected(L, index, function, "true or false");
	return lua_toboolean(L, index);
}

uint32_t args_choice(lua_State *L, int index, const char *function,
		     const char *const *names, uint32_t nr)
{
	const char *text = lua_type(L, index) == LUA_TSTRING ?
				   lua_tostring(L, index) :
				   NULL;
	char all[240] = "", value[80], near[64];

	for (uint32_t i = 0; i < nr; i++) {
		const char *before = !i ? "" : i + 1 < nr ? ", " : " or ";

		if (text && !strcmp(text, names[i]))
			return i;
		snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s",
			 before, names[i]);
	}
	api_did_you_mean(
		text ? nearest_name(text, names, nr, sizeof(names[0])) : NULL,
		near, sizeof(near));
	api_error(L, "%s: expected %s, not %s%s", function, all,
		  api_value_text(L, index, value, sizeof(value)), near);
}

static size_t nr_keys(const struct api_key *keys)
{
	size_t nr = 0;

	while (keys[nr].name)
		nr++;
	return nr;
}

/* The index of @key in @keys, or -1. */
static int key_index(const char *key, const struct api_key *keys)
{
	for (int i = 0; keys[i].name; i++)
		if (*key == *keys[i].name && !strcmp(key, keys[i].name))
			return i;
	return -1;
}

/* The row of @keys whose value is a table, or list of tables, with @key. */
static const struct api_key *key_inside(const char *key,
					const struct api_key *keys)
{
	char type[80];

	for (size_t i = 0; i < nr_api_tables; i++) {
		if (!api_tables[i].is_argument ||
		    key_index(key, api_tables[i].keys) < 0)
			continue;
		snprintf(type, sizeof(type), "zonewalk.%s", api_tables[i].name);
		for (const struct api_key *k = keys; k->name; k++)
			if (!strncmp(k->type, type, strlen(type)))
				return k;
	}
	return NULL;
}

static void wrong_key(struct args *a, const char *key,
		      const struct api_key *keys)
{
	const struct api_key *table = key_inside(key, keys);
	char near[128];

	if (table)
		snprintf(near, sizeof(near), "; write %s = { %s%.60s = ...%s }",
			 table->name, strchr(table->type, '[') ? "{ " : "", key,
			 strchr(table->type, '[') ? " }" : "");
	else
		api_did_you_mean(nearest_name(key, keys, nr_keys(keys),
					      sizeof(*keys)),
				 near, sizeof(near));
	api_error(a->L, "%s: \"%.60s\": no such key%s (zonewalk doc lua)",
		  a->what, key, near);
}

/* Key @i is present, its value on top of the stack: keep a simple value. */
static void take_value(struct args *a, int i)
{
	const int type = lua_type(a->L, -1);
	int is_integer;

	a->given |= 1ull << i;
	if (i >= ARGS_KEPT)
		return;
	if (type == LUA_TSTRING) {
		a->texts |= 1u << i;
		a->kept[i].text = lua_tostring(a->L, -1);
	} else if (type == LUA_TNUMBER) {
		a->kept[i].number = lua_tointegerx(a->L, -1, &is_integer);
		a->numbers |= (uint32_t)is_integer << i;
	}
}

/* The key below the value on top; raises if it is not a string. */
static const char *check_key(const struct args *a)
{
	char value[80];

	if (lua_type(a->L, -2) == LUA_TSTRING)
		return lua_tostring(a->L, -2);
	api_value_text(a->L, -1, value, sizeof(value));
	api_error(a->L,
		  "%s: the value %s has no key; write key = %s (zonewalk doc "
		  "lua)",
		  a->what, value, value);
}

/* The cache for @keys; NULL for tables that are rarely read. */
static const void **known_keys(lua_State *L, const struct api_key *keys)
{
	if (keys == keys_alloc)
		return scenario_of(L)->known_keys[0];
	if (keys == keys_cpu)
		return scenario_of(L)->known_keys[1];
	return NULL;
}

/* Cache the key below the top as number @i, and keep it alive. */
static void remember_key(lua_State *L, const void **known, int i)
{
	if (!known || i >= ARGS_KEPT)
		return;
	known[i] = lua_topointer(L, -2);
	lua_pushvalue(L, -2);
	lua_rawsetp(L, LUA_REGISTRYINDEX, &known[i]);
}

/*
 * The index in a->keys of the key below the value on top; -1: unknown, and
 * *@worst is the first unknown one by name. Lua interns short strings, so a
 * cached key is recognized by its address.
 */
static int take_key(const struct args *a, const void **known,
		    const char **worst)
{
	const char *key;
	int i;

	if (known) {
		const void *text = lua_topointer(a->L, -2);

		/* an empty slot is NULL, as is the address of a number */
		for (i = 0; text && a->keys[i].name && i < ARGS_KEPT; i++)
			if (known[i] == text)
				return i;
	}
	key = check_key(a);
	i = key_index(key, a->keys);
	if (i >= 0)
		remember_key(a->L, known, i);
	else if (!*worst || strcmp(key, *worst) < 0)
		*worst = key;
	return i;
}

/*
 * Check that all keys are known. Of several unknown ones the first by name
 * is reported, so that the message is the same on every run.
 */
static void check_keys(struct args *a)
{
	const void **known = known_keys(a->L, a->keys);
	const char *worst = NULL;
	lua_State *L = a->L;

	for (lua_pushnil(L); lua_next(L, a->index); lua_pop(L, 1)) {
		int i = take_key(a, known, &worst);

		if (i >= 0)
			take_value(a, i);
	}
	if (worst)
		wrong_key(a, worst, a->keys);
}

void args_open(struct args *a, lua_State *L, int index, const char *what,
	       const struct api_key *keys)
{
	const int type = lua_type(L, index);
	char value[80];

	a->L = L;
	a->index = 0;
	a->what = what;
	a->keys = keys;
	a->given = 0;
	a->numbers = a->texts = 0;
	if (type == LUA_TNONE || type == LUA_TNIL)
		return;
	a->index = index > 0 ? index : lua_absindex(L, index);
	if (type != LUA_TTABLE)
		api_error(L,
			  "%s: expected a table of named values, not %s; write "
			  "%s{ key = value } (zonewalk doc lua)",
			  what, api_value_text(L, index, value, sizeof(value)),
			  what);
	check_keys(a);
}

/* The index of @key among the present keys; -1: absent. */
static int given_index(const struct args *a, const char *key)
{
	for (uint64_t given = a->given; given; given &= given - 1) {
		int i = __builtin_ctzll(given);

		if (*a->keys[i].name == *key && !strcmp(a->keys[i].name, key))
			return i;
	}
	return -1;
}

bool args_push(const struct args *a, const char *key)
{
	if (given_index(a, key) < 0)
		return false;
	lua_pushstring(a->L, key);
	lua_rawget(a->L, a->index);
	return true;
}

const char *args_kept_text(const struct args *a, const char *key)
{
	const int i = given_index(a, key);

	return i >= 0 ? args_text_at(a, i) : NULL;
}

int64_t args_number(lua_State *L, int index, const char *what, const char *name,
		    int64_t min, int64_t max)
{
	char value[80];
	lua_Integer number;
	int is_integer = 0;

	number = lua_type(L, index) == LUA_TNUMBER ?
			 lua_tointegerx(L, index, &is_integer) :
			 0;
	if (is_integer && number >= min && number <= max)
		return number;
	api_value_text(L, index, value, sizeof(value));
	if (min == max)
		api_error(L, "%s: %s %s: only %" PRId64 " is valid", what, name,
			  value, min);
	if (min == INT64_MIN)
		api_error(L, "%s: %s %s: expected an integer", what, name,
			  value);
	api_error(L,
		  "%s: %s %s: expected an integer from %" PRId64 " to %" PRId64,
		  what, name, value, min, max);
}

bool args_integer(const struct args *a, const char *key, int64_t min,
		  int64_t max, int64_t *value)
{
	const int i = given_index(a, key);

	if (i < 0)
		return false;
	if (args_number_at(a, i, min, max, value))
		return true;
	args_push(a, key);
	*value = args_number(a->L, -1, a->what, key, min, max);
	lua_pop(a->L, 1);
	return true;
}

bool args_u32(const struct args *a, const char *key, uint32_t min, uint32_t max,
	      uint32_t *value)
{
	int64_t number;

	if (!args_integer(a, key, min, max, &number))
		return false;
	*value = (uint32_t)number;
	return true;
}

bool args_boolean(const struct args *a, const char *key, bool *value)
{
	char text[80];

	if (!args_push(a, key))
		return false;
	if (!lua_isboolean(a->L, -1))
		api_error(a->L, "%s: %s %s: expected true or false", a->what,
			  key, api_value_text(a->L, -1, text, sizeof(text)));
	*value = lua_toboolean(a->L, -1);
	lua_pop(a->L, 1);
	return true;
}

const char *args_text(const struct args *a, const char *key)
{
	const char *text = args_kept_text(a, key);
	char value[80];

	if (text || !args_push(a, key))
		return text;
	if (lua_type(a->L, -1) != LUA_TSTRING)
		api_error(a->L, "%s: %s %s: expected a string", a->what, key,
			  api_value_text(a->L, -1, value, sizeof(value)));
	text = lua_tostring(a->L, -1);
	lua_pop(a->L, 1); /* the table keeps it alive */
	return text;
}

/* Bytes of a unit letter; 0: no such unit. */
static uint64_t unit_bytes(char unit)
{
	static const char units[] = "KMGT";
	const char *found = unit ? strchr(units, unit) : NULL;

	return found ? 1024ull << 10 * (found - units) : 0;
}

/* "64M", "64MB", "64MiB" in bytes; 0: invalid. */
static uint64_t size_bytes(const char *text)
{
	uint64_t number = 0, unit;
	size_t digits = strspn(text, "0123456789");

	if (!digits || digits > 9)
		return 0;
	number = strtoull(text, NULL, 10);
	text += digits + strspn(text + digits, " ");
	unit = unit_bytes(*text);
	if (!unit)
		return 0;
	text++;
	if (*text && strcmp(text, "B") && strcmp(text, "iB"))
		return 0;
	return number * unit;
}

static uint32_t size_from_text(const struct args *a, const char *key)
{
	const char *text = lua_tostring(a->L, -1);
	size_t digits = strspn(text, "0123456789");
	uint64_t bytes = size_bytes(text);

	if (!bytes && (!digits || strspn(text, "0") != digits ||
		       !unit_bytes(text[digits])))
		api_error(
			a->L,
			"%s: %s \"%.60s\": invalid size; write \"64M\", "
			"\"2G\", \"512K\", or a number of pages without quotes",
			a->what, key, text);
	if (bytes % PAGE_SIZE)
		api_error(
			a->L,
			"%s: %s \"%.60s\": not a multiple of the page size, 4K",
			a->what, key, text);
	if (bytes / PAGE_SIZE > MAX_PFN_LIMIT)
		api_error(a->L, "%s: %s \"%.60s\": more than 4096G", a->what,
			  key, text);
	return (uint32_t)(bytes / PAGE_SIZE);
}

uint32_t args_size_value(const struct args *a, const char *key)
{
	char value[80];

	if (lua_type(a->L, -1) == LUA_TSTRING)
		return size_from_text(a, key);
	if (lua_type(a->L, -1) != LUA_TNUMBER)
		api_error(
			a->L,
			"%s: %s %s: expected a size; write \"64M\" or a number "
			"of pages",
			a->what, key,
			api_value_text(a->L, -1, value, sizeof(value)));
	return (uint32_t)args_number(a->L, -1, a->what, key, 0, MAX_PFN_LIMIT);
}

bool args_size(const struct args *a, const char *key, uint32_t *nr_pages)
{
	if (!args_push(a, key))
		return false;
	*nr_pages = args_size_value(a, key);
	lua_pop(a->L, 1);
	return true;
}
