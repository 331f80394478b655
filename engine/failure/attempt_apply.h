/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * attempt_apply: give a machine the numbers that the report's kernel reads.
 * A file that undoes it says `#define TRACED 1` before its first include.
 */
#ifndef ENGINE_FAILURE_ATTEMPT_APPLY_H
#define ENGINE_FAILURE_ATTEMPT_APPLY_H

#include "failure/attempt_rules.h"
#include "failure/explain_private.h"
#include "import/report_machine.h"
#include "state/state.h"

static inline void attempt_rules_apply(const struct attempt_rules *rules,
				       struct machine *m)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		const struct zone *z = &m->zones[i];
		const struct report_zone *report =
			report_zone_of(rules->report, z);
		struct attempt_numbers numbers;

		if (!report)
			continue;
		attempt_rules_numbers(rules, z, report, &numbers);
		state_set(m, z->nr_reserved_highatomic,
			  numbers.nr_reserved_highatomic);
		state_set(m, z->lowmem_reserve[rules->highest_zoneidx],
			  numbers.lowmem_reserve);
	}
}

/*
 * Divide the watermarks that hide a boost for certain: into the least that it
 * may be, and the rest. Not for GFP_ATOMIC of order 0, which is checked without
 * the boost: by the printed numbers it was refused. Returns whether any was
 * divided.
 */
static inline bool split_boosts(const struct explanation *x,
				const struct alloc_request *request,
				struct machine *m)
{
	bool has_split = false;

	if (!request->order && (request->gfp & __GFP_ATOMIC))
		return false;
	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		const struct zone *zone = &m->zones[i];
		const struct report_zone *from =
			report_zone_of(x->report, zone);
		uint32_t boost;

		if (!from || !facts_of(x, from)->has_boost)
			continue;
		boost = (uint32_t)facts_of(x, from)->boost.least;
		for (unsigned int mark = 0; mark < NR_WMARK; mark++)
			state_set(m, zone->watermark[mark],
				  zone->watermark[mark] - boost);
		state_set(m, zone->watermark_boost, boost);
		has_split = true;
	}
	return has_split;
}

#endif
