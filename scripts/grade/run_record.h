/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run_record: what a submission does while it runs: what it answers with its
 * captions, say "name = value", and the hash of its events.
 */
#ifndef SCRIPTS_GRADE_RUN_RECORD_H
#define SCRIPTS_GRADE_RUN_RECORD_H

#include <stdbool.h>

#include "machine/sha256.h"
#include "session/session.h"

struct grade_answer {
	char *name;
	char *value;
};

struct run_record {
	struct grade_answer *answers;
	uint32_t nr_answers;
	struct sha256 events; /* session/event_hash.h */
	bool no_memory;
};

void run_record_init(struct run_record *r);
void run_record_destroy(struct run_record *r);
/* For scenario_options.on_note and on_step; @context is a run_record. */
void run_record_note(void *context, const struct session *s,
		     const struct note *note);
void run_record_step(void *context, const struct session *s, uint32_t step);

#endif
