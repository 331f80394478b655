/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flip_text: the text and the cost of a flip, from the templates. */
#include "explain/flip_private.h"
#include "mm/vmstat.h"
#include "mm/watermark.h"
#include "mm/zonelist.h"

static const struct {
	const char *text, *cost;
} templates[NR_FLIPS] = {
#define FLIP(name, scope, kind, unit, help, text, cost)                        \
	[FLIP_##name] = { text, cost },
#include "explain/flips.def"
};

void flip_measure(const struct flip_trial *t, uint32_t zone_id,
		  struct flip_measure *measure)
{
	const struct machine *m = &t->e.machine;
	const struct zone *zone = &m->zones[zone_id];
	const uint32_t highest_zoneidx = gfp_zone(m, t->wanted.gfp);

	*measure = (struct flip_measure){
		.low = wmark_pages(zone, WMARK_LOW),
		.high = wmark_pages(zone, WMARK_HIGH),
		.reserve = zone->lowmem_reserve[highest_zoneidx],
	};
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		measure->min += m->zones[i].watermark[WMARK_MIN];
}

/* The last watermark check of the request; zeroes if there was none. */
static struct event_watermark_check last_check(const struct history *h)
{
	const struct event_watermark_check *check = NULL;

	for (uint32_t step = h->nr_events; step && !check; step--)
		check = event_get(history_event(h, step), watermark_check);
	return check ? *check : (struct event_watermark_check){ .free = 0 };
}

/* The value of the template that is called NAME, printed by its KIND. */
#define VALUE(kind_, name_, value_)                                            \
	{                                                                      \
		.name = #name_, .kind = (kind_), .value = (int64_t)(value_)    \
	}

void flip_texts(const struct flip_trial *t, const struct flip_measure *before,
		const struct flip_measure *after, struct flip *flip)
{
	const struct machine *m = &t->e.machine;
	const struct zone *zone = &m->zones[flip->zone_id];
	const struct event_watermark_check check = last_check(t->e.history);
	const enum field_kind kind = flip->kind->values;
	const int64_t change = flip->to > flip->from ? flip->to - flip->from :
						       flip->from - flip->to;
	const unsigned int order = t->wanted.order;
	const uint32_t preferred = t->wanted.nid;
	const bool measured = !m->system->from_report;
	char gfp_cost[FLIP_TEXT_MAX] = "";

	const struct named_value values[] = {
		VALUE(kind, from, flip->from),
		VALUE(kind, to, flip->to),
		VALUE(KIND_signed, change, change),
		VALUE(KIND_flag, up, flip->to > flip->from),
		/* the zone that serves the request */
		VALUE(KIND_nid, nid, zone->node),
		VALUE(KIND_zone, zone, zone->idx),
		/* a report has neither page numbers nor distances: 0 */
		VALUE(KIND_pfn, start, measured ? zone->start_pfn : 0),
		VALUE(KIND_pages, high, before->high),
		VALUE(KIND_flag, kswapd_suffices, flip->to <= before->high),
		VALUE(KIND_pages, batch, zone_pcp(m, zone, 0)->batch),
		VALUE(KIND_signed, left, check.free - (1l << t->request.order)),
		VALUE(KIND_signed, discount,
		      (int64_t)check.base + check.boost - check.watermark),
		VALUE(KIND_pages, low_from, before->low),
		VALUE(KIND_pages, low_to, after->low),
		VALUE(KIND_pages, reserve_from, before->reserve),
		VALUE(KIND_pages, reserve_to, after->reserve),
		VALUE(KIND_pages, min_from, before->min),
		VALUE(KIND_pages, min_to, after->min),
		/* the request */
		VALUE(KIND_order, order, order),
		VALUE(KIND_signed, pages, change << order),
		VALUE(KIND_signed, requests, 1l << (order - t->request.order)),
		VALUE(KIND_gfp, kswapd, t->wanted.gfp & __GFP_KSWAPD_RECLAIM),
		VALUE(KIND_zone, highest_zoneidx, gfp_zone(m, t->wanted.gfp)),
		VALUE(KIND_gfp, gfp_from, t->wanted.gfp),
		VALUE(KIND_gfp, gfp_to, t->request.gfp),
		VALUE(KIND_nid, preferred, preferred),
		VALUE(KIND_count, distance,
		      measured ? node_distance(m, preferred, zone->node) : 0),
		{ .name = "gfp_cost", .text = gfp_cost },
	};
	const uint32_t nr = sizeof(values) / sizeof(values[0]);

	if (t->id == FLIP_gfp)
		text_fill(m, flip_gfps[t->index].cost, values, nr,
			  named_value_text, gfp_cost, sizeof(gfp_cost));
	text_fill(m, templates[t->id].text, values, nr, named_value_text,
		  flip->text, sizeof(flip->text));
	text_fill(m, templates[t->id].cost, values, nr, named_value_text,
		  flip->cost, sizeof(flip->cost));
}
