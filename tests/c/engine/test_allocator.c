/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_allocator: each invalid request returns the right error and changes no
 * byte of the machine, in the untraced and in the traced build.
 */
#include "mm/allocator.h"
#include "machine.h"

/* A machine, and how it was before the request. */
struct fixture {
	struct machine m, before;
	struct history *h; /* NULL: untraced */
	uint32_t pair; /* an allocated block of order 1 */
	uint32_t single;
	uint32_t freed; /* on a per-cpu list */
};

static uint32_t must_alloc(struct machine *m, uint32_t order)
{
	const struct alloc_request r = { .gfp = GFP_KERNEL, .order = order };
	uint32_t pfn = PFN_NONE;

	CHECK_EQ(machine_alloc(m, &r, &pfn), MACHINE_ERROR_none);
	CHECK(pfn != PFN_NONE);
	return pfn;
}

/* Node 2 is absent, node 1 has its first 8 frames reserved; two cpus. */
static struct fixture fixture_new(bool traced)
{
	struct machine_description *d = describe_two_nodes();
	struct fixture f = { .h = NULL };

	d->nr_nodes = 4;
	d->node[2].absent = true;
	d->node[3].start_pfn = 4096; /* no zone has 2048 to 4095 */
	d->node[3].nr_pages = 1024;
	d->node[1].nr_reserved = 1;
	d->node[1].reserved[0] = (struct page_range){ 1024, 8 };
	f.m = booted(d);
	state_set(&f.m, f.m.pcps[normal(&f.m)->pcps].high, 6);
	f.pair = must_alloc(&f.m, 1);
	f.single = must_alloc(&f.m, 0);
	f.freed = must_alloc(&f.m, 0);
	CHECK_EQ(machine_free(&f.m, 0, f.freed, 0), MACHINE_ERROR_none);
	if (traced) {
		f.h = history_new();
		machine_set_history(&f.m, f.h);
	}
	CHECK(arena_clone(&f.before, &f.m));
	return f;
}

static void fixture_free(struct fixture *f)
{
	history_free(f->h);
	arena_destroy(&f->before);
	arena_destroy(&f->m);
}

/* An error changes nothing and, when traced, emits one event. */
static void check_error(struct fixture *f, int line, enum machine_error error,
			enum machine_error expected)
{
	struct history *h = f->h;
	struct changes c;

	test_checks_++;
	if (error != expected) {
		test_failed_(__FILE__, line);
		fprintf(stderr, "%s, expected %s\n",
			enum_name(KIND_machine_error, error),
			enum_name(KIND_machine_error, expected));
	}
	CHECK(arena_equal(&f->m, &f->before));
	if (!h)
		return;
	CHECK_STR(event_names(h, 0, ~0u), "request_error");
	if (last_event(h, request_error))
		CHECK_EQ(last_event(h, request_error)->error, expected);
	c = history_changes(h, 1);
	CHECK_EQ(c.end - c.first, 0);
	history_seek(h, &f->m, 0);
	history_forget(h);
}

static void check_alloc_error(struct fixture *f, int line,
			      enum machine_error expected,
			      struct alloc_request r)
{
	uint32_t pfn = 1234;

	CHECK_EQ(machine_alloc_check(&f->m, &r), expected);
	check_error(f, line, machine_alloc(&f->m, &r, &pfn), expected);
	CHECK_EQ(pfn, PFN_NONE);
}

static void check_free_error(struct fixture *f, int line,
			     enum machine_error expected, uint32_t cpu,
			     uint32_t pfn, uint32_t order)
{
	CHECK_EQ(machine_free_check(&f->m, cpu, pfn, order), expected);
	check_error(f, line, machine_free(&f->m, cpu, pfn, order), expected);
}

#define ALLOC(word, ...)                                                       \
	check_alloc_error(f, __LINE__, MACHINE_ERROR_##word,                   \
			  (struct alloc_request){ __VA_ARGS__ })
#define FREE(word, cpu, pfn, order)                                            \
	check_free_error(f, __LINE__, MACHINE_ERROR_##word, cpu, pfn, order)
#define ERROR(word, call) check_error(f, __LINE__, call, MACHINE_ERROR_##word)

static void bad_allocs(struct fixture *f)
{
	ALLOC(order_range, .order = 6);
	ALLOC(order_range, .order = UINT32_MAX);
	ALLOC(order_range, .order = 6, .has_alloc_flags = true);
	ALLOC(gfp_bits, .gfp = 0x800000);
	ALLOC(gfp_bits, .gfp = GFP_KERNEL | 0x80000000);
	ALLOC(gfp_zone, .gfp = __GFP_DMA | __GFP_DMA32);
	ALLOC(gfp_zone, .gfp = __GFP_DMA | __GFP_HIGHMEM | __GFP_MOVABLE);
	ALLOC(gfp_type, .gfp = __GFP_MOVABLE | __GFP_RECLAIMABLE);
	ALLOC(node_absent, .nid = 2);
	ALLOC(node_absent, .nid = 4);
	ALLOC(node_absent, .nid = UINT32_MAX);
	ALLOC(cpu_absent, .cpu = 2);
	ALLOC(cpu_absent, .cpu = UINT32_MAX);
	ALLOC(nodemask, .has_nodemask = true);
	ALLOC(nodemask, .has_nodemask = true, .nodemask = 1 << 2);
	ALLOC(nodemask, .has_nodemask = true, .nodemask = 1 | 1ull << 63);
	ALLOC(alloc_flags, .has_alloc_flags = true, .alloc_flags = 3);
	ALLOC(alloc_flags, .has_alloc_flags = true, .alloc_flags = 0x200);
	ALLOC(alloc_flags, .has_alloc_flags = true, .alloc_flags = 1u << 31);
}

static void bad_frees(struct fixture *f)
{
	const uint32_t end = f->m.system->max_pfn;

	FREE(pfn_absent, 0, end, 0);
	FREE(pfn_absent, 0, PFN_NONE, 0);
	FREE(never_allocated, 0, 0, 0); /* frame 0 is in no zone */
	FREE(never_allocated, 0, 1024, 0); /* reserved */
	FREE(never_allocated, 0, 2048, 0); /* in no zone */
	FREE(double_free, 0, 512, 5); /* on a free list since boot */
	FREE(double_free, 0, 513, 0); /* inside such a block */
	FREE(double_free, 0, f->freed, 0); /* on a per-cpu list */
	FREE(inside_block, 0, f->pair + 1, 0);
	FREE(wrong_order, 0, f->pair, 0);
	FREE(wrong_order, 0, f->pair, 2);
	FREE(wrong_order, 0, f->single, 1);
	FREE(wrong_order, 0, f->single, 16); /* more bits than an order */
	FREE(wrong_order, 0, f->single, UINT32_MAX);
	FREE(cpu_absent, 2, f->single, 0);
	FREE(cpu_absent, UINT32_MAX, PFN_NONE, 77);
}

static void bad_control_requests(struct fixture *f)
{
	const uint32_t end = f->m.system->max_pfn;
	const struct task nowhere = { .mems_allowed = 0 };
	const struct task absent = { .mems_allowed = 1 << 2 };
	struct machine *m = &f->m;
	uint32_t busy;

	ERROR(cpu_absent, machine_drain(m, 2));
	ERROR(pfn_absent, machine_set_lru(m, end, true));
	ERROR(not_allocated, machine_set_lru(m, 1024, true));
	ERROR(not_allocated, machine_set_lru(m, f->freed, true));
	ERROR(not_allocated, machine_set_lru(m, f->pair + 1, true));
	ERROR(node_absent, machine_set_dirty(m, 2, 1));
	ERROR(node_absent, machine_set_dirty(m, 4, 1));
	ERROR(nodemask, machine_set_task(m, &nowhere, true));
	ERROR(nodemask, machine_set_task(m, &absent, true));
	ERROR(pfn_absent, machine_set_reclaimable(m, end));
	ERROR(not_allocated, machine_set_reclaimable(m, f->freed));
	ERROR(reclaimable, machine_set_reclaimable(m, f->pair));
	ERROR(pfn_absent, machine_isolate(m, 0, end, MIGRATE_MOVABLE, &busy));
	/* in no zone */
	ERROR(pfn_absent, machine_isolate(m, 0, 2048, MIGRATE_MOVABLE, &busy));
	ERROR(cpu_absent, machine_isolate(m, 2, 512, MIGRATE_MOVABLE, &busy));
	ERROR(pageblock, machine_isolate(m, 0, 512, MIGRATE_ISOLATE, &busy));
	ERROR(pageblock, machine_isolate(m, 0, 512, MIGRATE_CMA, &busy));
	ERROR(cpu_absent, machine_unisolate(m, 2, 256, MIGRATE_MOVABLE));
	ERROR(pfn_absent, machine_unisolate(m, 0, PFN_NONE, MIGRATE_MOVABLE));
	ERROR(pageblock, machine_unisolate(m, 0, 256, MIGRATE_MOVABLE));
}

/* An isolated pageblock cannot get any type. */
static void bad_isolation(struct fixture *f)
{
	struct machine *m = &f->m;
	uint32_t busy;

	CHECK_EQ(machine_isolate(m, 0, 515, MIGRATE_MOVABLE, &busy),
		 MACHINE_ERROR_none);
	CHECK_EQ(busy, PFN_NONE);
	if (f->h) {
		history_commit(f->h);
		history_forget(f->h);
		machine_set_history(m, NULL);
		history_free(f->h);
		f->h = history_new();
		machine_set_history(m, f->h);
	}
	arena_destroy(&f->before);
	CHECK(arena_clone(&f->before, m));
	ERROR(pageblock, machine_unisolate(m, 0, 512, MIGRATE_ISOLATE));
	ERROR(pageblock, machine_unisolate(m, 0, 512, MIGRATE_CMA));
	ERROR(pageblock, machine_unisolate(m, 0, 512, UINT32_MAX));
	CHECK_EQ(machine_unisolate(m, 0, 512, MIGRATE_MOVABLE),
		 MACHINE_ERROR_none);
}

/* The machine works as before. */
static void good_requests(struct fixture *f)
{
	CHECK_MACHINE(&f->m);
	CHECK_EQ(machine_free(&f->m, 1, f->pair, 1), MACHINE_ERROR_none);
	CHECK_EQ(machine_free(&f->m, 0, f->single, 0), MACHINE_ERROR_none);
	CHECK_EQ(machine_drain(&f->m, 0), MACHINE_ERROR_none);
	CHECK_EQ(normal(&f->m)->nr_free[5], 24); /* all blocks merged */
	CHECK_MACHINE(&f->m);
}

static void test_errors(bool traced)
{
	struct fixture f = fixture_new(traced);

	bad_allocs(&f);
	bad_frees(&f);
	bad_control_requests(&f);
	bad_isolation(&f);
	good_requests(&f);
	fixture_free(&f);
}

/* Any frame names its pageblock, even one that the zone starts within. */
static void test_isolation_at_the_zones_edge(void)
{
	const struct alloc_request r = { .gfp = GFP_DMA };
	struct machine m = small_machine();
	uint32_t pfn, busy;

	for (uint32_t i = 1; i < 8; i++) {
		CHECK_EQ(machine_alloc(&m, &r, &pfn), MACHINE_ERROR_none);
		CHECK_EQ(pfn, i);
	}
	CHECK_EQ(machine_free(&m, 0, 2, 0), MACHINE_ERROR_none);
	for (uint32_t i = 1; i < 8; i++)
		if (i != 2)
			CHECK_EQ(machine_set_lru(&m, i, true),
				 MACHINE_ERROR_none);
	CHECK_EQ(machine_isolate(&m, 0, 5, MIGRATE_MOVABLE, &busy),
		 MACHINE_ERROR_none);
	CHECK_EQ(busy, PFN_NONE);
	CHECK_MACHINE(&m);
	CHECK_EQ(machine_free(&m, 0, 3, 0), MACHINE_ERROR_none);
	CHECK_MACHINE(&m); /* 2 and 3 merge: both are isolated */
	CHECK_EQ(machine_unisolate(&m, 0, 7, MIGRATE_UNMOVABLE),
		 MACHINE_ERROR_none);
	CHECK_MACHINE(&m);
	arena_destroy(&m);
}

/* A request that finds no page is valid. */
static void test_no_page(void)
{
	const struct alloc_request r = { .gfp = GFP_KERNEL, .order = 5 };
	struct machine m = small_machine();
	uint32_t pfn, nr = 0;

	while (machine_alloc(&m, &r, &pfn) == MACHINE_ERROR_none &&
	       pfn != PFN_NONE)
		nr++;
	CHECK(nr > 20);
	CHECK_EQ(pfn, PFN_NONE);
	CHECK_EQ(machine_alloc(&m, &r, &pfn), MACHINE_ERROR_none);
	CHECK_MACHINE(&m);
	arena_destroy(&m);
}

int main(void)
{
	test_errors(false);
	test_errors(true);
	test_isolation_at_the_zones_edge();
	test_no_page();
	return test_done();
}
