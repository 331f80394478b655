/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * walk: calls get_page_from_freelist() and collects its events.
 *
 *   struct test t = begin(two_nodes());
 *   CHECK_EQ(get_page(&t, GFP_KERNEL, 0, ALLOC_WMARK_LOW), 256);
 *   CHECK_STR(t.events, "walk_begin watermark_check");
 *   end(&t);
 *
 * The zonelist of node 0 of two_nodes() is Normal, DMA32, DMA, then node
 * 1's Normal; their first frames are 256, 128, 1 and 1024. Cpu i is on node
 * i. small_machine() is its node 0 alone.
 */
#ifndef TESTS_WALK_H
#define TESTS_WALK_H

#define TRACED 1
#include "machine.h"
#include "mm/walk.h"

struct test {
	struct machine m;
	struct history *h;
	const char *events; /* of the last walk, of stages walk and watermark */
};

static inline struct test begin(struct machine m)
{
	struct test t = { .m = m, .h = history_new() };

	return t;
}

static inline void end(struct test *t)
{
	history_free(t->h);
	arena_destroy(&t->m);
}

/* The request of the next walk. */
struct walk_request {
	gfp_t gfp;
	unsigned int order;
	uint32_t flags;
	uint64_t nodemask; /* 0: none */
	bool spread_dirty_pages;
};

static inline uint32_t walk(struct test *t, struct walk_request w)
{
	struct alloc_context ac = {
		.has_nodemask = w.nodemask != 0,
		.nodemask = w.nodemask,
		.spread_dirty_pages = w.spread_dirty_pages,
		.migratetype = gfp_migratetype(&t->m, w.gfp),
		.highest_zoneidx = gfp_zone(&t->m, w.gfp),
	};
	uint32_t from, pfn;

	node_zonelist(&t->m, 0, w.gfp, &ac);
	ac.preferred_zoneref = first_zones_zonelist(&ac);
	machine_set_history(&t->m, t->h);
	from = t->h->nr_events;
	pfn = get_page_from_freelist(&t->m, w.gfp, w.order, w.flags, &ac);
	t->events = event_names(t->h, from, STAGES(WALK, WATERMARK));
	machine_set_history(&t->m, NULL);
	return pfn;
}

static inline uint32_t get_page(struct test *t, gfp_t gfp, unsigned int order,
				uint32_t flags)
{
	return walk(t, (struct walk_request){
			       .gfp = gfp, .order = order, .flags = flags });
}

/* No request passes this watermark. */
static inline void raise_watermark(struct test *t, unsigned int nid,
				   unsigned int idx)
{
	state_set(&t->m, node_zone(&t->m, nid, idx)->watermark[WMARK_LOW],
		  9999);
}

#endif
