/* SPDX-License-Identifier: GPL-2.0-or-later */
/* filter: the evaluation for an event. */
#include "events/filter.h"

#include <stdlib.h>
#include <string.h>

#include "events/filter_private.h"

void filter_free(struct filter *c)
{
	free(c);
}

/* -- values --------------------------------------------------------------- */

struct evaluation {
	const struct filter *c;
	const struct machine *m;
	const struct event *event;
	uint32_t step;
};

/* The value of a node for this event; kind NR_KINDS: a plain number. */
struct value {
	bool known;
	enum field_kind kind;
	int64_t number;
	const struct filter_name *word; /* if not known: the name */
};

/* Zone names in a filter are zone types: translate a zone index. */
static int64_t zone_type(const struct machine *m, int64_t index)
{
	return m ? zone_type_from_name(zone_name(m, (unsigned int)index)) :
		   index;
}

static struct value name_value(const struct evaluation *q,
			       const struct filter_name *name)
{
	const struct event_type *type = event_type(q->event);
	const int field = name->field[event_id(q->event)];
	struct value v = { .known = true, .kind = NR_KINDS };

	if (field >= 0) {
		v.kind = type->fields[field].kind;
		v.number = event_field_value(q->event, &type->fields[field]);
		if (v.kind == KIND_zone)
			v.number = zone_type(q->m, v.number);
	} else if (name->is_step) {
		v.number = q->step;
	} else if (name->is_request) {
		v.number = (int64_t)q->event->request + 1;
	} else {
		v = (struct value){ .word = name };
	}
	return v;
}

static struct value node_value(const struct evaluation *q, node_t index)
{
	const struct filter_node *n = &q->c->nodes[index];
	struct value a, b;

	if (n->kind == NODE_NUMBER)
		return (struct value){ true, NR_KINDS, n->number, NULL };
	if (n->kind == NODE_NAME)
		return name_value(q, &q->c->names[n->name]);
	a = node_value(q, n->left);
	b = node_value(q, n->right);
	/* unsigned, so that an overflow is defined */
	a.number = (int64_t)(n->kind == NODE_PLUS ?
				     (uint64_t)a.number + (uint64_t)b.number :
				     (uint64_t)a.number - (uint64_t)b.number);
	a.known = a.known && b.known;
	a.kind = NR_KINDS;
	a.word = NULL;
	return a;
}

/* A name compared with a field is a value of that field. */
static void resolve_word(struct value *word, const struct value *field)
{
	if (word->known || !word->word || !field->known ||
	    field->kind >= NR_KINDS || !word->word->is_word[field->kind])
		return;
	word->known = true;
	word->number = word->word->word[field->kind];
}

/* -- evaluation ----------------------------------------------------------- */

/* NEITHER: the event does not have the field. */
enum answer { NO, YES, NEITHER };

/* A nodemask contains a node; a mask contains all bits of another. */
static bool has(const struct value *mask, const struct value *part)
{
	if (mask->kind == KIND_nodemask)
		return part->number >= 0 && part->number < MAX_NUMNODES &&
		       (uint64_t)mask->number >> part->number & 1;
	return (mask->number & part->number) == part->number;
}

static enum answer compare(const struct evaluation *q,
			   const struct filter_node *n)
{
	struct value a = node_value(q, n->left), b = node_value(q, n->right);
	bool yes = false;

	resolve_word(&a, &b);
	resolve_word(&b, &a);
	if (!a.known || !b.known)
		return NEITHER;
	if (n->kind == NODE_EQUAL)
		yes = a.number == b.number;
	else if (n->kind == NODE_UNEQUAL)
		yes = a.number != b.number;
	else if (n->kind == NODE_LESS)
		yes = a.number < b.number;
	else if (n->kind == NODE_LESS_EQUAL)
		yes = a.number <= b.number;
	else
		yes = has(&a, &b);
	return yes ? YES : NO;
}

/* An event name on its own holds for exactly the events of that name. */
static enum answer truth(const struct evaluation *q,
			 const struct filter_node *n)
{
	struct value v = node_value(q, n->left);

	if (v.known)
		return v.number ? YES : NO;
	if (!v.word || v.word->event < 0)
		return NEITHER;
	return event_id(q->event) == (enum event_id)v.word->event ? YES : NO;
}

/*
 * Does a block of the event contain the page? The largest order among the
 * fields bounds the size of the blocks.
 */
static enum answer touches(const struct evaluation *q, int64_t pfn)
{
	const struct event_type *type = event_type(q->event);
	int64_t order = 0;

	for (unsigned int i = 0; i < type->nr_fields; i++) {
		int64_t value = event_field_value(q->event, &type->fields[i]);

		if (type->fields[i].kind == KIND_order && value > order &&
		    value < 32)
			order = value;
	}
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		int64_t first = event_field_value(q->event, &type->fields[i]);

		if (type->fields[i].kind == KIND_pfn && first != PFN_NONE &&
		    pfn >= first && pfn < first + (1ll << order))
			return YES;
	}
	return NO;
}

static enum answer evaluate(const struct evaluation *q, node_t index)
{
	const struct filter_node *n = &q->c->nodes[index];
	enum answer a, b;

	switch (n->kind) {
	case NODE_OR:
	case NODE_AND:
		a = evaluate(q, n->left);
		if (a == (n->kind == NODE_OR ? YES : NO))
			return a;
		b = evaluate(q, n->right);
		return b == NEITHER || b == (n->kind == NODE_OR ? YES : NO) ?
			       b :
			       a;
	case NODE_NOT:
		a = evaluate(q, n->left);
		return a == NEITHER ? a : a == YES ? NO : YES;
	case NODE_TOUCHES:
		return touches(q, n->number);
	case NODE_TRUTH:
		return truth(q, n);
	default:
		return compare(q, n);
	}
}

bool filter_holds(const struct filter *c, const struct machine *m,
		  const struct event *event, uint32_t step)
{
	const struct evaluation q = { c, m, event, step };

	return evaluate(&q, c->root) == YES;
}
