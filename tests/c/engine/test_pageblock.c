/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pageblock: ownership, moving, highatomic reserves. */
#include "machine.h"
#include "mm/pageblock.h"

static unsigned int type_of(const struct machine *m, const struct zone *z,
			    uint32_t pfn)
{
	return get_pageblock_migratetype(m, z, pfn);
}

static void test_type(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	CHECK_EQ(type_of(&m, z, 256), M); /* as boot left it */
	set_pageblock_migratetype(&m, z, 261, R);
	CHECK_EQ(type_of(&m, z, 256), R); /* all 8 frames share it */
	CHECK_EQ(type_of(&m, z, 263), R);
	CHECK_EQ(type_of(&m, z, 264), M);

	/* without mobility grouping there is one type, and the reserves */
	state_set(&m, m.system->mobility_grouping, 0);
	set_pageblock_migratetype(&m, z, 256, M);
	CHECK_EQ(type_of(&m, z, 256), U);
	set_pageblock_migratetype(&m, z, 256, H);
	CHECK_EQ(type_of(&m, z, 256), H);
	arena_destroy(&m);
}

/* Flat memory: a pageblock that two zones share has two types. */
static void test_type_per_zone(void)
{
	struct machine_description *d = describe_small_machine();
	const struct zone *below, *above;
	struct machine m;

	d->pageblocks_per_zone = 1;
	d->zone_limit[ZONE_DMA32] = 252; /* inside 248..255 */
	m = booted(d);
	below = node_zone(&m, 0, DMA32);
	above = normal(&m);
	set_pageblock_migratetype(&m, below, 251, R);
	set_pageblock_migratetype(&m, above, 252, H);
	CHECK_EQ(type_of(&m, below, 248), R);
	CHECK_EQ(type_of(&m, above, 255), H);
	arena_destroy(&m);
}

/* Free blocks of 256..263 go to the tails in ascending order. */
static void test_move(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);
	uint32_t movable = 99;

	allocate_all(&m, z);
	add_free_block(&m, z, 512, 0, R);
	add_free_block(&m, z, 263, 0, M);
	add_free_block(&m, z, 258, 1, M);
	add_free_block(&m, z, 256, 0, U);
	add_free_block(&m, z, 264, 0, M); /* the next pageblock */
	state_set(&m, m.pages[257], PAGE_USED << PAGE_STATE_SHIFT | PAGE_LRU);
	state_set(&m, m.pages[260], PAGE_USED << PAGE_STATE_SHIFT | PAGE_LRU);
	state_set(&m, m.pages[261], PAGE_USED << PAGE_STATE_SHIFT);
	CHECK_EQ(move_freepages_block(&m, z, 259, R, &movable), 4);
	CHECK_EQ(movable, 2);
	CHECK_LIST(&m, free_list(z, 0, R), 512, 256, 263);
	CHECK_LIST(&m, free_list(z, 1, R), 258);
	CHECK_LIST(&m, free_list(z, 0, M), 264);
	CHECK_EMPTY(&m, free_list(z, 0, U));
	CHECK_EQ(page_type(m.pages[263]), R);
	/* counters and nr_free are left alone, and so is the ownership */
	CHECK_EQ(z->nr_free[0], 4);
	CHECK_EQ(z->nr_free_pages, 6);
	CHECK_EQ(type_of(&m, z, 256), M);
	/* what stands on the right list already goes to its tail again */
	CHECK_EQ(move_freepages_block(&m, z, 512, R, NULL), 1);
	CHECK_LIST(&m, free_list(z, 0, R), 256, 263, 512);
	arena_destroy(&m);
}

/* How many pages of 256..263 look movable, with a block of @order at 256. */
static uint32_t nr_movable(const char *arch, uint32_t order, uint32_t flags)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);
	uint32_t movable = 99;

	strcpy((char *)(uintptr_t)m.system->arch, arch);
	allocate_all(&m, z);
	state_set(&m, m.pages[256],
		  page_word(&m, z, PAGE_USED, order, M) | flags);
	move_freepages_block(&m, z, 259, R, &movable);
	arena_destroy(&m);
	return movable;
}

/* A compound block is on an LRU list as a whole; order 1 has its quirk. */
static void test_movable_pages_of_compound_blocks(void)
{
	CHECK_EQ(nr_movable("x86_64", 2, 0), 0);
	CHECK_EQ(nr_movable("x86_64", 2, PAGE_LRU), 1);
	CHECK_EQ(nr_movable("x86_64", 2, PAGE_COMPOUND), 0);
	CHECK_EQ(nr_movable("x86_64", 2, PAGE_COMPOUND | PAGE_LRU), 4);
	CHECK_EQ(nr_movable("x86_64", 4, PAGE_COMPOUND | PAGE_LRU), 8);
	CHECK_EQ(nr_movable("x86_64", 1, 0), 0);
	CHECK_EQ(nr_movable("x86_64", 1, PAGE_LRU), 1);
	CHECK_EQ(nr_movable("x86_64", 1, PAGE_COMPOUND), 1);
	CHECK_EQ(nr_movable("aarch64", 1, PAGE_COMPOUND), 1);
	CHECK_EQ(nr_movable("i686", 1, PAGE_COMPOUND), 0);
	CHECK_EQ(nr_movable("i686", 1, PAGE_COMPOUND | PAGE_LRU), 2);
}

/* The pageblock lies in the middle of a larger compound block. */
static void test_movable_pages_of_larger_block(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);
	uint32_t movable = 99;

	allocate_all(&m, z);
	state_set(&m, m.pages[256],
		  page_word(&m, z, PAGE_USED, 4, M) | PAGE_COMPOUND | PAGE_LRU);
	move_freepages_block(&m, z, 264, R, &movable);
	CHECK_EQ(movable, 8);
	arena_destroy(&m);
}

/* 248..255 belong to two zones: 248..251 to DMA32, 252..255 to Normal. */
static void test_move_at_the_zones_edge(void)
{
	struct machine_description *d = describe_small_machine();
	const struct zone *below, *above;
	struct machine m;

	d->zone_limit[ZONE_DMA32] = 252;
	m = booted(d);
	below = node_zone(&m, 0, DMA32);
	above = normal(&m);
	allocate_all(&m, below);
	allocate_all(&m, above);
	add_free_block(&m, below, 248, 0, M);
	/* the pageblock ends beyond the zone: nothing moves */
	CHECK_EQ(move_freepages_block(&m, below, 248, R, NULL), 0);
	CHECK_LIST(&m, free_list(below, 0, M), 248);
	/* it begins before the zone: the move begins at the page itself */
	add_free_block(&m, above, 252, 0, M);
	add_free_block(&m, above, 254, 1, M);
	CHECK_EQ(move_freepages_block(&m, above, 254, R, NULL), 2);
	CHECK_LIST(&m, free_list(above, 1, R), 254);
	CHECK_LIST(&m, free_list(above, 0, M), 252);
	arena_destroy(&m);
}

/* limit = 768 / 100 + 8 = 15: at 0 and 8 there is room, at 16 none. */
static void test_highatomic(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	allocate_all(&m, z);
	add_free_block(&m, z, 257, 0, M);
	add_free_block(&m, z, 265, 0, M);
	add_free_block(&m, z, 273, 0, M);
	CHECK_EQ(z->managed, 768);
	reserve_highatomic_pageblock(&m, 258, z);
	CHECK_EQ(z->nr_reserved_highatomic, 8);
	CHECK_EQ(type_of(&m, z, 258), H);
	CHECK_LIST(&m, free_list(z, 0, H), 257);

	reserve_highatomic_pageblock(&m, 259, z); /* it is one already */
	CHECK_EQ(z->nr_reserved_highatomic, 8);
	set_block_type(&m, z, 264, MIGRATE_CMA);
	reserve_highatomic_pageblock(&m, 264, z);
	set_block_type(&m, z, 264, I);
	reserve_highatomic_pageblock(&m, 264, z);
	CHECK_EQ(z->nr_reserved_highatomic, 8);
	CHECK_EQ(type_of(&m, z, 264), I);

	set_block_type(&m, z, 264, U);
	reserve_highatomic_pageblock(&m, 264, z);
	CHECK_EQ(z->nr_reserved_highatomic, 16);
	CHECK_LIST(&m, free_list(z, 0, H), 257, 265);
	reserve_highatomic_pageblock(&m, 272, z);
	CHECK_EQ(z->nr_reserved_highatomic, 16);
	CHECK_EQ(type_of(&m, z, 272), M);
	CHECK_LIST(&m, free_list(z, 0, M), 273);
	arena_destroy(&m);
}

int main(void)
{
	test_type();
	test_type_per_zone();
	test_move();
	test_movable_pages_of_compound_blocks();
	test_movable_pages_of_larger_block();
	test_move_at_the_zones_edge();
	test_highatomic();
	return test_done();
}
