/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_fallback: whose block is taken, and what becomes of its pageblock.
 *
 * Pageblocks have 16 frames here (order 4), so that "half a pageblock's
 * order" is 2 and half its frames are 8. Orders 0 to 5.
 */
#include "machine.h"
#include "mm/fallback.h"

static struct machine blank(void)
{
	struct machine_description *d = describe_small_machine();
	struct machine m;

	d->pageblock_order = 4;
	m = booted(d);
	allocate_all(&m, normal(&m));
	state_set(&m, m.system->watermark_boost_factor, 0);
	return m;
}

static unsigned int find(struct machine *m, unsigned int order,
			 unsigned int type, bool *can_steal)
{
	return find_suitable_fallback(m, normal(m), order, type,
				      FALLBACK_SEARCH_largest, can_steal);
}

static void test_preferences(void)
{
	struct machine m = blank();
	const struct zone *z = normal(&m);
	bool can_steal;

	add_free_block(&m, z, 256, 2, R);
	add_free_block(&m, z, 272, 2, U);
	add_free_block(&m, z, 288, 2, M);
	add_free_block(&m, z, 304, 3, M);
	add_free_block(&m, z, 320, 3, U);
	add_free_block(&m, z, 336, 1, H);
	add_free_block(&m, z, 340, 1, C);
	CHECK_EQ(find(&m, 2, U, &can_steal), R);
	CHECK_EQ(find(&m, 2, M, &can_steal), R);
	CHECK_EQ(find(&m, 2, R, &can_steal), U);
	CHECK_EQ(find(&m, 3, U, &can_steal), M);
	CHECK_EQ(find(&m, 3, M, &can_steal), U);
	/* no type falls back to highatomic or CMA */
	CHECK_EQ(find(&m, 1, M, &can_steal), MIGRATE_TYPES);
	CHECK_EQ(find(&m, 0, M, &can_steal), MIGRATE_TYPES);
	arena_destroy(&m);
}

static void test_can_steal(void)
{
	struct machine m = blank();

	CHECK(!can_steal_fallback(&m, 0, M));
	CHECK(!can_steal_fallback(&m, 1, M));
	CHECK(can_steal_fallback(&m, 2, M)); /* 4 / 2 */
	CHECK(can_steal_fallback(&m, 0, U));
	CHECK(can_steal_fallback(&m, 0, R));
	state_set(&m, m.system->mobility_grouping, 0);
	CHECK(can_steal_fallback(&m, 0, M));
	arena_destroy(&m);
}

/* Unmovable takes from the largest block there is. */
static void test_largest_first(void)
{
	struct machine m = blank();
	const struct zone *z = normal(&m);

	add_free_block(&m, z, 256, 0, M);
	add_free_block(&m, z, 320, 3, M);
	add_free_block(&m, z, 272, 1, R);
	CHECK(__rmqueue_fallback(&m, z, 0, U, 0));
	CHECK_LIST(&m, free_list(z, 3, U), 320);
	CHECK_LIST(&m, free_list(z, 0, M), 256);
	CHECK_LIST(&m, free_list(z, 1, R), 272);
	CHECK_EQ(z->nr_free[3], 1); /* moved, not taken */
	arena_destroy(&m);
}

/* Movable: small pieces only, so the smallest; else the largest. */
static void test_movable_smallest(void)
{
	struct machine m = blank();
	const struct zone *z = normal(&m);

	add_free_block(&m, z, 256, 1, U);
	add_free_block(&m, z, 272, 0, R);
	add_free_block(&m, z, 288, 0, R);
	CHECK(__rmqueue_fallback(&m, z, 0, M, 0));
	CHECK_LIST(&m, free_list(z, 0, M), 272); /* the head, alone */
	CHECK_LIST(&m, free_list(z, 1, U), 256);
	/* for two pages there is no smaller one */
	CHECK(__rmqueue_fallback(&m, z, 1, M, 0));
	CHECK_LIST(&m, free_list(z, 1, M), 256);
	add_free_block(&m, z, 320, 2, U); /* large enough for its pageblock */
	CHECK(__rmqueue_fallback(&m, z, 0, M, 0));
	CHECK_LIST(&m, free_list(z, 2, M), 320);
	CHECK_LIST(&m, free_list(z, 0, R), 288);
	arena_destroy(&m);
}

/* NOFRAGMENT: whole pageblocks or nothing, whatever order is wanted. */
static void test_nofragment(void)
{
	struct machine m = blank();
	const struct zone *z = normal(&m);

	add_free_block(&m, z, 256, 3, M);
	CHECK(!__rmqueue_fallback(&m, z, 0, U, ALLOC_NOFRAGMENT));
	CHECK_LIST(&m, free_list(z, 3, M), 256);
	add_free_block(&m, z, 512, 4, M);
	CHECK(__rmqueue_fallback(&m, z, 0, U, ALLOC_NOFRAGMENT));
	CHECK_LIST(&m, free_list(z, 4, U), 512);
	CHECK_EQ(get_pageblock_migratetype(&m, z, 512), U);
	/* order 5 requested, order 4 checked too: a useless steal */
	add_free_block(&m, z, 544, 4, M);
	CHECK(!__rmqueue_fallback(&m, z, 5, U, 0));
	CHECK_EQ(__rmqueue(&m, z, 5, U, ALLOC_NOFRAGMENT), PFN_NONE);
	CHECK_LIST(&m, free_list(z, 4, U), 512, 544);
	arena_destroy(&m);
}

static void test_boost(void)
{
	struct machine m = blank();
	const struct zone *z = normal(&m);

	state_set(&m, z->watermark[WMARK_HIGH], 36);
	CHECK(!boost_watermark(&m, z)); /* factor 0 */
	state_set(&m, m.system->watermark_boost_factor, 15000);
	/* max = 36 * 15000 / 10000 = 54; 16 a steal: 16, 32, 48, 54 */
	CHECK(boost_watermark(&m, z));
	CHECK_EQ(z->watermark_boost, 16);
	CHECK(boost_watermark(&m, z));
	CHECK(boost_watermark(&m, z));
	CHECK_EQ(z->watermark_boost, 48);
	CHECK(boost_watermark(&m, z));
	CHECK_EQ(z->watermark_boost, 54);
	CHECK(boost_watermark(&m, z)); /* yes, though nothing is added */
	CHECK_EQ(z->watermark_boost, 54);

	state_set(&m, z->watermark_boost, 0);
	state_set(&m, z->watermark[WMARK_HIGH], 3); /* max 4: raised to 16 */
	CHECK(boost_watermark(&m, z));
	CHECK(boost_watermark(&m, z));
	CHECK_EQ(z->watermark_boost, 16);
	state_set(&m, z->watermark[WMARK_HIGH], 0);
	CHECK(!boost_watermark(&m, z)); /* max 0 */
	/* 10003 * 14999: a quotient's part and a remainder's */
	state_set(&m, z->watermark[WMARK_HIGH], 10003);
	state_set(&m, m.system->watermark_boost_factor, 14999);
	state_set(&m, z->watermark_boost, 15000);
	CHECK(boost_watermark(&m, z));
	CHECK_EQ(z->watermark_boost, 14999 + 4);

	state_set(&m, z->managed, 63); /* less than four pageblocks */
	CHECK(!boost_watermark(&m, z));
	state_set(&m, z->managed, 64);
	CHECK(boost_watermark(&m, z));
	arena_destroy(&m);
}

/* A steal of less than a pageblock boosts, and wakes kswapd if allowed. */
static void test_theft_boosts(void)
{
	struct machine m = blank();
	const struct zone *z = normal(&m);

	state_set(&m, m.system->watermark_boost_factor, 15000);
	state_set(&m, z->watermark[WMARK_HIGH], 36);
	add_free_block(&m, z, 256, 3, M);
	CHECK(__rmqueue_fallback(&m, z, 0, U, 0));
	CHECK_EQ(z->watermark_boost, 16);
	CHECK_EQ(z->boosted, 0);
	add_free_block(&m, z, 288, 0, M);
	CHECK(__rmqueue_fallback(&m, z, 0, U, ALLOC_KSWAPD));
	CHECK_EQ(z->watermark_boost, 32);
	CHECK_EQ(z->boosted, 1);

	state_set(&m, z->boosted, 0);
	add_free_block(&m, z, 512, 5,
		       M); /* whole pageblocks: no mixing, no boost */
	CHECK(__rmqueue_fallback(&m, z, 0, U, ALLOC_KSWAPD));
	CHECK_EQ(get_pageblock_migratetype(&m, z, 512), U);
	CHECK_EQ(get_pageblock_migratetype(&m, z, 528), U);
	set_block_type(&m, z, 304, H);
	add_free_block(&m, z, 304, 3,
		       M); /* nor out of a highatomic pageblock */
	CHECK(__rmqueue_fallback(&m, z, 0, U, ALLOC_KSWAPD));
	CHECK_EQ(get_pageblock_migratetype(&m, z, 304), H);
	CHECK_EQ(z->watermark_boost, 32);
	CHECK_EQ(z->boosted, 0);
	arena_destroy(&m);
}

static void lru(struct machine *m, uint32_t pfn, uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++)
		state_set(m, m->pages[pfn + i],
			  PAGE_USED << PAGE_STATE_SHIFT | PAGE_LRU);
}

/* A steal at 256 of 4 free frames, @nr_lru movable ones in use. */
static unsigned int owner_after(unsigned int owner, unsigned int thief,
				uint32_t nr_lru)
{
	struct machine m = blank();
	const struct zone *z = normal(&m);
	unsigned int type;

	set_block_type(&m, z, 256, owner);
	state_set(&m, m.pages[256], 0);
	add_free_block(&m, z, 260, 1, owner);
	add_free_block(&m, z, 256, 1, owner);
	add_free_block(&m, z, 400, 1, thief);
	lru(&m, 264, nr_lru < 8 ? nr_lru : 8);
	lru(&m, 258, nr_lru < 8 ? 0 : nr_lru - 8);
	steal_suitable_fallback(&m, z, 260, 0, thief, true);
	/* all free blocks of the pageblock came along, ascending */
	CHECK_LIST(&m, free_list(z, 1, thief), 400, 256, 260);
	type = get_pageblock_migratetype(&m, z, 256);
	arena_destroy(&m);
	return type;
}

/* free + alike >= 8, half a pageblock, changes the owner. */
static void test_claim(void)
{
	/* movable thief: what is movable is alike; 4 + 4 */
	CHECK_EQ(owner_after(U, M, 4), M);
	CHECK_EQ(owner_after(U, M, 3), U);
	/* from movable: what is not movable is; 16 - (4 + 8) = 4 */
	CHECK_EQ(owner_after(M, U, 8), U);
	CHECK_EQ(owner_after(M, R, 9), M);
	/* between the others nothing is: 4 < 8 */
	CHECK_EQ(owner_after(R, U, 0), R);
	CHECK_EQ(owner_after(U, R, 0), U);
}

/* Reasons to take the block alone. */
static void test_single(void)
{
	struct machine m = blank();
	const struct zone *z = normal(&m);

	set_block_type(&m, z, 256, H);
	add_free_block(&m, z, 256, 2,
		       U); /* on another list after an earlier steal */
	add_free_block(&m, z, 260, 2, U);
	add_free_block(&m, z, 400, 2, R);
	steal_suitable_fallback(&m, z, 260, 0, R, true);
	CHECK_LIST(&m, free_list(z, 2, R), 400, 260); /* to the tail */
	CHECK_LIST(&m, free_list(z, 2, U), 256);
	CHECK_EQ(get_pageblock_migratetype(&m, z, 256), H);

	set_block_type(&m, z, 512, U);
	add_free_block(&m, z, 512, 1, U);
	add_free_block(&m, z, 514, 1, U);
	steal_suitable_fallback(&m, z, 512, 0, M, false);
	CHECK_LIST(&m, free_list(z, 1, M), 512);
	CHECK_LIST(&m, free_list(z, 1, U), 514);
	CHECK_EQ(get_pageblock_migratetype(&m, z, 512), U);
	arena_destroy(&m);
}

int main(void)
{
	test_preferences();
	test_can_steal();
	test_largest_first();
	test_movable_smallest();
	test_nofragment();
	test_boost();
	test_theft_boosts();
	test_claim();
	test_single();
	return test_done();
}
