/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_machine: the machine that a report describes. */
#include "import/report_machine.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "import/report_layout.h"
#include "state/arena.h"
#include "state/state.h"

enum { LOCAL_DISTANCE = 10, REMOTE_DISTANCE = 20 };

/*
 * Movable zones are of the highest zone that has memory. That no HighMem is
 * left beside them is possible, and rare.
 */
static bool has_highmem(const struct report_layout *l)
{
	for (uint32_t i = 0; i < l->nr; i++)
		if (l->zones[i].zone->type == ZONE_HIGHMEM)
			return true;
	return false;
}

static bool is_64bit_report(const struct report_layout *l)
{
	return strstr(l->types.arch, "64") != NULL;
}

static bool create(struct machine *m, struct report_layout *l)
{
	const struct arena_shape shape = {
		.nr_nodes = l->nr_nodes,
		.nr_cpus = l->nr_cpus,
		.nr_zone_types = l->types.nr,
		.nr_zonerefs =
			MAX_ZONELISTS * l->nr_nodes * l->nr_nodes * l->types.nr,
		.max_pfn = l->max_pfn,
		.max_order = l->max_order,
		.pageblock_order = l->pageblock_order,
		.page_shift = report_page_shift(l->r),
		.pageblocks_per_zone = l->shares_pageblocks ||
				       !is_64bit_report(l),
	};

	if (!arena_create(m, &shape))
		return report_layout_fail(l, "the machine cannot be mapped: %s",
					  strerror(errno));
	memset((void *)(uintptr_t)m->pageblocks, PAGEBLOCK_NONE,
	       m->system->nr_pageblocks);
	return true;
}

static void set_text(struct machine *m, const char *field, size_t size,
		     const char *text)
{
	for (size_t i = 0; i + 1 < size && text[i]; i++)
		state_set(m, field[i], text[i]);
}

/* CMA exists if anything of it is in the report. */
static bool has_cma(const struct report_layout *l)
{
	if (l->r->has_cma_reserved && l->r->cma_reserved)
		return true;
	for (uint32_t i = 0; i < l->nr; i++) {
		const struct zone_layout *z = &l->zones[i];

		if (report_number(z->zone, REPORT_free_cma) ||
		    report_number(z->zone, REPORT_managed_cma) ||
		    (z->zone->has_pageblocks &&
		     z->zone->pageblocks[MIGRATE_CMA]))
			return true;
		for (unsigned int o = 0; o < l->max_order; o++)
			if (z->blocks.nr[MIGRATE_CMA][o])
				return true;
	}
	return false;
}

static void set_system(struct machine *m, const struct report_layout *l)
{
	const struct system *s = m->system;
	const struct release *release = &l->r->release;

	set_text(m, s->arch, sizeof(s->arch), l->types.arch);
	set_text(m, s->release, sizeof(s->release),
		 release->major ? release->text : "unknown");
	for (uint32_t i = 0; i < l->types.nr; i++)
		state_set(m, s->zone_type[i], l->types.type[i]);
	setup_gfp_zones(m);
	state_set(m, s->cma, has_cma(l));
	state_set(m, s->numa, is_64bit_report(l) || l->nr_nodes > 1);
	state_set(m, s->nofragment,
		  report_zone_index(&l->types, ZONE_DMA32) != PFN_NONE);
	state_set(m, s->from_report, 1);
}

/*
 * What min_free_kbytes was shared out as. Each share was rounded down by less
 * than a page: if khugepaged would set it to a value within that, it did.
 */
static uint32_t estimate_min_free_kbytes(struct machine *m)
{
	const struct system *s = m->system;
	const uint32_t page_kbytes = (uint32_t)(page_size(m) / 1024);
	uint64_t kbytes = 0, rounding = 0;
	uint32_t recommended;

	for (uint32_t id = 0; id < s->nr_zones; id++) {
		if (m->zones[id].highmem || !populated_zone(&m->zones[id]))
			continue;
		kbytes += unboosted_min_pages(&m->zones[id]) * page_kbytes;
		rounding += page_kbytes;
	}
	if (kbytes > INT32_MAX)
		return INT32_MAX;
	state_set(m, s->min_free_kbytes, (uint32_t)kbytes);
	recommended = calculate_min_free_kbytes(m, true);
	return recommended < kbytes + rounding ? recommended : (uint32_t)kbytes;
}

/* The kernel's defaults: a report says nothing about them. */
static void set_sysctls(struct machine *m)
{
	setup_default_sysctls(m);
	state_set(m, m->system->min_free_kbytes, estimate_min_free_kbytes(m));
}

static void set_nodes(struct machine *m, const struct report_layout *l)
{
	const struct system *s = m->system;
	uint64_t mems = 0;

	for (uint32_t i = 0; i < l->r->nr_zones; i++)
		state_set(m, m->nodes[l->r->zones[i].nid].online, 1);
	for (uint32_t i = 0; i < l->nr; i++) {
		const uint32_t nid = l->zones[i].zone->nid;

		state_set(m, m->nodes[nid].has_memory, 1);
		mems |= 1ull << nid;
	}
	for (uint32_t a = 0; a < s->nr_nodes; a++) {
		state_add(m, s->nr_online_nodes, m->nodes[a].online);
		for (uint32_t b = 0; b < s->nr_nodes; b++)
			state_set(m, m->distance[a * s->nr_nodes + b],
				  a == b ? LOCAL_DISTANCE : REMOTE_DISTANCE);
	}
	state_set(m, s->task.mems_allowed, mems);
	state_set(m, s->task.hardwall_mems, mems);
	for (uint32_t cpu = 0, nid = 0; cpu < s->nr_cpus; cpu++) {
		while (!m->nodes[nid].has_memory)
			nid = (nid + 1) % s->nr_nodes;
		state_set(m, s->cpu_node[cpu], nid);
		nid = (nid + 1) % s->nr_nodes;
	}
}

/* -- zones ----------------------------------------------------------------- */

static const struct zone *machine_zone(const struct machine *m,
				       const struct report_layout *l,
				       const struct zone_layout *z)
{
	return node_zone(m, z->zone->nid,
			 report_zone_index(&l->types, z->zone->type));
}

static void set_watermarks(struct machine *m, const struct zone *zone,
			   struct report *r, const struct report_zone *from)
{
	static const enum report_number marks[NR_WMARK] = { REPORT_min,
							    REPORT_low,
							    REPORT_high };
	const int64_t boost = report_boost_is_printed(from) ?
				      report_number(from, REPORT_boost) :
				      0;
	char text[ZONE_LABEL_MAX];

	if (!boost && report_number(from, REPORT_boost))
		report_warn(r, "%s: boost is above min; it is left out",
			    zone_label(from, text));
	for (int i = 0; i < NR_WMARK; i++) {
		int64_t pages = report_number(from, marks[i]) - boost;

		state_set(m, zone->watermark[i],
			  pages > 0 ? (uint32_t)pages : 0);
	}
	state_set(m, zone->watermark_boost, (uint32_t)boost);
}

static void set_lowmem_reserve(struct machine *m, const struct zone *zone,
			       const struct report_layout *l,
			       const struct report_zone *from)
{
	if (!from->nr_lowmem_reserve)
		report_warn(l->r, "lowmem_reserve[] is not in the report; 0 is "
				  "taken");
	else if (!l->types.is_certain)
		report_warn(l->r,
			    "lowmem_reserve[] has %u values, which is "
			    "the number of zone types of no known kernel "
			    "with these zones",
			    from->nr_lowmem_reserve);
	for (uint32_t i = 0;
	     i < from->nr_lowmem_reserve && i < m->system->nr_zone_types; i++)
		state_set(m, zone->lowmem_reserve[i],
			  (uint32_t)from->lowmem_reserve[i]);
}

static void set_reserve(struct machine *m, const struct zone *zone,
			struct report *r, const struct report_zone *from)
{
	char text[ZONE_LABEL_MAX];

	state_set(m, zone->nr_reserved_highatomic,
		  (uint32_t)report_reserved_highatomic(r, from));
	if (zone->nr_reserved_highatomic <= zone_reserve_bound(m, zone))
		return;
	state_set(m, m->system->large_reserves, 1);
	report_warn(r, "%s: nr_reserved_highatomic is %u, more than %u",
		    zone_label(from, text), zone->nr_reserved_highatomic,
		    zone_reserve_bound(m, zone));
}

static void set_zone(struct machine *m, struct report_layout *l,
		     const struct zone_layout *z)
{
	const struct zone *zone = machine_zone(m, l, z);
	const struct report_zone *from = z->zone;

	state_set(m, zone->start_pfn, z->start_pfn);
	state_set(m, zone->spanned, z->spanned);
	state_set(m, zone->present, z->present);
	state_set(m, zone->managed, z->managed);
	set_reserve(m, zone, l->r, from);
	set_watermarks(m, zone, l->r, from);
	set_lowmem_reserve(m, zone, l, from);
	placement_commit(&z->placement, m, zone);
}

static void set_zones(struct machine *m, struct report_layout *l)
{
	for (uint32_t id = 0; id < m->system->nr_zones; id++) {
		const struct zone *zone = &m->zones[id];
		const uint32_t type = l->types.type[zone->idx];

		state_set(m, zone->type, type);
		state_set(m, zone->highmem,
			  type == ZONE_HIGHMEM ||
				  (type == ZONE_MOVABLE && has_highmem(l)));
	}
	for (uint32_t i = 0; i < l->nr; i++)
		set_zone(m, l, &l->zones[i]);
}

bool report_machine(struct report *r, struct machine *m, char *message,
		    size_t size)
{
	struct report_layout l = { .r = r, .message = message, .size = size };
	struct machine made = { .region = NULL };
	bool ok = report_layout_make(&l) && create(&made, &l);

	if (ok) {
		set_system(&made, &l);
		set_nodes(&made, &l);
		set_zones(&made, &l);
		set_sysctls(&made);
		calculate_totalreserve_pages(&made);
		report_set_counters(&made, &l);
		build_all_zonelists(&made);
		machine_update(&made);
		*m = made;
	}
	report_layout_destroy(&l);
	return ok;
}

bool report_machine_text(const char *name, const char *text, size_t size,
			 uint32_t number, struct report_set *set,
			 struct machine *m, struct file_error *error)
{
	char message[300];

	if (!report_read_text(name, text, size, set, error))
		return false;
	if (!number || report_set_take(set, name, number, error)) {
		if (report_machine(&set->reports[set->taken], m, message,
				   sizeof(message)))
			return true;
		snprintf(error->text, sizeof(error->text), "%.200s: %s", name,
			 message);
	}
	report_set_destroy(set);
	return false;
}
