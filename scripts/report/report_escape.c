/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_escape: texts from students, escaped character by character.
 *
 * A student chooses file names, names of blocks and error messages; the
 * report is read on a terminal, by a parser, in a browser.
 */
#include <stdio.h>
#include <string.h>

#include "machine/utf8.h"
#include "report/report_private.h"

#define REPLACEMENT 0xfffd

/*
 * The character at *@p, which moves past it; REPLACEMENT for a byte that is
 * not UTF-8 (in the shortest form, without surrogates).
 */
static uint32_t next_character(const unsigned char **p)
{
	uint32_t c;
	size_t n = utf8_decode((const char *)*p, SIZE_MAX, &c);

	*p += n ? n : 1;
	return n ? c : REPLACEMENT;
}

/* Characters that are not visible but control something. */
static bool is_active(uint32_t c)
{
	static const struct {
		uint32_t first;
		uint32_t last;
	} active[] = {
		{ 0x00, 0x08 },	    { 0x0b, 0x1f }, /* all but tab, newline */
		{ 0x7f, 0x9f },	    { 0x061c, 0x061c }, /* direction of writing */
		{ 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f },
		{ 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xe0000, 0xe007f },
	};

	for (size_t i = 0; i < sizeof(active) / sizeof(active[0]); i++)
		if (c >= active[i].first && c <= active[i].last)
			return true;
	return (c & 0xfffe) == 0xfffe; /* no characters at all */
}

/* What replaces a character, or NULL. */
static const char *escaped(uint32_t c, enum report_escape escape)
{
	static const struct {
		enum report_escape escape;
		char character;
		const char *instead;
	} rows[] = {
		{ ESCAPE_LINE, '\n', " " },    { ESCAPE_LINE, '\t', " " },
		{ ESCAPE_CSV, '\n', " " },     { ESCAPE_CSV, '\t', " " },
		{ ESCAPE_CSV, '"', "\"\"" },   { ESCAPE_TAP, '\n', " " },
		{ ESCAPE_TAP, '\t', " " },     { ESCAPE_TAP, '#', "\\#" },
		{ ESCAPE_TAP, '\\', "\\\\" },  { ESCAPE_XML, '&', "&amp;" },
		{ ESCAPE_XML, '<', "&lt;" },   { ESCAPE_XML, '>', "&gt;" },
		{ ESCAPE_XML, '"', "&quot;" }, { ESCAPE_XML, '\'', "&apos;" },
		{ ESCAPE_XML, '\n', "&#10;" }, { ESCAPE_XML, '\t', "&#9;" },
		{ ESCAPE_JSON, '"', "\\\"" },  { ESCAPE_JSON, '\\', "\\\\" },
		{ ESCAPE_JSON, '\n', "\\n" },  { ESCAPE_JSON, '\t', "\\t" },
	};

	if (escape == ESCAPE_PLAIN)
		return c == REPLACEMENT || c < 0x20 || is_active(c) ? "?" :
								      NULL;
	if (c == REPLACEMENT || is_active(c))
		return "\xef\xbf\xbd";
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].escape == escape &&
		    (unsigned char)rows[i].character == c)
			return rows[i].instead;
	return NULL;
}

void report_put(struct json_writer *out, const char *text,
		enum report_escape escape)
{
	const unsigned char *p = (const unsigned char *)text;

	while (*p) {
		const unsigned char *begin = p;
		const char *instead = escaped(next_character(&p), escape);

		if (instead)
			writer_raw(out, instead, strlen(instead));
		else
			writer_raw(out, (const char *)begin,
				   (size_t)(p - begin));
	}
}
