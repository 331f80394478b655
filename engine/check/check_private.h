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
	const struct zone *zone; /* that is checked; NULL: none */
	uint32_t nr_reclaimable; /* pages that say so */
	char *message;
	size_t size;
};

/* The tally of the zone that is checked. */
static inline struct zone_tally *zone_tally(const struct check *c)
{
	return &c->tally[zone_id(c->m, c->zone)];
}

/* Format the message, after the zone's name if there is one; returns false. */
__attribute__((format(printf, 2, 3))) bool check_fail(struct check *c,
						      const char *format, ...);
/* The same, after "page %u, order %u: ". */
__attribute__((format(printf, 4, 5))) bool
check_fail_block(struct check *c, uint32_t pfn, unsigned int order,
		 const char *format, ...);

/*
 * All lists and counters of c->zone, against the tally of its pages. The heads
 * must have been found in their place.
 */
bool check_zone_lists(struct check *c);

#endif
