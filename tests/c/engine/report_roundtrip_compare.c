/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_roundtrip: an explanation's attempt against the engine's.
 *
 * 5.10 and its neighbours read the same numbers: all of them, and the
 * verdicts, are equal. Older and newer kernels read others, which are taken
 * from the machine here.
 */
#include "report_roundtrip.h"

#include <inttypes.h>

#include "mm/watermark.h"
#include "mm/zonelist.h"

/* A zone's check by the rules of the report's kernel; pages. */
struct expected {
	int64_t free, order, highatomic, cma, watermark, reserve;
	int64_t hidden; /* of the highatomic reserve, and not printed */
	int64_t unboosted; /* the watermark, where it is checked again */
};

/* At which lowmem_reserve[] is read: of the preferred zone before 5.8. */
static unsigned int reserve_idx(const struct seen *seen,
				const struct printer *p)
{
	const struct machine *m = seen->m;
	const struct alloc_request *r = &seen->request;
	struct alloc_context ac = {
		.highest_zoneidx = seen->highest_zoneidx,
		.has_nodemask = r->has_nodemask,
		.nodemask = r->nodemask,
	};
	const struct zoneref *preferred;

	if (p->version >= 508)
		return seen->highest_zoneidx;
	if (!r->has_nodemask && !r->has_alloc_flags && m->system->cpusets) {
		ac.has_nodemask = true;
		ac.nodemask = m->system->task.mems_allowed;
	}
	node_zonelist(m, r->nid, r->gfp, &ac);
	preferred = first_zones_zonelist(&ac);
	return preferred ? preferred->idx : seen->highest_zoneidx;
}

/*
 * Order 0, 4.7 to 5.8: the quick check does not subtract the reserve. It
 * decides if it passes, and if no flag lowers the watermark after it.
 */
static bool quick_check_decides(const struct seen *seen,
				const struct event_watermark_check *c,
				const struct expected *e,
				const struct printer *p)
{
	return !seen->request.order && p->version >= 407 && p->version < 509 &&
	       (!(c->alloc_flags & ALLOC_HIGH) ||
		e->free - e->cma > (int64_t)c->base + c->boost + e->reserve);
}

/* ALLOC_MIN_RESERVE and ALLOC_NON_BLOCK of 6.3 may use the reserve. */
static bool may_use_reserve(const struct seen *seen, const struct printer *p)
{
	const gfp_t gfp = seen->request.gfp;
	const uint32_t flags = seen->request.alloc_flags;

	if (!seen->request.has_alloc_flags)
		return false;
	if (p->version < 603)
		return flags & (ALLOC_HARDER | ALLOC_OOM);
	return (flags & ALLOC_HIGH) ||
	       !(gfp & (__GFP_DIRECT_RECLAIM | __GFP_NOMEMALLOC));
}

/* What is subtracted for the highatomic reserve. */
static int64_t reserved(const struct seen *seen, const struct zone *zone,
			const struct printer *p)
{
	if (may_use_reserve(seen, p))
		return 0;
	if (prints_free_highatomic(p))
		return (int64_t)listed_pages(seen->m, zone, MIGRATE_HIGHATOMIC);
	return zone->nr_reserved_highatomic;
}

/* The check without the boost that 6.3 makes for ALLOC_MIN_RESERVE. */
static bool rechecks_min_reserve(const struct seen *seen,
				 const struct event_watermark_check *c,
				 const struct expected *e,
				 const struct printer *p)
{
	return p->version >= 603 && !seen->request.order &&
	       (c->alloc_flags & ALLOC_HIGH) && c->wmark == WMARK_MIN &&
	       e->free - e->highatomic - e->cma <= e->watermark + e->reserve;
}

static struct expected expect(const struct seen *seen,
			      const struct seen_zone *z,
			      const struct zone *zone, const struct printer *p)
{
	const struct event_watermark_check *c = &z->full;
	struct expected e = {
		.free = c->free,
		.order = (INT64_C(1) << c->order) - 1,
		.cma = c->cma,
		.watermark = watermark_lowered((long)c->base + c->boost,
					       c->alloc_flags),
		.reserve = zone->lowmem_reserve[reserve_idx(seen, p)],
	};

	e.unboosted = e.watermark;
	if (z->last.check == WATERMARK_STEP_unboosted && p->version >= 509)
		e.unboosted = z->last.watermark;
	if (!hides_boost(p))
		e.watermark = e.unboosted;
	if (c->alloc_flags & ALLOC_NO_WATERMARKS)
		return (struct expected){ .free = c->free, .order = e.order };
	if (!quick_check_decides(seen, c, &e, p))
		e.highatomic = reserved(seen, zone, p);
	if (rechecks_min_reserve(seen, c, &e, p))
		e.watermark = e.unboosted =
			watermark_lowered(c->base, c->alloc_flags);
	if (!prints_highatomic(p) && !prints_free_highatomic(p) &&
	    e.highatomic) {
		e.hidden = e.highatomic - printed_reserve(seen->m, zone, p);
		e.highatomic -= e.hidden;
	}
	return e;
}

/* What is compared, and the first difference. */
struct comparison {
	const char *attempt;
	const struct explain_zone *z;
	char *difference; /* "": none yet */
	size_t size;
};

static void compare(struct comparison *c, const char *what, int64_t got,
		    int64_t expected)
{
	if (got != expected && !*c->difference)
		snprintf(c->difference, c->size,
			 "%s, zone %s: %s is %" PRId64
			 ", the engine's %" PRId64,
			 c->attempt, c->z->name, what, got, expected);
}

static void compare_numbers(struct comparison *c, const struct expected *e)
{
	const struct explain_zone *z = c->z;
	const int64_t margin = e->free - e->order - e->highatomic - e->cma -
			       e->watermark - e->reserve;
	const int64_t truth = margin - e->hidden + e->watermark - e->unboosted;

	compare(c, "free", z->free, e->free);
	compare(c, "unusable.order", z->unusable.order, e->order);
	compare(c, "highatomic", z->unusable.highatomic, e->highatomic);
	compare(c, "cma", z->unusable.cma, e->cma);
	compare(c, "unusable.sum", z->unusable.sum,
		e->order + e->highatomic + e->cma);
	compare(c, "watermark", z->watermark, e->watermark);
	compare(c, "reserve", z->reserve, e->reserve);
	compare(c, "margin", z->margin, margin);
	if (z->margins.least > truth)
		compare(c, "the least margin", z->margins.least, truth);
	if (z->margins.most < truth)
		compare(c, "the most margin", z->margins.most, truth);
}

/*
 * The verdict is the engine's if it is certain, or if no number is hidden.
 * Which check refuses may depend on a hidden number all the same.
 */
static void compare_verdicts(struct comparison *c, const struct seen_zone *s,
			     const struct expected *e)
{
	const bool hides = e->hidden || e->watermark != e->unboosted;

	if (!c->z->is_certain && (c->z->unknowns || hides))
		return;
	if (s->nofragment) {
		compare(c, "verdict", c->z->verdict, EXPLAIN_ZONE_served);
		return;
	}
	compare(c, "verdict", c->z->verdict, s->verdict);
	if (!hides)
		compare(c, "check", c->z->check, s->check);
}

/* The machine's zone that @z is; NULL: it has none. */
static const struct zone *find_zone(const struct machine *m,
				    const struct explain_zone *z)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (m->zones[i].node == z->zone->node &&
		    m->zones[i].type == z->zone->type)
			return &m->zones[i];
	return NULL;
}

static void compare_zone(struct comparison *c, const struct seen *seen,
			 const struct printer *p)
{
	const struct zone *zone = find_zone(seen->m, c->z);
	const struct seen_zone *s;
	struct expected e = { .hidden = 0 };

	if (!zone) {
		compare(c, "existence", 1, 0);
		return;
	}
	s = &seen->zones[zone_id(seen->m, zone)];
	if (s->check == EXPLAIN_CHECK_not_in_zonelist)
		return; /* or one before it served the request */
	compare(c, "has_numbers", c->z->has_numbers, s->has_numbers);
	if (!s->has_numbers) {
		compare_verdicts(c, s, &e);
		return;
	}
	e = expect(seen, s, zone, p);
	compare_numbers(c, &e);
	if (has_rules_of_5_10(p) &&
	    !(seen->from_pcp && s->verdict == EXPLAIN_ZONE_served))
		compare_verdicts(c, s, &e);
}

bool compare_attempt(const struct explain_attempt *a, const struct seen *seen,
		     const struct printer *p, char *difference, size_t size)
{
	struct comparison c = {
		.attempt = seen->request.has_alloc_flags ? "slow" : "fast",
		.difference = difference,
		.size = size,
	};

	*difference = '\0';
	for (uint32_t i = 0; i < a->nr_zones; i++) {
		c.z = &a->zones[i];
		compare_zone(&c, seen, p);
	}
	return !*difference;
}
