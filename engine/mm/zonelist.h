/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zonelist: in which order a request tries the zones.
 *
 * Each node has two zonelists. ZONELIST_FALLBACK begins with the node's own
 * zones, the highest first, and goes on with those of the other nodes, by
 * distance; ZONELIST_NOFALLBACK (__GFP_THISNODE) has the node's own zones
 * only.
 *
 *   node 0: | Normal 0 | DMA32 0 | DMA 0 | Normal 1 |
 *
 * A gfp mask does not name the zone to use. It names the *highest* zone that
 * the caller can use, highest_zoneidx: every zone with a larger index is
 * skipped, every other zone is tried in turn. A lower zone is always good
 * enough, but precious: see lowmem_reserve in watermark.h.
 *
 * Kernel: include/linux/mmzone.h, include/linux/gfp.h.
 */
#ifndef ENGINE_ZONELIST_H
#define ENGINE_ZONELIST_H

#include "state/state.h"

/*
 * gfp_zone(), include/linux/gfp.h: highest_zoneidx of a mask. Differs from
 * v5.10: GFP_ZONE_BAD for zone bits that contradict each other, a BUG there.
 */
static inline uint32_t gfp_zone(const struct machine *m, gfp_t flags)
{
	return m->system->gfp_zones[flags & GFP_ZONEMASK];
}

/* gfp_migratetype(), include/linux/gfp.h. */
static inline unsigned int gfp_migratetype(const struct machine *m,
					   gfp_t gfp_flags)
{
	if (!m->system->mobility_grouping)
		return MIGRATE_UNMOVABLE;
	return (gfp_flags & GFP_MOVABLE_MASK) >> GFP_MOVABLE_SHIFT;
}

/* node_zonelist(), include/linux/gfp.h: into @ac. */
static __always_inline void node_zonelist(const struct machine *m,
					  unsigned int nid, gfp_t flags,
					  struct alloc_context *ac)
{
	const unsigned int kind = flags & __GFP_THISNODE ? ZONELIST_NOFALLBACK :
							   ZONELIST_FALLBACK;
	const struct zonelist *zonelist = &m->nodes[nid].zonelists[kind];

	ac->nid = nid;
	ac->first = m->zonerefs + zonelist->first;
	ac->end = ac->first + zonelist->nr;
}

/* node_isset(), include/linux/nodemask.h. */
static inline bool node_isset(uint64_t nodemask, unsigned int nid)
{
	return nodemask >> nid & 1;
}

/* Does @nodemask name at least one node, and only nodes that are online? */
static inline bool nodemask_is_online(const struct machine *m,
				      uint64_t nodemask)
{
	if (!nodemask)
		return false;
	for (; nodemask; nodemask &= nodemask - 1)
		if (!node_online(m, (unsigned int)__builtin_ctzll(nodemask)))
			return false;
	return true;
}

/*
 * The condition of next_zones_zonelist(), mm/mmzone.c: is this zone tried?
 * The others are skipped without any further check.
 */
static inline bool zoneref_is_usable(const struct alloc_context *ac,
				     const struct zoneref *z)
{
	return z->idx <= ac->highest_zoneidx &&
	       (!ac->has_nodemask || node_isset(ac->nodemask, z->nid));
}

/*
 * first_zones_zonelist(), include/linux/mmzone.h: the preferred zone of the
 * request, the first that is tried. NULL if the list has no usable zone.
 */
static __always_inline const struct zoneref *
first_zones_zonelist(const struct alloc_context *ac)
{
	for (const struct zoneref *z = ac->first; z < ac->end; z++)
		if (likely(zoneref_is_usable(ac, z)))
			return z;
	return NULL;
}

#endif
