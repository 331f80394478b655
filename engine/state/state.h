/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * state: the only way to write the state region, and to emit an event.
 *
 * The allocator (engine/mm) is compiled twice from the same text. In the
 * *untraced* build state_set() is a plain store and trace() is nothing. In
 * the *traced* build, of files that define TRACED as 1 before their first
 * include, state_set() also logs the change and trace() records the event.
 * The builds differ in this file and nowhere else.
 *
 * Structures of the region are const everywhere, so that a write that does
 * not go through this file does not compile. Only files that are part of
 * the allocator, or that make machines (boot, snapshot; untraced), include
 * it.
 */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "machine/mmzone.h"
#include "events/trace.h"
#include "state/history.h"

#ifndef TRACED
#define TRACED 0
#endif

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#ifndef __always_inline /* glibc has it */
#define __always_inline inline __attribute__((always_inline))
#endif
#define noinline __attribute__((noinline, unused))

/* The word at @address, of a field that is not a word, is now @value. */
static inline void state_log_word(struct machine *m, state_word *address,
				  uint32_t old)
{
	if (TRACED && *address != old)
		recorder_change(m,
				(uint32_t)(address - (state_word *)m->region),
				*address ^ old);
}

static inline void state_write32(struct machine *m, uint32_t *field,
				 uint32_t value)
{
	uint32_t old = *field;

	*field = value;
	state_log_word(m, field, old);
}

static inline void state_write64(struct machine *m, uint64_t *field,
				 uint64_t value)
{
	state_word *words = (state_word *)field;
	uint32_t low = words[0], high = words[1];

	*field = value;
	state_log_word(m, words, low);
	state_log_word(m, words + 1, high);
}

static inline void state_write8(struct machine *m, uint8_t *field,
				uint8_t value)
{
	uintptr_t address = (uintptr_t)field & ~(sizeof(state_word) - 1);
	state_word *word = (state_word *)address, old = *word;

	*field = value;
	state_log_word(m, word, old);
}

/*
 * state_set(m, zone->boosted, 0): the field, then its new value. A field of a
 * width that is not listed does not compile: a wider store would overwrite
 * its neighbours.
 */
/* clang-format off */
#define state_set(m, field, value)                                             \
	_Generic((field),                                                      \
		char: state_write8,                                            \
		uint8_t: state_write8,                                         \
		int32_t: state_write32,                                        \
		uint32_t: state_write32,                                       \
		uint64_t: state_write64)(m, (void *)(uintptr_t)&(field), (value))
/* clang-format on */

/*
 * state_set() of a value that the same request overwrites before it returns.
 * Only a reader of the steps between can see it: the untraced build does not
 * store it.
 */
#define state_set_interim(m, field, value)                                     \
	do {                                                                   \
		if (TRACED)                                                    \
			state_set(m, field, value);                            \
	} while (0)

/* state_add(m, pcp->count, -1): the field, then what is added to it. */
#define state_add(m, field, delta) state_set(m, field, (field) + (delta))

/*
 * The request is complete: what it changed and emitted can be read. Both
 * builds call it; in the untraced one there is nothing to read.
 */
static inline void state_commit(struct machine *m)
{
	if (!TRACED)
		return;
	if (m->history)
		history_commit(m->history);
	else
		recorder_rest(&m->recorder);
}

/*
 * trace(m, event, .field = value, ...): the event has just happened. The
 * untraced build compiles the values and does not compute them, so they must
 * have no side effects.
 */
#if TRACED
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
#define trace(m, name, ...)                                                    \
	do {                                                                   \
		if (0)                                                         \
			(void)(m), (void)(struct event_##name){ __VA_ARGS__ }; \
	} while (0)
#endif

/* An event in a zone: trace() with the fields nid and zone of @z. */
#define trace_zone(m, name, z, ...)                                            \
	trace(m, name, .nid = (z)->node, .zone = (z)->idx, __VA_ARGS__)

#endif
