/* SPDX-License-Identifier: GPL-2.0-or-later */
/* history: growing the two arrays, and moving along them. */
#include "history.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"

/* Events point into a fixed place when nothing can be recorded. */
_Static_assert(sizeof(((struct history *)0)->scratch) >=
		       sizeof(struct event_watermark_check),
	       "the largest event fits into scratch");

struct history *history_new(void)
{
	return calloc(1, sizeof(struct history));
}

void history_free(struct history *h)
{
	if (!h)
		return;
	free(h->changes);
	free(h->events);
	free(h->offsets);
	free(h);
}

/*
 * Half as large again, so that growing is rare and little is wasted; the
 * system moves large blocks by their page tables, without copying.
 */
static size_t grown(size_t bytes)
{
	return bytes + bytes / 2 + 65536;
}

/* The event index counts changes and 8-byte units in 32 bits. */
static bool within_index(size_t bytes)
{
	return bytes / 8 < UINT32_MAX;
}

/* Resize *@array, or leave it alone and return false. */
static __attribute__((noinline)) bool resize(void **array, size_t bytes)
{
	void *moved = realloc(*array, bytes);

	if (moved)
		*array = moved;
	return moved;
}

bool history_grow_changes(struct history *h)
{
	size_t nr = (size_t)(h->next_change - h->changes);
	size_t max = grown(nr * sizeof(*h->changes)) / sizeof(*h->changes);
	void *changes = h->changes;

	if (h->full || !within_index(max * sizeof(*h->changes)) ||
	    !resize(&changes, max * sizeof(*h->changes))) {
		h->full = true;
		return false;
	}
	h->changes = changes;
	h->next_change = h->changes + nr;
	h->end_change = h->changes + max;
	return true;
}

/* How many events of the least size fit into @bytes. */
static size_t most_events(size_t bytes)
{
	return bytes / event_record_size(1) + 1;
}

bool history_grow_events(struct history *h, size_t more)
{
	size_t used = (size_t)(h->next_event - h->events);
	size_t nr = (size_t)(h->next_offset - h->offsets);
	size_t bytes = grown((size_t)(h->end_event - h->events)) + more;
	void *events = h->events, *offsets = h->offsets;

	if (h->full || !within_index(bytes) ||
	    !resize(&offsets, most_events(bytes) * sizeof(*h->offsets))) {
		h->full = true;
		return false;
	}
	h->offsets = offsets;
	h->next_offset = h->offsets + nr;
	if (!resize(&events, bytes)) {
		h->full = true;
		return false;
	}
	h->events = events;
	h->next_event = h->events + used;
	h->end_event = h->events + bytes;
	return true;
}

void history_settle(struct history *h)
{
	if (h->full)
		return;
	h->nr_events = (uint32_t)(h->next_offset - h->offsets);
	h->nr_changes = (uint32_t)(h->next_change - h->changes);
	h->step = h->nr_events;
}

const struct event *history_event(const struct history *h, uint32_t step)
{
	if (!step || step > h->nr_events)
		return NULL;
	return (const struct event *)(const void *)(h->events +
						    (size_t)h->offsets[step -
								       1] *
							    8);
}

/* How many changes lead from the start to @step. */
static uint32_t changes_until(const struct history *h, uint32_t step)
{
	if (!step)
		return 0;
	/* what came after the last event belongs to the last step */
	if (step >= h->nr_events)
		return h->nr_changes;
	return history_event(h, step)->nr_changes;
}

void history_changes(const struct history *h, uint32_t step, uint32_t *first,
		     uint32_t *end)
{
	*first = step ? changes_until(h, step - 1) : 0;
	*end = changes_until(h, step);
}

void history_seek(struct history *h, struct machine *m, uint32_t step)
{
	uint32_t *region = m->region;
	uint32_t from, to;

	if (h->full)
		return;
	if (step > h->nr_events)
		step = h->nr_events;
	from = changes_until(h, h->step);
	to = changes_until(h, step);
	for (; from < to; from++)
		region[h->changes[from].word] ^= h->changes[from].flip;
	for (; from > to; from--)
		region[h->changes[from - 1].word] ^= h->changes[from - 1].flip;
	h->step = step;
	machine_attend(m);
}

void history_forget(struct history *h)
{
	if (h->full)
		return;
	h->nr_changes = changes_until(h, h->step);
	h->next_change = h->changes + h->nr_changes;
	if (h->step < h->nr_events)
		h->next_event = h->events + (size_t)h->offsets[h->step] * 8;
	h->nr_events = h->step;
	h->next_offset = h->offsets + h->nr_events;
}

size_t history_bytes(const struct history *h)
{
	return sizeof(*h) +
	       (size_t)((char *)h->end_change - (char *)h->changes) +
	       (size_t)(h->end_event - h->events) +
	       h->nr_events * sizeof(*h->offsets);
}
