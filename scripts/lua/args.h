/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * args: read arguments; errors say what to do.
 *
 * A table of named arguments is read when it is opened, by its rows in keys.c;
 * what a row cannot say is read by name:
 *
 *   args_open(&a, L, 2, "blocks:free", keys_free_many, m, &request);
 *   args_u32(&a, "from", 1, UINT32_MAX, &from);
 */
#ifndef SCRIPTS_LUA_ARGS_H
#define SCRIPTS_LUA_ARGS_H

#include <lua.h>

#include "lua/keys.h"
#include "session/session.h"

/*
 * The line of the scenario that runs; file NULL: none. Its statement is the
 * line of the outermost of the scenario's functions, of those that called each
 * other: the main chunk's, or that of what ask() or fold() runs.
 */
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
};

/*
 * Argument @index is a table of named arguments out of @keys (at most 64), or
 * absent. Raises when it is something else. The values of keys with a place
 * are stored in @object, checked against @m where their range depends on the
 * machine. @what and @keys stay the caller's.
 */
void args_open(struct args *a, lua_State *L, int index, const char *what,
	       const struct api_key *keys, const struct machine *m,
	       void *object);
bool args_has(const struct args *a, const char *key);
/* Push the value of @key; false (and nothing pushed) when there is none. */
bool args_push(const struct args *a, const char *key);
/* An integer from @min to @max. False: absent. */
bool args_integer(const struct args *a, const char *key, int64_t min,
		  int64_t max, int64_t *value);
/* The same into 32 bits. */
bool args_u32(const struct args *a, const char *key, uint32_t min, uint32_t max,
	      uint32_t *value);
bool args_boolean(const struct args *a, const char *key, bool *value);
/* A string, kept alive by the table; NULL: absent. */
const char *args_text(const struct args *a, const char *key);
/* The size at the top of the stack, called @key in messages, in pages. */
uint32_t args_size_value(const struct args *a, const char *key);

/*
 * The parts of it: store the value on top, of @key, in @field. The second is
 * for the most frequent values: false instead of an error, or if @key needs the
 * first.
 */
void args_store(const struct args *a, const struct api_key *key,
		const struct machine *m, void *field);
bool args_store_quickly(const struct args *a, const struct api_key *key,
			const struct machine *m, void *field);
bool args_boolean_value(const struct args *a, const char *key);

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
