/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flip_text: the text and the cost of a flip, from the templates. */
#include "explain/flip_private.h"
#include "mm/vmstat.h"
#include "mm/watermark.h"
#include "mm/zonelist.h"

enum { MAX_FLIP_VALUES = 36 };

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
		.unusable = (uint32_t)__zone_watermark_unusable_free(
			zone, t->wanted.order, 0),
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

/* What the templates name in braces. */
struct values {
	const struct machine *m;
	struct named_value value[MAX_FLIP_VALUES];
	uint32_t nr;
};

static void add(struct values *v, const char *name, enum field_kind kind,
		int64_t value)
{
	v->value[v->nr++] = (struct named_value){ .name = name,
						  .kind = kind,
						  .value = value };
}

static void fill(struct values *v, const char *template, char *buf, size_t size)
{
	text_fill(v->m, template, v->value, v->nr, named_value_text, buf, size);
}

/* Fill @buf with @template, and let the templates after it name it. */
static void add_text(struct values *v, const char *name, const char *template,
		     char buf[FLIP_TEXT_MAX])
{
	fill(v, template, buf, FLIP_TEXT_MAX);
	v->value[v->nr++] = (struct named_value){ .name = name, .text = buf };
}

static void add_change(struct values *v, const struct flip_trial *t,
		       const struct flip *flip)
{
	const enum field_kind kind = flip->kind->values;
	const unsigned int order = t->wanted.order;
	const int64_t change = flip->to > flip->from ? flip->to - flip->from :
						       flip->from - flip->to;

	add(v, "from", kind, flip->from);
	add(v, "to", kind, flip->to);
	add(v, "about", KIND_flag, t->about);
	add(v, "change", KIND_signed, change);
	add(v, "up", KIND_flag, flip->to > flip->from);
	add(v, "pages", KIND_signed, change << order);
	add(v, "order", KIND_order, order);
	add(v, "requests", KIND_signed, 1l << (order - t->request.order));
}

/* The zone that serves the request. A report has neither page numbers nor
 * distances: 0. */
static void add_zone(struct values *v, const struct flip_trial *t,
		     const struct zone *zone)
{
	const bool is_placed = !v->m->system->from_report;
	const uint32_t preferred = t->wanted.nid;

	add(v, "nid", KIND_nid, zone->node);
	add(v, "zone", KIND_zone, zone->idx);
	add(v, "start", KIND_pfn, is_placed ? zone->start_pfn : 0);
	add(v, "batch", KIND_pages, zone_pcp(v->m, zone, 0)->batch);
	add(v, "preferred", KIND_nid, preferred);
	add(v, "distance", KIND_count,
	    is_placed ? node_distance(v->m, preferred, zone->node) : 0);
}

static void add_measures(struct values *v, const struct flip_measure *before,
			 const struct flip_measure *after)
{
	add(v, "high", KIND_pages, before->high);
	add(v, "unusable", KIND_pages, before->unusable);
	add(v, "kswapd_stop", KIND_pages,
	    before->high + before->reserve + before->unusable);
	add(v, "low_from", KIND_pages, before->low);
	add(v, "low_to", KIND_pages, after->low);
	add(v, "reserve_from", KIND_pages, before->reserve);
	add(v, "reserve_to", KIND_pages, after->reserve);
	add(v, "min_from", KIND_pages, before->min);
	add(v, "min_to", KIND_pages, after->min);
}

static void add_request(struct values *v, const struct flip_trial *t)
{
	const struct event_watermark_check check = last_check(t->e.history);
	const gfp_t from = t->wanted.gfp, to = t->request.gfp;

	add(v, "left", KIND_signed, check.free - (1l << t->request.order));
	add(v, "discount", KIND_signed,
	    (int64_t)check.base + check.boost - check.watermark);
	add(v, "highest_zoneidx", KIND_zone, gfp_zone(v->m, from));
	add(v, "kswapd", KIND_flag, (from & __GFP_KSWAPD_RECLAIM) != 0);
	add(v, "sleeps", KIND_flag, (from & __GFP_DIRECT_RECLAIM) != 0);
	add(v, "added", KIND_gfp, to & ~from);
	add(v, "dropped", KIND_gfp, from & ~to);
	add(v, "both", KIND_flag, (to & ~from) && (from & ~to));
}

void flip_texts(const struct flip_trial *t, const struct flip_measure *before,
		const struct flip_measure *after, struct flip *flip)
{
	const struct machine *m = &t->e.machine;
	struct values v = { .m = m };
	char gfp_change[FLIP_TEXT_MAX], gfp_cost[FLIP_TEXT_MAX];

	add_change(&v, t, flip);
	add_zone(&v, t, &m->zones[flip->zone_id]);
	add_measures(&v, before, after);
	add_request(&v, t);
	add_text(&v, "gfp_change",
		 "gfp: {added?add {added}:}{both?, :}{dropped?drop {dropped}:}",
		 gfp_change);
	if (t->id == FLIP_gfp)
		add_text(&v, "gfp_cost", flip_gfps[t->index].cost, gfp_cost);
	fill(&v, templates[t->id].text, flip->text, sizeof(flip->text));
	fill(&v, templates[t->id].cost, flip->cost, sizeof(flip->cost));
}
