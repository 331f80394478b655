/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_by_hand: what a description says of zones that boot would compute:
 * watermarks, lowmem_reserve[], the highatomic reserve, and the free blocks.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "boot/boot_private.h"
#include "machine/array.h"
#include "mm/buddy.h"
#include "state/state.h"

/* A zone of the machine and what is said of it. */
struct by_hand {
	struct machine *m;
	struct boot_plan *p;
	const struct zone_description *d;
	const struct zone *zone;
};

/* The memory that boot freed, ascending: CMA areas apart from the rest. */
struct free_memory {
	struct page_range *ranges;
	uint32_t nr;
};

static enum boot_error fail_zone(struct by_hand *h, const char *what,
				 uint64_t number)
{
	return boot_fail(h->p, BOOT_BAD_ZONE,
			 "zone %s of node %u: %s: %" PRIu64,
			 zone_type_name(h->d->type), h->d->nid, what, number);
}

static enum boot_error find_zone(struct by_hand *h)
{
	const struct system *s = h->m->system;

	if (h->d->nid >= s->nr_nodes)
		return fail_zone(h, "there is no such node", h->d->nid);
	for (uint32_t i = 0; i < s->nr_zone_types; i++)
		if (s->zone_type[i] == h->d->type)
			h->zone = node_zone(h->m, h->d->nid, i);
	if (!h->zone || !populated_zone(h->zone))
		return boot_fail(h->p, BOOT_BAD_ZONE,
				 "zone %s of node %u has no memory; name a "
				 "zone that has",
				 zone_type_name(h->d->type), h->d->nid);
	return BOOT_OK;
}

static enum boot_error set_watermarks(struct by_hand *h)
{
	const uint32_t *w = h->d->watermark;

	if (w[WMARK_MIN] > w[WMARK_LOW] || w[WMARK_LOW] > w[WMARK_HIGH])
		return boot_fail(h->p, BOOT_BAD_ZONE,
				 "zone %s of node %u: watermarks do not "
				 "ascend: min %u, low %u, high %u",
				 zone_type_name(h->d->type), h->d->nid,
				 w[WMARK_MIN], w[WMARK_LOW], w[WMARK_HIGH]);
	if (w[WMARK_HIGH] > INT32_MAX)
		return fail_zone(h, "no such watermark", w[WMARK_HIGH]);
	for (int i = 0; i < NR_WMARK; i++)
		state_set(h->m, h->zone->watermark[i], w[i]);
	return BOOT_OK;
}

static enum boot_error set_reserves(struct by_hand *h)
{
	const struct zone_description *d = h->d;

	if (d->nr_lowmem_reserve > h->m->system->nr_zone_types)
		return fail_zone(h,
				 "lowmem_reserve has more values than the "
				 "machine has zone types",
				 d->nr_lowmem_reserve);
	for (uint32_t i = 0; i < d->nr_lowmem_reserve; i++)
		if (d->lowmem_reserve[i] > INT32_MAX)
			return fail_zone(h, "no such lowmem_reserve",
					 d->lowmem_reserve[i]);
	for (uint32_t i = 0; i < d->nr_lowmem_reserve; i++)
		state_set(h->m, h->zone->lowmem_reserve[i],
			  d->lowmem_reserve[i]);
	if (d->nr_reserved_highatomic > h->zone->managed)
		return fail_zone(h,
				 "nr_reserved_highatomic is more than the zone "
				 "manages",
				 d->nr_reserved_highatomic);
	state_set(h->m, h->zone->nr_reserved_highatomic,
		  d->nr_reserved_highatomic);
	if (d->nr_reserved_highatomic > zone_reserve_bound(h->m, h->zone))
		state_set(h->m, h->m->system->large_reserves, 1);
	return BOOT_OK;
}

/* -- free blocks ----------------------------------------------------------- */

static bool add_free(struct free_memory *memory, uint32_t pfn,
		     unsigned int order)
{
	struct page_range *range = array_add(memory->ranges, memory->nr);

	if (range)
		*range = (struct page_range){ pfn, 1u << order };
	return range;
}

/* Take the blocks of one list off it. False: no memory. */
static bool take_list(struct by_hand *h, unsigned int order, unsigned int type,
		      struct free_memory *memory)
{
	const uint32_t head = free_list(h->zone, order, type);
	struct machine *m = h->m;

	while (!list_is_empty(m, head)) {
		const uint32_t pfn = list_first_entry(m, head);

		del_page_from_free_list(m, pfn, h->zone, order);
		state_set(m, m->pages[pfn], 0);
		if (!add_free(memory, pfn, order))
			return false;
	}
	return true;
}

static int compare_ranges(const void *a, const void *b)
{
	const struct page_range *x = a, *y = b;

	return (x->start_pfn > y->start_pfn) - (x->start_pfn < y->start_pfn);
}

/* Ascending, and in one range what lies side by side. */
static void join_ranges(struct free_memory *memory)
{
	struct page_range *last = memory->ranges;
	const uint32_t nr = memory->nr;

	if (!nr)
		return;
	qsort(last, nr, sizeof(*last), compare_ranges);
	for (uint32_t i = 1; i < nr; i++) {
		const struct page_range *next = &memory->ranges[i];

		if (last->start_pfn + last->nr_pages == next->start_pfn)
			last->nr_pages += next->nr_pages;
		else
			*++last = *next;
	}
	memory->nr = (uint32_t)(last - memory->ranges) + 1;
}

/* Take all free blocks off their lists. False: no memory. */
static bool take_free(struct by_hand *h, struct free_memory *cma,
		      struct free_memory *rest)
{
	for (unsigned int order = 0; order < h->m->max_order; order++)
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			if (!take_list(h, order, type,
				       type == MIGRATE_CMA ? cma : rest))
				return false;
	join_ranges(cma);
	join_ranges(rest);
	return true;
}

/* Place the blocks of CMA, or all others, into @memory. */
/* Why @wanted pages could not be placed. */
static enum boot_error fail_place(struct by_hand *h, enum place_result result,
				  uint64_t wanted)
{
	switch (result) {
	case PLACE_OK:
		break;
	case PLACE_MIXED:
		return fail_zone(h,
				 "free: too few pageblocks for its "
				 "migratetypes, each in its own; pages",
				 wanted);
	case PLACE_NO_ROOM:
		return fail_zone(h,
				 "free: the blocks do not fit without "
				 "merging; pages",
				 wanted);
	case PLACE_TOO_MANY:
		return fail_zone(h, "free: too many blocks; at most",
				 PLACE_MAX_BLOCKS);
	case PLACE_NO_MEMORY:
		return boot_fail(h->p, BOOT_SYSTEM,
				 "no memory to place free blocks");
	}
	return BOOT_OK;
}

static enum boot_error place(struct by_hand *h,
			     const struct free_memory *memory,
			     const struct free_blocks *blocks)
{
	const uint64_t wanted = free_blocks_nr_pages(blocks);
	struct placement placement;
	enum place_result result;

	if (wanted && !memory->nr)
		return fail_zone(h,
				 "free: it has no free memory of that kind, "
				 "such as a CMA area; pages",
				 wanted);
	result = placement_make(&placement, memory->ranges, memory->nr,
				h->m->max_order, h->m->pageblock_order, blocks);
	if (result == PLACE_OK)
		placement_commit(&placement, h->m, h->zone);
	placement_destroy(&placement);
	return fail_place(h, result, wanted);
}

/* Blocks that the zone cannot have, or only otherwise. */
static enum boot_error check_free(struct by_hand *h)
{
	const struct free_blocks *blocks = &h->d->free;

	if (free_blocks_nr_pages(blocks) > h->zone->managed)
		return fail_zone(h, "free: more pages than it manages",
				 free_blocks_nr_pages(blocks));
	for (unsigned int o = 0; o < MAX_ORDER_LIMIT; o++)
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			if (o >= h->m->max_order && blocks->nr[type][o])
				return fail_zone(h, "free: no such order", o);
			else if (type == MIGRATE_ISOLATE && blocks->nr[type][o])
				return fail_zone(h,
						 "free: isolate pages with "
						 "m:isolate() instead, blocks",
						 blocks->nr[type][o]);
	return BOOT_OK;
}

static enum boot_error set_free(struct by_hand *h)
{
	struct free_memory cma = { .nr = 0 }, rest = { .nr = 0 };
	struct free_blocks cma_blocks = { { { 0 } } }, blocks = h->d->free;
	enum boot_error error = check_free(h);

	if (error)
		return error;
	memcpy(cma_blocks.nr[MIGRATE_CMA], blocks.nr[MIGRATE_CMA],
	       sizeof(blocks.nr[MIGRATE_CMA]));
	memset(blocks.nr[MIGRATE_CMA], 0, sizeof(blocks.nr[MIGRATE_CMA]));
	if (!take_free(h, &cma, &rest))
		error = boot_fail(h->p, BOOT_SYSTEM,
				  "no memory to place free blocks");
	else
		error = place(h, &rest, &blocks);
	if (!error)
		error = place(h, &cma, &cma_blocks);
	free(cma.ranges);
	free(rest.ranges);
	state_set(h->m, h->zone->nr_free_pages,
		  (int32_t)free_blocks_nr_pages(&h->d->free));
	state_set(h->m, h->zone->nr_free_cma,
		  (int32_t)free_blocks_nr_pages(&cma_blocks));
	return error;
}

/* -------------------------------------------------------------------------- */

static enum boot_error set_zone(struct machine *m, struct boot_plan *p,
				const struct zone_description *d)
{
	struct by_hand h = { .m = m, .p = p, .d = d };
	enum boot_error error = find_zone(&h);

	if (!error && d->has_watermark)
		error = set_watermarks(&h);
	if (!error)
		error = set_reserves(&h);
	if (error)
		return error;
	if (d->watermark_boost > INT32_MAX)
		return fail_zone(&h, "no such boost", d->watermark_boost);
	state_set(m, h.zone->watermark_boost, d->watermark_boost);
	return d->has_free ? set_free(&h) : BOOT_OK;
}

enum boot_error boot_by_hand(struct machine *m, struct boot_plan *p)
{
	enum boot_error error = BOOT_OK;

	for (uint32_t i = 0; i < p->d->nr_zones && !error; i++)
		error = set_zone(m, p, &p->d->zone[i]);
	calculate_totalreserve_pages(m);
	return error;
}
