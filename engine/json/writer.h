/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text_json: JSON text that is being written, and files written whole.
 *
 *   struct json_text out = { .data = NULL };
 *
 *   text_open(&out, '{');
 *   text_key(&out, "pfn");
 *   text_u64(&out, 4096);
 *   text_close(&out, '}');
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

struct json_text {
	char *data; /* not terminated; see text_finish() */
	size_t length;
	size_t room;
	bool failed;
	bool comma; /* the next value stands behind another */
};

/* An object '{' or list '[' opens; '}' or ']' closes. */
void text_open(struct json_text *out, char bracket);
void text_close(struct json_text *out, char bracket);
void text_key(struct json_text *out, const char *key);
void text_i64(struct json_text *out, int64_t value);
/* Beyond 2^52, where readers lose digits, as a string. */
void text_u64(struct json_text *out, uint64_t value);
void text_flag(struct json_text *out, bool value);
void text_null(struct json_text *out);
/*
 * A string, quoted and escaped; a byte that is not UTF-8 is written as the
 * character that stands for such, and control characters never as they are.
 */
void text_string(struct json_text *out, const char *value);
/* Bytes as they are, no comma. */
void text_raw(struct json_text *out, const char *bytes, size_t length);

/*
 * The text, terminated, for the caller to free(); NULL when memory was
 * short. @out is empty afterwards.
 */
char *text_finish(struct json_text *out);

#endif
