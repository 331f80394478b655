/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model_pcp: what stands around a zone's blocks: the per-cpu lists, the
 * choice between them and the blocks, frees, and isolated pageblocks.
 */
#include "model.h"

#include <stdlib.h>

/* -- per-cpu lists -------------------------------------------------------- */

static uint32_t on_cpu(const struct model_cpu *cpu)
{
	return cpu->lists[0].nr + cpu->lists[1].nr + cpu->lists[2].nr;
}

static void refill(struct model *model, struct model_zone *zone,
		   uint32_t alloc_flags, unsigned int type)
{
	struct model_cpu *cpu = &zone->cpus[model->cpu];
	long taken = 0;

	while (taken < (long)cpu->batch) {
		uint32_t pfn =
			model_take_any(model, zone, 0, alloc_flags, type);
		unsigned int is;

		if (pfn == PFN_NONE)
			break;
		is = model->frames[pfn].type;
		model_block_set(model, zone->id, pfn, 0, ON_CPU, is);
		model_list_put(&cpu->lists[type], pfn, true);
		if (is == MIGRATE_CMA)
			model_add(model, zone, MODEL_FREE_CMA, -1);
		taken++;
	}
	model_add(model, zone, MODEL_FREE_PAGES, -taken);
}

static uint32_t take_from_cpu(struct model *model, struct model_zone *zone,
			      uint32_t alloc_flags, unsigned int type)
{
	struct model_list *list = &zone->cpus[model->cpu].lists[type];
	uint32_t pfn;

	if (!list->nr)
		refill(model, zone, alloc_flags, type);
	if (!list->nr)
		return PFN_NONE;
	pfn = list->pfn[0];
	model_list_remove(model, list, pfn);
	return pfn;
}

/* Free @nr pages of the running cpu's lists, at most. */
static void bulk_free(struct model *model, struct model_zone *zone, uint32_t nr)
{
	struct model_cpu *cpu = &zone->cpus[model->cpu];
	struct model_list queue = { NULL, 0, 0 };
	uint32_t left = nr < on_cpu(cpu) ? nr : on_cpu(cpu), chance = 0;
	unsigned int type = 0;

	while (left) {
		struct model_list *list;

		do {
			chance++;
			type = (type + 1) % MIGRATE_PCPTYPES;
			list = &cpu->lists[type];
		} while (!list->nr);
		if (chance == MIGRATE_PCPTYPES)
			chance = left;
		do {
			uint32_t pfn = list->pfn[list->nr - 1];

			model_list_remove(model, list, pfn);
			model_list_put(&queue, pfn, true);
		} while (--left && --chance && list->nr);
	}
	for (uint32_t i = 0; i < queue.nr; i++) {
		uint32_t pfn = queue.pfn[i];
		unsigned int is = model->frames[pfn].type;

		if (zone->nr_isolate)
			is = model_pageblock(model, zone, pfn);
		model_block_free(model, zone, pfn, 0, is, false);
		model_emit(model,
			   (struct model_event){ EVENT_mm_page_pcpu_drain,
						 { pfn, 0, is } });
	}
	free(queue.pfn);
}

/* -- one zone is checked -------------------------------------------------- */

static uint32_t take_from_blocks(struct model *model, struct model_zone *zone,
				 unsigned int order, uint32_t alloc_flags,
				 unsigned int type)
{
	long nr = (long)model_pages(order);
	uint32_t pfn = PFN_NONE;

	if (order && (alloc_flags & ALLOC_HARDER)) {
		pfn = model_take_smallest(model, zone, order,
					  MIGRATE_HIGHATOMIC);
		if (pfn != PFN_NONE)
			model_emit(model,
				   (struct model_event){
					   EVENT_mm_page_alloc_zone_locked,
					   { pfn, order, type } });
	}
	if (pfn == PFN_NONE)
		pfn = model_take_any(model, zone, order, alloc_flags, type);
	if (pfn != PFN_NONE)
		model_account(model, zone, -nr, model->frames[pfn].type);
	return pfn;
}

static void count_place(struct model *model, struct model_zone *preferred,
			struct model_zone *zone)
{
	uint32_t here = model->system.cpu_node[model->cpu];

	if (!model->system.numa)
		return;
	if (zone->fixed.node == preferred->fixed.node) {
		zone->numa[NUMA_HIT]++;
	} else {
		zone->numa[NUMA_MISS]++;
		preferred->numa[NUMA_FOREIGN]++;
	}
	zone->numa[zone->fixed.node == here ? NUMA_LOCAL : NUMA_OTHER]++;
}

uint32_t model_rmqueue(struct model *model, struct model_zone *preferred,
		       struct model_zone *zone, unsigned int order,
		       uint32_t alloc_flags, unsigned int type)
{
	bool past_cpu = order ||
			(model->system.cma && !(alloc_flags & ALLOC_CMA) &&
			 type == MIGRATE_MOVABLE);
	uint32_t pfn;

	if (past_cpu)
		pfn = take_from_blocks(model, zone, order, alloc_flags, type);
	else
		pfn = take_from_cpu(model, zone, alloc_flags, type);
	if (pfn == PFN_NONE && past_cpu)
		return PFN_NONE;
	if (pfn != PFN_NONE) {
		zone->pgalloc += model_pages(order);
		count_place(model, preferred, zone);
	}
	if (zone->boosted) {
		zone->boosted = false;
		model_emit(model, (struct model_event){ EVENT_wakeup_kswapd,
							{ zone->fixed.node,
							  zone->fixed.idx } });
	}
	return pfn;
}

void model_reserve_highatomic(struct model *model, struct model_zone *zone,
			      uint32_t pfn)
{
	long size = (long)model_pages(model->system.pageblock_order);
	unsigned int old = model_pageblock(model, zone, pfn);
	uint32_t movable;

	if (zone->highatomic >= (long)zone->fixed.managed / 100 + size)
		return;
	if (old == MIGRATE_HIGHATOMIC || old == MIGRATE_ISOLATE ||
	    old == MIGRATE_CMA)
		return;
	zone->highatomic += size;
	model_set_pageblock(model, zone, pfn, MIGRATE_HIGHATOMIC);
	model_move_pageblock(model, zone, pfn, MIGRATE_HIGHATOMIC, &movable);
}

/* -- frees and drains ----------------------------------------------------- */

static struct pglist_data *node_of(const struct model *model, uint32_t pfn)
{
	return &model->nodes[model->zones[model->frames[pfn].zone].fixed.node];
}

static void unqueue(struct model *model, uint32_t pfn)
{
	if (model->frames[pfn].queued) {
		model_list_remove(model, &model->queue, pfn);
		node_of(model, pfn)->nr_reclaimable--;
	}
	model->frames[pfn].queued = model->frames[pfn].lru = false;
}

void model_free_block(struct model *model, uint32_t pfn, uint32_t order)
{
	struct model_zone *zone = &model->zones[model->frames[pfn].zone];
	struct model_cpu *lists = &zone->cpus[model->cpu];
	unsigned int type = model_pageblock(model, zone, pfn);

	unqueue(model, pfn);
	zone->pgfree += model_pages(order);
	if (order || type == MIGRATE_ISOLATE) {
		model_block_free(model, zone, pfn, order, type, false);
		return;
	}
	model_block_set(model, zone->id, pfn, 0, ON_CPU, type);
	if (type >= MIGRATE_PCPTYPES)
		type = MIGRATE_MOVABLE;
	model_list_put(&lists->lists[type], pfn, false);
	if (on_cpu(lists) >= lists->high)
		bulk_free(model, zone, lists->batch);
}

void model_free_pages(struct model *model, uint32_t cpu, uint32_t pfn,
		      uint32_t order)
{
	model->nr_events = 0;
	model->cpu = cpu;
	model_free_block(model, pfn, order);
}

void model_drain(struct model *model, uint32_t cpu)
{
	model->nr_events = 0;
	model->cpu = cpu;
	for (uint32_t id = 0; id < model->system.nr_zones; id++)
		bulk_free(model, &model->zones[id], UINT32_MAX);
}

void model_set_lru(struct model *model, uint32_t pfn, bool on)
{
	model->nr_events = 0;
	if (!on)
		unqueue(model, pfn);
	model->frames[pfn].lru = on;
}

void model_set_reclaimable(struct model *model, uint32_t pfn)
{
	model->nr_events = 0;
	model->frames[pfn].lru = model->frames[pfn].queued = true;
	model_list_put(&model->queue, pfn, true);
	node_of(model, pfn)->nr_reclaimable++;
}

/* -- isolation ------------------------------------------------------------ */

/* Of a pageblock that begins before its zone: where the zone begins. */
static uint32_t pageblock_start(const struct model *model,
				const struct model_zone *zone, uint32_t pfn)
{
	pfn &= ~(model_pages(model->system.pageblock_order) - 1);
	return pfn > zone->fixed.start_pfn ? pfn : zone->fixed.start_pfn;
}

static void isolate_pageblock(struct model *model, struct model_zone *zone,
			      uint32_t pfn)
{
	uint32_t start = pageblock_start(model, zone, pfn), movable, moved;
	uint32_t cpu = model->cpu;
	unsigned int old = model_pageblock(model, zone, pfn);

	zone->nr_isolate++;
	model_set_pageblock(model, zone, pfn, MIGRATE_ISOLATE);
	moved = model_move_pageblock(model, zone, start, MIGRATE_ISOLATE,
				     &movable);
	model_account(model, zone, -(long)moved, old);
	for (model->cpu = 0; model->cpu < model->system.nr_cpus; model->cpu++)
		bulk_free(model, zone, UINT32_MAX);
	model->cpu = cpu;
}

/* Can the page not be moved, and is not free? IDLE: reserved, or a hole. */
static bool is_stuck(const struct model *model, const struct model_zone *zone,
		     uint32_t pfn)
{
	const struct model_frame *frame = &model->frames[pfn];
	const struct model_frame *first = &model->frames[frame->head];

	if (frame->state == IDLE)
		return true;
	if (zone->fixed.type == ZONE_MOVABLE || frame->state != USED)
		return false;
	return (first->compound || frame->head == pfn) && !first->lru;
}

/* Why the pageblock cannot be isolated: one of its pages, or PFN_NONE. */
static uint32_t stuck_page(const struct model *model,
			   const struct model_zone *zone, uint32_t pfn,
			   unsigned int type)
{
	unsigned int is = model_pageblock(model, zone, pfn);
	uint32_t end = (pfn | (model_pages(model->system.pageblock_order) - 1));

	if (is == MIGRATE_ISOLATE || (is == MIGRATE_CMA && type != MIGRATE_CMA))
		return pageblock_start(model, zone, pfn);
	for (uint32_t p = pageblock_start(model, zone, pfn); p <= end; p++)
		if (is != MIGRATE_CMA && is_stuck(model, zone, p))
			return p;
	return PFN_NONE;
}

/*
 * One frame of each pageblock of @zone in the run of the largest block
 * around @pfn; returns how many.
 */
uint32_t model_isolation_run(const struct model *model,
			     const struct model_zone *zone, uint32_t pfn,
			     uint32_t *frames)
{
	uint32_t run = model_pages(model->system.max_order - 1);
	uint32_t block = model_pages(model->system.pageblock_order);
	uint32_t base = pfn / run * run, nr = 0;

	for (uint32_t p = base; p < base + run; p += block)
		for (uint32_t f = p; f < p + block; f++)
			if (f >= zone->fixed.start_pfn &&
			    f - zone->fixed.start_pfn < zone->fixed.spanned) {
				frames[nr++] = f;
				break;
			}
	return nr;
}

/* Does a free block begin here whose buddy is in use by the allocator? */
static bool kept_apart(const struct model *model, const struct model_zone *zone,
		       uint32_t pfn)
{
	const struct model_frame *frame = &model->frames[pfn];
	uint32_t buddy = pfn ^ model_pages(frame->order);

	return frame->state == FREE && frame->head == pfn &&
	       frame->order >= model->system.pageblock_order &&
	       (buddy >= model->system.max_pfn ||
		model_pageblock(model, zone, buddy) != MIGRATE_ISOLATE);
}

static void unisolate_pageblock(struct model *model, struct model_zone *zone,
				uint32_t pfn, unsigned int type)
{
	uint32_t start = pageblock_start(model, zone, pfn), movable, moved;

	if (kept_apart(model, zone, start)) {
		unsigned int order = model_block_take(model, zone, start);

		model_set_pageblock(model, zone, pfn, type);
		model_block_free(model, zone, start, order, type, true);
	} else {
		moved = model_move_pageblock(model, zone, start, type,
					     &movable);
		model_account(model, zone, (long)moved, type);
		model_set_pageblock(model, zone, pfn, type);
	}
	zone->nr_isolate--;
}

uint32_t model_isolate(struct model *model, uint32_t cpu, uint32_t pfn,
		       unsigned int type)
{
	struct model_zone *zone = model_zone_of(model, pfn);
	uint32_t frames[MODEL_MAX_RUN], stuck = PFN_NONE, i;
	uint32_t nr = model_isolation_run(model, zone, pfn, frames);

	model->nr_events = 0;
	model->cpu = cpu;
	for (i = 0; i < nr && stuck == PFN_NONE; i++) {
		if (model_pageblock(model, zone, frames[i]) == PAGEBLOCK_NONE)
			continue;
		stuck = stuck_page(model, zone, frames[i], type);
		if (stuck == PFN_NONE)
			isolate_pageblock(model, zone, frames[i]);
	}
	for (uint32_t k = 0; stuck != PFN_NONE && k + 1 < i; k++)
		if (model_pageblock(model, zone, frames[k]) == MIGRATE_ISOLATE)
			unisolate_pageblock(model, zone, frames[k], type);
	return stuck;
}

void model_unisolate(struct model *model, uint32_t cpu, uint32_t pfn,
		     unsigned int type)
{
	struct model_zone *zone = model_zone_of(model, pfn);
	uint32_t frames[MODEL_MAX_RUN];
	uint32_t nr = model_isolation_run(model, zone, pfn, frames);

	model->nr_events = 0;
	model->cpu = cpu;
	for (uint32_t i = 0; i < nr; i++)
		if (model_pageblock(model, zone, frames[i]) == MIGRATE_ISOLATE)
			unisolate_pageblock(model, zone, frames[i], type);
}
