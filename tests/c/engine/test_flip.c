/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_flip: every flip lets its request be served once it is carried out, one
 * unit less does not, and the search leaves no trace.
 */
#include "explain/flip_private.h"
#include "flip_verify.h"
#include "machine.h"
#include "requests.h"

enum { NR_MACHINES = 300, NR_REQUESTS = 25, MAX_FILL = 4000 };

static uint64_t seed = 7;
static uint32_t any(uint32_t below)
{
	seed = seed * 6364136223846793005ull + 1442695040888963407ull;
	return (uint32_t)(seed >> 33) % below;
}

static const gfp_t masks[] = {
	GFP_KERNEL,
	GFP_KERNEL,
	GFP_ATOMIC,
	GFP_HIGHUSER,
	GFP_HIGHUSER_MOVABLE,
	GFP_KERNEL | GFP_DMA,
	GFP_USER,
	GFP_KERNEL | GFP_DMA32,
	GFP_KERNEL | __GFP_WRITE,
	GFP_NOWAIT,
	GFP_KERNEL | __GFP_THISNODE,
	__GFP_RECLAIMABLE | GFP_NOFS,
};
enum { NR_MASKS = sizeof(masks) / sizeof(masks[0]) };

static struct alloc_request any_request(const struct machine *m)
{
	struct alloc_request r = {
		.gfp = masks[any(NR_MASKS)],
		.order = any(3) ? any(3) : any(m->max_order),
		.nid = any(m->system->nr_nodes),
		.cpu = any(m->nr_cpus),
		.has_nodemask = !any(4),
	};

	r.nodemask = 1ull << any(m->system->nr_nodes);
	if (any(2)) {
		r.has_alloc_flags = true;
		r.alloc_flags = slow_path_of(m, &r).slow_flags;
	}
	return r;
}

/* -- machines that are nearly full ---------------------------------------- */

static struct machine any_machine(void)
{
	const uint32_t what = any(4);
	struct machine m = what == 0 ? small_machine() :
			   what == 1 ? arm64_cma() :
				       two_nodes();

	/* lists that keep pages, as larger machines have them */
	for (uint32_t i = 0; any(2) && i < m.system->nr_zones; i++)
		for (uint32_t cpu = 0; cpu < m.nr_cpus; cpu++) {
			state_set(&m, zone_pcp(&m, &m.zones[i], cpu)->high, 24);
			state_set(&m, zone_pcp(&m, &m.zones[i], cpu)->batch, 7);
		}
	return m;
}

/* Draining and exact counters: then pages that are freed count at once. */
static void settle(struct machine *m)
{
	for (uint32_t cpu = 0; cpu < m->nr_cpus; cpu++)
		machine_drain(m, cpu);
	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		const struct zone *z = &m->zones[i];

		state_set(m, z->stat_threshold, 0);
		for (uint32_t cpu = 0; cpu < m->nr_cpus; cpu++) {
			const struct per_cpu_pages *pcp = zone_pcp(m, z, cpu);

			state_add(m, z->nr_free_pages, pcp->stat_diff);
			state_add(m, z->nr_free_cma, pcp->cma_diff);
			state_set(m, pcp->stat_diff, 0);
			state_set(m, pcp->cma_diff, 0);
		}
	}
}

/* What else can refuse a request, besides too few free pages. */
static void add_obstacles(struct machine *m)
{
	const struct zone *z = &m->zones[any(m->system->nr_zones)];
	struct task task = m->system->task;

	if (!any(3) && managed_zone(z))
		state_set(m, z->watermark_boost, any(200));
	if (!any(3))
		machine_set_dirty(m, 0, any(600));
	task.mems_allowed = 1;
	if (!any(4))
		machine_set_task(m, &task, true);
}

static void fill(struct machine *m)
{
	const uint32_t nr = any(MAX_FILL);
	const unsigned int most = any(3) ? 1 : 3;

	for (uint32_t i = 0; i < nr; i++) {
		struct alloc_request r = { .gfp = masks[any(5)],
					   .order = any(most),
					   .nid = any(m->system->nr_nodes) };
		uint32_t pfn, p = any(m->max_pfn);

		/* keep some pageblocks for urgent requests */
		r.has_alloc_flags = !any(50);
		r.alloc_flags = ALLOC_WMARK_MIN | ALLOC_HARDER;
		machine_alloc(m, &r, &pfn);
		if (!any(8) && page_state(m->pages[p]) == PAGE_USED)
			machine_free(m, 0, p, page_order(m->pages[p]));
	}
}

/* -- the check of one request --------------------------------------------- */

struct tally {
	uint64_t nr_served[NR_FLIPS], nr_refused[NR_FLIPS];
	uint64_t nr_flips;
};

/* The value one unit before the flip's; the flip's own @from at least. */
static int64_t one_less(const struct machine *m, const struct flip *f)
{
	if (f->kind == &flip_kinds[FLIP_highatomic]) {
		const int64_t before = f->to + pageblock_nr_pages(m);

		return before < f->from ? before : f->from;
	}
	if (f->kind == &flip_kinds[FLIP_cma]) /* areas end at such multiples */
		return f->to + (1 << (m->max_order - 1));
	if (f->kind->values == KIND_gfp || f->kind->values == KIND_nodemask ||
	    f->kind == &flip_kinds[FLIP_drain])
		return f->from;
	return f->to > f->from ? f->to - 1 : f->to + 1;
}

static void check_flip(const struct machine *m, const struct alloc_request *r,
		       const struct flip *f, struct tally *tally)
{
	const size_t id = (size_t)(f->kind - flip_kinds);
	const enum verdict at = flip_carry_out(m, r, f, f->to);
	const enum verdict before = flip_carry_out(m, r, f, one_less(m, f));

	CHECK(at != REFUSED);
	CHECK(before != SERVED);
	if (at == REFUSED || before == SERVED)
		fprintf(stderr, "order %u gfp %#x flags %#x: %s\n", r->order,
			r->gfp, r->has_alloc_flags ? r->alloc_flags : ~0u,
			f->text);
	CHECK(f->text[0] && f->cost[0] && !strpbrk(f->text, "{}") &&
	      !strpbrk(f->cost, "{}"));
	tally->nr_served[id] += at == SERVED;
	tally->nr_refused[id] += before == REFUSED;
	tally->nr_flips++;
}

static void check_request(struct machine *m, struct tally *tally)
{
	const struct alloc_request r = any_request(m);
	struct flip flips[FLIPS_MAX];
	struct machine before;
	uint32_t pfn;
	size_t nr;

	CHECK(arena_clone(&before, m));
	nr = flips_find(m, &r, flips, FLIPS_MAX);
	CHECK(arena_equal(m, &before));
	for (size_t i = 0; i < nr; i++)
		check_flip(m, &r, &flips[i], tally);
	machine_alloc(&before, &r, &pfn);
	CHECK(pfn == PFN_NONE || !nr);
	arena_destroy(&before);
}

static void test_random_machines(void)
{
	struct tally tally = { .nr_flips = 0 };

	for (int i = 0; i < NR_MACHINES; i++) {
		struct machine m = any_machine();

		fill(&m);
		add_obstacles(&m);
		if (any(4))
			settle(&m);
		for (int k = 0; k < NR_REQUESTS; k++)
			check_request(&m, &tally);
		arena_destroy(&m);
	}
	for (int i = 0; i < NR_FLIPS; i++) {
		printf("%s: served %lu, one less refused %lu\n",
		       flip_kinds[i].name, (unsigned long)tally.nr_served[i],
		       (unsigned long)tally.nr_refused[i]);
		CHECK(tally.nr_served[i] > 10);
		CHECK(tally.nr_refused[i] > 10);
	}
}

int main(void)
{
	test_random_machines();
	return test_done();
}
