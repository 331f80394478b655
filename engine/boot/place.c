/* SPDX-License-Identifier: GPL-2.0-or-later */
/* place: find a place for free blocks, order by order. */
#include "boot/place.h"

#include <stdlib.h>

#include "machine/array.h"

/* Page numbers, first in, first out. */
struct queue {
	uint32_t *pfn;
	uint32_t nr;
	uint32_t taken;
};

/* Memory that is not used yet, by order. */
struct pool {
	struct queue slot[MAX_ORDER_LIMIT]; /* may be free as a whole */
	struct queue region[MAX_ORDER_LIMIT]; /* may not */
};

struct placer {
	uint32_t max_order, pageblock_order;
	const struct page_range *room;
	uint32_t nr_room;
	const struct free_blocks *blocks;
	struct placement *p;
	struct pool all;
	struct pool own; /* of the types that are being placed */
	uint32_t next_room, next_pfn; /* of the slots of the highest order */
	bool no_memory;
};

/* A pageblock's types: which are placed together. */
#define BIT(migratetype) (1u << (migratetype))
enum { ALL_TYPES = (1u << MIGRATE_TYPES) - 1 };

uint64_t free_blocks_nr_pages(const struct free_blocks *blocks)
{
	uint64_t pages = 0;

	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		for (unsigned int o = 0; o < MAX_ORDER_LIMIT; o++)
			pages += (uint64_t)blocks->nr[type][o] << o;
	return pages;
}

static uint64_t nr_blocks(const struct free_blocks *blocks)
{
	uint64_t nr = 0;

	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		for (unsigned int o = 0; o < MAX_ORDER_LIMIT; o++)
			nr += blocks->nr[type][o];
	return nr;
}

static void queue_put(struct placer *x, struct queue *q, uint32_t pfn)
{
	uint32_t *place = array_add(q->pfn, q->nr);

	if (place)
		*place = pfn;
	else
		x->no_memory = true;
}

static uint32_t queue_take(struct queue *q)
{
	return q->taken < q->nr ? q->pfn[q->taken++] : PFN_NONE;
}

static void pool_destroy(struct pool *pool)
{
	for (unsigned int o = 0; o < MAX_ORDER_LIMIT; o++) {
		free(pool->slot[o].pfn);
		free(pool->region[o].pfn);
	}
	*pool = (struct pool){ .slot = { { .nr = 0 } } };
}

/* The largest aligned slot that begins at @pfn and ends by @end. */
static unsigned int slot_order(const struct placer *x, uint32_t pfn,
			       uint32_t end)
{
	unsigned int order = x->max_order - 1;

	if (pfn && (unsigned int)__builtin_ctz(pfn) < order)
		order = (unsigned int)__builtin_ctz(pfn);
	while ((1u << order) > end - pfn)
		order--;
	return order;
}

/*
 * Cut the room into the largest aligned slots. The buddy of none is in the
 * room as a whole, but for the highest order, which has no buddies. The slots
 * of that order are not listed: memory that nothing is placed in costs
 * nothing.
 */
static void pool_fill(struct placer *x)
{
	const unsigned int highest = x->max_order - 1;

	x->next_room = 0;
	x->next_pfn = x->nr_room ? x->room[0].start_pfn : 0;
	for (uint32_t i = 0; i < x->nr_room; i++) {
		uint32_t pfn = x->room[i].start_pfn;
		const uint32_t end = pfn + x->room[i].nr_pages;

		while (pfn < end && !x->no_memory) {
			unsigned int order = slot_order(x, pfn, end);

			if (order == highest) {
				pfn = end >> highest << highest;
				continue;
			}
			queue_put(x, &x->all.slot[order], pfn);
			pfn += 1u << order;
		}
	}
}

/* The next slot of the highest order, or PFN_NONE. */
static uint32_t take_highest(struct placer *x)
{
	const uint64_t nr = 1ull << (x->max_order - 1);

	for (; x->next_room < x->nr_room; x->next_room++) {
		const struct page_range *room = &x->room[x->next_room];
		const uint64_t end = (uint64_t)room->start_pfn + room->nr_pages;
		uint64_t pfn = x->next_pfn > room->start_pfn ? x->next_pfn :
							       room->start_pfn;

		pfn = (pfn + nr - 1) & ~(nr - 1);
		if (pfn + nr > end)
			continue;
		x->next_pfn = (uint32_t)(pfn + nr);
		return (uint32_t)pfn;
	}
	return PFN_NONE;
}

/* A slot of @order in @pool, or PFN_NONE. */
static uint32_t take_slot(struct placer *x, struct pool *pool,
			  unsigned int order)
{
	uint32_t pfn = queue_take(&pool->slot[order]);

	return pfn == PFN_NONE && order + 1 == x->max_order && pool == &x->all ?
		       take_highest(x) :
		       pfn;
}

static uint32_t take_block(struct placer *x, struct pool *pool,
			   unsigned int order);

/*
 * A region of @order: one that is there, a slot that was not needed, or the
 * lower half of a larger one. All blocks of @order and above are placed, so
 * that no slot of these orders will be needed any more.
 */
static uint32_t take_region(struct placer *x, struct pool *pool,
			    unsigned int order)
{
	const uint32_t pfn = queue_take(&pool->region[order]);

	return pfn != PFN_NONE ? pfn : take_block(x, pool, order);
}

/* A place for a free block of @order in @pool; PFN_NONE: none. */
static uint32_t take_block(struct placer *x, struct pool *pool,
			   unsigned int order)
{
	uint32_t pfn = take_slot(x, pool, order);

	if (pfn != PFN_NONE || order + 1 >= x->max_order)
		return pfn;
	pfn = take_region(x, pool, order + 1);
	if (pfn != PFN_NONE)
		queue_put(x, &pool->region[order], pfn + (1u << order));
	return pfn;
}

/* Move what belongs to the pageblock of @pfn to the own pool. */
static void own_part(struct placer *x, uint32_t pfn)
{
	for (unsigned int o = 0; o < x->pageblock_order; o++) {
		struct queue *q = &x->all.slot[o];
		uint32_t nr = q->nr, first = q->taken;

		q->nr = first;
		for (uint32_t i = first; i < nr; i++)
			if ((q->pfn[i] ^ pfn) >> x->pageblock_order)
				q->pfn[q->nr++] = q->pfn[i];
			else
				queue_put(x, &x->own.slot[o], q->pfn[i]);
	}
}

/* One more pageblock for the own pool, or what there is of one. */
static bool own_pageblock(struct placer *x)
{
	const unsigned int order = x->pageblock_order;
	uint32_t pfn = take_region(x, &x->all, order);

	if (pfn != PFN_NONE) {
		queue_put(x, &x->own.region[order], pfn);
		return true;
	}
	for (unsigned int o = order; o-- > 0;) {
		const struct queue *q = &x->all.slot[o];

		if (q->taken == q->nr)
			continue;
		own_part(x, q->pfn[q->taken]);
		return true;
	}
	return false;
}

/* Place one block; false: no room. */
static bool place_block(struct placer *x, unsigned int order,
			unsigned int migratetype)
{
	struct placed_block *block;
	uint32_t pfn;

	if (order >= x->pageblock_order)
		pfn = take_block(x, &x->all, order);
	else
		do
			pfn = take_block(x, &x->own, order);
		while (pfn == PFN_NONE && !x->no_memory && own_pageblock(x));
	if (pfn == PFN_NONE)
		return false;
	block = array_add(x->p->blocks, x->p->nr);
	if (block)
		*block = (struct placed_block){ pfn, (uint8_t)order,
						(uint8_t)migratetype };
	else
		x->no_memory = true;
	return !x->no_memory;
}

/* Place all blocks of @types with orders in [low, high). */
static bool place_orders(struct placer *x, unsigned int types, unsigned int low,
			 unsigned int high)
{
	for (unsigned int o = high; o-- > low;)
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			for (uint32_t i = 0;
			     types & BIT(type) && i < x->blocks->nr[type][o];
			     i++)
				if (!place_block(x, o, type))
					return false;
	return true;
}

/* Large blocks first, of all types; then each of @groups by itself. */
static bool place_groups(struct placer *x, const unsigned int *groups)
{
	bool fits;

	x->p->nr = 0;
	pool_fill(x);
	fits = place_orders(x, ALL_TYPES, x->pageblock_order, x->max_order);
	for (; fits && *groups; groups++) {
		fits = place_orders(x, *groups, 0, x->pageblock_order);
		pool_destroy(&x->own);
	}
	pool_destroy(&x->own);
	pool_destroy(&x->all);
	return fits && !x->no_memory;
}

enum place_result placement_make(struct placement *p,
				 const struct page_range *room, uint32_t nr,
				 uint32_t max_order, uint32_t pageblock_order,
				 const struct free_blocks *blocks)
{
	static const unsigned int apart[] = { BIT(MIGRATE_CMA),
					      BIT(MIGRATE_ISOLATE),
					      BIT(MIGRATE_HIGHATOMIC),
					      BIT(MIGRATE_UNMOVABLE),
					      BIT(MIGRATE_RECLAIMABLE),
					      BIT(MIGRATE_MOVABLE),
					      0 };
	static const unsigned int mixed[] = {
		BIT(MIGRATE_CMA), BIT(MIGRATE_ISOLATE),
		ALL_TYPES & ~(BIT(MIGRATE_CMA) | BIT(MIGRATE_ISOLATE)), 0
	};
	struct placer x = {
		.max_order = max_order,
		.pageblock_order = pageblock_order,
		.room = room,
		.nr_room = nr,
		.blocks = blocks,
		.p = p,
	};

	*p = (struct placement){ .nr = 0 };
	if (nr_blocks(blocks) > PLACE_MAX_BLOCKS)
		return PLACE_TOO_MANY;
	if (place_groups(&x, apart))
		return PLACE_OK;
	if (!x.no_memory && place_groups(&x, mixed))
		return PLACE_MIXED;
	placement_destroy(p);
	return x.no_memory ? PLACE_NO_MEMORY : PLACE_NO_ROOM;
}

void placement_destroy(struct placement *p)
{
	free(p->blocks);
	*p = (struct placement){ .nr = 0 };
}
