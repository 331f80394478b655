/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event_fields_request: the request, page preparation, frees, control. */
#include "event_fields.h"

#define ALLOC s->r->alloc
#define SYSTEM s->m->system

/* __GFP_ATOMIC with __GFP_DIRECT_RECLAIM is a mistake of the caller. */
static bool is_mistake(const struct step *s)
{
	return (ALLOC.gfp & __GFP_ATOMIC) && (ALLOC.gfp & __GFP_DIRECT_RECLAIM);
}

/* The alloc flags of the first attempt of the slow path. */
static uint32_t slow_flags(const struct step *s)
{
	const struct task *task = &SYSTEM->task;
	const bool atomic = (ALLOC.gfp & __GFP_ATOMIC) && !is_mistake(s);
	const bool harder = atomic ? !(ALLOC.gfp & __GFP_NOMEMALLOC) :
				     task->realtime && !task->interrupt;

	return (ALLOC.gfp & (__GFP_HIGH | __GFP_KSWAPD_RECLAIM)) |
	       (s->prepared_flags & ALLOC_CMA) | (harder ? ALLOC_HARDER : 0) |
	       (atomic ? 0 : ALLOC_CPUSET);
}

/* The reserves that its second attempt may use; 0: none. */
static uint32_t reserve_flags(const struct step *s)
{
	const struct task *task = &SYSTEM->task;
	const bool memalloc = (ALLOC.gfp & __GFP_MEMALLOC) ||
			      (task->memalloc && !task->interrupt);

	return ALLOC.gfp & __GFP_NOMEMALLOC	    ? 0 :
	       memalloc				    ? ALLOC_NO_WATERMARKS :
	       task->oom_victim && !task->interrupt ? ALLOC_OOM :
						      0;
}

EXPECT(alloc_request,
       .entry = s->r->kind == REQUEST_ALLOC ? ENTRY_alloc_pages :
					      ENTRY_get_page,
       .order = ALLOC.order, .gfp = ALLOC.gfp, .nid = ALLOC.nid,
       .cpu = ALLOC.cpu, .has_nodemask = ALLOC.has_nodemask,
       .nodemask = ALLOC.has_nodemask ? ALLOC.nodemask : 0)

EXPECT(prepare_alloc_pages, .gfp = s->gfp,
       .highest_zoneidx = s->highest_zoneidx, .migratetype = s->type,
       .alloc_flags = s->prepared_flags,
       .wmark = s->prepared_flags & ALLOC_WMARK_MASK,
       .spread_dirty_pages = s->r->kind == REQUEST_ALLOC &&
			     (ALLOC.gfp & __GFP_WRITE),
       .has_nodemask = s->has_nodemask, .nodemask = s->nodemask,
       .has_zone = s->preferred != NULL,
       .preferred_nid = s->preferred ? s->preferred->nid : ALLOC.nid,
       .preferred_zone = s->preferred ? s->preferred->idx : MAX_NR_ZONES)

/* What fault injection does with the request, and by which rule. */
static enum fault_rule fault_rule(const struct step *s)
{
	const struct fault_attr *attr = &s->before->system->fail_page_alloc;
	const gfp_t gfp = ALLOC.gfp;

	if ((int32_t)ALLOC.order < attr->min_order)
		return FAULT_min_order;
	if (gfp & __GFP_NOFAIL)
		return FAULT_nofail;
	if (attr->ignore_gfp_highmem && (gfp & __GFP_HIGHMEM))
		return FAULT_highmem;
	if (attr->ignore_gfp_reclaim && (gfp & __GFP_DIRECT_RECLAIM))
		return FAULT_reclaim;
	if (attr->space > 1 << ALLOC.order)
		return FAULT_space;
	if (attr->interval > 1 && (attr->count + 1) % (uint32_t)attr->interval)
		return FAULT_interval;
	return (SYSTEM->fail_page_alloc.seed >> 16) % 100 < attr->probability ?
		       FAULT_fails :
		       FAULT_probability;
}

EXPECT(should_fail_alloc_page, .order = ALLOC.order, .gfp = ALLOC.gfp,
       .rule = fault_rule(s),
       .times_left = s->before->system->fail_page_alloc.times -
		     (fault_rule(s) == FAULT_fails &&
		      s->before->system->fail_page_alloc.times > 0))

EXPECT(alloc_flags_nofragment, .nofragment = !!(s->flags & ALLOC_NOFRAGMENT),
       .alloc_flags = s->flags)

EXPECT(mm_page_alloc, IN_ZONE(s->zone), .pfn = s->r->pfn, .order = ALLOC.order,
       .gfp_flags = s->gfp, .migratetype = s->type)

EXPECT(slow_path, .order = ALLOC.order, .gfp = ALLOC.gfp,
       .atomic_ignored = is_mistake(s), .slow_flags = slow_flags(s),
       .retry_flags = reserve_flags(s) ? reserve_flags(s) | (s->prepared_flags &
							     ALLOC_CMA) :
					 slow_flags(s),
       .drops_nodemask = reserve_flags(s) || !(slow_flags(s) & ALLOC_CPUSET))

#define NO_PAGE (s->r->pfn == PFN_NONE)
EXPECT(get_page_done, .nid = NO_PAGE ? ALLOC.nid : s->zone->node,
       .zone = NO_PAGE ? MAX_NR_ZONES : s->zone->idx, .ok = !NO_PAGE,
       .pfn = s->r->pfn, .order = ALLOC.order)

EXPECT(prep_new_page, .pfn = s->r->pfn, .order = ALLOC.order,
       .zeroed = !!(ALLOC.gfp & __GFP_ZERO),
       .compound = !!(s->m->pages[s->r->pfn] & PAGE_COMPOUND),
       .pfmemalloc = !!(s->m->pages[s->r->pfn] & PAGE_PFMEMALLOC))

/*
 * The first byte of the block that is not the poison byte, which
 * page_contents_poison() writes.
 */
static uint32_t first_changed_byte(const struct step *s)
{
	const uint8_t *bytes = session_page_address(s->session, s->r->pfn);
	uint32_t at = 0;

	while (bytes && bytes[at] == 0xaa)
		at++;
	return at;
}

EXPECT(check_poison_mem, .pfn = s->r->pfn + first_changed_byte(s) / PAGE_SIZE,
       .offset = first_changed_byte(s) % PAGE_SIZE)

EXPECT(mm_page_free, IN_ZONE(s->zone), .pfn = s->freed,
       .order = page_order(s->before->pages[s->freed]), .cpu = s->cpu,
       .migratetype = get_pageblock_migratetype(s->m, s->zone, s->freed))

EXPECT(drain_pages, .cpu = s->cpu)

EXPECT(lru_add, .pfn = s->r->lru.pfn,
       .on = !!(s->m->pages[s->r->lru.pfn] & PAGE_LRU))

EXPECT(set_dirty, .nid = s->r->dirty.node,
       .file_dirty = s->m->nodes[s->r->dirty.node].file_dirty)

#define FLAG(name, text, help) .name = !!SYSTEM->task.name,
EXPECT(set_task, TASK_FLAGS(FLAG).mems_allowed = SYSTEM->task.mems_allowed,
       .hardwall_mems = SYSTEM->task.hardwall_mems,
       .cpusets = !!SYSTEM->cpusets)
#undef FLAG

EXPECT(reclaimable_add, IN_ZONE(s->zone), .pfn = s->r->reclaimable.pfn,
       .nr_reclaimable = count_reclaimable(s))

#define ATTR(kind, name, otherwise, min, max, help)                            \
	.name = SYSTEM->fail_page_alloc.name,
EXPECT(set_fault, FAULT_ATTRS(ATTR))
#undef ATTR

EXPECT(request_error, .error = s->r->error)
