/* SPDX-License-Identifier: GPL-2.0-or-later */
/* args: read single arguments; errors say what to do. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/args.h"
#include "lua/scenario_private.h"

/* Where the statement is searched: that costs the square of a stack's depth. */
enum { STATEMENT_LEVELS = 64 };

struct source_line api_where(lua_State *L)
{
	const struct scenario *sc = scenario_of(L);
	struct source_line where = { .file = NULL };
	lua_Debug ar;

	for (int level = 0; lua_getstack(L, level, &ar); level++) {
		lua_getinfo(L, "Sl", &ar);
		if (where.file && level >= STATEMENT_LEVELS)
			break;
		if (ar.currentline <= 0 || ar.source[0] != '=' ||
		    strcmp(ar.source + 1, sc->name)) {
			if (where.file)
				break;
			continue;
		}
		where.statement = (uint32_t)ar.currentline;
		where.line = where.file ? where.line : where.statement;
		where.file = sc->name;
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

/* -- values of tables ----------------------------------------------------- */

/* How the text of a mask is read: gfp_from_text(), alloc_flags_from_text(). */
typedef bool parse_flags(const char *text, uint32_t *flags, char *bad_word,
			 size_t size, const char **near);

static uint32_t flags_from_number(const struct args *a, const char *key,
				  uint32_t mask)
{
	uint32_t flags =
		(uint32_t)args_number(a->L, -1, a->what, key, 0, UINT32_MAX);

	if (flags & ~mask)
		api_error(a->L,
			  "%s 0x%" PRIx32 ": unknown bits 0x%" PRIx32
			  " in Linux 5.10 (zonewalk doc gfp)",
			  key, flags, flags & ~mask);
	return flags;
}

/* Scripts use few masks, but often: the last text of each kind is cached. */
static struct flag_text *cached_flags(const struct args *a, enum key_kind kind)
{
	return &scenario_of(a->L)->last_flags[kind == KEY_ALLOC_FLAGS];
}

/* The flags that the string on top names; raises at an unknown one. */
static uint32_t flags_from_string(const struct args *a,
				  const struct api_key *key, parse_flags *parse)
{
	struct flag_text *last = cached_flags(a, key->kind);
	char word[GFP_WORD_MAX], error[160];
	const char *near = NULL;
	uint32_t flags;

	if (!parse(lua_tostring(a->L, -1), &flags, word, sizeof(word), &near))
		api_error(a->L, "%s \"%.60s\": %s (zonewalk doc gfp)",
			  key->name, word,
			  gfp_word_error(word, near, error, sizeof(error)));
	/* kept alive, so that no other string gets its address */
	last->text = lua_topointer(a->L, -1);
	last->flags = flags;
	lua_pushvalue(a->L, -1);
	lua_rawsetp(a->L, LUA_REGISTRYINDEX, last);
	return flags;
}

/* The string or integer on top as a mask of flags. */
static uint32_t read_flags(const struct args *a, const struct api_key *key,
			   parse_flags *parse, uint32_t mask)
{
	char value[80];

	if (lua_type(a->L, -1) == LUA_TSTRING)
		return flags_from_string(a, key, parse);
	if (lua_type(a->L, -1) == LUA_TNUMBER)
		return flags_from_number(a, key->name, mask);
	api_error(a->L,
		  "%s: %s %s: expected a string or a number (zonewalk doc gfp)",
		  a->what, key->name,
		  api_value_text(a->L, -1, value, sizeof(value)));
}

/* The list of nodes on top as a mask. */
static uint64_t read_nodes(const struct args *a, const char *key,
			   const struct machine *m)
{
	lua_State *L = a->L;
	uint64_t nodes = 0;
	char value[80];
	lua_Unsigned nr;

	if (!lua_istable(L, -1))
		api_error(
			L,
			"%s: %s %s: expected a list of nodes; write %s = { 0, "
			"1 }",
			a->what, key,
			api_value_text(L, -1, value, sizeof(value)), key);
	nr = lua_rawlen(L, -1);
	if (!nr)
		api_error(L,
			  "%s: %s: an empty list; leave it out to allow all "
			  "nodes",
			  a->what, key);
	for (lua_Unsigned i = 1; i <= nr && i <= MAX_NUMNODES; i++) {
		lua_rawgeti(L, -1, (lua_Integer)i);
		nodes |= 1ull << args_number(L, -1, a->what, key, 0,
					     m->system->nr_nodes - 1);
		lua_pop(L, 1);
	}
	return nodes;
}

bool args_boolean_value(const struct args *a, const char *key)
{
	char text[80];

	if (!lua_isboolean(a->L, -1))
		api_error(a->L, "%s: %s %s: expected true or false", a->what,
			  key, api_value_text(a->L, -1, text, sizeof(text)));
	return lua_toboolean(a->L, -1);
}

/* The string on top as the name of a request. */
static void store_name(const struct args *a, const struct api_key *key,
		       char *field)
{
	const size_t size = sizeof(((struct request *)0)->name);
	const char *name = lua_tostring(a->L, -1);
	char value[80];

	if (lua_type(a->L, -1) != LUA_TSTRING)
		api_error(a->L, "%s: %s %s: expected a string", a->what,
			  key->name,
			  api_value_text(a->L, -1, value, sizeof(value)));
	if (strlen(name) >= size)
		api_error(a->L, "%s: %s \"%.60s\": at most %zu bytes", a->what,
			  key->name, name, size - 1);
	strcpy(field, name);
}

/* The largest value of an integer; -1: the key is not one that is stored. */
static int64_t key_max(const struct api_key *key, const struct machine *m)
{
	switch (key->kind) {
	case KEY_NUMBER:
		return key->max;
	case KEY_ORDER:
		return m->max_order - 1;
	case KEY_NODE:
		return m->system->nr_nodes - 1;
	case KEY_CPU:
		return m->system->nr_cpus - 1;
	default:
		return -1;
	}
}

void args_store(const struct args *a, const struct api_key *key,
		const struct machine *m, void *field)
{
	const int64_t max = key_max(key, m);
	uint64_t *mask = field;
	uint32_t *word = field;

	if (max >= 0)
		*word = (uint32_t)args_number(a->L, -1, a->what, key->name,
					      key->min, max);
	else if (key->kind == KEY_FLAG)
		*word = args_boolean_value(a, key->name);
	else if (key->kind == KEY_SIZE)
		*word = args_size_value(a, key->name);
	else if (key->kind == KEY_GFP)
		*word = read_flags(a, key, gfp_from_text, __GFP_BITS_MASK);
	else if (key->kind == KEY_ALLOC_FLAGS)
		*word = read_flags(a, key, alloc_flags_from_text,
				   ALLOC_BITS_MASK);
	else if (key->kind == KEY_NODES)
		*mask = read_nodes(a, key->name, m);
	else if (key->kind == KEY_NAME)
		store_name(a, key, field);
}

bool args_store_quickly(const struct args *a, const struct api_key *key,
			const struct machine *m, void *field)
{
	const int64_t max = key_max(key, m);
	uint32_t *word = field;

	if (max >= 0 && lua_isinteger(a->L, -1)) {
		const lua_Integer number = lua_tointeger(a->L, -1);

		if (number < key->min || number > max)
			return false;
		*word = (uint32_t)number;
		return true;
	}
	if (key->kind == KEY_GFP || key->kind == KEY_ALLOC_FLAGS) {
		const struct flag_text *last = cached_flags(a, key->kind);

		if (!last->text || last->text != lua_topointer(a->L, -1))
			return false;
		*word = last->flags;
		return true;
	}
	return key->kind == KEY_OTHER;
}
