/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_vmstat: counters that drift, and the NUMA counters. */
#include "machine.h"
#include "mm/vmstat.h"

static int diff(const struct machine *m, const struct zone *z, uint32_t cpu)
{
	return zone_pcp(m, z, cpu)->stat_diff;
}

/* Two cpus, a small zone: 2 * fls(2) * (1 + fls(768 >> 15)) = 4. */
static void test_threshold(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	CHECK_EQ(z->stat_threshold, 4);
	CHECK_EQ(z->nr_free_pages, 768);
	mod_zone_free_pages(&m, z, -4);
	CHECK_EQ(z->nr_free_pages, 768); /* |-4| is not above 4: it lags */
	CHECK_EQ(diff(&m, z, 0), -4);
	mod_zone_free_pages(&m, z, -1);
	CHECK_EQ(z->nr_free_pages, 763); /* |-5| is: all five are folded */
	CHECK_EQ(diff(&m, z, 0), 0);

	mod_zone_free_pages(&m, z, 4);
	CHECK_EQ(z->nr_free_pages, 763);
	mod_zone_free_pages(&m, z, 1);
	CHECK_EQ(z->nr_free_pages, 768);
	mod_zone_free_pages(&m, z, -32); /* a block, at once */
	CHECK_EQ(z->nr_free_pages, 736);
	CHECK_EQ(diff(&m, z, 0), 0);
	arena_destroy(&m);
}

/* Each cpu has a difference of its own: together they hide 8 pages. */
static void test_two_cpus(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	mod_zone_free_pages(&m, z, -4);
	m.cpu = 1;
	mod_zone_free_pages(&m, z, -4);
	CHECK_EQ(zone_page_state_free(z), 768);
	CHECK_EQ(z->nr_free_pages + diff(&m, z, 0) + diff(&m, z, 1), 760);
	mod_zone_free_pages(&m, z, -1); /* folds what cpu 1 kept, only */
	CHECK_EQ(z->nr_free_pages, 763);
	CHECK_EQ(diff(&m, z, 0), -4);
	CHECK_EQ(diff(&m, z, 1), 0);
	arena_destroy(&m);
}

/* A change of 0 folds too, when the threshold has shrunk meanwhile. */
static void test_fold_by_zero(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	mod_zone_free_pages(&m, z, -3);
	state_set(&m, z->stat_threshold, 2);
	mod_zone_free_pages(&m, z, 0);
	CHECK_EQ(z->nr_free_pages, 765);
	CHECK_EQ(diff(&m, z, 0), 0);
	state_set(&m, z->stat_threshold, 0); /* nothing is ever kept back */
	mod_zone_free_pages(&m, z, -1);
	CHECK_EQ(z->nr_free_pages, 764);
	arena_destroy(&m);
}

static void test_never_negative(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);

	state_set(&m, z->nr_free_pages, -3);
	state_set(&m, z->nr_free_cma, -1);
	CHECK_EQ(zone_page_state_free(z), 0);
	CHECK_EQ(zone_page_state_cma(z), 0);
	state_set(&m, z->nr_free_pages, 3);
	CHECK_EQ(zone_page_state_free(z), 3);
	arena_destroy(&m);
}

/* Free CMA pages are counted twice, with a difference of their own. */
static void test_cma(void)
{
	struct machine m = arm64_cma();
	const struct zone *z = node_zone(&m, 0, DMA);
	const struct per_cpu_pages *pcp = zone_pcp(&m, z, 0);

	CHECK_EQ(z->nr_free_cma, 256);
	CHECK_EQ(z->nr_free_pages, 1023); /* these are among all */
	__mod_zone_freepage_state(&m, z, -3, MIGRATE_MOVABLE);
	CHECK_EQ(pcp->stat_diff, -3);
	CHECK_EQ(pcp->cma_diff, 0);
	__mod_zone_freepage_state(&m, z, -2, MIGRATE_CMA);
	CHECK_EQ(z->nr_free_pages, 1018); /* -3 - 2: beyond 4, folded */
	CHECK_EQ(pcp->stat_diff, 0);
	CHECK_EQ(z->nr_free_cma, 256); /* -2: not */
	CHECK_EQ(pcp->cma_diff, -2);
	arena_destroy(&m);
}

/* hit, miss, foreign, local, other. */
static void check_numa(const struct zone *z, const char *expected)
{
	char text[64];

	snprintf(text, sizeof(text), "%d %d %d %d %d", (int)z->numa[NUMA_HIT],
		 (int)z->numa[NUMA_MISS], (int)z->numa[NUMA_FOREIGN],
		 (int)z->numa[NUMA_LOCAL], (int)z->numa[NUMA_OTHER]);
	CHECK_STR(text, expected);
}

static void test_numa(void)
{
	struct machine m = two_nodes();
	const struct zone *here = normal(&m);
	const struct zone *there = node_zone(&m, 1, NORMAL);

	m.cpu = 0; /* on node 0 */
	zone_statistics(&m, here, here);
	check_numa(here, "1 0 0 1 0");
	/* wanted here, found there: a miss there, foreign here */
	zone_statistics(&m, here, there);
	check_numa(here, "1 0 1 1 0");
	check_numa(there, "0 1 0 0 1");
	/* wanted there and found there, by a cpu from here */
	zone_statistics(&m, there, there);
	check_numa(there, "1 1 0 0 2");
	/* another zone of the wanted node is a hit */
	zone_statistics(&m, here, node_zone(&m, 0, DMA32));
	check_numa(node_zone(&m, 0, DMA32), "1 0 0 1 0");
	/* a miss can be local: the cpu runs where the page is */
	m.cpu = 1;
	zone_statistics(&m, here, there);
	check_numa(there, "1 2 0 1 2");
	CHECK_EQ(there->numa[NUMA_INTERLEAVE], 0);
	arena_destroy(&m);
}

static void test_no_numa(void)
{
	struct machine_description *d = describe_small_machine();
	struct machine m;

	d->numa = 0;
	m = booted(d);
	zone_statistics(&m, normal(&m), normal(&m));
	check_numa(normal(&m), "0 0 0 0 0");
	arena_destroy(&m);
}

int main(void)
{
	test_threshold();
	test_two_cpus();
	test_fold_by_zero();
	test_never_negative();
	test_cma();
	test_numa();
	test_no_numa();
	return test_done();
}
