/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model_ops: random requests. Each machine has a mood (how full, which
 * types, which orders) that changes now and then, so that all of empty,
 * full and fragmented come up.
 */
#include "mm/control.h"
#include "model_ops.h"

#include <string.h>

#include "state/arena.h"

enum { ANY_REFUSAL = -2 }; /* every answer but "none" */

static void change_mood(struct ops *ops, struct rng *rng)
{
	static const uint32_t zero[] = { 95, 60, 30, 70 };

	ops->target_percent = 30 + rng_below(rng, 75);
	ops->order_zero_percent = zero[rng_below(rng, 4)];
	ops->direct_percent = rng_chance(rng, 30) ? 40 : 5;
	ops->types = rng_below(rng, 3);
	ops->lru_percent = rng_chance(rng, 30) ? 35 : 5;
}

void ops_begin(struct ops *ops, const struct machine *m, struct rng *rng)
{
	ops->model = model_new(m);
	for (uint32_t id = 0; id < m->system->nr_zones; id++)
		ops->managed_pages += m->zones[id].managed;
	change_mood(ops, rng);
}

void ops_end(struct ops *ops)
{
	model_free(ops->model);
}

/* -- drawing -------------------------------------------------------------- */

static gfp_t draw_gfp(const struct ops *ops, struct rng *rng)
{
	static const gfp_t bases[] = {
		GFP_KERNEL,
		GFP_USER,
		GFP_ATOMIC,
		GFP_NOWAIT,
		GFP_NOIO,
		GFP_HIGHUSER,
		GFP_KERNEL | __GFP_RECLAIMABLE,
		GFP_KERNEL | GFP_DMA,
		GFP_KERNEL | GFP_DMA32,
		GFP_NOFS | __GFP_RECLAIMABLE,
		GFP_HIGHUSER_MOVABLE,
		GFP_TRANSHUGE,
		GFP_USER | __GFP_MOVABLE,
		GFP_HIGHUSER_MOVABLE,
	};
	static const gfp_t extras[] = {
		__GFP_WRITE,  __GFP_WRITE,    __GFP_COMP,	__GFP_THISNODE,
		__GFP_NOFAIL, __GFP_HARDWALL, __GFP_NOMEMALLOC, __GFP_ATOMIC,
		__GFP_HIGH,   __GFP_NORETRY,  __GFP_MEMALLOC,	__GFP_NOWARN,
	};
	gfp_t gfp = bases[rng_below(rng, 14)];

	if (ops->types == 1 && rng_chance(rng, 70))
		gfp = GFP_HIGHUSER_MOVABLE;
	if (ops->types == 2 && rng_chance(rng, 70))
		gfp = GFP_KERNEL;
	if (rng_chance(rng, 5))
		gfp = (gfp_t)rng_next(rng) & __GFP_BITS_MASK & ~__GFP_ZERO;
	while (rng_chance(rng, 25))
		gfp |= extras[rng_below(rng, 12)];
	if (rng_chance(rng, 3))
		gfp |= __GFP_ZERO;
	return gfp;
}

static uint32_t draw_order(const struct ops *ops, struct rng *rng)
{
	uint32_t order = 0, top = ops->model->system.max_order - 1;

	if (rng_chance(rng, ops->order_zero_percent))
		return 0;
	if (rng_chance(rng, 10))
		return rng_below(rng, top + 1);
	while (order < top && rng_chance(rng, 55))
		order++;
	return order;
}

static void spoil_alloc(struct rng *rng, struct alloc_request *alloc)
{
	switch (rng_below(rng, 7)) {
	case 0:
		alloc->order = 4 + rng_below(rng, 20);
		break;
	case 1:
		alloc->gfp = (gfp_t)rng_next(rng);
		break;
	case 2:
		alloc->gfp |= rng_below(rng, 32);
		break;
	case 3:
		alloc->nid = rng_below(rng, 70);
		break;
	case 4:
		alloc->cpu = rng_below(rng, 300);
		break;
	case 5:
		alloc->has_nodemask = true;
		alloc->nodemask = rng_chance(rng, 30) ? 0 : rng_next(rng);
		break;
	default:
		alloc->has_alloc_flags = true;
		alloc->alloc_flags = (uint32_t)rng_next(rng) & 0xfff;
	}
}

static void draw_alloc(const struct ops *ops, struct rng *rng, struct op *op)
{
	const struct system *system = &ops->model->system;
	const uint64_t nodes = model_nodes(ops->model);
	uint32_t all = (1u << system->nr_nodes) - 1;
	struct alloc_request *alloc = &op->alloc;

	op->kind = OP_ALLOC;
	alloc->gfp = draw_gfp(ops, rng);
	alloc->order = draw_order(ops, rng);
	alloc->nid = rng_below(rng, system->nr_nodes);
	if (rng_chance(rng, 98) && !ops->model->nodes[alloc->nid].online)
		alloc->nid = 0;
	alloc->cpu = rng_below(rng, system->nr_cpus);
	alloc->has_nodemask = rng_chance(rng, 12);
	alloc->nodemask = 1 + rng_below(rng, all);
	if (rng_chance(rng, 90) && (alloc->nodemask & nodes))
		alloc->nodemask &= nodes;
	alloc->has_alloc_flags = rng_chance(rng, ops->direct_percent);
	alloc->alloc_flags = (uint32_t)rng_next(rng) & ALLOC_BITS_MASK;
	alloc->owner = (uint32_t)rng_next(rng) & 0xffff;
	if ((alloc->alloc_flags & ALLOC_WMARK_MASK) == 3)
		alloc->alloc_flags &= ~2u;
	if (rng_chance(rng, 70))
		alloc->alloc_flags &= ~(uint32_t)ALLOC_NO_WATERMARKS;
	if (rng_chance(rng, 3))
		spoil_alloc(rng, alloc);
}

/* A block in use, mostly; else any frame, any order. */
static void draw_free(const struct ops *ops, struct rng *rng, struct op *op)
{
	uint32_t i = rng_below(rng, ops->nr_held);

	op->kind = OP_FREE;
	op->cpu = rng_below(rng, ops->model->system.nr_cpus);
	if (rng_chance(rng, 20))
		i = ops->nr_held - 1;
	op->pfn = rng_below(rng, ops->model->system.max_pfn + 40);
	op->order = draw_order(ops, rng);
	if (!ops->nr_held || rng_chance(rng, 3))
		return;
	op->pfn = ops->held[i].pfn;
	op->order = ops->held[i].order;
	if (rng_chance(rng, 1))
		op->order = rng_below(rng, 16);
	if (rng_chance(rng, 1))
		op->cpu = rng_below(rng, 300);
}

static void draw_task(const struct ops *ops, struct rng *rng, struct op *op)
{
	const uint64_t nodes = model_nodes(ops->model);
	uint32_t all = (1u << ops->model->system.nr_nodes) - 1;
	uint64_t mems = 1 + rng_below(rng, all);
	struct task *task = &op->task;

	op->kind = OP_TASK;
	op->on = rng_chance(rng, 40);
	task->mems_allowed = rng_chance(rng, 40) ? all : mems;
	if (rng_chance(rng, 90) && (task->mems_allowed & nodes))
		task->mems_allowed &= nodes;
	task->hardwall_mems = mems | (1 + rng_below(rng, all));
	task->interrupt = rng_chance(rng, 15);
	task->oom_victim = rng_chance(rng, 10);
	task->exiting = rng_chance(rng, 10);
	task->realtime = rng_chance(rng, 15);
	task->nocma = rng_chance(rng, 25);
	task->memalloc = rng_chance(rng, 15);
}

/*
 * Can the run of the largest block around @pfn be isolated? Not when its
 * first pageblock is shared with a zone below, or its last one is cut off;
 * nor when it has no memory.
 */
static bool can_isolate(const struct ops *ops, uint32_t pfn)
{
	const struct model *model = ops->model;
	const struct system *system = &model->system;
	const struct model_zone *zone = model_zone_of(model, pfn);
	uint32_t block = model_pages(system->pageblock_order);
	uint32_t frames[MODEL_MAX_RUN], nr, last, left = 0;

	if (!zone)
		return false;
	nr = model_isolation_run(model, zone, pfn, frames);
	last = frames[nr - 1] / block * block + block - 1;
	for (uint32_t f = frames[0] / block * block; f < frames[0]; f++)
		if (model_zone_of(model, f) && !system->pageblocks_per_zone)
			return false;
	for (uint32_t i = 0; i < nr; i++)
		left += model_pageblock(model, zone, frames[i]) !=
			PAGEBLOCK_NONE;
	return left && last - zone->fixed.start_pfn < zone->fixed.spanned;
}

/* How many of *@all pageblocks of the run around @pfn have type @mt? */
static uint32_t count_in_run(const struct ops *ops, uint32_t pfn,
			     unsigned int mt, uint32_t *all)
{
	const struct model_zone *zone = model_zone_of(ops->model, pfn);
	uint32_t frames[MODEL_MAX_RUN], nr = 0;

	*all = zone ? model_isolation_run(ops->model, zone, pfn, frames) : 0;
	for (uint32_t i = 0; i < *all; i++)
		nr += model_pageblock(ops->model, zone, frames[i]) == mt;
	return nr;
}

static bool run_is_isolated(const struct ops *ops, uint32_t pfn)
{
	uint32_t all;

	return count_in_run(ops, pfn, MIGRATE_ISOLATE, &all);
}

/*
 * Isolating as CMA is for CMA areas: a busy page would leave others with both
 * kinds of pageblocks in one run, whose free pages merge.
 */
static bool run_is_cma(const struct ops *ops, uint32_t pfn)
{
	uint32_t all;

	return count_in_run(ops, pfn, MIGRATE_CMA, &all) == all;
}

static void draw_isolation(const struct ops *ops, struct rng *rng,
			   struct op *op)
{
	uint32_t i = rng_below(rng, ops->nr_isolated);

	op->pfn = rng_below(rng, ops->model->system.max_pfn);
	op->kind = OP_ISOLATE;
	op->cpu = rng_below(rng, ops->model->system.nr_cpus);
	op->value = rng_below(rng, MIGRATE_PCPTYPES);
	if (ops->model->system.cma && run_is_cma(ops, op->pfn) &&
	    rng_chance(rng, 40))
		op->value = MIGRATE_CMA;
	if (ops->nr_isolated == MAX_ISOLATED || rng_chance(rng, 50)) {
		op->kind = OP_UNISOLATE;
		if (!ops->nr_isolated || rng_chance(rng, 5))
			return;
		op->pfn = ops->isolated[i].pfn;
		if (ops->isolated[i].type >= MIGRATE_PCPTYPES)
			op->value = ops->isolated[i].type;
	}
}

static void draw_owner(const struct ops *ops, struct rng *rng, struct op *op)
{
	const struct system *system = &ops->model->system;

	switch (rng_below(rng, 7)) {
	case 0:
		op->kind = OP_DRAIN;
		op->cpu = rng_below(rng, system->nr_cpus);
		break;
	case 1:
	case 2:
		draw_isolation(ops, rng, op);
		break;
	case 3:
		op->kind = OP_DIRTY;
		op->value = rng_below(rng, system->nr_nodes);
		op->pages = rng_below(rng, 120);
		break;
	case 4:
	case 5:
		draw_task(ops, rng, op);
		break;
	default:
		op->kind = OP_FAULT;
		op->fault = (struct fault_attr){
			.probability = (int32_t)rng_below(rng, 3) * 50,
			.interval = (int32_t)rng_below(rng, 4),
			.times = (int32_t)rng_below(rng, 6) - 1,
			.space = (int32_t)rng_below(rng, 20),
			.min_order = (int32_t)rng_below(rng, 4),
			.ignore_gfp_highmem = rng_below(rng, 2),
			.ignore_gfp_reclaim = rng_below(rng, 2),
			.seed = (int32_t)rng_below(rng, 1000),
		};
	}
}

void ops_draw(struct ops *ops, struct rng *rng, struct op *op)
{
	uint32_t dice = rng_below(rng, 100), lru = 6 + ops->lru_percent;
	bool room;

	*op = (struct op){ .kind = OP_ALLOC };
	if (rng_chance(rng, 1))
		change_mood(ops, rng);
	room = (uint64_t)ops->held_pages * 100 <
		       (uint64_t)ops->managed_pages * ops->target_percent &&
	       ops->nr_held < MAX_HELD;
	if (dice < 6) {
		draw_owner(ops, rng, op);
	} else if (dice < lru) {
		draw_free(ops, rng, op);
		op->kind = rng_chance(rng, 60) ? OP_LRU : OP_RECLAIMABLE;
		op->on = rng_chance(rng, 80);
	} else if (ops->nr_held < MAX_HELD && (dice < 85 + lru / 5) == room) {
		draw_alloc(ops, rng, op);
	} else {
		draw_free(ops, rng, op);
	}
}

/* -- doing ---------------------------------------------------------------- */

uint32_t op_refusals(const struct ops *ops, const struct op *op)
{
	const struct model *model = ops->model;
	const uint64_t nodes = model_nodes(model);

	switch (op->kind) {
	case OP_ALLOC:
		return model_alloc_refusals(model, &op->alloc);
	case OP_FREE:
		return model_free_refusals(model, op->cpu, op->pfn, op->order);
	case OP_LRU:
		if (op->pfn < model->system.max_pfn &&
		    model->frames[op->pfn].state == USED &&
		    model->frames[op->pfn].head == op->pfn)
			return 0;
		return (uint32_t)ANY_REFUSAL;
	case OP_RECLAIMABLE:
		if (op->pfn < model->system.max_pfn &&
		    model->frames[op->pfn].state == USED &&
		    !model->frames[op->pfn].order &&
		    !model->frames[op->pfn].queued &&
		    model->queue.nr < model->system.max_pfn / 5)
			return 0;
		return (uint32_t)ANY_REFUSAL;
	case OP_DIRTY:
		return model->nodes[op->value].online ? 0 :
							(uint32_t)ANY_REFUSAL;
	case OP_TASK:
		return !op->on || !(op->task.mems_allowed & ~nodes) ?
			       0 :
			       (uint32_t)ANY_REFUSAL;
	case OP_ISOLATE:
		return can_isolate(ops, op->pfn) ? 0 : (uint32_t)ANY_REFUSAL;
	case OP_UNISOLATE:
		return run_is_isolated(ops, op->pfn) ? 0 :
						       (uint32_t)ANY_REFUSAL;
	default:
		return 0;
	}
}

static uint32_t model_isolate_and_remember(struct ops *ops, const struct op *op)
{
	const struct model_zone *zone = model_zone_of(ops->model, op->pfn);
	unsigned int before = model_pageblock(ops->model, zone, op->pfn);
	uint32_t stuck = model_isolate(ops->model, op->cpu, op->pfn, op->value);

	if (stuck == PFN_NONE) {
		ops->isolated[ops->nr_isolated].pfn = op->pfn;
		ops->isolated[ops->nr_isolated++].type = before;
	}
	return stuck;
}

static void forget_isolation(struct ops *ops, uint32_t pfn)
{
	unsigned int shift = ops->model->system.max_order - 1;

	for (uint32_t i = ops->nr_isolated; i-- > 0;)
		if (ops->isolated[i].pfn >> shift == pfn >> shift)
			ops->isolated[i] = ops->isolated[--ops->nr_isolated];
}

static void forget_block(struct ops *ops, uint32_t pfn)
{
	for (uint32_t i = 0; i < ops->nr_held; i++)
		if (ops->held[i].pfn == pfn) {
			ops->held_pages -= 1u << ops->held[i].order;
			ops->held[i] = ops->held[--ops->nr_held];
			return;
		}
}

static uint32_t model_alloc_and_hold(struct ops *ops, const struct op *op)
{
	uint32_t pfn = model_alloc(ops->model, &op->alloc);
	const struct model_list *reclaimed = &ops->model->reclaimed;

	for (uint32_t i = 0; i < reclaimed->nr; i++)
		forget_block(ops, reclaimed->pfn[i]);
	if (pfn == PFN_NONE)
		return pfn;
	ops->held[ops->nr_held].pfn = pfn;
	ops->held[ops->nr_held++].order = op->alloc.order;
	ops->held_pages += 1u << op->alloc.order;
	return pfn;
}

uint32_t op_model(struct ops *ops, const struct op *op)
{
	struct model *model = ops->model;

	switch (op->kind) {
	case OP_ALLOC:
		return model_alloc_and_hold(ops, op);
	case OP_FREE:
		forget_block(ops, op->pfn);
		model_free_pages(model, op->cpu, op->pfn, op->order);
		break;
	case OP_DRAIN:
		model_drain(model, op->cpu);
		break;
	case OP_LRU:
		model_set_lru(model, op->pfn, op->on);
		break;
	case OP_RECLAIMABLE:
		model_set_reclaimable(model, op->pfn);
		break;
	case OP_DIRTY:
		model->nodes[op->value].file_dirty = op->pages;
		break;
	case OP_TASK:
		model->system.task = op->task;
		model->system.cpusets = op->on;
		break;
	case OP_FAULT:
		model->system.fail_page_alloc = op->fault;
		break;
	case OP_ISOLATE:
		return model_isolate_and_remember(ops, op);
	default:
		forget_isolation(ops, op->pfn);
		model_unisolate(model, op->cpu, op->pfn, op->value);
	}
	return PFN_NONE;
}

enum machine_error op_engine(struct machine *m, const struct op *op,
			     uint32_t *pfn)
{
	switch (op->kind) {
	case OP_ALLOC:
		return machine_alloc(m, &op->alloc, pfn);
	case OP_FREE:
		return machine_free(m, op->cpu, op->pfn, op->order);
	case OP_DRAIN:
		return machine_drain(m, op->cpu);
	case OP_LRU:
		return machine_set_lru(m, op->pfn, op->on);
	case OP_DIRTY:
		return machine_set_dirty(m, op->value, op->pages);
	case OP_TASK:
		return machine_set_task(m, &op->task, op->on);
	case OP_RECLAIMABLE:
		return machine_set_reclaimable(m, op->pfn);
	case OP_FAULT:
		return machine_set_fault(m, &op->fault);
	case OP_ISOLATE:
		return machine_isolate(m, op->cpu, op->pfn, op->value, pfn);
	default:
		return machine_unisolate(m, op->cpu, op->pfn, op->value);
	}
}
