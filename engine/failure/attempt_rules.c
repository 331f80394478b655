/* SPDX-License-Identifier: GPL-2.0-or-later */
/* attempt_rules: the rules of rules.def that change an attempt. */
#include "failure/attempt_rules.h"

#include "failure/explain_private.h"
#include "import/report_machine.h"
#include "mm/alloc_flags.h"
#include "mm/watermark.h"

static bool holds(const struct attempt_rules *rules, enum explain_rule rule)
{
	return explain_rule(&rules->report->release, rule);
}

/* -- the request ---------------------------------------------------------- */

/* May the request not wait? ALLOC_NON_BLOCK of 6.3 and later. */
static bool is_non_block(gfp_t gfp)
{
	return !(gfp & (__GFP_DIRECT_RECLAIM | __GFP_NOMEMALLOC));
}

/*
 * gfp_to_alloc_flags() of 6.3 and later, in the flags of 5.10: MIN_RESERVE is
 * ALLOC_HIGH; NON_BLOCK lowers the watermark only beside it, as ALLOC_HARDER
 * does.
 */
static uint32_t flags_since_6_3(const struct machine *m, gfp_t gfp)
{
	uint32_t flags = ALLOC_WMARK_MIN | ALLOC_CPUSET |
			 current_alloc_flags(m, gfp_migratetype(m, gfp));

	flags |= gfp & (__GFP_HIGH | __GFP_KSWAPD_RECLAIM);
	if ((gfp & __GFP_HIGH) && !(gfp & __GFP_DIRECT_RECLAIM))
		flags &= ~ALLOC_CPUSET;
	if ((gfp & __GFP_HIGH) && is_non_block(gfp))
		flags |= ALLOC_HARDER;
	return flags;
}

/*
 * The slow path's first attempt; of a request that may ignore the watermarks
 * the second one, which does.
 */
static void make_slow(struct attempt_rules *rules, struct alloc_request *r,
		      const struct machine *m)
{
	struct slowpath_attempts s;
	const gfp_t gfp = r->gfp;

	slowpath_attempts(m, gfp, &s);
	r->has_alloc_flags = true;
	r->alloc_flags = s.first;
	if (s.atomic_ignored)
		r->gfp &= ~__GFP_ATOMIC;
	if (holds(rules, RULE_reserve_flags)) {
		r->alloc_flags = flags_since_6_3(m, gfp);
		/* the check without the boost asks for MIN_RESERVE */
		r->gfp &= ~__GFP_ATOMIC;
		if (gfp & __GFP_HIGH)
			r->gfp |= __GFP_ATOMIC;
		rules->keeps_highatomic = (gfp & __GFP_HIGH) ||
					  is_non_block(gfp);
	}
	if (s.retry & ALLOC_NO_WATERMARKS) {
		r->alloc_flags = s.retry;
		r->has_nodemask = false;
	}
	if (holds(rules, RULE_boost_counts))
		r->gfp &= ~__GFP_ATOMIC;
}

/* __alloc_pages_may_oom(): the last attempt before a task is killed. */
static void make_oom(struct alloc_request *r)
{
	r->has_alloc_flags = true;
	r->alloc_flags = ALLOC_WMARK_HIGH | ALLOC_CPUSET;
	r->gfp |= __GFP_HARDWALL;
	r->gfp &= ~__GFP_DIRECT_RECLAIM;
}

/* The types whose free blocks the request may use, the last resort too. */
static uint32_t usable_types(const struct attempt_rules *rules,
			     const struct alloc_request *r, gfp_t gfp)
{
	const uint32_t flags = rules->result->alloc_flags;
	uint32_t types = REPORT_TYPE_BIT(MIGRATE_UNMOVABLE) |
			 REPORT_TYPE_BIT(MIGRATE_MOVABLE) |
			 REPORT_TYPE_BIT(MIGRATE_RECLAIMABLE);

	if (flags & ALLOC_CMA)
		types |= REPORT_TYPE_BIT(MIGRATE_CMA);
	if (r->order && (flags & (ALLOC_HARDER | ALLOC_OOM)))
		types |= REPORT_TYPE_BIT(MIGRATE_HIGHATOMIC);
	if (!r->order && (flags & ALLOC_WMARK_MASK) == ALLOC_WMARK_MIN &&
	    is_non_block(gfp) && holds(rules, RULE_atomic_last))
		types |= REPORT_TYPE_BIT(MIGRATE_HIGHATOMIC);
	if (holds(rules, RULE_migrate_reserve))
		types |= REPORT_TYPE_BIT(REPORT_MIGRATE_RESERVE);
	return types;
}

/*
 * The index at which lowmem_reserve[] is read: before 5.8 that of the
 * preferred zone, which is lower where the highest zones are empty.
 */
static uint32_t reserve_idx(const struct attempt_rules *rules,
			    const struct machine *m,
			    const struct alloc_request *r)
{
	struct alloc_context ac = {
		.highest_zoneidx = rules->highest_zoneidx,
		.has_nodemask = r->has_nodemask,
		.nodemask = r->nodemask,
	};
	const struct zoneref *preferred;

	if (!holds(rules, RULE_classzone))
		return rules->highest_zoneidx;
	if (!r->has_nodemask && !r->has_alloc_flags && m->system->cpusets) {
		ac.has_nodemask = true;
		ac.nodemask = m->system->task.mems_allowed;
	}
	node_zonelist(m, r->nid, r->gfp, &ac);
	preferred = first_zones_zonelist(&ac);
	return preferred ? preferred->idx : rules->highest_zoneidx;
}

void attempt_rules_find(struct attempt_rules *rules,
			struct alloc_request *request,
			struct explain_attempt *result,
			const struct explanation *x, gfp_t gfp,
			unsigned int order, enum explain_attempt_kind kind)
{
	const struct machine *m = &x->machine;

	*rules = (struct attempt_rules){
		.report = x->report,
		.result = result,
		.order = order,
		.highest_zoneidx = gfp_zone(m, gfp),
	};
	*request = (struct alloc_request){
		.gfp = gfp,
		.order = order,
		.nid = x->nid,
		.has_nodemask = x->report->request.has_nodemask,
		.nodemask = x->report->request.nodemask,
	};
	if (kind == EXPLAIN_SLOW)
		make_slow(rules, request, m);
	if (kind == EXPLAIN_OOM)
		make_oom(request);
	result->alloc_flags =
		request->has_alloc_flags ?
			request->alloc_flags :
			ALLOC_WMARK_LOW |
				current_alloc_flags(m, gfp_migratetype(m, gfp));
	result->usable_types = usable_types(rules, request, gfp);
	result->reserve_idx = reserve_idx(rules, m, request);
}

/* -- before the walk ------------------------------------------------------ */

/* Of 4.7 to 5.8: does the quick check of order 0 let the zone pass? */
static bool quick_check_passes(const struct attempt_rules *rules,
			       const struct zone *z)
{
	const uint32_t flags = rules->result->alloc_flags;
	long free = z->nr_free_pages;

	if (!(flags & ALLOC_CMA))
		free -= z->nr_free_cma;
	return free >
	       (long)wmark_pages(z, flags & ALLOC_WMARK_MASK) +
		       (long)z->lowmem_reserve[rules->result->reserve_idx];
}

/* What the report's kernel subtracts for the highatomic reserve, in pages. */
static int64_t subtracted_highatomic(const struct attempt_rules *rules,
				     const struct zone *z,
				     const struct report_zone *report)
{
	const uint32_t flags = rules->result->alloc_flags;
	int64_t free_highatomic;

	if (rules->keeps_highatomic || holds(rules, RULE_migrate_reserve))
		return 0;
	if (!rules->order && holds(rules, RULE_quick_check) &&
	    (!(flags & (ALLOC_HIGH | ALLOC_OOM)) ||
	     quick_check_passes(rules, z)))
		return 0;
	if (holds(rules, RULE_free_highatomic) &&
	    explain_free_highatomic(report, &free_highatomic))
		return free_highatomic;
	return report_reserved_highatomic(rules->report, report);
}

void attempt_rules_numbers(const struct attempt_rules *rules,
			   const struct zone *z,
			   const struct report_zone *report,
			   struct attempt_numbers *numbers)
{
	numbers->nr_reserved_highatomic =
		(uint32_t)subtracted_highatomic(rules, z, report);
	numbers->lowmem_reserve = z->lowmem_reserve[rules->result->reserve_idx];
}

/* -- after it ------------------------------------------------------------- */

uint32_t attempt_rules_usable_orders(const struct attempt_rules *rules,
				     const struct report_zone *report)
{
	const bool any_type = holds(rules, RULE_no_cma);
	uint32_t orders = 0;

	for (unsigned int o = rules->order; o < MAX_ORDER_LIMIT; o++)
		if (any_type ? explain_nr_blocks(report, o) > 0 :
			       explain_types(report, o) &
				       rules->result->usable_types)
			orders |= 1u << o;
	return orders;
}

/*
 * __zone_watermark_ok() before 4.4: at each order below the request's, the
 * blocks of that order are no help, and half as many pages are enough.
 */
static bool order_loop_ok(const struct attempt_rules *rules,
			  const struct explain_zone *z)
{
	int64_t free = z->free - z->unusable.order, min = z->watermark;

	for (unsigned int o = 0; o < rules->order; o++) {
		free -= (int64_t)explain_nr_blocks(z->report, o) << o;
		min /= 2;
		if (free <= min)
			return false;
	}
	return true;
}

void attempt_rules_finish(const struct attempt_rules *rules,
			  struct explain_zone *z)
{
	if (!z->report || !explain_has_blocks(z->report))
		return;
	if (z->check == EXPLAIN_CHECK_no_block &&
	    attempt_rules_usable_orders(rules, z->report)) {
		z->verdict = EXPLAIN_ZONE_served;
		z->check = EXPLAIN_CHECK_none;
	}
	if (holds(rules, RULE_order_loop) && !z->no_watermark &&
	    z->verdict == EXPLAIN_ZONE_served && !order_loop_ok(rules, z)) {
		z->verdict = EXPLAIN_ZONE_refused;
		z->check = EXPLAIN_CHECK_no_block;
	}
}
