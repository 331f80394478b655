/* SPDX-License-Identifier: GPL-2.0-or-later */
/* filter_name: what the names of a filter mean, and where they may stand. */
#include <string.h>

#include "events/filter_private.h"
#include "machine/gfp.h"

void filter_name_find(struct filter_name *name)
{
	const char *field = strcmp(name->text, "node") ? name->text : "nid";

	name->event = event_from_name(name->text);
	name->is_step = !strcmp(name->text, "step");
	name->is_request = !strcmp(name->text, "request");
	for (int id = 0; id < NR_EVENTS; id++) {
		name->field[id] =
			(int8_t)event_field_index(&event_types[id], field);
		name->is_field |= name->field[id] >= 0;
	}
	for (int kind = 0; kind < NR_KINDS; kind++)
		name->is_word[kind] = field_value_from_text(
			(enum field_kind)kind, name->text, &name->word[kind]);
}

/* The value of fields of @kind most similar to @word, or NULL. */
static const char *nearest_word(enum field_kind kind, const char *word)
{
	const unsigned int nr = kind == KIND_zone	 ? MAX_NR_ZONES :
				kind == KIND_migratetype ? MIGRATE_TYPES :
							   enum_size(kind);
	const char *names[32];

	if (kind == KIND_gfp)
		return nearest_name(word, gfp_names, nr_gfp_names,
				    sizeof(gfp_names[0]));
	if (kind == KIND_alloc_flags)
		return nearest_name(word, alloc_flag_names, nr_alloc_flag_names,
				    sizeof(alloc_flag_names[0]));
	for (unsigned int i = 0; i < nr && i < 32; i++)
		names[i] = kind == KIND_zone	    ? zone_type_name(i) :
			   kind == KIND_migratetype ? migratetype_name(i) :
						      enum_name(kind, i);
	return nearest_name(word, names, nr < 32 ? nr : 32, sizeof(names[0]));
}

static const struct filter_name *node_name(const struct reader *r, node_t node)
{
	const struct filter_node *n = &r->c->nodes[node];

	return n->kind == NODE_NAME ? &r->c->names[n->name] : NULL;
}

/* Report the error at the column of @node. */
static void go_to(struct reader *r, node_t node)
{
	r->begin = r->text + r->c->nodes[node].at;
}

static bool is_variable(const struct filter_name *name)
{
	return name->is_field || name->is_step || name->is_request;
}

/* The field or event name most similar to @word, or NULL. */
static const char *nearest_variable(const char *word)
{
	const char *near = event_nearest(word);

	for (int id = 0; id < NR_EVENTS && !near; id++)
		near = nearest_name(word, &event_types[id].fields->name,
				    event_types[id].nr_fields,
				    sizeof(event_types[id].fields[0]));
	return near;
}

__attribute__((noreturn)) static void fail_unknown(struct reader *r,
						   const char *word)
{
	const char *near = nearest_variable(word);

	filter_fail(
		r,
		"\"%.60s\": unknown field, event or value%s%s%s (zonewalk doc "
		"events)",
		word, near ? "; did you mean " : "", near ? near : "",
		near ? "?" : "");
}

void filter_check_truth(struct reader *r, node_t node)
{
	const struct filter_name *name = node_name(r, node);

	if (!name || is_variable(name) || name->event >= 0)
		return;
	go_to(r, node);
	for (int kind = 0; kind < NR_KINDS; kind++)
		if (name->is_word[kind])
			filter_fail(r,
				    "\"%.60s\" is a value, not a condition; "
				    "compare it, as in %s = %s",
				    name->text,
				    field_kind_name((enum field_kind)kind),
				    name->text);
	fail_unknown(r, name->text);
}

/* Is @word a value of the field @field in any event? */
static bool can_hold(const struct filter_name *field,
		     const struct filter_name *word, const char **near)
{
	for (int id = 0; id < NR_EVENTS; id++) {
		enum field_kind kind;

		if (field->field[id] < 0)
			continue;
		kind = event_types[id].fields[field->field[id]].kind;
		if (word->is_word[kind])
			return true;
		if (!*near)
			*near = nearest_word(kind, word->text);
	}
	return false;
}

/* A gfp flag that only other releases have gets a message of its own. */
static void check_other_flag(struct reader *r, const char *text)
{
	char word[GFP_WORD_MAX] = "", error[160];
	gfp_t gfp;

	if (!gfp_from_text(text, &gfp, word, sizeof(word), NULL) &&
	    gfp_other_flag(word))
		filter_fail(r, "\"%.60s\": %s (zonewalk doc gfp)", word,
			    gfp_word_error(word, NULL, error, sizeof(error)));
}

void filter_check_sides(struct reader *r, node_t left, node_t right)
{
	const struct filter_name *a = node_name(r, left);
	const struct filter_name *b = node_name(r, right);
	const struct filter_name *word = a && !is_variable(a) ? a : b;
	const struct filter_name *field = word == a ? b : a;
	const char *near = NULL;

	if (!word || is_variable(word))
		return; /* numbers and fields */
	if (field && is_variable(field)) {
		if (can_hold(field, word, &near))
			return;
		go_to(r, word == a ? left : right);
		check_other_flag(r, word->text);
		if (!near)
			near = nearest_variable(word->text);
		filter_fail(
			r,
			"\"%.60s\": not a value of %.60s%s%s%s (zonewalk doc "
			"events)",
			word->text, field->text, near ? "; did you mean " : "",
			near ? near : "", near ? "?" : "");
	}
	go_to(r, word == a ? left : right);
	if (word->event >= 0)
		filter_fail(r,
			    "%s is an event and cannot be compared; write "
			    "%s and order = 0",
			    word->text, word->text);
	if (field && field != word) {
		go_to(r, word == a ? right : left);
		fail_unknown(r, field->text);
	}
	fail_unknown(r, word->text);
}
