/* SPDX-License-Identifier: GPL-2.0-or-later */
/* print: lines broken at blanks. */
#include "failure/print.h"

#include <stdarg.h>
#include <string.h>

enum { WIDTH = 80 };

void print_add(struct print *p, const char *format, ...)
{
	const size_t room = sizeof(p->line) - p->length;
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(p->line + p->length, room, format, args);
	va_end(args);
	if (length > 0)
		p->length += (size_t)length < room ? (size_t)length : room - 1;
}

/* How much of @text stands on a line of @width columns, without its blank. */
static size_t line_length(const char *text, size_t width)
{
	size_t length = strlen(text);

	if (length <= width)
		return length;
	for (length = width; length && text[length] != ' '; length--)
		;
	/* a word that is too long, or only blanks before it */
	if (!length || strspn(text, " ") >= length)
		length = width + strcspn(text + width, " ");
	return length;
}

void print_end(struct print *p, int indent)
{
	const char *at = p->line;
	int used = 0;

	p->line[p->length] = '\0';
	do {
		const size_t length = line_length(at, (size_t)(WIDTH - used));

		fprintf(p->out, "%*s%.*s\n", used, "", (int)length, at);
		at += length;
		at += strspn(at, " ");
		used = indent;
	} while (*at);
	p->length = 0;
}
