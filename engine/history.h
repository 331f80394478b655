/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * history: what happened to a machine, forwards and backwards.
 *
 * Two growing arrays. *changes*: each write to the state region, as the
 * index of the word and the exclusive or of its old and new value; the same
 * record leads back and forth. *events*: what the allocator told, each with
 * the number of changes made so far. Step k is the state after event k;
 * step 0 is the state when the history began.
 *
 *   events    e1      e2          e3
 *   changes   ─c─c─c──┼─c─┼──c─c──┤
 *   steps     0   1       2       3
 *
 * Moving costs the changes between, whatever the machine's size. Eight
 * bytes a change, 16 bytes and its fields an event. The contents of frames
 * (page_address) are not part of a step: they belong to the end of time.
 */
#ifndef ENGINE_HISTORY_H
#define ENGINE_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mmzone.h"
#include "trace.h"

struct change {
	uint32_t word; /* index into the state region, 4-byte words */
	uint32_t flip; /* old ^ new */
};

struct history {
	/* where the next records go; the listening allocator moves these */
	struct change *next_change;
	struct change *end_change; /* of the room there is */
	char *next_event; /* records one after the other, 8-byte aligned */
	char *end_event;
	uint32_t *next_offset; /* always room for what fits before end_event */
	uint32_t request; /* written into each event */

	/* what can be read; brought up to date by history_settle() */
	uint32_t nr_changes;
	uint32_t nr_events;
	uint32_t step; /* where the region stands: 0 to nr_events */
	struct change *changes;
	char *events;
	uint32_t *offsets; /* of event k - 1, units of 8 bytes */

	uint32_t limit_events; /* take no request beyond; 0: no limit */
	bool full; /* no memory: nothing is recorded any more */
	uint64_t scratch[32]; /* where events go then */
};

/* NULL when there is no memory. Free with history_free. */
struct history *history_new(void);
void history_free(struct history *h);

/* May no more requests be recorded: memory or limit_events is used up? */
static inline bool history_is_full(const struct history *h)
{
	return h->full || (h->limit_events && h->nr_events >= h->limit_events);
}

/* Event of step @step, 1 to nr_events; step 0 has none: NULL. */
const struct event *history_event(const struct history *h, uint32_t step);
/* The changes of step @step: [*first, *end) in h->changes. */
void history_changes(const struct history *h, uint32_t step, uint32_t *first,
		     uint32_t *end);
/* Bring the region to @step (clamped to nr_events). */
void history_seek(struct history *h, struct machine *m, uint32_t step);
/*
 * Forget what comes after the present step; a new request would then follow
 * it. The memory is kept for what comes.
 */
void history_forget(struct history *h);
/* Bytes of memory in use for @h's records. */
size_t history_bytes(const struct history *h);

/*
 * A request is complete: count its records. The doors of the allocator
 * (allocator.h) call this.
 */
void history_settle(struct history *h);

/* No room: make some, or set full and return false. */
bool history_grow_changes(struct history *h);
bool history_grow_events(struct history *h, size_t bytes);

static inline void history_change(struct history *h, uint32_t word,
				  uint32_t flip)
{
	if (__builtin_expect(h->next_change == h->end_change, 0) &&
	    !history_grow_changes(h))
		return;
	*h->next_change++ = (struct change){ .word = word, .flip = flip };
}

/* Bytes of an event's record, its struct having @size. */
static inline size_t event_record_size(size_t size)
{
	return (sizeof(struct event) + size + 7) & ~(size_t)7;
}

/*
 * Room for an event whose struct has @size bytes; the caller fills it at
 * once. A scratch area when the history is full, so that callers need not
 * ask.
 */
static inline void *history_emit(struct history *h,
				 const struct trace_site *site, size_t size)
{
	const size_t bytes = event_record_size(size);
	struct event *event;

	if (__builtin_expect(bytes > (size_t)(h->end_event - h->next_event),
			     0) &&
	    !history_grow_events(h, bytes))
		return h->scratch;
	event = (struct event *)(void *)h->next_event;
	*h->next_offset++ = (uint32_t)((h->next_event - h->events) / 8);
	h->next_event += bytes;
	event->site = site;
	event->request = h->request;
	event->nr_changes = (uint32_t)(h->next_change - h->changes);
	return event + 1;
}

#endif
