/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zonelist: in which order zones are asked.
 *
 * Each node has two lists of zones. FALLBACK begins with the node's own
 * zones, highest first, and goes on with the other nodes' by distance;
 * NOFALLBACK (__GFP_THISNODE) has the node's own zones only. A request's
 * gfp mask does not name a zone, it names a *ceiling*: zones with a higher
 * index are passed over, all others are asked in turn.
 *
 * Kernel: include/linux/mmzone.h (for_each_zone_zonelist_nodemask).
 */
#ifndef ENGINE_ZONELIST_H
#define ENGINE_ZONELIST_H

#include "state/state.h"

/* The ceiling of a mask; GFP_ZONE_BAD when its zone bits contradict. */
static inline uint32_t gfp_zone(const struct machine *m, gfp_t gfp)
{
	return m->system->gfp_zones[gfp & GFP_ZONEMASK];
}

static inline unsigned int gfp_migratetype(const struct machine *m, gfp_t gfp)
{
	if (!m->system->mobility_grouping)
		return MIGRATE_UNMOVABLE;
	return (gfp & GFP_MOVABLE_MASK) >> GFP_MOVABLE_SHIFT;
}

static __always_inline void node_zonelist(const struct machine *m,
					  unsigned int nid, gfp_t gfp,
					  struct alloc_context *ac)
{
	const struct zonelist *list =
		&m->nodes[nid]
			 .zonelists[gfp & __GFP_THISNODE ? ZONELIST_NOFALLBACK :
							   ZONELIST_FALLBACK];

	ac->first = m->zonerefs + list->first;
	ac->end = ac->first + list->nr;
}

static inline bool node_isset(uint64_t nodemask, unsigned int nid)
{
	return nodemask >> nid & 1;
}

static inline bool node_has_memory(const struct machine *m, unsigned int nid)
{
	return nid < m->system->nr_nodes && m->nodes[nid].has_memory;
}

/* Does @nodemask name at least one node, and only nodes with memory? */
static inline bool nodemask_has_memory(const struct machine *m,
				       uint64_t nodemask)
{
	if (!nodemask)
		return false;
	for (; nodemask; nodemask &= nodemask - 1)
		if (!node_has_memory(m,
				     (unsigned int)__builtin_ctzll(nodemask)))
			return false;
	return true;
}

/* Does the walk stop at this zone, or pass over it in silence? */
static inline bool zoneref_visited(const struct alloc_context *ac,
				   const struct zoneref *z)
{
	return z->idx <= ac->highest_zoneidx &&
	       (!ac->has_nodemask || node_isset(ac->nodemask, z->nid));
}

static __always_inline const struct zoneref *
first_zones_zonelist(const struct alloc_context *ac)
{
	for (const struct zoneref *z = ac->first; z < ac->end; z++)
		if (likely(zoneref_visited(ac, z)))
			return z;
	return NULL;
}

#endif
