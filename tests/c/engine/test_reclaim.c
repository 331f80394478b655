/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_reclaim: the queue of reclaimable pages, and node_reclaim(). */
#include "machine.h"
#include "mm/reclaim.h"

enum { NR = 40 };

/* Two nodes; @pfn: NR pages in use on each, node 1's first. */
static struct machine machine_with_pages(uint32_t pfn[2 * NR])
{
	struct machine_description *d = describe_two_nodes();
	struct machine m;

	d->nr_cpus = 2;
	m = booted(d);
	for (uint32_t i = 0; i < 2 * NR; i++) {
		const struct alloc_request r = { .gfp = GFP_KERNEL,
						 .nid = i < NR,
						 .cpu = i < NR };

		CHECK_EQ(machine_alloc(&m, &r, &pfn[i]), MACHINE_ERROR_none);
	}
	return m;
}

static const char *reclaim(struct machine *m, unsigned int nid, gfp_t gfp,
			   unsigned int order)
{
	return enum_name(KIND_node_reclaim_result,
			 node_reclaim(m, node_zone(m, nid, NORMAL), gfp,
				      order));
}

static void append(struct machine *m, const uint32_t *pfn, uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++)
		CHECK_EQ(machine_set_reclaimable(m, pfn[i]),
			 MACHINE_ERROR_none);
}

/* 1024 managed pages: 1 percent are 10; a node with so many is full. */
static void test_full(void)
{
	uint32_t pfn[2 * NR];
	struct machine m = machine_with_pages(pfn);

	m.cpu = 1;
	CHECK_STR(reclaim(&m, 1, GFP_KERNEL, 0), "full");
	append(&m, pfn, 10);
	CHECK_STR(reclaim(&m, 1, GFP_KERNEL, 0), "full");
	CHECK_STR(reclaim(&m, 1, GFP_ATOMIC, 0), "full"); /* checked first */
	append(&m, pfn + 10, 1);
	CHECK_STR(reclaim(&m, 1, GFP_ATOMIC, 0), "noscan");
	CHECK_STR(reclaim(&m, 0, GFP_KERNEL, 0), "full"); /* of node 1 only */
	CHECK_STR(reclaim(&m, 1, GFP_KERNEL, 0), "success");
	CHECK_EQ(m.nodes[1].nr_reclaimable, 0);
	/* as in a recording, whose nodes have page cache enough */
	state_set(&m, m.system->min_unmapped_ratio, RATIO_ALWAYS_SCAN);
	CHECK_STR(reclaim(&m, 1, GFP_KERNEL, 0), "some");
	arena_destroy(&m);
}

/* Cpu 0 is on node 0, cpu 1 on node 1. */
static void test_noscan(void)
{
	uint32_t pfn[2 * NR];
	struct machine m = machine_with_pages(pfn);

	append(&m, pfn, NR);
	m.cpu = 1;
	CHECK_STR(reclaim(&m, 1, GFP_NOWAIT, 0), "noscan"); /* must not sleep */
	m.cpu = 0; /* node 1 has a cpu, and it is not this one */
	CHECK_STR(reclaim(&m, 1, GFP_KERNEL, 0), "noscan");
	m.cpu = 1;
	state_set(&m, m.system->task.memalloc, 1); /* reclaiming already */
	CHECK_STR(reclaim(&m, 1, GFP_KERNEL, 0), "noscan");
	CHECK_EQ(m.nodes[1].nr_reclaimable, NR);
	/* a node without cpus may be reclaimed from anywhere */
	state_set(&m, m.system->task.memalloc, 0);
	state_set(&m, m.system->cpu_node[1], 0);
	CHECK_STR(reclaim(&m, 1, GFP_KERNEL, 0), "success");
	arena_destroy(&m);
}

/* 32 pages at least, from the front; as many as the block has, if more. */
static void test_scan(void)
{
	uint32_t pfn[2 * NR];
	struct machine m = machine_with_pages(pfn);
	const struct zone *z = node_zone(&m, 1, NORMAL);
	const uint64_t pgfree = z->pgfree;

	state_set(&m, m.system->min_unmapped_ratio, 0);
	append(&m, pfn + NR, NR); /* node 0's keep their place */
	append(&m, pfn + 1, NR - 1);
	append(&m, pfn, 1);
	m.cpu = 1;
	CHECK_STR(reclaim(&m, 1, GFP_KERNEL, 0), "success");
	CHECK_EQ(z->pgfree - pgfree, 32);
	CHECK_EQ(page_state(m.pages[pfn[0]]), PAGE_USED); /* it was the last */
	CHECK_EQ(page_state(m.pages[pfn[33]]), PAGE_USED);
	CHECK(page_state(m.pages[pfn[32]]) != PAGE_USED);
	CHECK_EQ(m.nodes[0].nr_reclaimable, NR);
	CHECK_STR(reclaim(&m, 1, GFP_KERNEL, 4), "some"); /* 8 of 16 */
	CHECK_EQ(m.nodes[1].nr_reclaimable, 0);
	CHECK_MACHINE(&m);
	m.cpu = 0;
	CHECK_STR(reclaim(&m, 0, GFP_KERNEL, 5), "success");
	CHECK_EQ(m.nodes[0].nr_reclaimable, NR - 32);
	arena_destroy(&m);
}

/* Pages of zones that the request cannot use are left alone. */
static void test_zones(void)
{
	const struct alloc_request low = { .gfp = GFP_DMA };
	uint32_t pfn[2 * NR], dma;
	struct machine m = machine_with_pages(pfn);

	state_set(&m, m.system->min_unmapped_ratio, 0);
	append(&m, pfn + NR, 4);
	CHECK_EQ(machine_alloc(&m, &low, &dma), MACHINE_ERROR_none);
	append(&m, &dma, 1);
	m.cpu = 0;
	CHECK_STR(reclaim(&m, 0, GFP_DMA | GFP_KERNEL, 0), "success");
	CHECK_EQ(m.nodes[0].nr_reclaimable, 4);
	CHECK(page_state(m.pages[dma]) != PAGE_USED);
	CHECK_STR(reclaim(&m, 0, GFP_DMA | GFP_KERNEL, 0), "some");
	arena_destroy(&m);
}

/* A page leaves the queue when it is freed, or taken off its LRU list. */
static void test_queue(void)
{
	uint32_t pfn[2 * NR];
	struct machine m = machine_with_pages(pfn), clone;

	append(&m, pfn, 3);
	CHECK(arena_clone(&clone, &m));
	CHECK(arena_equal(&clone, &m));
	arena_destroy(&clone);
	CHECK_EQ(machine_set_reclaimable(&m, pfn[0]),
		 MACHINE_ERROR_reclaimable);
	CHECK(m.pages[pfn[1]] & PAGE_LRU);
	CHECK_EQ(machine_free(&m, 1, pfn[1], 0), MACHINE_ERROR_none);
	CHECK_MACHINE(&m);
	CHECK_EQ(machine_set_lru(&m, pfn[0], false), MACHINE_ERROR_none);
	CHECK(!(m.pages[pfn[0]] & (PAGE_LRU | PAGE_RECLAIMABLE)));
	CHECK_MACHINE(&m);
	CHECK_EQ(m.nodes[1].nr_reclaimable, 1);
	CHECK_EQ(m.links[m.nodes[1].lru].next, lru_entry(&m, pfn[2]));
	CHECK_EQ(machine_free(&m, 1, pfn[2], 0), MACHINE_ERROR_none);
	CHECK(arena_clone(&clone, &m));
	CHECK(arena_equal(&clone, &m));
	arena_destroy(&clone);
	arena_destroy(&m);
}

/* A fifth of all pages, rounded up to blocks of the largest order. */
static void test_limit(void)
{
	struct machine m = small_machine();
	const struct alloc_request r = { .gfp = GFP_KERNEL };
	const uint32_t most = m.max_pfn / 5;
	uint32_t pfn, last = 0;

	for (uint32_t i = 0; i < most; i++) {
		CHECK_EQ(machine_alloc(&m, &r, &pfn), MACHINE_ERROR_none);
		last = i ? last : pfn;
		append(&m, &pfn, 1);
	}
	CHECK_EQ(machine_alloc(&m, &r, &pfn), MACHINE_ERROR_none);
	CHECK_EQ(machine_set_reclaimable(&m, pfn), MACHINE_ERROR_reclaimable);
	CHECK_EQ(machine_free(&m, 0, last, 0), MACHINE_ERROR_none);
	append(&m, &pfn, 1); /* in the entry of that page */
	CHECK_MACHINE(&m);
	arena_destroy(&m);
}

int main(void)
{
	test_full();
	test_noscan();
	test_scan();
	test_zones();
	test_queue();
	test_limit();
	return test_done();
}
