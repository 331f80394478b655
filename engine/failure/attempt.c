/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * attempt: one walk over the zonelist of a report's machine, by the engine.
 *
 * Before it, the numbers that the report's kernel reads otherwise are changed
 * (attempt_rules.c); rewinding undoes that. A walk ends at the first zone that
 * serves the request: the zones after it are tried alone, each with a zonelist
 * that has no other.
 */
#define TRACED 1
#include "failure/attempt_apply.h"

#include <stdlib.h>

#include "explain/experiment.h"
#include "failure/explain_private.h"
#include "mm/free_account.h"
#include "mm/watermark.h"

struct attempt {
	const struct explanation *x;
	struct explain_attempt *result;
	struct attempt_rules rules;
	struct alloc_request request;
	struct experiment e;
};

/* -- the zones ------------------------------------------------------------ */

static const struct zonelist *zonelist_of(const struct attempt *a)
{
	const struct pglist_data *node = &a->x->machine.nodes[a->request.nid];

	return &node->zonelists[a->request.gfp & __GFP_THISNODE ?
					ZONELIST_NOFALLBACK :
					ZONELIST_FALLBACK];
}

static void add_zone(struct attempt *a, const struct zone *zone)
{
	struct explain_attempt *r = a->result;
	struct explain_zone *z = &r->zones[r->nr_zones++];

	z->zone = zone;
	z->report = report_zone_of(a->x->report, zone);
	z->check = EXPLAIN_CHECK_not_in_zonelist;
	zone_text(zone->node, zone->type, z->name);
}

/* In the order of the zonelist; then those of the report that are not in it. */
static void add_zones(struct attempt *a)
{
	const struct machine *m = &a->x->machine;
	const struct zonelist *list = zonelist_of(a);

	for (uint32_t i = 0; i < list->nr; i++)
		add_zone(a, &m->zones[m->zonerefs[list->first + i].zone]);
	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++) {
		for (uint32_t i = m->system->nr_zone_types; i-- > 0;) {
			const struct zone *zone = node_zone(m, nid, i);

			if (populated_zone(zone) &&
			    report_zone_of(a->x->report, zone) &&
			    !explain_find(a->result, zone))
				add_zone(a, zone);
		}
	}
}

const struct explain_zone *explain_find(const struct explain_attempt *a,
					const struct zone *zone)
{
	for (uint32_t i = 0; i < a->nr_zones; i++)
		if (a->zones[i].zone == zone)
			return &a->zones[i];
	return NULL;
}

/* -- what happened -------------------------------------------------------- */

static void read_skip(struct explain_zone *z, const struct event_zone_skip *e)
{
	static const enum explain_check checks[NR_SKIP] = {
		[SKIP_highest_zoneidx] = EXPLAIN_CHECK_highest_zoneidx,
		[SKIP_nodemask] = EXPLAIN_CHECK_nodemask,
		[SKIP_cpuset] = EXPLAIN_CHECK_cpuset,
		[SKIP_dirty] = EXPLAIN_CHECK_dirty,
		[SKIP_dirty_before] = EXPLAIN_CHECK_dirty,
	};

	z->verdict = EXPLAIN_ZONE_skipped;
	z->check = checks[e->reason];
}

/*
 * The zone is refused, unless a later event says more. The quick check of
 * order 0 ignores the reserves: what passes it passes the full check too,
 * whose numbers these are.
 */
static void read_watermark(struct explain_zone *z,
			   const struct event_watermark_check *e)
{
	z->verdict = EXPLAIN_ZONE_refused;
	z->check = EXPLAIN_CHECK_watermark;
	z->has_numbers = true;
	z->free = e->free;
	z->unusable.order = (INT64_C(1) << e->order) - 1;
	z->unusable.sum = z->unusable.order;
	z->no_watermark = e->alloc_flags & ALLOC_NO_WATERMARKS;
	if (!z->no_watermark) {
		z->unusable.highatomic = e->highatomic;
		z->unusable.cma = e->cma;
		z->unusable.sum = e->unusable;
		z->base = (int64_t)e->base + e->boost;
		z->watermark = watermark_lowered(z->base, e->alloc_flags);
		z->reserve = e->lowmem_reserve;
	}
	z->margin = z->free - z->unusable.sum - z->watermark - z->reserve;
}

static void read_served(struct explain_zone *z)
{
	z->verdict = EXPLAIN_ZONE_served;
	z->check = EXPLAIN_CHECK_none;
}

/* The zone of an event; every event of a walk has one of the list. */
static struct explain_zone *zone_of(struct attempt *a, unsigned int nid,
				    unsigned int idx)
{
	const struct zone *zone = node_zone(&a->x->machine, nid, idx);

	return (struct explain_zone *)explain_find(a->result, zone);
}

/* A later pass over the zonelist replaces what an earlier one found. */
static void read_event(struct attempt *a, const struct event *event)
{
	const struct event_alloc_flags_nofragment *flags =
		event_get(event, alloc_flags_nofragment);
	const struct event_zone_skip *skip = event_get(event, zone_skip);
	const struct event_watermark_check *check =
		event_get(event, watermark_check);
	const struct event_free_area_check *area =
		event_get(event, free_area_check);
	const struct event_zone_empty *empty = event_get(event, zone_empty);

	if (flags)
		a->result->alloc_flags = flags->alloc_flags;
	if (skip)
		read_skip(zone_of(a, skip->nid, skip->zone), skip);
	if (check)
		read_watermark(zone_of(a, check->nid, check->zone), check);
	if (area && !area->ok)
		zone_of(a, area->nid, area->zone)->check =
			EXPLAIN_CHECK_no_block;
	if (empty)
		zone_of(a, empty->nid, empty->zone)->check =
			EXPLAIN_CHECK_no_block;
}

/* Does the report say of which migratetypes its free blocks are? */
static bool has_types(const struct report *r)
{
	for (uint32_t i = 0; i < r->nr_zones; i++)
		for (unsigned int o = 0; o < MAX_ORDER_LIMIT; o++)
			if (explain_types(&r->zones[i], o))
				return true;
	return false;
}

/*
 * Change the machine for a walk. ALLOC_NOFRAGMENT goes by migratetypes: where
 * those are a guess, it is left out.
 */
static void change_machine(struct attempt *a)
{
	struct machine *m = &a->e.machine;

	attempt_rules_apply(&a->rules, m);
	if (!has_types(a->x->report))
		state_set(m, m->system->nofragment, 0);
}

/* -- the walks ----------------------------------------------------------------
 */

/* Make the request; false if the machine has no such order. */
static bool walk(struct attempt *a)
{
	struct experiment *e = &a->e;
	const bool served = experiment_alloc(e, &a->request);

	for (uint32_t step = 1; step <= e->history->nr_events; step++)
		read_event(a, history_event(e->history, step));
	if (served) {
		const struct zone *zone = page_zone(&e->machine, e->pfn);
		struct explain_zone *z = zone_of(a, zone->node, zone->idx);

		read_served(z);
		if (!a->result->served)
			a->result->served = z;
	}
	experiment_rewind(e);
	return e->error == MACHINE_ERROR_none;
}

/* Was the zone not reached, because one before it served the request? */
static bool is_left(const struct explain_zone *z)
{
	return z->check == EXPLAIN_CHECK_not_in_zonelist;
}

/* Try each zone of the zonelist that is left, as if there were no other. */
static void walk_rest(struct attempt *a)
{
	const struct zonelist *list = zonelist_of(a);
	const uint32_t first = list->first, nr = list->nr;
	struct machine *m = &a->e.machine;

	for (uint32_t i = 0; i < nr; i++) {
		if (!is_left(&a->result->zones[i]))
			continue;
		change_machine(a);
		state_set(m, list->first, first + i);
		state_set(m, list->nr, 1);
		walk(a);
	}
}

/* The account of each zone that the watermark was checked for. */
static void find_accounts(struct attempt *a)
{
	const struct explain_attempt *r = a->result;

	change_machine(a);
	for (uint32_t i = 0; i < r->nr_zones; i++) {
		struct explain_zone *z = &r->zones[i];

		zone_free_account(&a->e.machine, z->zone, a->request.order,
				  r->alloc_flags, a->rules.highest_zoneidx,
				  z->watermark, &z->account);
	}
	experiment_rewind(&a->e);
}

static void finish(struct attempt *a)
{
	struct explain_attempt *r = a->result;
	const struct explain_zone *first = NULL;

	for (uint32_t i = r->nr_zones; i-- > 0;) {
		struct explain_zone *z = &r->zones[i];

		attempt_rules_finish(&a->rules, z);
		if (z->report)
			z->usable_orders = attempt_rules_usable_orders(
				&a->rules, z->report);
		if (z->verdict == EXPLAIN_ZONE_served)
			first = z;
	}
	if (!r->served || r->served->verdict != EXPLAIN_ZONE_served)
		r->served = first;
}

static bool attempt_begin(struct attempt *a, gfp_t gfp, unsigned int order,
			  enum explain_attempt_kind kind)
{
	const uint32_t nr_zones = a->x->machine.system->nr_zones;
	struct explain_attempt *r = a->result;

	*r = (struct explain_attempt){ .nr_zones = 0 };
	r->zones = calloc(nr_zones, sizeof(*r->zones));
	if (!r->zones || !experiment_init(&a->e, &a->x->machine))
		return false;
	attempt_rules_find(&a->rules, &a->request, r, a->x, gfp, order, kind);
	change_machine(a);
	return true;
}

bool attempt_make(const struct explanation *x, struct explain_attempt *result,
		  gfp_t gfp, unsigned int order, enum explain_attempt_kind kind)
{
	struct attempt a = { .x = x, .result = result };

	if (!attempt_begin(&a, gfp, order, kind))
		return false;
	add_zones(&a);
	if (walk(&a)) {
		walk_rest(&a);
		finish(&a);
		find_accounts(&a);
	} else {
		result->order_too_large = a.e.error ==
					  MACHINE_ERROR_order_range;
		result->nr_zones = 0;
	}
	experiment_destroy(&a.e);
	return true;
}

void flips_of_attempt(struct explanation *x)
{
	struct explain_attempt again;
	struct attempt a = { .x = x, .result = &again };

	if (attempt_begin(&a, x->gfp.gfp, x->order, EXPLAIN_SLOW)) {
		const bool has_split =
			split_boosts(x, &a.request, &a.e.machine);

		x->nr_flips = flips_find_report(&a.e.machine, &a.request,
						has_split, x->flips, FLIPS_MAX);
		experiment_destroy(&a.e);
	}
	attempt_destroy(&again);
}

void attempt_destroy(struct explain_attempt *a)
{
	free(a->zones);
	*a = (struct explain_attempt){ .nr_zones = 0 };
}
