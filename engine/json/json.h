/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json: a thin strict layer over cJSON.
 *
 *   json_parse()        a text to a tree, nothing forgiven
 *   json_check()        the tree against a table of keys
 *
 * Strict: no trailing text, no duplicate keys, UTF-8 only, no NUL, nesting
 * and size bounded before the parser runs, keys compared with their case.
 * Whoever reads a tree that passed json_check() need not ask again whether
 * a key is there and what it is. Every error is one line, FILE:LINE and the
 * path of the key.
 */
#ifndef ENGINE_JSON_H
#define ENGINE_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "json/file.h"

#define JSON_INTEGER_MAX (INT64_C(1) << 52) /* larger ones lose digits */
#define JSON_DEPTH_MAX 32
#define JSON_VALUES_MAX (4u << 20) /* in one text: bounds the tree */

/* Where we are reading, for messages. */
struct json_place {
	const char *path;
	uint32_t line;
	struct file_error *error;
};

/* Sets the error, "PATH:LINE: ..."; returns false. */
bool json_fail(const struct json_place *at, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The tree of a text, for cJSON_Delete(); NULL: the error is set. */
cJSON *json_parse(const struct json_place *at, const char *text, size_t length);

/* Is the text JSON, the whole of it, within the limits? */
bool json_scan(const struct json_place *at, const char *text, size_t length);

/* The member of that name, or NULL. */
const cJSON *json_get(const cJSON *object, const char *key);

/* Of values that have been checked. */
static inline int64_t json_i64(const cJSON *value)
{
	return (int64_t)value->valuedouble;
}

static inline uint32_t json_u32(const cJSON *value)
{
	return (uint32_t)value->valuedouble;
}

uint64_t json_u64(const cJSON *value); /* a JSON_UINT64 */
/* How many values a list or object has. */
uint32_t json_length(const cJSON *list);

static inline uint32_t json_member_u32(const cJSON *object, const char *key)
{
	return json_u32(json_get(object, key));
}

/* What a value may be. */
enum json_kind {
	JSON_INTEGER, /* a whole number from min to max */
	JSON_UINT64, /* 0 to 2^64 - 1; beyond 2^52 as a string */
	JSON_BOOL,
	JSON_STRING, /* of min to max bytes, no control characters */
	JSON_LIST, /* of min to max values, each one `of` */
	JSON_MAP, /* any keys, at most max, each value one `of` */
	JSON_OBJECT, /* the keys of the table `of` */
};

/* Keys that only some files have: needs. */
#define JSON_NEEDS_CMA 1u

struct state_part;

/*
 * A row: a key and what stands there. A table of them ends with a row
 * without key. The last three columns are for who stores and prints
 * objects by the same table (state_json.h).
 */
struct json_key {
	const char *key;
	enum json_kind kind;
	bool optional;
	bool nullable;
	unsigned int needs; /* a key only where this is so */
	int64_t min;
	int64_t max;
	const struct json_key *of;

	unsigned int store; /* enum state_store */
	size_t offset;
	const struct state_part *part;
};

/* Does @value fit the row? @needs: what this file has. */
bool json_check(const struct json_place *at, const cJSON *value,
		const struct json_key *row, unsigned int needs);

/* A longer first line is no header. */
enum { JSON_HEADER_MAX = 4096 };

/* Is the first line of @text an object with a member @key? */
bool json_header_has(const char *text, size_t length, const char *key);

#endif
