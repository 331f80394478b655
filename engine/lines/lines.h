/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lines: the lines of a kernel's log without what mail, syslog and terminals
 * put around them.
 *
 * Removed are escape sequences, quoted-printable, "> ", "| ", a byte order
 * mark, and in any mix the prefixes "<4>", "kern  :warn  :", "[  12.345678]",
 * "[   T60]", "4,1234,567890,-;" and "Feb  9 08:09:39 host kernel:". "#012" and
 * "\x0a" end a line. Runs of blanks and control bytes become one blank, none at
 * the ends.
 */
#ifndef ENGINE_LINES_H
#define ENGINE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lines/span.h"

/* What a line has beyond these bytes is dropped. */
enum { LINE_SIZE_MAX = 1 << 16 };

struct lines {
	const char *at, *end;
	uint32_t line; /* at @at, from 1 */
	bool quoted_printable;
	size_t length;
	char data[LINE_SIZE_MAX];
};

void lines_init(struct lines *l, const char *text, size_t size);
/* The next line, which stays until the next call, and its number. */
bool lines_next(struct lines *l, struct span *text, uint32_t *line);

/* Take the prefixes in front of a line's text (lines_prefix.c). */
void lines_skip_prefixes(struct span *text);

#endif
