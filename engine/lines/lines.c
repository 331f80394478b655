/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lines: one pass over the bytes; every byte is looked at a bounded number
 * of times, also where a line has no end. */
#include "lines/lines.h"

#include <string.h>

static struct span rest_of(const struct lines *l)
{
	return (struct span){ l->at, l->end };
}

/* Is it a mail's body? In one, every "=" of a report is "=3D". */
static bool is_quoted_printable(struct span text)
{
	while ((text.at = span_find(text, "=3D"))) {
		text.at += 3;
		if (text.at < text.end && strchr(" 0(/C", *text.at))
			return true;
	}
	return false;
}

void lines_init(struct lines *l, const char *text, size_t size)
{
	l->at = text;
	l->end = text + size;
	l->line = 1;
	l->length = 0;
	l->quoted_printable = is_quoted_printable(rest_of(l));
}

static void add(struct lines *l, char c)
{
	if (c == ' ' && (!l->length || l->data[l->length - 1] == ' '))
		return;
	if (l->length < sizeof(l->data))
		l->data[l->length++] = c;
}

/* Skip what follows an escape byte: "[1;33m", or one byte. */
static void skip_escape(struct lines *l)
{
	if (l->at == l->end || *l->at == '\n')
		return;
	if (*l->at++ != '[')
		return;
	while (l->at < l->end && *l->at >= ' ' && *l->at < '@')
		l->at++;
	if (l->at < l->end && *l->at >= '@' && *l->at < 0x7f)
		l->at++;
}

/* The bytes that programs write as text, and what they stand for. */
static const struct {
	const char *text;
	char byte;
} escapes[] = {
	{ "#012", '\n' },	  { "\\x0a", '\n' },   { "\\x0A", '\n' },
	{ "#011", ' ' },	  { "\\x09", ' ' },    { "#033", '\033' },
	{ "\\x1b", '\033' },	  { "\\x1B", '\033' }, { "\xc2\xa0", ' ' },
	{ "\xef\xbb\xbf", '\0' },
};

/* The next byte of the line; NUL for none. */
static char take_byte(struct lines *l)
{
	const char c = *l->at;
	struct span rest = rest_of(l);

	if (c == '#' || c == '\\' || c == '\xc2' || c == '\xef') {
		for (size_t i = 0; i < sizeof(escapes) / sizeof(*escapes); i++)
			if (span_take(&rest, escapes[i].text)) {
				l->at = rest.at;
				return escapes[i].byte;
			}
	}
	l->at++;
	if (c == '\n')
		l->line++;
	return c;
}

static int hex_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/*
 * Does "N kB" begin the line at @text? Then the "=" before it is the one in
 * front of a total.
 */
static bool is_total(struct span text)
{
	struct amount amount;

	while (span_peek(text) && strchr("> |\t", span_peek(text)))
		text.at++;
	return span_amount(&text, &amount) && span_begins(text, "kB");
}

/* After a "=" of a mail's body: a byte, a line that continues, or a "=". */
static void take_quoted(struct lines *l)
{
	struct span rest = rest_of(l);
	int high, low;
	char c;

	while (span_peek(rest) && strchr(" \t\r", span_peek(rest)))
		rest.at++;
	if (span_take(&rest, "\n")) {
		if (l->length && l->data[l->length - 1] == ' ' &&
		    is_total(rest)) {
			add(l, '=');
			return;
		}
		l->at = rest.at;
		l->line++;
		return;
	}
	rest = rest_of(l);
	high = span_size(rest) >= 2 ? hex_digit(rest.at[0]) : -1;
	low = high >= 0 ? hex_digit(rest.at[1]) : -1;
	c = (char)(high * 16 + low);
	/* what needs no quoting is a value: "order=30" */
	if (low < 0 || is_digit(c) || (c & 0x5f) >= 'A') {
		add(l, '=');
		return;
	}
	l->at += 2;
	add(l, c > ' ' ? c : ' ');
}

bool lines_next(struct lines *l, struct span *text, uint32_t *line)
{
	if (l->at == l->end)
		return false;
	l->length = 0;
	*line = l->line;
	while (l->at < l->end) {
		const char c = take_byte(l);

		if (c == '\n')
			break;
		if (c == '\033')
			skip_escape(l);
		else if (c == '=' && l->quoted_printable)
			take_quoted(l);
		else if (c)
			add(l, (unsigned char)c > ' ' && c != 0x7f ? c : ' ');
	}
	if (l->length && l->data[l->length - 1] == ' ')
		l->length--;
	*text = (struct span){ l->data, l->data + l->length };
	lines_skip_prefixes(text);
	return true;
}
