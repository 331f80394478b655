/* SPDX-License-Identifier: GPL-2.0-or-later */
/* flip_verify: each kind of flip, really done. */
#include "flip_verify.h"

#include "machine.h"
#include "mm/pageblock.h"
#include "mm/zonelist.h"

/* A copy of the machine, and the request on it. */
struct copy {
	struct machine m;
	struct alloc_request r;
	const struct machine *original;
	const struct alloc_request *original_request;
	const struct flip *flip;
	const struct zone *zone; /* of the flip */
};

/* False: this machine cannot do it. */
typedef bool carry_out_fn(struct copy *c, int64_t value);

struct event_slow_path slow_path_of(const struct machine *m,
				    const struct alloc_request *request)
{
	struct event_slow_path found = { .order = UINT8_MAX };
	const struct event_slow_path *event;
	struct alloc_request r = *request;
	struct history *h = history_new();
	struct machine copy;
	uint32_t pfn;

	CHECK(arena_clone(&copy, m));
	for (uint32_t i = 0; i < copy.system->nr_zones; i++)
		state_set(&copy, copy.zones[i].watermark[WMARK_LOW], 1u << 30);
	r.has_alloc_flags = false;
	machine_set_history(&copy, h);
	machine_alloc(&copy, &r, &pfn);
	event = last_event(h, slow_path);
	CHECK(event);
	if (event)
		found = *event;
	machine_set_history(&copy, NULL);
	history_free(h);
	arena_destroy(&copy);
	return found;
}

static bool do_slow_path(struct copy *c, int64_t value)
{
	if (value == WMARK_MIN) {
		c->r.alloc_flags = slow_path_of(c->original, &c->r).slow_flags;
		c->r.has_alloc_flags = true;
	}
	return true;
}

static bool do_drain(struct copy *c, int64_t value)
{
	for (uint32_t cpu = 0; !value && cpu < c->m.nr_cpus; cpu++)
		machine_drain(&c->m, cpu);
	return true;
}

static bool is_ordinary(const struct copy *c, uint32_t pfn)
{
	return get_pageblock_migratetype(&c->m, c->zone, pfn) <
	       MIGRATE_PCPTYPES;
}

/* Free blocks in use of at most that order until @pages pages are free. */
static bool free_used(struct copy *c, int64_t pages, unsigned int least,
		      unsigned int most)
{
	const struct zone *z = c->zone;

	for (uint32_t p = z->start_pfn; pages > 0 && p < zone_end_pfn(z); p++) {
		const uint32_t page = c->m.pages[p];
		const unsigned int order = page_order(page);

		if (page_state(page) != PAGE_USED || order < least ||
		    order > most || 1l << order > pages || !is_ordinary(c, p))
			continue;
		CHECK_EQ(machine_free(&c->m, 0, p, order), MACHINE_ERROR_none);
		pages -= 1l << order;
	}
	machine_drain(&c->m, 0);
	return !pages;
}

/* Do the counters lag, or would draining free other pages too? */
static bool has_hidden_pages(const struct machine *m)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++)
		for (uint32_t cpu = 0; cpu < m->nr_cpus; cpu++) {
			const struct per_cpu_pages *pcp =
				zone_pcp(m, &m->zones[i], cpu);

			if (pcp->count || pcp->stat_diff || pcp->cma_diff ||
			    m->zones[i].stat_threshold)
				return true;
		}
	return false;
}

static bool do_free_pages(struct copy *c, int64_t value)
{
	return !has_hidden_pages(&c->m) &&
	       free_used(c, value - c->flip->from, 0, c->m.max_order);
}

static bool do_free_block(struct copy *c, int64_t value)
{
	const unsigned int order = c->r.order;

	return !has_hidden_pages(&c->m) &&
	       free_used(c, value << order, order, order);
}

static bool do_order(struct copy *c, int64_t value)
{
	c->r.order = (uint32_t)value;
	return true;
}

/* With a gfp mask come other alloc flags. */
static bool do_gfp(struct copy *c, int64_t value)
{
	struct event_slow_path slow;

	c->r.gfp = (gfp_t)value;
	if (!c->r.has_alloc_flags)
		return true;
	slow = slow_path_of(c->original, &c->r);
	c->r.alloc_flags = slow.retry_flags & ALLOC_NO_WATERMARKS ?
				   slow.retry_flags :
				   slow.slow_flags;
	return true;
}

/* Another zone modifier; where possible one of the same migratetype. */
static bool do_highest_zoneidx(struct copy *c, int64_t value)
{
	const gfp_t wanted = c->original_request->gfp;

	for (gfp_t i = 0; i < 2 * NR_GFP_ZONES; i++) {
		const gfp_t gfp = (wanted & ~GFP_ZONEMASK) | i % NR_GFP_ZONES;
		const bool other_type = (gfp ^ wanted) & __GFP_MOVABLE;

		if (gfp_zone(&c->m, gfp) != value ||
		    (gfp & GFP_MOVABLE_MASK) == GFP_MOVABLE_MASK ||
		    other_type != i / NR_GFP_ZONES)
			continue;
		return do_gfp(c, gfp);
	}
	return true; /* no mask has it: the request stays as it is */
}

static bool do_nodemask(struct copy *c, int64_t value)
{
	c->r.nodemask = (uint64_t)value;
	return true;
}

static bool do_mems_allowed(struct copy *c, int64_t value)
{
	struct task task = c->m.system->task;

	task.mems_allowed = (uint64_t)value;
	return machine_set_task(&c->m, &task, true) == MACHINE_ERROR_none;
}

static bool do_boost(struct copy *c, int64_t value)
{
	state_set(&c->m, c->zone->watermark_boost, (uint32_t)value);
	return true;
}

/* unreserve_highatomic_pageblock(), so often. */
static bool do_highatomic(struct copy *c, int64_t value)
{
	const struct zone *z = c->zone;
	const uint32_t nr = pageblock_nr_pages(&c->m);

	while (z->nr_reserved_highatomic > value) {
		uint32_t pfn = PFN_NONE;

		for (unsigned int o = c->m.max_order; o-- > 0;)
			if (!list_is_empty(&c->m, free_list(z, o, H)))
				pfn = list_first_entry(&c->m,
						       free_list(z, o, H));
		state_add(&c->m, z->nr_reserved_highatomic,
			  -(nr < z->nr_reserved_highatomic ?
				    nr :
				    z->nr_reserved_highatomic));
		if (pfn == PFN_NONE)
			continue;
		set_pageblock_migratetype(&c->m, z, pfn,
					  gfp_migratetype(&c->m, c->r.gfp));
		move_freepages_block(&c->m, z, pfn,
				     gfp_migratetype(&c->m, c->r.gfp), NULL);
	}
	return true;
}

/* The pageblocks of the area's end become movable. */
static bool do_cma(struct copy *c, int64_t value)
{
	const struct zone *z = c->zone;
	const uint32_t nr = pageblock_nr_pages(&c->m);
	int64_t excess = c->flip->from - value;

	for (uint32_t p = zone_end_pfn(z); excess > 0 && p > z->start_pfn;) {
		p = (p - 1) & ~(nr - 1);
		if (get_pageblock_migratetype(&c->m, z, p) != C)
			continue;
		set_pageblock_migratetype(&c->m, z, p, M);
		state_add(&c->m, z->nr_free_cma,
			  -(int32_t)move_freepages_block(&c->m, z, p, M, NULL));
		excess -= nr;
	}
	return !excess;
}

static bool do_lowmem_reserve_ratio(struct copy *c, int64_t value)
{
	state_set(&c->m, c->m.system->lowmem_reserve_ratio[c->zone->idx],
		  (uint32_t)value);
	setup_per_zone_lowmem_reserve(&c->m);
	calculate_totalreserve_pages(&c->m);
	return true;
}

static bool do_min_free_kbytes(struct copy *c, int64_t value)
{
	state_set(&c->m, c->m.system->min_free_kbytes, (uint32_t)value);
	setup_per_zone_wmarks(&c->m);
	calculate_totalreserve_pages(&c->m);
	return true;
}

static bool do_dirty(struct copy *c, int64_t value)
{
	return machine_set_dirty(&c->m, c->zone->node, (uint32_t)value) ==
	       MACHINE_ERROR_none;
}

static const struct {
	const char *name;
	carry_out_fn *carry_out;
} kinds[] = {
#define FLIP(name, scope, kind, unit, help, text, cost) { #name, do_##name },
#include "explain/flips.def"
};

enum verdict flip_carry_out(const struct machine *m,
			    const struct alloc_request *request,
			    const struct flip *flip, int64_t value)
{
	struct copy c = { .r = *request,
			  .original = m,
			  .original_request = request,
			  .flip = flip };
	enum verdict verdict = UNKNOWN;
	size_t i = 0;
	uint32_t pfn;

	CHECK(arena_clone(&c.m, m));
	c.zone = &c.m.zones[flip->zone_id];
	while (strcmp(kinds[i].name, flip->kind->name))
		i++;
	if (kinds[i].carry_out(&c, value)) {
		CHECK_EQ(machine_alloc(&c.m, &c.r, &pfn), MACHINE_ERROR_none);
		verdict = pfn == PFN_NONE ? REFUSED : SERVED;
	}
	arena_destroy(&c.m);
	return verdict;
}
