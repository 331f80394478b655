/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_walk: which zones are checked, which are skipped, and why. */
#include "walk.h"

static void test_first_zone(void)
{
	struct test t = begin(two_nodes());

	CHECK_EQ(get_page(&t, GFP_KERNEL, 0, ALLOC_WMARK_LOW), 256);
	CHECK_STR(t.events, "walk_begin watermark_check");
	CHECK_EQ(get_page(&t, GFP_KERNEL, 3, ALLOC_WMARK_LOW), 264);
	CHECK_STR(t.events, "walk_begin watermark_check free_area_check");
	end(&t);
}

/* Zones above highest_zoneidx or outside the nodemask are skipped. */
static void test_silent_skips(void)
{
	struct test t = begin(two_nodes());

	CHECK_EQ(get_page(&t, GFP_DMA, 0, 0), 1);
	CHECK_STR(t.events, "walk_begin zone_skip zone_skip watermark_check");
	CHECK_EQ(last_event(t.h, zone_skip)->reason, SKIP_highest_zoneidx);
	CHECK_EQ(last_event(t.h, zone_skip)->zone, DMA32);
	CHECK_EQ(last_event(t.h, zone_skip)->position, 2);
	CHECK_EQ(walk(&t, (struct walk_request){ .gfp = GFP_KERNEL,
						 .nodemask = 1 << 1 }),
		 1024);
	CHECK_STR(t.events, "walk_begin zone_skip zone_skip zone_skip "
			    "watermark_check");
	CHECK_EQ(last_event(t.h, zone_skip)->reason, SKIP_nodemask);
	/* no zone at all: DMA, but of node 1 only */
	CHECK_EQ(walk(&t, (struct walk_request){ .gfp = GFP_DMA,
						 .nodemask = 1 << 1 }),
		 PFN_NONE);
	CHECK_STR(t.events,
		  "walk_begin zone_skip zone_skip zone_skip zone_skip");
	end(&t);
}

/* Refused by the mark, or passed but without a block: the next zone. */
static void test_next_zone(void)
{
	struct test t = begin(two_nodes());
	const struct walk_request low = { .gfp = GFP_KERNEL,
					  .flags = ALLOC_WMARK_LOW };

	raise_watermark(&t, 0, NORMAL);
	CHECK_EQ(walk(&t, low), 128);
	CHECK_STR(t.events, "walk_begin watermark_check watermark_check");
	/* the marks of Normal count in Normal, its reserve in DMA32 */
	CHECK_EQ(last_event(t.h, watermark_check)->lowmem_reserve, 3);
	CHECK_EQ(last_event(t.h, watermark_check)->highest_zoneidx, NORMAL);
	raise_watermark(&t, 0, DMA32);
	allocate_all(&t.m, node_zone(&t.m, 0, DMA));
	state_set(&t.m, node_zone(&t.m, 0, DMA)->nr_free_pages,
		  100); /* it lags */
	CHECK_EQ(walk(&t, low), 1024);
	CHECK_STR(t.events, "walk_begin watermark_check watermark_check "
			    "watermark_check zone_empty watermark_check");
	raise_watermark(&t, 0, DMA);
	raise_watermark(&t, 1, NORMAL);
	CHECK_EQ(walk(&t, low), PFN_NONE);
	end(&t);
}

/* NO_WATERMARKS: the check has no effect, and the page is marked. */
static void test_no_watermarks(void)
{
	struct test t = begin(two_nodes());
	const struct walk_request w = { .gfp = GFP_KERNEL,
					.flags = ALLOC_WMARK_LOW |
						 ALLOC_NO_WATERMARKS };

	raise_watermark(&t, 0, NORMAL);
	CHECK_EQ(walk(&t, w), 256);
	CHECK_STR(t.events, "walk_begin watermark_check zone_try");
	CHECK(t.m.pages[256] & PAGE_PFMEMALLOC);
	end(&t);
}

static void test_cpuset(void)
{
	struct test t = begin(two_nodes());
	const struct walk_request w = {
		.gfp = GFP_USER, .flags = ALLOC_WMARK_LOW | ALLOC_CPUSET
	};

	state_set(&t.m, t.m.system->task.mems_allowed, 1 << 1);
	CHECK_EQ(walk(&t, w), 256); /* no cpusets are in use */
	state_set(&t.m, t.m.system->cpusets, 1);
	CHECK_EQ(walk(&t, w), 1024);
	CHECK_STR(t.events, "walk_begin cpuset_check zone_skip "
			    "cpuset_check zone_skip cpuset_check zone_skip "
			    "cpuset_check watermark_check");
	CHECK_EQ(last_event(t.h, zone_skip)->reason, SKIP_cpuset);
	/* without the flag there is no check */
	CHECK_EQ(get_page(&t, GFP_USER, 0, ALLOC_WMARK_LOW), 257);
	end(&t);
}

/* The node that failed last is not checked again in this pass. */
static void test_dirty(void)
{
	struct test t = begin(two_nodes());
	const struct walk_request w = { .gfp = GFP_KERNEL,
					.flags = ALLOC_WMARK_LOW,
					.spread_dirty_pages = true };

	state_set(&t.m, t.m.nodes[0].file_dirty, 5000);
	CHECK_EQ(walk(&t, w), 1024);
	CHECK_STR(t.events, "walk_begin dirty_check zone_skip zone_skip "
			    "zone_skip dirty_check watermark_check");
	CHECK_EQ(last_event(t.h, zone_skip)->reason, SKIP_dirty_before);
	/* a new pass asks anew, though it was the last to fail */
	CHECK_EQ(walk(&t, (struct walk_request){ .gfp = GFP_KERNEL,
						 .flags = ALLOC_WMARK_LOW |
							  ALLOC_NOFRAGMENT,
						 .nodemask = 1 << 0,
						 .spread_dirty_pages = true }),
		 PFN_NONE);
	CHECK_STR(t.events, "walk_begin dirty_check zone_skip zone_skip "
			    "zone_skip zone_skip nofragment_retry "
			    "walk_begin dirty_check zone_skip zone_skip "
			    "zone_skip zone_skip");
	end(&t);
}

int main(void)
{
	test_first_zone();
	test_silent_skips();
	test_next_zone();
	test_no_watermarks();
	test_cpuset();
	test_dirty();
	return test_done();
}
