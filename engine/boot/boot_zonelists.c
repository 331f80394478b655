/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_zonelists: in which order the requests of each node try the zones.
 *
 * The nearest node comes first, and of each node its highest zone: a request
 * that can use any zone should leave the low zones to requests that cannot.
 * Of nodes at the same distance, the one that fewer nodes chose comes first.
 *
 * Kernel: mm/page_alloc.c, build_zonelists, find_next_best_node.
 */
#include <stdio.h>
#include <stdlib.h>

#include "boot/boot_private.h"
#include "state/state.h"

/* Outweighs any node_load: distance decides, load breaks ties. */
#define DISTANCE_WEIGHT ((uint64_t)MAX_NUMNODES * MAX_NUMNODES)

struct node_order {
	uint32_t nid[MAX_NUMNODES];
	uint32_t nr;
	uint64_t used; /* bit i: node i */
};

/*
 * A lower score is better. Of nodes at one distance a higher number is
 * preferred, so that not all nodes choose node 0.
 *
 * find_next_best_node() in the kernel also has a penalty for nodes with cpus,
 * whose memory tasks there need. It applies to no node: these lists are built
 * at boot, before any cpu is known to its node.
 */
static uint64_t node_score(const struct machine *m, uint32_t from, uint32_t nid,
			   const uint32_t *node_load)
{
	uint64_t score = node_distance(m, from, nid);

	score += nid < from;
	return score * DISTANCE_WEIGHT + node_load[nid];
}

/* The nearest node with memory that is not used yet; PFN_NONE: none left. */
static uint32_t find_next_best_node(const struct machine *m, uint32_t from,
				    const struct node_order *order,
				    const uint32_t *node_load)
{
	uint64_t best_score = UINT64_MAX;
	uint32_t best = PFN_NONE;

	if (m->nodes[from].has_memory && !(order->used >> from & 1))
		return from;
	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++) {
		uint64_t score;

		if (!m->nodes[nid].has_memory || order->used >> nid & 1)
			continue;
		score = node_score(m, from, nid, node_load);
		if (score < best_score) {
			best_score = score;
			best = nid;
		}
	}
	return best;
}

/*
 * The first node at each new distance gets a load, the higher the earlier it
 * comes: the next node that has the same choice will take another one.
 */
static void order_nodes(const struct machine *m, uint32_t from,
			uint32_t *node_load, struct node_order *order)
{
	uint32_t load = m->system->nr_online_nodes;
	uint32_t before = from;
	uint32_t nid;

	*order = (struct node_order){ .nr = 0 };
	for (;;) {
		nid = find_next_best_node(m, from, order, node_load);
		if (nid == PFN_NONE)
			return;
		if (node_distance(m, from, nid) !=
		    node_distance(m, from, before))
			node_load[nid] = load;
		order->nid[order->nr++] = nid;
		order->used |= 1ull << nid;
		before = nid;
		load--;
	}
}

/*
 * Append a node's zones, from the highest index down, if they manage any
 * page: a zone whose pages are all reserved is left out.
 */
static uint32_t add_node_zones(struct machine *m, uint32_t nid, uint32_t at)
{
	for (uint32_t i = m->system->nr_zone_types; i-- > 0;) {
		const struct zone *zone = node_zone(m, nid, i);
		struct zoneref *ref;

		if (!managed_zone(zone))
			continue;
		if (at >= m->system->nr_zonerefs) {
			fprintf(stderr,
				"zonewalk: node %u zone %s: the zonelists "
				"have no room beyond %u entries\n",
				nid, zone_name(m, i), at);
			abort();
		}
		ref = (struct zoneref *)(uintptr_t)&m->zonerefs[at++];
		*ref = (struct zoneref){
			.zone = zone_id(m, zone),
			.idx = (uint16_t)i,
			.nid = (uint16_t)nid,
		};
	}
	return at;
}

static void set_zonelist(struct machine *m, const struct zonelist *list,
			 uint32_t first, uint32_t end)
{
	state_set(m, list->first, first);
	state_set(m, list->nr, end - first);
}

/* Without NUMA there is one list, and __GFP_THISNODE changes nothing. */
void build_all_zonelists(struct machine *m)
{
	uint32_t node_load[MAX_NUMNODES] = { 0 };
	struct node_order order;
	uint32_t at = 0;

	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++) {
		const struct zonelist *lists = m->nodes[nid].zonelists;
		uint32_t first = at;

		if (!m->nodes[nid].online)
			continue;
		order_nodes(m, nid, node_load, &order);
		for (uint32_t i = 0; i < order.nr; i++)
			at = add_node_zones(m, order.nid[i], at);
		set_zonelist(m, &lists[ZONELIST_FALLBACK], first, at);
		if (m->system->numa) {
			first = at;
			at = add_node_zones(m, nid, at);
		}
		set_zonelist(m, &lists[ZONELIST_NOFALLBACK], first, at);
	}
}
