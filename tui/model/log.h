/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * log: what happens to a machine, as lines of text.
 *
 *   request 2, line 14: alloc order 3 GFP_KERNEL, node 0, cpu 0
 *      12    The walk of node 0's zonelist begins ...
 *   | a caption of the scenario
 *   + 70 requests, steps 13 to 544: alloc order 0 GFP_KERNEL, node 0, cpu 0
 *
 * One line per event, with its step's number, indented by its depth in the
 * allocator, and one line per fold.
 */
#ifndef TUI_LOG_H
#define TUI_LOG_H

#include <stdio.h>

#include "session/session.h"

enum { MAX_LOG_MACHINES = 64 };

struct run_log {
	FILE *out;
	bool captions; /* only what the scenario says */
	bool unfold; /* every step of a fold */
	uint32_t depth; /* of the folds that are open */
	/* the outermost of these */
	uint32_t fold_begin, fold_request;
	char fold_text[512];
	/* in order of appearance */
	const struct session *machines[MAX_LOG_MACHINES];
	uint32_t nr_machines;
};

void log_lesson(struct run_log *t, const char *title, const char *goal);
/* Step @step, with its request's headline where that begins. */
void log_step(struct run_log *t, const struct session *s, uint32_t step);
/* The line of a fold: the steps after @begin up to @end. */
void log_fold(struct run_log *t, uint32_t nr_requests, uint32_t begin,
	      uint32_t end, const char *text);
/* @note stands after @i notes of @s; NULL: before the first machine. */
void log_note(struct run_log *t, const struct session *s, uint32_t i,
	      const struct note *note);

#endif
