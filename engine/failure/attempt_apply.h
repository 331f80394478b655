/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * attempt_apply: give a machine the numbers that the report's kernel reads.
 * A file that undoes it says `#define TRACED 1` before its first include.
 */
#ifndef ENGINE_FAILURE_ATTEMPT_APPLY_H
#define ENGINE_FAILURE_ATTEMPT_APPLY_H

#include "failure/attempt_rules.h"
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

#endif
