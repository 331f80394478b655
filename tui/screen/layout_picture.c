/* SPDX-License-Identifier: GPL-2.0-or-later */
/* layout_picture: the plan of each picture, for few columns and for many. */
#include "screen/layout_plan.h"

enum { WIDE = 100 };

/* clang-format off */
#define BESIDE(left, right) BAND(STACK_OF(VIEW_##left), STACK_OF(VIEW_##right))
#define STACK(left, upper, lower) \
	BAND(STACK_OF(VIEW_##left), STACK_OF(VIEW_##upper, VIEW_##lower))
#define PILE(upper, lower, right) \
	BAND(STACK_OF(VIEW_##upper, VIEW_##lower), STACK_OF(VIEW_##right))
#define TOWER(left, upper, middle, lower) \
	BAND(STACK_OF(VIEW_##left), \
	     STACK_OF(VIEW_##upper, VIEW_##middle, VIEW_##lower))
#define MEMORY \
	{ .columns = { STACK_OF(VIEW_pageblocks) }, .grows_to_map = true }
/* clang-format on */

static const struct plan narrow_plans[NR_PICTURES] = {
	[PICTURE_MACHINE] = PLAN(ALONE(machine), STACK(lists, zone, pcp),
				 MEMORY, ALONE(log)),
	[PICTURE_WALK] = PLAN(ALONE(walk), ALONE(zone), BESIDE(pcp, pageblocks),
			      ALONE(lists), ALONE(log), ALONE(map)),
	[PICTURE_SPLIT] = PLAN(ALONE(split), STACK(lists, zone, pcp), MEMORY,
			       ALONE(walk), ALONE(log)),
	[PICTURE_MERGE] =
		PLAN(ALONE(merge), STACK(lists, zone, pcp), MEMORY, ALONE(log)),
	[PICTURE_PCP] = PLAN(ALONE(pcp_flow), STACK(lists, zone, pcp), MEMORY,
			     ALONE(log)),
	[PICTURE_STEAL] = PLAN(ALONE(steal), MEMORY, ALONE(walk), ALONE(zone),
			       ALONE(log)),
	[PICTURE_CLAIM] = PLAN(ALONE(claim), MEMORY, ALONE(steal), ALONE(log)),
	[PICTURE_CMA] =
		PLAN(ALONE(cma), STACK(lists, zone, pcp), MEMORY, ALONE(log)),
	[PICTURE_SLOW] = PLAN(ALONE(slow), ALONE(zone), BESIDE(pcp, pageblocks),
			      ALONE(lists), ALONE(log), ALONE(map)),
};

static const struct plan wide_plans[NR_PICTURES] = {
	[PICTURE_MACHINE] = PLAN(ALONE(machine),
				 TOWER(lists, zone, pcp, pageblocks),
				 ALONE(map), ALONE(log)),
	[PICTURE_WALK] = PLAN(ALONE(walk), TOWER(lists, zone, pcp, pageblocks),
			      ALONE(map), ALONE(log)),
	[PICTURE_SPLIT] = PLAN(BESIDE(split, lists), ALONE(walk),
			       STACK(zone, pcp, pageblocks), ALONE(map),
			       ALONE(log)),
	[PICTURE_MERGE] = PLAN(PILE(merge, zone, lists),
			       BESIDE(pcp, pageblocks), ALONE(map), ALONE(log)),
	[PICTURE_PCP] = PLAN(ALONE(pcp_flow),
			     TOWER(lists, zone, pcp, pageblocks), ALONE(map),
			     ALONE(log)),
	[PICTURE_STEAL] = PLAN(BESIDE(steal, lists), ALONE(walk),
			       STACK(zone, pcp, pageblocks), ALONE(map),
			       ALONE(log)),
	[PICTURE_CLAIM] = PLAN(ALONE(claim), BESIDE(steal, lists),
			       BESIDE(pcp, pageblocks), ALONE(map), ALONE(log)),
	[PICTURE_CMA] = PLAN(ALONE(cma), TOWER(lists, zone, pcp, pageblocks),
			     ALONE(map), ALONE(log)),
	[PICTURE_SLOW] = PLAN(BESIDE(slow, pcp), STACK(lists, zone, pageblocks),
			      ALONE(map), ALONE(log)),
};

const struct plan *picture_plan(enum picture picture, int width)
{
	return &(width >= WIDE ? wide_plans : narrow_plans)[picture];
}
