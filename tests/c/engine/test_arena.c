/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_arena: the state region and the frames: small, sparse, relocatable,
 * and really there.
 */
#include <errno.h>
#include <sys/mman.h>

#include "mm/allocator.h"
#include "machine.h"
#include "state/contents.h"

static uint32_t must_alloc(struct machine *m, gfp_t gfp, uint32_t order)
{
	const struct alloc_request r = { .gfp = gfp, .order = order };
	uint32_t pfn = PFN_NONE;

	CHECK_EQ(machine_alloc(m, &r, &pfn), MACHINE_ERROR_none);
	CHECK(pfn != PFN_NONE);
	return pfn;
}

static void must_free(struct machine *m, uint32_t pfn, uint32_t order)
{
	CHECK_EQ(machine_free(m, 0, pfn, order), MACHINE_ERROR_none);
}

/* At most 16 bytes of state a frame. */
static void test_size(void)
{
	struct machine m = plain(1024);

	CHECK_EQ(m.system->max_pfn, 262144);
	CHECK(m.region_size <= 16ull * 262144);
	CHECK(m.region_size >= 12ull * 262144);
	arena_destroy(&m);
}

/* How many of the OS pages at @from are really there. */
static size_t resident(void *from, size_t size)
{
	size_t nr = (size + PAGE_SIZE - 1) / PAGE_SIZE, there = 0;
	unsigned char *vec = malloc(nr);

	CHECK(vec != NULL);
	if (vec && !mincore(from, size, vec))
		for (size_t i = 0; i < nr; i++)
			there += vec[i] & 1;
	else
		there = SIZE_MAX;
	free(vec);
	return there;
}

/*
 * A large machine costs what it uses: of its state two pages for each block
 * of the largest order, which is all that boot has written to; of its
 * frames, 128 GiB of them, what was written (here one, of its block's 4 MiB).
 */
static void test_large(void)
{
	struct machine m = plain(128 * 1024);
	const size_t nr_blocks = (128 * 1024l) / 4;
	uint32_t pfn = must_alloc(&m, GFP_KERNEL, 10);
	char *frame = page_address(&m, pfn);

	*frame = 1;
	CHECK_EQ(resident(frame, 1024 * PAGE_SIZE), 1);
	CHECK_EQ(resident(frame - 4096 * PAGE_SIZE, 4096 * PAGE_SIZE), 0);
	must_free(&m, pfn, 10);
	CHECK(resident(m.region, m.region_size) <= nr_blocks * 2 + 128);
	arena_destroy(&m);
}

static void test_page_address(void)
{
	struct machine m = two_nodes();
	char *first = page_address(&m, 1);

	/* one mapping a node, frames in order, each 4 KiB of its own */
	for (uint32_t pfn = 1; pfn < 1024; pfn++) {
		char *frame = page_address(&m, pfn);

		CHECK_EQ(frame - first, (pfn - 1) * PAGE_SIZE);
		memcpy(frame, &pfn, sizeof(pfn));
		memcpy(frame + PAGE_SIZE - sizeof(pfn), &pfn, sizeof(pfn));
	}
	for (uint32_t pfn = 1; pfn < 1024; pfn++) {
		const char *frame = page_address(&m, pfn);

		CHECK(!memcmp(frame, &pfn, sizeof(pfn)));
		CHECK(!memcmp(frame + PAGE_SIZE - sizeof(pfn), &pfn,
			      sizeof(pfn)));
	}
	CHECK_EQ((char *)page_address(&m, 2047) -
			 (char *)page_address(&m, 1024),
		 1023 * PAGE_SIZE);
	CHECK(page_address(&m, 0) == NULL); /* in no zone */
	CHECK(page_address(&m, 2048) == NULL);
	CHECK(page_address(&m, PFN_NONE) == NULL);
	arena_destroy(&m);
}

/* Are all bytes of the block @byte? */
static bool block_is(struct machine *m, uint32_t pfn, uint32_t order,
		     unsigned char byte)
{
	const unsigned char *at = page_address(m, pfn);

	for (size_t i = 0; i < PAGE_SIZE << order; i++)
		if (at[i] != byte)
			return false;
	return true;
}

/* GFP_ZERO zeroes the block, all of it and nothing but it. */
static void test_zero(uint32_t order)
{
	struct machine m = small_machine();
	uint32_t below = must_alloc(&m, GFP_KERNEL, 5), pfn;

	pfn = must_alloc(&m, GFP_KERNEL, 5);
	must_free(&m, pfn, 5);
	memset(page_address(&m, below), 0x11, PAGE_SIZE << 5);
	memset(page_address(&m, pfn), 0x22, PAGE_SIZE << 5);
	CHECK_EQ(must_alloc(&m, GFP_KERNEL | __GFP_ZERO, order), pfn);
	CHECK(block_is(&m, pfn, order, 0));
	CHECK(block_is(&m, below, 5, 0x11));
	if (order < 5)
		CHECK(block_is(&m, pfn + (1u << order), order, 0x22));
	arena_destroy(&m);
}

/* Poison is laid when a block is freed, and looked at when it is given. */
static void test_poison(void)
{
	struct machine m = small_machine();
	uint32_t pfn, bad = 0, offset = 0;

	machine_set_poison(&m, true);
	pfn = must_alloc(&m, GFP_KERNEL, 2);
	memset(page_address(&m, pfn), 0, PAGE_SIZE << 2);
	must_free(&m, pfn, 2);
	CHECK(block_is(&m, pfn, 2, 0xaa));
	CHECK(page_contents_check_poison(&m, pfn, 2, &bad, &offset));

	page_contents_poison(&m, pfn, 2);
	((char *)page_address(&m, pfn + 2))[100] = 1;
	((char *)page_address(&m, pfn + 3))[0] = 1;
	CHECK(!page_contents_check_poison(&m, pfn, 2, &bad, &offset));
	CHECK_EQ(bad, pfn + 2); /* the first byte that differs */
	CHECK_EQ(offset, 100);
	/* once looked at, it is poison no more */
	CHECK(page_contents_check_poison(&m, pfn, 2, &bad, &offset));

	page_contents_poison(&m, pfn, 0);
	((char *)page_address(&m, pfn))[PAGE_SIZE - 1] = 1;
	CHECK(!page_contents_check_poison(&m, pfn, 0, &bad, &offset));
	CHECK_EQ(bad, pfn);
	CHECK_EQ(offset, PAGE_SIZE - 1);
	arena_destroy(&m);
}

/* A clone is equal, and then a machine of its own. */
static void test_clone(void)
{
	struct machine m = small_machine(), clone;
	struct history *h = history_new();
	uint32_t pfn;

	machine_set_history(&m, h);
	pfn = must_alloc(&m, GFP_KERNEL, 3);
	CHECK(arena_clone(&clone, &m));
	CHECK(arena_equal(&m, &clone));
	CHECK(clone.history == NULL);
	must_free(&clone, pfn, 3);
	CHECK(!arena_equal(&m, &clone));
	must_free(&m, pfn, 3);
	CHECK(arena_equal(&m, &clone));
	CHECK(page_address(&clone, 300) != page_address(&m, 300));
	history_free(h);
	arena_destroy(&clone);
	arena_destroy(&m);
}

/*
 * Nothing in the region points anywhere: its bytes go on living in another
 * region, and the old one may be unmapped.
 */
static void test_relocation(void)
{
	struct machine m = two_nodes(), moved;
	uint32_t a[40], b[40];

	for (int i = 0; i < 20; i++)
		a[i] = b[i] = must_alloc(&m, GFP_KERNEL, (uint32_t)i % 3);
	CHECK(arena_clone(&moved, &m));
	memset(moved.region, 0x5a, 4096); /* not these bytes */
	memcpy(moved.region, m.region, m.region_size);
	CHECK(moved.region != m.region);
	for (int i = 20; i < 40; i++)
		a[i] = must_alloc(&m, GFP_KERNEL, (uint32_t)i % 3);
	for (int i = 0; i < 40; i += 2)
		must_free(&m, a[i], (uint32_t)i % 3);
	mprotect(m.region, m.region_size, PROT_NONE);
	for (int i = 20; i < 40; i++)
		b[i] = must_alloc(&moved, GFP_KERNEL, (uint32_t)i % 3);
	for (int i = 0; i < 40; i += 2)
		must_free(&moved, b[i], (uint32_t)i % 3);
	CHECK_MACHINE(&moved);
	mprotect(m.region, m.region_size, PROT_READ);
	CHECK(!memcmp(a, b, sizeof(a)));
	CHECK(arena_equal(&m, &moved));
	arena_destroy(&moved);
	arena_destroy(&m);
}

static void check_bad_shape(struct arena_shape shape)
{
	struct machine m = { .region = NULL };

	errno = 0;
	CHECK(!arena_create(&m, &shape));
	CHECK_EQ(errno, EINVAL);
	CHECK(m.region == NULL);
}

static void test_bad_shapes(void)
{
	const struct arena_shape good = { .nr_nodes = 1,
					  .nr_cpus = 1,
					  .nr_zone_types = 1,
					  .nr_zonerefs = 2,
					  .max_pfn = 64,
					  .max_order = 6,
					  .pageblock_order = 3 };
	struct arena_shape bad;
	struct machine m;

	CHECK(arena_create(&m, &good));
	CHECK_EMPTY(&m, free_list(&m.zones[0], 5, MIGRATE_ISOLATE));
	arena_destroy(&m);
	arena_destroy(&m); /* a second time does no harm */
#define BAD(field, value)                                                      \
	(bad = good, bad.field = (value), check_bad_shape(bad))
	BAD(nr_nodes, 0);
	BAD(nr_nodes, MAX_NUMNODES + 1);
	BAD(nr_cpus, 0);
	BAD(nr_cpus, NR_CPUS + 1);
	BAD(nr_zone_types, 0);
	BAD(nr_zone_types, MAX_NR_ZONES + 1);
	BAD(max_pfn, 0);
	BAD(max_pfn, MAX_PFN_LIMIT + 1);
	BAD(max_order, 0);
	BAD(max_order, MAX_ORDER_LIMIT + 1);
	BAD(pageblock_order, 6);
#undef BAD
}

int main(void)
{
	test_size();
	test_large();
	test_page_address();
	for (uint32_t order = 0; order <= 5; order++)
		test_zero(order);
	test_poison();
	test_clone();
	test_relocation();
	test_bad_shapes();
	return test_done();
}
