/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_roundtrip: random machines with a request that they refuse, and what
 * the engine itself says about that request, zone by zone.
 */
#ifndef TESTS_REPORT_ROUNDTRIP_H
#define TESTS_REPORT_ROUNDTRIP_H

#include "events/trace.h"
#include "failure/explain.h"
#include "report_printer.h"

/* What the engine found about a zone in one attempt. */
struct seen_zone {
	enum explain_zone_verdict verdict;
	enum explain_check check; /* not_in_zonelist: it was not reached */
	bool nofragment; /* it has a block, and the walk left it out */
	bool has_numbers;
	struct event_watermark_check full, last; /* with, without the boost */
};

struct seen {
	const struct machine *m;
	struct alloc_request request; /* of this attempt */
	unsigned int highest_zoneidx;
	bool served;
	const struct zone *zone; /* by it */
	/*
	 * ... with a page of a per-cpu list, which no report shows. A kernel
	 * would not print a report of it: so of a report's request it holds
	 * that there was no such page.
	 */
	bool from_pcp;
	struct seen_zone zones[MAX_NUMNODES * MAX_NR_ZONES]; /* by zone id */
};

/* Does the kernel read what 5.10 reads? Later ones have other flags. */
static inline bool has_rules_of_5_10(const struct printer *p)
{
	return p->version >= 509 && p->version < 603;
}

/* What a random machine may have. */
struct shape {
	bool by_hand; /* watermarks that are no kernel's */
	bool has_task; /* in a cpuset, or kswapd */
	/* Zones share no pageblocks, as bounds of what is not printed assume. */
	bool is_aligned;
};

/* A random machine. False: the random description cannot be built. */
bool used_machine(struct machine *m, const struct printer *p,
		  const struct shape *shape, struct rng *rng);
/* Go on until a request is refused; false: none was. */
bool refuse_request(struct machine *m, struct alloc_request *request,
		    struct rng *rng);

/*
 * Make @request on a copy of @m, as the fast path, or as the slow path's first
 * attempt that 5.10 makes (with no watermark, if it may ignore them).
 */
void see_attempt(struct seen *seen, const struct machine *m,
		 const struct alloc_request *request, bool slow);

/*
 * Compare an attempt of an explanation with the engine's. False: @difference
 * says where they differ first.
 */
bool compare_attempt(const struct explain_attempt *a, const struct seen *seen,
		     const struct printer *p, char *difference, size_t size);

#endif
