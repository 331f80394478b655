/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trace_read: read a saved trace (trace_save() in snapshot.h) and check all of
 * it: every event is known and has exactly its fields, each of its kind; steps
 * count from 1 without a gap, requests ascend.
 *
 * The values of an event are kept as text, in the order of events.def, each
 * with a NUL at its end: two events are equal if these bytes are.
 */
#ifndef ENGINE_TRACE_READ_H
#define ENGINE_TRACE_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "json/file.h"
#include "events/trace.h"

struct trace_file;

struct trace_event {
	enum event_id id;
	uint32_t request; /* from 1 on */
	uint32_t skipped; /* requests between the last event's and this one's */
	const char *values; /* one after the other */
	size_t length; /* of all values */
};

/* Is the first line of the text the header of a trace, of any version? */
bool trace_is(const char *text, size_t length);

/* NULL and @error: not a valid trace. @name is for messages. */
struct trace_file *trace_read(const char *text, size_t length, const char *name,
			      struct file_error *error);
void trace_file_free(struct trace_file *t);

uint32_t trace_nr_steps(const struct trace_file *t);
/* The event of a step, from 1 on. */
struct trace_event trace_step(const struct trace_file *t, uint32_t step);
/* Are the two equal, apart from the numbers of their requests? */
bool trace_events_equal(const struct trace_event *a,
			const struct trace_event *b);

#endif
