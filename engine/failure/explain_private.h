/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_private: what the files of an explanation share. */
#ifndef ENGINE_FAILURE_PRIVATE_H
#define ENGINE_FAILURE_PRIVATE_H

#include "failure/explain.h"
#include "failure/print.h"

/*
 * Make a request of @order with @gfp on the report's machine, as the fast path
 * or as the slow path's first attempt, and put the result in @a. False: no
 * memory.
 */
bool attempt_make(const struct explanation *x, struct explain_attempt *a,
		  gfp_t gfp, unsigned int order,
		  enum explain_attempt_kind kind);
void attempt_destroy(struct explain_attempt *a);

/* x->facts, from the numbers of the zones. False: no memory. */
bool facts_find(struct explanation *x);
/* The facts of @report, a zone of @x's report. */
const struct explain_facts *facts_of(const struct explanation *x,
				     const struct report_zone *report);
/*
 * The free pages of @report's highatomic blocks, as printed or by
 * pagetypeinfo. False: unknown.
 */
bool explain_free_highatomic(const struct report_zone *report, int64_t *pages);
/* Pages on the free lists of @zone, as their counts say. */
int64_t report_lists_pages(const struct explanation *x,
			   const struct report_zone *zone);

/* How certain is the attempt's result for each zone? */
void bounds_find(const struct explanation *x, struct explain_attempt *a,
		 unsigned int order);
/* The verdict of the whole, by the slow attempt. */
void verdict_find(struct explanation *x);
/* x->why, of the verdict. */
void why_find(struct explanation *x);
/* What follows the zones: facts, rules, unknowns, warnings. */
void explain_facts_text(const struct explanation *x, struct print *p);
/* Open an object for @z: its name, verdict and check. */
void explain_zone_json(const struct explain_zone *z, struct json_writer *out);
/* x->flips, of the slow attempt. */
void flips_of_attempt(struct explanation *x);

#endif
