/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot: a described machine has the sizes, lists and numbers that Linux
 * gives it.
 */
#include <time.h>

#include "describe.h"

static void check_marks(const struct zone *zone, uint32_t min, uint32_t low,
			uint32_t high)
{
	CHECK_EQ(zone->watermark[WMARK_MIN], min);
	CHECK_EQ(zone->watermark[WMARK_LOW], low);
	CHECK_EQ(zone->watermark[WMARK_HIGH], high);
}

static void test_one_node(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct machine m;
	const struct zone *dma, *dma32;

	add_node(d, 16384);
	if (!boot(&m, d))
		return;
	CHECK_STR(m.system->arch, "x86_64");
	CHECK_EQ(m.system->nr_zone_types, 5);
	CHECK_EQ(m.max_order, 11);
	CHECK_EQ(m.pageblock_order, 9);
	CHECK(!m.system->cma);
	CHECK(m.system->numa && m.system->nofragment);
	dma = node_zone(&m, 0, 0);
	dma32 = node_zone(&m, 0, 1);
	CHECK_EQ(dma->start_pfn, 1);
	CHECK_EQ(dma->managed, 4095);
	CHECK_EQ(dma32->start_pfn, 4096);
	CHECK_EQ(dma32->managed, 12288);
	CHECK_EQ(dma32->nr_free_pages, 12288);
	CHECK(!populated_zone(node_zone(&m, 0, 2)));
	CHECK_EQ(m.system->min_free_kbytes, 1023);
	check_marks(dma32, 191, 238, 285);
	CHECK_EQ(zone_pcp(&m, dma32, 0)->high, 18);
	CHECK_EQ(zone_pcp(&m, dma32, 0)->batch, 3);
	CHECK_EQ(m.nodes[0].zonelists[ZONELIST_FALLBACK].nr, 2);
	CHECK_EQ(m.zonerefs[m.nodes[0].zonelists[0].first].idx, 1);
	CHECK_EQ(get_pageblock_migratetype(&m, dma, 1), MIGRATE_UNMOVABLE);
	CHECK_EQ(get_pageblock_migratetype(&m, dma, 512), MIGRATE_MOVABLE);
	check_list(&m, dma, 10, MIGRATE_MOVABLE, 3,
		   (uint32_t[]){ 1024, 2048, 3072 });
	check_list(&m, dma, 9, MIGRATE_MOVABLE, 1, (uint32_t[]){ 512 });
	check_list(&m, dma, 8, MIGRATE_UNMOVABLE, 1, (uint32_t[]){ 256 });
	check_list(&m, dma, 0, MIGRATE_UNMOVABLE, 1, (uint32_t[]){ 1 });
	check_list(&m, dma32, 10, MIGRATE_MOVABLE, 12,
		   (uint32_t[]){ 4096, 5120, 6144, 7168, 8192, 9216, 10240,
				 11264, 12288, 13312, 14336, 15360 });
	arena_destroy(&m);
}

static void test_two_nodes(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct machine m;
	const struct zone *zone;

	add_node(d, 16384);
	add_node(d, 16384);
	d->nr_cpus = 3;
	if (!boot(&m, d))
		return;
	zone = node_zone(&m, 0, 1);
	check_marks(zone, 135, 168, 201);
	CHECK_EQ(node_zone(&m, 1, 1)->start_pfn, 16384);
	CHECK(!populated_zone(node_zone(&m, 1, 0)));
	CHECK_EQ(m.system->cpu_node[2], 0);
	CHECK_EQ(m.system->cpu_node[1], 1);
	CHECK_EQ(node_distance(&m, 0, 1), 20);
	CHECK_EQ(m.system->task.mems_allowed, 3);
	/* 2 * fls(3) * (1 + fls(0)) */
	CHECK_EQ(zone->stat_threshold, 4);
	CHECK_EQ(m.nodes[1].zonelists[ZONELIST_FALLBACK].nr, 3);
	CHECK_EQ(m.nodes[1].zonelists[ZONELIST_NOFALLBACK].nr, 1);
	arena_destroy(&m);
}

/* 2 GiB: the numbers in the texts of lessons 05 and 07. */
static void test_lesson_numbers(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct machine m;

	add_node(d, 524288);
	if (boot(&m, d)) {
		const struct zone *dma = node_zone(&m, 0, 0);

		CHECK_EQ(dma->watermark[WMARK_LOW], 15);
		CHECK_EQ(dma->lowmem_reserve[2], 2032);
		arena_destroy(&m);
	}
	d = describe(ARCH_AMD64);
	add_node(d, 524288);
	d->has_min_free_kbytes = true;
	d->min_free_kbytes = 65536;
	if (boot(&m, d)) {
		check_marks(node_zone(&m, 0, 1), 16256, 20320, 24384);
		arena_destroy(&m);
	}
}

/* The marks of huge pages: two zones of eleven pageblocks each. */
static void test_transparent_hugepage(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct machine m;

	add_node(d, 524288);
	d->transparent_hugepage = true;
	if (boot(&m, d)) {
		CHECK_EQ(m.system->min_free_kbytes, 2 * 11 * 512 * 4);
		arena_destroy(&m);
	}
	/* 5 % of lowmem is less: (153599 - 30 - 1142) / 20 pages */
	d = describe(ARCH_AMD64);
	add_node(d, 153600);
	d->transparent_hugepage = true;
	if (boot(&m, d)) {
		CHECK_EQ(m.system->min_free_kbytes, 30484);
		arena_destroy(&m);
	}
	d = describe(ARCH_AMD64);
	add_node(d, 131072); /* frame 0 is missing from 512 MiB */
	d->transparent_hugepage = true;
	if (boot(&m, d)) {
		CHECK_EQ(m.system->min_free_kbytes, 2896);
		arena_destroy(&m);
	}
}

static void check_ceilings(const struct machine *m, const char *expected)
{
	for (uint32_t gfp = 0; gfp < NR_GFP_ZONES; gfp++) {
		uint32_t idx = (uint32_t)(expected[gfp] - '0');

		if (expected[gfp] == 'x')
			idx = GFP_ZONE_BAD;
		CHECK_EQ(m->system->gfp_zones[gfp], idx);
	}
}

static void test_arches(void)
{
	static const struct {
		enum machine_arch arch;
		const char *name, *ceilings;
		uint32_t nr_zone_types;
		bool cma, numa, nofragment, flat;
	} arches[] = {
		{ ARCH_AMD64, "x86_64", "202x1xxx203x1xxx", 5, 0, 1, 1, 0 },
		{ ARCH_ARM64, "aarch64", "202x1xxx203x1xxx", 4, 1, 1, 1, 0 },
		{ ARCH_I386, "i686", "102x1xxx103x1xxx", 4, 0, 0, 0, 1 },
	};

	for (size_t i = 0; i < sizeof(arches) / sizeof(*arches); i++) {
		struct machine_description *d = describe(arches[i].arch);
		struct machine m;

		add_node(d, 16384);
		if (!boot(&m, d))
			continue;
		CHECK_STR(m.system->arch, arches[i].name);
		CHECK_EQ(m.system->nr_zone_types, arches[i].nr_zone_types);
		CHECK_EQ(m.system->cma, arches[i].cma);
		CHECK_EQ(m.system->numa, arches[i].numa);
		CHECK_EQ(m.system->nofragment, arches[i].nofragment);
		CHECK_EQ(m.system->pageblocks_per_zone, arches[i].flat);
		check_ceilings(&m, arches[i].ceilings);
		arena_destroy(&m);
	}
}

/* 4 MiB, four zones' worth of places, orders for a blackboard. */
static void test_classroom(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct machine m;

	add_node(d, 1024);
	d->max_order = 6;
	d->pageblock_order = 3;
	d->zone_limit[ZONE_DMA] = 256;
	d->zone_limit[ZONE_DMA32] = 512;
	if (!boot(&m, d))
		return;
	CHECK_EQ(node_zone(&m, 0, 0)->managed, 255);
	CHECK_EQ(node_zone(&m, 0, 1)->managed, 256);
	CHECK_EQ(node_zone(&m, 0, 2)->managed, 512);
	CHECK_EQ(node_zone(&m, 0, 2)->nr_free[5], 16);
	CHECK_EQ(m.system->min_free_kbytes, 255);
	arena_destroy(&m);

	d = describe(ARCH_AMD64);
	add_node(d, 100);
	d->max_order = 1;
	if (!boot(&m, d))
		return;
	CHECK_EQ(m.pageblock_order, 0);
	CHECK_EQ(node_zone(&m, 0, 0)->nr_free[0], 99);
	arena_destroy(&m);
}

/* Node 1 is not there; cpus go to those that are. */
static void test_absent_node(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct machine m;

	add_node(d, 16384);
	add_node(d, 0)->absent = true;
	add_node(d, 16384);
	d->nr_cpus = 2;
	if (!boot(&m, d))
		return;
	CHECK(!m.nodes[1].online && !m.nodes[1].has_memory);
	CHECK_EQ(m.nodes[1].zonelists[ZONELIST_FALLBACK].nr, 0);
	CHECK_EQ(m.nodes[2].zonelists[ZONELIST_FALLBACK].nr, 3);
	CHECK_EQ(m.system->nr_online_nodes, 2);
	CHECK_EQ(m.system->task.mems_allowed, 5);
	CHECK_EQ(m.system->cpu_node[1], 2);
	CHECK_EQ(node_zone(&m, 2, 1)->start_pfn, 16384);
	arena_destroy(&m);
}

/* Node 1 has a cpu and no memory: its requests turn to the nearest node. */
static void test_node_without_memory(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	const struct zonelist *list;
	struct machine m;

	add_node(d, 16384);
	add_node(d, 0)->absent = true;
	add_node(d, 16384);
	d->nr_cpus = 2;
	d->has_cpu_node = true;
	d->cpu_node[1] = 1;
	d->has_distance = true;
	for (uint32_t i = 0; i < 9; i++)
		d->distance[i / 3][i % 3] = i % 4 ? 20 : 10;
	d->distance[1][2] = d->distance[2][1] = 15;
	if (!boot(&m, d))
		return;
	CHECK(m.nodes[1].online && !m.nodes[1].has_memory);
	CHECK_EQ(m.system->nr_online_nodes, 3);
	CHECK_EQ(m.system->task.mems_allowed, 5);
	list = &m.nodes[1].zonelists[ZONELIST_FALLBACK];
	CHECK_EQ(list->nr, 3);
	CHECK_EQ(m.zonerefs[list->first].nid, 2);
	CHECK_EQ(m.zonerefs[list->first + 1].nid, 0);
	CHECK_EQ(m.nodes[1].zonelists[ZONELIST_NOFALLBACK].nr, 0);
	arena_destroy(&m);
}

/* A node border inside a pageblock: two zones share it. */
static void test_ragged_nodes(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct machine m;

	add_node(d, 9001);
	add_node(d, 7003);
	if (!boot(&m, d))
		return;
	CHECK_EQ(node_zone(&m, 0, 1)->managed, 9001 - 4096);
	CHECK_EQ(node_zone(&m, 1, 1)->start_pfn, 9001);
	CHECK_EQ(node_zone(&m, 1, 1)->managed, 7003);
	arena_destroy(&m);
}

/* Of a processor: what others do does not count. */
static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A quarter of a terabyte: only the first frame of a block is written. */
static void test_large(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	double start = seconds();
	enum boot_error error;
	struct machine m;

	add_node(d, 1u << 26);
	error = machine_boot(&m, d, NULL, 0);
	free(d);
	CHECK_EQ(error, BOOT_OK);
	if (error)
		return;
	CHECK_EQ(node_zone(&m, 0, 2)->managed, (1u << 26) - (1u << 20));
	CHECK_EQ(node_zone(&m, 0, 2)->nr_free[10], (1u << 16) - (1u << 10));
	CHECK_EQ(m.system->min_free_kbytes, 65535);
	CHECK(seconds() - start < 20);
	arena_destroy(&m);
}

int main(void)
{
	test_one_node();
	test_two_nodes();
	test_lesson_numbers();
	test_transparent_hugepage();
	test_arches();
	test_classroom();
	test_absent_node();
	test_node_without_memory();
	test_ragged_nodes();
	test_large();
	return test_done();
}
