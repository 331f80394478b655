/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_lists: what stands in the lists of a fresh machine, and in which
 * order; highmem, holes, Movable and CMA.
 */
#include "describe.h"

/*
 * 32-bit: Normal ends inside a pageblock, which has a type in each of its
 * two zones; HighMem was freed page by page, so that its lists descend.
 */
static void test_highmem(void)
{
	struct machine_description *d = describe(ARCH_I386);
	struct machine m;
	const struct zone *normal, *high;

	add_node(d, 225278 + 2 + 3 * 1024 + 256);
	if (!boot(&m, d))
		return;
	normal = node_zone(&m, 0, 1);
	high = node_zone(&m, 0, 2);
	CHECK_EQ(zone_end_pfn(normal), 225278);
	CHECK_EQ(high->start_pfn, 225278);
	CHECK(high->highmem && !normal->highmem);
	CHECK_EQ(get_pageblock_migratetype(&m, normal, 225277),
		 MIGRATE_MOVABLE);
	CHECK_EQ(get_pageblock_migratetype(&m, high, 225278),
		 MIGRATE_UNMOVABLE);
	check_list(&m, high, 1, MIGRATE_UNMOVABLE, 1, (uint32_t[]){ 225278 });
	check_list(&m, high, 10, MIGRATE_MOVABLE, 3,
		   (uint32_t[]){ 227328, 226304, 225280 });
	check_list(&m, high, 8, MIGRATE_MOVABLE, 1, (uint32_t[]){ 228352 });
	/* highmem keeps little: managed / 1024, at least 32 */
	CHECK_EQ(high->watermark[WMARK_MIN], 32);
	CHECK_EQ(m.nodes[0].zonelists[ZONELIST_FALLBACK].first,
		 m.nodes[0].zonelists[ZONELIST_NOFALLBACK].first);
	CHECK_EQ(m.nodes[0].zonelists[ZONELIST_NOFALLBACK].nr, 3);
	arena_destroy(&m);
}

/*
 * Freed page by page, a block goes to the tail when its pair's buddy waits
 * already: 225300's pair would join 225296, of order 2. 225288 was there
 * first, and would otherwise stand behind it.
 */
static void test_highmem_tail(void)
{
	struct machine_description *d = describe(ARCH_I386);
	struct node_description *n = add_node(d, 225344);
	struct machine m;

	n->reserved[0] = (struct page_range){ 225278, 10 };
	n->reserved[1] = (struct page_range){ 225290, 6 };
	n->reserved[2] = (struct page_range){ 225302, 2 };
	n->reserved[3] = (struct page_range){ 225306, 38 };
	n->nr_reserved = 4;
	if (!boot(&m, d))
		return;
	/* 225304: its pair would join 225308, which is reserved: to the head */
	check_list(&m, node_zone(&m, 0, 2), 1, MIGRATE_MOVABLE, 3,
		   (uint32_t[]){ 225304, 225288, 225300 });
	check_list(&m, node_zone(&m, 0, 2), 2, MIGRATE_MOVABLE, 1,
		   (uint32_t[]){ 225296 });
	arena_destroy(&m);
}

static void test_holes_and_reserved(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct node_description *n = add_node(d, 16384);
	const struct zone *zone;
	struct machine m;

	n->holes[0] = (struct page_range){ 159, 97 };
	n->holes[1] = (struct page_range){ 8192, 1000 };
	n->holes[2] = (struct page_range){ 16000, 384 };
	n->holes[3] = (struct page_range){ 12810, 512 };
	n->holes[4] = (struct page_range){ 14400, 16 };
	n->nr_holes = 5;
	n->reserved[0] = (struct page_range){ 9000, 500 };
	n->nr_reserved = 1;
	if (!boot(&m, d))
		return;
	zone = node_zone(&m, 0, 0);
	CHECK_EQ(zone->present, 3998);
	zone = node_zone(&m, 0, 1);
	CHECK_EQ(zone->spanned, 16000 - 4096);
	CHECK_EQ(zone->present, 16000 - 4096 - 1528);
	/* 9192 to 9499 of the reserved range are there */
	CHECK_EQ(zone->managed, zone->present - 308);
	CHECK_EQ(zone->nr_free_pages, zone->managed);
	CHECK_EQ(get_pageblock_migratetype(&m, zone, 8192), PAGEBLOCK_NONE);
	/* memory behind a hole begins inside this one */
	CHECK_EQ(get_pageblock_migratetype(&m, zone, 8704), MIGRATE_UNMOVABLE);
	CHECK_EQ(get_pageblock_migratetype(&m, zone, 9216), MIGRATE_MOVABLE);
	/* the first page of a pageblock decides, not the others */
	CHECK_EQ(get_pageblock_migratetype(&m, zone, 12800), MIGRATE_MOVABLE);
	CHECK_EQ(get_pageblock_migratetype(&m, zone, 13312), MIGRATE_UNMOVABLE);
	CHECK_EQ(get_pageblock_migratetype(&m, zone, 14336), MIGRATE_MOVABLE);
	check_list(&m, zone, 1, MIGRATE_UNMOVABLE, 1, (uint32_t[]){ 13322 });
	check_list(&m, zone, 4, MIGRATE_MOVABLE, 1, (uint32_t[]){ 14416 });
	check_list(&m, zone, 1, MIGRATE_MOVABLE, 1, (uint32_t[]){ 12808 });
	arena_destroy(&m);
}

static void test_movable(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct machine m;
	const struct zone *zone;

	/* as recorded: rounded up to whole blocks of order 10 */
	add_node(d, 65536)->movable = 24576;
	add_node(d, 65504)->movable = 25969;
	if (!boot(&m, d))
		return;
	zone = node_zone(&m, 0, 3);
	CHECK_EQ(zone->start_pfn, 40960);
	CHECK_EQ(zone->spanned, 24576);
	CHECK(!zone->highmem);
	zone = node_zone(&m, 1, 3);
	CHECK_EQ(zone->start_pfn, 105472);
	CHECK_EQ(zone->spanned, 25568);
	CHECK_EQ(node_zone(&m, 1, 1)->spanned, 39936);
	arena_destroy(&m);

	d = describe(ARCH_I386);
	add_node(d, 393184)->movable = 65504;
	if (!boot(&m, d))
		return;
	zone = node_zone(&m, 0, 3);
	CHECK_EQ(zone->start_pfn, 327680);
	CHECK(zone->highmem);
	CHECK_EQ(m.links[free_list(zone, 10, MIGRATE_MOVABLE)].next, 391168);
	CHECK_EQ(node_zone(&m, 0, 2)->spanned, 102402);
	arena_destroy(&m);
}

/* Later areas, and the top of each area, come first. */
static void test_cma(void)
{
	struct machine_description *d = describe(ARCH_ARM64);
	struct node_description *n = add_node(d, 32768);
	const struct zone *zone;
	struct machine m;

	n->start_pfn = 262144;
	n->cma[0].nr_pages = 2048;
	n->cma[1] = (struct page_range){ 270336, 2048 };
	n->nr_cma = 2;
	if (!boot(&m, d))
		return;
	zone = node_zone(&m, 0, 0);
	CHECK_EQ(zone->managed, 32768);
	CHECK_EQ(zone->managed_cma, 4096);
	CHECK_EQ(zone->nr_free_cma, 4096);
	CHECK_EQ(zone->nr_free_pages, 32768);
	check_list(&m, zone, 10, MIGRATE_CMA, 4,
		   (uint32_t[]){ 271360, 270336, 293888, 292864 });
	CHECK_EQ(get_pageblock_migratetype(&m, zone, 292864), MIGRATE_CMA);
	CHECK_EQ(get_pageblock_migratetype(&m, zone, 262144), MIGRATE_MOVABLE);
	arena_destroy(&m);

	/* an area switches CMA on, and is put where it fits */
	d = describe(ARCH_AMD64);
	n = add_node(d, 16384);
	n->reserved[n->nr_reserved++] = (struct page_range){ 16000, 1 };
	n->cma[n->nr_cma++].nr_pages = 1024;
	if (!boot(&m, d))
		return;
	CHECK(m.system->cma);
	check_list(&m, node_zone(&m, 0, 1), 10, MIGRATE_CMA, 1,
		   (uint32_t[]){ 14336 });
	arena_destroy(&m);
}

int main(void)
{
	test_highmem();
	test_highmem_tail();
	test_holes_and_reserved();
	test_movable();
	test_cma();
	return test_done();
}
