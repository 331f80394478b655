/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * history: what happened to a machine, forwards and backwards.
 *
 * One growing *log* of records, which the machine's recorder writes (see
 * recorder.h): each change of the state region, and after them the event
 * that they led to. Step k is the state after event k; step 0 is the state
 * when the history began.
 *
 *   log     c c c e1 │ c e2 │ c c e3 │
 *   steps   0        1      2        3
 *
 * Moving costs the changes between, whatever the machine's size. Eight
 * bytes a change; an event its fields and twelve bytes, four of which say
 * where it is. The contents of frames (page_address) are not part of a
 * step: they belong to the end of time.
 */
#ifndef ENGINE_HISTORY_H
#define ENGINE_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/mmzone.h"
#include "state/recorder.h"
#include "events/trace.h"

struct history {
	/* what can be read; brought up to date by history_commit() */
	uint32_t nr_events;
	uint32_t step; /* where the region stands: 0 to nr_events */
	char *log;
	uint32_t *offsets; /* of event k - 1 in the log, bytes */

	struct recorder recorder; /* while no machine writes */
	struct recorder *writer; /* the machine's that does; NULL: none */
	size_t size; /* of the log, bytes */

	uint32_t limit_events; /* take no request beyond; 0: no limit */
	bool full; /* no memory: nothing is recorded any more */
};

/* Some changes, in the order in which they were made. */
struct changes {
	const struct change *first;
	const struct change *end;
};

/* NULL when there is no memory. Free with history_free. */
struct history *history_new(void);
void history_free(struct history *h);

/* Is no request to be made any more? A request begun runs to its end. */
static inline bool history_is_full(const struct history *h)
{
	return h->full || (h->limit_events && h->nr_events >= h->limit_events);
}

/* Event of step @step, 1 to nr_events; step 0 has none: NULL. */
const struct event *history_event(const struct history *h, uint32_t step);
/*
 * What led from step @step - 1 to @step. (What was written after the last
 * event, with none of its own, is not among it until an event follows; the
 * region at the end of time has it all the same.)
 */
struct changes history_changes(const struct history *h, uint32_t step);
/* Bring the region to @step (clamped to nr_events). */
void history_seek(struct history *h, struct machine *m, uint32_t step);
/*
 * Drop what comes after the current step, so that other things can happen.
 * The machine must not be in the middle of a request.
 */
void history_forget(struct history *h);
/* Bytes of memory in use. */
size_t history_bytes(const struct history *h);

/* The recorder that knows where @h ends. */
static inline struct recorder *history_recorder(struct history *h)
{
	return h->writer ? h->writer : &h->recorder;
}

/* The requests to come are @request: written into each event. */
static inline void history_request(struct history *h, uint32_t request)
{
	history_recorder(h)->request = request;
}

/*
 * A request is complete: what was recorded can be read, and the region
 * stands at its end. The doors call this.
 */
static inline void history_commit(struct history *h)
{
	if (h->full)
		return;
	h->nr_events =
		(uint32_t)(history_recorder(h)->next_offset - h->offsets);
	h->step = h->nr_events;
}

/* The machine that wrote stops; it has no recorder any more. */
void history_stop(struct history *h);

#endif
