/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_printer: the files of /proc. */
#include "report_printer.h"

static void put_protection(struct text *t, const struct machine *m,
			   const struct zone *zone)
{
	put(t, "        protection: (");
	for (uint32_t i = 0; i < m->system->nr_zone_types; i++)
		put(t, "%s%u", i ? ", " : "", zone->lowmem_reserve[i]);
	put(t, ")\n");
}

static void put_pagesets(struct text *t, const struct machine *m,
			 const struct zone *zone)
{
	put(t, "  pagesets\n");
	for (uint32_t cpu = 0; cpu < m->nr_cpus; cpu++) {
		const struct per_cpu_pages *pcp = zone_pcp(m, zone, cpu);

		put(t,
		    "    cpu: %u\n              count: %u\n"
		    "              high:  %u\n              batch: %u\n"
		    "  vm stats threshold: %u\n",
		    cpu, pcp->count, pcp->high, pcp->batch,
		    zone->stat_threshold);
	}
	put(t, "  node_unreclaimable:  0\n  start_pfn:           %u\n",
	    zone->start_pfn);
}

static void put_zoneinfo(struct text *t, const struct machine *m,
			 const struct zone *zone, const struct printer *p)
{
	const uint32_t boost = zone->watermark_boost;

	put(t, "Node %u, zone %8s\n  pages free     %u\n", zone->node,
	    zone_type_name(zone->type), (uint32_t)zone_page_state_free(zone));
	if (prints_boost(p))
		put(t, "        boost    %u\n", boost);
	put(t,
	    "        min      %u\n        low      %u\n"
	    "        high     %u\n        spanned  %u\n"
	    "        present  %u\n        managed  %u\n",
	    zone->watermark[WMARK_MIN] + boost,
	    zone->watermark[WMARK_LOW] + boost,
	    zone->watermark[WMARK_HIGH] + boost, zone->spanned, zone->present,
	    zone->managed);
	if (p->version >= 511)
		put(t, "        cma      %u\n", zone->managed_cma);
	put_protection(t, m, zone);
	if (!populated_zone(zone))
		return;
	put(t,
	    "      nr_free_pages %u\n      nr_zone_inactive_anon 0\n"
	    "      nr_bounce    0\n      nr_free_cma  %u\n",
	    (uint32_t)zone_page_state_free(zone),
	    (uint32_t)zone_page_state_cma(zone));
	put_pagesets(t, m, zone);
}

static void put_buddyinfo(struct text *t, const struct machine *m,
			  const struct zone *zone)
{
	put(t, "Node %u, zone %8s ", zone->node, zone_type_name(zone->type));
	for (unsigned int o = 0; o < m->max_order; o++)
		put(t, "%6u ", zone->nr_free[o]);
	put(t, "\n");
}

static const char *const types[MIGRATE_TYPES] = { "Unmovable",	 "Movable",
						  "Reclaimable", "HighAtomic",
						  "CMA",	 "Isolate" };

static void put_types(struct text *t, const struct machine *m,
		      const struct zone *zone)
{
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++) {
		put(t, "Node %4u, zone %8s, type %12s ", zone->node,
		    zone_type_name(zone->type), types[type]);
		for (unsigned int o = 0; o < m->max_order; o++)
			put(t, "%6u ", listed_blocks(m, zone, o, type));
		put(t, "\n");
	}
}

static uint32_t nr_pageblocks(const struct machine *m, const struct zone *zone,
			      unsigned int type)
{
	uint32_t nr = 0;

	for (uint32_t pfn = zone->start_pfn; pfn < zone_end_pfn(zone);
	     pfn += pageblock_nr_pages(m))
		nr += get_pageblock_migratetype(m, zone, pfn) == type;
	return nr;
}

uint32_t printed_reserve(const struct machine *m, const struct zone *zone,
			 const struct printer *p)
{
	if (!p->is_proc || !p->has_pagetypeinfo)
		return 0;
	return nr_pageblocks(m, zone, MIGRATE_HIGHATOMIC) << m->pageblock_order;
}

static void put_pageblocks(struct text *t, const struct machine *m,
			   const struct zone *zone)
{
	put(t, "Node %u, zone %8s ", zone->node, zone_type_name(zone->type));
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		put(t, "%12u ", nr_pageblocks(m, zone, type));
	put(t, "\n");
}

static void put_pagetypeinfo(struct text *t, const struct machine *m)
{
	const struct zone *end = m->zones + m->system->nr_zones;

	put(t,
	    "Page block order: %u\nPages per block:  %u\n\n"
	    "Free pages count per migrate type at order",
	    m->pageblock_order, pageblock_nr_pages(m));
	for (unsigned int o = 0; o < m->max_order; o++)
		put(t, " %6u", o);
	put(t, " \n");
	for (const struct zone *z = m->zones; z < end; z++)
		if (populated_zone(z))
			put_types(t, m, z);
	put(t, "\nNumber of blocks type");
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		put(t, " %12s", types[type]);
	put(t, "\n");
	for (const struct zone *z = m->zones; z < end; z++)
		if (populated_zone(z))
			put_pageblocks(t, m, z);
}

void print_proc(struct text *t, const struct machine *m,
		const struct printer *p)
{
	const struct zone *end = m->zones + m->system->nr_zones;

	for (const struct zone *z = m->zones; z < end; z++)
		if (m->nodes[z->node].has_memory)
			put_zoneinfo(t, m, z, p);
	for (const struct zone *z = m->zones; z < end; z++)
		if (populated_zone(z))
			put_buddyinfo(t, m, z);
	if (p->has_pagetypeinfo)
		put_pagetypeinfo(t, m);
}
