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
#include <stdint.h>
#include <stdio.h>

/* Keys of a table that are recognized by their address: see args_table.c. */
enum { KEYS_CACHED = 16 };

/* How args_open() reads a value and stores it. */
enum key_kind {
	KEY_OTHER, /* not at all: its reader knows more */
	KEY_NUMBER, /* uint32_t, from min to max */
	KEY_ORDER, /* uint32_t, below the machine's max_order */
	KEY_NODE, /* uint32_t, a node of the machine */
	KEY_CPU, /* uint32_t, a cpu of the machine */
	KEY_FLAG, /* a boolean as uint32_t */
	KEY_SIZE, /* uint32_t, pages */
	KEY_GFP, /* uint32_t, from a string or an integer */
	KEY_ALLOC_FLAGS, /* the same */
	KEY_NODES, /* a list of nodes of the machine as uint64_t */
	KEY_NAME, /* a string, the name of a request */
};

struct api_key {
	const char *name; /* first, for nearest_name(); NULL after the last */
	const char *type;
	const char *help;
	enum key_kind kind;
	int64_t min; /* NUMBER */
	int64_t max;
	size_t offset; /* in the object that is read */
};

/* A row whose reader stores it itself. */
#define KEY(name_, type_, help_)                                               \
	{                                                                      \
		.name = name_, .type = type_, .help = help_                    \
	}

/* A table of named values: a class in the files for editors. */
struct api_table {
	const char *name; /* "alloc" is zonewalk.alloc */
	const char *help;
	const struct api_key *keys;
	int is_argument; /* every key is optional, others are errors */
};

extern const struct api_table api_tables[];
extern const size_t nr_api_tables;

/* How a manual of the language is written. */
struct meta_writer {
	void (*text)(FILE *out, const char *text); /* sentences */
	void (*begin)(FILE *out, const char *title); /* a section */
	/* a function, or a table (@help is ""); @keys may be NULL */
	void (*entry)(FILE *out, const char *usage, const char *help,
		      const struct api_key *keys);
};

/* The manual: each function, its keys, the tables that are given. */
void meta_write(FILE *out, const struct meta_writer *writer);
/* The same as text in 80 columns. */
void meta_manual(FILE *out);
/* Annotations for the Lua language server. */
void meta_luals(FILE *out);
/* A configuration of luacheck. */
void meta_luacheck(FILE *out);

/* arguments */
extern const struct api_key keys_machine[];
extern const struct api_key keys_node_given[];
extern const struct api_key keys_area[];
extern const struct api_key keys_zone_limits[];
extern const struct api_key keys_zone_given[];
extern const struct api_key keys_watermark_given[];
extern const struct api_key keys_free_given[];
extern const struct api_key keys_import[];
extern const struct api_key keys_sysctl[];
extern const struct api_key keys_alloc[];
extern const struct api_key keys_fill[];
extern const struct api_key keys_cpu[];
extern const struct api_key keys_free_many[];
extern const struct api_key keys_task[];
extern const struct api_key keys_fault[];
extern const struct api_key keys_lesson[];
extern const struct api_key keys_ask[];
extern const struct api_key keys_exercise[];

/* results: walk.c */
extern const struct api_key keys_step[];
extern const struct api_key keys_account[];
extern const struct api_key keys_reason[];
/* results: request.c */
extern const struct api_key keys_flip[];

#endif
