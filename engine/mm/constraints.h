/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * constraints: rules that keep a request away from a node that has memory.
 *
 *  - A cpuset says on which nodes a task may allocate.
 *  - The dirty limit spreads pages that will be written (__GFP_WRITE) over
 *    the nodes. A node full of dirty pages can free nothing quickly: each
 *    page has to be written out first.
 *
 * Kernel: kernel/cgroup/cpuset.c (__cpuset_node_allowed),
 * mm/page-writeback.c (node_dirty_ok).
 */
#ifndef ENGINE_CONSTRAINTS_H
#define ENGINE_CONSTRAINTS_H

#include "mm/vmstat.h"
#include "mm/zonelist.h"
#include "state/state.h"

/* cpusets_enabled(), include/linux/cpuset.h: more than the root cpuset. */
static inline bool cpusets_enabled(const struct machine *m)
{
	return m->system->cpusets;
}

/*
 * __cpuset_node_allowed(), kernel/cgroup/cpuset.c: returns the rule that
 * decides, and in *@allowed what it says. The order matters: an interrupt
 * has no task, so any node will do; a task that is being killed by the OOM
 * killer may use any node, since that frees memory soonest; __GFP_HARDWALL
 * (all user memory) ends the search in the task's own cpuset.
 *
 * Differs from v5.10: one ancestor is modelled, the nearest hardwall one.
 * Not modelled: cpusets_insane_config(), in the slow path.
 */
static inline enum cpuset_rule __cpuset_node_allowed(const struct machine *m,
						     unsigned int node,
						     gfp_t gfp_mask,
						     bool *allowed)
{
	const struct task *current = &m->system->task;

	*allowed = true;
	if (current->interrupt)
		return CPUSET_interrupt;
	if (node_isset(current->mems_allowed, node))
		return CPUSET_mems_allowed;
	if (current->oom_victim)
		return CPUSET_oom_victim;
	if (gfp_mask & __GFP_HARDWALL) {
		*allowed = false;
		return CPUSET_hardwall;
	}
	if (current->exiting)
		return CPUSET_exiting;
	*allowed = node_isset(current->hardwall_mems, node);
	return *allowed ? CPUSET_ancestor : CPUSET_outside;
}

/* __cpuset_zone_allowed(), include/linux/cpuset.h. */
static inline bool __cpuset_zone_allowed(struct machine *m,
					 const struct zone *z, gfp_t gfp_mask)
{
	bool allowed;
	enum cpuset_rule rule =
		__cpuset_node_allowed(m, z->node, gfp_mask, &allowed);

	trace_zone(m, cpuset_check, z, .rule = rule, .ok = allowed);
	return allowed;
}

/*
 * node_dirtyable_memory(), mm/page-writeback.c: how many pages of a node can
 * become dirty. Free pages above the reserve, and the page cache.
 */
static inline uint64_t node_dirtyable_memory(const struct machine *m,
					     unsigned int nid)
{
	const struct pglist_data *node = &m->nodes[nid];
	const uint64_t reserve = node->totalreserve_pages;
	uint64_t nr_pages = 0;

	for (uint32_t i = 0; i < m->system->nr_zone_types; i++) {
		const struct zone *zone = node_zone(m, nid, i);

		if (populated_zone(zone))
			nr_pages += (uint64_t)zone_page_state_free(zone);
	}
	nr_pages -= nr_pages < reserve ? nr_pages : reserve;
	return nr_pages + node->inactive_file + node->active_file;
}

/*
 * highmem_dirtyable_memory(), mm/page-writeback.c: how many of @total dirtyable
 * pages are highmem. Writing them out needs lowmem, so the machine's limit
 * leaves them out unless vm.highmem_is_dirtyable is set.
 *
 * Differs from v5.10: a machine knows its file pages by node, not by zone, so
 * those in highmem are not among them.
 */
static inline uint64_t highmem_dirtyable_memory(const struct machine *m,
						uint64_t total)
{
	uint64_t pages = 0;

	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		const struct zone *zone = &m->zones[i];
		uint64_t free, high;

		if (!zone->highmem || !populated_zone(zone))
			continue;
		free = (uint64_t)zone_page_state_free(zone);
		high = (uint64_t)zone->watermark[WMARK_HIGH] +
		       zone->watermark_boost;
		pages += free > high ? free - high : 0;
	}
	return pages < total ? pages : total;
}

/*
 * global_dirtyable_memory(), mm/page-writeback.c: node_dirtyable_memory() of
 * the machine, but without highmem, and plus one, so that it can be a divisor.
 */
static inline uint64_t global_dirtyable_memory(const struct machine *m)
{
	const uint64_t reserve = m->system->totalreserve_pages;
	uint64_t nr_pages, cache = 0;
	int64_t free = 0;

	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		free += m->zones[i].nr_free_pages;
	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		cache += (uint64_t)m->nodes[nid].inactive_file +
			 m->nodes[nid].active_file;
	nr_pages = free > 0 ? (uint64_t)free : 0;
	nr_pages -= nr_pages < reserve ? nr_pages : reserve;
	nr_pages += cache;
	if (!m->system->highmem_is_dirtyable)
		nr_pages -= highmem_dirtyable_memory(m, nr_pages);
	return nr_pages + 1;
}

/*
 * node_dirty_limit(), mm/page-writeback.c: the node's share of dirty_bytes,
 * or dirty_ratio percent of its dirtyable pages. Real-time tasks get a
 * quarter more, so that they are not the ones that wait.
 *
 * Differs from v5.10: products have 64 bits, also on a 32-bit machine.
 */
static inline uint64_t node_dirty_limit(const struct machine *m,
					uint64_t node_memory)
{
	const struct system *system = m->system;
	uint64_t dirty;

	if (system->dirty_bytes)
		dirty = (system->dirty_bytes + page_size(m) - 1) /
			page_size(m) * node_memory / global_dirtyable_memory(m);
	else
		dirty = system->dirty_ratio * node_memory / 100;
	if (system->task.realtime)
		dirty += dirty / 4;
	return dirty < UINT32_MAX ? dirty : UINT32_MAX;
}

/* node_dirty_ok(), mm/page-writeback.c: may the node get more dirty pages? */
static inline bool node_dirty_ok(struct machine *m, unsigned int nid)
{
	const struct pglist_data *node = &m->nodes[nid];
	uint64_t dirtyable = node_dirtyable_memory(m, nid);
	uint64_t limit = node_dirty_limit(m, dirtyable);
	uint64_t nr_pages = (uint64_t)node->file_dirty + node->writeback;

	trace(m, dirty_check, .nid = nid, .file_dirty = node->file_dirty,
	      .writeback = node->writeback, .dirtyable = (uint32_t)dirtyable,
	      .limit = (uint32_t)limit, .ok = nr_pages <= limit);
	return nr_pages <= limit;
}

#endif
