/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reclaim: free page cache of a near node, before the request takes pages of
 * a distant one.
 *
 * Only what is freed can make the watermark check pass: the answers SOME and
 * SUCCESS alone change nothing. And the pages are freed like any others of
 * order 0, to this cpu's per-cpu lists, where NR_FREE_PAGES does not count them
 * before a bulk free. So the second check often refuses after a SUCCESS too.
 *
 * Kernel: mm/vmscan.c, node_reclaim().
 */
#ifndef ENGINE_RECLAIM_H
#define ENGINE_RECLAIM_H

#include "mm/free.h"
#include "mm/zonelist.h"

#define SWAP_CLUSTER_MAX 32u /* include/linux/swap.h */

/*
 * Has the node no more page cache than min_unmapped_pages? Then a scan is not
 * worth its time. Differs from v5.10: the queue's pages are all the page cache
 * there is, and there are no slabs (min_slab_pages).
 */
static inline bool node_is_fully_reclaimed(const struct machine *m,
					   unsigned int nid)
{
	const uint64_t ratio = m->system->min_unmapped_ratio;
	uint64_t min_unmapped_pages = 0;

	if (ratio == RATIO_ALWAYS_SCAN)
		return false;
	for (uint32_t i = 0; i < m->system->nr_zone_types; i++)
		min_unmapped_pages +=
			node_zone(m, nid, i)->managed * ratio / 100;
	return m->nodes[nid].nr_reclaimable <= min_unmapped_pages;
}

/*
 * __node_reclaim(), mm/vmscan.c: free pages from the front of the queue, at
 * least SWAP_CLUSTER_MAX at a time. Pages of zones that the request cannot use
 * keep their place. Returns how many were freed.
 *
 * Differs from v5.10: the queue says which pages are freed, not shrink_node().
 */
static inline uint32_t __node_reclaim(struct machine *m, unsigned int nid,
				      gfp_t gfp_mask, unsigned int order)
{
	const uint32_t nr_pages = 1u << order;
	const uint32_t nr_to_reclaim =
		nr_pages > SWAP_CLUSTER_MAX ? nr_pages : SWAP_CLUSTER_MAX;
	const uint32_t reclaim_idx = gfp_zone(m, gfp_mask);
	const uint32_t queue = m->nodes[nid].lru;
	uint32_t nr_reclaimed = 0, link = m->links[queue].next;

	trace(m, node_reclaim_begin, .nid = nid, .order = order,
	      .nr_to_reclaim = nr_to_reclaim, .reclaim_idx = reclaim_idx,
	      .nr_reclaimable = m->nodes[nid].nr_reclaimable);
	while (link != queue && nr_reclaimed < nr_to_reclaim) {
		const uint32_t pfn = lru_entry_pfn(m, link);

		link = m->links[link].next;
		if (page_zone(m, pfn)->idx > reclaim_idx)
			continue;
		__free_pages(m, pfn, 0);
		nr_reclaimed++;
	}
	return nr_reclaimed;
}

/*
 * node_reclaim(), mm/vmscan.c: try to free pages of @zone's node. It does not
 * scan if the node has too little to reclaim (full), or if the request must
 * not sleep, is itself part of reclaim, or runs on another node than this one,
 * which has cpus that can do it (noscan).
 *
 * Differs from v5.10: no other task can be scanning the node already.
 */
static noinline enum node_reclaim_result node_reclaim(struct machine *m,
						      const struct zone *zone,
						      gfp_t gfp_mask,
						      unsigned int order)
{
	const unsigned int nid = zone->node;
	enum node_reclaim_result ret = NODE_RECLAIM_some;
	uint32_t nr_reclaimed = 0;

	if (node_is_fully_reclaimed(m, nid))
		ret = NODE_RECLAIM_full;
	else if (!(gfp_mask & __GFP_DIRECT_RECLAIM) ||
		 m->system->task.memalloc ||
		 (node_has_cpus(m, nid) && nid != m->system->cpu_node[m->cpu]))
		ret = NODE_RECLAIM_noscan;
	else
		nr_reclaimed = __node_reclaim(m, nid, gfp_mask, order);
	if (nr_reclaimed >= 1u << order)
		ret = NODE_RECLAIM_success;
	trace_zone(m, node_reclaim, zone, .result = ret,
		   .nr_reclaimed = nr_reclaimed,
		   .nr_reclaimable = m->nodes[nid].nr_reclaimable);
	return ret;
}

#endif
