/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scan: validate a text before cJSON parses it. cJSON accepts texts that
 * are not JSON, recurses as deeply as the text does, and allocates sixty
 * bytes for a value of two.
 */
#include <string.h>

#include "json/json.h"
#include "machine/utf8.h"

struct scan {
	const struct json_place *at;
	const unsigned char *begin;
	const unsigned char *p;
	const unsigned char *end;
	uint32_t depth;
	uint32_t values;
};

static bool scan_fail(const struct scan *s, const char *what)
{
	struct json_place place = *s->at;
	const unsigned char *line = s->begin;

	for (const unsigned char *q = s->begin; q < s->p; q++) {
		if (*q != '\n')
			continue;
		place.line++;
		line = q + 1;
	}
	if (s->p >= s->end)
		return json_fail(&place,
				 "unexpected end of text (%s): the file "
				 "seems to be truncated",
				 what);
	return json_fail(&place, "column %zu: not JSON: %s",
			 (size_t)(s->p - line) + 1, what);
}

static void skip_white(struct scan *s)
{
	while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' ||
				 *s->p == '\n' || *s->p == '\r'))
		s->p++;
}

/* The next byte, -1 at the end. */
static int peek(const struct scan *s)
{
	return s->p < s->end ? *s->p : -1;
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static bool scan_digits(struct scan *s)
{
	if (!is_digit(peek(s)))
		return scan_fail(s, "a digit is expected");
	while (is_digit(peek(s)))
		s->p++;
	return true;
}

static bool scan_number(struct scan *s)
{
	if (peek(s) == '-')
		s->p++;
	if (peek(s) == '0') {
		s->p++;
		if (is_digit(peek(s)))
			return scan_fail(s, "a number must not begin with 0");
	} else if (!scan_digits(s)) {
		return false;
	}
	if (peek(s) == '.') {
		s->p++;
		if (!scan_digits(s))
			return false;
	}
	if (peek(s) == 'e' || peek(s) == 'E') {
		s->p++;
		if (peek(s) == '+' || peek(s) == '-')
			s->p++;
		return scan_digits(s);
	}
	return true;
}

/* Read four hex digits; -1 if there are none. */
static int scan_hex4(struct scan *s)
{
	int value = 0;

	for (int i = 0; i < 4; i++, s->p++) {
		int c = peek(s);

		if (is_digit(c))
			value = value * 16 + c - '0';
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			value = value * 16 + (c | 0x20) - 'a' + 10;
		else
			return -1;
	}
	return value;
}

/* The part of an escape after the backslash. */
static bool scan_escape(struct scan *s)
{
	int c = peek(s), unit;

	if (c < 0 || !strchr("\"\\/bfnrtu", c) || !c)
		return scan_fail(s, "unknown escape in a string");
	s->p++;
	if (c != 'u')
		return true;
	unit = scan_hex4(s);
	if (unit < 0)
		return scan_fail(s, "four hex digits are expected");
	if (!unit)
		return scan_fail(s, "a NUL in a string");
	if (unit < 0xd800 || unit > 0xdfff)
		return true;
	if (unit > 0xdbff || peek(s) != '\\')
		return scan_fail(s, "unpaired surrogate");
	s->p++;
	if (peek(s) != 'u')
		return scan_fail(s, "unpaired surrogate");
	s->p++;
	unit = scan_hex4(s);
	return (unit >= 0xdc00 && unit <= 0xdfff) ||
	       scan_fail(s, "unpaired surrogate");
}

/* One character of more than one byte. */
static bool scan_utf8(struct scan *s)
{
	uint32_t c;
	size_t n = utf8_decode((const char *)s->p, (size_t)(s->end - s->p), &c);

	s->p += n;
	return n || scan_fail(s, "not UTF-8");
}

static bool scan_string(struct scan *s)
{
	if (peek(s) != '"')
		return scan_fail(s, "a string is expected");
	s->p++;
	for (;;) {
		int c = peek(s);

		if (c < 0)
			return scan_fail(s, "unterminated string");
		if (c == '"')
			break;
		if (c < 0x20)
			return scan_fail(s, "a control byte in a string");
		if (c >= 0x80) {
			if (!scan_utf8(s))
				return false;
			continue;
		}
		s->p++;
		if (c == '\\' && !scan_escape(s))
			return false;
	}
	s->p++;
	return true;
}

static bool scan_word(struct scan *s, const char *word)
{
	size_t length = strlen(word);

	if ((size_t)(s->end - s->p) < length || memcmp(s->p, word, length))
		return scan_fail(s, "a value is expected");
	s->p += length;
	return true;
}

static bool scan_value(struct scan *s);

static bool scan_member(struct scan *s, bool object)
{
	skip_white(s);
	if (object) {
		if (!scan_string(s))
			return false;
		skip_white(s);
		if (peek(s) != ':')
			return scan_fail(s, "a colon is expected");
		s->p++;
	}
	return scan_value(s);
}

static bool scan_bracket(struct scan *s, char close)
{
	if (++s->depth > JSON_DEPTH_MAX)
		return scan_fail(s, "nested too deeply");
	s->p++;
	skip_white(s);
	if (peek(s) == close) {
		s->p++;
		s->depth--;
		return true;
	}
	for (;;) {
		if (!scan_member(s, close == '}'))
			return false;
		skip_white(s);
		if (peek(s) == close)
			break;
		if (peek(s) != ',')
			return scan_fail(s, "a comma or the end of the list or "
					    "object is expected");
		s->p++;
	}
	s->p++;
	s->depth--;
	return true;
}

static bool scan_value(struct scan *s)
{
	int c;

	skip_white(s);
	if (++s->values > JSON_VALUES_MAX)
		return scan_fail(s, "more than four million values in one "
				    "text");
	c = peek(s);
	switch (c) {
	case '{':
		return scan_bracket(s, '}');
	case '[':
		return scan_bracket(s, ']');
	case '"':
		return scan_string(s);
	case 't':
		return scan_word(s, "true");
	case 'f':
		return scan_word(s, "false");
	case 'n':
		return scan_word(s, "null");
	default:
		if (c == '-' || is_digit(c))
			return scan_number(s);
		return scan_fail(s, "a value is expected");
	}
}

bool json_scan(const struct json_place *at, const char *text, size_t length)
{
	const unsigned char *begin = (const unsigned char *)text;
	struct scan s = {
		.at = at, .begin = begin, .p = begin, .end = begin + length
	};

	if (!scan_value(&s))
		return false;
	skip_white(&s);
	return s.p == s.end || scan_fail(&s, "text after the end of the value");
}
