/* SPDX-License-Identifier: GPL-2.0-or-later */
/* filter_token: names, numbers, quoted strings and operators. */
#include "events/filter_private.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/utf8.h"

void filter_fail(struct reader *r, const char *format, ...)
{
	va_list list;

	r->error->column = (unsigned int)(r->begin - r->text) + 1;
	va_start(list, format);
	vsnprintf(r->error->text, sizeof(r->error->text), format, list);
	va_end(list);
	longjmp(r->wrong, 1);
}

/* -- tokens --------------------------------------------------------------- */

static void take_word(struct reader *r, const char *begin, size_t length)
{
	if (length >= sizeof(r->word))
		filter_fail(r, "a name has at most %zu characters",
			    sizeof(r->word) - 1);
	memcpy(r->word, begin, length);
	r->word[length] = '\0';
}

static void next_number(struct reader *r)
{
	char *end;

	r->token = TOKEN_NUMBER;
	errno = 0;
	r->number = strtoll(r->begin, &end, 0);
	if (errno || isalnum((unsigned char)*end) || *end == '_' || *end == '.')
		filter_fail(r, "\"%.20s\": expected an integer", r->begin);
	r->at = end;
}

/* GFP_KERNEL|__GFP_ZERO is one name. */
static void next_name(struct reader *r)
{
	const char *end = r->begin;

	while (isalnum((unsigned char)*end) || *end == '_' ||
	       (*end == '|' &&
		(isalpha((unsigned char)end[1]) || end[1] == '_')))
		end++;
	r->token = TOKEN_NAME;
	take_word(r, r->begin, (size_t)(end - r->begin));
	r->at = end;
}

static void next_text(struct reader *r)
{
	const char *end = strchr(r->begin + 1, *r->begin);

	if (!end)
		filter_fail(r, "missing closing quote");
	r->token = TOKEN_TEXT;
	take_word(r, r->begin + 1, (size_t)(end - r->begin) - 1);
	r->at = end + 1;
}

static void next_sign(struct reader *r)
{
	static const char *const signs[] = {
		"==", "!=", "~=", "<=", ">=", "=", "<", ">", "(", ")", "+", "-"
	};
	uint32_t character;
	size_t length;

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		length = strlen(signs[i]);

		if (strncmp(r->begin, signs[i], length))
			continue;
		r->token = TOKEN_SIGN;
		take_word(r, r->begin, length);
		r->at = r->begin + length;
		return;
	}
	if (!strncmp(r->begin, "&&", 2) || !strncmp(r->begin, "||", 2) ||
	    *r->begin == '!')
		filter_fail(r, "unknown operator; write and, or, not");
	length = utf8_decode(r->begin, strlen(r->begin), &character);
	filter_fail(r,
		    "\"%.*s\": unknown operator; the operators are = != < <= "
		    "> >= has",
		    length ? (int)length : 1, r->begin);
}

void filter_next(struct reader *r)
{
	r->begin = r->at + strspn(r->at, " \t\n");
	if (!*r->begin)
		r->token = TOKEN_END;
	else if (isdigit((unsigned char)*r->begin))
		next_number(r);
	else if (isalpha((unsigned char)*r->begin) || *r->begin == '_')
		next_name(r);
	else if (*r->begin == '"' || *r->begin == '\'')
		next_text(r);
	else
		next_sign(r);
}

bool filter_accept(struct reader *r, enum token token, const char *word)
{
	if (r->token != token || strcmp(r->word, word))
		return false;
	filter_next(r);
	return true;
}
