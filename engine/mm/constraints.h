/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * constraints: rules that keep a request off a node that has memory.
 *
 * A cpuset says on which nodes a task's memory may lie; the dirty limit
 * spreads pages that will be written over nodes, so that no node is full of
 * pages that cannot be dropped; node_reclaim tries to make room nearby
 * before the walk goes far.
 *
 * Kernel: kernel/cgroup/cpuset.c (__cpuset_node_allowed), mm/page-writeback.c
 * (node_dirty_ok), mm/vmscan.c (node_reclaim).
 */
#ifndef ENGINE_CONSTRAINTS_H
#define ENGINE_CONSTRAINTS_H

#include "state/state.h"
#include "mm/vmstat.h"
#include "mm/zonelist.h"

static inline bool cpusets_enabled(const struct machine *m)
{
	return m->system->cpusets;
}

static inline enum cpuset_rule
cpuset_rule(const struct machine *m, unsigned int nid, gfp_t gfp, bool *allowed)
{
	const struct task *task = &m->system->task;

	*allowed = true;
	if (task->interrupt)
		return CPUSET_interrupt;
	if (node_isset(task->mems_allowed, nid))
		return CPUSET_mems_allowed;
	if (task->oom_victim)
		return CPUSET_oom_victim;
	if (gfp & __GFP_HARDWALL) {
		*allowed = false;
		return CPUSET_hardwall;
	}
	if (task->exiting)
		return CPUSET_exiting;
	*allowed = node_isset(task->hardwall_mems, nid);
	return *allowed ? CPUSET_ancestor : CPUSET_outside;
}

static inline bool __cpuset_zone_allowed(struct machine *m,
					 const struct zone *zone, gfp_t gfp)
{
	bool allowed;
	enum cpuset_rule rule = cpuset_rule(m, zone->node, gfp, &allowed);

	(void)rule;
	trace(m, cpuset_check, .nid = zone->node, .zone = zone->idx,
	      .rule = rule, .ok = allowed);
	return allowed;
}

/* Pages of a node that could be dirty: free above the reserve, and cache. */
static inline uint64_t node_dirtyable_memory(const struct machine *m,
					     unsigned int nid)
{
	const struct pglist_data *node = &m->nodes[nid];
	uint64_t nr_pages = 0, reserve = node->totalreserve_pages;

	for (uint32_t i = 0; i < m->system->nr_zone_types; i++) {
		const struct zone *zone = node_zone(m, nid, i);

		if (populated_zone(zone))
			nr_pages += (uint64_t)zone_page_state_free(zone);
	}
	nr_pages -= nr_pages < reserve ? nr_pages : reserve;
	return nr_pages + node->inactive_file + node->active_file;
}

/* The same over the whole machine; one more, so that it divides. */
static inline uint64_t global_dirtyable_memory(const struct machine *m)
{
	uint64_t nr_pages = 0, cache = 0;
	uint64_t reserve = m->system->totalreserve_pages;
	int64_t free = 0;

	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		free += m->zones[i].nr_free_pages;
	nr_pages = free > 0 ? (uint64_t)free : 0;
	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		cache += (uint64_t)m->nodes[nid].inactive_file +
			 m->nodes[nid].active_file;
	nr_pages -= nr_pages < reserve ? nr_pages : reserve;
	return nr_pages + cache + 1;
}

static inline uint64_t node_dirty_limit(const struct machine *m,
					unsigned int nid, uint64_t dirtyable)
{
	const struct system *system = m->system;
	uint64_t limit;

	(void)nid;
	if (system->dirty_bytes)
		limit = (system->dirty_bytes + PAGE_SIZE - 1) / PAGE_SIZE *
			dirtyable / global_dirtyable_memory(m);
	else
		limit = system->dirty_ratio * dirtyable / 100;
	if (system->task.realtime)
		limit += limit / 4;
	return limit < UINT32_MAX ? limit : UINT32_MAX;
}

static inline bool node_dirty_ok(struct machine *m, unsigned int nid)
{
	const struct pglist_data *node = &m->nodes[nid];
	uint64_t dirtyable = node_dirtyable_memory(m, nid);
	uint64_t limit = node_dirty_limit(m, nid, dirtyable);
	uint64_t dirty = (uint64_t)node->file_dirty + node->writeback;

	trace(m, dirty_check, .nid = nid, .file_dirty = node->file_dirty,
	      .writeback = node->writeback, .dirtyable = (uint32_t)dirtyable,
	      .limit = (uint32_t)limit, .ok = dirty <= limit);
	return dirty <= limit;
}

static inline bool node_has_cpus(const struct machine *m, unsigned int nid)
{
	for (uint32_t cpu = 0; cpu < m->system->nr_cpus; cpu++)
		if (m->system->cpu_node[cpu] == nid)
			return true;
	return false;
}

/*
 * What node_reclaim would answer. There is no page cache here to reclaim,
 * so the machine's owner decides, within the kernel's own rules: FULL is
 * said first, and who may not block, reclaims already, or runs on another
 * node that has cpus of its own, hears NOSCAN.
 */
static inline enum node_reclaim_result
node_reclaim(struct machine *m, const struct zone *zone, gfp_t gfp)
{
	enum node_reclaim_result outcome =
		(enum node_reclaim_result)m->system->reclaim_outcome;
	bool local = zone->node == m->system->cpu_node[m->cpu];

	if (outcome != NODE_RECLAIM_full &&
	    (!(gfp & __GFP_DIRECT_RECLAIM) || m->system->task.memalloc ||
	     (!local && node_has_cpus(m, zone->node))))
		outcome = NODE_RECLAIM_noscan;
	trace(m, node_reclaim, .nid = zone->node, .zone = zone->idx,
	      .outcome = outcome);
	return outcome;
}

#endif
