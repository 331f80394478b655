/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * attempt_rules: how the report's kernel makes an attempt, where that is not
 * how 5.10 does.
 */
#ifndef ENGINE_FAILURE_ATTEMPT_RULES_H
#define ENGINE_FAILURE_ATTEMPT_RULES_H

#include "failure/explain.h"
#include "mm/alloc_request.h"

struct attempt_rules {
	const struct report *report;
	const struct explain_attempt *result; /* its flags, types and index */
	unsigned int order;
	uint32_t highest_zoneidx;
	bool keeps_highatomic; /* nothing is subtracted for the reserve */
};

/*
 * The request and the rules of an attempt for @gfp and @order on machine @m;
 * sets @result's flags and types.
 */
void attempt_rules_find(struct attempt_rules *rules,
			struct alloc_request *request,
			struct explain_attempt *result,
			const struct explanation *x, gfp_t gfp,
			unsigned int order, enum explain_attempt_kind kind);
/* The numbers of a zone where the report's kernel reads others, in pages. */
struct attempt_numbers {
	uint32_t nr_reserved_highatomic;
	uint32_t lowmem_reserve; /* for the request's highest_zoneidx */
};

void attempt_rules_numbers(const struct attempt_rules *rules,
			   const struct zone *z,
			   const struct report_zone *report,
			   struct attempt_numbers *numbers);
/*
 * The orders, a bit each, of which @report has free blocks that are large
 * enough and of migratetypes that the request may use.
 */
uint32_t attempt_rules_usable_orders(const struct attempt_rules *rules,
				     const struct report_zone *report);
/*
 * What the report's kernel does after the engine's checks: a last resort, or
 * another check for blocks. Changes @z.
 */
void attempt_rules_finish(const struct attempt_rules *rules,
			  struct explain_zone *z);

#endif
