/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_counters: what follows once the free blocks of a report lie in their
 * zones: the other pageblocks, counters, and per-cpu lists.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "import/report_layout.h"
#include "state/state.h"

/* -- pageblocks ------------------------------------------------------------ */

/* The only zone with CMA blocks, or NULL. */
static const struct report_zone *only_cma_zone(const struct report_layout *l)
{
	const struct report_zone *only = NULL;

	for (uint32_t i = 0; i < l->nr; i++) {
		bool cma = report_number(l->zones[i].zone, REPORT_free_cma);

		for (unsigned int o = 0; o < l->max_order; o++)
			cma |= l->zones[i].blocks.nr[MIGRATE_CMA][o] != 0;
		if (cma && only)
			return NULL;
		if (cma)
			only = l->zones[i].zone;
	}
	return only;
}

/* CMA pages of @zone, free or not; 0: not printed. */
static uint64_t cma_pages(const struct report_layout *l,
			  const struct report_zone *zone)
{
	if (report_has(zone, REPORT_managed_cma))
		return (uint64_t)report_number(zone, REPORT_managed_cma);
	if (l->r->has_cma_reserved && only_cma_zone(l) == zone)
		return l->r->cma_reserved;
	return 0;
}

/* How many pageblocks of each migratetype are known to be in @zone. */
static void known_pageblocks(const struct machine *m,
			     const struct report_layout *l,
			     const struct report_zone *zone, uint64_t *known)
{
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		known[type] = zone->has_pageblocks ? zone->pageblocks[type] : 0;
	if (zone->has_pageblocks)
		return;
	known[MIGRATE_HIGHATOMIC] =
		(uint64_t)report_number(zone, REPORT_reserved_highatomic) >>
		m->pageblock_order;
	known[MIGRATE_CMA] = cma_pages(l, zone) >> m->pageblock_order;
}

/*
 * The pageblocks without free blocks get the types of which more are known to
 * be there; the rest is movable.
 */
static void fill_pageblocks(struct machine *m, const struct report_layout *l,
			    const struct zone *zone,
			    const struct report_zone *from)
{
	const uint8_t *first =
		&m->pageblocks[pageblock_index(m, zone, zone->start_pfn)];
	const uint8_t *last =
		&m->pageblocks[pageblock_index(m, zone, zone_end_pfn(zone) - 1)];
	uint64_t known[MIGRATE_TYPES], nr_cma = 0;
	unsigned int type = 0;

	known_pageblocks(m, l, from, known);
	for (const uint8_t *block = first; block <= last; block++)
		if (*block < MIGRATE_TYPES && known[*block])
			known[*block]--;
	for (const uint8_t *block = first; block <= last; block++) {
		while (type < MIGRATE_TYPES && !known[type])
			type++;
		if (*block == PAGEBLOCK_NONE) {
			state_set(m, *block,
				  type < MIGRATE_TYPES ? type :
							 MIGRATE_MOVABLE);
			if (type < MIGRATE_TYPES)
				known[type]--;
			if (*block == MIGRATE_ISOLATE)
				state_add(m, zone->nr_isolate_pageblock, 1);
		}
		nr_cma += *block == MIGRATE_CMA;
	}
	nr_cma <<= m->pageblock_order;
	if (cma_pages(l, from))
		nr_cma = cma_pages(l, from);
	state_set(m, zone->managed_cma,
		  nr_cma < zone->managed ? (uint32_t)nr_cma : zone->managed);
}

/* -- counters -------------------------------------------------------------- */

/* The part of *@left that one cpu may keep to itself. */
static int32_t take_part(int64_t *left, int64_t threshold)
{
	int64_t part = *left;

	if (part > threshold)
		part = threshold;
	if (part < -threshold)
		part = -threshold;
	*left -= part;
	return (int32_t)part;
}

/*
 * A threshold below a difference would fold it into the counter at the first
 * change, and the counter would no longer be the printed one.
 */
static void raise_threshold(struct machine *m, const struct zone *zone,
			    int32_t diff)
{
	const int64_t least = llabs((long long)diff);

	if (zone->stat_threshold < least)
		state_set(m, zone->stat_threshold,
			  least < INT32_MAX ? (uint32_t)least : INT32_MAX);
}

/*
 * What the lists have more than a counter, spread over the cpus' vm_stat_diff;
 * cpu 0 has what is beyond their thresholds.
 */
static void spread(struct machine *m, const struct zone *zone, int64_t free,
		   int64_t cma)
{
	const struct per_cpu_pages *first = zone_pcp(m, zone, 0);

	for (uint32_t cpu = 0; cpu < m->system->nr_cpus; cpu++) {
		const struct per_cpu_pages *pcp = zone_pcp(m, zone, cpu);

		state_set(m, pcp->stat_diff,
			  take_part(&free, zone->stat_threshold));
		state_set(m, pcp->cma_diff,
			  take_part(&cma, zone->stat_threshold));
	}
	state_add(m, first->stat_diff, (int32_t)free);
	state_add(m, first->cma_diff, (int32_t)cma);
	raise_threshold(m, zone, first->stat_diff);
	raise_threshold(m, zone, first->cma_diff);
}

static int64_t pages_of_type(const struct free_blocks *blocks,
			     unsigned int type)
{
	int64_t pages = 0;

	for (unsigned int o = 0; o < MAX_ORDER_LIMIT; o++)
		pages += (int64_t)blocks->nr[type][o] << o;
	return pages;
}

static void set_counters(struct machine *m, struct report_layout *l,
			 const struct zone *zone, const struct zone_layout *z)
{
	const int64_t listed = (int64_t)free_blocks_nr_pages(&z->blocks) -
			       pages_of_type(&z->blocks, MIGRATE_ISOLATE);
	const int64_t cma = pages_of_type(&z->blocks, MIGRATE_CMA);
	const int64_t free = report_number(z->zone, REPORT_free);
	const int64_t free_cma = report_has(z->zone, REPORT_free_cma) ?
					 z->zone->number[REPORT_free_cma] :
					 cma;
	char text[ZONE_LABEL_MAX];

	state_set(m, zone->nr_free_pages, (int32_t)free);
	state_set(m, zone->nr_free_cma, (int32_t)free_cma);
	spread(m, zone, listed - free, cma - free_cma);
	/* report_read.h warns where the free pages differ */
	if (llabs((long long)(cma - free_cma)) >
	    (long long)zone->stat_threshold * m->system->nr_cpus)
		report_warn(l->r,
			    "%s: free_cma is %" PRId64 ", but %" PRId64
			    " pages are CMA here",
			    zone_label(z->zone, text), free_cma, cma);
}

/* -- per-cpu lists --------------------------------------------------------- */

static void set_pcps(struct machine *m, struct report_layout *l,
		     const struct zone *zone, const struct report_zone *from)
{
	bool pages = false;

	if (report_has(from, REPORT_stat_threshold))
		state_set(m, zone->stat_threshold,
			  (uint32_t)from->number[REPORT_stat_threshold]);
	for (uint32_t cpu = 0; cpu < from->nr_cpus; cpu++) {
		const struct per_cpu_pages *pcp = zone_pcp(m, zone, cpu);

		pages |= from->pcp[cpu].count != 0;
		state_set(m, pcp->high, from->pcp[cpu].high);
		/* 0 would refill a list with nothing */
		if (from->pcp[cpu].batch)
			state_set(m, pcp->batch, from->pcp[cpu].batch);
	}
	if (pages)
		report_warn(l->r, "the report has no migratetypes of the pages "
				  "on per-cpu lists; the lists are empty here");
}

void report_set_counters(struct machine *m, struct report_layout *l)
{
	refresh_zone_stat_thresholds(m);
	setup_per_cpu_pageset(m);
	for (uint32_t i = 0; i < l->nr; i++) {
		const struct zone_layout *z = &l->zones[i];
		const struct zone *zone =
			node_zone(m, z->zone->nid,
				  report_zone_index(&l->types, z->zone->type));

		fill_pageblocks(m, l, zone, z->zone);
		set_pcps(m, l, zone, z->zone);
		set_counters(m, l, zone, z);
	}
}
