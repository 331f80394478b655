/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * args: read arguments; errors say what to do.
 *
 * A table of named arguments is scanned once, when it is opened; then each
 * reader gets its key:
 *
 *   args_open(&a, L, 2, "m:drain", keys);
 *   args_u32(&a, "cpu", 0, nr_cpus - 1, &cpu);
 */
#ifndef SCRIPTS_LUA_ARGS_H
#define SCRIPTS_LUA_ARGS_H

#include <lua.h>

#include "lua/keys.h"
#include "session/session.h"

/* The line of the scenario that runs; file NULL: none. */
struct source_line api_where(lua_State *L);
/* Raise "FILE:LINE: ..." with the scenario's line. Does not return. */
int api_error(lua_State *L, const char *format, ...)
	__attribute__((format(printf, 2, 3), noreturn));
/* "; did you mean X?" or "", in @buf. Returns @buf. */
const char *api_did_you_mean(const char *near, char *buf, size_t size);
/* Raise "FUNCTION: expected WHAT, not the value at @index". */
int api_expected(lua_State *L, int index, const char *function,
		 const char *what) __attribute__((noreturn));
/* A value as a message shows it: 12, "text", true, a table. Returns @buf. */
const char *api_value_text(lua_State *L, int index, char *buf, size_t size);

/* A table of named arguments, checked to have no other keys. */
struct args {
	lua_State *L;
	int index; /* of the table; 0: absent */
	const char *what; /* "m:alloc", "node 0": begins each message */
	const struct api_key *keys;
	uint64_t given; /* a bit for each of keys */
	/* integers and strings of the first keys, kept by the scan */
	uint32_t numbers;
	uint32_t texts;
	union {
		int64_t number;
		const char *text;
	} kept[ARGS_KEPT];
};

/*
 * Argument @index is a table of named arguments out of @keys (at most
 * 64), or absent. Raises when it is something else. @what and
 * @keys stay the caller's.
 */
void args_open(struct args *a, lua_State *L, int index, const char *what,
	       const struct api_key *keys);
/* The string at key number @i if the scan kept it, else NULL. */
static inline const char *args_text_at(const struct args *a, int i)
{
	return i < ARGS_KEPT && a->texts >> i & 1 ? a->kept[i].text : NULL;
}

/* The number at key number @i if it is from @min to @max and kept. */
static inline bool args_number_at(const struct args *a, int i, int64_t min,
				  int64_t max, int64_t *value)
{
	if (i >= ARGS_KEPT || !(a->numbers >> i & 1) ||
	    a->kept[i].number < min || a->kept[i].number > max)
		return false;
	*value = a->kept[i].number;
	return true;
}

/* The string at @key if the scan kept it, else NULL. */
const char *args_kept_text(const struct args *a, const char *key);
/* Push the value of @key; false (and nothing pushed) when there is none. */
bool args_push(const struct args *a, const char *key);
/* An integer from @min to @max. False: absent. */
bool args_integer(const struct args *a, const char *key, int64_t min,
		  int64_t max, int64_t *value);
/* The same into 32 bits. */
bool args_u32(const struct args *a, const char *key, uint32_t min, uint32_t max,
	      uint32_t *value);
/* The same of key number @i, without a search. */
static inline bool args_u32_at(const struct args *a, int i, uint32_t min,
			       uint32_t max, uint32_t *value)
{
	int64_t number;

	if (!args_number_at(a, i, min, max, &number))
		return args_u32(a, a->keys[i].name, min, max, value);
	*value = (uint32_t)number;
	return true;
}
bool args_boolean(const struct args *a, const char *key, bool *value);
/* A string, kept alive by the table; NULL: absent. */
const char *args_text(const struct args *a, const char *key);
/* "64M" or a number of pages, in pages. False: absent. */
bool args_size(const struct args *a, const char *key, uint32_t *nr_pages);
/* The size at the top of the stack, called @key in messages. */
uint32_t args_size_value(const struct args *a, const char *key);
/* The string at @index; @what describes it in messages. */
const char *args_string(lua_State *L, int index, const char *function,
			const char *what);
/* The boolean at @index, @otherwise if there is none. */
bool args_optional_boolean(lua_State *L, int index, const char *function,
			   bool otherwise);
/* The place of the string at @index in @names, of at most NAMES_MAX. */
enum { NAMES_MAX = 16 };
uint32_t args_choice(lua_State *L, int index, const char *function,
		     const char *const *names, uint32_t nr);
/* The integer at @index, called @name in messages. */
int64_t args_number(lua_State *L, int index, const char *what, const char *name,
		    int64_t min, int64_t max);

#endif
