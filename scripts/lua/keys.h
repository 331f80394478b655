/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keys: the named values of the language, in the tables that functions take
 * and in those that they return.
 *
 * A row is a key of one table. A key without a row is an error; `zonewalk doc
 * lua` and the files for editors loop over the rows. Types are those of the
 * Lua language server: integer, string, boolean, integer[]; "size" stands for
 * 16384 or "64M".
 */
#ifndef SCRIPTS_LUA_KEYS_H
#define SCRIPTS_LUA_KEYS_H

#include <stddef.h>

/* Values that struct args keeps of the first keys of a table. */
enum { ARGS_KEPT = 16 };

struct api_key {
	const char *name; /* first, for nearest_name(); NULL after the last */
	const char *type;
	const char *help;
};

/* A table of named values: a class in the files for editors. */
struct api_table {
	const char *name; /* "alloc" is zonewalk.alloc */
	const char *help;
	const struct api_key *keys;
	int is_argument; /* every key is optional, others are errors */
};

extern const struct api_table api_tables[];
extern const size_t nr_api_tables;

/* Places in keys_alloc, and at the beginning of keys_fill. */
enum alloc_key {
	ALLOC_ORDER,
	ALLOC_GFP,
	ALLOC_NODE,
	ALLOC_CPU,
	ALLOC_NODEMASK,
	ALLOC_FLAGS,
	ALLOC_OWNER,
	NR_ALLOC_KEYS
};

/* arguments */
extern const struct api_key keys_machine[];
extern const struct api_key keys_node_given[];
extern const struct api_key keys_area[];
extern const struct api_key keys_zone_limits[];
extern const struct api_key keys_sysctl[];
extern const struct api_key keys_alloc[];
extern const struct api_key keys_fill[];
extern const struct api_key keys_cpu[];
extern const struct api_key keys_free_many[];
extern const struct api_key keys_task[];
extern const struct api_key keys_fault[];
extern const struct api_key keys_lesson[];
extern const struct api_key keys_ask[];

#endif
