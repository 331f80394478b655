/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_builds: both builds of the allocator do the same.
 *
 * The same random requests go to three machines: the untraced build, the
 * traced one, and the traced one without a history. Their bytes stay equal,
 * and seeking to step 0 restores the first state.
 */
#include "mm/allocator.h"
#include "mm/traced.h"
#include "machine.h"

enum {
	BUILD_UNTRACED,
	BUILD_TRACED,
	BUILD_UNRECORDED,
	NR_BUILDS,
	MAX_HELD = 2000
};

struct trio {
	struct machine m[NR_BUILDS];
	struct machine start;
	struct history *h;
	uint64_t seed;
	struct {
		uint32_t pfn, order;
	} held[MAX_HELD];
	uint32_t nr_held;
	uint32_t isolated; /* PFN_NONE: no pageblock is */
	unsigned int isolated_type;
};

static uint32_t random_below(struct trio *t, uint32_t below)
{
	t->seed ^= t->seed << 13;
	t->seed ^= t->seed >> 7;
	t->seed ^= t->seed << 17;
	return (uint32_t)(t->seed >> 20) % below;
}

static bool one_in(struct trio *t, uint32_t n)
{
	return !random_below(t, n);
}

static struct trio trio_new(struct machine m)
{
	struct trio t = { .seed = 0x5eed, .isolated = PFN_NONE };

	t.m[BUILD_UNTRACED] = m;
	CHECK(arena_clone(&t.m[BUILD_TRACED], &m));
	CHECK(arena_clone(&t.m[BUILD_UNRECORDED], &m));
	CHECK(arena_clone(&t.start, &m));
	t.h = history_new();
	machine_set_history(&t.m[BUILD_TRACED], t.h);
	return t;
}

/* False once a check has failed, to stop before it fails again and again. */
static bool check_equal(struct trio *t)
{
	CHECK(arena_equal(&t->m[BUILD_UNTRACED], &t->m[BUILD_TRACED]));
	CHECK(arena_equal(&t->m[BUILD_UNTRACED], &t->m[BUILD_UNRECORDED]));
	CHECK_MACHINE(&t->m[BUILD_UNTRACED]);
	return !test_failures_;
}

static void trio_end(struct trio *t)
{
	struct machine *m = &t->m[BUILD_TRACED];

	check_equal(t);
	history_seek(t->h, m, 0);
	CHECK(arena_equal(m, &t->start));
	history_seek(t->h, m, t->h->nr_events);
	CHECK(arena_equal(m, &t->m[BUILD_UNTRACED]));
	history_free(t->h);
	arena_destroy(&t->start);
	for (int i = 0; i < NR_BUILDS; i++)
		arena_destroy(&t->m[i]);
}

static const gfp_t masks[] = {
	GFP_KERNEL,
	GFP_KERNEL, /* twice: real requests repeat their mask */
	GFP_HIGHUSER_MOVABLE,
	GFP_HIGHUSER_MOVABLE,
	GFP_ATOMIC,
	GFP_KERNEL | __GFP_RECLAIMABLE,
	GFP_USER | __GFP_WRITE,
	GFP_DMA | __GFP_COMP,
	GFP_DMA32 | __GFP_MOVABLE,
	GFP_NOWAIT | __GFP_THISNODE,
	__GFP_HIGHMEM | __GFP_DMA, /* refused */
	0,
};

static uint32_t random_order(struct trio *t)
{
	uint32_t order = 0;

	while (order < 6 && one_in(t, 3))
		order++;
	return order; /* 6 is refused */
}

static struct alloc_request random_request(struct trio *t)
{
	const struct system *s = t->m[BUILD_UNTRACED].system;

	return (struct alloc_request){
		.gfp = masks[random_below(t, sizeof(masks) / sizeof(*masks))],
		.order = random_order(t),
		.nid = random_below(t, s->nr_nodes),
		.cpu = random_below(t, s->nr_cpus),
		.has_nodemask = one_in(t, 10),
		.nodemask = 1u << random_below(t, s->nr_nodes),
		.has_alloc_flags = one_in(t, 10),
		.alloc_flags = random_below(t, 3) | (random_below(t, 64) << 2) |
			       (one_in(t, 4) ? ALLOC_NOFRAGMENT : 0),
		.owner = random_below(t, 1000),
	};
}

static void random_alloc(struct trio *t)
{
	const struct alloc_request r = random_request(t);
	enum machine_error error[NR_BUILDS];
	uint32_t pfn[NR_BUILDS];

	error[BUILD_UNTRACED] =
		machine_alloc(&t->m[BUILD_UNTRACED], &r, &pfn[BUILD_UNTRACED]);
	error[BUILD_TRACED] =
		machine_alloc(&t->m[BUILD_TRACED], &r, &pfn[BUILD_TRACED]);
	error[BUILD_UNRECORDED] = traced_alloc(&t->m[BUILD_UNRECORDED], &r,
					       &pfn[BUILD_UNRECORDED]);
	for (int i = BUILD_TRACED; i < NR_BUILDS; i++) {
		CHECK_EQ(pfn[i], pfn[BUILD_UNTRACED]);
		CHECK_EQ(error[i], error[BUILD_UNTRACED]);
	}
	if (pfn[BUILD_UNTRACED] == PFN_NONE)
		return;
	t->held[t->nr_held].pfn = pfn[BUILD_UNTRACED];
	t->held[t->nr_held++].order = r.order;
}

static void random_free(struct trio *t)
{
	uint32_t i = random_below(t, t->nr_held), cpu = random_below(t, 2);
	uint32_t pfn = t->held[i].pfn, order = t->held[i].order;

	CHECK_EQ(machine_free(&t->m[BUILD_UNTRACED], cpu, pfn, order), 0);
	CHECK_EQ(machine_free(&t->m[BUILD_TRACED], cpu, pfn, order), 0);
	CHECK_EQ(traced_free(&t->m[BUILD_UNRECORDED], cpu, pfn, order), 0);
	t->held[i] = t->held[--t->nr_held];
}

static struct task random_task(struct trio *t)
{
	uint64_t nodes = t->m[BUILD_UNTRACED].system->nr_nodes;

	return (struct task){
		.mems_allowed = 1 + random_below(t, (1u << nodes) - 1),
		.hardwall_mems = (1u << nodes) - 1,
		.interrupt = one_in(t, 6),
		.oom_victim = one_in(t, 6),
		.exiting = one_in(t, 6),
		.realtime = one_in(t, 4),
		.nocma = one_in(t, 3),
		.memalloc = one_in(t, 6),
	};
}

/* Isolate a pageblock, or end its isolation: one at a time. */
static void random_isolation(struct trio *t, struct machine *m)
{
	const struct zone *z = &m->zones[page_zone_id(m->pages[t->isolated])];
	uint32_t busy;

	if (m == &t->m[BUILD_UNTRACED])
		t->isolated_type = get_pageblock_migratetype(m, z, t->isolated);
	machine_isolate(m, 0, t->isolated, MIGRATE_MOVABLE, &busy);
}

/* A control request, to all three. */
static void random_control(struct trio *t)
{
	const uint32_t what = random_below(t, 8), x = random_below(t, 2),
		       y = random_below(t, 4);
	const struct fault_attr fault = { .probability = 100,
					  .times = (int32_t)x,
					  .min_order = (int32_t)y };
	const struct task task = random_task(t);
	const bool on = one_in(t, 2), cpusets = one_in(t, 3);
	const uint32_t held = random_below(t, t->nr_held);
	const bool isolate = t->isolated == PFN_NONE;

	if (isolate && what == 7)
		t->isolated = t->held[held].pfn;
	for (int i = 0; i < NR_BUILDS; i++) {
		struct machine *m = &t->m[i];

		if (what < 2)
			machine_drain(m, x);
		else if (what == 2)
			machine_set_lru(m, t->held[held].pfn, on);
		else if (what == 3)
			machine_set_dirty(m, 0, on ? 10000 : 0);
		else if (what == 4)
			machine_set_task(m, &task, cpusets);
		else if (what == 5)
			machine_set_reclaimable(m, t->held[held].pfn);
		else if (what == 6)
			machine_set_fault(m, &fault);
		else if (isolate)
			random_isolation(t, m);
		else
			machine_unisolate(m, 0, t->isolated, t->isolated_type);
	}
	if (!isolate && what == 7)
		t->isolated = PFN_NONE;
}

static void compare_builds(struct machine m, uint32_t nr_requests)
{
	struct trio t = trio_new(m);

	for (uint32_t i = 0; i < nr_requests; i++) {
		/* fill the memory, then nearly empty it */
		const uint32_t allocs = i / 3000 % 2 ? 6 : 14;
		const uint32_t what = random_below(&t, 20);

		if (t.nr_held < MAX_HELD && what < allocs)
			random_alloc(&t);
		else if (t.nr_held && what < 19)
			random_free(&t);
		else if (t.nr_held)
			random_control(&t);
		if (i % 64 == 0 && !check_equal(&t))
			break;
	}
	trio_end(&t);
}

/* The machine with other per-cpu lists than boot would make. */
static struct machine with_pcp_lists(struct machine m, uint32_t high,
				     uint32_t batch)
{
	for (uint32_t i = 0; i < m.system->nr_zones; i++) {
		for (uint32_t cpu = 0; cpu < m.system->nr_cpus; cpu++) {
			const struct per_cpu_pages *pcp =
				zone_pcp(&m, &m.zones[i], cpu);

			state_set(&m, pcp->high, high);
			state_set(&m, pcp->batch, batch);
		}
	}
	return m;
}

static void test_long_lists(void)
{
	struct trio t = trio_new(with_pcp_lists(plain(64), 180, 150));
	const struct alloc_request r = { .gfp = GFP_KERNEL };
	uint32_t pfn[300];

	for (int i = 0; i < NR_BUILDS; i++) {
		struct machine *m = &t.m[i];

		for (int k = 0; k < 300; k++)
			machine_alloc(m, &r, &pfn[k]);
		for (int k = 0; k < 300; k++)
			machine_free(m, 0, pfn[k * 7 % 300], 0);
		CHECK_EQ(zone_pcp(m, &m->zones[DMA32], 0)->count, 150);
		machine_drain(m, 0);
	}
	trio_end(&t);
}

int main(void)
{
	struct machine_description *d = describe_two_nodes();

	compare_builds(small_machine(), 30000);
	compare_builds(arm64_cma(), 30000);
	d->pageblock_order = 4;
	d->node_reclaim_mode = 1;
	d->node[0].movable = 256;
	compare_builds(booted(d), 30000);
	/* refills that use up several blocks, and a part of one */
	compare_builds(with_pcp_lists(small_machine(), 18, 7), 30000);
	compare_builds(with_pcp_lists(small_machine(), 90, 45), 30000);
	compare_builds(with_pcp_lists(two_nodes(), 40, 13), 30000);
	compare_builds(with_pcp_lists(arm64_cma(), 30, 11), 30000);
	test_long_lists();
	return test_done();
}
