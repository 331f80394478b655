/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vmstat: counters that drift, and who got local memory.
 *
 * A zone's number of free pages is written by every cpu. So that they need
 * not fight for one cache line, each cpu keeps a private difference and
 * folds it into the global counter only when it has grown beyond a
 * threshold. The watermark check reads the global counter alone: it may be
 * wrong by up to threshold pages per cpu, and that decides allocations.
 *
 * Kernel: mm/vmstat.c, include/linux/vmstat.h.
 */
#ifndef ENGINE_VMSTAT_H
#define ENGINE_VMSTAT_H

#include "state/state.h"

/* What the watermark sees. Never negative, though the counter can be. */
static inline long zone_page_state_free(const struct zone *zone)
{
	return zone->nr_free_pages > 0 ? zone->nr_free_pages : 0;
}

static inline long zone_page_state_cma(const struct zone *zone)
{
	return zone->nr_free_cma > 0 ? zone->nr_free_cma : 0;
}

/*
 * One counter, one cpu: add @delta to the private difference @diff, and
 * fold it into @global when it leaves -threshold..threshold. Kernel:
 * __mod_zone_page_state.
 */
static inline void mod_zone_counter(struct machine *m, const struct zone *zone,
				    enum stat_item item, const int32_t *diff,
				    const int32_t *global, long delta)
{
	long x = delta + *diff;
	long threshold = zone->stat_threshold;
	bool fold = x > threshold || x < -threshold;

	if (fold) {
		state_set(m, *global, *global + x);
		x = 0;
	}
	state_set(m, *diff, x);
	trace(m, zone_counter, .nid = zone->node, .zone = zone->idx,
	      .cpu = m->cpu, .item = item, .delta = (int32_t)delta,
	      .diff = (int32_t)x, .threshold = zone->stat_threshold,
	      .global = *global, .folded = fold);
}

static inline void __mod_zone_free_pages(struct machine *m,
					 const struct zone *zone, long delta)
{
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, m->cpu);

	mod_zone_counter(m, zone, STAT_free_pages, &pcp->stat_diff,
			 &zone->nr_free_pages, delta);
}

static inline void __mod_zone_free_cma(struct machine *m,
				       const struct zone *zone, long delta)
{
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, m->cpu);

	mod_zone_counter(m, zone, STAT_free_cma, &pcp->cma_diff,
			 &zone->nr_free_cma, delta);
}

/* A block of @migratetype came or went: CMA pages are counted twice. */
static inline void __mod_zone_freepage_state(struct machine *m,
					     const struct zone *zone,
					     long delta,
					     unsigned int migratetype)
{
	__mod_zone_free_pages(m, zone, delta);
	if (migratetype == MIGRATE_CMA)
		__mod_zone_free_cma(m, zone, delta);
}

static inline void __inc_numa_state(struct machine *m, const struct zone *zone,
				    int item)
{
	state_set(m, zone->numa[item], zone->numa[item] + 1);
}

/*
 * Count a success. "Miss" does not mean slow: it means that the zone is not
 * on the node that the request preferred.
 */
static inline void zone_statistics(struct machine *m,
				   const struct zone *preferred,
				   const struct zone *zone)
{
	bool hit, local;

	if (!m->system->numa)
		return;
	hit = zone->node == preferred->node;
	local = zone->node == m->system->cpu_node[m->cpu];
	if (hit) {
		__inc_numa_state(m, zone, NUMA_HIT);
	} else {
		__inc_numa_state(m, zone, NUMA_MISS);
		__inc_numa_state(m, preferred, NUMA_FOREIGN);
	}
	__inc_numa_state(m, zone, local ? NUMA_LOCAL : NUMA_OTHER);
	trace(m, zone_statistics, .nid = zone->node, .zone = zone->idx,
	      .preferred_nid = preferred->node,
	      .preferred_zone = preferred->idx, .hit = hit, .local = local);
}

#endif
