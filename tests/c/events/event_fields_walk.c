/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event_fields_walk: zonelist walk and watermarks. */
#include "event_fields.h"

#define ORDER s->r->alloc.order
#define POSITION (s->position + 1)
#define ZONEREF (&s->list[s->position])

EXPECT(walk_begin, .nid = s->r->alloc.nid, .pass = s->pass,
       .alloc_flags = s->flags, .nr_zones = s->nr_zones)

/* -- the checks of a zone -------------------------------------------------- */

static enum cpuset_rule cpuset_rule(const struct step *s)
{
	const struct task *task = &s->m->system->task;
	const uint32_t nid = s->zone->node;

	return task->interrupt		      ? CPUSET_interrupt :
	       task->mems_allowed >> nid & 1  ? CPUSET_mems_allowed :
	       task->oom_victim		      ? CPUSET_oom_victim :
	       s->gfp & __GFP_HARDWALL	      ? CPUSET_hardwall :
	       task->exiting		      ? CPUSET_exiting :
	       task->hardwall_mems >> nid & 1 ? CPUSET_ancestor :
						CPUSET_outside;
}

static bool is_allowed(const struct step *s)
{
	enum cpuset_rule rule = cpuset_rule(s);

	return rule != CPUSET_hardwall && rule != CPUSET_outside;
}

EXPECT(cpuset_check, IN_ZONE(s->zone), .rule = cpuset_rule(s),
       .ok = is_allowed(s))

static enum skip_reason skip_reason(const struct step *s)
{
	if (ZONEREF->idx > s->highest_zoneidx)
		return SKIP_highest_zoneidx;
	if (s->has_nodemask && !(s->nodemask >> ZONEREF->nid & 1))
		return SKIP_nodemask;
	if (s->m->system->cpusets && (s->flags & ALLOC_CPUSET) &&
	    !is_allowed(s))
		return SKIP_cpuset;
	return PREV(s, dirty_check)	     ? SKIP_dirty :
	       s->dirty_node == ZONEREF->nid ? SKIP_dirty_before :
					       NR_SKIP;
}

EXPECT(zone_skip, .nid = ZONEREF->nid, .zone = ZONEREF->idx,
       .reason = skip_reason(s), .highest_zoneidx = s->highest_zoneidx,
       .position = POSITION,
       .account_above_highest_zoneidx =
	       skip_reason(s) == SKIP_highest_zoneidx ?
		       expect_free_pages(s->m, &s->m->zones[ZONEREF->zone]) :
		       0)

/* Pages that can become dirty: free ones above the reserve, and the cache. */
static uint64_t dirtyable(const struct step *s)
{
	const struct pglist_data *node = &s->m->nodes[s->zone->node];
	int64_t free = -(int64_t)node->totalreserve_pages;

	for (uint32_t id = 0; id < s->m->system->nr_zones; id++)
		if (s->m->zones[id].present &&
		    s->m->zones[id].node == s->zone->node)
			free += counter(s->m->zones[id].nr_free_pages);
	return (uint64_t)(free > 0 ? free : 0) + node->inactive_file +
	       node->active_file;
}

/* The same of the whole machine, plus one. */
static uint64_t all_dirtyable(const struct step *s)
{
	int64_t free = 0, cache = 0, highmem = 0;

	for (uint32_t id = 0; id < s->m->system->nr_zones; id++)
		free += s->m->zones[id].nr_free_pages;
	free = (free > 0 ? free : 0) - s->m->system->totalreserve_pages;
	for (uint32_t nid = 0; nid < s->m->system->nr_nodes; nid++)
		cache += (int64_t)s->m->nodes[nid].inactive_file +
			 s->m->nodes[nid].active_file;
	for (uint32_t id = 0; id < s->m->system->nr_zones; id++) {
		const struct zone *z = &s->m->zones[id];
		const int64_t above = (int64_t)counter(z->nr_free_pages) -
				      z->watermark[WMARK_HIGH] -
				      z->watermark_boost;

		highmem += z->highmem && above > 0 ? above : 0;
	}
	cache += free > 0 ? free : 0;
	if (s->m->system->highmem_is_dirtyable)
		highmem = 0;
	return (uint64_t)(highmem < cache ? cache - highmem : 0) + 1;
}

static uint32_t dirty_limit(const struct step *s)
{
	const struct system *system = s->m->system;
	uint64_t pages = (system->dirty_bytes + 4095) / 4096;
	uint64_t limit = pages ? pages * dirtyable(s) / all_dirtyable(s) :
				 dirtyable(s) * system->dirty_ratio / 100;

	limit += system->task.realtime ? limit / 4 : 0;
	return limit > UINT32_MAX ? UINT32_MAX : (uint32_t)limit;
}

#define NODE s->m->nodes[s->zone->node]
EXPECT(dirty_check, .nid = s->zone->node, .file_dirty = NODE.file_dirty,
       .writeback = NODE.writeback, .dirtyable = (uint32_t)dirtyable(s),
       .limit = dirty_limit(s),
       .ok = NODE.file_dirty + NODE.writeback <= dirty_limit(s))

#define AT_END (s->position >= s->nr_zones)
EXPECT(nofragment_retry, .reason = AT_END ? RETRY_end_of_list : RETRY_locality,
       .nid = AT_END ? s->r->alloc.nid : s->zone->node,
       .zone = AT_END ? MAX_NR_ZONES : s->zone->idx)

/* -- node_reclaim() -------------------------------------------------------- */

#define PAGES (1u << ORDER)
EXPECT(node_reclaim_begin, .nid = s->zone->node, .order = ORDER,
       .nr_to_reclaim = PAGES > 32 ? PAGES : 32,
       .reclaim_idx = s->highest_zoneidx,
       .nr_reclaimable = count_reclaimable(s))

/* Are more pages reclaimable than min_unmapped_ratio percent of the node? */
static bool is_worth_scanning(const struct step *s)
{
	const uint32_t ratio = s->m->system->min_unmapped_ratio;
	uint64_t least = 0;

	for (uint32_t id = 0; id < s->m->system->nr_zones; id++)
		if (s->m->zones[id].node == s->zone->node)
			least +=
				(uint64_t)s->m->zones[id].managed * ratio / 100;
	return ratio == RATIO_ALWAYS_SCAN || count_reclaimable(s) > least;
}

static enum node_reclaim_result reclaim_result(const struct step *s)
{
	const struct system *system = s->m->system;
	bool foreign = false;

	for (uint32_t cpu = 0; cpu < system->nr_cpus; cpu++)
		foreign |= system->cpu_node[cpu] == s->zone->node;
	foreign &= system->cpu_node[s->cpu] != s->zone->node;
	if (!s->is_reclaiming && !is_worth_scanning(s))
		return NODE_RECLAIM_full;
	if (!(s->gfp & __GFP_DIRECT_RECLAIM) || system->task.memalloc ||
	    foreign)
		return NODE_RECLAIM_noscan;
	return s->nr_reclaimed < PAGES ? NODE_RECLAIM_some :
					 NODE_RECLAIM_success;
}

EXPECT(node_reclaim, IN_ZONE(s->zone), .result = reclaim_result(s),
       .nr_reclaimed = s->is_reclaiming ? s->nr_reclaimed : 0,
       .nr_reclaimable = count_reclaimable(s))

EXPECT(zone_try, IN_ZONE(s->zone), .position = POSITION,
       .watermark_ignored = !!(s->flags & ALLOC_NO_WATERMARKS))

/* -- watermarks ------------------------------------------------------------- */

/* Has node_reclaim() freed something? */
static bool is_after_reclaim(const struct step *s)
{
	const struct event_node_reclaim *last = PREV(s, node_reclaim);

	return last && (last->result == NODE_RECLAIM_some ||
			last->result == NODE_RECLAIM_success);
}

bool is_second_watermark_check(const struct step *s)
{
	const struct event_watermark_check *last = PREV(s, watermark_check);

	return is_after_reclaim(s) ||
	       (last && last->check == WATERMARK_STEP_full && !last->ok &&
		!ORDER && (s->gfp & __GFP_ATOMIC) && s->zone->watermark_boost &&
		!(s->flags & ALLOC_WMARK_MASK));
}

/* The watermark after what the alloc flags take off it. */
static int64_t lowered(const struct step *s, int64_t watermark)
{
	if (s->flags & ALLOC_HIGH)
		watermark -= watermark / 2;
	if (s->flags & ALLOC_OOM)
		return watermark - watermark / 2;
	return s->flags & ALLOC_HARDER ? watermark - watermark / 4 : watermark;
}

/* Set the account's fields of @e. */
#define SET_PART(name, text) e.account_##name = account.name;
#define SET_ACCOUNT FREE_ACCOUNT(SET_PART)

void expect_watermark_check(const struct step *s, void *fields)
{
	const struct zone *z = s->zone;
	const bool urgent = s->flags & (ALLOC_HARDER | ALLOC_OOM);
	const uint32_t wmark = s->flags & ALLOC_WMARK_MASK;
	struct event_watermark_check e = {
		IN_ZONE(z),
		.order = ORDER,
		.migratetype = s->type,
		.check = WATERMARK_STEP_full,
		.wmark = wmark,
		.free = (int32_t)counter(z->nr_free_pages),
		.highatomic = urgent ? 0 : z->nr_reserved_highatomic,
		.cma = s->flags & ALLOC_CMA ? 0 : counter(z->nr_free_cma),
		.base = z->watermark[wmark],
		.boost = z->watermark_boost,
		.lowmem_reserve = z->lowmem_reserve[s->highest_zoneidx],
		.highest_zoneidx = s->highest_zoneidx,
		.alloc_flags = s->flags,
		.position = POSITION,
	};
	struct free_account account = { .free = 0 };
	int64_t usable, required;

	e.unusable = (1 << ORDER) - 1 + e.highatomic + e.cma;
	usable = (int64_t)e.free - e.unusable;
	required = (int64_t)e.base + e.boost + e.lowmem_reserve;
	if (is_after_reclaim(s))
		e.check = WATERMARK_STEP_after_reclaim;
	else if (s->is_again)
		e.check = WATERMARK_STEP_unboosted, e.boost = 0;
	else if (!ORDER && usable > required)
		e.check = WATERMARK_STEP_fast;
	e.watermark = e.base + e.boost;
	if (e.check != WATERMARK_STEP_fast)
		e.watermark = lowered(s, e.watermark);
	e.margin = usable - e.watermark - e.lowmem_reserve;
	e.ok = e.margin > 0;
	e.short_by = e.ok ? 0 : 1 - e.margin;
	if (!e.ok)
		account = expect_account(s, &e);
	SET_ACCOUNT
	*(struct event_watermark_check *)fields = e;
}

/* The types whose free blocks the flags allow, a bit each. */
static uint32_t allowed_types(const struct step *s)
{
	return 1 << MIGRATE_UNMOVABLE | 1 << MIGRATE_MOVABLE |
	       1 << MIGRATE_RECLAIMABLE |
	       !!(s->flags & (ALLOC_HARDER | ALLOC_OOM)) << MIGRATE_HIGHATOMIC |
	       !!(s->flags & ALLOC_CMA) << MIGRATE_CMA;
}

void expect_free_area_check(const struct step *s, void *fields)
{
	struct free_account account = { .free = 0 };
	struct event_free_area_check e = { IN_ZONE(s->zone), .order = ORDER,
					   .migratetype = s->type,
					   .found_order = ORDER,
					   .found_migratetype = MIGRATE_TYPES };

	for (uint32_t o = ORDER; o < s->m->max_order && !e.ok; o++)
		for (uint32_t type = 0; type < MIGRATE_TYPES && !e.ok; type++)
			if (allowed_types(s) >> type & 1 &&
			    !list_is_empty(s->m, free_list(s->zone, o, type))) {
				e.found_order = o;
				e.found_migratetype = type;
				e.ok = true;
			}
	if (!e.ok)
		account = expect_account(s, NULL);
	SET_ACCOUNT
	*(struct event_free_area_check *)fields = e;
}

void expect_zone_empty(const struct step *s, void *fields)
{
	const struct free_account account = expect_account(s, NULL);
	struct event_zone_empty e = {
		IN_ZONE(s->zone),
		.order = ORDER,
		.migratetype = s->type,
		.free = counter(s->zone->nr_free_pages),
		.reason = account.usable ? EMPTY_nofragment : EMPTY_no_block,
	};

	SET_ACCOUNT
	*(struct event_zone_empty *)fields = e;
}
