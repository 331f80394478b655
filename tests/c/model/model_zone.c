/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model_zone: the blocks of one zone. Lists are arrays from head to tail;
 * whether a block is free is read from its frames, where it stands in its
 * list is found by a scan.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

uint32_t model_pages(unsigned int order)
{
	return 1u << order;
}

static unsigned int top_order(const struct model *model)
{
	return model->system.max_order - 1;
}

void model_emit(struct model *model, struct model_event event)
{
	if (model->nr_events == model->room_events) {
		model->room_events = model->room_events * 2 + 64;
		model->events =
			realloc(model->events,
				model->room_events * sizeof(*model->events));
		if (!model->events)
			abort();
	}
	model->events[model->nr_events++] = event;
}

/* -- lists ---------------------------------------------------------------- */

void model_list_put(struct model_list *list, uint32_t pfn, bool tail)
{
	if (list->nr == list->room) {
		list->room = list->room * 2 + 8;
		list->pfn = realloc(list->pfn, list->room * sizeof(uint32_t));
		if (!list->pfn)
			abort();
	}
	if (!tail)
		memmove(list->pfn + 1, list->pfn, list->nr * sizeof(uint32_t));
	list->pfn[tail ? list->nr : 0] = pfn;
	list->nr++;
}

void model_list_remove(struct model *model, struct model_list *list,
		       uint32_t pfn)
{
	uint32_t at = 0;

	while (at < list->nr && list->pfn[at] != pfn)
		at++;
	if (at == list->nr) {
		model->corrupt = true;
		return;
	}
	list->nr--;
	memmove(list->pfn + at, list->pfn + at + 1,
		(list->nr - at) * sizeof(uint32_t));
}

/* Every frame of the block says what the block is. */
void model_block_set(struct model *model, uint32_t zone, uint32_t pfn,
		     unsigned int order, enum model_state state,
		     unsigned int type)
{
	for (uint32_t i = 0; i < model_pages(order); i++) {
		struct model_frame *frame = &model->frames[pfn + i];

		*frame = (struct model_frame){ .head = pfn,
					       .state = (uint8_t)state,
					       .order = (uint8_t)order,
					       .type = (uint8_t)type,
					       .zone = (uint8_t)zone,
					       .lru = frame->lru };
	}
}

/* Is the block of this order at @pfn free, in this zone? */
bool model_is_free(const struct model *model, const struct model_zone *zone,
		   uint32_t pfn, unsigned int order)
{
	const struct model_frame *frame = &model->frames[pfn];

	return pfn < model->system.max_pfn && frame->state == FREE &&
	       frame->head == pfn && frame->order == order &&
	       frame->zone == zone->id;
}

static void add_block(struct model *model, struct model_zone *zone,
		      uint32_t pfn, unsigned int order, unsigned int type,
		      bool tail)
{
	model_block_set(model, zone->id, pfn, order, FREE, type);
	model_list_put(&zone->lists[order][type], pfn, tail);
}

unsigned int model_block_take(struct model *model, struct model_zone *zone,
			      uint32_t pfn)
{
	unsigned int order = model->frames[pfn].order;
	unsigned int type = model->frames[pfn].type;

	model_list_remove(model, &zone->lists[order][type], pfn);
	model_block_set(model, zone->id, pfn, order, IDLE, 0);
	return order;
}

static void move_block(struct model *model, struct model_zone *zone,
		       uint32_t pfn, unsigned int type)
{
	unsigned int order = model_block_take(model, zone, pfn);

	add_block(model, zone, pfn, order, type, true);
}

uint32_t model_blocks(const struct model_zone *zone, unsigned int order)
{
	uint32_t nr = 0;

	for (int type = 0; type < MIGRATE_TYPES; type++)
		nr += zone->lists[order][type].nr;
	return nr;
}

/* -- pageblocks and counters ---------------------------------------------- */

static uint8_t *pageblock(const struct model *model,
			  const struct model_zone *zone, uint32_t pfn)
{
	return &model->pageblocks[zone->fixed.pageblock_base +
				  (pfn >> model->system.pageblock_order)];
}

unsigned int model_pageblock(const struct model *model,
			     const struct model_zone *zone, uint32_t pfn)
{
	return *pageblock(model, zone, pfn);
}

void model_set_pageblock(struct model *model, const struct model_zone *zone,
			 uint32_t pfn, unsigned int type)
{
	if (!model->system.mobility_grouping && type < MIGRATE_PCPTYPES)
		type = MIGRATE_UNMOVABLE;
	*pageblock(model, zone, pfn) = (uint8_t)type;
}

void model_add(struct model *model, struct model_zone *zone, int item,
	       long delta)
{
	long *diff = &zone->cpus[model->cpu].diff[item];
	long sum = *diff + delta;

	*diff = sum;
	if (labs(sum) > (long)zone->fixed.stat_threshold) {
		zone->counter[item] += sum;
		*diff = 0;
	}
}

/* Free pages came or went that belong to @type. */
void model_account(struct model *model, struct model_zone *zone, long delta,
		   unsigned int type)
{
	if (type == MIGRATE_ISOLATE)
		return;
	model_add(model, zone, MODEL_FREE_PAGES, delta);
	if (type == MIGRATE_CMA)
		model_add(model, zone, MODEL_FREE_CMA, delta);
}

long model_count(const struct model_zone *zone, int item)
{
	return zone->counter[item] > 0 ? zone->counter[item] : 0;
}

/* -- freeing to the buddy ------------------------------------------------- */

static bool isolation_parts(const struct model *model,
			    const struct model_zone *zone, uint32_t buddy,
			    unsigned int order, unsigned int type)
{
	bool one, other;

	if (order < model->system.pageblock_order || !zone->nr_isolate)
		return false;
	one = type == MIGRATE_ISOLATE;
	other = model_pageblock(model, zone, buddy) == MIGRATE_ISOLATE;
	return one != other;
}

void model_block_free(struct model *model, struct model_zone *zone,
		      uint32_t pfn, unsigned int order, unsigned int type,
		      bool tail)
{
	model_account(model, zone, (long)model_pages(order), type);
	model_block_set(model, zone->id, pfn, order, IDLE, 0);
	while (order < top_order(model)) {
		uint32_t buddy = pfn ^ model_pages(order);

		if (!model_is_free(model, zone, buddy, order) ||
		    isolation_parts(model, zone, buddy, order, type))
			break;
		model_block_take(model, zone, buddy);
		pfn &= buddy;
		order++;
	}
	if (order + 1 < top_order(model)) {
		uint32_t pair = pfn & ~model_pages(order);
		/* Linux looks at the zone that the pair would begin in */
		const struct model_zone *first = model_zone_of(model, pair);

		tail |= model_is_free(model, first ? first : zone,
				      pair ^ model_pages(order + 1), order + 1);
	}
	add_block(model, zone, pfn, order, type, tail);
}

/* -- taking and stealing -------------------------------------------------- */

uint32_t model_take_smallest(struct model *model, struct model_zone *zone,
			     unsigned int order, unsigned int type)
{
	for (unsigned int o = order; o <= top_order(model); o++) {
		uint32_t pfn;

		if (!zone->lists[o][type].nr)
			continue;
		pfn = zone->lists[o][type].pfn[0];
		model_block_take(model, zone, pfn);
		for (unsigned int half = o; half-- > order;)
			add_block(model, zone, pfn + model_pages(half), half,
				  type, false);
		model_block_set(model, zone->id, pfn, order, IDLE, type);
		return pfn;
	}
	return PFN_NONE;
}

static bool can_steal(const struct model *model, unsigned int order,
		      unsigned int type)
{
	return order >= model->system.pageblock_order / 2 ||
	       type == MIGRATE_RECLAIMABLE || type == MIGRATE_UNMOVABLE ||
	       !model->system.mobility_grouping;
}

/* The type to steal from at @order, or -1. */
static int victim(const struct model_zone *zone, unsigned int order,
		  unsigned int type)
{
	static const int preferred[MIGRATE_PCPTYPES][2] = {
		{ MIGRATE_RECLAIMABLE, MIGRATE_MOVABLE },
		{ MIGRATE_RECLAIMABLE, MIGRATE_UNMOVABLE },
		{ MIGRATE_UNMOVABLE, MIGRATE_MOVABLE },
	};

	for (int i = 0; i < 2; i++)
		if (zone->lists[order][preferred[type][i]].nr)
			return preferred[type][i];
	return -1;
}

static bool spans(const struct model_zone *zone, uint32_t pfn)
{
	return pfn >= zone->fixed.start_pfn &&
	       pfn - zone->fixed.start_pfn < zone->fixed.spanned;
}

/*
 * Would Linux find this page on an LRU list, or take it for a driver's movable
 * page? Pages of a compound block say what its first page says.
 */
bool model_page_movable(const struct model *model, uint32_t pfn)
{
	const struct model_frame *frame = &model->frames[pfn];
	const struct model_frame *first = frame;
	bool bits_64 = strcmp(model->system.arch, "i686") != 0;

	if (frame->state == USED)
		first = &model->frames[frame->head];
	if (!first->compound)
		return frame->lru;
	return first->lru ||
	       (bits_64 && first->order == 1 && frame->head != pfn);
}

/* All free blocks of a pageblock to @type; how many pages, and movable. */
uint32_t model_move_pageblock(struct model *model, struct model_zone *zone,
			      uint32_t pfn, unsigned int type,
			      uint32_t *movable)
{
	uint32_t size = model_pages(model->system.pageblock_order);
	uint32_t start = pfn & ~(size - 1), end = start + size, moved = 0;

	*movable = 0;
	if (!spans(zone, end - 1))
		return 0;
	if (!spans(zone, start))
		start = pfn;
	for (uint32_t at = start; at < end;) {
		const struct model_frame *frame = &model->frames[at];
		uint32_t step = 1;

		if (frame->state == FREE && frame->head == at) {
			step = model_pages(frame->order);
			move_block(model, zone, at, type);
			moved += step;
		} else if (model_page_movable(model, at)) {
			(*movable)++;
		}
		at += step;
	}
	return moved;
}

static bool boost(const struct model *model, struct model_zone *zone)
{
	uint64_t block = model_pages(model->system.pageblock_order);
	uint64_t factor = model->system.watermark_boost_factor;
	uint64_t max = zone->fixed.watermark[WMARK_HIGH] * factor / 10000;

	if (!factor || 4 * block > zone->fixed.managed || !max)
		return false;
	if (max < block)
		max = block;
	zone->boost += (long)block;
	if (zone->boost > (long)max)
		zone->boost = (long)max;
	return true;
}

static void steal(struct model *model, struct model_zone *zone, uint32_t pfn,
		  uint32_t alloc_flags, unsigned int type, bool whole)
{
	uint32_t size = model_pages(model->system.pageblock_order);
	unsigned int order = model->frames[pfn].order;
	unsigned int old = model_pageblock(model, zone, pfn);
	uint32_t moved = 0, movable, alike = 0;

	if (old == MIGRATE_HIGHATOMIC) {
		move_block(model, zone, pfn, type);
		return;
	}
	if (order >= model->system.pageblock_order) {
		for (uint32_t i = 0; i < model_pages(order); i += size)
			model_set_pageblock(model, zone, pfn + i, type);
		move_block(model, zone, pfn, type);
		return;
	}
	if (boost(model, zone) && (alloc_flags & ALLOC_KSWAPD))
		zone->boosted = true;
	if (whole)
		moved = model_move_pageblock(model, zone, pfn, type, &movable);
	if (!moved) {
		move_block(model, zone, pfn, type);
		return;
	}
	if (type == MIGRATE_MOVABLE)
		alike = movable;
	else if (old == MIGRATE_MOVABLE)
		alike = size - (moved + movable);
	if (moved + alike >= size / 2 || !model->system.mobility_grouping)
		model_set_pageblock(model, zone, pfn, type);
}

static bool fall_back(struct model *model, struct model_zone *zone,
		      unsigned int order, uint32_t alloc_flags,
		      unsigned int type)
{
	int low = alloc_flags & ALLOC_NOFRAGMENT ?
			  (int)model->system.pageblock_order :
			  (int)order;
	int o, from = -1;
	uint32_t pfn;

	for (o = (int)top_order(model); o >= low; o--) {
		from = victim(zone, (unsigned int)o, type);
		if (from >= 0)
			break;
	}
	if (from < 0)
		return false;
	if (!can_steal(model, (unsigned int)o, type) && o > (int)order) {
		for (o = (int)order;; o++) {
			from = victim(zone, (unsigned int)o, type);
			if (from >= 0)
				break;
		}
	}
	pfn = zone->lists[o][from].pfn[0];
	steal(model, zone, pfn, alloc_flags, type,
	      can_steal(model, (unsigned int)o, type));
	model_emit(model,
		   (struct model_event){
			   EVENT_mm_page_alloc_extfrag,
			   { pfn, order, (uint32_t)o, type, (uint32_t)from,
			     model_pageblock(model, zone, pfn) == type } });
	return true;
}

uint32_t model_take_any(struct model *model, struct model_zone *zone,
			unsigned int order, uint32_t alloc_flags,
			unsigned int type)
{
	bool cma = model->system.cma && (alloc_flags & ALLOC_CMA);
	uint32_t pfn = PFN_NONE;

	if (cma && model_count(zone, MODEL_FREE_CMA) >
			   model_count(zone, MODEL_FREE_PAGES) / 2)
		pfn = model_take_smallest(model, zone, order, MIGRATE_CMA);
	while (pfn == PFN_NONE) {
		pfn = model_take_smallest(model, zone, order, type);
		if (pfn == PFN_NONE && cma)
			pfn = model_take_smallest(model, zone, order,
						  MIGRATE_CMA);
		if (pfn == PFN_NONE &&
		    !fall_back(model, zone, order, alloc_flags, type))
			return PFN_NONE;
	}
	model_emit(model, (struct model_event){ EVENT_mm_page_alloc_zone_locked,
						{ pfn, order, type } });
	return pfn;
}
