/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_roundtrip: an attempt, as the engine makes it on the machine. */
#include "report_roundtrip.h"

#include "explain/experiment.h"
#include "mm/alloc_flags.h"

static enum explain_check skip_check(enum skip_reason reason)
{
	switch (reason) {
	case SKIP_highest_zoneidx:
		return EXPLAIN_CHECK_highest_zoneidx;
	case SKIP_nodemask:
		return EXPLAIN_CHECK_nodemask;
	case SKIP_cpuset:
		return EXPLAIN_CHECK_cpuset;
	default:
		return EXPLAIN_CHECK_dirty;
	}
}

static struct seen_zone *zone_at(struct seen *seen, unsigned int nid,
				 unsigned int idx)
{
	return &seen->zones[zone_id(seen->m, node_zone(seen->m, nid, idx))];
}

static void see_check(struct seen_zone *z,
		      const struct event_watermark_check *check)
{
	z->verdict = EXPLAIN_ZONE_refused;
	z->check = EXPLAIN_CHECK_watermark;
	z->nofragment = false;
	z->has_numbers = true;
	z->last = *check;
	if (check->check != WATERMARK_STEP_unboosted)
		z->full = *check;
}

static void see_event(struct seen *seen, const struct event *event)
{
	const struct event_zone_skip *skip = event_get(event, zone_skip);
	const struct event_watermark_check *check =
		event_get(event, watermark_check);
	const struct event_free_area_check *area =
		event_get(event, free_area_check);
	const struct event_zone_empty *empty = event_get(event, zone_empty);

	if (skip)
		*zone_at(seen, skip->nid, skip->zone) = (struct seen_zone){
			.verdict = EXPLAIN_ZONE_skipped,
			.check = skip_check(skip->reason),
		};
	if (check)
		see_check(zone_at(seen, check->nid, check->zone), check);
	if (area && !area->ok)
		zone_at(seen, area->nid, area->zone)->check =
			EXPLAIN_CHECK_no_block;
	if (empty) {
		struct seen_zone *z = zone_at(seen, empty->nid, empty->zone);

		z->check = EXPLAIN_CHECK_no_block;
		z->nofragment = empty->reason == EMPTY_nofragment;
	}
}

static void make_slow(const struct machine *m, struct alloc_request *request)
{
	struct slowpath_attempts s;

	slowpath_attempts(m, request->gfp, &s);
	if (s.atomic_ignored)
		request->gfp &= ~__GFP_ATOMIC;
	request->has_alloc_flags = true;
	request->alloc_flags = s.first;
	if (s.retry & ALLOC_NO_WATERMARKS) {
		request->alloc_flags = s.retry;
		request->has_nodemask = false;
	}
}

/* Has the list of the request's cpu and type a page? */
static bool has_pcp_page(const struct machine *m, const struct zone *zone,
			 const struct alloc_request *request)
{
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, request->cpu);

	return !list_is_empty(m, pcp->heads + gfp_migratetype(m, request->gfp));
}

void see_attempt(struct seen *seen, const struct machine *m,
		 const struct alloc_request *request, bool slow)
{
	struct experiment e;

	*seen = (struct seen){ .m = m, .request = *request };
	seen->highest_zoneidx = gfp_zone(m, request->gfp);
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		seen->zones[i].check = EXPLAIN_CHECK_not_in_zonelist;
	if (slow)
		make_slow(m, &seen->request);
	if (!experiment_init(&e, m))
		exit(EXIT_FAILURE);
	seen->served = experiment_alloc(&e, &seen->request);
	if (e.error != MACHINE_ERROR_none)
		exit(EXIT_FAILURE);
	for (uint32_t i = 1; i <= e.history->nr_events; i++)
		see_event(seen, history_event(e.history, i));
	if (seen->served) {
		const uint32_t id =
			zone_id(&e.machine, page_zone(&e.machine, e.pfn));
		struct seen_zone *z = &seen->zones[id];

		experiment_rewind(&e);
		seen->zone = &m->zones[id];
		seen->from_pcp = !request->order &&
				 has_pcp_page(m, &m->zones[id], request);
		z->verdict = EXPLAIN_ZONE_served;
		z->check = EXPLAIN_CHECK_none;
	}
	experiment_destroy(&e);
}
