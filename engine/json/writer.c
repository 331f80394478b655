/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON text that is being written. */
#include "json/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/json.h"
#include "machine/array.h"

void text_raw(struct json_text *out, const char *bytes, size_t length)
{
	if (out->failed)
		return;
	if (!bytes_reserve(&out->data, &out->room, out->length + length)) {
		out->failed = true;
		return;
	}
	memcpy(out->data + out->length, bytes, length);
	out->length += length;
}

/* A value begins: a comma if it is not the first. */
static void text_value(struct json_text *out)
{
	if (out->comma)
		text_raw(out, ",", 1);
	out->comma = true;
}

void text_open(struct json_text *out, char bracket)
{
	text_value(out);
	text_raw(out, &bracket, 1);
	out->comma = false;
}

void text_close(struct json_text *out, char bracket)
{
	text_raw(out, &bracket, 1);
	out->comma = true;
}

void text_key(struct json_text *out, const char *key)
{
	text_string(out, key);
	text_raw(out, ":", 1);
	out->comma = false;
}

/* States are mostly numbers: printf would be most of their cost. */
static void text_digits(struct json_text *out, uint64_t value)
{
	char digits[24];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	text_raw(out, digits + at, sizeof(digits) - at);
}

void text_i64(struct json_text *out, int64_t value)
{
	text_value(out);
	if (value < 0)
		text_raw(out, "-", 1);
	text_digits(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void text_u64(struct json_text *out, uint64_t value)
{
	bool quoted = value > (uint64_t)JSON_WHOLE_MAX;

	text_value(out);
	if (quoted)
		text_raw(out, "\"", 1);
	text_digits(out, value);
	if (quoted)
		text_raw(out, "\"", 1);
}

void text_flag(struct json_text *out, bool value)
{
	text_value(out);
	text_raw(out, value ? "true" : "false", value ? 4 : 5);
}

void text_null(struct json_text *out)
{
	text_value(out);
	text_raw(out, "null", 4);
}

/*
 * How many bytes the character at @p has, 0: it is not UTF-8. Only the
 * shortest form counts, and no surrogates; NUL ends what can be read.
 */
static size_t utf8_length(const unsigned char *p)
{
	size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
	    (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return n;
}

/* The code of a character of @n bytes. */
static uint32_t utf8_code(const unsigned char *p, size_t n)
{
	uint32_t code = n < 2 ? p[0] : p[0] & (0xffu >> (n + 1));

	for (size_t i = 1; i < n; i++)
		code = code << 6 | (p[i] & 0x3f);
	return code;
}

/* Does something instead of being seen: controls, direction of writing. */
static bool is_active(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

/* One character, whatever a string that came from outside may hold. */
static size_t text_character(struct json_text *out, const unsigned char *p)
{
	size_t n = utf8_length(p);
	uint32_t code = utf8_code(p, n);
	char escape[8];

	if (!n) {
		text_raw(out, "\xef\xbf\xbd", 3);
		return 1;
	}
	if (is_active(code)) {
		snprintf(escape, sizeof(escape), "\\u%04x", code & 0xffff);
		text_raw(out, escape, strlen(escape));
		return n;
	}
	if (code == '"' || code == '\\')
		text_raw(out, "\\", 1);
	text_raw(out, (const char *)p, n);
	return n;
}

void text_string(struct json_text *out, const char *value)
{
	const unsigned char *p = (const unsigned char *)value;

	text_value(out);
	text_raw(out, "\"", 1);
	while (*p)
		p += text_character(out, p);
	text_raw(out, "\"", 1);
}

char *text_finish(struct json_text *out)
{
	char *data;

	text_raw(out, "", 1);
	data = out->data;
	if (out->failed) {
		free(data);
		data = NULL;
	}
	*out = (struct json_text){ .data = NULL };
	return data;
}
