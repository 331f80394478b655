/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_isolation: isolated pageblocks, and pages that cannot be moved. */
#include "machine.h"
#include "mm/isolation.h"

/* Isolate the pageblock, whose pages are page cache where they are not free. */
static uint32_t isolate(struct machine *m, const struct zone *z, uint32_t pfn,
			unsigned int migratetype)
{
	for (uint32_t p = pfn & ~7u; p <= (pfn | 7); p++)
		if (page_head(m, p) == PFN_NONE ||
		    page_state(m->pages[page_head(m, p)]) == PAGE_USED)
			state_set(m, m->pages[p], PAGE_KERNEL | PAGE_LRU);
	return set_migratetype_isolate(m, z, pfn, migratetype);
}

static void test_isolate(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	state_set(&m, z->stat_threshold, 0);
	add_free_block(&m, z, 512, 0, I);
	add_free_block(&m, z, 256, 2, M);
	add_free_block(&m, z, 261, 0, M);
	add_free_block(&m, z, 304, 3, M);
	CHECK_EQ(isolate(&m, z, 260, M), PFN_NONE);
	CHECK_EQ(get_pageblock_migratetype(&m, z, 256), I);
	CHECK_EQ(z->nr_isolate_pageblock, 1);
	CHECK_LIST(&m, free_list(z, 2, I), 256);
	CHECK_LIST(&m, free_list(z, 0, I), 512, 261);
	CHECK_EQ(z->nr_free_pages, 8); /* 13, less the 5 that moved */

	unset_migratetype_isolate(&m, z, 256, R);
	CHECK_EQ(get_pageblock_migratetype(&m, z, 256), R);
	CHECK_EQ(z->nr_isolate_pageblock, 0);
	CHECK_LIST(&m, free_list(z, 2, R), 256);
	CHECK_LIST(&m, free_list(z, 0, R), 261);
	CHECK_LIST(&m, free_list(z, 0, I), 512);
	CHECK_EQ(z->nr_free_pages, 13);
	arena_destroy(&m);
}

/* DMA begins at frame 1, inside 0..7: named by its first frame. */
static void test_isolate_at_the_zones_edge(void)
{
	struct machine m = small_machine();
	const struct zone *z = node_zone(&m, 0, DMA);

	allocate_all(&m, z);
	state_set(&m, z->stat_threshold, 0);
	add_free_block(&m, z, 2, 1, U);
	add_free_block(&m, z, 6, 0, U);
	CHECK_EQ(isolate(&m, z, 1, M), PFN_NONE);
	CHECK_LIST(&m, free_list(z, 1, I), 2);
	CHECK_LIST(&m, free_list(z, 0, I), 6);
	CHECK_EQ(z->nr_free_pages, 0);
	unset_migratetype_isolate(&m, z, 1, U);
	CHECK_LIST(&m, free_list(z, 1, U), 2);
	CHECK_LIST(&m, free_list(z, 0, U), 6);
	CHECK_EQ(z->nr_free_pages, 3);
	arena_destroy(&m);
}

static void test_isolate_cma(void)
{
	struct machine m = arm64_cma();
	const struct zone *z = node_zone(&m, 0, DMA);

	allocate_all(&m, z);
	state_set(&m, z->stat_threshold, 0);
	add_free_block(&m, z, 512, 3, MIGRATE_CMA);
	add_free_block(&m, z, 256, 3, M);
	CHECK_EQ(isolate(&m, z, 512, M), 512);
	CHECK_EQ(isolate(&m, z, 512, MIGRATE_CMA), PFN_NONE);
	CHECK_EQ(z->nr_free_cma, 0);
	CHECK_EQ(z->nr_free_pages, 8);
	unset_migratetype_isolate(&m, z, 512, MIGRATE_CMA);
	CHECK_EQ(z->nr_free_cma, 8);
	CHECK_EQ(z->nr_free_pages, 16);
	arena_destroy(&m);
}

/* A block that waited for its isolation to end merges when it does. */
static void test_unisolate_merges(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	state_set(&m, z->stat_threshold, 0);
	add_free_block(&m, z, 256, 3, M);
	CHECK_EQ(isolate(&m, z, 256, M), PFN_NONE);
	__free_one_page(&m, 264, z, 3, M, false);
	CHECK_LIST(&m, free_list(z, 3, M), 264); /* kept apart */
	unset_migratetype_isolate(&m, z, 256, M);
	CHECK_LIST(&m, free_list(z, 4, M), 256);
	CHECK_EQ(z->nr_free_pages, 16);
	CHECK_EQ(z->nr_isolate_pageblock, 0);
	CHECK_EQ(z->nr_free[3], 0);
	arena_destroy(&m);
}

/* Isolate 256..263 with @word at 258 and page cache around it. */
static uint32_t isolate_around(unsigned int idx, uint32_t word)
{
	struct machine_description *d = describe_small_machine();
	const struct zone *z;
	struct machine m;
	uint32_t busy;

	d->node[0].movable = idx == MOVABLE ? 768 : 0;
	m = booted(d);
	z = node_zone(&m, 0, idx);
	allocate_all(&m, z);
	for (uint32_t p = 256; p < 264; p++)
		state_set(&m, m.pages[p], PAGE_KERNEL | PAGE_LRU);
	if (page_state(word))
		word |= zone_id(&m, z) << PAGE_ZONE_SHIFT;
	state_set(&m, m.pages[258], word);
	if (page_order(word))
		state_set(&m, m.pages[259], 0);
	busy = set_migratetype_isolate(&m, z, 256, M);
	CHECK_EQ(z->nr_isolate_pageblock, busy == PFN_NONE);
	arena_destroy(&m);
	return busy;
}

/* In use: movable on an LRU list only; in ZONE_MOVABLE always. */
static void test_unmovable_pages(void)
{
	const uint32_t used = PAGE_USED << PAGE_STATE_SHIFT;
	const uint32_t pcp = PAGE_PCP << PAGE_STATE_SHIFT;

	CHECK_EQ(isolate_around(NORMAL, used), 258);
	CHECK_EQ(isolate_around(NORMAL, used | PAGE_LRU), PFN_NONE);
	CHECK_EQ(isolate_around(NORMAL, used | 1), 258);
	/* the second page has no reference, so the first one decides */
	CHECK_EQ(isolate_around(NORMAL, used | 1 | PAGE_LRU), PFN_NONE);
	CHECK_EQ(isolate_around(NORMAL, used | 1 | PAGE_COMPOUND), 258);
	CHECK_EQ(isolate_around(NORMAL, used | 1 | PAGE_COMPOUND | PAGE_LRU),
		 PFN_NONE);
	CHECK_EQ(isolate_around(NORMAL, PAGE_KERNEL), 258);
	CHECK_EQ(isolate_around(NORMAL, 0), 258); /* reserved, or a hole */
	CHECK_EQ(isolate_around(MOVABLE, used), PFN_NONE);
	CHECK_EQ(isolate_around(MOVABLE, used | 1 | PAGE_COMPOUND), PFN_NONE);
	CHECK_EQ(isolate_around(MOVABLE, PAGE_KERNEL), PFN_NONE);
	CHECK_EQ(isolate_around(MOVABLE, 0), 258);
	CHECK(pcp != used);
}

/* A block with a tail in the pageblock, and none but tails. */
static void test_tails(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	state_set(&m, m.pages[256], page_word(&m, z, PAGE_USED, 4, M));
	CHECK_EQ(set_migratetype_isolate(&m, z, 256, M), 256);
	CHECK_EQ(set_migratetype_isolate(&m, z, 264, M), PFN_NONE);
	CHECK_EQ(set_migratetype_isolate(&m, z, 264, M), 264); /* it is one */
	arena_destroy(&m);

	m = small_machine();
	z = normal(&m);
	allocate_all(&m, z);
	state_set(&m, m.pages[256],
		  page_word(&m, z, PAGE_USED, 4, M) | PAGE_COMPOUND);
	CHECK_EQ(set_migratetype_isolate(&m, z, 264, M), 264);
	arena_destroy(&m);
}

/* Pages on every cpu's lists follow their pageblock. */
static void test_drain(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);
	const struct alloc_request r = { .gfp = GFP_HIGHUSER_MOVABLE };
	uint32_t pfn[4];

	for (uint32_t cpu = 0; cpu < 2; cpu++)
		state_set(&m, zone_pcp(&m, z, cpu)->high, 6);
	for (int i = 0; i < 4; i++)
		CHECK_EQ(machine_alloc(&m, &r, &pfn[i]), MACHINE_ERROR_none);
	CHECK_EQ(pfn[0], 256);
	for (uint32_t i = 0; i < 4; i++)
		CHECK_EQ(machine_free(&m, i % 2, pfn[i], 0),
			 MACHINE_ERROR_none);
	CHECK_EQ(zone_pcp(&m, z, 1)->count, 2);
	m.cpu = 1;
	CHECK_EQ(start_isolate_page_range(&m, z, 256, 288, M), PFN_NONE);
	CHECK_EQ(m.cpu, 1);
	CHECK_EQ(zone_pcp(&m, z, 0)->count + zone_pcp(&m, z, 1)->count, 0);
	CHECK_LIST(&m, free_list(z, 3, I), 256, 264); /* moved, not merged */
	CHECK_LIST(&m, free_list(z, 4, I), 272);
	CHECK_EQ(z->nr_isolate_pageblock, 4);
	CHECK_MACHINE(&m);
	arena_destroy(&m);
}

/* The third pageblock is busy: the first two get the requested type. */
static void test_busy_is_undone(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	state_set(&m, z->stat_threshold, 0);
	add_free_block(&m, z, 256, 3, U);
	add_free_block(&m, z, 264, 3, M);
	set_block_type(&m, z, 256, U);
	CHECK_EQ(start_isolate_page_range(&m, z, 256, 288, M), 272);
	CHECK_EQ(get_pageblock_migratetype(&m, z, 256), M);
	CHECK_EQ(get_pageblock_migratetype(&m, z, 264), M);
	CHECK_EQ(z->nr_isolate_pageblock, 0);
	CHECK_EQ(z->nr_free_pages, 16);
	CHECK_LIST(&m, free_list(z, 4, M), 256); /* they merged on the way */
	arena_destroy(&m);
}

/* What isolation kept apart goes to the tail of its list when it merges. */
static void test_tail(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	add_free_block(&m, z, 256, 3, M);
	add_free_block(&m, z, 320, 3, M);
	CHECK_EQ(isolate(&m, z, 256, M), PFN_NONE);
	unset_migratetype_isolate(&m, z, 256, M);
	CHECK_LIST(&m, free_list(z, 3, M), 320, 256);
	arena_destroy(&m);
}

int main(void)
{
	test_isolate();
	test_isolate_at_the_zones_edge();
	test_isolate_cma();
	test_unisolate_merges();
	test_unmovable_pages();
	test_tails();
	test_drain();
	test_busy_is_undone();
	test_tail();
	return test_done();
}
