/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state: the one floor through which the state region is written, and the
 * one door through which events leave the allocator.
 *
 * The allocator (list.c ... page_alloc.c) is compiled twice from the same
 * text: *quiet*, where put() is a plain store and trace() is nothing, and
 * *listening*, where put() logs the change and trace() records the event.
 * Which of the two runs is chosen once per request, by whether somebody
 * listens. Structures are const to everybody, so a write that does not go
 * through here does not compile.
 *
 * Include this only from files that are part of the allocator, or that
 * build machines (boot, load): the latter are always quiet.
 */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "machine/mmzone.h"
#include "events/trace.h"

#ifndef LISTENING
#define LISTENING 0
#endif

/*
 * What every request runs through is one stretch of code; what few need is
 * kept out of the quiet build's. The listening one is large already, and
 * left to the compiler.
 */
#define hot_path static inline __attribute__((always_inline))
#if LISTENING
#define cold_path static
#else
#define cold_path static __attribute__((noinline))
#endif

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#if LISTENING
#include "state/history.h"

static inline void state_write(struct machine *m, uint32_t *word,
			       uint32_t value)
{
	uint32_t flip = *word ^ value;

	if (!flip)
		return;
	*word = value;
	recorder_change(m, (uint32_t)(word - (uint32_t *)m->region), flip);
}

static inline void state_write8(struct machine *m, uint8_t *byte, uint8_t value)
{
	size_t offset = (size_t)(byte - (uint8_t *)m->region);
	uint32_t *word = (uint32_t *)m->region + offset / 4;
	uint32_t old = *word;

	*byte = value;
	if (old != *word)
		recorder_change(m, (uint32_t)(offset / 4), old ^ *word);
}

static inline void state_write64(struct machine *m, uint64_t *wide,
				 uint64_t value)
{
	uint32_t halves[2];

	__builtin_memcpy(halves, &value, sizeof(halves));
	state_write(m, (uint32_t *)(void *)wide, halves[0]);
	state_write(m, (uint32_t *)(void *)wide + 1, halves[1]);
}
#else
static inline void state_write(struct machine *m, uint32_t *word,
			       uint32_t value)
{
	(void)m;
	*word = value;
}

static inline void state_write8(struct machine *m, uint8_t *byte, uint8_t value)
{
	(void)m;
	*byte = value;
}

static inline void state_write64(struct machine *m, uint64_t *wide,
				 uint64_t value)
{
	(void)m;
	*wide = value;
}
#endif

/* put(m, zone->nr_free[order], n): the field, then its new value. */
#define put(m, field, value)                                                   \
	do {                                                                   \
		_Static_assert(sizeof(field) == 4, "put() writes words");      \
		state_write(m, (uint32_t *)(uintptr_t) & (field),              \
			    (uint32_t)(value));                                \
	} while (0)

#define put8(m, field, value)                                                  \
	do {                                                                   \
		_Static_assert(sizeof(field) == 1, "put8() writes bytes");     \
		state_write8(m, (uint8_t *)(uintptr_t) & (field),              \
			     (uint8_t)(value));                                \
	} while (0)

#define put64(m, field, value)                                                 \
	do {                                                                   \
		_Static_assert(sizeof(field) == 8, "put64() writes doubles");  \
		state_write64(m, (uint64_t *)(uintptr_t) & (field),            \
			      (uint64_t)(value));                              \
	} while (0)

/*
 * trace(m, event, .field = value, ...): the event has just happened. The
 * values are not computed when nobody listens.
 */
#if LISTENING
/* The request is complete. */
static inline void settle(struct machine *m)
{
	if (m->history)
		history_settle(m->history);
	else
		recorder_rest(&m->recorder);
}

#define trace(m, name, ...)                                                    \
	do {                                                                   \
		static const struct trace_site site_ TRACE_SITE = {            \
			.event = EVENT_##name,                                 \
			.line = __LINE__,                                      \
			.file = __FILE_NAME__,                                 \
			.function = __func__,                                  \
		};                                                             \
		_Static_assert(EVENT_RECORD_SIZE(sizeof(                       \
				       struct event_##name)) <= RECORD_MAX,    \
			       "an event too large for the recorder");         \
		*(struct event_##name *)recorder_event(                        \
			m, EVENT_##name, __LINE__,                             \
			EVENT_RECORD_SIZE(sizeof(struct event_##name))) =      \
			(struct event_##name){ __VA_ARGS__ };                  \
	} while (0)
#else
static inline void settle(struct machine *m)
{
	(void)m;
}

#define trace(m, name, ...)                                                    \
	do {                                                                   \
		(void)(m);                                                     \
		if (0)                                                         \
			(void)(struct event_##name){ __VA_ARGS__ };            \
	} while (0)
#endif

#endif
