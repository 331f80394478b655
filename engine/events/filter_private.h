/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter_private: the syntax tree of a filter. filter_token.c splits the text,
 * filter_read.c builds the tree, filter_name.c knows what its names mean, and
 * filter.c evaluates it.
 */
#ifndef ENGINE_FILTER_PRIVATE_H
#define ENGINE_FILTER_PRIVATE_H

#include <setjmp.h>

#include "events/filter.h"

enum {
	MAX_FILTER_NODES = 96,
	MAX_FILTER_NAMES = 32,
	MAX_FILTER_DEPTH = 24,
	MAX_FILTER_WORD = 96
};

enum node_kind {
	/* conditions */
	NODE_OR,
	NODE_AND,
	NODE_NOT,
	NODE_EQUAL,
	NODE_UNEQUAL,
	NODE_LESS,
	NODE_LESS_EQUAL,
	NODE_HAS,
	NODE_TOUCHES,
	NODE_TRUTH, /* a value on its own: is it not 0? */
	/* values */
	NODE_PLUS,
	NODE_MINUS,
	NODE_NUMBER,
	NODE_NAME,
};

/* An index into the nodes. */
typedef uint8_t node_t;

struct filter_node {
	enum node_kind kind;
	node_t left;
	node_t right;
	uint8_t name; /* NAME: an index into the names */
	uint32_t at; /* offset in the text */
	int64_t number; /* NUMBER, TOUCHES */
};

/* All meanings of a name; the event decides which one applies. */
struct filter_name {
	char text[MAX_FILTER_WORD];
	int event; /* the event of this name, or -1 */
	bool is_step;
	bool is_request;
	bool is_field; /* of at least one event */
	int8_t field[NR_EVENTS]; /* index of the field, or -1 */
	bool is_word[NR_KINDS]; /* a value of fields of that kind? */
	int64_t word[NR_KINDS];
};

struct filter {
	struct filter_node nodes[MAX_FILTER_NODES];
	unsigned int nr_nodes;
	struct filter_name names[MAX_FILTER_NAMES];
	unsigned int nr_names;
	node_t root;
};

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

/* Set the meanings of a name from its text. */
void filter_name_find(struct filter_name *name);
/* The value @node, used as a condition, is a field, an event or a number. */
void filter_check_truth(struct reader *r, node_t node);
/*
 * Each side of a comparison is a field, a number, or a value of the other
 * side. Both raise an error as filter_fail() does.
 */
void filter_check_sides(struct reader *r, node_t left, node_t right);

#endif
