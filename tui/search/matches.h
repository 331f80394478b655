/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * matches: all steps that match a search or changed what is watched.
 *
 * They are found in slices, so that a key is never late on a session of
 * millions of steps: after each slice more of the answers are known.
 */
#ifndef TUI_MATCHES_H
#define TUI_MATCHES_H

#include "search/search.h"
#include "search/watchpoint.h"

#define NOWHERE UINT32_MAX
#define NOT_KNOWN_YET (UINT32_MAX - 1)

struct matches {
	struct search search; /* or */
	struct watchpoint watchpoint;
	uint64_t *bits; /* one for each step; NULL: there is no search */
	uint32_t nr_steps;
	uint32_t scanned; /* steps up to here are known */
	uint32_t scanned_notes; /* captions before this note, likewise */
};

/*
 * Begin with the steps of @s. What is searched for is set, or was before.
 * False: no memory, and nothing is searched for.
 */
bool matches_begin(struct matches *m, const struct session *s);
void matches_fini(struct matches *m);
/* "zone_skip", "page 4096" */
const char *matches_name(const struct matches *m);

/*
 * One slice more, as far as step @limit and the captions among the first
 * @nr_notes notes. True: all up to there is known. The session may be at
 * another step afterwards: the caller seeks.
 */
bool matches_scan(struct matches *m, struct session *s, uint32_t limit,
		  uint32_t nr_notes);
/*
 * The nearest match after (@direction 1) or before (-1) @step, of those up to
 * @limit; NOWHERE, or NOT_KNOWN_YET.
 */
uint32_t matches_find(const struct matches *m, uint32_t step, int direction,
		      uint32_t limit);
/* How many matches there are up to @step, as far as they are known. */
uint32_t matches_count(const struct matches *m, uint32_t step);

#endif
