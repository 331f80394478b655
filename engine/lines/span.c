/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "lines/span.h"

#include <string.h>

bool span_begins(struct span s, const char *text)
{
	const size_t length = strlen(text);

	return span_size(s) >= length && !memcmp(s.at, text, length);
}

bool span_is(struct span s, const char *text)
{
	return span_size(s) == strlen(text) && span_begins(s, text);
}

const char *span_find(struct span s, const char *text)
{
	return memmem(s.at, span_size(s), text, strlen(text));
}

bool span_field(struct span s, const char *key, struct span *value)
{
	const char *begin = s.at;

	while ((s.at = span_find(s, key))) {
		*value = (struct span){ s.at + strlen(key), s.end };
		if (s.at == begin || s.at[-1] == ' ' || s.at[-1] == ',')
			return true;
		s.at++;
	}
	return false;
}

bool span_take(struct span *s, const char *text)
{
	if (!span_begins(*s, text))
		return false;
	s->at += strlen(text);
	return true;
}

struct span span_word(struct span *s)
{
	struct span word;

	while (span_peek(*s) == ' ')
		s->at++;
	word = (struct span){ s->at, s->at };
	while (s->at < s->end && *s->at != ' ')
		s->at++;
	word.end = s->at;
	return word;
}

bool span_amount(struct span *s, struct amount *amount)
{
	struct span rest = *s;

	*amount = (struct amount){ .wrapped = span_take(&rest, "-") };
	if (!is_digit(span_peek(rest)))
		return false;
	for (; is_digit(span_peek(rest)); rest.at++) {
		const uint64_t digit = (uint64_t)(*rest.at - '0');

		if (amount->value > (UINT64_MAX - digit) / 10)
			amount->wrapped = true;
		else
			amount->value = amount->value * 10 + digit;
	}
	if (amount->value > INT64_MAX)
		amount->wrapped = true;
	amount->text = (struct span){ s->at, rest.at };
	*s = rest;
	return true;
}

bool span_below(struct span *s, uint32_t limit, uint32_t *number)
{
	struct span rest = *s;
	struct amount amount;

	if (!span_amount(&rest, &amount) || amount.wrapped ||
	    amount.value >= limit)
		return false;
	*number = (uint32_t)amount.value;
	*s = rest;
	return true;
}

bool span_copy(struct span s, char *buf, size_t size)
{
	const bool fits = span_size(s) < size;

	if (fits)
		memcpy(buf, s.at, span_size(s));
	buf[fits ? span_size(s) : 0] = '\0';
	return fits;
}
