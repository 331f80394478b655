/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * condition_token: the text of a condition as tokens. Between
 * condition_token.c and condition_read.c.
 */
#ifndef ENGINE_CONDITION_TOKEN_H
#define ENGINE_CONDITION_TOKEN_H

#include <setjmp.h>

#include "events/filter_private.h"

enum token {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_NAME,
	TOKEN_TEXT, /* in quotes: never "and", "or", "not" */
	TOKEN_SIGN,
};

struct reader {
	struct condition *c;
	struct condition_error *error;
	const char *text;
	const char *at; /* behind the token */
	const char *begin; /* of the token */
	enum token token;
	char word[MAX_CONDITION_WORD];
	int64_t number;
	unsigned int depth;
	jmp_buf wrong;
};

/* Say what is wrong at the present token; does not return. */
void condition_fail(struct reader *r, const char *format, ...)
	__attribute__((format(printf, 2, 3), noreturn));
/* Go on to the next token. */
void condition_next(struct reader *r);
/* Is this the token? Then go on to the next. */
bool condition_accept(struct reader *r, enum token token, const char *word);

#endif
