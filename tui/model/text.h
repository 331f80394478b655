/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text: what a person reads on the screen, beside the texts of events.
 * text.def (panels) and message.def (the last row) are the tables, a row per
 * text; a translation is another such pair. They are arrays, so the compiler
 * checks formats against them.
 *
 *   put_format(a, 1, y, LOOK_DIM, TEXT_view_window, first, last, total);
 */
#ifndef TUI_TEXT_H
#define TUI_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "json/file.h"

#define TEXT(name, string)                                                     \
	static const char TEXT_##name[] __attribute__((unused)) = string;
#include "model/text.def"

#define MESSAGE(name, string)                                                  \
	static const char MESSAGE_##name[] __attribute__((unused)) = string;
#include "model/message.def"

/* A short text as a value: put_text(a, x, y, look, text_of("%u", pfn).s). */
struct text {
	char s[320];
};

struct text text_of(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
/* Print into a character array, cut at its end. */
#define print_to(array, ...) snprintf(array, sizeof(array), __VA_ARGS__)

/* Set an error. Always false, for the caller to return. */
bool error_set(struct file_error *error, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* "; did you mean NEAR?", or "" if @near is NULL. */
struct text hint_text(const char *near);
/* The same for what is nearest to @name in a table of rows with a name. */
#define HINT_OF(name, table)                                                   \
	hint_text(nearest_name(name, table, sizeof(table) / sizeof(*(table)),  \
			       sizeof(*(table))))

/* Is @word one of @words, which are divided by the character @between? */
bool words_contain(const char *words, char between, const char *word);

/*
 * @text has digits only and is at most @most: true, and its value. Of a
 * number that is too large for 64 bits that is UINT64_MAX.
 */
bool read_number(const char *text, uint64_t most, uint64_t *number);

/* Print @prefix and @word as one word for a shell, quoted where it must be. */
void shell_print(FILE *out, const char *prefix, const char *word);

/* The ending of a noun after a number. */
static inline const char *plural(int64_t nr)
{
	return nr == 1 ? "" : "s";
}

/*
 * Print @text on standard output in 80 columns; it begins at column @indent,
 * as do its later lines.
 */
void text_print_wrapped(const char *text, int indent);

#endif
