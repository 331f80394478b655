/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * history: what happened to a machine, forwards and backwards.
 *
 * One growing *log* of records that the machine's recorder writes (see
 * recorder.h): the changes of the state region, and after them the event
 * that they led to. Step k is the state after event k; step 0 is the state
 * when the history began.
 *
 *   log     c c c e1 │ c e2 │ c c e3 │
 *   steps   0        1      2        3
 *
 * Moving costs the changes between, whatever the machine's size. A change
 * takes eight bytes; an event its fields and twelve bytes, four of them its
 * offset. The contents of pages (page_address) are not part of a step: they
 * are those of the end of the timeline.
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
	/* what can be read; updated by history_commit() */
	uint32_t nr_events;
	uint32_t step; /* the step of the region: 0 to nr_events */
	char *log;
	uint32_t *offsets; /* of event k - 1 in the log, bytes */

	struct recorder recorder; /* while no machine writes */
	struct recorder *writer; /* that of the machine that writes; NULL */
	size_t size; /* of the log, bytes */

	uint32_t limit_events; /* refuse requests from then on; 0: no limit */
	bool full; /* no memory: recording has ended */
};

/* Some changes, in the order in which they were made. */
struct changes {
	const struct change *first;
	const struct change *end;
};

/* NULL when there is no memory. Free with history_free. */
struct history *history_new(void);
void history_free(struct history *h);

/* The bytes of its log. */
uint64_t history_memory(const struct history *h);

/* Must no more requests be made? The current one runs to its end. */
static inline bool history_is_full(const struct history *h)
{
	return h->full || (h->limit_events && h->nr_events >= h->limit_events);
}

/* Event of step @step, 1 to nr_events; step 0 has none: NULL. */
const struct event *history_event(const struct history *h, uint32_t step);
/*
 * The changes from step @step - 1 to @step. (Changes after the last event
 * belong to the next one; at the end of the timeline the region has them.)
 */
struct changes history_changes(const struct history *h, uint32_t step);
/* Bring the region to @step (clamped to nr_events). */
void history_seek(struct history *h, struct machine *m, uint32_t step);
/*
 * Drop what comes after the current step, so that other requests can be made.
 * No request may be running.
 */
void history_forget(struct history *h);
/* Bytes of memory in use. */
size_t history_bytes(const struct history *h);

/* The recorder that has the end of @h. */
static inline struct recorder *history_recorder(struct history *h)
{
	return h->writer ? h->writer : &h->recorder;
}

/* The number of the next requests, stored in each event. */
static inline void history_request(struct history *h, uint32_t request)
{
	history_recorder(h)->request = request;
}

/*
 * A request is complete: its records can be read, and the region is at its
 * last step. Every entry point calls this.
 */
static inline void history_commit(struct history *h)
{
	if (h->full)
		return;
	h->nr_events =
		(uint32_t)(history_recorder(h)->next_offset - h->offsets);
	h->step = h->nr_events;
}

/* Take the recorder back from the machine that writes. */
void history_stop(struct history *h);

#endif
