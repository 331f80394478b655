/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_free_account: each part with known numbers, and that the parts of any
 * zone of a random machine sum to its free pages.
 */
#include "machine.h"
#include "mm/free_account.h"

/* The account of @z for a request that may use it. */
static struct free_account account_of(const struct machine *m,
				      const struct zone *z, unsigned int order,
				      uint32_t alloc_flags, long watermark)
{
	struct free_account a;

	zone_free_account(m, z, order, alloc_flags, NORMAL, watermark, &a);
	return a;
}

static uint32_t sum(const struct free_account *a)
{
#define ADD(name, text) +a->name
	return 0 FREE_ACCOUNT(ADD) - a->isolated;
#undef ADD
}

static uint32_t behind(const struct free_account *a)
{
	return a->behind_watermark + a->behind_lowmem_reserve +
	       a->behind_highatomic;
}

/* No free page, no reserve; then blocks of 32, 8, 4, 2 and 1 pages. */
static const struct zone *set_up(struct machine *m)
{
	const struct zone *z = normal(m);

	allocate_all(m, z);
	for (int i = 0; i < MAX_NR_ZONES; i++)
		state_set(m, z->lowmem_reserve[i], 0);
	add_free_block(m, z, 256, 5, U);
	add_free_block(m, z, 320, 3, M);
	add_free_block(m, z, 328, 2, R);
	add_free_block(m, z, 336, 1, C);
	add_free_block(m, z, 344, 0, H);
	add_free_block(m, z, 352, 4, I);
	state_set(m, z->nr_free_pages, 47);
	state_set(m, z->nr_free_cma, 2);
	state_set(m, z->nr_reserved_highatomic, 1);
	return z;
}

static void test_types(struct machine *m, const struct zone *z)
{
	struct free_account a = account_of(m, z, 0, ALLOC_WMARK_LOW, 0);

	CHECK_EQ(a.free, 47);
	CHECK_EQ(a.isolated, 16);
	CHECK_EQ(a.cma, 2);
	CHECK_EQ(a.highatomic, 1);
	CHECK_EQ(a.usable, 44);
	CHECK_EQ(a.too_small, 0);
	a = account_of(m, z, 3, ALLOC_WMARK_LOW | ALLOC_CMA, 0);
	CHECK_EQ(a.free, 47);
	CHECK_EQ(a.cma, 0);
	CHECK_EQ(a.highatomic, 1);
	CHECK_EQ(a.too_small, 6); /* 4 reclaimable, 2 CMA */
	CHECK_EQ(a.usable, 40);
	a = account_of(m, z, 3, ALLOC_WMARK_MIN | ALLOC_HARDER, 0);
	CHECK_EQ(a.highatomic, 0);
	CHECK_EQ(a.too_small, 5); /* 4 reclaimable, 1 highatomic */
}

/* The watermark check counts these pages, but rmqueue() does not take them. */
static void test_urgent(struct machine *m, const struct zone *z)
{
	CHECK_EQ(account_of(m, z, 0, ALLOC_HARDER, 0).highatomic, 1);
	CHECK_EQ(account_of(m, z, 0, ALLOC_OOM, 0).highatomic, 1);
	CHECK_EQ(account_of(m, z, 1, ALLOC_OOM, 0).highatomic, 1);
}

static void test_behind(struct machine *m, const struct zone *z)
{
	struct free_account a = account_of(m, z, 0, ALLOC_WMARK_LOW, 10);

	CHECK_EQ(a.usable, 34);
	CHECK_EQ(a.behind_watermark, 10);
	state_set(m, z->lowmem_reserve[NORMAL], 20);
	a = account_of(m, z, 0, ALLOC_WMARK_LOW, 10);
	CHECK_EQ(a.usable, 14);
	CHECK_EQ(a.behind_lowmem_reserve, 20);
	CHECK_EQ(a.behind_watermark, 10);
	/* more required than there is: the reserve first */
	a = account_of(m, z, 0, ALLOC_WMARK_LOW, 100);
	CHECK_EQ(a.usable, 0);
	CHECK_EQ(a.behind_lowmem_reserve, 20);
	CHECK_EQ(a.behind_watermark, 24);
	a = account_of(m, z, 0, ALLOC_NO_WATERMARKS, 100);
	CHECK_EQ(a.usable, 44);
	CHECK_EQ(behind(&a), 0);
	/* pages of smaller blocks are too small first */
	a = account_of(m, z, 3, ALLOC_WMARK_LOW, 10);
	CHECK_EQ(a.too_small, 4);
	CHECK_EQ(a.usable, 14);
	CHECK_EQ(a.behind_lowmem_reserve, 20);
	CHECK_EQ(a.behind_watermark, 6);
}

/* A reserve of 9 with 1 page free: 8 others stay free in its place. */
static void test_behind_highatomic(struct machine *m, const struct zone *z)
{
	struct free_account a;

	state_set(m, z->lowmem_reserve[NORMAL], 0);
	state_set(m, z->nr_reserved_highatomic, 9);
	a = account_of(m, z, 0, ALLOC_WMARK_LOW, 10);
	CHECK_EQ(a.usable, 26);
	CHECK_EQ(a.behind_highatomic, 8);
	CHECK_EQ(a.behind_watermark, 10);
	a = account_of(m, z, 0, ALLOC_WMARK_MIN | ALLOC_OOM, 10);
	CHECK_EQ(a.behind_highatomic, 0);
	CHECK_EQ(a.usable, 35); /* 47 - 2 CMA - 10 */
	CHECK_EQ(a.behind_watermark, 9);
}

/* The counter lags: the parts are those of the lists. */
static void test_lag(struct machine *m, const struct zone *z)
{
	struct free_account a;

	state_set(m, z->nr_reserved_highatomic, 1);
	state_set(m, z->nr_free_pages, 40);
	a = account_of(m, z, 0, ALLOC_WMARK_LOW, 10);
	CHECK_EQ(a.free, 47);
	CHECK_EQ(a.usable, 27);
	CHECK_EQ(a.behind_watermark, 17);
	state_set(m, z->nr_free_pages, -3);
	a = account_of(m, z, 0, ALLOC_WMARK_LOW, 10);
	CHECK_EQ(a.usable, 0);
	CHECK_EQ(sum(&a), 47);
}

static void test_above(struct machine *m, const struct zone *z)
{
	struct free_account a;

	zone_free_account(m, z, 0, ALLOC_WMARK_LOW, DMA32, 10, &a);
	CHECK_EQ(a.above_highest_zoneidx, 47);
	CHECK_EQ(a.free, 47);
	CHECK_EQ(a.isolated, 16);
	CHECK_EQ(sum(&a), 47);
	CHECK_EQ(a.usable + a.cma + a.highatomic + a.too_small, 0);
}

/* -- random machines -------------------------------------------------------- */

static uint64_t seed = 1;

static uint32_t random_below(uint32_t n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(seed >> 33) % n;
}

/* Blocks that no request is told of fill the zone at random. */
static uint32_t fill_at_random(struct machine *m, const struct zone *z)
{
	uint32_t total = 0;

	allocate_all(m, z);
	for (uint32_t pfn = z->start_pfn; pfn + 32 <= zone_end_pfn(z);) {
		unsigned int order = random_below(6);
		unsigned int type = random_below(MIGRATE_TYPES);

		pfn = (pfn + (1u << order) - 1) & ~((1u << order) - 1);
		if (pfn + (1u << order) > zone_end_pfn(z))
			break;
		if (random_below(2)) {
			add_free_block(m, z, pfn, order, type);
			total += type == I ? 0 : 1u << order;
		}
		pfn += 1u << order;
	}
	for (int i = 0; i < MAX_NR_ZONES; i++)
		state_set(m, z->lowmem_reserve[i],
			  random_below(2) * random_below(300));
	state_set(m, z->nr_free_pages,
		  (int32_t)(total + random_below(40)) - 20);
	state_set(m, z->nr_free_cma, (int32_t)random_below(total + 1) - 20);
	state_set(m, z->nr_reserved_highatomic, 8 * random_below(20));
	return total;
}

/* Every part counts pages of that zone, and each free page once. */
static void check_account(const struct machine *m, const struct zone *z,
			  uint32_t total)
{
	struct free_account a;
	long watermark = random_below(2) * (long)random_below(400);

	zone_free_account(m, z, random_below(6), random_below(0x200),
			  random_below(3), watermark, &a);
	CHECK_EQ(a.free, total);
	CHECK_EQ(sum(&a), total);
#define CHECK_PART(name, text) CHECK(a.name <= z->managed);
	FREE_ACCOUNT(CHECK_PART)
#undef CHECK_PART
}

static void test_random(struct machine *m)
{
	for (int i = 0; i < 300; i++) {
		const struct zone *z = node_zone(m, 0, random_below(3));
		uint32_t total = fill_at_random(m, z);

		for (int j = 0; j < 30; j++)
			check_account(m, z, total);
	}
}

int main(void)
{
	struct machine m = small_machine();
	const struct zone *z = set_up(&m);

	test_types(&m, z);
	test_urgent(&m, z);
	test_above(&m, z);
	test_behind(&m, z);
	test_behind_highatomic(&m, z);
	test_lag(&m, z);
	test_random(&m);
	arena_destroy(&m);
	return test_done();
}
