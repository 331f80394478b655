/* SPDX-License-Identifier: GPL-2.0-or-later */
/* answers: what a submission answers with its captions, say "name = value". */
#ifndef SCRIPTS_GRADE_ANSWERS_H
#define SCRIPTS_GRADE_ANSWERS_H

#include <stdbool.h>

#include "session/session.h"

struct grade_answer {
	char *name;
	char *value;
};

struct answers {
	struct grade_answer *list;
	uint32_t nr;
	bool no_memory;
};

/* For scenario_options.on_note; @context is a struct answers. */
void answers_note(void *context, const struct session *s,
		  const struct note *note);
void answers_destroy(struct answers *a);

#endif
