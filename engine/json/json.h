/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json: strict parsing and checking of JSON on top of cJSON.
 *
 *   json_parse()        a text to a tree, strictly
 *   json_check()        the tree against a table of keys
 *
 * Strict means: no trailing text, no duplicate keys, UTF-8 only, no NUL,
 * nesting and size are limited before the parser runs, keys are
 * case-sensitive. In a tree that passed json_check() every required key
 * exists and has its type. An error is one line: FILE:LINE, the path of the
 * key, and what is wrong.
 */
#ifndef ENGINE_JSON_H
#define ENGINE_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "json/file.h"

#define JSON_INTEGER_MAX (INT64_C(1) << 52) /* a double is exact up to here */
#define JSON_DEPTH_MAX 32
#define JSON_VALUES_MAX (4u << 20) /* in one text */

/* The position in a file, for error messages. */
struct json_place {
	const char *path;
	uint32_t line;
	struct file_error *error;
};

/* Sets the error, "PATH:LINE: ..."; returns false. */
bool json_fail(const struct json_place *at, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The tree of a text, for cJSON_Delete(); NULL and the error if invalid. */
cJSON *json_parse(const struct json_place *at, const char *text, size_t length);

/* Is the whole text valid JSON within the limits? Else sets the error. */
bool json_scan(const struct json_place *at, const char *text, size_t length);

/* The member of that name, or NULL. */
const cJSON *json_get(const cJSON *object, const char *key);

/* Values that json_check() accepted. */
static inline int64_t json_i64(const cJSON *value)
{
	return (int64_t)value->valuedouble;
}

static inline uint32_t json_u32(const cJSON *value)
{
	return (uint32_t)value->valuedouble;
}

uint64_t json_u64(const cJSON *value); /* a JSON_UINT64 */
/* The number of values in a list or object. */
uint32_t json_length(const cJSON *list);

static inline uint32_t json_member_u32(const cJSON *object, const char *key)
{
	return json_u32(json_get(object, key));
}

/* The type of a value. */
enum json_kind {
	JSON_INTEGER, /* from min to max, beyond 2^52 not exact */
	JSON_UINT64, /* a string if above 2^52 */
	JSON_BOOL,
	JSON_STRING, /* of min to max bytes, no control characters */
	JSON_LIST, /* of min to max values, each one `of` */
	JSON_MAP, /* of min to max keys of any name, each value one `of` */
	JSON_OBJECT, /* the keys of the table `of` */
};

/* Conditions under which a key exists: needs. */
#define JSON_NEEDS_CMA 1u
#define JSON_NEEDS_FORMAT_2 2u

struct state_part;

/*
 * A key and the type of its value. A table ends with a row without key. The
 * last three columns are for code that stores and writes objects by the same
 * table (state_json.h).
 */
struct json_key {
	const char *key;
	enum json_kind kind;
	bool optional;
	bool nullable;
	unsigned int needs; /* JSON_NEEDS_*: required only then */
	int64_t min;
	int64_t max;
	const struct json_key *of;

	unsigned int store; /* enum state_store */
	size_t offset;
	const struct state_part *part;
};

/* Does @value match the row? @needs: the conditions that hold. */
bool json_check(const struct json_place *at, const cJSON *value,
		const struct json_key *row, unsigned int needs);

/* A longer first line is not a header. */
enum { JSON_HEADER_MAX = 4096 };

/* The first line of @text, for cJSON_Delete(); NULL: not an object. */
cJSON *json_header(const char *text, size_t length);
/* Is the first line of @text an object with the key @key? */
bool json_header_has(const char *text, size_t length, const char *key);

#endif
