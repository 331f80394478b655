/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_constraints: cpuset rules, the dirty limit. */
#include "machine.h"
#include "mm/constraints.h"

/* The rule that answers for node 1, and its answer. */
static void check_rule(struct machine *m, gfp_t gfp, enum cpuset_rule rule,
		       bool allowed)
{
	bool answer;

	CHECK_STR(enum_name(KIND_cpuset_rule,
			    __cpuset_node_allowed(m, 1, gfp, &answer)),
		  enum_name(KIND_cpuset_rule, rule));
	CHECK_EQ(answer, allowed);
	CHECK_EQ(__cpuset_zone_allowed(m, node_zone(m, 1, NORMAL), gfp),
		 allowed);
}

/* From the last rule to the first: each stands before those above it. */
static void test_cpuset(void)
{
	const gfp_t soft = GFP_KERNEL, hard = GFP_USER;
	struct machine m = two_nodes();
	const struct task *task = &m.system->task;

	state_set(&m, task->mems_allowed, 1); /* node 0 */
	state_set(&m, task->hardwall_mems, 1);
	check_rule(&m, soft, CPUSET_outside, false);
	check_rule(&m, hard, CPUSET_hardwall, false);

	state_set(&m, task->hardwall_mems, 3);
	check_rule(&m, soft, CPUSET_ancestor, true);
	check_rule(&m, hard, CPUSET_hardwall, false);

	state_set(&m, task->hardwall_mems, 1);
	state_set(&m, task->exiting, 1);
	check_rule(&m, soft, CPUSET_exiting, true);
	check_rule(&m, hard, CPUSET_hardwall, false);

	state_set(&m, task->oom_victim, 1);
	check_rule(&m, soft, CPUSET_oom_victim, true);
	check_rule(&m, hard, CPUSET_oom_victim, true);

	state_set(&m, task->mems_allowed, 3);
	check_rule(&m, hard, CPUSET_mems_allowed, true);

	state_set(&m, task->mems_allowed, 1);
	state_set(&m, task->interrupt, 1);
	check_rule(&m, hard, CPUSET_interrupt, true);
	arena_destroy(&m);
}

/* Node 0 of two: 1000 pages free in three zones, totalreserve 90. */
static struct machine dirty_machine(void)
{
	struct machine m = two_nodes();

	state_set(&m, node_zone(&m, 0, DMA)->nr_free_pages, 100);
	state_set(&m, node_zone(&m, 0, DMA32)->nr_free_pages, 200);
	state_set(&m, node_zone(&m, 0, NORMAL)->nr_free_pages, 700);
	state_set(&m, node_zone(&m, 1, NORMAL)->nr_free_pages, 500);
	state_set(&m, m.nodes[0].totalreserve_pages, 90);
	state_set(&m, m.nodes[1].totalreserve_pages, 40);
	state_set(&m, m.system->totalreserve_pages, 130);
	return m;
}

static void test_dirtyable(void)
{
	struct machine m = dirty_machine();

	CHECK_EQ(node_dirtyable_memory(&m, 0), 910);
	state_set(&m, m.nodes[0].inactive_file, 30);
	state_set(&m, m.nodes[0].active_file, 7);
	CHECK_EQ(node_dirtyable_memory(&m, 0), 947);
	CHECK_EQ(node_dirtyable_memory(&m, 1), 460);
	/* a counter that lags below 0 counts as 0 */
	state_set(&m, node_zone(&m, 0, DMA)->nr_free_pages, -50);
	CHECK_EQ(node_dirtyable_memory(&m, 0), 847);
	/* the reserve can only take what is free, not the cache */
	state_set(&m, m.nodes[0].totalreserve_pages, 5000);
	CHECK_EQ(node_dirtyable_memory(&m, 0), 37);
	arena_destroy(&m);
}

static bool ok_with(struct machine *m, uint32_t dirty, uint32_t writeback)
{
	state_set(m, m->nodes[0].file_dirty, dirty);
	state_set(m, m->nodes[0].writeback, writeback);
	return node_dirty_ok(m, 0);
}

static void test_dirty_ratio(void)
{
	struct machine m = dirty_machine();

	state_set(&m, m.system->dirty_ratio, 33);
	/* 33 * 910 / 100 = 300.3 */
	CHECK_EQ(node_dirty_limit(&m, 910), 300);
	CHECK(ok_with(&m, 300, 0)); /* as many as the limit are fine */
	CHECK(!ok_with(&m, 301, 0));
	CHECK(ok_with(&m, 200, 100)); /* what is being written counts too */
	CHECK(!ok_with(&m, 200, 101));
	state_set(&m, m.system->task.realtime, 1); /* a quarter more: 375 */
	CHECK(ok_with(&m, 375, 0));
	CHECK(!ok_with(&m, 376, 0));
	state_set(&m, m.system->task.realtime, 0);
	state_set(&m, m.system->dirty_ratio, 0);
	CHECK(ok_with(&m, 0, 0));
	CHECK(!ok_with(&m, 1, 0));
	arena_destroy(&m);
}

static void test_dirty_bytes(void)
{
	struct machine m = dirty_machine();

	/* whole machine: 1500 - 130 + 1 = 1371; 8193 bytes are 3 pages */
	CHECK_EQ(global_dirtyable_memory(&m), 1371);
	state_set(&m, m.system->dirty_bytes, 8193);
	CHECK_EQ(node_dirty_limit(&m, 910), 1); /* 3 * 910 / 1371 */
	state_set(&m, m.system->dirty_bytes, 8192);
	CHECK_EQ(node_dirty_limit(&m, 914), 1); /* 1828 / 1371 */
	CHECK_EQ(node_dirty_limit(&m, 685), 0); /* 1370 / 1371 */
	state_set(&m, m.system->dirty_bytes, 1);
	CHECK_EQ(node_dirty_limit(&m, 1371), 1);
	CHECK_EQ(node_dirty_limit(&m, 1370), 0);
	/* the cache of every node counts for the machine */
	state_set(&m, m.nodes[1].active_file, 29);
	state_set(&m, m.nodes[0].inactive_file, 100);
	CHECK_EQ(global_dirtyable_memory(&m), 1500);
	state_set(&m, m.system->dirty_bytes, 600 * PAGE_SIZE);
	/* 600 * (910 + 100) / 1500 = 404 */
	CHECK(ok_with(&m, 404, 0));
	CHECK(!ok_with(&m, 405, 0));
	/* the limit itself ends at 32 bits */
	state_set(&m, m.system->dirty_bytes, 1ull << 50);
	CHECK_EQ(node_dirty_limit(&m, 100000), UINT32_MAX);
	arena_destroy(&m);
}

/* With dirty_bytes, highmem is left out of the machine's dirtyable memory. */
static void test_dirty_highmem(void)
{
	struct machine_description *d = describe_small_machine();
	const struct zone *zone;
	struct machine m;

	d->arch = ARCH_I386;
	d->zone_limit[ZONE_DMA32] = 0;
	d->zone_limit[ZONE_NORMAL] = 256;
	m = booted(d);
	zone = node_zone(&m, 0, 2);
	CHECK(zone->highmem);
	for (unsigned int idx = 0; idx < 3; idx++)
		state_set(&m, node_zone(&m, 0, idx)->nr_free_pages,
			  idx == 2 ? 600 : 100);
	state_set(&m, zone->watermark[WMARK_HIGH], 40);
	state_set(&m, zone->watermark_boost, 10);
	state_set(&m, m.nodes[0].totalreserve_pages, 90);
	state_set(&m, m.system->totalreserve_pages, 90);
	/* 800 - 90 - (600 - 50) + 1 */
	CHECK_EQ(global_dirtyable_memory(&m), 161);
	CHECK_EQ(node_dirtyable_memory(&m, 0), 710);
	state_set(&m, m.system->dirty_bytes, 100 * PAGE_SIZE);
	CHECK_EQ(node_dirty_limit(&m, 710), 440); /* 100 * 710 / 161 */
	state_set(&m, m.system->highmem_is_dirtyable, 1);
	CHECK_EQ(global_dirtyable_memory(&m), 711);
	CHECK_EQ(node_dirty_limit(&m, 710), 99);
	state_set(&m, m.system->highmem_is_dirtyable, 0);
	/* nothing above the watermark, or a counter below 0: no page */
	state_set(&m, zone->nr_free_pages, 50);
	CHECK_EQ(global_dirtyable_memory(&m), 161);
	state_set(&m, zone->nr_free_pages, -30);
	CHECK_EQ(global_dirtyable_memory(&m), 81);
	/* at most what the reserve leaves */
	state_set(&m, zone->nr_free_pages, 600);
	state_set(&m, m.system->totalreserve_pages, 700);
	CHECK_EQ(global_dirtyable_memory(&m), 1);
	state_set(&m, m.nodes[0].active_file, 460);
	CHECK_EQ(global_dirtyable_memory(&m), 11);
	arena_destroy(&m);
}

int main(void)
{
	test_cpuset();
	test_dirtyable();
	test_dirty_ratio();
	test_dirty_bytes();
	test_dirty_highmem();
	return test_done();
}
