/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter_read: parse a filter, by recursive descent.
 *
 *   or       and { "or" and }
 *   and      not { "and" not }
 *   not      "not" not | "touches" NUMBER | compare
 *   compare  sum [ = == != ~= < <= > >= has sum ]
 *   sum      value { + - value }
 *   value    NUMBER | - value | NAME | "TEXT" | ( or )
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "events/filter_private.h"

/* -- nodes ---------------------------------------------------------------- */

static node_t new_node(struct reader *r, enum node_kind kind, node_t left,
		       node_t right)
{
	struct filter *c = r->c;

	if (c->nr_nodes == MAX_FILTER_NODES)
		filter_fail(r, "the filter is too long");
	c->nodes[c->nr_nodes] = (struct filter_node){
		.kind = kind,
		.left = left,
		.right = right,
		.at = (uint32_t)(r->begin - r->text),
	};
	return (node_t)c->nr_nodes++;
}

static node_t new_number(struct reader *r, enum node_kind kind, int64_t number)
{
	node_t node = new_node(r, kind, 0, 0);

	r->c->nodes[node].number = number;
	return node;
}

static node_t new_name(struct reader *r)
{
	struct filter *c = r->c;
	struct filter_name *name = &c->names[c->nr_names];
	node_t node = new_node(r, NODE_NAME, 0, 0);

	if (c->nr_names == MAX_FILTER_NAMES)
		filter_fail(r, "the filter has too many names");
	snprintf(name->text, sizeof(name->text), "%s", r->word);
	filter_name_find(name);
	c->nodes[node].name = (uint8_t)c->nr_names++;
	return node;
}

/* -- the grammar ---------------------------------------------------------- */

static node_t read_or(struct reader *r);
static node_t read_value(struct reader *r);

static node_t read_group(struct reader *r)
{
	node_t node;

	if (++r->depth > MAX_FILTER_DEPTH)
		filter_fail(r, "parentheses are nested too deeply");
	node = read_or(r);
	if (!filter_accept(r, TOKEN_SIGN, ")"))
		filter_fail(r, "expected \")\"");
	r->depth--;
	return node;
}

static node_t read_negative(struct reader *r)
{
	node_t zero = new_number(r, NODE_NUMBER, 0);

	if (++r->depth > MAX_FILTER_DEPTH)
		filter_fail(r, "too many minus signs in a row");
	zero = new_node(r, NODE_MINUS, zero, read_value(r));
	r->depth--;
	return zero;
}

static bool is_keyword(const char *word)
{
	return !strcmp(word, "and") || !strcmp(word, "or") ||
	       !strcmp(word, "not") || !strcmp(word, "has") ||
	       !strcmp(word, "touches");
}

static node_t read_value(struct reader *r)
{
	node_t node;

	if (filter_accept(r, TOKEN_SIGN, "("))
		return read_group(r);
	if (filter_accept(r, TOKEN_SIGN, "-"))
		return read_negative(r);
	if (r->token == TOKEN_NUMBER)
		node = new_number(r, NODE_NUMBER, r->number);
	else if (r->token == TOKEN_TEXT ||
		 (r->token == TOKEN_NAME && !is_keyword(r->word)))
		node = new_name(r);
	else
		filter_fail(r, "expected a field, an event or a number");
	filter_next(r);
	return node;
}

/* The operands of a sum or comparison are values, not comparisons. */
static node_t value_node(struct reader *r, node_t node)
{
	if (r->c->nodes[node].kind < NODE_PLUS)
		filter_fail(
			r,
			"a comparison is not a value; combine comparisons with "
			"and, or");
	return node;
}

static node_t read_sum(struct reader *r)
{
	node_t node = read_value(r);

	for (;;) {
		enum node_kind kind = NODE_PLUS;

		if (r->token == TOKEN_SIGN && !strcmp(r->word, "-"))
			kind = NODE_MINUS;
		else if (r->token != TOKEN_SIGN || strcmp(r->word, "+"))
			return node;
		value_node(r, node);
		filter_next(r);
		node = new_node(r, kind, node, value_node(r, read_value(r)));
	}
}

/* A comparison operator; > and >= become < and <= with @swapped sides. */
static bool accept_compare(struct reader *r, enum node_kind *kind,
			   bool *swapped)
{
	static const struct {
		const char *sign;
		enum node_kind kind;
		bool swapped;
	} signs[] = {
		{ "=", NODE_EQUAL, false },
		{ "==", NODE_EQUAL, false },
		{ "!=", NODE_UNEQUAL, false },
		{ "~=", NODE_UNEQUAL, false },
		{ "<", NODE_LESS, false },
		{ ">", NODE_LESS, true },
		{ "<=", NODE_LESS_EQUAL, false },
		{ ">=", NODE_LESS_EQUAL, true },
	};

	*swapped = false;
	*kind = NODE_HAS;
	if (filter_accept(r, TOKEN_NAME, "has"))
		return true;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (!filter_accept(r, TOKEN_SIGN, signs[i].sign))
			continue;
		*kind = signs[i].kind;
		*swapped = signs[i].swapped;
		return true;
	}
	return false;
}

static node_t read_compare(struct reader *r)
{
	node_t left = read_sum(r), right;
	enum node_kind kind;
	bool swapped;

	if (!accept_compare(r, &kind, &swapped))
		return left; /* the caller decides whether it is a condition */
	value_node(r, left);
	right = value_node(r, read_sum(r));
	filter_check_sides(r, left, right);
	return swapped ? new_node(r, kind, right, left) :
			 new_node(r, kind, left, right);
}

/* A value used as a condition holds if it is not 0. */
static node_t answer_node(struct reader *r, node_t node)
{
	if (r->c->nodes[node].kind < NODE_PLUS)
		return node;
	filter_check_truth(r, node);
	return new_node(r, NODE_TRUTH, node, 0);
}

static node_t read_not(struct reader *r)
{
	node_t node;

	if (filter_accept(r, TOKEN_NAME, "touches")) {
		if (r->token != TOKEN_NUMBER)
			filter_fail(r, "touches: expected a page frame number");
		node = new_number(r, NODE_TOUCHES, r->number);
		filter_next(r);
		return node;
	}
	if (!filter_accept(r, TOKEN_NAME, "not"))
		return read_compare(r);
	if (++r->depth > MAX_FILTER_DEPTH)
		filter_fail(r, "too many \"not\" in a row");
	node = new_node(r, NODE_NOT, answer_node(r, read_not(r)), 0);
	r->depth--;
	return node;
}

static node_t read_and(struct reader *r)
{
	node_t node = read_not(r);

	while (filter_accept(r, TOKEN_NAME, "and"))
		node = new_node(r, NODE_AND, answer_node(r, node),
				answer_node(r, read_not(r)));
	return node;
}

static node_t read_or(struct reader *r)
{
	node_t node = read_and(r);

	while (filter_accept(r, TOKEN_NAME, "or"))
		node = new_node(r, NODE_OR, answer_node(r, node),
				answer_node(r, read_and(r)));
	return node;
}

/* Parse the text; false, with the error set, if it is invalid. */
static bool read_text(struct reader *r)
{
	if (setjmp(r->wrong))
		return false;
	filter_next(r);
	if (r->token == TOKEN_END)
		filter_fail(r, "the filter is empty; write a field, an event "
			       "or a comparison");
	r->c->root = answer_node(r, read_or(r));
	if (r->token != TOKEN_END)
		filter_fail(
			r, "expected \"and\", \"or\" or the end of the filter");
	return true;
}

struct filter *filter_new(const char *text, struct filter_error *error)
{
	struct reader r = {
		.c = calloc(1, sizeof(struct filter)),
		.error = error,
		.text = text,
		.at = text,
	};

	*error = (struct filter_error){ .column = 1 };
	if (!r.c) {
		snprintf(error->text, sizeof(error->text), "no memory");
		return NULL;
	}
	if (read_text(&r))
		return r.c;
	free(r.c);
	return NULL;
}
