/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter_token: the tokens of a filter's text; shared by filter_token.c and
 * filter_read.c.
 */
#ifndef ENGINE_FILTER_TOKEN_H
#define ENGINE_FILTER_TOKEN_H

#include <setjmp.h>

#include "events/filter_private.h"

enum token {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_NAME,
	TOKEN_TEXT, /* in quotes, so never a keyword */
	TOKEN_SIGN,
};

struct reader {
	struct filter *c;
	struct filter_error *error;
	const char *text;
	const char *at; /* the end of the current token */
	const char *begin; /* the start of the current token */
	enum token token;
	char word[MAX_FILTER_WORD];
	int64_t number;
	unsigned int depth;
	jmp_buf wrong;
};

/* Report an error at the current token; does not return. */
void filter_fail(struct reader *r, const char *format, ...)
	__attribute__((format(printf, 2, 3), noreturn));
/* Advance to the next token. */
void filter_next(struct reader *r);
/* Advance if the current token is this one. */
bool filter_accept(struct reader *r, enum token token, const char *word);

#endif
