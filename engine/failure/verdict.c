/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verdict: how certain a result is.
 *
 * The counter of free pages is no unknown: the check reads the counter that
 * the zone line prints, not the pages that the cpus have not folded into it.
 * Only where the lists disagree with the zone line were both not read at one
 * moment, and then either may be right.
 */
#include "failure/explain_private.h"

#include "mm/watermark.h"

/* An attempt, and what of the explanation its results depend on. */
struct bounds {
	const struct explanation *x;
	const struct explain_attempt *a;
	unsigned int order;
};

static bool holds(const struct bounds *b, enum explain_rule rule)
{
	return explain_rule(&b->x->report->release, rule);
}

/* -- the bounds of a zone's margin ---------------------------------------- */

int64_t report_lists_pages(const struct explanation *x,
			   const struct report_zone *zone)
{
	int64_t pages = 0;

	for (unsigned int o = 0; o < x->machine.max_order; o++)
		pages += (int64_t)explain_nr_blocks(zone, o) << o;
	return pages;
}

static void widen(struct explain_zone *z, enum explain_unknown unknown,
		  int64_t less, int64_t more)
{
	if (!less && !more)
		return;
	z->unknowns |= 1u << unknown;
	z->margins.least -= less;
	z->margins.most += more;
}

static void widen_by_lists(const struct bounds *b, struct explain_zone *z)
{
	const int64_t more = report_lists_pages(b->x, z->report) - z->free;

	if (explain_has_blocks(z->report))
		widen(z, EXPLAIN_UNKNOWN_lists, more < 0 ? -more : 0,
		      more > 0 ? more : 0);
}

/*
 * The quick check of 4.7 to 5.8 does not subtract the reserve. It decides if
 * the zone passes it, and if no flag lowers the watermark after it.
 */
static bool quick_check_decides(const struct bounds *b,
				const struct explain_zone *z)
{
	return !b->order && holds(b, RULE_quick_check) &&
	       (!(b->a->alloc_flags & (ALLOC_HIGH | ALLOC_OOM)) ||
		z->free - z->unusable.cma > z->base + z->reserve);
}

/* The reserve that is not printed, unless the check does not subtract it. */
static void widen_by_highatomic(const struct bounds *b, struct explain_zone *z)
{
	const struct explain_facts *f = facts_of(b->x, z->report);
	int64_t taken;

	if (!f->has_highatomic || quick_check_decides(b, z) ||
	    (b->a->alloc_flags & (ALLOC_HARDER | ALLOC_OOM)))
		return;
	taken = z->unusable.highatomic;
	widen(z, EXPLAIN_UNKNOWN_highatomic, f->highatomic.most - taken,
	      taken - f->highatomic.least);
}

/*
 * GFP_ATOMIC of order 0 is checked again against the min watermark without
 * its boost, which may be part of the printed one.
 */
static void widen_by_boost(const struct bounds *b, struct explain_zone *z)
{
	const struct explain_facts *f = facts_of(b->x, z->report);
	const uint32_t flags = b->a->alloc_flags;
	const bool checks_again =
		!b->order && (b->x->gfp.gfp & __GFP_ATOMIC) &&
		(flags & ALLOC_WMARK_MASK) == ALLOC_WMARK_MIN &&
		holds(b, RULE_boost_hidden) && !holds(b, RULE_boost_counts);

	if (checks_again && f->boost.most > 0)
		widen(z, EXPLAIN_UNKNOWN_boost, 0,
		      z->watermark -
			      watermark_lowered(f->unboosted_min.least, flags));
}

/* -- is the result of a zone certain? ------------------------------------- */

/* Are there free blocks of the order or more, of types that are not printed? */
static bool has_unknown_types(const struct bounds *b,
			      const struct explain_zone *z)
{
	if (!explain_has_blocks(z->report))
		return true;
	if (holds(b, RULE_no_cma))
		return false;
	for (unsigned int o = b->order; o < b->x->machine.max_order; o++)
		if (explain_nr_blocks(z->report, o) &&
		    !explain_types(z->report, o))
			return true;
	return false;
}

/* pcp_allowed_order(), mm/page_alloc.c; only order 0 before 5.14. */
static bool pcp_allowed_order(const struct bounds *b)
{
	enum { PAGE_ALLOC_COSTLY_ORDER = 3 };

	return !b->order || (holds(b, RULE_pcp_orders) &&
			     (b->order <= PAGE_ALLOC_COSTLY_ORDER ||
			      b->order == b->x->machine.pageblock_order));
}

/*
 * Could a per-cpu list have a page for the request? A request that failed
 * found none: the report itself says so.
 */
static bool has_unknown_pcp(const struct bounds *b,
			    const struct explain_zone *z)
{
	if (b->x->report->request.event != REPORT_NO_REQUEST ||
	    !pcp_allowed_order(b))
		return false;
	for (uint32_t cpu = 0; cpu < z->report->nr_cpus; cpu++)
		if (z->report->pcp[cpu].count)
			return true;
	return false;
}

/*
 * Has the zone a free page for a request of order 0, whatever the lists are?
 * The counter of free pages has none that are isolated.
 */
static bool has_page(const struct bounds *b, const struct explain_zone *z)
{
	int64_t pages = z->free;

	if (!(b->a->alloc_flags & ALLOC_CMA))
		pages -= report_number(z->report, REPORT_free_cma);
	pages -= report_has(z->report, REPORT_reserved_highatomic) ?
			 report_number(z->report, REPORT_reserved_highatomic) :
			 facts_of(b->x, z->report)->highatomic.most;
	return !b->order && pages > 0;
}

/* Could the zone serve the request if the unknown numbers were the best? */
static bool could_serve(const struct bounds *b, struct explain_zone *z)
{
	const bool unknown_types = has_unknown_types(b, z);
	const bool unknown_pcp = has_unknown_pcp(b, z);

	if (z->check == EXPLAIN_CHECK_watermark)
		return z->margins.most > 0 &&
		       (z->usable_orders || unknown_types || unknown_pcp);
	z->unknowns = 0;
	if (unknown_types)
		z->unknowns |= 1u << EXPLAIN_UNKNOWN_types;
	if (unknown_pcp)
		z->unknowns |= 1u << EXPLAIN_UNKNOWN_pcp;
	return z->unknowns;
}

/* Could it refuse the request if they were the worst? */
static bool could_refuse(const struct bounds *b, struct explain_zone *z)
{
	if (!z->no_watermark && z->margins.least <= 0)
		return true;
	if (z->usable_orders || has_page(b, z) || !has_unknown_types(b, z))
		return false;
	z->unknowns = 1u << EXPLAIN_UNKNOWN_types;
	return true;
}

static void find_zone(const struct bounds *b, struct explain_zone *z)
{
	z->margins = (struct explain_range){ z->margin, z->margin };
	z->is_certain = true;
	if (!z->has_numbers || !z->report)
		return;
	if (!z->no_watermark) {
		widen_by_lists(b, z);
		widen_by_highatomic(b, z);
		widen_by_boost(b, z);
	}
	z->is_certain = z->verdict == EXPLAIN_ZONE_served ?
				!could_refuse(b, z) :
				!could_serve(b, z);
}

void bounds_find(const struct explanation *x, struct explain_attempt *a,
		 unsigned int order)
{
	const struct bounds b = { x, a, order };

	for (uint32_t i = 0; i < a->nr_zones; i++)
		find_zone(&b, &a->zones[i]);
}

/* -- the verdict ---------------------------------------------------------- */

/*
 * A report is written after the slow path gave up, so its first attempt
 * decides: a zone that would serve it now cannot be why. A request that did
 * not fail has nothing to explain if it would be served.
 */
void verdict_find(struct explanation *x)
{
	const struct explain_attempt *slow = &x->attempts[EXPLAIN_SLOW];
	const bool is_failure = x->report->request.event != REPORT_NO_REQUEST;

	x->verdict = EXPLAIN_certain;
	x->unknowns = 0;
	if (x->is_memcg)
		x->verdict = EXPLAIN_not_explained;
	for (uint32_t i = 0; i < slow->nr_zones; i++) {
		const struct explain_zone *z = &slow->zones[i];

		if (z->is_certain && z->verdict == EXPLAIN_ZONE_served)
			x->verdict = is_failure ? EXPLAIN_not_explained :
						  EXPLAIN_none;
		if (z->is_certain)
			continue;
		x->unknowns |= z->unknowns;
		if (x->verdict == EXPLAIN_certain)
			x->verdict = EXPLAIN_bounded;
	}
}
