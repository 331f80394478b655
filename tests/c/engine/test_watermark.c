/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_watermark: free - unusable > mark + reserve, number by number.
 *
 * The zone: min 101, low 125, high 150; a machine with CMA, so that every
 * term can be set.
 */
#include "machine.h"
#include "mm/watermark.h"

static const struct zone *measured(struct machine *m)
{
	const struct zone *z = node_zone(m, 0, DMA);

	allocate_all(m, z);
	state_set(m, z->watermark[WMARK_MIN], 101);
	state_set(m, z->watermark[WMARK_LOW], 125);
	state_set(m, z->watermark[WMARK_HIGH], 150);
	for (int i = 0; i < MAX_NR_ZONES; i++)
		state_set(m, z->lowmem_reserve[i], 0);
	state_set(m, z->lowmem_reserve[NORMAL], 20);
	return z;
}

/* Does the zone pass with that many free pages? highest_zoneidx is DMA. */
static bool passes(struct machine *m, long free, unsigned int order,
		   uint32_t alloc_flags, gfp_t gfp)
{
	const struct watermark_check q = {
		.zone = node_zone(m, 0, DMA),
		.order = order,
		.highest_zoneidx = DMA,
		.alloc_flags = alloc_flags,
		.position = 1,
	};

	state_set(m, q.zone->nr_free_pages, free);
	return zone_watermark_fast(m, &q, gfp);
}

/* The zone passes with @enough free pages, and with one less it does not. */
#define CHECK_NEEDS(m, enough, order, flags)                                   \
	do {                                                                   \
		CHECK(passes(m, enough, order, flags, GFP_KERNEL));            \
		CHECK(!passes(m, (enough)-1, order, flags, GFP_KERNEL));       \
	} while (0)

static void test_strict(struct machine *m)
{
	/* as many as the mark are not enough */
	CHECK_NEEDS(m, 102, 0, ALLOC_WMARK_MIN);
	CHECK_NEEDS(m, 126, 0, ALLOC_WMARK_LOW);
	CHECK_NEEDS(m, 151, 0, ALLOC_WMARK_HIGH);
	CHECK(!passes(m, -5, 0, ALLOC_WMARK_MIN, GFP_KERNEL));
}

/* The reserve depends on the request's highest_zoneidx, not on the zone. */
static void test_lowmem_reserve(struct machine *m, const struct zone *z)
{
	struct watermark_check q = { .zone = z,
				     .alloc_flags = ALLOC_WMARK_LOW,
				     .highest_zoneidx = NORMAL };

	state_set(m, z->nr_free_pages, 145); /* 125 + 20 */
	CHECK(!zone_watermark_fast(m, &q, GFP_KERNEL));
	q.highest_zoneidx = DMA32;
	CHECK(zone_watermark_fast(m, &q, GFP_KERNEL));
	q.highest_zoneidx = NORMAL;
	state_set(m, z->nr_free_pages, 146);
	CHECK(zone_watermark_fast(m, &q, GFP_KERNEL));
}

/* 101 is odd: each subtraction rounds what is taken down. */
static void test_reserves(struct machine *m)
{
	/* HIGH: 101 - 50 = 51 */
	CHECK_NEEDS(m, 52, 0, ALLOC_HIGH);
	/* HARDER: 101 - 25 = 76 */
	CHECK_NEEDS(m, 77, 0, ALLOC_HARDER);
	/* OOM: 101 - 50 = 51 */
	CHECK_NEEDS(m, 52, 0, ALLOC_OOM);
	/* OOM says more than HARDER: not 51 - 12 */
	CHECK_NEEDS(m, 52, 0, ALLOC_OOM | ALLOC_HARDER);
	/* HIGH, then HARDER: 51 - 12 = 39 */
	CHECK_NEEDS(m, 40, 0, ALLOC_HIGH | ALLOC_HARDER);
	/* HIGH, then OOM: 51 - 25 = 26 */
	CHECK_NEEDS(m, 27, 0, ALLOC_HIGH | ALLOC_OOM);
	/* measured at low: 125 - 62 = 63, 63 - 15 = 48 */
	CHECK_NEEDS(m, 49, 0, ALLOC_WMARK_LOW | ALLOC_HIGH | ALLOC_HARDER);
}

static void test_unusable(struct machine *m, const struct zone *z)
{
	state_set(m, z->nr_reserved_highatomic, 16);
	CHECK_NEEDS(m, 126 + 16, 0, ALLOC_WMARK_LOW);
	CHECK_NEEDS(m, 77, 0, ALLOC_HARDER); /* may have the reserve */
	CHECK_NEEDS(m, 52, 0, ALLOC_OOM);
	CHECK_NEEDS(m, 52 + 16, 0, ALLOC_HIGH); /* may not */
	state_set(m, z->nr_free_cma, 30);
	CHECK_NEEDS(m, 126 + 16 + 30, 0, ALLOC_WMARK_LOW);
	CHECK_NEEDS(m, 126 + 16, 0, ALLOC_WMARK_LOW | ALLOC_CMA);
	CHECK_NEEDS(m, 77 + 30, 0, ALLOC_HARDER);
	state_set(m, z->nr_free_cma, -4); /* lags: counts as none */
	CHECK_NEEDS(m, 126 + 16, 0, ALLOC_WMARK_LOW);

	/* the counters drift apart: more CMA than free is no overflow */
	state_set(m, z->nr_free_cma, 200);
	CHECK(!passes(m, 100, 0, ALLOC_WMARK_LOW, GFP_KERNEL));
	CHECK(!passes(m, 300, 0, ALLOC_WMARK_LOW, GFP_KERNEL));
	state_set(m, z->nr_free_cma, 0);
	state_set(m, z->nr_reserved_highatomic, 0);
	CHECK_EQ(__zone_watermark_unusable_free(z, 4, 0), 15);
}

/* A boost raises every mark. */
static void test_boost(struct machine *m, const struct zone *z)
{
	state_set(m, z->watermark_boost, 40);
	CHECK_NEEDS(m, 166, 0, ALLOC_WMARK_LOW);
	CHECK_NEEDS(m, 191, 0, ALLOC_WMARK_HIGH);
	CHECK_NEEDS(m, 142, 0, ALLOC_WMARK_MIN);
	/* HIGH halves mark and boost: 141 - 70 = 71 */
	CHECK_NEEDS(m, 72, 0, ALLOC_HIGH);

	/* only ATOMIC at min is checked again, without the reserve */
	CHECK(passes(m, 102, 0, ALLOC_WMARK_MIN, GFP_ATOMIC));
	CHECK(!passes(m, 101, 0, ALLOC_WMARK_MIN, GFP_ATOMIC));
	CHECK(!passes(m, 141, 0, ALLOC_WMARK_MIN, GFP_KERNEL));
	CHECK(!passes(m, 141, 0, ALLOC_WMARK_MIN, __GFP_HIGH));
	CHECK(!passes(m, 165, 0, ALLOC_WMARK_LOW, GFP_ATOMIC));
	/* with its reserves: 101 - 50 = 51, 51 - 12 = 39 */
	CHECK(passes(m, 40, 0, ALLOC_HIGH | ALLOC_HARDER, GFP_ATOMIC));
	CHECK(!passes(m, 39, 0, ALLOC_HIGH | ALLOC_HARDER, GFP_ATOMIC));
	/* and for single pages only */
	add_free_block(m, z, 256, 1, MIGRATE_MOVABLE);
	CHECK(!passes(m, 142, 1, ALLOC_WMARK_MIN, GFP_ATOMIC));
	CHECK(passes(m, 143, 1, ALLOC_WMARK_MIN, GFP_ATOMIC));
	allocate_all(m, z);
	state_set(m, z->watermark_boost, 0);
}

/* After a reclaim: the boost stays, ATOMIC or not. */
static void test_after_reclaim(struct machine *m, const struct zone *z)
{
	const struct watermark_check q = { .zone = z,
					   .highest_zoneidx = DMA,
					   .alloc_flags = ALLOC_WMARK_MIN };

	state_set(m, z->watermark_boost, 40);
	state_set(m, z->nr_free_pages, 141);
	CHECK(!zone_watermark_ok(m, &q));
	state_set(m, z->nr_free_pages, 142);
	CHECK(zone_watermark_ok(m, &q));
	state_set(m, z->watermark_boost, 0);
}

/* Pages enough, but is there a block? 2^3 - 1 = 7 pages do not count. */
static void test_order(struct machine *m, const struct zone *z)
{
	CHECK(!passes(m, 900, 3, ALLOC_WMARK_LOW, GFP_KERNEL));
	add_free_block(m, z, 256, 2, MIGRATE_MOVABLE);
	CHECK(!passes(m, 900, 3, ALLOC_WMARK_LOW, GFP_KERNEL));
	CHECK(passes(m, 900, 2, ALLOC_WMARK_LOW, GFP_KERNEL));
	add_free_block(m, z, 288, 4,
		       MIGRATE_RECLAIMABLE); /* larger will do, any type */
	CHECK_NEEDS(m, 126 + 7, 3, ALLOC_WMARK_LOW);
	CHECK_NEEDS(m, 126 + 15, 4, ALLOC_WMARK_LOW);
	CHECK(!passes(m, 900, 5, ALLOC_WMARK_LOW, GFP_KERNEL));
	allocate_all(m, z);
}

/* Whose blocks may be counted on? */
static void test_block_types(struct machine *m, const struct zone *z)
{
	add_free_block(m, z, 256, 3, MIGRATE_HIGHATOMIC);
	CHECK(!passes(m, 900, 3, ALLOC_WMARK_LOW, GFP_KERNEL));
	CHECK(!passes(m, 900, 3, ALLOC_HIGH, GFP_KERNEL));
	CHECK(passes(m, 900, 3, ALLOC_HARDER, GFP_KERNEL));
	CHECK(passes(m, 900, 3, ALLOC_OOM, GFP_KERNEL));
	allocate_all(m, z);

	add_free_block(m, z, 512, 3, MIGRATE_CMA);
	CHECK(!passes(m, 900, 3, ALLOC_WMARK_LOW, GFP_KERNEL));
	CHECK(!passes(m, 900, 3, ALLOC_HARDER, GFP_KERNEL));
	CHECK(passes(m, 900, 3, ALLOC_WMARK_LOW | ALLOC_CMA, GFP_KERNEL));
	allocate_all(m, z);

	add_free_block(m, z, 256, 3, MIGRATE_ISOLATE);
	CHECK(!passes(m, 900, 3, ALLOC_HARDER | ALLOC_CMA, GFP_KERNEL));
	allocate_all(m, z);

	/* lists of an order whose nr_free is 0 are not looked at */
	add_free_block(m, z, 256, 3, MIGRATE_MOVABLE);
	state_set(m, z->nr_free[3], 0);
	CHECK(!passes(m, 900, 3, ALLOC_WMARK_LOW, GFP_KERNEL));
	state_set(m, z->nr_free[3], 1);
	CHECK(passes(m, 900, 3, ALLOC_WMARK_LOW, GFP_KERNEL));
	allocate_all(m, z);
}

/* The global counter is read: what cpus keep to themselves is not seen. */
static void test_drift(struct machine *m, const struct zone *z)
{
	state_set(m, zone_pcp(m, z, 1)->stat_diff, -4);
	CHECK(passes(m, 126, 0, ALLOC_WMARK_LOW, GFP_KERNEL));
	state_set(m, zone_pcp(m, z, 1)->stat_diff, 4);
	CHECK(!passes(m, 125, 0, ALLOC_WMARK_LOW, GFP_KERNEL));
}

int main(void)
{
	struct machine m = arm64_cma();
	const struct zone *z = measured(&m);

	test_strict(&m);
	test_lowmem_reserve(&m, z);
	test_reserves(&m);
	test_unusable(&m, z);
	test_boost(&m, z);
	test_after_reclaim(&m, z);
	test_order(&m, z);
	test_block_types(&m, z);
	test_drift(&m, z);
	arena_destroy(&m);
	return test_done();
}
