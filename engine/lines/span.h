/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * span: words and numbers of a line whose blanks are single, as lines.h has
 * them. Functions that take something move the beginning of the span.
 */
#ifndef ENGINE_SPAN_H
#define ENGINE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	const char *at, *end;
};

/* A number as printed: what does not fit has wrapped below 0. */
struct amount {
	uint64_t value;
	bool wrapped;
	struct span text;
};

static inline size_t span_size(struct span s)
{
	return (size_t)(s.end - s.at);
}

/* For the precision of "%.*s": at most 40 bytes. */
static inline int span_width(struct span s)
{
	return span_size(s) < 40 ? (int)span_size(s) : 40;
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The next byte, NUL at the end. */
static inline char span_peek(struct span s)
{
	return s.at < s.end ? *s.at : '\0';
}

bool span_begins(struct span s, const char *text);
bool span_is(struct span s, const char *text);
/* Where @text begins in the span, or NULL. */
const char *span_find(struct span s, const char *text);
/*
 * Find the value of a field: @key at the beginning, or behind a blank or a
 * comma. *@value goes from there to the end of the span.
 */
bool span_field(struct span s, const char *key, struct span *value);
/* Take @text if the span begins with it. */
bool span_take(struct span *s, const char *text);
/* Take the next word and the blanks before it; empty at the end. */
struct span span_word(struct span *s);
/* Take digits, also behind a minus sign. False: there are none. */
bool span_amount(struct span *s, struct amount *amount);
/* The same for a number that must be below @limit to be taken. */
bool span_below(struct span *s, uint32_t limit, uint32_t *number);
/* Copy to a buffer of @size bytes. False: it does not fit, and "" is there. */
bool span_copy(struct span s, char *buf, size_t size);

#endif
