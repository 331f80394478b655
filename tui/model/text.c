/* SPDX-License-Identifier: GPL-2.0-or-later */
/* text: short texts as values, and numbers out of texts. */
#define _GNU_SOURCE /* strchrnul */
#include "model/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "machine/utf8.h"
#include "terminal/canvas.h"

/* Cut at the end of a character. */
static void print_arguments(char *text, size_t size, const char *format,
			    va_list arguments)
{
	if (vsnprintf(text, size, format, arguments) >= (int)size)
		utf8_trim(text);
}

struct text text_of(const char *format, ...)
{
	struct text text;
	va_list arguments;

	va_start(arguments, format);
	print_arguments(text.s, sizeof(text.s), format, arguments);
	va_end(arguments);
	return text;
}

bool error_set(struct file_error *error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_arguments(error->text, sizeof(error->text), format, arguments);
	va_end(arguments);
	return false;
}

struct text hint_text(const char *near)
{
	return near ? text_of("; did you mean %s?", near) : text_of("%s", "");
}

bool words_contain(const char *words, char between, const char *word)
{
	size_t length = strlen(word);

	for (;;) {
		const char *end = strchrnul(words, between);

		if ((size_t)(end - words) == length &&
		    !strncmp(words, word, length))
			return true;
		if (!*end)
			return false;
		words = end + 1;
	}
}

bool read_number(const char *text, uint64_t most, uint64_t *number)
{
	char *end;

	*number = strtoull(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && *number <= most;
}

void shell_print(FILE *out, const char *prefix, const char *word)
{
	const char *safe = "abcdefghijklmnopqrstuvwxyz"
			   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+,:=@%-";
	const char *quote = *word && !word[strspn(word, safe)] ? "" : "'";

	fprintf(out, "%s%s", quote, prefix);
	for (; *word; word++)
		if (*word == '\'')
			fputs("'\\''", out);
		else
			fputc(*word, out);
	fputs(quote, out);
}

enum { LINE_WIDTH = 80 };

void text_print_wrapped(const char *text, int indent)
{
	char line[LINE_WIDTH * MAX_CELL_BYTES];

	for (int x = 0;
	     next_line(&text, LINE_WIDTH - indent, line, sizeof(line));
	     x = indent)
		printf("%*s%s\n", x, "", line);
}
