/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model_errors: which requests are invalid, and with which flags the slow path
 * would continue.
 *
 * For a request with several errors the allocator may return any of them.
 */
#include "model.h"

static uint32_t cma_flag(const struct model *model, gfp_t gfp)
{
	return model->system.cma && !model->system.task.nocma &&
			       model->system.mobility_grouping &&
			       (gfp & GFP_MOVABLE_MASK) == __GFP_MOVABLE ?
		       ALLOC_CMA :
		       0;
}

uint32_t model_slow_flags(const struct model *model, gfp_t gfp)
{
	const struct task *task = &model->system.task;
	bool atomic = (gfp & (__GFP_ATOMIC | __GFP_DIRECT_RECLAIM)) ==
		      __GFP_ATOMIC;
	uint32_t flags = gfp & (__GFP_HIGH | __GFP_KSWAPD_RECLAIM);

	if (!atomic)
		flags |= ALLOC_CPUSET;
	if (atomic ? !(gfp & __GFP_NOMEMALLOC) :
		     task->realtime && !task->interrupt)
		flags |= ALLOC_HARDER;
	return flags | cma_flag(model, gfp);
}

uint32_t model_retry_flags(const struct model *model, gfp_t gfp)
{
	const struct task *task = &model->system.task;
	bool has_task = !task->interrupt;

	if (gfp & __GFP_NOMEMALLOC)
		return model_slow_flags(model, gfp);
	if ((gfp & __GFP_MEMALLOC) || (has_task && task->memalloc))
		return ALLOC_NO_WATERMARKS | cma_flag(model, gfp);
	if (has_task && task->oom_victim)
		return ALLOC_OOM | cma_flag(model, gfp);
	return model_slow_flags(model, gfp);
}

#define REFUSE(when, why) ((uint32_t) !!(when) << MACHINE_ERROR_##why)

uint64_t model_nodes(const struct model *model)
{
	uint64_t nodes = 0;

	for (uint32_t nid = 0; nid < model->system.nr_nodes; nid++)
		if (model->nodes[nid].online)
			nodes |= 1ull << nid;
	return nodes;
}

uint32_t model_alloc_refusals(const struct model *model,
			      const struct alloc_request *r)
{
	const struct system *system = &model->system;
	uint64_t nodes = model_nodes(model);

	return REFUSE(r->order >= system->max_order, order_range) |
	       REFUSE(r->gfp & ~__GFP_BITS_MASK, gfp_bits) |
	       REFUSE(system->gfp_zones[r->gfp & GFP_ZONEMASK] == GFP_ZONE_BAD,
		      gfp_zone) |
	       REFUSE((r->gfp & GFP_MOVABLE_MASK) == GFP_MOVABLE_MASK,
		      gfp_type) |
	       REFUSE(r->has_alloc_flags &&
			      ((r->alloc_flags & ~ALLOC_BITS_MASK) ||
			       (r->alloc_flags & ALLOC_WMARK_MASK) == 3),
		      alloc_flags) |
	       REFUSE(r->nid >= 64 || !(nodes >> r->nid & 1), node_absent) |
	       REFUSE(r->cpu >= system->nr_cpus, cpu_absent) |
	       REFUSE(r->has_nodemask &&
			      (!r->nodemask || (r->nodemask & ~nodes)),
		      nodemask);
}

uint32_t model_free_refusals(const struct model *model, uint32_t cpu,
			     uint32_t pfn, uint32_t order)
{
	uint32_t why = REFUSE(cpu >= model->system.nr_cpus, cpu_absent) |
		       REFUSE(order >= model->system.max_order, order_range);
	const struct model_frame *frame;

	if (pfn >= model->system.max_pfn || !model_zone_of(model, pfn))
		return why | REFUSE(true, pfn_absent) |
		       REFUSE(true, never_allocated);
	frame = &model->frames[pfn];
	if (frame->state == IDLE)
		return why | REFUSE(true, never_allocated) |
		       REFUSE(true, pfn_absent);
	if (frame->state != USED)
		return why | REFUSE(true, double_free) |
		       REFUSE(frame->head != pfn, inside_block);
	return why | REFUSE(frame->head != pfn, inside_block) |
	       REFUSE(frame->head == pfn && frame->order != order, wrong_order);
}
