/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * load_json: the machine of a state. The keys have been checked; here what
 * contradicts itself is found, zone by zone, before it can do harm.
 */
#include <errno.h>
#include <string.h>

#include "state/arena.h"
#include "check/check.h"
#include "state/state.h"
#include "snapshot/state_json.h"

#define PAGEBLOCKS_MAX (1u << 28) /* a byte each */

/* -- how large a machine -------------------------------------------------- */

/* Zone numbers of the nodes that a state has, in ascending order. */
struct span {
	uint32_t nid;
	uint32_t idx;
	uint64_t start;
	uint64_t end;
};

struct survey {
	const struct json_place *at;
	struct arena_shape shape;
	struct span spans[MAX_NUMNODES * MAX_NR_ZONES];
	uint32_t nr_spans;
};

static bool survey_overlap(const struct survey *s, const struct span *new)
{
	for (uint32_t i = 0; i < s->nr_spans; i++) {
		const struct span *old = &s->spans[i];

		if (new->start < old->end && old->start < new->end)
			return json_fail(s->at,
					 "node %u zone %u and node %u zone %u "
					 "overlap",
					 old->nid, old->idx, new->nid,
					 new->idx);
	}
	return true;
}

static bool survey_zone(struct survey *s, const cJSON *zone, uint32_t nid)
{
	const struct span span = {
		.nid = nid,
		.idx = json_member_u32(zone, "zone"),
		.start = json_member_u32(zone, "start_pfn"),
		.end = (uint64_t)json_member_u32(zone, "start_pfn") +
		       json_member_u32(zone, "spanned"),
	};
	uint32_t present = json_member_u32(zone, "present");

	if (span.idx >= s->shape.nr_zone_types)
		return json_fail(s->at, "node %u: no zone name has index %u",
				 nid, span.idx);
	if (s->nr_spans && s->spans[s->nr_spans - 1].nid == nid &&
	    s->spans[s->nr_spans - 1].idx >= span.idx)
		return json_fail(s->at,
				 "node %u: zones are not in ascending "
				 "order of index",
				 nid);
	if (!present || span.end - span.start < present ||
	    present < json_member_u32(zone, "managed"))
		return json_fail(s->at,
				 "node %u zone %u: not spanned >= "
				 "present >= managed, and memory "
				 "present",
				 nid, span.idx);
	if (span.end > MAX_PFN_LIMIT)
		return json_fail(s->at,
				 "node %u zone %u: ends beyond the "
				 "last page number, %u",
				 nid, span.idx, MAX_PFN_LIMIT - 1);
	if (!survey_overlap(s, &span))
		return false;
	if (span.end > s->shape.max_pfn)
		s->shape.max_pfn = (uint32_t)span.end;
	s->spans[s->nr_spans++] = span;
	return true;
}

static bool survey_nodes(struct survey *s, const cJSON *nodes)
{
	int64_t last = -1;

	s->shape.nr_nodes = json_length(json_get(nodes->child, "distance"));
	for (const cJSON *node = nodes->child; node; node = node->next) {
		uint32_t nid = json_member_u32(node, "nid");

		if ((int64_t)nid <= last || nid >= s->shape.nr_nodes)
			return json_fail(s->at,
					 "node %u: nodes are not in "
					 "ascending order, or beyond "
					 "the distance row",
					 nid);
		if (json_length(json_get(node, "distance")) !=
		    s->shape.nr_nodes)
			return json_fail(s->at,
					 "node %u: the distance rows "
					 "differ in length",
					 nid);
		last = nid;
		for (const cJSON *zone = json_get(node, "zones")->child; zone;
		     zone = zone->next)
			if (!survey_zone(s, zone, nid))
				return false;
	}
	return s->nr_spans || json_fail(s->at, "nodes: no zone has memory");
}

/* A recording is of a kernel with pages of 4 KiB; a snapshot, of any. */
static bool survey_page_size(struct survey *s, const cJSON *system,
			     bool is_snapshot)
{
	const uint32_t size = json_member_u32(system, "page_size");

	s->shape.page_shift = (uint32_t)__builtin_ctz(size);
	if (size == PAGE_SIZE || (is_snapshot && !(size & (size - 1))))
		return true;
	return json_fail(s->at, "system.page_size: %u is not supported%s", size,
			 is_snapshot ? "; it is no power of two" :
				       " in a recording");
}

static bool survey(struct survey *s, const cJSON *json, bool is_snapshot)
{
	const cJSON *system = json_get(json, "system");
	struct arena_shape *shape = &s->shape;
	uint64_t pageblocks;

	shape->max_order = json_member_u32(system, "max_order");
	shape->pageblock_order = json_member_u32(system, "pageblock_order");
	shape->nr_cpus = json_length(json_get(json, "cpus"));
	shape->nr_zone_types = json_length(json_get(system, "zone_names"));
	shape->pageblocks_per_zone =
		cJSON_IsTrue(json_get(system, "pageblocks_per_zone"));
	if (!survey_page_size(s, system, is_snapshot))
		return false;
	if (shape->pageblock_order >= shape->max_order)
		return json_fail(s->at, "system.pageblock_order is not below "
					"max_order");
	if (!survey_nodes(s, json_get(json, "nodes")))
		return false;
	/* what the longest zonelists need, when zonelists are built again */
	shape->nr_zonerefs = MAX_ZONELISTS * shape->nr_nodes * shape->nr_nodes *
			     shape->nr_zone_types;
	pageblocks = ((uint64_t)shape->max_pfn >> shape->pageblock_order) + 1;
	if (shape->pageblocks_per_zone)
		pageblocks *= shape->nr_nodes * shape->nr_zone_types;
	return pageblocks <= PAGEBLOCKS_MAX ||
	       json_fail(s->at, "too many pageblocks: system.pageblock_order "
				"is too small for this memory");
}

/* -- the whole ------------------------------------------------------------ */

/* Every zone has its kind; machines mix no two kinds of highmem. */
static void load_zone_kinds(struct machine *m)
{
	const struct system *system = m->system;
	bool highmem = false;

	for (uint32_t i = 0; i < system->nr_zone_types; i++)
		highmem |= system->zone_type[i] == ZONE_HIGHMEM;
	for (uint32_t id = 0; id < system->nr_zones; id++) {
		const struct zone *zone = &m->zones[id];

		state_set(m, zone->type, system->zone_type[zone->idx]);
		state_set(m, zone->highmem,
			  zone->type == ZONE_HIGHMEM ||
				  (zone->type == ZONE_MOVABLE && highmem));
	}
}

static bool load_parts(struct state_load *l, const cJSON *json)
{
	const struct system *system = l->m->system;

	if (!state_load_keys(l, json, STATE_SYSTEM))
		return false;
	state_set(l->m, system->min_unmapped_ratio, RATIO_ALWAYS_SCAN);
	load_zone_kinds(l->m);
	if (system->nr_online_nodes != json_length(json_get(json, "nodes")))
		return json_fail(l->at, "system.nodes_online is not the number "
					"of nodes");
	if (!state_load_keys(l, json, STATE_NODES))
		return false;
	/* the root cpuset, since nothing is said about another one */
	for (uint32_t nid = 0; nid < system->nr_nodes; nid++)
		if (!(l->needs & JSON_NEEDS_FORMAT_2) && node_online(l->m, nid))
			state_set(l->m, system->task.hardwall_mems,
				  system->task.hardwall_mems | 1ull << nid);
	return true;
}

bool state_load(const struct json_place *at, const cJSON *json, uint32_t format,
		struct machine *m,
		bool (*more)(struct state_load *l, const cJSON *json))
{
	struct machine made = { .region = NULL };
	struct state_load l = { .at = at, .m = &made, .json = json };
	struct survey s = { .at = at };
	char message[256];
	bool ok;

	if (!survey(&s, json, more))
		return false;
	if (!arena_create(&made, &s.shape))
		return json_fail(at, "the machine cannot be mapped: %s",
				 strerror(errno));
	memset((void *)(uintptr_t)made.pageblocks, PAGEBLOCK_NONE,
	       made.system->nr_pageblocks);
	l.needs = format >= 2 ? JSON_NEEDS_FORMAT_2 : 0;
	if (cJSON_IsTrue(json_get(json_get(json, "system"), "cma")))
		l.needs |= JSON_NEEDS_CMA;
	ok = load_parts(&l, json) && (!more || more(&l, json)) &&
	     state_load_kernel_pages(&l);
	if (ok && !machine_check(&made, message, sizeof(message)))
		ok = json_fail(at, "the state contradicts itself: %s", message);
	if (ok)
		*m = made;
	else
		arena_destroy(&made);
	return ok;
}
