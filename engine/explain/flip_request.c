/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flip_request: changes of the request. */
#include "explain/flip_private.h"
#include "mm/alloc_flags.h"

const struct flip_gfp flip_gfps[] = {
#define FLIP_GFP(set, clear, cost) { set, clear, cost },
#include "explain/flips.def"
};
const uint32_t nr_flip_gfps = sizeof(flip_gfps) / sizeof(flip_gfps[0]);

/*
 * Give the request @gfp, and the alloc flags that follow from it. Where a task
 * may then use every reserve, that is the slow path's second attempt.
 */
static void request_set_gfp(struct flip_trial *t, gfp_t gfp)
{
	const struct machine *m = &t->e.machine;
	struct alloc_request *r = &t->request;
	struct slowpath_attempts old, new;
	uint32_t set, clear;

	slowpath_attempts(m, r->gfp, &old);
	slowpath_attempts(m, gfp, &new);
	r->gfp = gfp;
	set = new.first & ~old.first;
	clear = old.first & ~new.first;
	if ((r->alloc_flags & ALLOC_WMARK_MASK) != ALLOC_WMARK_MIN) {
		set &= ALLOC_CMA;
		clear &= ALLOC_CMA;
	} else if (new.retry & ~old.retry & ALLOC_NO_WATERMARKS) {
		set = new.retry;
	}
	r->alloc_flags = (r->alloc_flags & ~clear) | set;
}

/* -- slow_path ------------------------------------------------------------ */

bool flip_range_slow_path(struct flip_trial *t)
{
	t->range = (struct flip_range){ WMARK_LOW, WMARK_MIN - WMARK_LOW, 1 };
	return !t->wanted.has_alloc_flags;
}

void flip_apply_slow_path(struct flip_trial *t, int64_t value)
{
	struct slowpath_attempts attempts;

	if (value != WMARK_MIN)
		return;
	slowpath_attempts(&t->e.machine, t->request.gfp, &attempts);
	t->request.has_alloc_flags = true;
	t->request.alloc_flags = attempts.first;
}

/* -- order ---------------------------------------------------------------- */

bool flip_range_order(struct flip_trial *t)
{
	t->range = (struct flip_range){ t->wanted.order, -1, t->wanted.order };
	return true;
}

void flip_apply_order(struct flip_trial *t, int64_t value)
{
	t->request.order = (uint32_t)value;
}

/* -- gfp ------------------------------------------------------------------ */

/* Flags only: what moves highest_zoneidx is a flip of its own. */
bool flip_range_gfp(struct flip_trial *t)
{
	const struct machine *m = &t->e.machine;
	const struct flip_gfp *change = &flip_gfps[t->index];
	const gfp_t from = t->wanted.gfp;
	const gfp_t to = (from & ~change->clear) | change->set;

	t->range = (struct flip_range){ from, (int64_t)to - from, 1 };
	return to != from && gfp_zone(m, to) == gfp_zone(m, from);
}

void flip_apply_gfp(struct flip_trial *t, int64_t value)
{
	request_set_gfp(t, (gfp_t)value);
}

/* -- highest_zoneidx ------------------------------------------------------ */

bool flip_zone_gfp(const struct machine *m, gfp_t gfp, uint32_t idx,
		   gfp_t *changed)
{
	int least = 32;

	for (gfp_t zone_bits = 0; zone_bits < NR_GFP_ZONES; zone_bits++) {
		const gfp_t to = (gfp & ~GFP_ZONEMASK) | zone_bits;
		const int bits = __builtin_popcount(to ^ gfp);

		if (gfp_zone(m, to) != idx || bits >= least ||
		    (to & GFP_MOVABLE_MASK) == GFP_MOVABLE_MASK)
			continue;
		least = bits;
		*changed = to;
	}
	return least < 32;
}

bool flip_range_highest_zoneidx(struct flip_trial *t)
{
	const uint32_t nr = t->e.machine.system->nr_zone_types;
	const uint32_t from = gfp_zone(&t->e.machine, t->wanted.gfp);

	t->range = t->index ? (struct flip_range){ from, 1, nr - 1 - from } :
			      (struct flip_range){ from, -1, from };
	return true;
}

void flip_apply_highest_zoneidx(struct flip_trial *t, int64_t value)
{
	gfp_t gfp;

	if (flip_zone_gfp(&t->e.machine, t->wanted.gfp, (uint32_t)value, &gfp))
		request_set_gfp(t, gfp);
}

/* -- nodemask ------------------------------------------------------------- */

/* One more node. @mask: the nodes so far. */
static bool add_node(struct flip_trial *t, uint64_t mask)
{
	t->range = (struct flip_range){ (int64_t)mask,
					(int64_t)(1ull << t->index), 1 };
	return node_online(&t->e.machine, t->index) &&
	       !node_isset(mask, t->index);
}

bool flip_range_nodemask(struct flip_trial *t)
{
	return t->wanted.has_nodemask && add_node(t, t->wanted.nodemask);
}

void flip_apply_nodemask(struct flip_trial *t, int64_t value)
{
	t->request.nodemask = (uint64_t)value;
}

bool flip_range_mems_allowed(struct flip_trial *t)
{
	const struct system *s = t->e.machine.system;

	return s->cpusets && add_node(t, s->task.mems_allowed);
}
