/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recorder: writes the log of a history.
 *
 *   log   c c e │ c e │ c c
 *                           ▲ next        ▲ end
 *
 * Two kinds of records follow each other without a gap: *changes*, each the
 * index of a word of the state region and the exclusive or of its old and
 * new value (the same record undoes and redoes it), and *events*, as the
 * allocator emitted them. history.h owns the log and reads it.
 *
 * The recorder is part of the machine's handle, so that the address of the
 * next record can stay in a register. It takes over the history with its
 * first record. Without a history, or without memory for more of it, records
 * go to a scratch area, so that a write needs no check.
 */
#ifndef ENGINE_RECORDER_H
#define ENGINE_RECORDER_H

#include "machine/mmzone.h"
#include "events/trace.h"

/* The region as the log sees it: an array of words, whatever they hold. */
typedef uint32_t __attribute__((may_alias)) state_word;

struct change {
	uint32_t word; /* index into the state region, 4-byte words */
	uint32_t flip; /* old ^ new */
};

/* Records begin at multiples of this many bytes. */
#define RECORD_UNIT sizeof(uint32_t)

/* Bytes of an event's record, its struct having @size. */
#define EVENT_RECORD_SIZE(size)                                                \
	((sizeof(struct event) + (size) + RECORD_UNIT - 1) / RECORD_UNIT *     \
	 RECORD_UNIT)

/* Make room; returns the address of the next record. */
char *recorder_turn(struct machine *m) __attribute__((cold));

static inline char *recorder_room(struct machine *m)
{
	char *next = m->recorder.next;

	if (__builtin_expect(next >= m->recorder.end, 0))
		next = recorder_turn(m);
	return next;
}

/* Record that word @word of the state region changed by @flip: old ^ new. */
static inline void recorder_change(struct machine *m, uint32_t word,
				   uint32_t flip)
{
	char *next = recorder_room(m);

	*(struct change *)(void *)next =
		(struct change){ .word = word, .flip = flip };
	m->recorder.next = next + sizeof(struct change);
}

/*
 * Room for the struct of event @id, emitted at @line of its source; @bytes is
 * the size of its record. The caller fills it at once.
 */
static inline void *recorder_event(struct machine *m, enum event_id id,
				   unsigned int line, size_t bytes)
{
	char *next = recorder_room(m);
	struct event *event = (struct event *)(void *)next;

	*m->recorder.next_offset++ =
		(uint32_t)(uintptr_t)next - m->recorder.origin;
	m->recorder.next = next + bytes;
	event->event = (uint16_t)id;
	event->line = (uint16_t)line;
	event->request = m->recorder.request;
	return event + 1;
}

/* Detach it from its history; its next record attaches it again. */
static inline void recorder_rest(struct recorder *r)
{
	r->next = NULL;
	r->end = NULL;
}

#endif
