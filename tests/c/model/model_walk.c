/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model_walk: the entry, the walk over the zones, and what it asks of each.
 *
 * The walk here first writes down the zones that the request may use, then
 * goes through them as often as the rules say.
 */
#include "model.h"

enum { MODEL_WALK = MAX_NUMNODES * MAX_NR_ZONES };

struct walk {
	gfp_t gfp; /* with HARDWALL, where cpusets add it */
	unsigned int order;
	unsigned int highest_zoneidx;
	unsigned int type;
	bool spread_dirty;
	struct model_zone
		*zones[MODEL_WALK]; /* below highest_zoneidx, in nodemask */
	unsigned int nr_zones;
};

static bool has_bit(uint64_t mask, unsigned int bit)
{
	return mask >> bit & 1;
}

/* -- watermarks ----------------------------------------------------------- */

static long unusable(const struct model *model, const struct model_zone *zone,
		     unsigned int order, uint32_t alloc_flags)
{
	long pages = (long)model_pages(order) - 1;

	if (!(alloc_flags & (ALLOC_HARDER | ALLOC_OOM)))
		pages += zone->highatomic;
	if (model->system.cma && !(alloc_flags & ALLOC_CMA))
		pages += model_count(zone, MODEL_FREE_CMA);
	return pages;
}

static bool has_block(const struct model *model, const struct model_zone *zone,
		      unsigned int order, uint32_t alloc_flags)
{
	for (unsigned int o = order; o < model->system.max_order; o++) {
		const struct model_list *lists = zone->lists[o];

		if (lists[MIGRATE_UNMOVABLE].nr || lists[MIGRATE_MOVABLE].nr ||
		    lists[MIGRATE_RECLAIMABLE].nr)
			return true;
		if ((alloc_flags & ALLOC_CMA) && lists[MIGRATE_CMA].nr)
			return true;
		if ((alloc_flags & (ALLOC_HARDER | ALLOC_OOM)) &&
		    lists[MIGRATE_HIGHATOMIC].nr)
			return true;
	}
	return false;
}

static bool full_check(const struct model *model, const struct model_zone *zone,
		       unsigned int order, long mark,
		       unsigned int highest_zoneidx, uint32_t alloc_flags)
{
	long free = model_count(zone, MODEL_FREE_PAGES) -
		    unusable(model, zone, order, alloc_flags);

	if (alloc_flags & ALLOC_HIGH)
		mark -= mark / 2;
	if (alloc_flags & ALLOC_OOM)
		mark -= mark / 2;
	else if (alloc_flags & ALLOC_HARDER)
		mark -= mark / 4;
	if (free <= mark + (long)zone->fixed.lowmem_reserve[highest_zoneidx])
		return false;
	return !order || has_block(model, zone, order, alloc_flags);
}

static long mark_of(const struct model_zone *zone, uint32_t alloc_flags)
{
	return (long)zone->fixed.watermark[alloc_flags & ALLOC_WMARK_MASK] +
	       zone->boost;
}

static bool fast_check(const struct model *model, const struct model_zone *zone,
		       const struct walk *walk, uint32_t alloc_flags)
{
	long free = model_count(zone, MODEL_FREE_PAGES);
	long mark = mark_of(zone, alloc_flags);
	long held = unusable(model, zone, 0, alloc_flags);

	if (!walk->order) {
		long usable = held < free ? free - held : 0;

		if (usable >
		    mark + (long)zone->fixed
				    .lowmem_reserve[walk->highest_zoneidx])
			return true;
	}
	if (full_check(model, zone, walk->order, mark, walk->highest_zoneidx,
		       alloc_flags))
		return true;
	if (walk->order || !(walk->gfp & __GFP_ATOMIC) || !zone->boost ||
	    (alloc_flags & ALLOC_WMARK_MASK) != ALLOC_WMARK_MIN)
		return false;
	return full_check(model, zone, 0, zone->fixed.watermark[WMARK_MIN],
			  walk->highest_zoneidx, alloc_flags);
}

/* -- cpusets, the dirty limit, reclaim ------------------------------------ */

static bool cpuset_allows(const struct model *model,
			  const struct model_zone *zone, gfp_t gfp)
{
	const struct task *task = &model->system.task;
	unsigned int nid = zone->fixed.node;

	if (task->interrupt || has_bit(task->mems_allowed, nid) ||
	    task->oom_victim)
		return true;
	return !(gfp & __GFP_HARDWALL) &&
	       (task->exiting || has_bit(task->hardwall_mems, nid));
}

static uint64_t file_pages(const struct pglist_data *node)
{
	return (uint64_t)node->inactive_file + node->active_file;
}

/* Pages of a node that may become dirty. */
static uint64_t dirtyable(const struct model *model, uint32_t nid)
{
	uint32_t per_node = model->system.nr_zone_types;
	uint64_t reserve = model->nodes[nid].totalreserve_pages, pages = 0;

	for (uint32_t i = 0; i < per_node; i++)
		pages += (uint64_t)model_count(
			&model->zones[nid * per_node + i], MODEL_FREE_PAGES);
	return (pages > reserve ? pages - reserve : 0) +
	       file_pages(&model->nodes[nid]);
}

/*
 * Of the whole machine, plus 1. The kernel has one number for all zones
 * together: a zone's counter that drifted below 0 lowers it, and only the
 * sum is held at 0. Highmem counts only if the sysctl says so.
 */
static uint64_t dirtyable_everywhere(const struct model *model)
{
	long pages = 0, reserve = (long)model->system.totalreserve_pages;
	uint64_t file = 0, all, high = 0;

	for (uint32_t id = 0; id < model->system.nr_zones; id++)
		pages += model->zones[id].counter[MODEL_FREE_PAGES];
	for (uint32_t nid = 0; nid < model->system.nr_nodes; nid++)
		file += file_pages(&model->nodes[nid]);
	all = (pages > reserve ? (uint64_t)(pages - reserve) : 0) + file;
	for (uint32_t id = 0; id < model->system.nr_zones; id++) {
		const struct model_zone *zone = &model->zones[id];
		long more = model_count(zone, MODEL_FREE_PAGES) -
			    (long)zone->fixed.watermark[WMARK_HIGH] -
			    (long)zone->boost;

		if (zone->fixed.highmem && zone->fixed.present && more > 0)
			high += (uint64_t)more;
	}
	if (model->system.highmem_is_dirtyable)
		return all + 1;
	return high < all ? all - high + 1 : 1;
}

static bool dirty_ok(const struct model *model, uint32_t nid)
{
	const struct pglist_data *node = &model->nodes[nid];
	uint64_t limit;

	if (model->system.dirty_bytes)
		limit = (model->system.dirty_bytes + PAGE_SIZE - 1) /
			PAGE_SIZE * dirtyable(model, nid) /
			dirtyable_everywhere(model);
	else
		limit = model->system.dirty_ratio * dirtyable(model, nid) / 100;
	if (model->system.task.realtime)
		limit += limit / 4;
	if (limit > UINT32_MAX)
		limit = UINT32_MAX;
	return (uint64_t)node->file_dirty + node->writeback <= limit;
}

static bool node_has_cpu(const struct model *model, uint32_t nid)
{
	for (uint32_t cpu = 0; cpu < model->system.nr_cpus; cpu++)
		if (model->system.cpu_node[cpu] == nid)
			return true;
	return false;
}

/* Is the node's page cache, all of it on the queue, not worth a scan? */
static bool too_few(const struct model *model, uint32_t nid)
{
	uint32_t per_node = model->system.nr_zone_types;
	uint64_t least = 0, nr = 0;

	for (uint32_t i = 0; i < per_node; i++)
		least += (uint64_t)model->zones[nid * per_node + i]
				 .fixed.managed *
			 model->system.min_unmapped_ratio / 100;
	for (uint32_t i = 0; i < model->queue.nr; i++)
		nr += model->frames[model->queue.pfn[i]].zone / per_node == nid;
	return nr <= least;
}

/* Free from the front what lies on the node, in zones the request can use. */
static uint32_t scan(struct model *model, const struct walk *walk, uint32_t nid)
{
	uint32_t aim = model_pages(walk->order), nr = 0, i = 0;

	if (aim < 32)
		aim = 32;
	while (nr < aim && i < model->queue.nr) {
		uint32_t pfn = model->queue.pfn[i];
		const struct zone *zone =
			&model->zones[model->frames[pfn].zone].fixed;

		if (zone->node != nid || zone->idx > walk->highest_zoneidx) {
			i++;
			continue;
		}
		model_list_put(&model->reclaimed, pfn, true);
		model_free_block(model, pfn, 0);
		nr++;
	}
	return nr;
}

static uint32_t reclaim(struct model *model, const struct walk *walk,
			uint32_t nid, uint32_t *freed)
{
	const struct system *system = &model->system;

	*freed = 0;
	if (too_few(model, nid))
		return NODE_RECLAIM_full;
	if (!(walk->gfp & __GFP_DIRECT_RECLAIM) || system->task.memalloc)
		return NODE_RECLAIM_noscan;
	if (node_has_cpu(model, nid) && system->cpu_node[model->cpu] != nid)
		return NODE_RECLAIM_noscan;
	*freed = scan(model, walk, nid);
	return *freed >= model_pages(walk->order) ? NODE_RECLAIM_success :
						    NODE_RECLAIM_some;
}

static bool reclaim_helps(struct model *model, const struct walk *walk,
			  const struct model_zone *zone, uint32_t alloc_flags)
{
	const struct system *system = &model->system;
	uint32_t near = walk->zones[0]->fixed.node, nid = zone->fixed.node;
	uint32_t outcome, freed;

	if (!system->node_reclaim_mode ||
	    model->distance[near * system->nr_nodes + nid] >
		    system->node_reclaim_distance)
		return false;
	outcome = reclaim(model, walk, nid, &freed);
	model_emit(model, (struct model_event){
				  EVENT_node_reclaim,
				  { nid, zone->fixed.idx, outcome, freed } });
	if (outcome == NODE_RECLAIM_full || outcome == NODE_RECLAIM_noscan)
		return false;
	return full_check(model, zone, walk->order, mark_of(zone, alloc_flags),
			  walk->highest_zoneidx, alloc_flags);
}

/* -- the walk ------------------------------------------------------------- */

enum verdict { PASS_OVER, AGAIN, TRY };

static enum verdict ask_zone(struct model *model, const struct walk *walk,
			     const struct model_zone *zone,
			     uint32_t alloc_flags, uint32_t *dirty_nid)
{
	uint32_t nid = zone->fixed.node;

	if (model->system.cpusets && (alloc_flags & ALLOC_CPUSET) &&
	    !cpuset_allows(model, zone, walk->gfp))
		return PASS_OVER;
	if (walk->spread_dirty) {
		if (*dirty_nid == nid)
			return PASS_OVER;
		if (!dirty_ok(model, nid)) {
			*dirty_nid = nid;
			return PASS_OVER;
		}
	}
	if ((alloc_flags & ALLOC_NOFRAGMENT) &&
	    model->system.nr_online_nodes > 1 &&
	    walk->zones[0]->fixed.node != nid)
		return AGAIN;
	if (fast_check(model, zone, walk, alloc_flags) ||
	    (alloc_flags & ALLOC_NO_WATERMARKS) ||
	    reclaim_helps(model, walk, zone, alloc_flags))
		return TRY;
	return PASS_OVER;
}

static uint32_t give(struct model *model, const struct walk *walk,
		     struct model_zone *zone, uint32_t alloc_flags)
{
	uint32_t pfn = model_rmqueue(model, walk->zones[0], zone, walk->order,
				     alloc_flags, walk->type);

	if (pfn == PFN_NONE)
		return pfn;
	model_block_set(model, zone->id, pfn, walk->order, USED, 0);
	model->frames[pfn].compound = walk->order && (walk->gfp & __GFP_COMP);
	model->frames[pfn].pfmemalloc = alloc_flags & ALLOC_NO_WATERMARKS;
	if (walk->order && (alloc_flags & ALLOC_HARDER))
		model_reserve_highatomic(model, zone, pfn);
	return pfn;
}

static uint32_t go(struct model *model, const struct walk *walk,
		   uint32_t alloc_flags)
{
	uint32_t dirty_nid = UINT32_MAX;
	unsigned int i = 0;

	for (;;) {
		enum verdict verdict;
		uint32_t pfn;

		if (i == walk->nr_zones && !(alloc_flags & ALLOC_NOFRAGMENT))
			return PFN_NONE;
		verdict = i == walk->nr_zones ?
				  AGAIN :
				  ask_zone(model, walk, walk->zones[i],
					   alloc_flags, &dirty_nid);
		if (verdict == AGAIN) {
			alloc_flags &= ~ALLOC_NOFRAGMENT;
			dirty_nid = UINT32_MAX;
			i = 0;
			continue;
		}
		if (verdict == TRY) {
			pfn = give(model, walk, walk->zones[i], alloc_flags);
			if (pfn != PFN_NONE)
				return pfn;
		}
		i++;
	}
}

static void choose_zones(const struct model *model, struct walk *walk,
			 uint32_t nid, uint64_t nodemask)
{
	bool own = (walk->gfp & __GFP_THISNODE) && model->system.numa;
	const struct zonelist *list =
		&model->nodes[nid].zonelists[own ? ZONELIST_NOFALLBACK :
						   ZONELIST_FALLBACK];

	for (uint32_t i = 0; i < list->nr; i++) {
		const struct zoneref *ref = &model->zonerefs[list->first + i];

		if (ref->idx <= walk->highest_zoneidx &&
		    has_bit(nodemask, ref->nid))
			walk->zones[walk->nr_zones++] =
				&model->zones[ref->zone];
	}
}

/* -- the entry ------------------------------------------------------------ */

static bool fault(struct model *model, gfp_t gfp, unsigned int order)
{
	struct fault_attr *attr = &model->system.fail_page_alloc;

	if (!attr->times || !attr->probability ||
	    (int)order < attr->min_order || (gfp & __GFP_NOFAIL) ||
	    (attr->ignore_gfp_highmem && (gfp & __GFP_HIGHMEM)) ||
	    (attr->ignore_gfp_reclaim && (gfp & __GFP_DIRECT_RECLAIM)))
		return false;
	if (attr->space > 1 << order) {
		attr->space -= 1 << order;
		return false;
	}
	if (attr->interval > 1 && ++attr->count % (uint32_t)attr->interval != 0)
		return false;
	/* the engine's random numbers: they are its own choice */
	attr->seed = (int32_t)((1103515245ull * (uint32_t)attr->seed + 12345) %
			       (1ull << 31));
	if (attr->seed / 65536 % 100 >= attr->probability)
		return false;
	if (attr->times != -1)
		attr->times--;
	return true;
}

static uint32_t nofragment(const struct model *model, const struct walk *walk)
{
	const struct model_zone *zone = walk->zones[0];

	if (!model->system.nofragment || !walk->nr_zones ||
	    zone->fixed.type != ZONE_NORMAL)
		return 0;
	if (model->system.nr_online_nodes == 1)
		return ALLOC_NOFRAGMENT;
	if (!zone->fixed.idx || zone[-1].fixed.type != ZONE_DMA32 ||
	    !zone[-1].fixed.present)
		return 0;
	return ALLOC_NOFRAGMENT;
}

static uint32_t enter(struct model *model, struct walk *walk,
		      const struct alloc_request *request, uint64_t nodemask)
{
	const struct system *system = &model->system;
	uint32_t alloc_flags = ALLOC_WMARK_LOW;

	if (system->cpusets) {
		walk->gfp |= __GFP_HARDWALL;
		if (!system->task.interrupt && !request->has_nodemask)
			nodemask = system->task.mems_allowed;
		else
			alloc_flags |= ALLOC_CPUSET;
	}
	if (fault(model, request->gfp, walk->order))
		return PFN_NONE;
	if (system->cma && !system->task.nocma && walk->type == MIGRATE_MOVABLE)
		alloc_flags |= ALLOC_CMA;
	walk->spread_dirty = request->gfp & __GFP_WRITE;
	choose_zones(model, walk, request->nid, nodemask);
	alloc_flags |= request->gfp & __GFP_KSWAPD_RECLAIM;
	alloc_flags |= nofragment(model, walk);
	return go(model, walk, alloc_flags);
}

uint32_t model_alloc(struct model *model, const struct alloc_request *request)
{
	uint64_t nodemask = request->has_nodemask ? request->nodemask :
						    UINT64_MAX;
	struct walk walk = {
		.gfp = request->gfp,
		.order = request->order,
		.highest_zoneidx =
			model->system.gfp_zones[request->gfp & GFP_ZONEMASK],
		.type = (request->gfp & GFP_MOVABLE_MASK) >> GFP_MOVABLE_SHIFT,
	};
	uint32_t pfn;

	model->nr_events = 0;
	model->reclaimed.nr = 0;
	model->cpu = request->cpu;
	if (!model->system.mobility_grouping)
		walk.type = MIGRATE_UNMOVABLE;
	if (request->has_alloc_flags) {
		choose_zones(model, &walk, request->nid, nodemask);
		pfn = go(model, &walk, request->alloc_flags);
	} else {
		pfn = enter(model, &walk, request, nodemask);
	}
	if (pfn != PFN_NONE)
		model->frames[pfn].owner = request->owner;
	return pfn;
}
