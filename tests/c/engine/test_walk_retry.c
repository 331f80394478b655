/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_walk_retry: second passes, reclaim, and what a success leaves. */
#include "walk.h"

/* Only 4 unmovable frames are left in a zone: a movable pair needs them. */
static void prepare_steal(struct test *t, unsigned int idx, uint32_t pfn)
{
	const struct zone *z = node_zone(&t->m, 0, idx);

	allocate_all(&t->m, z);
	set_block_type(&t->m, z, pfn, U);
	add_free_block(&t->m, z, pfn, 2, U);
	state_set(&t->m, z->nr_free_pages, 100);
}

/* NOFRAGMENT, and no zone can serve it: a second pass that may steal. */
static void test_nofragment_end_of_list(void)
{
	struct test t = begin(small_machine());
	const struct walk_request w = { .gfp = GFP_KERNEL | __GFP_MOVABLE,
					.order = 1,
					.flags = ALLOC_WMARK_LOW |
						 ALLOC_NOFRAGMENT };

	prepare_steal(&t, NORMAL, 256);
	raise_watermark(&t, 0, DMA32);
	raise_watermark(&t, 0, DMA);
	CHECK_EQ(walk(&t, w), 256);
	CHECK_STR(t.events, "walk_begin watermark_check free_area_check "
			    "zone_empty watermark_check watermark_check "
			    "nofragment_retry walk_begin watermark_check "
			    "free_area_check");
	CHECK_EQ(last_event(t.h, nofragment_retry)->reason, RETRY_end_of_list);
	CHECK_EQ(last_event(t.h, walk_begin)->pass, 2);
	CHECK_EQ(last_event(t.h, walk_begin)->alloc_flags, ALLOC_WMARK_LOW);
	/* a lower zone of the node is preferred to a steal */
	state_set(&t.m, node_zone(&t.m, 0, DMA32)->watermark[WMARK_LOW], 5);
	prepare_steal(&t, NORMAL, 256);
	CHECK_EQ(walk(&t, w), 128);
	end(&t);
}

/* But a local steal is preferred to a page of another node. */
static void test_nofragment_locality(void)
{
	struct test t = begin(two_nodes());
	const struct walk_request w = { .gfp = GFP_KERNEL | __GFP_MOVABLE,
					.order = 1,
					.flags = ALLOC_WMARK_LOW |
						 ALLOC_NOFRAGMENT };

	prepare_steal(&t, NORMAL, 256);
	raise_watermark(&t, 0, DMA32);
	raise_watermark(&t, 0, DMA);
	CHECK_EQ(walk(&t, w), 256);
	CHECK_STR(t.events, "walk_begin watermark_check free_area_check "
			    "zone_empty watermark_check watermark_check "
			    "nofragment_retry walk_begin watermark_check "
			    "free_area_check");
	CHECK_EQ(last_event(t.h, nofragment_retry)->reason, RETRY_locality);
	CHECK_EQ(last_event(t.h, nofragment_retry)->nid, 1);
	end(&t);
}

/* How far away is node 1, and is it reclaimed before it is skipped? */
static bool reclaims_at(uint32_t distance, uint32_t mode)
{
	struct machine_description *d = describe_two_nodes();
	struct test t;
	bool asked;

	d->has_distance = true;
	for (int i = 0; i < 4; i++)
		d->distance[i / 2][i % 2] = i % 3 ? distance : 10;
	d->node_reclaim_mode = mode;
	t = begin(booted(d));
	raise_watermark(&t, 1, NORMAL);
	t.m.cpu = 1;
	/* a nodemask of both; the preferred zone is on node 0 and shut too */
	for (unsigned int idx = DMA; idx <= NORMAL; idx++)
		raise_watermark(&t, 0, idx);
	CHECK_EQ(get_page(&t, GFP_KERNEL, 0, ALLOC_WMARK_LOW), PFN_NONE);
	asked = last_event(t.h, node_reclaim) &&
		last_event(t.h, node_reclaim)->nid == 1;
	end(&t);
	return asked;
}

static void test_reclaim_distance(void)
{
	CHECK(!reclaims_at(20, 0)); /* node_reclaim_mode is off */
	CHECK(reclaims_at(20, 1));
	CHECK(reclaims_at(30, 1));
	CHECK(!reclaims_at(31, 1)); /* too far to be worth it */
}

/* SOME and SUCCESS: checked again. FULL and NOSCAN: the next zone. */
static void test_reclaim_result(void)
{
	struct test t = begin(two_nodes());
	const struct walk_request w = { .gfp = GFP_KERNEL,
					.flags = ALLOC_WMARK_LOW };

	raise_watermark(&t, 0, NORMAL);
	state_set(&t.m, t.m.system->node_reclaim_mode, 1);
	CHECK_EQ(walk(&t, w), 128); /* full */
	CHECK_STR(t.events, "walk_begin watermark_check node_reclaim "
			    "watermark_check");
	state_set(&t.m, t.m.system->min_unmapped_ratio, RATIO_ALWAYS_SCAN);
	CHECK_EQ(walk(&t, w), 129); /* some; the watermark refuses again */
	CHECK_STR(t.events, "walk_begin watermark_check node_reclaim_begin "
			    "node_reclaim watermark_check watermark_check");
	state_set(&t.m, t.m.system->task.memalloc, 1);
	CHECK_EQ(walk(&t, w), 130); /* noscan */
	CHECK_STR(t.events, "walk_begin watermark_check node_reclaim "
			    "watermark_check");
	end(&t);
}

/* An urgent block of order > 0 keeps its pageblock for others like it. */
static void test_harder_reserves(void)
{
	struct test t = begin(two_nodes());
	const struct zone *z = normal(&t.m);

	CHECK_EQ(get_page(&t, GFP_ATOMIC, 0, ALLOC_HARDER), 256);
	CHECK_EQ(z->nr_reserved_highatomic, 0);
	CHECK_EQ(get_page(&t, GFP_ATOMIC, 1, ALLOC_HIGH), 258);
	CHECK_EQ(z->nr_reserved_highatomic, 0);
	CHECK_EQ(get_page(&t, GFP_ATOMIC, 1, ALLOC_HARDER), 260);
	CHECK_EQ(z->nr_reserved_highatomic, 8);
	CHECK_EQ(get_pageblock_migratetype(&t.m, z, 256), H);
	CHECK_LIST(&t.m, free_list(z, 1, H), 262);
	CHECK_LIST(&t.m, free_list(z, 0, H), 257);
	end(&t);
}

int main(void)
{
	test_nofragment_end_of_list();
	test_nofragment_locality();
	test_reclaim_distance();
	test_reclaim_result();
	test_harder_reserves();
	return test_done();
}
