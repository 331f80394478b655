/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_boot_errors: an invalid description gets the right error and a message
 * that names what is wrong, and the machine does not change.
 */
#include "describe.h"

struct bad {
	enum boot_error error;
	const char *says; /* part of the message */
	void (*spoil)(struct machine_description *d);
};

#define BAD(name) static void name(struct machine_description *d)

BAD(no_nodes)
{
	d->nr_nodes = 0;
}
BAD(many_nodes)
{
	d->nr_nodes = MAX_NUMNODES + 1;
}
BAD(no_pages)
{
	d->node[1].nr_pages = 0;
}
BAD(all_absent)
{
	d->node[0].absent = d->node[1].absent = true;
}
BAD(only_frame_0)
{
	d->nr_nodes = 1;
	d->node[0].nr_pages = 1;
}
BAD(all_hole)
{
	d->node[0].holes[0] = (struct page_range){ 0, 16384 };
	d->node[0].nr_holes = 1;
}
BAD(all_reserved)
{
	d->nr_nodes = 1;
	d->node[0].reserved[0] = (struct page_range){ 0, 16384 };
	d->node[0].nr_reserved = 1;
}
BAD(too_large)
{
	d->node[1].nr_pages = UINT32_MAX;
}
BAD(overlap)
{
	d->node[1].start_pfn = 16000;
}
BAD(hole_outside)
{
	d->node[1].holes[0] = (struct page_range){ 16000, 100 };
	d->node[1].nr_holes = 1;
}
BAD(hole_wraps)
{
	d->node[0].holes[0] = (struct page_range){ 100, UINT32_MAX };
	d->node[0].nr_holes = 1;
}
BAD(holes_overlap)
{
	d->node[0].holes[0] = (struct page_range){ 100, 100 };
	d->node[0].holes[1] = (struct page_range){ 300, 50 };
	d->node[0].holes[2] = (struct page_range){ 199, 1 };
	d->node[0].nr_holes = 3;
}
BAD(reserved_overlap)
{
	d->node[0].reserved[0] = (struct page_range){ 300, 50 };
	d->node[0].reserved[1] = (struct page_range){ 200, 101 };
	d->node[0].nr_reserved = 2;
}
BAD(many_holes)
{
	d->node[0].nr_holes = MAX_NODE_RANGES + 1;
}
BAD(many_areas)
{
	d->node[0].nr_cma = MAX_NODE_RANGES + 1;
}
BAD(reserved_outside)
{
	d->node[0].reserved[0] = (struct page_range){ 16383, 2 };
	d->node[0].nr_reserved = 1;
}
BAD(high_order)
{
	d->max_order = 17;
}
BAD(high_pageblock)
{
	d->pageblock_order = 11;
}
BAD(many_cpus)
{
	d->nr_cpus = NR_CPUS + 1;
}
BAD(cpu_nowhere)
{
	d->has_cpu_node = true;
	d->cpu_node[0] = 2;
}
BAD(zone_order)
{
	d->zone_limit[ZONE_DMA32] = 100;
}
BAD(zone_strange)
{
	d->zone_limit[ZONE_HIGHMEM] = 9000;
}
BAD(zone_movable_limit)
{
	d->zone_limit[ZONE_MOVABLE] = 9000;
}
BAD(zone_short)
{
	d->zone_limit[ZONE_DMA32] = 9000;
	d->zone_limit[ZONE_NORMAL] = 9000;
}
BAD(movable_large)
{
	d->node[0].movable = 12289;
}
BAD(movable_small)
{
	d->node[0].nr_pages = 16000;
	d->node[0].movable = 600;
}
BAD(cma_odd)
{
	d->node[0].cma[0].nr_pages = 1000;
	d->node[0].nr_cma = 1;
}
BAD(cma_empty)
{
	d->node[0].nr_cma = 1;
}
BAD(cma_misaligned)
{
	d->node[0].cma[0] = (struct page_range){ 8704, 1024 };
	d->node[0].nr_cma = 1;
}
BAD(cma_large)
{
	d->node[0].cma[0].nr_pages = 1u << 20;
	d->node[0].nr_cma = 1;
}
BAD(cma_crosses)
{
	d->node[0].cma[0] = (struct page_range){ 3072, 2048 };
	d->node[0].nr_cma = 1;
}
BAD(cma_elsewhere)
{
	d->node[0].cma[0] = (struct page_range){ 20480, 1024 };
	d->node[0].nr_cma = 1;
}
BAD(cma_twice)
{
	d->node[0].cma[0] = (struct page_range){ 8192, 2048 };
	d->node[0].cma[1] = (struct page_range){ 9216, 1024 };
	d->node[0].nr_cma = 2;
}
BAD(cma_off)
{
	d->cma = 0;
	d->node[0].cma[0].nr_pages = 1024;
	d->node[0].nr_cma = 1;
}
BAD(distance_self)
{
	d->has_distance = true;
	d->distance[0][1] = d->distance[1][0] = 20;
	d->distance[0][0] = 10;
	d->distance[1][1] = 11;
}
BAD(distance_near)
{
	d->has_distance = true;
	d->distance[0][0] = d->distance[1][1] = 10;
	d->distance[0][1] = 10;
	d->distance[1][0] = 20;
}
BAD(scale)
{
	d->has_watermark_scale_factor = true;
	d->watermark_scale_factor = 1001;
}
BAD(dirty)
{
	d->has_dirty_ratio = true;
	d->dirty_ratio = 101;
}
BAD(reclaim_mode)
{
	d->node_reclaim_mode = 8;
}
BAD(min_free)
{
	d->has_min_free_kbytes = true;
	d->min_free_kbytes = UINT32_MAX;
}
BAD(no_numa)
{
	d->numa = 0;
}
BAD(i386_nodes)
{
	d->arch = ARCH_I386;
}
BAD(no_arch)
{
	d->arch = (enum machine_arch)7;
}

static const struct bad bad[] = {
	{ BOOT_NO_NODES, "no nodes", no_nodes },
	{ BOOT_TOO_LARGE, "too many nodes: 65", many_nodes },
	{ BOOT_NO_MEMORY_DESCRIBED, "node 1 has no memory: 0 pages", no_pages },
	{ BOOT_NO_MEMORY_DESCRIBED, "every node is absent", all_absent },
	{ BOOT_NO_MEMORY_DESCRIBED, "node 0 has no memory: all of it is a hole",
	  only_frame_0 },
	{ BOOT_NO_MEMORY_DESCRIBED, "node 0 has no memory: all of it is a hole",
	  all_hole },
	{ BOOT_NO_MEMORY_DESCRIBED, "all memory is reserved", all_reserved },
	{ BOOT_TOO_LARGE, "node 1 is too large: it ends at", too_large },
	{ BOOT_OVERLAP, "overlaps node 0", overlap },
	{ BOOT_OVERLAP, "node 1: hole pages outside the node: 16000",
	  hole_outside },
	{ BOOT_OVERLAP, "node 0: hole pages outside the node: 100",
	  hole_wraps },
	{ BOOT_OVERLAP,
	  "hole pages 199 to 199 overlap hole pages 100 to 199; describe",
	  holes_overlap },
	{ BOOT_OVERLAP,
	  "reserved pages 200 to 300 overlap reserved pages 300 to 349",
	  reserved_overlap },
	{ BOOT_TOO_LARGE, "too many hole ranges: 33; describe", many_holes },
	{ BOOT_TOO_LARGE, "too many CMA areas: 33", many_areas },
	{ BOOT_OVERLAP, "reserved pages outside the node: 16383 to 16384",
	  reserved_outside },
	{ BOOT_BAD_ORDER, "max_order is too large: 17", high_order },
	{ BOOT_BAD_ORDER, "pageblock_order is too large: 11", high_pageblock },
	{ BOOT_BAD_CPU, "too many cpus: 257", many_cpus },
	{ BOOT_BAD_CPU, "cpu 0 is on a node that does not exist: 2",
	  cpu_nowhere },
	{ BOOT_BAD_ZONE, "zone DMA32 ends below zone DMA: at page 100",
	  zone_order },
	{ BOOT_BAD_ZONE, "zone HighMem", zone_strange },
	{ BOOT_BAD_ZONE, "zone Movable", zone_movable_limit },
	{ BOOT_BAD_ZONE, "memory ends above the last zone: at page 32768",
	  zone_short },
	{ BOOT_BAD_ZONE, "too many movable pages: 12289 of the 12288",
	  movable_large },
	{ BOOT_BAD_ZONE, "too few movable pages: 600", movable_small },
	{ BOOT_BAD_CMA, "1000 pages; use a multiple of 1024", cma_odd },
	{ BOOT_BAD_CMA, "largest block: 0 pages", cma_empty },
	{ BOOT_BAD_CMA, "not aligned: it begins at page 8704", cma_misaligned },
	{ BOOT_BAD_CMA, "no room for a CMA area", cma_large },
	{ BOOT_BAD_CMA, "of one zone", cma_crosses },
	{ BOOT_BAD_CMA, "is not in free memory", cma_elsewhere },
	{ BOOT_BAD_CMA, "1024 pages at 9216", cma_twice },
	{ BOOT_BAD_CMA, "but cma is off", cma_off },
	{ BOOT_BAD_DISTANCE,
	  "from node 1 to node 1 is out of range: 11; set 10", distance_self },
	{ BOOT_BAD_DISTANCE,
	  "from node 0 to node 1 is out of range: 10; set 11", distance_near },
	{ BOOT_BAD_SYSCTL, "watermark_scale_factor is out of range: ", scale },
	{ BOOT_BAD_SYSCTL, "dirty_ratio is out of range: ", dirty },
	{ BOOT_BAD_SYSCTL,
	  "node_reclaim_mode is out of range: ", reclaim_mode },
	{ BOOT_BAD_SYSCTL, "min_free_kbytes is too large: ", min_free },
	{ BOOT_BAD_SHAPE, "without NUMA: 2", no_numa },
	{ BOOT_BAD_SHAPE, "without NUMA: 2", i386_nodes },
	{ BOOT_BAD_SHAPE, "arch is unknown: 7", no_arch },
};

static void test_bad_descriptions(void)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct machine_description *d = describe(ARCH_AMD64);
		struct machine m = { .cpu = 77 };
		char message[512] = "";

		add_node(d, 16384);
		add_node(d, 16384);
		bad[i].spoil(d);
		CHECK_EQ(machine_boot(&m, d, message, sizeof(message)),
			 bad[i].error);
		CHECK(!m.region && m.cpu == 77);
		if (!strstr(message, bad[i].says))
			CHECK_STR(message, bad[i].says);
		free(d);
	}
}

int main(void)
{
	test_bad_descriptions();
	return test_done();
}
