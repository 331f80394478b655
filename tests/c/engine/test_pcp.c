/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pcp: per-cpu lists: refill, hit, free, and the rounds of a bulk free. */
#define TRACED 1
#include "machine.h"
#include "mm/pcp.h"

/* Nothing is free; cpu 0's lists hold up to 8 and refill by 4. */
static struct machine blank(struct machine m, const struct zone *z)
{
	allocate_all(&m, z);
	state_set(&m, m.pcps[z->pcps].high, 8);
	state_set(&m, m.pcps[z->pcps].batch, 4);
	return m;
}

static struct machine blank_classroom(void)
{
	struct machine m = small_machine();

	return blank(m, normal(&m));
}

static void test_refill(void)
{
	struct machine m = blank_classroom();
	const struct zone *z = normal(&m);
	const struct per_cpu_pages *pcp = zone_pcp(&m, z, 0);

	state_set(&m, z->stat_threshold, 2);
	add_free_block(&m, z, 256, 3, M);
	CHECK_EQ(__rmqueue_pcplist(&m, z, M, 0), 256);
	/* added at the tail, one by one: the list is in order */
	CHECK_LIST(&m, pcp->heads + M, 257, 258, 259);
	CHECK_EQ(pcp->count, 3);
	CHECK_EQ(page_state(m.pages[256]), PAGE_USED);
	CHECK_EQ(page_state(m.pages[257]), PAGE_PCP);
	/*
	 * The counter fell once, by 4: beyond the threshold 2, folded whole.
	 * One by one it would have been folded at 3, and -1 kept back.
	 */
	CHECK_EQ(z->nr_free_pages, 4);
	CHECK_EQ(pcp->stat_diff, 0);

	/* a hit takes the head and moves no counter */
	CHECK_EQ(__rmqueue_pcplist(&m, z, M, 0), 257);
	CHECK_LIST(&m, pcp->heads + M, 258, 259);
	CHECK_EQ(pcp->count, 2);
	CHECK_EQ(z->nr_free_pages, 4);
	arena_destroy(&m);
}

/* Fewer than a batch are there; then none. */
static void test_short_refill(void)
{
	struct machine m = blank_classroom();
	const struct zone *z = normal(&m);
	const struct per_cpu_pages *pcp = zone_pcp(&m, z, 0);

	add_free_block(&m, z, 256, 1, U);
	CHECK_EQ(__rmqueue_pcplist(&m, z, U, 0), 256);
	CHECK_EQ(pcp->count, 1);
	CHECK_EQ(pcp->stat_diff, -2);
	CHECK_EQ(__rmqueue_pcplist(&m, z, U, 0), 257);
	CHECK_EQ(__rmqueue_pcplist(&m, z, U, 0), PFN_NONE);
	CHECK_EQ(pcp->count, 0);
	/* lowered by 0 even then: what had outgrown the threshold is folded */
	state_set(&m, z->stat_threshold, 1);
	CHECK_EQ(__rmqueue_pcplist(&m, z, U, 0), PFN_NONE);
	CHECK_EQ(pcp->stat_diff, 0);
	CHECK_EQ(z->nr_free_pages, 0);
	arena_destroy(&m);
}

/* Each list is one type's; a refill may steal for it. */
static void test_lists_by_type(void)
{
	struct machine m = blank_classroom();
	const struct zone *z = normal(&m);
	const struct per_cpu_pages *pcp = zone_pcp(&m, z, 0);

	add_free_block(&m, z, 256, 3, M);
	CHECK_EQ(__rmqueue_pcplist(&m, z, U, 0), 256);
	CHECK_LIST(&m, pcp->heads + U, 257, 258, 259);
	CHECK_EMPTY(&m, pcp->heads + M);
	CHECK_EQ(get_pageblock_migratetype(&m, z, 256), U);
	/* another cpu has lists of its own */
	m.cpu = 1;
	CHECK_EQ(__rmqueue_pcplist(&m, z, U, 0), 260);
	CHECK_EQ(zone_pcp(&m, z, 1)->batch, 1);
	CHECK_EMPTY(&m, zone_pcp(&m, z, 1)->heads + U);
	arena_destroy(&m);
}

/* A CMA page among a refill lowers the CMA counter at once, by one. */
static void test_refill_cma(void)
{
	struct machine m = arm64_cma();
	const struct zone *z = node_zone(&m, 0, DMA);
	const struct per_cpu_pages *pcp = zone_pcp(&m, z, 0);

	m = blank(m, z);
	state_set(&m, z->stat_threshold, 2);
	add_free_block(&m, z, 512, 3, C);
	CHECK_EQ(__rmqueue_pcplist(&m, z, M, ALLOC_CMA), 512);
	CHECK_EQ(page_type(m.pages[513]), C); /* what it is */
	CHECK_EQ(z->nr_free_cma, 8 - 3); /* -1, -2, folded at -3 */
	CHECK_EQ(pcp->cma_diff, -1); /* and one kept */
	CHECK_EQ(z->nr_free_pages, 8 - 4);
	CHECK_EQ(pcp->stat_diff, 0);
	arena_destroy(&m);
}

/* A freed page has its pageblock's type and is allocated next. */
static void test_free(void)
{
	struct machine m = blank_classroom();
	const struct zone *z = normal(&m);
	const struct per_cpu_pages *pcp = zone_pcp(&m, z, 0);
	const uint32_t freed[] = { 256, 257, 264, 272, 280 };

	for (int i = 0; i < 5; i++)
		allocate_page(&m, z, freed[i]);
	set_block_type(&m, z, 264, R);
	set_block_type(&m, z, 272, H);
	for (int i = 0; i < 4; i++)
		free_unref_page(&m, z, freed[i]);
	/* highatomic has no list: on the movable one, remembered as it is */
	CHECK_LIST(&m, pcp->heads + M, 272, 257, 256);
	CHECK_LIST(&m, pcp->heads + R, 264);
	CHECK_EQ(page_type(m.pages[272]), H);
	CHECK_EQ(page_type(m.pages[264]), R);
	CHECK_EQ(pcp->count, 4);
	CHECK_EQ(z->nr_free_pages, 0); /* not free in the zone's sense */

	set_block_type(&m, z, 280, MIGRATE_ISOLATE);
	state_set(&m, z->nr_isolate_pageblock, 1);
	free_unref_page(&m, z, 280); /* straight to the buddy lists */
	CHECK_LIST(&m, free_list(z, 0, MIGRATE_ISOLATE), 280);
	CHECK_EQ(pcp->count, 4);
	CHECK_EQ(__rmqueue_pcplist(&m, z, M, 0), 272);
	arena_destroy(&m);
}

/* At high: a batch goes back from the tail, those that waited longest. */
static void test_high(void)
{
	struct machine m = blank_classroom();
	const struct zone *z = normal(&m);
	const struct per_cpu_pages *pcp = zone_pcp(&m, z, 0);

	for (uint32_t pfn = 256; pfn < 256 + 16; pfn += 2) {
		allocate_page(&m, z, pfn);
		free_unref_page(&m, z, pfn);
		CHECK_EQ(pcp->count, pfn < 270 ? (pfn - 254) / 2 : 8 - 4);
	}
	CHECK_LIST(&m, pcp->heads + M, 270, 268, 266, 264);
	CHECK_LIST(&m, free_list(z, 0, M), 262, 260, 258, 256);
	arena_destroy(&m);
}

/* A small zone: high 0, batch 1. Every page freed goes on at once. */
static void test_high_0(void)
{
	struct machine m = small_machine();
	const struct zone *z = normal(&m);
	const struct per_cpu_pages *pcp = zone_pcp(&m, z, 0);

	CHECK_EQ(pcp->high, 0);
	CHECK_EQ(pcp->batch, 1);
	CHECK_EQ(__rmqueue_pcplist(&m, z, M, 0), 256);
	CHECK_EQ(pcp->count, 0);
	free_unref_page(&m, z, 256);
	CHECK_EQ(pcp->count, 0);
	CHECK_EQ(z->nr_free[0], 0);
	CHECK_EQ(z->nr_free[5], 24); /* and all has merged again */
	arena_destroy(&m);
}

/* Fill a list with @nr pages: tail first @pfn, then every second frame. */
static void fill(struct machine *m, unsigned int type, uint32_t pfn,
		 uint32_t nr)
{
	const struct per_cpu_pages *pcp = zone_pcp(m, normal(m), 0);

	for (uint32_t i = 0; i < nr; i++, pfn += 2) {
		state_set(m, m->pages[pfn],
			  zone_id(m, normal(m)) << PAGE_ZONE_SHIFT |
				  PAGE_PCP << PAGE_STATE_SHIFT |
				  type << PAGE_TYPE_SHIFT);
		list_add(m, pfn, pcp->heads + type);
		state_set(m, pcp->count, pcp->count + 1);
	}
}

/* The pages drained, in order, when @n of the lists are freed. */
static void check_rounds(uint32_t nr_u, uint32_t nr_m, uint32_t nr_r,
			 uint32_t n, const char *expected)
{
	struct machine m = blank_classroom();
	struct history *h = history_new();
	char text[128] = "";
	size_t at = 0;

	fill(&m, U, 300, nr_u);
	fill(&m, M, 400, nr_m);
	fill(&m, R, 500, nr_r);
	machine_set_history(&m, h);
	free_pcppages_bulk(&m, normal(&m), n, zone_pcp(&m, normal(&m), 0));
	history_commit(h);
	for (uint32_t step = 1; step <= h->nr_events; step++) {
		const struct event *event = history_event(h, step);
		const struct event_mm_page_pcpu_drain *drained =
			event_get(event, mm_page_pcpu_drain);

		if (drained)
			at += (size_t)snprintf(text + at, sizeof(text) - at,
					       "%s%u", at ? " " : "",
					       drained->pfn);
	}
	CHECK_STR(text, expected);
	history_free(h);
	arena_destroy(&m);
}

/*
 * Round and round the three lists, beginning with type 1. A list skipped
 * because it is empty allows the next one a page more; when two were
 * skipped, everything left comes from the third.
 */
static void test_rounds(void)
{
	/* one each: M R U M R U */
	check_rounds(2, 2, 2, 6, "400 500 300 402 502 302");
	/* R is empty: M gives one, U two; M one, U two */
	check_rounds(4, 2, 0, 6, "400 300 302 402 304 306");
	check_rounds(4, 2, 0, 4, "400 300 302 402");
	/* only U: after two empty lists all the requested pages */
	check_rounds(5, 0, 0, 3, "300 302 304");
	/* M is empty: R two, U one; R's last leaves U alone */
	check_rounds(4, 0, 3, 7, "500 502 300 504 302 304 306");
	/* never more than there are */
	check_rounds(1, 1, 0, 9, "400 300");
	check_rounds(0, 3, 0, 2, "400 402");
}

/* While blocks are isolated, the pageblock's type counts, not the page's. */
static void test_bulk_free_types(void)
{
	struct machine m = blank_classroom();
	const struct zone *z = normal(&m);

	fill(&m, M, 400, 2);
	set_block_type(&m, z, 400, R); /* since then another's */
	free_pcppages_bulk(&m, z, 1, zone_pcp(&m, z, 0));
	CHECK_LIST(&m, free_list(z, 0, M), 400); /* as remembered */
	state_set(&m, z->nr_isolate_pageblock, 1);
	set_block_type(&m, z, 402, MIGRATE_ISOLATE);
	free_pcppages_bulk(&m, z, 1, zone_pcp(&m, z, 0));
	CHECK_LIST(&m, free_list(z, 0, MIGRATE_ISOLATE), 402);
	CHECK_EQ(zone_pcp(&m, z, 0)->count, 0);
	arena_destroy(&m);
}

static void test_drain(void)
{
	struct machine m = blank_classroom();
	const struct zone *z = normal(&m), *dma32 = node_zone(&m, 0, DMA32);

	fill(&m, M, 400, 5);
	m.cpu = 1;
	state_set(&m, m.pcps[z->pcps + 1].high, 8);
	state_set(&m, m.pcps[dma32->pcps].high, 8);
	allocate_page(&m, z, 500);
	free_unref_page(&m, z, 500); /* cpu 1's */
	m.cpu = 0;
	CHECK_EQ(__rmqueue_pcplist(&m, dma32, M, 0), 128);
	free_unref_page(&m, dma32, 128);
	CHECK_EQ(zone_pcp(&m, dma32, 0)->count, 1);
	drain_pages(&m, 0);
	CHECK_EQ(zone_pcp(&m, z, 0)->count, 0); /* in every zone */
	CHECK_EQ(zone_pcp(&m, dma32, 0)->count, 0);
	CHECK_EQ(zone_pcp(&m, z, 1)->count, 1); /* of this cpu only */
	CHECK_EQ(z->nr_free[0], 5);
	arena_destroy(&m);
}

int main(void)
{
	test_refill();
	test_short_refill();
	test_lists_by_type();
	test_refill_cma();
	test_free();
	test_high();
	test_high_0();
	test_rounds();
	test_bulk_free_types();
	test_drain();
	return test_done();
}
