/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_zonelists: in which order each node's requests ask the zones.
 *
 * Nearest node first, and of a node its highest zone first: what can live
 * anywhere should leave the low zones to those who cannot. Nodes that are
 * equally far are told apart by how many others chose them first.
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
	uint64_t used; /* a bit a node */
};

static bool node_has_cpus(const struct machine *m, uint32_t nid)
{
	for (uint32_t cpu = 0; cpu < m->system->nr_cpus; cpu++)
		if (m->system->cpu_node[cpu] == nid)
			return true;
	return false;
}

/*
 * Lower is better. A node without cpus is preferred, since nobody there
 * will miss its memory; and a higher number, so that nodes do not all turn
 * to node 0.
 */
static uint64_t node_score(const struct machine *m, uint32_t from, uint32_t nid,
			   const uint32_t *node_load)
{
	uint64_t score = node_distance(m, from, nid);

	score += nid < from;
	score += node_has_cpus(m, nid);
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
 * The first node of each new distance is charged, more the earlier it
 * comes: the next node that has the choice will take another.
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
 * Append a node's zones, from the highest index down: those that were given
 * memory to manage, since one whose frames are all reserved has no page.
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

/* Without NUMA there is one list, and THISNODE changes nothing. */
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
