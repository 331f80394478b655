/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mmzone: names of zones, and which block a page belongs to. */
#include "machine/mmzone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const zone_type_names[] = {
	[ZONE_DMA] = "DMA",	    [ZONE_DMA32] = "DMA32",
	[ZONE_NORMAL] = "Normal",   [ZONE_HIGHMEM] = "HighMem",
	[ZONE_MOVABLE] = "Movable", [ZONE_DEVICE] = "Device",
};

const char *const numa_stat_names[NR_NUMA_STATS] = {
	[NUMA_HIT] = "hit",	    [NUMA_MISS] = "miss",
	[NUMA_FOREIGN] = "foreign", [NUMA_INTERLEAVE] = "interleave",
	[NUMA_LOCAL] = "local",	    [NUMA_OTHER] = "other",
};

const char *zone_type_name(unsigned int type)
{
	return type < MAX_NR_ZONES ? zone_type_names[type] : "none";
}

const char *zone_text(unsigned int nid, unsigned int type,
		      char buf[ZONE_TEXT_MAX])
{
	snprintf(buf, ZONE_TEXT_MAX, "%u/%s", nid, zone_type_name(type));
	return buf;
}

int zone_type_from_name(const char *name)
{
	for (int i = 0; i < MAX_NR_ZONES; i++)
		if (!strcmp(name, zone_type_names[i]))
			return i;
	return -1;
}

_Noreturn void machine_bug(const struct machine *m, const struct zone *zone,
			   uint32_t pfn, unsigned int order, const char *what)
{
	fflush(stdout);
	fprintf(stderr,
		"zonewalk: bug: %s: page %u, node %u zone %s, order %u\n", what,
		pfn, zone->node, zone_name(m, zone->idx), order);
	abort();
}

void machine_update(struct machine *m)
{
	const struct system *system = m->system;

	m->traced = m->history != NULL;
	m->cache.gfp = GFP_NOT_CACHED;
	m->cache.nr_cpus = m->traced || system->poison || system->buddy_only ||
					   m->uncached ?
				   0 :
				   system->nr_cpus;
}

const struct zone *pfn_zone(const struct machine *m, uint32_t pfn)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		if (populated_zone(&m->zones[i]) &&
		    zone_spans_pfn(&m->zones[i], pfn))
			return &m->zones[i];
	return NULL;
}

uint32_t page_head(const struct machine *m, uint32_t pfn)
{
	if (pfn >= m->system->max_pfn)
		return PFN_NONE;
	for (unsigned int order = 0; order < m->max_order; order++) {
		uint32_t head = pfn & ~((1u << order) - 1);
		uint32_t page = m->pages[head];

		if (page_state(page) != PAGE_NONE && page_order(page) >= order)
			return head;
	}
	return PFN_NONE;
}
