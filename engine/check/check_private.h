/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check_tally: what the two halves of the check tell each other. Private to
 * check.c (from the pages) and check_lists.c (from the lists).
 */
#ifndef ENGINE_CHECK_TALLY_H
#define ENGINE_CHECK_TALLY_H

#include "machine/mmzone.h"

/* What the pages of a zone say, and what its lists say. */
struct zone_tally {
	uint64_t pages[MAX_ORDER_LIMIT]; /* free blocks by order: words */
	uint64_t frames_pcp;
	uint64_t pages_used;
	uint64_t pages_free; /* all lists */
	uint64_t pages_isolated; /* of them, ISOLATE's */
	uint64_t pages_cma; /* of them, CMA's */
	uint64_t pages_pcp;
};

struct check {
	const struct machine *m;
	struct zone_tally *tally; /* by zone id */
	char *message;
	size_t size;
};

/* Write the finding; always false. With the zone's name before it, or not. */
__attribute__((format(printf, 3, 4))) bool
zone_fault(struct check *c, const struct zone *zone, const char *format, ...);
__attribute__((format(printf, 2, 3))) bool frame_fault(struct check *c,
						       const char *format, ...);

/*
 * All lists and counters of a zone, against the tally of its pages. The
 * heads must have been found in their place.
 */
bool check_zone_lists(struct check *c, const struct zone *zone);

#endif
