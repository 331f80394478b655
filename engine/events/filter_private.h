/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * condition_node: what a condition is when it has been read. Between
 * condition_read.c, which makes it, and condition.c, which asks it.
 */
#ifndef ENGINE_CONDITION_NODE_H
#define ENGINE_CONDITION_NODE_H

#include "events/filter.h"

enum {
	MAX_CONDITION_NODES = 96,
	MAX_CONDITION_NAMES = 32,
	MAX_CONDITION_DEPTH = 24,
	MAX_CONDITION_WORD = 96
};

enum node_kind {
	/* answers */
	NODE_OR,
	NODE_AND,
	NODE_NOT,
	NODE_EQUAL,
	NODE_UNEQUAL,
	NODE_LESS,
	NODE_LESS_EQUAL,
	NODE_HAS,
	NODE_TOUCHES,
	NODE_TRUTH, /* a value that is asked for itself */
	/* values */
	NODE_PLUS,
	NODE_MINUS,
	NODE_NUMBER,
	NODE_NAME,
};

/* An index into the nodes. */
typedef uint8_t node_t;

struct condition_node {
	enum node_kind kind;
	node_t left;
	node_t right;
	uint8_t name; /* NAME: an index into the names */
	uint32_t at; /* where it stands in the text */
	int64_t number; /* NUMBER, TOUCHES */
};

/* What a name can mean; which of it, the event decides. */
struct condition_name {
	char text[MAX_CONDITION_WORD];
	int event; /* the event called so, or -1 */
	bool is_step;
	bool is_request;
	bool is_field; /* of any event */
	int8_t field[NR_EVENTS]; /* its place there, or -1 */
	bool is_word[NR_KINDS]; /* can a field of that kind hold it? */
	int64_t word[NR_KINDS];
};

struct condition {
	struct condition_node nodes[MAX_CONDITION_NODES];
	unsigned int nr_nodes;
	struct condition_name names[MAX_CONDITION_NAMES];
	unsigned int nr_names;
	node_t root;
};

/* Fill a name's meanings in from its text. */
void condition_name_find(struct condition_name *name);
/* The words that a field of @kind can hold: the nearest to @word, or NULL. */
const char *condition_nearest_word(enum field_kind kind, const char *word);

#endif
