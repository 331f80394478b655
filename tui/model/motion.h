/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * motion: where a thing is that moves within a step. Phase 0 is its end and
 * the step's own picture; phases 1 to NR_PHASES - 1 lead there.
 */
#ifndef TUI_MOTION_H
#define TUI_MOTION_H

#include "model/view_state.h"

static inline bool in_motion(const struct view_state *v)
{
	return v->phase != PHASE_FINAL;
}

/* From @from at phase 1 to @to at phase 0. */
static inline int64_t motion_between(const struct view_state *v, int64_t from,
				     int64_t to)
{
	return in_motion(v) ?
		       from + (to - from) * (v->phase - 1) / (NR_PHASES - 1) :
		       to;
}

#endif
