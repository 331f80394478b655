/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * log: what happens to a machine, as lines of text.
 *
 *   request 2, line 14: alloc order 3 GFP_KERNEL, node 0, cpu 0
 *      12    The walk of node 0's zonelist begins ...
 *   | a caption of the scenario
 *
 * One line per event, with its step's number, indented by its depth in the
 * allocator.
 */
#ifndef TUI_LOG_H
#define TUI_LOG_H

#include <stdio.h>

#include "session/session.h"

enum { MAX_LOG_MACHINES = 64 };

struct run_log {
	FILE *out;
	/* in order of appearance */
	const struct session *machines[MAX_LOG_MACHINES];
	uint32_t nr_machines;
};

void log_lesson(struct run_log *t, const char *title, const char *goal);
/* Step @step, with its request's headline where that begins. */
void log_step(struct run_log *t, const struct session *s, uint32_t step);
void log_note(struct run_log *t, const struct note *note);

#endif
