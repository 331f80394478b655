/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_buddy: splitting, merging, and which end of a list a block joins. */
#include "machine.h"
#include "mm/buddy.h"

static void check_used(const struct machine *m, uint32_t pfn,
		       unsigned int order, unsigned int type)
{
	CHECK_EQ(page_state(m->pages[pfn]), PAGE_USED);
	CHECK_EQ(page_order(m->pages[pfn]), order);
	CHECK_EQ(page_type(m->pages[pfn]), type);
}

static void test_find_buddy(void)
{
	CHECK_EQ(__find_buddy_pfn(4096, 0), 4097);
	CHECK_EQ(__find_buddy_pfn(4097, 0), 4096);
	CHECK_EQ(__find_buddy_pfn(4096, 1), 4098);
	CHECK_EQ(__find_buddy_pfn(4104, 3), 4096);
	CHECK_EQ(__find_buddy_pfn(0, 10), 1024);
}

/* 32 pages at 256 are split down to 2; upper halves go to the free lists. */
static void test_expand(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	add_free_block(&m, z, 256, 5, M);
	add_free_block(&m, z, 512, 5, M);
	add_free_block(&m, z, 720, 2, U);
	CHECK_EQ(__rmqueue_smallest(&m, z, 1, M), 256); /* the head */
	check_used(&m, 256, 1, M);
	CHECK_LIST(&m, free_list(z, 5, M), 512);
	CHECK_LIST(&m, free_list(z, 4, M), 272);
	CHECK_LIST(&m, free_list(z, 3, M), 264);
	CHECK_LIST(&m, free_list(z, 2, M), 260);
	CHECK_LIST(&m, free_list(z, 2, U), 720); /* not of this type */
	CHECK_LIST(&m, free_list(z, 1, M), 258);
	CHECK_EQ(z->nr_free[1], 1);
	CHECK_EQ(z->nr_free[2], 2); /* of all types */
	CHECK_EQ(z->nr_free[5], 1);
	arena_destroy(&m);
}

/* The smallest block that will do, its list's head, halves to the head. */
static void test_smallest_first(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	add_free_block(&m, z, 512, 5, R);
	add_free_block(&m, z, 304, 2, R);
	add_free_block(&m, z, 288, 2, R);
	add_free_block(&m, z, 336, 1, R);
	add_free_block(&m, z, 340, 0, M);
	CHECK_EQ(__rmqueue_smallest(&m, z, 2, R), 304); /* exact: no cut */
	check_used(&m, 304, 2, R);
	CHECK_EQ(__rmqueue_smallest(&m, z, 0, R), 336);
	CHECK_LIST(&m, free_list(z, 0, R), 337);
	CHECK_EQ(__rmqueue_smallest(&m, z, 1, R), 288);
	CHECK_LIST(&m, free_list(z, 1, R), 290);

	/* an upper half stands before what was there */
	CHECK_EQ(__rmqueue_smallest(&m, z, 4, R), 512);
	CHECK_LIST(&m, free_list(z, 4, R), 528);
	add_free_block(&m, z, 800, 3, R);
	CHECK_EQ(__rmqueue_smallest(&m, z, 1, R), 290);
	CHECK_EQ(__rmqueue_smallest(&m, z, 2, R), 800);
	CHECK_LIST(&m, free_list(z, 2, R), 804);
	CHECK_EQ(__rmqueue_smallest(&m, z, 3, R), 528);
	CHECK_LIST(&m, free_list(z, 3, R), 536);

	CHECK_EQ(__rmqueue_smallest(&m, z, 0, U), PFN_NONE);
	CHECK_EQ(__rmqueue_smallest(&m, z, 4, R), PFN_NONE); /* too small */
	arena_destroy(&m);
}

static void free_one(struct machine *m, const struct zone *z, uint32_t pfn,
		     unsigned int order, unsigned int type)
{
	__free_one_page(m, pfn, z, order, type, false);
}

/* Four single frames become one block of four, by way of two pairs. */
static void test_merge(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	free_one(&m, z, 257, 0, M);
	free_one(&m, z, 258, 0, M); /* neighbours, but not buddies */
	CHECK_EQ(z->nr_free[0], 2);
	free_one(&m, z, 256, 0, M);
	CHECK_LIST(&m, free_list(z, 1, M), 256);
	CHECK_LIST(&m, free_list(z, 0, M), 258);
	free_one(&m, z, 259, 0, U); /* types do not matter: the last wins */
	CHECK_LIST(&m, free_list(z, 2, U), 256);
	CHECK_EMPTY(&m, free_list(z, 1, M));
	CHECK_EMPTY(&m, free_list(z, 0, M));
	CHECK_EQ(m.pages[257] | m.pages[258] | m.pages[259], 0);
	CHECK_EQ(z->nr_free[2], 1);
	CHECK_EQ(z->nr_free[0] + z->nr_free[1], 0);
	/* a buddy of another order is no buddy */
	free_one(&m, z, 260, 1, M);
	CHECK_LIST(&m, free_list(z, 1, M), 260);
	CHECK_LIST(&m, free_list(z, 2, U), 256);
	arena_destroy(&m);
}

/* Blocks of the largest order (here 5) stay apart. */
static void test_merge_ends_at_the_top(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	free_one(&m, z, 256, 5, M);
	free_one(&m, z, 304, 4, M);
	free_one(&m, z, 288, 4, M);
	CHECK_LIST(&m, free_list(z, 5, M), 288, 256);
	arena_destroy(&m);
}

/* DMA ends at 132 here, inside a block that would be: nothing merges. */
static void test_no_merge_across_zones(void)
{
	struct machine_description *d = describe_small_machine();
	const struct zone *dma, *dma32;
	struct machine m;

	d->zone_limit[ZONE_DMA] = 132;
	m = booted(d);
	dma = node_zone(&m, 0, DMA);
	dma32 = node_zone(&m, 0, DMA32);
	allocate_all(&m, dma);
	allocate_all(&m, dma32);
	free_one(&m, dma, 128, 2, M);
	free_one(&m, dma32, 132, 2, M);
	CHECK_LIST(&m, free_list(dma, 2, M), 128);
	CHECK_LIST(&m, free_list(dma32, 2, M), 132);
	arena_destroy(&m);
}

/*
 * To the tail when the merged pair's own buddy is free: a merge is likely
 * soon, so this block is to be taken last. Not for the two largest orders.
 */
static void test_tail_placement(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	add_free_block(&m, z, 400, 0, M);
	add_free_block(&m, z, 258, 1, M);
	free_one(&m, z, 256, 0, M); /* 256+257 would merge with 258+259 */
	CHECK_LIST(&m, free_list(z, 0, M), 400, 256);
	free_one(&m, z, 264, 0, M); /* 264+265: 266+267 are not free */
	CHECK_LIST(&m, free_list(z, 0, M), 264, 400, 256);
	add_free_block(&m, z, 274, 0, M);
	free_one(&m, z, 272, 0, M); /* 274 is free, but of order 0 only */
	CHECK_LIST(&m, free_list(z, 0, M), 272, 264, 400, 256, 274);

	add_free_block(&m, z, 912, 3, M);
	add_free_block(&m, z, 528, 4, M);
	free_one(&m, z, 512, 3, M); /* order 3 < 4: still checked */
	CHECK_LIST(&m, free_list(z, 3, M), 912, 512);
	add_free_block(&m, z, 608, 5, M);
	free_one(&m, z, 576, 4, M); /* order 4 is not below 4: to the head */
	CHECK_LIST(&m, free_list(z, 4, M), 576, 528);
	arena_destroy(&m);
}

/* The check uses the order after merging, not the freed order. */
static void test_tail_after_merge(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	add_free_block(&m, z, 400, 1, M);
	add_free_block(&m, z, 257, 0, M);
	add_free_block(&m, z, 260, 2, M);
	free_one(&m, z, 256, 0, M); /* 256..257; with 258 one of order 2 */
	CHECK_LIST(&m, free_list(z, 1, M), 400, 256);
	arena_destroy(&m);
}

static void test_boot_frees_to_the_tail(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	CHECK_EQ(z->nr_free[5], 24); /* as boot left them: ascending */
	CHECK_EQ(list_first_entry(&m, free_list(z, 5, M)), 256);
	CHECK_EQ(list_last_entry(&m, free_list(z, 5, M)), 992);
	allocate_all(&m, z);
	__free_one_page(&m, 256, z, 0, M, true);
	__free_one_page(&m, 512, z, 0, M, true);
	CHECK_LIST(&m, free_list(z, 0, M), 256, 512);
	arena_destroy(&m);
}

static void test_counters(void)
{
	struct machine m = arm64_cma();
	const struct zone *z = node_zone(&m, 0, DMA);

	allocate_all(&m, z);
	state_set(&m, z->stat_threshold, 0);
	free_one(&m, z, 256, 3, M);
	CHECK_EQ(z->nr_free_pages, 8);
	CHECK_EQ(z->nr_free_cma, 0);
	free_one(&m, z, 512, 3, MIGRATE_CMA);
	CHECK_EQ(z->nr_free_pages, 16);
	CHECK_EQ(z->nr_free_cma, 8);
	free_one(&m, z, 128, 3, MIGRATE_ISOLATE); /* does not count as free */
	CHECK_EQ(z->nr_free_pages, 16);
	CHECK_EQ(z->nr_free[3], 3);
	arena_destroy(&m);
}

/* Pageblocks have 8 frames here: from order 3 on isolation is respected. */
static void test_isolated_do_not_merge(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	set_block_type(&m, z, 264, MIGRATE_ISOLATE);
	state_set(&m, z->nr_isolate_pageblock, 1);
	add_free_block(&m, z, 264, 3, MIGRATE_ISOLATE);
	free_one(&m, z, 256, 3, M);
	CHECK_LIST(&m, free_list(z, 3, M), 256);
	add_free_block(&m, z, 272, 3, M);
	free_one(&m, z, 280, 3, U); /* elsewhere nothing has changed */
	CHECK_LIST(&m, free_list(z, 4, U), 272);
	/* below a pageblock there is nothing to ask */
	set_block_type(&m, z, 288, MIGRATE_ISOLATE);
	add_free_block(&m, z, 288, 0, MIGRATE_ISOLATE);
	free_one(&m, z, 289, 0, MIGRATE_ISOLATE);
	CHECK_LIST(&m, free_list(z, 1, MIGRATE_ISOLATE), 288);
	arena_destroy(&m);
}

int main(void)
{
	test_find_buddy();
	test_expand();
	test_smallest_first();
	test_merge();
	test_merge_ends_at_the_top();
	test_no_merge_across_zones();
	test_tail_placement();
	test_tail_after_merge();
	test_boot_frees_to_the_tail();
	test_counters();
	test_isolated_do_not_merge();
	return test_done();
}
