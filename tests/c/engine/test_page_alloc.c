/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_page_alloc: the entry: what a mask becomes before the walk, fault
 * injection, and the way back.
 */
#define TRACED 1
#include "machine.h"
#include "mm/page_alloc.h"

static uint32_t alloc_on(struct machine *m, gfp_t gfp, unsigned int order,
			 const uint64_t *nodemask)
{
	return __alloc_pages_nodemask(m, gfp, order, 0, nodemask);
}

static uint32_t alloc(struct machine *m, gfp_t gfp, unsigned int order)
{
	return alloc_on(m, gfp, order, NULL);
}

/* What prepare_alloc_pages made of the request. */
static const struct event_prepare_alloc_pages *
prepared(struct machine *m, gfp_t gfp, const uint64_t *nodemask)
{
	CHECK(alloc_on(m, gfp, 0, nodemask) != PFN_NONE);
	return last_event(m->history, prepare_alloc_pages);
}

static struct machine traced_machine(struct machine m)
{
	machine_set_history(&m, history_new());
	return m;
}

static void end(struct machine *m)
{
	history_free(m->history);
	arena_destroy(m);
}

static void test_order(void)
{
	struct machine m = traced_machine(small_machine());

	CHECK_EQ(alloc(&m, GFP_KERNEL, 6), PFN_NONE); /* orders 0 to 5 */
	history_commit(m.history);
	CHECK_EQ(m.history->nr_events, 0);
	CHECK_EQ(alloc(&m, GFP_KERNEL, 5), 256);
	end(&m);
}

static void test_prepare(void)
{
	struct machine m = traced_machine(small_machine());
	const struct event_prepare_alloc_pages *e;

	e = prepared(&m, GFP_KERNEL, NULL);
	CHECK_EQ(e->highest_zoneidx, NORMAL);
	CHECK_EQ(e->migratetype, MIGRATE_UNMOVABLE);
	CHECK_EQ(e->alloc_flags, ALLOC_WMARK_LOW);
	CHECK_EQ(e->spread_dirty_pages, 0);
	CHECK_EQ(e->gfp, GFP_KERNEL);
	CHECK_EQ(e->has_nodemask, 0);
	e = prepared(&m, GFP_HIGHUSER_MOVABLE | __GFP_WRITE, NULL);
	CHECK_EQ(e->highest_zoneidx, MOVABLE);
	CHECK_EQ(e->preferred_zone, NORMAL);
	CHECK_EQ(e->migratetype, MIGRATE_MOVABLE);
	CHECK_EQ(e->alloc_flags, ALLOC_WMARK_LOW); /* no CMA configured */
	CHECK_EQ(e->spread_dirty_pages, 1);
	end(&m);
}

/* CMA for every movable request, unless the task has nocma. */
static void test_prepare_cma(void)
{
	struct machine m = traced_machine(arm64_cma());
	const uint32_t low = ALLOC_WMARK_LOW;
	const gfp_t movable = GFP_HIGHUSER_MOVABLE;

	CHECK_EQ(prepared(&m, movable, NULL)->alloc_flags, low | ALLOC_CMA);
	CHECK_EQ(prepared(&m, GFP_DMA | __GFP_MOVABLE, NULL)->alloc_flags,
		 low | ALLOC_CMA);
	CHECK_EQ(prepared(&m, GFP_KERNEL, NULL)->alloc_flags, low);
	CHECK_EQ(
		prepared(&m, GFP_KERNEL | __GFP_RECLAIMABLE, NULL)->alloc_flags,
		low);
	state_set(&m, m.system->task.nocma, 1);
	CHECK_EQ(prepared(&m, movable, NULL)->alloc_flags, low);
	end(&m);
}

/* In use, cpusets add HARDWALL, and mems_allowed or a check per zone. */
static void test_prepare_cpusets(void)
{
	struct machine m = traced_machine(two_nodes());
	const uint64_t both = 3;
	const struct event_prepare_alloc_pages *e;

	state_set(&m, m.system->cpusets, 1);
	state_set(&m, m.system->task.mems_allowed, 1 << 1);
	e = prepared(&m, GFP_KERNEL, NULL);
	CHECK_EQ(e->gfp, GFP_KERNEL | __GFP_HARDWALL);
	CHECK_EQ(e->has_nodemask, 1);
	CHECK_EQ(e->nodemask, 1 << 1);
	CHECK_EQ(e->alloc_flags, ALLOC_WMARK_LOW);
	CHECK_EQ(e->preferred_nid,
		 1); /* the zonelist is node 0's all the same */
	/* with its own nodemask: each zone is checked later */
	e = prepared(&m, GFP_KERNEL, &both);
	CHECK_EQ(e->nodemask, 3);
	CHECK_EQ(e->alloc_flags, ALLOC_WMARK_LOW | ALLOC_CPUSET);
	CHECK_EQ(e->preferred_nid, 0);
	CHECK_EQ(last_event(m.history, mm_page_alloc)->nid, 1);
	state_set(&m, m.system->task.interrupt, 1);
	e = prepared(&m, GFP_KERNEL, NULL);
	CHECK_EQ(e->has_nodemask, 0);
	CHECK_EQ(e->alloc_flags, ALLOC_WMARK_LOW | ALLOC_CPUSET);
	CHECK_EQ(e->gfp, GFP_KERNEL | __GFP_HARDWALL);
	CHECK_EQ(last_event(m.history, mm_page_alloc)->nid, 0);
	/* mm_page_alloc has the gfp mask that the walk used */
	CHECK_EQ(last_event(m.history, mm_page_alloc)->gfp_flags,
		 GFP_KERNEL | __GFP_HARDWALL);
	end(&m);
}

static uint32_t flags_of(struct machine *m, gfp_t gfp)
{
	CHECK(alloc(m, gfp, 0) != PFN_NONE);
	return last_event(m->history, alloc_flags_nofragment)->alloc_flags;
}

/* Only where NORMAL is preferred and a smaller zone lies below it. */
static void test_nofragment(void)
{
	const uint32_t kswapd = ALLOC_WMARK_LOW | ALLOC_KSWAPD;
	struct machine_description *d = describe_two_nodes();
	struct machine m = traced_machine(small_machine());

	CHECK_EQ(flags_of(&m, GFP_KERNEL), kswapd | ALLOC_NOFRAGMENT);
	CHECK_EQ(flags_of(&m, GFP_DMA32),
		 ALLOC_WMARK_LOW); /* DMA32 is preferred */
	CHECK_EQ(flags_of(&m, GFP_HIGHUSER_MOVABLE), kswapd | ALLOC_NOFRAGMENT);
	state_set(&m, node_zone(&m, 0, DMA32)->present,
		  0); /* one node: no matter */
	CHECK_EQ(flags_of(&m, GFP_KERNEL), kswapd | ALLOC_NOFRAGMENT);
	state_set(&m, m.system->nr_online_nodes, 2); /* else it counts */
	CHECK_EQ(flags_of(&m, GFP_KERNEL), kswapd);
	end(&m);

	m = traced_machine(booted(d));
	CHECK_EQ(flags_of(&m, GFP_KERNEL), kswapd | ALLOC_NOFRAGMENT);
	CHECK(__alloc_pages_nodemask(&m, GFP_NOWAIT, 0, 1, NULL) != PFN_NONE);
	/* node 1 has no DMA32 */
	CHECK_EQ(last_event(m.history, alloc_flags_nofragment)->alloc_flags,
		 kswapd);
	end(&m);

	d = describe_small_machine();
	d->nofragment = 0; /* a kernel without DMA32 */
	m = traced_machine(booted(d));
	CHECK_EQ(flags_of(&m, GFP_KERNEL), kswapd);
	end(&m);
}

static void test_slow(void)
{
	struct machine m = traced_machine(small_machine());

	for (unsigned int idx = DMA; idx <= NORMAL; idx++)
		allocate_all(&m, node_zone(&m, 0, idx));
	CHECK_EQ(alloc(&m, GFP_ATOMIC, 0), PFN_NONE);
	CHECK(last_event(m.history, slow_path) != NULL);
	CHECK_EQ(last_event(m.history, slow_path)->slow_flags,
		 ALLOC_HIGH | ALLOC_HARDER | ALLOC_KSWAPD);
	CHECK(last_event(m.history, mm_page_alloc) == NULL);
	end(&m);
}

/* Does fault injection make the request fail? */
static bool fails(struct machine *m, gfp_t gfp, unsigned int order)
{
	return alloc(m, gfp, order) == PFN_NONE;
}

/* Is the request served, and by this rule of fault injection? */
static bool spared(struct machine *m, gfp_t gfp, unsigned int order,
		   enum fault_rule rule)
{
	return !fails(m, gfp, order) &&
	       last_event(m->history, should_fail_alloc_page)->rule == rule;
}

static void test_fault(void)
{
	struct machine m = traced_machine(small_machine());
	const struct fault_attr *attr = &m.system->fail_page_alloc;

	machine_set_fault(&m, &(struct fault_attr){ .probability = 100,
						    .times = 2,
						    .min_order = 1 });
	CHECK(spared(&m, GFP_KERNEL, 0, FAULT_min_order));
	CHECK(spared(&m, GFP_KERNEL | __GFP_NOFAIL, 1, FAULT_nofail));
	CHECK(fails(&m, GFP_KERNEL, 1));
	CHECK_EQ(attr->times, 1);
	/* no step follows: neither a walk nor the slow path */
	history_commit(m.history);
	CHECK_STR(event_names(m.history, m.history->nr_events - 2, ~0u),
		  "alloc_request should_fail_alloc_page");
	state_set(&m, attr->ignore_gfp_highmem, 1);
	state_set(&m, attr->ignore_gfp_reclaim, 1);
	CHECK(spared(&m, GFP_HIGHUSER, 1, FAULT_highmem));
	CHECK(spared(&m, __GFP_HIGHMEM, 1, FAULT_highmem));
	CHECK(spared(&m, GFP_KERNEL, 1, FAULT_reclaim));
	CHECK(fails(&m, GFP_ATOMIC, 1)); /* cannot block, not highmem */
	CHECK_EQ(attr->times, 0);
	CHECK(!fails(&m, GFP_ATOMIC, 1));
	/* no new event: fault injection was not consulted */
	CHECK_EQ(last_event(m.history, should_fail_alloc_page)->rule,
		 FAULT_fails);
	end(&m);
}

/* The rules that are common to every kind of fault injection. */
static void test_fault_rules(void)
{
	struct machine m = traced_machine(small_machine());
	const struct fault_attr *attr = &m.system->fail_page_alloc;
	int failed = 0;

	/* without a probability nothing else counts, not even space */
	machine_set_fault(&m, &(struct fault_attr){ .times = 1, .space = 3 });
	CHECK(!fails(&m, GFP_KERNEL, 0));
	CHECK_EQ(attr->space, 3);
	machine_set_fault(&m, &(struct fault_attr){ .probability = 100,
						    .interval = 2,
						    .times = -1,
						    .space = 3 });
	CHECK(spared(&m, GFP_KERNEL, 1, FAULT_space)); /* 3 > 2: 1 is left */
	CHECK(spared(&m, GFP_KERNEL, 0, FAULT_interval)); /* 1 > 1 is false */
	CHECK(fails(&m, GFP_KERNEL, 0));
	CHECK(spared(&m, GFP_KERNEL, 0, FAULT_interval));
	CHECK(fails(&m, GFP_KERNEL, 0));
	CHECK_EQ(attr->times, -1);
	CHECK_EQ(attr->count, 4);
	machine_set_fault(&m, &(struct fault_attr){ .probability = 30,
						    .times = -1 });
	CHECK_EQ(attr->count, 0);
	for (int i = 0; i < 300; i++)
		failed += fails(&m, GFP_KERNEL, 0);
	CHECK(failed > 60 && failed < 120);
	CHECK_EQ(machine_set_fault(&m,
				   &(struct fault_attr){ .probability = 101 }),
		 MACHINE_ERROR_value);
	CHECK_EQ(machine_set_fault(&m, &(struct fault_attr){ .times = -2 }),
		 MACHINE_ERROR_value);
	CHECK_EQ(attr->probability, 30);
	end(&m);
}

/* A block is freed to the list of its pageblock's migratetype. */
static void test_free(void)
{
	struct machine m = traced_machine(small_machine());
	const struct zone *z = normal(&m);
	uint32_t pfn = alloc(&m, GFP_KERNEL | __GFP_MOVABLE, 2);

	CHECK_EQ(pfn, 256);
	set_block_type(&m, z, 256, MIGRATE_RECLAIMABLE);
	state_set(&m, m.pages[260],
		  m.pages[260] & ~PAGE_STATE_MASK); /* no buddy */
	__free_pages(&m, pfn, 2);
	CHECK_LIST(&m, free_list(z, 2, MIGRATE_RECLAIMABLE), 256);
	CHECK_EQ(z->pgfree, 4);
	CHECK_EQ(last_event(m.history, mm_page_free)->migratetype,
		 MIGRATE_RECLAIMABLE);
	end(&m);
}

int main(void)
{
	test_order();
	test_prepare();
	test_prepare_cma();
	test_prepare_cpusets();
	test_nofragment();
	test_slow();
	test_fault();
	test_fault_rules();
	test_free();
	return test_done();
}
