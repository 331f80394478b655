/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_all_events: requests that make the allocator emit every event.
 *
 * Each function does the least that leads to some events; in the end every
 * event of events.def has been emitted. Only the public functions are used.
 */
#include "mm/allocator.h"
#include "machine.h"
#include "state/contents.h"
#include "machine/embedded.h"

static bool seen[NR_EVENTS];

/* A machine whose events are recorded. */
struct fixture {
	struct machine m;
	struct history *h;
};

static struct fixture fixture_init(struct machine m)
{
	struct fixture t = { .m = m, .h = history_new() };

	machine_set_history(&t.m, t.h);
	return t;
}

static void fixture_destroy(struct fixture *t)
{
	history_commit(t->h);
	for (uint32_t step = 1; step <= t->h->nr_events; step++) {
		const struct event *event = history_event(t->h, step);

		seen[event_id(event)] = true;
		CHECK(event_site(event) != NULL);
	}
	CHECK_MACHINE(&t->m);
	history_free(t->h);
	arena_destroy(&t->m);
}

#define CHECK_MET(t, name) CHECK(last_event((t)->h, name) != NULL)

static uint32_t alloc(struct fixture *t, gfp_t gfp, uint32_t order)
{
	const struct alloc_request r = { .gfp = gfp, .order = order };
	uint32_t pfn;

	machine_alloc(&t->m, &r, &pfn);
	return pfn;
}

static uint32_t get_page(struct fixture *t, gfp_t gfp, uint32_t order,
			 uint32_t flags)
{
	const struct alloc_request r = { .gfp = gfp,
					 .order = order,
					 .has_alloc_flags = true,
					 .alloc_flags = flags };
	uint32_t pfn;

	machine_alloc(&t->m, &r, &pfn);
	return pfn;
}

static void free_block(struct fixture *t, uint32_t pfn, uint32_t order)
{
	CHECK_EQ(machine_free(&t->m, 0, pfn, order), MACHINE_ERROR_none);
}

/* A page comes and goes. */
static void stop_one_page(void)
{
	struct fixture t = fixture_init(small_machine());
	uint32_t pfn = alloc(&t, GFP_KERNEL, 0);

	CHECK_STR(event_names(t.h, 0, ~0u),
		  "alloc_request prepare_alloc_pages alloc_flags_nofragment "
		  "walk_begin watermark_check pcp_refill smallest_miss "
		  "fallback_begin fallback_look set_pageblock_migratetype "
		  "set_pageblock_migratetype set_pageblock_migratetype "
		  "set_pageblock_migratetype steal_single "
		  "mm_page_alloc_extfrag free_list_take expand expand expand "
		  "expand expand mm_page_alloc_zone_locked pcp_refill_page "
		  "zone_counter pcp_refill_done pcp_hit zone_statistics "
		  "prep_new_page mm_page_alloc");
	free_block(&t, pfn, 0);
	CHECK_MET(&t, mm_page_free);
	CHECK_MET(&t, pcp_free);
	CHECK_MET(&t, pcp_bulk_free); /* high is 0 here */
	CHECK_MET(&t, buddy_merge);
	CHECK_MET(&t, free_list_add);
	CHECK_MET(&t, mm_page_pcpu_drain);
	fixture_destroy(&t);
}

/* Zones that are skipped, and watermarks that refuse. */
static void stop_walk(void)
{
	struct machine_description *d = describe_two_nodes();
	struct fixture t;

	d->node_reclaim_mode = 1;
	t = fixture_init(booted(d));
	alloc(&t, GFP_DMA, 2);
	CHECK_MET(&t, zone_skip);
	CHECK_MET(&t, free_area_check);
	machine_set_dirty(&t.m, 0, 100000);
	alloc(&t, GFP_KERNEL | __GFP_WRITE, 0);
	CHECK_MET(&t, set_dirty);
	CHECK_MET(&t, dirty_check);
	machine_set_reclaimable(&t.m, alloc(&t, GFP_KERNEL, 0));
	CHECK_MET(&t, reclaimable_add);
	state_set(&t.m, t.m.system->min_unmapped_ratio, 0);
	while (alloc(&t, GFP_KERNEL | __GFP_THISNODE, 4) != PFN_NONE)
		;
	CHECK_MET(&t, node_reclaim_begin);
	CHECK_MET(&t, node_reclaim);
	CHECK_MET(&t, nofragment_retry);
	CHECK_MET(&t, slow_path);
	get_page(&t, GFP_KERNEL, 0, ALLOC_NO_WATERMARKS);
	CHECK_MET(&t, get_page_done);
	while (get_page(&t, GFP_KERNEL, 5, ALLOC_NO_WATERMARKS) != PFN_NONE)
		;
	CHECK_MET(&t, zone_try); /* the mark refused, and was ignored */
	CHECK_MET(&t, zone_empty);
	CHECK_MET(&t, fallback_none);
	fixture_destroy(&t);
}

static void stop_surroundings(void)
{
	uint32_t busy;
	struct fixture t = fixture_init(two_nodes());
	const struct task task = { .mems_allowed = 1 << 1, .interrupt = 1 };
	const struct fault_attr once = { .probability = 100, .times = 1 };
	uint32_t pfn;

	machine_set_task(&t.m, &task, true);
	pfn = alloc(&t, GFP_KERNEL, 0);
	CHECK_MET(&t, set_task);
	CHECK_MET(&t, cpuset_check);
	machine_set_fault(&t.m, &once);
	CHECK_EQ(alloc(&t, GFP_KERNEL, 0), PFN_NONE);
	CHECK_MET(&t, set_fault);
	CHECK_MET(&t, should_fail_alloc_page);
	machine_set_lru(&t.m, pfn, true);
	CHECK_MET(&t, lru_add);
	machine_isolate(&t.m, 0, 512, MIGRATE_MOVABLE, &busy);
	machine_unisolate(&t.m, 0, 512, MIGRATE_MOVABLE);
	CHECK_MET(&t, has_unmovable_pages);
	CHECK_MET(&t, drain_all_pages);
	CHECK_MET(&t, isolate_pageblock);
	machine_drain(&t.m, 0);
	CHECK_MET(&t, drain_pages);
	CHECK_EQ(alloc(&t, GFP_KERNEL, 6), PFN_NONE);
	CHECK_MET(&t, request_error);
	fixture_destroy(&t);
}

/* A pageblock changes hands: boost, kswapd, and the urgent's reserve. */
static void stop_pageblocks(void)
{
	struct fixture t = fixture_init(small_machine());
	const gfp_t movable = GFP_HIGHUSER_MOVABLE;
	uint32_t pfn, last = PFN_NONE;

	/* all memory movable, then half a pageblock free again */
	while ((pfn = get_page(&t, movable, 2, ALLOC_NO_WATERMARKS)) !=
	       PFN_NONE)
		if (pfn >= 256)
			last = pfn;
	free_block(&t, last, 2);
	get_page(&t, GFP_KERNEL, 0, ALLOC_NO_WATERMARKS | ALLOC_KSWAPD);
	CHECK_MET(&t, boost_watermark);
	CHECK_MET(&t, move_freepages);
	CHECK_MET(&t, steal_claim);
	CHECK_MET(&t, wakeup_kswapd);
	get_page(&t, GFP_ATOMIC, 1, ALLOC_NO_WATERMARKS | ALLOC_HARDER);
	CHECK_MET(&t, reserve_highatomic);
	fixture_destroy(&t);
}

/* Pageblocks of 16: a piece of 2 is too small to bring its pageblock. */
static void stop_small_theft(void)
{
	struct machine_description *d = describe_small_machine();
	struct fixture t;
	uint32_t pfn, last = PFN_NONE;

	d->pageblock_order = 4;
	t = fixture_init(booted(d));
	while ((pfn = get_page(&t, GFP_KERNEL, 1, ALLOC_NO_WATERMARKS)) !=
	       PFN_NONE)
		if (pfn >= 256)
			last = pfn;
	free_block(&t, last, 1);
	CHECK_EQ(get_page(&t, GFP_HIGHUSER_MOVABLE, 0, ALLOC_NO_WATERMARKS),
		 last);
	CHECK_MET(&t, fallback_smallest);
	CHECK_EQ(last_event(t.h, steal_single)->reason, STEAL_too_small);
	fixture_destroy(&t);
}

static void stop_cma(void)
{
	struct fixture t = fixture_init(arm64_cma());

	alloc(&t, GFP_HIGHUSER_MOVABLE, 0);
	CHECK_MET(&t, cma_balance);
	fixture_destroy(&t);
}

/* A frame is written while it is free. */
static void stop_poison(void)
{
	struct fixture t = fixture_init(small_machine());
	uint32_t pfn;

	machine_set_poison(&t.m, true);
	pfn = alloc(&t, GFP_KERNEL, 0);
	free_block(&t, pfn, 0);
	((char *)page_address(&t.m, pfn))[77] = 1;
	CHECK_EQ(alloc(&t, GFP_KERNEL, 0), pfn);
	CHECK_MET(&t, check_poison_mem);
	CHECK_EQ(last_event(t.h, check_poison_mem)->pfn, pfn);
	CHECK_EQ(last_event(t.h, check_poison_mem)->offset, 77);
	fixture_destroy(&t);
}

/* Can the source panel show this file? */
static bool is_embedded(const char *name)
{
	for (size_t i = 0; i < nr_embedded_sources; i++)
		if (!strcmp(embedded_sources[i].name, name))
			return true;
	return false;
}

/*
 * The source line that emitted an event is found again by what the event
 * keeps of it, so no two trace() calls have the same event on the same line.
 */
static void check_sites(void)
{
	size_t nr;
	const struct trace_site *sites = trace_sites(&nr);

	CHECK(nr >= NR_EVENTS);
	for (size_t i = 0; i < nr; i++) {
		const struct event event = { .event = sites[i].event,
					     .line = sites[i].line };

		CHECK(sites[i].event < NR_EVENTS);
		CHECK(event_site(&event) == &sites[i]);
		CHECK(is_embedded(sites[i].file));
		CHECK(*sites[i].function);
	}
	CHECK(event_site(&(struct event){ .event = NR_EVENTS }) == NULL);
}

int main(void)
{
	check_sites();
	stop_one_page();
	stop_walk();
	stop_surroundings();
	stop_pageblocks();
	stop_small_theft();
	stop_cma();
	stop_poison();
	for (int i = 0; i < NR_EVENTS; i++) {
		if (!seen[i])
			fprintf(stderr, "%s was not met\n",
				event_types[i].name);
		CHECK(seen[i]);
	}
	return test_done();
}
