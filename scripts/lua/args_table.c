/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * args_table: read tables of named arguments, by the rows of keys.c.
 *
 * They are read raw: no metamethod runs while they are checked. An unknown key
 * is an error: to ignore a misspelt key would give a wrong result silently.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/args.h"
#include "lua/scenario_private.h"

/* -- keys ----------------------------------------------------------------- */

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
	const char *similar =
		nearest_name(key, keys, nr_keys(keys), sizeof(*keys));
	const struct api_key *table = similar ? NULL : key_inside(key, keys);
	char near[128];

	if (table)
		snprintf(near, sizeof(near), "; write %s = { %s%.60s = ...%s }",
			 table->name, strchr(table->type, '[') ? "{ " : "", key,
			 strchr(table->type, '[') ? " }" : "");
	else
		api_did_you_mean(similar, near, sizeof(near));
	api_error(a->L, "%s: \"%.60s\": no such key%s (zonewalk doc lua)",
		  a->what, key, near);
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
	if (!known || i >= KEYS_CACHED)
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
		for (i = 0; text && a->keys[i].name && i < KEYS_CACHED; i++)
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

/* -- values --------------------------------------------------------------- */

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

/* -- tables --------------------------------------------------------------- */

/*
 * Check that all keys are known, and store their values. Of several errors the
 * first unknown key by name is reported, or the first wrong value by row, so
 * that the message is the same on every run.
 */
static void read_table(struct args *a, const struct machine *m, char *object)
{
	const void **known = known_keys(a->L, a->keys);
	const char *worst = NULL;
	lua_State *L = a->L;
	uint64_t left = 0;

	for (lua_pushnil(L); lua_next(L, a->index); lua_pop(L, 1)) {
		const int i = take_key(a, known, &worst);
		const struct api_key *key = &a->keys[i];

		if (i < 0)
			continue;
		a->given |= 1ull << i;
		if (!args_store_quickly(a, key, m, object + key->offset))
			left |= 1ull << i;
	}
	if (worst)
		wrong_key(a, worst, a->keys);
	for (; left; left &= left - 1) {
		const struct api_key *key = &a->keys[__builtin_ctzll(left)];

		args_push(a, key->name);
		args_store(a, key, m, object + key->offset);
		lua_pop(L, 1);
	}
}

void args_open(struct args *a, lua_State *L, int index, const char *what,
	       const struct api_key *keys, const struct machine *m,
	       void *object)
{
	char value[80];

	*a = (struct args){ .L = L, .what = what, .keys = keys };
	if (lua_isnoneornil(L, index))
		return;
	a->index = lua_absindex(L, index);
	if (!lua_istable(L, index))
		api_error(L,
			  "%s: expected a table of named values, not %s; write "
			  "%s{ key = value }",
			  what, api_value_text(L, index, value, sizeof(value)),
			  what);
	read_table(a, m, object);
}

bool args_has(const struct args *a, const char *key)
{
	for (uint64_t given = a->given; given; given &= given - 1) {
		const char *name = a->keys[__builtin_ctzll(given)].name;

		if (*name == *key && !strcmp(name, key))
			return true;
	}
	return false;
}

bool args_push(const struct args *a, const char *key)
{
	if (!args_has(a, key))
		return false;
	lua_pushstring(a->L, key);
	lua_rawget(a->L, a->index);
	return true;
}

bool args_integer(const struct args *a, const char *key, int64_t min,
		  int64_t max, int64_t *value)
{
	if (!args_push(a, key))
		return false;
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
	if (!args_push(a, key))
		return false;
	*value = args_boolean_value(a, key);
	lua_pop(a->L, 1);
	return true;
}

const char *args_text(const struct args *a, const char *key)
{
	const char *text;
	char value[80];

	if (!args_push(a, key))
		return NULL;
	text = lua_tostring(a->L, -1);
	if (lua_type(a->L, -1) != LUA_TSTRING)
		api_error(a->L, "%s: %s %s: expected a string", a->what, key,
			  api_value_text(a->L, -1, value, sizeof(value)));
	lua_pop(a->L, 1); /* the table keeps it alive */
	return text;
}
