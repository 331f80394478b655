/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vmstat: zone counters that lag behind, and NUMA statistics.
 *
 * Every cpu changes a zone's number of free pages. If each change went to
 * one shared counter, all cpus would fight for its cache line. So each cpu
 * collects its changes in a private difference, vm_stat_diff, and folds that
 * into the shared zone counter only when it exceeds stat_threshold:
 *
 *   zone counter 12280          what the watermark check reads
 *   cpu 0: vm_stat_diff  -4     threshold 4: not folded yet
 *   cpu 1: vm_stat_diff  +2
 *   --------------------------
 *   free pages   12278          the truth, which no request computes
 *
 * The zone counter may be wrong by up to stat_threshold pages per cpu. That
 * error decides allocations: a request can be refused, or served, by pages
 * that another cpu has not reported yet.
 *
 * Not modelled: refresh_cpu_vm_stats(), with which a worker folds the
 * differences about once a second.
 *
 * Kernel: mm/vmstat.c, include/linux/vmstat.h.
 */
#ifndef ENGINE_VMSTAT_H
#define ENGINE_VMSTAT_H

#include "state/state.h"

/*
 * zone_page_state(zone, NR_FREE_PAGES), include/linux/vmstat.h. While
 * differences are outstanding the zone counter can be below zero; readers
 * see zero then.
 */
static inline long zone_page_state_free(const struct zone *zone)
{
	return zone->nr_free_pages > 0 ? zone->nr_free_pages : 0;
}

/* zone_page_state(zone, NR_FREE_CMA_PAGES), include/linux/vmstat.h. */
static inline long zone_page_state_cma(const struct zone *zone)
{
	return zone->nr_free_cma > 0 ? zone->nr_free_cma : 0;
}

/*
 * __mod_zone_page_state(), mm/vmstat.c: add @delta to this cpu's difference
 * *@diff; fold it into the zone counter *@global when it leaves the range
 * -threshold..threshold.
 *
 * Differs from v5.10: two counters are modelled, so the caller names the
 * words instead of an index into vm_stat[].
 */
static inline void __mod_zone_page_state(struct machine *m,
					 const struct zone *zone,
					 enum stat_item item,
					 const int32_t *diff,
					 const int32_t *global, long delta)
{
	const long threshold = zone->stat_threshold;
	long x = delta + *diff;
	bool fold = x > threshold || x < -threshold;

	if (fold) {
		state_add(m, *global, (int32_t)x);
		x = 0;
	}
	state_set(m, *diff, (uint32_t)x);
	trace_zone(m, zone_counter, zone, .cpu = m->cpu, .item = item,
		   .delta = (int32_t)delta, .diff = (int32_t)x,
		   .threshold = zone->stat_threshold, .global = *global,
		   .folded = fold);
}

/* Add @delta to NR_FREE_PAGES, on the cpu of the request. */
static inline void mod_zone_free_pages(struct machine *m,
				       const struct zone *zone, long delta)
{
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, m->cpu);

	__mod_zone_page_state(m, zone, STAT_free_pages, &pcp->stat_diff,
			      &zone->nr_free_pages, delta);
}

/* Add @delta to NR_FREE_CMA_PAGES, on the cpu of the request. */
static inline void mod_zone_free_cma(struct machine *m, const struct zone *zone,
				     long delta)
{
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, m->cpu);

	__mod_zone_page_state(m, zone, STAT_free_cma, &pcp->cma_diff,
			      &zone->nr_free_cma, delta);
}

/*
 * __mod_zone_freepage_state(), include/linux/vmstat.h: @nr_pages pages of
 * @migratetype became free (or, below zero, stopped being free). CMA pages
 * are free pages too, so they are counted in both counters.
 */
static inline void __mod_zone_freepage_state(struct machine *m,
					     const struct zone *zone,
					     long nr_pages,
					     unsigned int migratetype)
{
	mod_zone_free_pages(m, zone, nr_pages);
	if (migratetype == MIGRATE_CMA)
		mod_zone_free_cma(m, zone, nr_pages);
}

/*
 * __inc_numa_state(), mm/vmstat.c. Differs from v5.10: no per-cpu part. Not
 * modelled: vm_numa_stat_key, with which vm.numa_stat switches the counters
 * off.
 */
static inline void __inc_numa_state(struct machine *m, const struct zone *zone,
				    int item)
{
	state_add(m, zone->numa[item], 1);
}

/*
 * zone_statistics(), mm/page_alloc.c: @z served a request that preferred
 * @preferred_zone. numa_hit and numa_miss compare the two nodes;
 * numa_local and numa_other compare the page's node with the cpu's. So a
 * miss is not a slow allocation, only one from another node than preferred,
 * and it counts as numa_foreign on the node that was preferred.
 */
static inline void zone_statistics(struct machine *m,
				   const struct zone *preferred_zone,
				   const struct zone *z)
{
	bool hit, local;

	if (!m->system->numa)
		return;
	hit = z->node == preferred_zone->node;
	local = z->node == m->system->cpu_node[m->cpu];
	__inc_numa_state(m, z, hit ? NUMA_HIT : NUMA_MISS);
	if (!hit)
		__inc_numa_state(m, preferred_zone, NUMA_FOREIGN);
	__inc_numa_state(m, z, local ? NUMA_LOCAL : NUMA_OTHER);
	trace_zone(m, zone_statistics, z, .preferred_nid = preferred_zone->node,
		   .preferred_zone = preferred_zone->idx, .hit = hit,
		   .local = local);
}

#endif
