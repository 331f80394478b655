/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check: a sane machine passes, and each way to break one is found, named
 * with its page or zone. The machine is broken behind the engine's back.
 */
#include "mm/control.h"
#include "check_fixture.h"
#include "test.h"

static char message[512];

/* Write what is const to everybody. */
#define SPOIL(field, value)                                                    \
	(*(uint32_t *)(uintptr_t) & (field) = (uint32_t)(value))

static uint32_t free_head(const struct fixture *b, unsigned int order,
			  unsigned int type)
{
	return free_list(b->zone, order, type);
}

/* The first block of a list of DMA32. */
static uint32_t first_free(const struct fixture *b, unsigned int order,
			   unsigned int type)
{
	uint32_t head = free_head(b, order, type);

	CHECK(b->m.links[head].next != head);
	return b->m.links[head].next;
}

static uint32_t pcp_head(const struct fixture *b)
{
	return zone_pcp(&b->m, b->zone, 0)->heads + MIGRATE_MOVABLE;
}

static void spoil_word(struct fixture *b)
{
	SPOIL(b->m.pages[first_free(b, TOP, MIGRATE_MOVABLE)], 0);
}

static void spoil_word_type(struct fixture *b)
{
	b->used = first_free(b, TOP, MIGRATE_MOVABLE);
	SPOIL(b->m.pages[b->used], b->m.pages[b->used] ^ 3u << PAGE_TYPE_SHIFT);
}

static void spoil_orphan(struct fixture *b)
{
	SPOIL(b->m.pages[RESERVED], zone_id(&b->m, b->zone) << PAGE_ZONE_SHIFT |
					    PAGE_BUDDY << PAGE_STATE_SHIFT);
}

static void spoil_pcp_orphan(struct fixture *b)
{
	SPOIL(b->m.pages[RESERVED], zone_id(&b->m, b->zone) << PAGE_ZONE_SHIFT |
					    PAGE_PCP << PAGE_STATE_SHIFT);
}

static void spoil_nr_free(struct fixture *b)
{
	SPOIL(b->zone->nr_free[TOP], b->zone->nr_free[TOP] + 1);
}

static void spoil_prev(struct fixture *b)
{
	SPOIL(b->m.links[first_free(b, TOP, MIGRATE_MOVABLE)].prev, 99);
}

static void spoil_head_prev(struct fixture *b)
{
	SPOIL(b->m.links[free_head(b, TOP, MIGRATE_MOVABLE)].prev, 99);
}

static void spoil_next(struct fixture *b)
{
	SPOIL(b->m.links[free_head(b, TOP, MIGRATE_MOVABLE)].next,
	      b->m.system->nr_links + 5);
}

static void spoil_next_head(struct fixture *b)
{
	SPOIL(b->m.links[free_head(b, TOP, MIGRATE_MOVABLE)].next,
	      free_head(b, TOP, MIGRATE_UNMOVABLE));
}

static void spoil_circle(struct fixture *b)
{
	uint32_t first = first_free(b, TOP, MIGRATE_MOVABLE);
	uint32_t second = b->m.links[first].next;

	SPOIL(b->m.links[second].next, first);
}

static void spoil_self(struct fixture *b)
{
	uint32_t first = first_free(b, TOP, MIGRATE_MOVABLE);

	SPOIL(b->m.links[first].next, first);
}

static void spoil_two_lists(struct fixture *b)
{
	SPOIL(b->m.links[free_head(b, TOP, MIGRATE_UNMOVABLE)].next,
	      first_free(b, TOP, MIGRATE_MOVABLE));
}

static void spoil_reclaimable_word(struct fixture *b)
{
	SPOIL(b->m.pages[b->page], b->m.pages[b->page] | PAGE_RECLAIMABLE);
}

static void spoil_reclaimable_count(struct fixture *b)
{
	CHECK_EQ(machine_set_reclaimable(&b->m, b->page), MACHINE_ERROR_none);
	SPOIL(b->m.nodes[0].nr_reclaimable, 2);
}

static void spoil_reclaimable_queue(struct fixture *b)
{
	CHECK_EQ(machine_set_reclaimable(&b->m, b->page), MACHINE_ERROR_none);
	SPOIL(lru_entry_pfn(&b->m, lru_entry(&b->m, b->page)), b->used);
}

static void spoil_alignment(struct fixture *b)
{
	CHECK(b->used & 15);
	SPOIL(b->m.pages[b->used], (b->m.pages[b->used] & ~7u) | 4);
}

static void spoil_order(struct fixture *b)
{
	SPOIL(b->m.pages[b->used], b->m.pages[b->used] | PAGE_ORDER_MASK);
}

static void spoil_overlap(struct fixture *b)
{
	uint32_t pfn = first_free(b, TOP, MIGRATE_MOVABLE);

	SPOIL(b->m.pages[pfn + 17], b->m.pages[b->page]);
}

static void spoil_used_overlap(struct fixture *b)
{
	SPOIL(b->m.pages[b->used + 1], b->m.pages[b->page]);
}

static void spoil_zone(struct fixture *b)
{
	SPOIL(b->m.pages[b->used], b->m.pages[b->used] & ~PAGE_ZONE_MASK);
}

static void spoil_zone_none(struct fixture *b)
{
	SPOIL(b->m.pages[b->used], b->m.pages[b->used] | PAGE_ZONE_MASK);
}

static void spoil_type(struct fixture *b)
{
	SPOIL(b->m.pages[b->used], b->m.pages[b->used] | PAGE_TYPE_MASK);
}

static void spoil_nothing(struct fixture *b)
{
	SPOIL(b->m.pages[RESERVED], PAGE_COMPOUND);
}

static void spoil_lru(struct fixture *b)
{
	uint32_t pfn = first_free(b, TOP, MIGRATE_MOVABLE);

	SPOIL(b->m.pages[pfn], b->m.pages[pfn] | PAGE_LRU);
}

static void spoil_lru_inside(struct fixture *b)
{
	SPOIL(b->m.pages[first_free(b, TOP, MIGRATE_MOVABLE) + 3], PAGE_LRU);
}

static void unlink_block(struct fixture *b, uint32_t pfn)
{
	const struct list_link *link = &b->m.links[pfn];

	SPOIL(b->m.links[link->prev].next, link->next);
	SPOIL(b->m.links[link->next].prev, link->prev);
}

static void link_block(struct fixture *b, uint32_t pfn, unsigned int order)
{
	uint32_t head = free_head(b, order, MIGRATE_MOVABLE);
	uint32_t next = b->m.links[head].next;
	uint32_t word = zone_id(&b->m, b->zone) << PAGE_ZONE_SHIFT |
			PAGE_BUDDY << PAGE_STATE_SHIFT |
			MIGRATE_MOVABLE << PAGE_TYPE_SHIFT | order;

	SPOIL(b->m.links[pfn].prev, head);
	SPOIL(b->m.links[pfn].next, next);
	SPOIL(b->m.links[next].prev, pfn);
	SPOIL(b->m.links[head].next, pfn);
	SPOIL(b->m.pages[pfn], word);
}

/* A free block of the largest order becomes two of the order below. */
static void spoil_buddies(struct fixture *b)
{
	uint32_t pfn = first_free(b, TOP, MIGRATE_MOVABLE);

	unlink_block(b, pfn);
	link_block(b, pfn, TOP - 1);
	link_block(b, pfn + 512, TOP - 1);
	SPOIL(b->zone->nr_free[TOP], b->zone->nr_free[TOP] - 1);
	SPOIL(b->zone->nr_free[TOP - 1], b->zone->nr_free[TOP - 1] + 2);
}

static void spoil_free_pages(struct fixture *b)
{
	SPOIL(b->zone->nr_free_pages, b->zone->nr_free_pages - 1);
}

static void spoil_free_cma(struct fixture *b)
{
	SPOIL(b->zone->nr_free_cma, b->zone->nr_free_cma + 1);
}

/* The sum is right, but the private part should have been folded. */
static void spoil_threshold(struct fixture *b)
{
	const struct per_cpu_pages *pcp = zone_pcp(&b->m, b->zone, 1);
	uint32_t beyond = b->zone->stat_threshold + 1;

	SPOIL(b->zone->nr_free_pages, b->zone->nr_free_pages + beyond);
	SPOIL(pcp->stat_diff, pcp->stat_diff - (int32_t)beyond);
}

static void spoil_pcp_count(struct fixture *b)
{
	const struct per_cpu_pages *pcp = zone_pcp(&b->m, b->zone, 0);

	SPOIL(pcp->count, pcp->count + 1);
}

static void spoil_pcp_word(struct fixture *b)
{
	uint32_t pfn = b->m.links[pcp_head(b)].next;

	CHECK(pfn != pcp_head(b));
	SPOIL(b->m.pages[pfn], b->m.pages[b->page]);
}

static void spoil_pcp_list(struct fixture *b)
{
	SPOIL(b->m.links[pcp_head(b)].next, b->m.system->max_pfn);
}

static void spoil_highatomic(struct fixture *b)
{
	SPOIL(b->zone->nr_reserved_highatomic,
	      b->zone->managed / 100 + 2 * 512 + 1);
}

static void spoil_cma_block(struct fixture *b)
{
	*(uint8_t *)(uintptr_t)&b->m.pageblocks[CMA_START / 512] =
		MIGRATE_MOVABLE;
}

static void spoil_cma_pageblock(struct fixture *b)
{
	uint32_t pfn = first_free(b, TOP, MIGRATE_MOVABLE);

	*(uint8_t *)(uintptr_t)&b->m.pageblocks[pfn / 512] = MIGRATE_CMA;
}

static void spoil_no_pageblock(struct fixture *b)
{
	uint32_t pfn = first_free(b, TOP, MIGRATE_MOVABLE);

	*(uint8_t *)(uintptr_t)&b->m.pageblocks[pfn / 512] = PAGEBLOCK_NONE;
}

static void spoil_managed(struct fixture *b)
{
	SPOIL(b->zone->managed, b->zone->managed - 1);
}

static void spoil_present(struct fixture *b)
{
	SPOIL(b->zone->present, b->zone->managed - 1);
}

static void spoil_heads(struct fixture *b)
{
	SPOIL(b->zone->heads, b->m.system->nr_links - 3);
}

static void spoil_pcp_heads(struct fixture *b)
{
	SPOIL(zone_pcp(&b->m, b->zone, 1)->heads, 17);
}

static const struct {
	void (*spoil)(struct fixture *b);
	const char *says; /* part of the finding */
} faults[] = {
	{ spoil_word,
	  "on the free list of order 10, movable, but its word has" },
	{ spoil_word_type,
	  "on the free list of order 10, movable, but its word has" },
	{ spoil_orphan, "words of free blocks, but its lists have" },
	{ spoil_pcp_orphan, "words of pages on per-cpu lists" },
	{ spoil_nr_free, "order 10: nr_free is" },
	{ spoil_prev, "whose backward link is 99" },
	{ spoil_head_prev, "whose backward link is 99" },
	{ spoil_next, "which is no page" },
	{ spoil_next_head, "which is no page" },
	{ spoil_circle, "whose backward link is" },
	{ spoil_self, "whose backward link is" },
	{ spoil_two_lists, "whose backward link is" },
	{ spoil_reclaimable_word,
	  "1 pages are marked reclaimable, but the queues have 0" },
	{ spoil_reclaimable_count,
	  "node 0: nr_reclaimable is 2, but its queue has 1 pages" },
	{ spoil_reclaimable_queue,
	  "node 0: the queue of reclaimable pages is broken after entry" },
	{ spoil_alignment, "order 4: not aligned" },
	{ spoil_order, "not aligned, or order not below max_order 11" },
	{ spoil_overlap, "inside the block of order 10" },
	{ spoil_used_overlap, "inside the block of order 3" },
	{ spoil_zone, "zone DMA: page" },
	{ spoil_zone_none, "no such zone: 65535" },
	{ spoil_type, "no such migratetype or state: 7, 1" },
	{ spoil_nothing, "page 16000: not the first page of a block" },
	{ spoil_lru, ": free and on an LRU list" },
	{ spoil_lru_inside, "inside the block of order 10" },
	{ spoil_buddies, "free buddies are not merged: " },
	{ spoil_free_pages, "NR_FREE_PAGES with all vm_stat_diff is" },
	{ spoil_free_cma, "NR_FREE_CMA_PAGES with all vm_stat_diff is" },
	{ spoil_threshold, "exceed stat_threshold" },
	{ spoil_pcp_count, "cpu 0: count is" },
	{ spoil_pcp_word, "on the cpu 0, movable list, but its word has" },
	{ spoil_pcp_list, "cpu 0, movable list: entry" },
	{ spoil_highatomic, "nr_reserved_highatomic is" },
	{ spoil_cma_block, "but its pageblock is movable" },
	{ spoil_cma_pageblock, "but its pageblock is cma" },
	{ spoil_no_pageblock, ": free in a pageblock without memory" },
	{ spoil_managed, "are managed" },
	{ spoil_present, "sizes are inconsistent: " },
	{ spoil_heads, "the list heads are out of range" },
	{ spoil_pcp_heads, "the list heads of cpu 1 are out of range" },
};

static void test_faults(void)
{
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		struct fixture b;

		fixture_init(&b);
		CHECK(machine_check(&b.m, message, sizeof(message)));
		faults[i].spoil(&b);
		message[0] = '\0';
		CHECK(!machine_check(&b.m, message, sizeof(message)));
		if (!strstr(message, faults[i].says))
			CHECK_STR(message, faults[i].says);
		CHECK(!machine_check(&b.m, NULL, 0));
		CHECK(!machine_check(&b.m, message, 10));
		arena_destroy(&b.m);
	}
}

static void check_sane(const struct machine *m)
{
	message[0] = '\0';
	machine_check(m, message, sizeof(message));
	CHECK_STR(message, "");
}

/* What is odd, but as it should be. */
static void test_sane(void)
{
	uint32_t busy;
	struct fixture b;
	uint32_t pair, buddy, drift;

	fixture_init(&b);
	CHECK_EQ(machine_set_lru(&b.m, b.used, true), MACHINE_ERROR_none);
	SPOIL(b.m.pages[RESERVED], PAGE_LRU);
	check_sane(&b.m);

	/* a private difference, within its threshold */
	drift = b.zone->stat_threshold;
	SPOIL(b.zone->nr_free_pages, b.zone->nr_free_pages - drift);
	SPOIL(zone_pcp(&b.m, b.zone, 1)->stat_diff, drift);
	check_sane(&b.m);

	/* isolated: freed blocks stay with the isolated, and merge there */
	pair = fixture_alloc(&b.m, GFP_HIGHUSER_MOVABLE, TOP);
	CHECK_EQ(machine_set_lru(&b.m, pair, true), MACHINE_ERROR_none);
	CHECK_EQ(machine_isolate(&b.m, 0, pair, MIGRATE_MOVABLE, &busy),
		 MACHINE_ERROR_none);
	CHECK_EQ(busy, PFN_NONE);
	check_sane(&b.m);
	CHECK_EQ(machine_free(&b.m, 0, pair, TOP), MACHINE_ERROR_none);
	check_sane(&b.m);
	CHECK_EQ(machine_unisolate(&b.m, 0, pair, MIGRATE_MOVABLE),
		 MACHINE_ERROR_none);
	check_sane(&b.m);
	fixture_alloc(&b.m, GFP_HIGHUSER_MOVABLE, TOP - 1); /* the odd one */
	pair = fixture_alloc(&b.m, GFP_HIGHUSER_MOVABLE, TOP - 1);
	buddy = fixture_alloc(&b.m, GFP_HIGHUSER_MOVABLE, TOP - 1);
	CHECK_EQ(pair ^ buddy, 512);
	CHECK_EQ(machine_set_lru(&b.m, pair, true), MACHINE_ERROR_none);
	CHECK_EQ(machine_set_lru(&b.m, buddy, true), MACHINE_ERROR_none);
	CHECK_EQ(machine_isolate(&b.m, 0, pair, MIGRATE_MOVABLE, &busy),
		 MACHINE_ERROR_none);
	CHECK_EQ(busy, PFN_NONE);
	CHECK_EQ(machine_free(&b.m, 0, pair, TOP - 1), MACHINE_ERROR_none);
	CHECK_EQ(machine_free(&b.m, 0, buddy, TOP - 1), MACHINE_ERROR_none);
	CHECK_EQ(page_order(b.m.pages[pair & buddy]), TOP);
	CHECK_EQ(page_type(b.m.pages[pair & buddy]), MIGRATE_ISOLATE);
	check_sane(&b.m);
	arena_destroy(&b.m);
}

/* After each of many requests. */
static void test_in_use(void)
{
	uint32_t held[64] = { 0 }, order[64] = { 0 };
	uint64_t seed = 1;
	struct fixture b;

	fixture_init(&b);
	for (int i = 0; i < 2000; i++) {
		struct alloc_request request = {
			.gfp = i % 3 ? GFP_HIGHUSER_MOVABLE : GFP_KERNEL,
			.cpu = (uint32_t)i & 1,
		};
		uint32_t at;

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		at = seed >> 58;
		if (held[at]) {
			CHECK_EQ(machine_free(&b.m, request.cpu, held[at],
					      order[at]),
				 MACHINE_ERROR_none);
			held[at] = 0;
		} else {
			request.order = order[at] = (seed >> 40) % 8;
			machine_alloc(&b.m, &request, &held[at]);
			if (held[at] == PFN_NONE)
				held[at] = 0;
		}
		check_sane(&b.m);
	}
	arena_destroy(&b.m);
}

int main(void)
{
	test_sane();
	test_in_use();
	test_faults();
	return test_done();
}
