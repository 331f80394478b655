/* SPDX-License-Identifier: GPL-2.0-or-later */
/* history: grow the log, and move along it. */
#include "state/history.h"

#include <stdint.h>
#include <stdlib.h>

struct history *history_new(void)
{
	return calloc(1, sizeof(struct history));
}

void history_free(struct history *h)
{
	if (!h)
		return;
	free(h->log);
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

/* Resize *@array, or leave it alone and return false. */
static __attribute__((noinline)) bool resize(void **array, size_t bytes)
{
	void *moved = realloc(*array, bytes);

	if (moved)
		*array = moved;
	return moved;
}

/* How many events of the least size fit into @bytes. */
static size_t most_events(size_t bytes)
{
	return bytes / EVENT_RECORD_SIZE(1) + 1;
}

uint64_t history_memory(const struct history *h)
{
	return h->size ? h->size + most_events(h->size) * sizeof(*h->offsets) :
			 0;
}

/*
 * Make room for a record, or be full from now on. Offsets are 32 bits: a
 * log ends at 4 GiB, which is some hundred million events.
 */
static void history_grow(struct history *h)
{
	struct recorder *r = history_recorder(h);
	size_t used = (size_t)(r->next - h->log);
	size_t nr = (size_t)(r->next_offset - h->offsets);
	size_t size = grown(h->size);
	void *log = h->log, *offsets = h->offsets;

	h->full = true;
	if (size > UINT32_MAX ||
	    !resize(&offsets, most_events(size) * sizeof(*h->offsets)))
		return;
	h->offsets = offsets;
	r->next_offset = h->offsets + nr;
	if (!resize(&log, size))
		return;
	h->log = log;
	h->size = size;
	r->next = h->log + used;
	r->end = h->log + size - RECORD_MAX + 1;
	r->origin = (uint32_t)(uintptr_t)h->log;
	h->full = false;
}

void history_stop(struct history *h)
{
	if (!h->writer)
		return;
	h->recorder = *h->writer;
	recorder_rest(h->writer);
	h->writer = NULL;
}

char *recorder_turn(struct machine *m)
{
	struct recorder *r = &m->recorder;
	struct history *h = m->history;

	if (h && h->writer != r) {
		history_stop(h);
		*r = h->recorder;
		h->writer = r;
	}
	if (h && !h->full && r->next >= r->end)
		history_grow(h);
	if (!h || h->full) {
		r->next = (char *)m->scratch;
		r->end = r->next + 1;
		r->next_offset = &m->scratch_offset;
	}
	return r->next;
}

static char *event_place(const struct history *h, uint32_t step)
{
	return h->log + h->offsets[step - 1];
}

/* Where the log goes on after step @step's event. */
static char *step_end(const struct history *h, uint32_t step)
{
	char *place;

	if (!step)
		return h->log;
	place = event_place(h, step);
	return place + EVENT_RECORD_SIZE(event_type((const void *)place)->size);
}

static struct changes changes_between(const char *first, const char *end)
{
	return (struct changes){ (const void *)first, (const void *)end };
}

const struct event *history_event(const struct history *h, uint32_t step)
{
	if (!step || step > h->nr_events)
		return NULL;
	return (const void *)event_place(h, step);
}

struct changes history_changes(const struct history *h, uint32_t step)
{
	if (!step || step > h->nr_events)
		return (struct changes){ NULL, NULL };
	return changes_between(step_end(h, step - 1), event_place(h, step));
}

/* What was written after the last event. */
static struct changes last_changes(struct history *h)
{
	return changes_between(step_end(h, h->nr_events),
			       history_recorder(h)->next);
}

static void redo(struct machine *m, struct changes c)
{
	state_word *region = m->region;

	for (const struct change *p = c.first; p < c.end; p++)
		region[p->word] ^= p->flip;
}

static void undo(struct machine *m, struct changes c)
{
	state_word *region = m->region;

	for (const struct change *p = c.end; p > c.first; p--)
		region[p[-1].word] ^= p[-1].flip;
}

void history_seek(struct history *h, struct machine *m, uint32_t step)
{
	if (step > h->nr_events)
		step = h->nr_events;
	if (h->full || step == h->step)
		return;
	if (h->step == h->nr_events)
		undo(m, last_changes(h));
	for (; h->step > step; h->step--)
		undo(m, history_changes(h, h->step));
	for (; h->step < step; h->step++)
		redo(m, history_changes(h, h->step + 1));
	if (h->step == h->nr_events)
		redo(m, last_changes(h));
	machine_update(m);
}

void history_forget(struct history *h)
{
	struct recorder *r = history_recorder(h);

	if (h->full || h->step == h->nr_events)
		return;
	r->next = step_end(h, h->step);
	h->nr_events = h->step;
	r->next_offset = h->offsets + h->nr_events;
}

size_t history_bytes(const struct history *h)
{
	return sizeof(*h) + h->size + h->nr_events * sizeof(*h->offsets);
}
