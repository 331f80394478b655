/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text_json: JSON text that is being written, and files written whole.
 *
 *   struct json_writer out = { .data = NULL };
 *
 *   writer_open(&out, '{');
 *   writer_key(&out, "pfn");
 *   writer_u64(&out, 4096);
 *   writer_close(&out, '}');
 *
 * Commas are set by themselves. When memory is short the text is `failed`
 * and takes nothing more: look once, at the end. Same calls, same bytes.
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
	bool comma; /* the next value stands behind another */
};

/* An object '{' or list '[' opens; '}' or ']' closes. */
void writer_open(struct json_writer *out, char bracket);
void writer_close(struct json_writer *out, char bracket);
void writer_key(struct json_writer *out, const char *key);
void writer_i64(struct json_writer *out, int64_t value);
/* Beyond 2^52, where readers lose digits, as a string. */
void writer_u64(struct json_writer *out, uint64_t value);
void writer_u32_list(struct json_writer *out, const uint32_t *values,
		     uint32_t nr);
void writer_bool(struct json_writer *out, bool value);
void writer_null(struct json_writer *out);
/*
 * A string, quoted and escaped; a byte that is not UTF-8 is written as the
 * character that stands for such, and control characters never as they are.
 */
void writer_string(struct json_writer *out, const char *value);
/* Bytes as they are, no comma. */
void writer_raw(struct json_writer *out, const char *bytes, size_t length);

/*
 * The text, terminated, for the caller to free(); NULL when memory was
 * short. @out is empty afterwards.
 */
char *writer_finish(struct json_writer *out);

#endif
