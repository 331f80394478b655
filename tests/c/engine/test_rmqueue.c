/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_rmqueue: which list serves a request, what is counted, CMA. */
#include "machine.h"
#include "state/contents.h"
#include "mm/rmqueue.h"

static uint32_t take(struct machine *m, const struct zone *z,
		     unsigned int order, uint32_t flags, unsigned int type)
{
	return rmqueue(m, z, z, order, flags, type);
}

/* Order 0 comes from this cpu's list, more from the buddy lists. */
static void test_by_order(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);
	const struct per_cpu_pages *pcp = zone_pcp(&m, z, 0);

	state_set(&m, pcp->batch, 4);
	state_set(&m, z->stat_threshold, 0);
	CHECK_EQ(take(&m, z, 0, 0, M), 256);
	CHECK_EQ(pcp->count, 3);
	CHECK_EQ(z->pgalloc, 1); /* the allocated page, not the refill */
	CHECK_EQ(z->numa[NUMA_HIT], 1); /* requests, not pages */
	CHECK_EQ(take(&m, z, 2, 0, M), 260);
	CHECK_EQ(z->nr_free_pages, 768 - 4 - 4);
	CHECK_EQ(z->pgalloc, 5);
	CHECK_EQ(z->numa[NUMA_HIT], 2);
	CHECK_EQ(z->numa[NUMA_LOCAL], 2);
	arena_destroy(&m);
}

/* Urgent blocks of order > 0 try the highatomic reserve first. */
static void test_highatomic(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	state_set(&m, z->stat_threshold, 0);
	add_free_block(&m, z, 256, 3, H);
	add_free_block(&m, z, 512, 3, M);
	CHECK_EQ(take(&m, z, 1, ALLOC_HARDER, M), 256);
	CHECK_EQ(page_type(m.pages[256]), H);
	CHECK_EQ(z->nr_free_pages, 14);
	CHECK_EQ(take(&m, z, 1, 0, M), 512); /* not urgent */
	CHECK_EQ(take(&m, z, 0, ALLOC_HARDER, M), 514); /* a single page */
	CHECK_EQ(take(&m, z, 3, ALLOC_HARDER, M), PFN_NONE);
	CHECK_EQ(take(&m, z, 2, ALLOC_HARDER, M), 260);
	/* then the ordinary lists: 515 is alone, 516..519 are left */
	CHECK_EQ(take(&m, z, 2, ALLOC_HARDER, M), 516);
	arena_destroy(&m);
}

static void test_boosted(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	state_set(&m, z->boosted, 1);
	CHECK_EQ(take(&m, z, 1, 0, M), 256);
	CHECK_EQ(z->boosted, 0);
	allocate_all(&m, z);
	state_set(&m, z->boosted, 1);
	CHECK_EQ(take(&m, z, 1, 0, M), PFN_NONE); /* nothing: as it was */
	CHECK_EQ(z->boosted, 1);
	CHECK_EQ(take(&m, z, 0, 0, M), PFN_NONE); /* the per-cpu path: not */
	CHECK_EQ(z->boosted, 0);
	CHECK_EQ(z->pgalloc, 2);
	CHECK_EQ(z->numa[NUMA_HIT], 1);
	arena_destroy(&m);
}

/* With CMA configured and not allowed, movable pages avoid the lists. */
static void test_order0_by_buddy(void)
{
	struct machine m = arm64_cma();
	const struct zone *z = node_zone(&m, 0, DMA);
	const struct per_cpu_pages *pcp = zone_pcp(&m, z, 0);

	allocate_all(&m, z);
	state_set(&m, z->stat_threshold, 0);
	state_set(&m, pcp->batch, 4);
	add_free_block(&m, z, 256, 3, M);
	add_free_block(&m, z, 264, 3, H);
	add_free_block(&m, z, 512, 3, C);
	CHECK_EQ(take(&m, z, 0, 0, M), 256);
	CHECK_EQ(pcp->count, 0);
	CHECK_EQ(z->nr_free_pages, 23); /* at once, by one */
	/* neither HIGHATOMIC nor CMA is tried for it */
	CHECK_EQ(take(&m, z, 0, ALLOC_HARDER, M), 257);
	CHECK_EQ(z->nr_free_pages, 22);
	/* other types, and those with the flag, go by the per-cpu lists */
	CHECK_EQ(take(&m, z, 0, ALLOC_CMA, M), 258);
	CHECK_EQ(pcp->count, 3);
	CHECK_EQ(take(&m, z, 0, 0, U), 262); /* stolen for a refill */
	CHECK_EQ(pcp->count, 3 + 1);
	arena_destroy(&m);
}

/* More than half of the free pages, halves rounded down? CMA first. */
static void test_cma_balance(void)
{
	struct machine m = arm64_cma();
	const struct zone *z = node_zone(&m, 0, DMA);

	state_set(&m, z->nr_free_pages, 101);
	state_set(&m, z->nr_free_cma, 50);
	CHECK(!use_cma_first(&m, z)); /* 50 > 101 / 2 = 50 */
	state_set(&m, z->nr_free_cma, 51);
	CHECK(use_cma_first(&m, z));
	state_set(&m, z->nr_free_pages, 102);
	CHECK(!use_cma_first(&m, z));
	state_set(&m, z->nr_free_pages, -7); /* as 0 */
	state_set(&m, z->nr_free_cma, 0);
	CHECK(!use_cma_first(&m, z));
	state_set(&m, z->nr_free_cma, 1);
	CHECK(use_cma_first(&m, z));
	arena_destroy(&m);
}

/* CMA balance, requested type, CMA, and only then a steal. */
static void test_cma_order(void)
{
	struct machine m = arm64_cma();
	const struct zone *z = node_zone(&m, 0, DMA);

	allocate_all(&m, z);
	state_set(&m, z->stat_threshold, 0);
	add_free_block(&m, z, 256, 2, M);
	add_free_block(&m, z, 384, 4, U);
	add_free_block(&m, z, 512, 3, C);
	add_free_block(&m, z, 520, 3, C);
	/* 16 of 36 free pages are CMA: own type first */
	CHECK_EQ(take(&m, z, 1, ALLOC_CMA, M), 256);
	CHECK_EQ(z->nr_free_cma, 16);
	CHECK_EQ(take(&m, z, 1, ALLOC_CMA, M), 258);
	/* no page of the requested type: CMA before a steal */
	CHECK_EQ(take(&m, z, 3, ALLOC_CMA, M), 512);
	CHECK_EQ(z->nr_free_cma, 8);
	CHECK_EQ(z->nr_free_pages, 24);
	CHECK_EQ(page_type(m.pages[512]), C); /* the page remembers */
	/* without the flag CMA is not there */
	CHECK_EQ(take(&m, z, 3, 0, M), 384);
	CHECK_EQ(z->nr_free_cma, 8);
	/* 8 of 16 is not more than half; 8 of 15 is */
	state_set(&m, z->nr_free_pages, 15);
	add_free_block(&m, z, 400, 3, M);
	state_set(&m, z->nr_free_pages, 15);
	CHECK_EQ(take(&m, z, 3, ALLOC_CMA, M), 520);
	/* no CMA page either: a steal */
	CHECK_EQ(take(&m, z, 3, ALLOC_CMA, M), 392);
	CHECK_EQ(take(&m, z, 3, ALLOC_CMA, U), 400);
	CHECK_EQ(take(&m, z, 3, ALLOC_CMA, U), PFN_NONE);
	arena_destroy(&m);
}

/* The flag decides, whatever the type of the request. */
static void test_cma_by_flag(void)
{
	struct machine m = arm64_cma();
	const struct zone *z = node_zone(&m, 0, DMA);

	allocate_all(&m, z);
	add_free_block(&m, z, 512, 3, C);
	CHECK_EQ(take(&m, z, 3, ALLOC_CMA, U), 512);
	allocate_all(&m, z);
	add_free_block(&m, z, 520, 3, C);
	CHECK_EQ(take(&m, z, 3, 0, M), PFN_NONE); /* and it is not stolen */
	arena_destroy(&m);
}

static void prep(struct machine *m, unsigned int order, gfp_t gfp,
		 uint32_t flags, uint32_t expected)
{
	const uint32_t marks = PAGE_COMPOUND | PAGE_PFMEMALLOC;

	state_set(m, m->pages[256], PAGE_USED << PAGE_STATE_SHIFT | order);
	m->owner = 41;
	prep_new_page(m, 256, order, gfp, flags);
	CHECK_EQ(m->pages[256] & marks, expected);
	CHECK_EQ(page_owner(m, 256), 41);
}

static void test_prep(void)
{
	struct machine m = small_machine();
	char *frame = page_address(&m, 256);

	allocate_all(&m, normal(&m));
	prep(&m, 2, GFP_KERNEL, 0, 0);
	prep(&m, 2, GFP_KERNEL | __GFP_COMP, 0, PAGE_COMPOUND);
	prep(&m, 0, GFP_KERNEL | __GFP_COMP, 0, 0); /* one page is none */
	prep(&m, 0, GFP_KERNEL, ALLOC_NO_WATERMARKS, PAGE_PFMEMALLOC);
	prep(&m, 0, GFP_KERNEL, ALLOC_HARDER | ALLOC_OOM, 0);
	memset(frame, 7, PAGE_SIZE);
	prep(&m, 0, GFP_KERNEL, 0, 0);
	CHECK_EQ(frame[0] + frame[PAGE_SIZE - 1], 14);
	prep(&m, 0, GFP_KERNEL | __GFP_ZERO, 0, 0);
	CHECK_EQ(frame[0] | frame[PAGE_SIZE - 1], 0);
	arena_destroy(&m);
}

int main(void)
{
	test_by_order();
	test_highatomic();
	test_boosted();
	test_order0_by_buddy();
	test_cma_balance();
	test_cma_order();
	test_cma_by_flag();
	test_prep();
	return test_done();
}
