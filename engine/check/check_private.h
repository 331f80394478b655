/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check_private: what the two halves of the check count. Shared by check.c,
 * which reads the pages' words, and check_lists.c, which follows the lists.
 */
#ifndef ENGINE_CHECK_PRIVATE_H
#define ENGINE_CHECK_PRIVATE_H

#include "machine/mmzone.h"

/* Counted in one zone: from the words, then from the lists. */
struct zone_tally {
	uint64_t free_words[MAX_ORDER_LIMIT]; /* free blocks by order */
	uint64_t pcp_words; /* pages on per-cpu lists */
	uint64_t pages_used;
	uint64_t pages_free; /* on all free lists */
	uint64_t pages_isolated; /* of them isolated */
	uint64_t pages_cma; /* of them CMA */
	uint64_t pages_pcp;
};

struct check {
	const struct machine *m;
	struct zone_tally *tally; /* by zone id */
	char *message;
	size_t size;
};

/* Format the message, after the zone's name or without it; returns false. */
__attribute__((format(printf, 3, 4))) bool
zone_fault(struct check *c, const struct zone *zone, const char *format, ...);
__attribute__((format(printf, 2, 3))) bool page_fault(struct check *c,
						      const char *format, ...);

/*
 * All lists and counters of a zone, against the tally of its pages. The
 * heads must have been found in their place.
 */
bool check_zone_lists(struct check *c, const struct zone *zone);

#endif
