/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trace_read: a trace that was saved (trace_save() in snapshot.h), read and
 * checked as a whole: every event known, with exactly its fields, each of
 * its kind; steps from 1 on without a gap, requests in ascending order.
 *
 * Of an event its values are kept as text, in the order of events.def, each
 * ended by a NUL: two events are equal when these are.
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
	const char *values; /* one behind the other */
	size_t length; /* of all values */
};

/* Does the text say, on its first line, that it is a trace of any version? */
bool trace_is(const char *text, size_t length);

/* NULL and @error: no trace, or not a good one. @name is for messages. */
struct trace_file *trace_read(const char *text, size_t length, const char *name,
			      struct file_error *error);
void trace_file_free(struct trace_file *t);

uint32_t trace_nr_steps(const struct trace_file *t);
/* The event of a step, from 1 on. */
struct trace_event trace_step(const struct trace_file *t, uint32_t step);
/* Are they the same event with the same values, request numbers aside? */
bool trace_events_equal(const struct trace_event *a,
			const struct trace_event *b);

#endif
