/* SPDX-License-Identifier: GPL-2.0-or-later */
/* answers: read from captions. */
#include "grade/answers.h"

#include <stdlib.h>
#include <string.h>

#include "machine/array.h"

enum { MAX_ANSWERS = 1000, MAX_VALUE_BYTES = 200 };

void answers_destroy(struct answers *a)
{
	for (uint32_t i = 0; i < a->nr; i++) {
		free(a->list[i].name);
		free(a->list[i].value);
	}
	free(a->list);
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
void answers_note(void *context, const struct session *s,
		  const struct note *note)
{
	struct answers *a = context;
	struct grade_answer one, *kept = NULL;
	const char *value;
	size_t name, length;

	(void)s;
	if (note->kind != NOTE_SAY || a->nr == MAX_ANSWERS || a->no_memory ||
	    !split_answer(note->text, &name, &value, &length))
		return;
	one.name = strndup(note->text, name);
	one.value = strndup(value, length);
	if (one.name && one.value)
		kept = array_add(a->list, a->nr);
	if (kept) {
		*kept = one;
		return;
	}
	free(one.name);
	free(one.value);
	a->no_memory = true;
}
