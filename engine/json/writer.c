/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON text that is being written. */
#include "json/writer.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/json.h"
#include "machine/array.h"
#include "machine/utf8.h"

void writer_raw(struct json_writer *out, const char *bytes, size_t length)
{
	if (out->failed || !length)
		return;
	if (!bytes_reserve(&out->data, &out->room, out->length + length)) {
		out->failed = true;
		return;
	}
	memcpy(out->data + out->length, bytes, length);
	out->length += length;
}

/* Before a value: a comma unless it is the first. */
static void write_value(struct json_writer *out)
{
	if (out->comma)
		writer_raw(out, ",", 1);
	out->comma = true;
}

void writer_open(struct json_writer *out, char bracket)
{
	write_value(out);
	writer_raw(out, &bracket, 1);
	out->comma = false;
}

void writer_close(struct json_writer *out, char bracket)
{
	writer_raw(out, &bracket, 1);
	out->comma = true;
}

void writer_key(struct json_writer *out, const char *key)
{
	writer_string(out, key);
	writer_raw(out, ":", 1);
	out->comma = false;
}

/* A snapshot is mostly numbers, and printf would dominate its cost. */
static void write_digits(struct json_writer *out, uint64_t value)
{
	char digits[24];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	writer_raw(out, digits + at, sizeof(digits) - at);
}

void writer_i64(struct json_writer *out, int64_t value)
{
	write_value(out);
	if (value < 0)
		writer_raw(out, "-", 1);
	write_digits(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void writer_u64(struct json_writer *out, uint64_t value)
{
	bool quoted = value > (uint64_t)JSON_INTEGER_MAX;

	write_value(out);
	if (quoted)
		writer_raw(out, "\"", 1);
	write_digits(out, value);
	if (quoted)
		writer_raw(out, "\"", 1);
}

void writer_u32_list(struct json_writer *out, const uint32_t *values,
		     uint32_t nr)
{
	writer_open(out, '[');
	for (uint32_t i = 0; i < nr; i++)
		writer_u64(out, values[i]);
	writer_close(out, ']');
}

void writer_bool(struct json_writer *out, bool value)
{
	write_value(out);
	writer_raw(out, value ? "true" : "false", value ? 4 : 5);
}

void writer_null(struct json_writer *out)
{
	write_value(out);
	writer_raw(out, "null", 4);
}

/* Is the character a control character, or invisible? */
static bool is_active(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

/* Write one character of an untrusted string. Returns its length. */
static size_t write_character(struct json_writer *out, const char *p)
{
	uint32_t code;
	size_t n = utf8_decode(p, SIZE_MAX, &code);
	char escape[8];

	if (!n) {
		writer_raw(out, "\xef\xbf\xbd", 3);
		return 1;
	}
	if (is_active(code)) {
		snprintf(escape, sizeof(escape), "\\u%04x", code & 0xffff);
		writer_raw(out, escape, strlen(escape));
		return n;
	}
	if (code == '"' || code == '\\')
		writer_raw(out, "\\", 1);
	writer_raw(out, p, n);
	return n;
}

void writer_string(struct json_writer *out, const char *value)
{
	write_value(out);
	writer_raw(out, "\"", 1);
	while (*value)
		value += write_character(out, value);
	writer_raw(out, "\"", 1);
}

void writer_add_string(struct json_writer *out, const char *key,
		       const char *value)
{
	writer_key(out, key);
	if (value)
		writer_string(out, value);
	else
		writer_null(out);
}

void writer_add_u64(struct json_writer *out, const char *key, uint64_t value)
{
	writer_key(out, key);
	writer_u64(out, value);
}

void writer_add_bool(struct json_writer *out, const char *key, bool value)
{
	writer_key(out, key);
	writer_bool(out, value);
}

char *writer_finish(struct json_writer *out)
{
	char *data;

	writer_raw(out, "", 1);
	data = out->data;
	if (out->failed) {
		free(data);
		data = NULL;
	}
	*out = (struct json_writer){ .data = NULL };
	return data;
}

const char *json_library(void)
{
	return cJSON_Version();
}
