/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mdoc: what has a meaning in mdoc is escaped. */
#include "reference/mdoc.h"

#include <stdbool.h>
#include <string.h>

enum { LINE_WIDTH = 60 }; /* of a line of the page, before escapes */

/* -- characters ------------------------------------------------------------- */

static const char *escape_of(const char *text)
{
	switch (*text) {
	case '\\':
		return "\\e";
	case '-':
		return "\\-";
	case '`':
		return "\\(ga";
	case '\'':
		return "\\(aq";
	case '~':
		return "\\(ti";
	case '^':
		return "\\(ha";
	case '(': /* the name of a function would ask for a macro */
		return text[1] == ')' ? "\\&(" : NULL;
	}
	return NULL;
}

/* @first: does the line begin with the character of @text? */
static void put_character(FILE *out, const char *text, bool first)
{
	const char *escape = escape_of(text);

	if (first && *text == '.')
		fputs("\\&", out);
	if (escape)
		fputs(escape, out);
	else
		fputc(*text, out);
}

/* Does a sentence end before the blank at @at of the text @from? */
static bool ends_sentence(const char *from, const char *at)
{
	while (at > from && strchr(")\"'", at[-1]))
		at--;
	return at > from && strchr(".!?", at[-1]);
}

/* -- text ------------------------------------------------------------------- */

/* The escape that begins the font of @mark, and how long the mark is. */
static const char *font_of(const char *mark, size_t *length)
{
	*length = mark[0] == '*' && mark[1] == '*' ? 2 : 1;
	if (*mark == '`' || *length == 2)
		return "\\fB";
	return *mark == '*' ? "\\fI" : NULL;
}

/* The end of what @mark begins: a mark of the same kind; NULL: none. */
static const char *closing(const char *mark, size_t length)
{
	const char *end = mark + length;

	if (!*end || *end == ' ')
		return NULL;
	while (*end && strncmp(end, mark, length))
		end++;
	return *end ? end : NULL;
}

/* Does a line of the page end at the blank @at? */
static bool ends_line(const char *from, const char *at, size_t column)
{
	const size_t word = strcspn(at + 1, " ");

	return ends_sentence(from, at) || column + word > LINE_WIDTH;
}

static void put_text(FILE *out, const char *text, bool marks)
{
	const char *from = text, *end = NULL;
	size_t length = 0, column = 0;

	if (!*text)
		return;
	for (; *text; text++) {
		const char *font = marks && !end ? font_of(text, &length) :
						   NULL;

		if (font && (end = closing(text, length))) {
			fputs(font, out);
			text += length - 1;
		} else if (end && text == end) {
			fputs("\\fR", out);
			text += length - 1;
			end = NULL;
		} else if (end && *end == '*' && *text == '`') {
			continue; /* a literal that is strong */
		} else if (*text == ' ' && ends_line(from, text, column)) {
			fputc('\n', out);
			column = 0;
		} else {
			put_character(out, text, !column);
			column++;
		}
	}
	fputc('\n', out);
}

void mdoc_text(FILE *out, const char *text)
{
	put_text(out, text, false);
}

void mdoc_marked(FILE *out, const char *text)
{
	put_text(out, text, true);
}

void mdoc_literal(FILE *out, const char *lines)
{
	bool first = true;

	for (; *lines; lines++) {
		if (*lines == '\t')
			fputs("    ", out);
		else
			put_character(out, lines, first);
		first = *lines == '\n';
	}
}

/* -- macros ----------------------------------------------------------------- */

/* A short word may be a macro, which \& prevents. */
static void put_argument(FILE *out, const char *argument)
{
	fputs(strlen(argument) > 3 ? " \"" : " \"\\&", out);
	for (; *argument; argument++)
		if (*argument == '"')
			fputs("\\(dq", out);
		else
			put_character(out, argument, false);
	fputs("\"\n", out);
}

void mdoc_macro(FILE *out, const char *macro, const char *argument)
{
	fprintf(out, ".%s", macro);
	put_argument(out, argument);
}

void mdoc_item(FILE *out, const char *macro, const char *argument)
{
	fprintf(out, ".It %s", macro);
	put_argument(out, argument);
}

void mdoc_list_begin(FILE *out)
{
	fputs(".Bl -tag -width Ds\n", out);
}

void mdoc_list_end(FILE *out)
{
	fputs(".El\n", out);
}
