/* SPDX-License-Identifier: GPL-2.0-or-later */
/* matches: a bit for each step. */
#include "search/matches.h"

#include <stdlib.h>
#include <string.h>

/* Steps of a slice: a few milliseconds. */
enum { SLICE_TEXT = 2000, SLICE = 10000, BITS = 64 };

static void set_bit(struct matches *m, uint32_t step)
{
	m->bits[step / BITS] |= UINT64_C(1) << step % BITS;
}

static bool has_bit(const struct matches *m, uint32_t step)
{
	return m->bits[step / BITS] >> step % BITS & 1;
}

void matches_fini(struct matches *m)
{
	search_fini(&m->search);
	free(m->bits);
	*m = (struct matches){ .bits = NULL };
}

/* Captions are few: they are all looked at in one slice. */
static void scan_captions(struct matches *m, const struct session *s,
			  uint32_t nr_notes)
{
	for (; m->scanned_notes < nr_notes; m->scanned_notes++) {
		const struct note *note = session_note_at(s, m->scanned_notes);

		if (m->search.kind == SEARCH_TEXT &&
		    (note->kind == NOTE_SAY || note->kind == NOTE_SCENE) &&
		    note->step <= m->nr_steps &&
		    search_text_matches(&m->search, note->text))
			set_bit(m, note->step);
	}
}

bool matches_begin(struct matches *m, const struct session *s)
{
	free(m->bits);
	m->scanned = m->scanned_notes = 0;
	m->nr_steps = session_nr_steps(s);
	m->bits = calloc(m->nr_steps / BITS + 1, sizeof(*m->bits));
	if (!m->bits) {
		matches_fini(m);
		return false;
	}
	return true;
}

const char *matches_name(const struct matches *m)
{
	return m->search.kind ? m->search.text : m->watchpoint.name;
}

bool matches_scan(struct matches *m, struct session *s, uint32_t limit,
		  uint32_t nr_notes)
{
	uint32_t left = m->search.kind == SEARCH_TEXT ? SLICE_TEXT : SLICE;

	if (limit > m->nr_steps)
		limit = m->nr_steps;
	scan_captions(m, s, nr_notes);
	for (; m->scanned < limit && left; left--) {
		const uint32_t step = ++m->scanned;

		if (m->search.kind ?
			    search_matches(&m->search, s, step) :
			    watchpoint_changed(&m->watchpoint, s, step))
			set_bit(m, step);
	}
	return m->scanned >= limit;
}

uint32_t matches_find(const struct matches *m, uint32_t step, int direction,
		      uint32_t limit)
{
	if (limit > m->nr_steps)
		limit = m->nr_steps;
	if (direction < 0) {
		if (step > limit + 1)
			step = limit + 1;
		if (step > m->scanned + 1)
			return NOT_KNOWN_YET;
		while (step-- > 0)
			if (has_bit(m, step))
				return step;
		return NOWHERE;
	}
	while (step++ < limit) {
		if (step > m->scanned)
			return NOT_KNOWN_YET;
		if (has_bit(m, step))
			return step;
	}
	return NOWHERE;
}

uint32_t matches_count(const struct matches *m, uint32_t step)
{
	uint32_t nr = 0;

	if (step > m->nr_steps)
		step = m->nr_steps;
	for (uint32_t i = 0; i < step / BITS; i++)
		nr += (uint32_t)__builtin_popcountll(m->bits[i]);
	for (uint32_t i = step / BITS * BITS; i <= step; i++)
		nr += has_bit(m, i);
	return nr;
}
