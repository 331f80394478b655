/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facts: what the printed numbers of a zone say about numbers that are not
 * printed: a boost inside the watermarks, the highatomic reserve, and
 * min_free_kbytes.
 *
 *   gap = low - min = max(min / 4, managed * watermark_scale_factor / 10000)
 *   boost <= 150 % of the high watermark, or a pageblock
 *   nr_reserved_highatomic <= managed / 100 + two pageblocks
 */
#include "failure/explain_private.h"

#include <stdlib.h>

#include "import/report_machine.h"

/* vm.watermark_scale_factor, and vm.watermark_boost_factor as a quotient. */
enum { SCALE = 10, SCALE_WHOLE = 10000, BOOST = 3, BOOST_WHOLE = 2 };

/* -- the size of a pageblock ---------------------------------------------- */

/*
 * The least and the most pages that a pageblock may have, where the report
 * does not say. 32-bit kernels without huge pages have blocks of the largest
 * order.
 */
static struct explain_range pageblock_pages(const struct report *r)
{
	const uint32_t order = report_pageblock_order(r);
	const uint32_t huge = report_page_shift(r) - 3;
	struct explain_range range = { INT64_C(1) << order, INT64_C(1)
								    << order };

	if (r->pageblock_order)
		return range;
	for (uint32_t i = 0; i < r->nr_zones; i++)
		if (r->zones[i].type == ZONE_HIGHMEM)
			range.most = INT64_C(1) << (report_max_order(r) - 1);
	if (huge < order)
		range.least = INT64_C(1) << huge;
	if (range.most < range.least)
		range.most = range.least;
	return range;
}

/*
 * The min watermark of zones with high memory is between these, and not a
 * share of min_free_kbytes.
 */
enum { HIGHMEM_MIN_LEAST = 32, HIGHMEM_MIN_MOST = 128 };

static bool is_highmem(const struct explanation *x, const struct report_zone *z)
{
	const struct machine *m = &x->machine;

	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (report_zone_of(x->report, &m->zones[i]) == z)
			return m->zones[i].highmem;
	return false;
}

/* -- the boost ------------------------------------------------------------ */

static int64_t pages_by_scale(const struct report_zone *z)
{
	return report_number(z, REPORT_managed) * SCALE / SCALE_WHOLE;
}

/* Could @min, of an unboosted zone, be boosted as far as the report says? */
static bool boost_is_possible(int64_t min, int64_t printed, int64_t gap,
			      int64_t pageblock)
{
	int64_t most = (min + 2 * gap) * BOOST / BOOST_WHOLE;

	return printed - min <= (most > pageblock ? most : pageblock);
}

/* The lowest unboosted min that the printed one could be the boosted of. */
static int64_t least_unboosted(int64_t printed, int64_t gap, int64_t pageblock)
{
	int64_t min = (2 * printed - 6 * gap) / 5 - 2;

	if (printed - pageblock < min)
		min = printed - pageblock;
	if (min < 0)
		min = 0;
	while (!boost_is_possible(min, printed, gap, pageblock))
		min++;
	return min;
}

/*
 * The gap is at least a quarter of the unboosted min; where it is more than
 * watermark_scale_factor accounts for, it is exactly that quarter. (A zone has
 * grown since if managed is larger now: so a fifth more counts as accounted
 * for.)
 */
static void find_boost(struct explain_facts *f, const struct report_zone *z,
		       int64_t pageblock)
{
	const int64_t printed = report_number(z, REPORT_min);
	const int64_t by_scale = pages_by_scale(z);

	f->unboosted_min = (struct explain_range){
		.least = least_unboosted(printed, f->gap, pageblock),
		.most = 4 * f->gap + 3,
	};
	if (f->unboosted_min.most > printed)
		f->unboosted_min.most = printed;
	if (report_has(z, REPORT_managed) && f->gap > by_scale + by_scale / 5 &&
	    4 * f->gap <= printed)
		f->unboosted_min.least = 4 * f->gap;
}

static void find_highmem_boost(struct explain_facts *f,
			       const struct report_zone *z)
{
	const int64_t printed = report_number(z, REPORT_min);

	f->unboosted_min = (struct explain_range){
		.least = HIGHMEM_MIN_LEAST < printed ? HIGHMEM_MIN_LEAST :
						       printed,
		.most = HIGHMEM_MIN_MOST < printed ? HIGHMEM_MIN_MOST : printed,
	};
}

/* May a boost be hidden in the watermarks of @z? */
static bool may_hide_boost(const struct report *r, const struct report_zone *z)
{
	return !report_has(z, REPORT_boost) &&
	       (!r->release.major ||
		explain_rule(&r->release, RULE_boost_hidden));
}

/* -- the highatomic reserve ----------------------------------------------- */

static bool has_free_highatomic(const struct report_zone *z)
{
	for (unsigned int o = 0; o < MAX_ORDER_LIMIT; o++)
		if (explain_types(z, o) & REPORT_TYPE_BIT(MIGRATE_HIGHATOMIC))
			return true;
	return false;
}

bool explain_free_highatomic(const struct report_zone *report, int64_t *pages)
{
	*pages = report_number(report, REPORT_free_highatomic);
	if (report_has(report, REPORT_free_highatomic))
		return true;
	for (unsigned int o = 0; report->has_types && o < MAX_ORDER_LIMIT; o++)
		*pages += (int64_t)report->by_type[MIGRATE_HIGHATOMIC][o] << o;
	return report->has_types;
}

/*
 * Is what the kernel subtracts for the reserve not in the report? The
 * highatomic pageblocks of pagetypeinfo are no more than its least: those that
 * became another type may be counted as reserved all the same.
 */
static bool hides_highatomic(const struct report *r,
			     const struct report_zone *z)
{
	int64_t pages;

	if (explain_rule(&r->release, RULE_migrate_reserve) ||
	    report_has(z, REPORT_reserved_highatomic))
		return false;
	/* logs print it since 5.5; zoneinfo, which has spanned, does not */
	if (!explain_rule(&r->release, RULE_highatomic_hidden) &&
	    !report_has(z, REPORT_spanned))
		return false;
	return !explain_rule(&r->release, RULE_free_highatomic) ||
	       !explain_free_highatomic(z, &pages);
}

static void find_highatomic(struct explain_facts *f, const struct report *r,
			    const struct report_zone *z)
{
	const struct explain_range pageblock = pageblock_pages(r);
	int64_t pages = report_number(z, report_has(z, REPORT_managed) ?
						 REPORT_managed :
						 REPORT_present);

	f->highatomic = (struct explain_range){
		.least = has_free_highatomic(z) ? pageblock.least : 0,
		.most = pages / 100 + 2 * pageblock.most,
	};
	if (!report_has(z, REPORT_managed) && !report_has(z, REPORT_present))
		f->highatomic.most = report_number(z, REPORT_free);
	if (explain_rule(&r->release, RULE_migrate_reserve))
		f->highatomic = (struct explain_range){ 0, 0 };
	if (z->has_pageblocks)
		f->highatomic.least = report_reserved_highatomic(r, z);
	if (f->highatomic.most < f->highatomic.least)
		f->highatomic.most = f->highatomic.least;
}

/* -- min_free_kbytes ------------------------------------------------------ */

/* Wider bounds, in kbytes, say nothing that anyone needs. */
enum { MIN_FREE_WIDTH = 256 };

/* Is the min watermark of @z a share of min_free_kbytes? */
static bool has_share(const struct explanation *x, const struct report_zone *z)
{
	if (z->type == ZONE_MOVABLE &&
	    explain_rule(&x->report->release, RULE_movable_cap))
		return false;
	return z->type <= ZONE_MOVABLE && !is_highmem(x, z);
}

/*
 * The sum of every such zone's min, unboosted; each is rounded down. What
 * khugepaged recommends counts the zones up to Normal.
 */
static void find_min_free(struct explanation *x)
{
	const struct report *r = x->report;
	const uint32_t shift = report_page_shift(r) - 10;
	uint64_t zones = 0;

	for (uint32_t i = 0; i < r->nr_zones; i++) {
		const struct report_zone *z = &r->zones[i];
		struct explain_range min = x->facts[i].unboosted_min;

		if (!has_share(x, z))
			continue;
		if (!report_has(z, REPORT_min))
			return;
		x->min_free_kbytes.least += min.least;
		x->min_free_kbytes.most += min.most + 1;
		zones += z->type <= ZONE_NORMAL;
	}
	x->min_free_kbytes.least <<= shift;
	x->min_free_kbytes.most = (x->min_free_kbytes.most << shift) - 1;
	x->has_min_free_kbytes =
		zones && x->min_free_kbytes.most - x->min_free_kbytes.least <
				 MIN_FREE_WIDTH;
	x->khugepaged_kbytes = (zones * 11 << report_pageblock_order(r))
			       << shift;
}

/* -- all of them ---------------------------------------------------------- */

static void find_zone(struct explanation *x, uint32_t i)
{
	struct report *r = x->report;
	const struct report_zone *z = &r->zones[i];
	struct explain_facts *f = &x->facts[i];
	const int64_t min = report_number(z, REPORT_min);
	const int64_t boost =
		report_boost_is_printed(z) ? report_number(z, REPORT_boost) : 0;

	f->unboosted_min = (struct explain_range){ min - boost, min - boost };
	f->has_gap = report_has(z, REPORT_min) && report_has(z, REPORT_low) &&
		     report_number(z, REPORT_low) >= min;
	f->gap = report_number(z, REPORT_low) - min;
	if (f->has_gap && may_hide_boost(r, z)) {
		if (is_highmem(x, z))
			find_highmem_boost(f, z);
		else
			find_boost(f, z, pageblock_pages(r).most);
		f->boost = (struct explain_range){
			.least = min - f->unboosted_min.most,
			.most = min - f->unboosted_min.least,
		};
		f->has_boost = f->boost.least > 0;
	}
	find_highatomic(f, r, z);
	f->has_highatomic = hides_highatomic(r, z);
}

bool facts_find(struct explanation *x)
{
	x->facts = calloc(x->report->nr_zones, sizeof(*x->facts));
	if (!x->facts)
		return false;
	for (uint32_t i = 0; i < x->report->nr_zones; i++)
		find_zone(x, i);
	find_min_free(x);
	return true;
}

const struct explain_facts *facts_of(const struct explanation *x,
				     const struct report_zone *report)
{
	return &x->facts[report - x->report->zones];
}
