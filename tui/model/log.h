/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tell: what happens to a machine, told as lines of text.
 *
 *   request 2, line 14: alloc order 3 GFP_KERNEL, node 0, cpu 0
 *      12    The walk of node 0's zonelist begins ...
 *   | a caption of the scenario
 *
 * A line an event, with its step's number, indented by how deep in the
 * allocator it happened.
 */
#ifndef TUI_TELL_H
#define TUI_TELL_H

#include <stdio.h>

#include "session/session.h"

enum { MAX_TOLD_MACHINES = 64 };

struct telling {
	FILE *out;
	/* machines in the order they were first heard of */
	const struct session *machines[MAX_TOLD_MACHINES];
	uint32_t nr_machines;
};

/* "alloc order 3 GFP_KERNEL, node 0, cpu 0". Returns @buf. */
const char *tell_request(const struct request *r, char *buf, size_t size);

void tell_lesson(struct telling *t, const char *title, const char *goal);
/* Tell step @step, with its request's headline where that begins. */
void tell_step(struct telling *t, const struct session *s, uint32_t step);
void tell_note(struct telling *t, const struct note *note);

#endif
