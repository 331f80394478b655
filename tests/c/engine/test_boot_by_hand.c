/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_by_hand: zones with described numbers and free blocks, and memory for
 * the buddy algorithm alone.
 */
#include "describe.h"

#include "mm/allocator.h"

static struct machine_description *describe_64m(void)
{
	struct machine_description *d = describe(ARCH_AMD64);

	add_node(d, 16384);
	d->nr_zones = 1;
	d->zone[0].type = ZONE_DMA32;
	return d;
}

static uint32_t list_pages(const struct machine *m, const struct zone *zone,
			   unsigned int order, unsigned int type)
{
	const uint32_t head = free_list(zone, order, type);
	uint32_t nr = 0;

	for (uint32_t at = m->links[head].next; at != head;
	     at = m->links[at].next)
		nr++;
	return nr << order;
}

static void test_numbers(void)
{
	struct machine_description *d = describe_64m();
	struct zone_description *z = d->zone;
	const struct zone *zone;
	struct machine m;

	*z = (struct zone_description){
		.type = ZONE_DMA32,
		.has_watermark = true,
		.watermark = { 100, 125, 150 },
		.watermark_boost = 9,
		.nr_lowmem_reserve = 4,
		.lowmem_reserve = { 1, 2, 3, 4 },
		.nr_reserved_highatomic = 6144,
		.has_free = true,
	};
	z->free.nr[MIGRATE_HIGHATOMIC][3] = 10;
	z->free.nr[MIGRATE_MOVABLE][0] = 700;
	z->free.nr[MIGRATE_UNMOVABLE][9] = 2;
	if (!boot(&m, d))
		return;
	zone = node_zone(&m, 0, 1);
	CHECK_EQ(zone->watermark[WMARK_LOW], 125);
	CHECK_EQ(zone->watermark_boost, 9);
	CHECK_EQ(zone->lowmem_reserve[3], 4);
	CHECK_EQ(zone->lowmem_reserve[4], 0);
	CHECK_EQ(zone->nr_reserved_highatomic, 6144);
	CHECK_EQ(m.system->large_reserves, 1);
	CHECK_EQ(zone->nr_free_pages, 80 + 700 + 1024);
	CHECK_EQ(list_pages(&m, zone, 3, MIGRATE_HIGHATOMIC), 80);
	CHECK_EQ(list_pages(&m, zone, 0, MIGRATE_MOVABLE), 700);
	CHECK_EQ(list_pages(&m, zone, 9, MIGRATE_UNMOVABLE), 1024);
	/* high + the largest lowmem_reserve[], and zone DMA's */
	CHECK(m.nodes[0].totalreserve_pages >= 150 + 4);
	arena_destroy(&m);
}

/* CMA blocks lie in the zone's CMA area, all others outside. */
static void test_cma(void)
{
	struct machine_description *d = describe_64m();
	const struct zone *zone;
	struct machine m;
	uint32_t pfn;

	d->cma = 1;
	d->node[0].nr_cma = 1;
	d->node[0].cma[0].nr_pages = 1024;
	d->zone[0].has_free = true;
	d->zone[0].free.nr[MIGRATE_CMA][2] = 100;
	d->zone[0].free.nr[MIGRATE_RECLAIMABLE][1] = 1;
	if (!boot(&m, d))
		return;
	zone = node_zone(&m, 0, 1);
	CHECK_EQ(zone->nr_free_cma, 400);
	CHECK_EQ(zone->nr_free_pages, 402);
	CHECK_EQ(zone->managed_cma, 1024);
	pfn = m.links[free_list(zone, 2, MIGRATE_CMA)].next;
	CHECK_EQ(get_pageblock_migratetype(&m, zone, pfn), MIGRATE_CMA);
	arena_destroy(&m);
}

static void check_error(struct machine_description *d, const char *expected)
{
	struct machine m = { .region = NULL };
	char message[512] = "";

	CHECK_EQ(machine_boot(&m, d, message, sizeof(message)), BOOT_BAD_ZONE);
	CHECK_STR(message, expected);
	CHECK(!m.region);
	free(d);
}

static void test_errors(void)
{
	struct machine_description *d = describe_64m();

	d->zone[0].type = ZONE_HIGHMEM;
	check_error(d, "zone HighMem of node 0 has no memory; name a zone that "
		       "has");
	d = describe_64m();
	d->zone[0].nid = 1;
	check_error(d, "zone DMA32 of node 1: there is no such node: 1");
	d = describe_64m();
	d->zone[0].has_watermark = true;
	d->zone[0].watermark[WMARK_MIN] = 2;
	check_error(d, "zone DMA32 of node 0: watermarks do not ascend: min 2, "
		       "low 0, high 0");
	d = describe_64m();
	d->zone[0].has_free = true;
	d->zone[0].free.nr[MIGRATE_MOVABLE][10] = 13;
	check_error(d, "zone DMA32 of node 0: free: more pages than it "
		       "manages: 13312");
	d = describe_64m();
	d->zone[0].has_free = true;
	d->zone[0].free.nr[MIGRATE_MOVABLE][0] = 12288;
	check_error(d, "zone DMA32 of node 0: free: the blocks do not fit "
		       "without merging; pages: 12288");
	d = describe_64m();
	d->zone[0].has_free = true;
	d->zone[0].free.nr[MIGRATE_CMA][0] = 1;
	check_error(d, "zone DMA32 of node 0: free: it has no free memory of "
		       "that kind, such as a CMA area; pages: 1");
	d = describe_64m();
	d->zone[0].has_free = true;
	d->zone[0].free.nr[MIGRATE_MOVABLE][11] = 1;
	check_error(d, "zone DMA32 of node 0: free: no such order: 11");
	d = describe_64m();
	d->zone[0].nr_reserved_highatomic = 12289;
	check_error(d, "zone DMA32 of node 0: nr_reserved_highatomic is more "
		       "than the zone manages: 12289");
}

/* 1 MiB: one block of 256 pages, and again when all are free. */
static void test_arena(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct alloc_request one = { .gfp = GFP_ATOMIC };
	uint32_t pfn[256];
	const struct zone *zone;
	struct machine m;

	d->arena = 256;
	if (!boot(&m, d))
		return;
	zone = m.zones;
	CHECK_EQ(m.max_order, 9);
	CHECK_EQ(zone->nr_free[8], 1);
	CHECK_EQ(zone->watermark[WMARK_HIGH], 0);
	for (int i = 0; i < 256; i++) {
		CHECK_EQ(machine_alloc(&m, &one, &pfn[i]), MACHINE_ERROR_none);
		CHECK_EQ(pfn[i], i);
		CHECK_EQ(zone_pcp(&m, zone, 0)->count, 0);
		CHECK_EQ(zone->nr_free_pages, 255 - i);
	}
	CHECK_EQ(machine_alloc(&m, &one, &pfn[0]), MACHINE_ERROR_none);
	CHECK_EQ(pfn[0], PFN_NONE);
	pfn[0] = 0;
	for (int i = 0; i < 256; i++) {
		CHECK_EQ(machine_free(&m, 0, pfn[i], 0), MACHINE_ERROR_none);
		CHECK_EQ(zone_pcp(&m, zone, 0)->count, 0);
	}
	CHECK_EQ(zone->nr_free[8], 1);
	CHECK_EQ(m.pageblocks[0], MIGRATE_UNMOVABLE);
	one.order = 2;
	CHECK_EQ(machine_alloc(&m, &one, &pfn[0]), MACHINE_ERROR_none);
	CHECK_EQ(pfn[0], 0);
	CHECK_EQ(zone->nr_reserved_highatomic, 0);
	CHECK_EQ(m.pageblocks[0], MIGRATE_UNMOVABLE);
	arena_destroy(&m);
}

/* A block for each bit of the size. */
static void test_odd_arena(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct machine m;

	d->arena = 13;
	if (!boot(&m, d))
		return;
	CHECK_EQ(m.max_order, 4);
	CHECK_EQ(m.zones->nr_free[3], 1);
	CHECK_EQ(m.zones->nr_free[2], 1);
	CHECK_EQ(m.zones->nr_free[1], 0);
	CHECK_EQ(m.zones->nr_free[0], 1);
	arena_destroy(&m);
	d = describe(ARCH_AMD64);
	d->arena = 1;
	if (!boot(&m, d))
		return;
	CHECK_EQ(m.max_order, 1);
	CHECK_EQ(m.zones->nr_free[0], 1);
	arena_destroy(&m);
}

int main(void)
{
	test_numbers();
	test_cma();
	test_errors();
	test_arena();
	test_odd_arena();
	return test_done();
}
