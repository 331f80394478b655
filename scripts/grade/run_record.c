/* SPDX-License-Identifier: GPL-2.0-or-later */
/* run_record: answers are read from captions, events hashed one by one. */
#include "grade/run_record.h"

#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "session/event_hash.h"

enum { MAX_ANSWERS = 1000, MAX_VALUE_BYTES = 200 };

void run_record_init(struct run_record *r)
{
	*r = (struct run_record){ .answers = NULL };
	event_hash_begin(&r->events);
}

void run_record_destroy(struct run_record *r)
{
	for (uint32_t i = 0; i < r->nr_answers; i++) {
		free(r->answers[i].name);
		free(r->answers[i].value);
	}
	free(r->answers);
}

void run_record_step(void *context, const struct session *s, uint32_t step)
{
	struct run_record *r = context;

	event_hash_add(&r->events, history_event(session_history(s), step));
}

/* Split "name = value", without blanks around. False: another caption. */
static bool split_answer(const char *text, size_t *name, const char **value,
			 size_t *length)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_.-";

	*name = strspn(text, letters);
	*value = text + *name;
	*value += strspn(*value, " \t");
	if (!*name || **value != '=')
		return false;
	*value += 1 + strspn(*value + 1, " \t");
	*length = strlen(*value);
	while (*length && strchr(" \t\n", (*value)[*length - 1]))
		--*length;
	if (*length > MAX_VALUE_BYTES)
		*length = MAX_VALUE_BYTES; /* no answer is so long: it is wrong
					      anyway */
	return *length > 0;
}

/* Of two answers to the same question, the last one counts. */
void run_record_note(void *context, const struct session *s,
		     const struct note *note)
{
	struct run_record *r = context;
	struct grade_answer one, *kept = NULL;
	const char *value;
	size_t name, length;

	(void)s;
	if (note->kind != NOTE_SAY || r->nr_answers == MAX_ANSWERS ||
	    r->no_memory || !split_answer(note->text, &name, &value, &length))
		return;
	one.name = strndup(note->text, name);
	one.value = strndup(value, length);
	if (one.name && one.value)
		kept = array_add(r->answers, r->nr_answers);
	if (kept) {
		*kept = one;
		return;
	}
	free(one.name);
	free(one.value);
	r->no_memory = true;
}
