/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * writer: write JSON text, and save a file atomically.
 *
 *   struct json_writer out = { .data = NULL };
 *
 *   writer_open(&out, '{');
 *   writer_key(&out, "pfn");
 *   writer_u64(&out, 4096);
 *   writer_close(&out, '}');
 *
 * Commas are added automatically. Without memory the writer is `failed` and
 * ignores further calls, so that the caller checks once, at the end. The
 * same calls write the same bytes.
 */
#ifndef ENGINE_TEXT_JSON_H
#define ENGINE_TEXT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "json/file.h"

struct json_writer {
	char *data; /* not terminated; see writer_finish() */
	size_t length;
	size_t room;
	bool failed;
	bool comma; /* the next value follows another one */
};

/* Begin an object '{' or a list '[', end it with '}' or ']'. */
void writer_open(struct json_writer *out, char bracket);
void writer_close(struct json_writer *out, char bracket);
void writer_key(struct json_writer *out, const char *key);
void writer_i64(struct json_writer *out, int64_t value);
/* Above 2^52, where a double is not exact, as a string. */
void writer_u64(struct json_writer *out, uint64_t value);
void writer_u32_list(struct json_writer *out, const uint32_t *values,
		     uint32_t nr);
void writer_bool(struct json_writer *out, bool value);
void writer_null(struct json_writer *out);
/*
 * A string, quoted and escaped. A byte that is not UTF-8 is written as the
 * replacement character, a control character as an escape.
 */
void writer_string(struct json_writer *out, const char *value);
/* A key and its value; a string that is NULL is written as null. */
void writer_add_string(struct json_writer *out, const char *key,
		       const char *value);
void writer_add_u64(struct json_writer *out, const char *key, uint64_t value);
void writer_add_bool(struct json_writer *out, const char *key, bool value);
/* Bytes without escapes or comma. */
void writer_raw(struct json_writer *out, const char *bytes, size_t length);

/*
 * The text with a NUL, which the caller frees; NULL without memory. @out is
 * empty afterwards.
 */
char *writer_finish(struct json_writer *out);

/* The version of cJSON, "1.7.15". */
const char *json_library(void);

#endif
