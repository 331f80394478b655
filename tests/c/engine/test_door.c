/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_door: each bad request is refused by the right word and changes
 * nothing: not one byte of the machine, quiet or listening.
 */
#include "mm/allocator.h"
#include "machine.h"

/* A machine, and how it was before the request. */
struct door {
	struct machine m, before;
	struct history *h; /* NULL: quiet */
	uint32_t pair; /* a block of order 1 in use */
	uint32_t single;
	uint32_t freed; /* lies on a per-cpu list */
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
static struct door door_new(bool listening)
{
	struct machine_description *d = describe_two_nodes();
	struct door door = { .h = NULL };

	d->nr_nodes = 4;
	d->node[2].absent = true;
	d->node[3].start_pfn = 4096; /* nobody has 2048 to 4095 */
	d->node[3].nr_pages = 1024;
	d->node[1].nr_reserved = 1;
	d->node[1].reserved[0] = (struct frame_range){ 1024, 8 };
	door.m = booted(d);
	state_set(&door.m, door.m.pcps[normal(&door.m)->pcps].high, 6);
	door.pair = must_alloc(&door.m, 1);
	door.single = must_alloc(&door.m, 0);
	door.freed = must_alloc(&door.m, 0);
	CHECK_EQ(machine_free(&door.m, 0, door.freed, 0), MACHINE_ERROR_none);
	if (listening) {
		door.h = history_new();
		machine_set_history(&door.m, door.h);
	}
	CHECK(arena_clone(&door.before, &door.m));
	return door;
}

static void door_free(struct door *door)
{
	history_free(door->h);
	arena_destroy(&door->before);
	arena_destroy(&door->m);
}

/* What remains of a refusal: nothing, but one event if one listens. */
static void check_refused(struct door *door, int line,
			  enum machine_error refusal,
			  enum machine_error expected)
{
	struct history *h = door->h;
	struct changes c;

	test_checks_++;
	if (refusal != expected) {
		test_failed_(__FILE__, line);
		fprintf(stderr, "%s, expected %s\n",
			enum_name(KIND_machine_error, refusal),
			enum_name(KIND_machine_error, expected));
	}
	CHECK(arena_equal(&door->m, &door->before));
	if (!h)
		return;
	CHECK_STR(story(h, 0, ~0u), "request_refused");
	if (last_event(h, request_refused))
		CHECK_EQ(last_event(h, request_refused)->refusal, expected);
	c = history_changes(h, 1);
	CHECK_EQ(c.end - c.first, 0);
	history_seek(h, &door->m, 0);
	history_forget(h);
}

static void refused_alloc(struct door *door, int line,
			  enum machine_error expected, struct alloc_request r)
{
	uint32_t pfn = 1234;

	CHECK_EQ(machine_alloc_check(&door->m, &r), expected);
	check_refused(door, line, machine_alloc(&door->m, &r, &pfn), expected);
	CHECK_EQ(pfn, PFN_NONE);
}

static void refused_free(struct door *door, int line,
			 enum machine_error expected, uint32_t cpu,
			 uint32_t pfn, uint32_t order)
{
	CHECK_EQ(machine_free_check(&door->m, cpu, pfn, order), expected);
	check_refused(door, line, machine_free(&door->m, cpu, pfn, order),
		      expected);
}

#define ALLOC(word, ...)                                                       \
	refused_alloc(door, __LINE__, MACHINE_ERROR_##word,                    \
		      (struct alloc_request){ __VA_ARGS__ })
#define FREE(word, cpu, pfn, order)                                            \
	refused_free(door, __LINE__, MACHINE_ERROR_##word, cpu, pfn, order)
#define REFUSED(word, call)                                                    \
	check_refused(door, __LINE__, call, MACHINE_ERROR_##word)

static void bad_allocs(struct door *door)
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

static void bad_frees(struct door *door)
{
	const uint32_t end = door->m.system->max_pfn;

	FREE(no_frame, 0, end, 0);
	FREE(no_frame, 0, PFN_NONE, 0);
	FREE(never_given, 0, 0, 0); /* frame 0 is nobody's */
	FREE(never_given, 0, 1024, 0); /* reserved */
	FREE(never_given, 0, 2048, 0); /* in no zone */
	FREE(double_free, 0, 512, 5); /* on a free list since boot */
	FREE(double_free, 0, 513, 0); /* inside such a block */
	FREE(double_free, 0, door->freed, 0); /* on a per-cpu list */
	FREE(not_first, 0, door->pair + 1, 0);
	FREE(wrong_order, 0, door->pair, 0);
	FREE(wrong_order, 0, door->pair, 2);
	FREE(wrong_order, 0, door->single, 1);
	FREE(wrong_order, 0, door->single, 16); /* more bits than an order */
	FREE(wrong_order, 0, door->single, UINT32_MAX);
	FREE(cpu_absent, 2, door->single, 0);
	FREE(cpu_absent, UINT32_MAX, PFN_NONE, 77);
}

static void bad_owner_requests(struct door *door)
{
	const uint32_t end = door->m.system->max_pfn;
	const struct task nowhere = { .mems_allowed = 0 };
	const struct task absent = { .mems_allowed = 1 << 2 };
	struct machine *m = &door->m;

	REFUSED(cpu_absent, machine_drain(m, 2));
	REFUSED(no_frame, machine_set_lru(m, end, true));
	REFUSED(not_in_use, machine_set_lru(m, 1024, true));
	REFUSED(not_in_use, machine_set_lru(m, door->freed, true));
	REFUSED(not_in_use, machine_set_lru(m, door->pair + 1, true));
	REFUSED(node_absent, machine_set_dirty(m, 2, 1));
	REFUSED(node_absent, machine_set_dirty(m, 4, 1));
	REFUSED(nodemask, machine_set_task(m, &nowhere, true));
	REFUSED(nodemask, machine_set_task(m, &absent, true));
	REFUSED(value, machine_set_reclaim(m, NR_NODE_RECLAIM));
	REFUSED(no_frame, machine_isolate(m, end));
	REFUSED(no_frame, machine_isolate(m, 2048)); /* in no zone */
	REFUSED(no_frame, machine_unisolate(m, PFN_NONE, MIGRATE_MOVABLE));
	REFUSED(pageblock, machine_unisolate(m, 256, MIGRATE_MOVABLE));
}

/* An isolated pageblock: not again, and back only as what it can be. */
static void bad_isolation(struct door *door)
{
	struct machine *m = &door->m;

	CHECK_EQ(machine_isolate(m, 515), MACHINE_ERROR_none);
	if (door->h) {
		history_commit(door->h);
		history_forget(door->h);
		machine_set_history(m, NULL);
		history_free(door->h);
		door->h = history_new();
		machine_set_history(m, door->h);
	}
	arena_destroy(&door->before);
	CHECK(arena_clone(&door->before, m));
	REFUSED(pageblock, machine_isolate(m, 512));
	REFUSED(pageblock, machine_unisolate(m, 512, MIGRATE_ISOLATE));
	REFUSED(pageblock, machine_unisolate(m, 512, MIGRATE_CMA));
	REFUSED(pageblock, machine_unisolate(m, 512, UINT32_MAX));
	CHECK_EQ(machine_unisolate(m, 512, MIGRATE_MOVABLE),
		 MACHINE_ERROR_none);
}

/* After all that the machine is as usable as before. */
static void good_requests(struct door *door)
{
	CHECK_MACHINE(&door->m);
	CHECK_EQ(machine_free(&door->m, 1, door->pair, 1), MACHINE_ERROR_none);
	CHECK_EQ(machine_free(&door->m, 0, door->single, 0),
		 MACHINE_ERROR_none);
	CHECK_EQ(machine_drain(&door->m, 0), MACHINE_ERROR_none);
	CHECK_EQ(normal(&door->m)->nr_free[5], 24); /* all is whole again */
	CHECK_MACHINE(&door->m);
}

static void test_doors(bool listening)
{
	struct door door = door_new(listening);

	bad_allocs(&door);
	bad_frees(&door);
	bad_owner_requests(&door);
	bad_isolation(&door);
	good_requests(&door);
	door_free(&door);
}

/* Named by any of its frames, also where the zone begins inside it. */
static void test_isolation_at_the_zones_edge(void)
{
	const struct alloc_request r = { .gfp = GFP_DMA };
	struct machine m = classroom();
	uint32_t pfn;

	for (uint32_t i = 1; i < 8; i++) {
		CHECK_EQ(machine_alloc(&m, &r, &pfn), MACHINE_ERROR_none);
		CHECK_EQ(pfn, i);
	}
	CHECK_EQ(machine_free(&m, 0, 2, 0), MACHINE_ERROR_none);
	CHECK_EQ(machine_isolate(&m, 5), MACHINE_ERROR_none);
	CHECK_MACHINE(&m);
	CHECK_EQ(machine_free(&m, 0, 3, 0), MACHINE_ERROR_none);
	CHECK_MACHINE(&m); /* 2 and 3 merge: both are isolated */
	CHECK_EQ(machine_unisolate(&m, 7, MIGRATE_UNMOVABLE),
		 MACHINE_ERROR_none);
	CHECK_MACHINE(&m);
	arena_destroy(&m);
}

/* A request that finds nothing is no refusal. */
static void test_no_page(void)
{
	const struct alloc_request r = { .gfp = GFP_KERNEL, .order = 5 };
	struct machine m = classroom();
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
	test_doors(false);
	test_doors(true);
	test_isolation_at_the_zones_edge();
	test_no_page();
	return test_done();
}
