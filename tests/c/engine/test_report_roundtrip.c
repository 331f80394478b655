/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Round trip of reports: a machine that refuses a request, the report that its
 * kernel would print, and the explanation of it, which has to be the engine's
 * own. What a report does not print has to be bounded, and the bounds hold.
 *
 *   test_report_roundtrip [MACHINES [SEED]]
 *
 * With ROUNDTRIP_PRINT in the environment, print the reports that fail.
 */
#include "report_roundtrip.h"

#include "failure/table.h"
#include "mm/zonelist.h"
#include "state/arena.h"

static struct {
	unsigned long failures, certain, bounded, not_explained, cells;
} counts;

/* Read @t, and explain the only report in it; @release: if it has none. */
static bool explain_text_of(const struct text *t, const char *release,
			    struct report_set *set, struct explanation *x,
			    const struct explain_options *options)
{
	char message[512] = "";
	bool ok;

	if (!read_report(t->data, t->size, set))
		return false;
	CHECK_EQ(set->nr, 1);
	if (!set->reports->release.major)
		CHECK(explain_set_release(set->reports, release));
	ok = explain_report(x, set->reports, options, message, sizeof(message));
	CHECK_STR(message, "");
	if (!ok) {
		explanation_destroy(x);
		report_set_destroy(set);
	}
	return ok;
}

/* -- reports of failures --------------------------------------------------- */

static void compare_request(const struct explanation *x,
			    const struct machine *m,
			    const struct alloc_request *request)
{
	CHECK_EQ(x->gfp.gfp, request->gfp);
	CHECK_EQ(x->order, request->order);
	CHECK_EQ(x->migratetype, gfp_migratetype(m, request->gfp));
	CHECK_STR(zone_name(&x->machine, x->highest_zoneidx),
		  zone_name(m, gfp_zone(m, request->gfp)));
}

/* Pages that are not printed lie within the bounds. */
static bool is_within(const struct explain_range *range, int64_t pages)
{
	return range->least <= pages && pages <= range->most;
}

/*
 * Is all high memory in Movable zones? A report does not say that they are no
 * zones of a machine without high memory.
 */
static bool hides_highmem(const struct machine *m)
{
	bool has_highmem = false, is_highmem = false;

	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		const struct zone *z = &m->zones[i];

		if (populated_zone(z) && z->type == ZONE_HIGHMEM)
			has_highmem = true;
		is_highmem |= populated_zone(z) && z->highmem;
	}
	return is_highmem && !has_highmem;
}

static void compare_facts(const struct explanation *x, const struct machine *m,
			  const struct printer *p, const struct shape *shape)
{
	for (uint32_t i = 0; i < m->system->nr_zones; i++) {
		const struct zone *z = &m->zones[i];
		const struct report_zone *report = report_zone_of(x->report, z);
		const struct explain_facts *f;

		if (!populated_zone(z))
			continue;
		f = &x->facts[report - x->report->zones];
		if (f->has_highatomic)
			CHECK(is_within(&f->highatomic,
					z->nr_reserved_highatomic));
		if (shape->by_hand || hides_highmem(m))
			continue;
		CHECK(is_within(&f->unboosted_min, z->watermark[WMARK_MIN]));
		if (hides_boost(p)) {
			CHECK(is_within(&f->boost, z->watermark_boost));
			CHECK(!f->has_boost || z->watermark_boost);
		}
	}
	if (shape->by_hand || hides_highmem(m) || !x->has_min_free_kbytes ||
	    p->page_shift != 12 || p->version >= 606)
		return;
	CHECK(is_within(&x->min_free_kbytes, m->system->min_free_kbytes));
}

static void compare_explanation(const struct explanation *x,
				const struct machine *m,
				const struct alloc_request *request,
				const struct printer *p,
				const struct shape *shape)
{
	struct seen fast, slow;
	char difference[200];

	compare_request(x, m, request);
	compare_facts(x, m, p, shape);
	see_attempt(&fast, m, request, false);
	see_attempt(&slow, m, request, true);
	CHECK(!fast.served);
	compare_attempt(&x->attempts[EXPLAIN_FAST], &fast, p, difference,
			sizeof(difference));
	CHECK_STR(difference, "");
	compare_attempt(&x->attempts[EXPLAIN_SLOW], &slow, p, difference,
			sizeof(difference));
	CHECK_STR(difference, "");
	counts.certain += x->verdict == EXPLAIN_certain;
	counts.bounded += x->verdict == EXPLAIN_bounded;
	counts.not_explained += x->verdict == EXPLAIN_not_explained;
	if (!has_rules_of_5_10(p))
		return;
	CHECK(x->verdict != EXPLAIN_certain || !slow.served || slow.from_pcp);
	CHECK(x->verdict != EXPLAIN_not_explained || slow.served);
}

static void failure_round_trip(const struct machine *m,
			       const struct alloc_request *request,
			       const struct printer *p,
			       const struct shape *shape, struct rng *rng)
{
	const struct explain_options options = { .has_node = true,
						 .node = request->nid };
	struct text t = { .data = NULL };
	const unsigned long failures = test_failures_;
	struct report_set set;
	struct explanation x;

	print_failure(&t, m, request, p);
	spell(&t, rng);
	if (explain_text_of(&t, p->release, &set, &x, &options)) {
		compare_explanation(&x, m, request, p, shape);
		explanation_destroy(&x);
		report_set_destroy(&set);
	}
	if (test_failures_ != failures && getenv("ROUNDTRIP_PRINT"))
		fputs(t.data, stderr);
	text_free(&t);
}

/* A kernel without watermark_boost, or whose requests are not these. */
static bool is_possible(const struct machine *m,
			const struct alloc_request *request,
			const struct printer *p)
{
	for (uint32_t i = 0; p->version < 500 && i < m->system->nr_zones; i++)
		if (m->zones[i].watermark_boost)
			return false;
	return p->version < 603 || !(request->gfp & __GFP_ATOMIC);
}

/* -- files of /proc -------------------------------------------------------- */

/* The mask of a cell: GFP_KERNEL with a zone and a migratetype. */
static gfp_t cell_gfp(const struct explanation *x, const struct machine *m,
		      const struct explain_cell *cell)
{
	static const gfp_t bits[] = { 0, __GFP_DMA, __GFP_DMA32, __GFP_HIGHMEM,
				      __GFP_HIGHMEM | __GFP_MOVABLE };
	static const gfp_t types[] = { 0, __GFP_MOVABLE, __GFP_RECLAIMABLE };
	const char *name = zone_name(&x->machine, cell->highest_zoneidx);

	for (int i = 0; i < 15; i++) {
		const gfp_t gfp = GFP_KERNEL | bits[i % 5] | types[i / 5];
		const uint32_t idx = gfp_zone(m, gfp);

		if (idx != GFP_ZONE_BAD &&
		    gfp_migratetype(m, gfp) == cell->migratetype &&
		    !strcmp(zone_name(m, idx), name))
			return gfp;
	}
	return 0;
}

/* Is it the same zone, of two machines? */
static bool is_zone(const struct zone *a, const struct zone *b)
{
	return a && a->node == b->node && a->type == b->type;
}

/* Is it certain which zone serves the request? */
static bool is_certain(const struct explain_cell *cell)
{
	for (uint32_t i = 0; cell->served && i < cell->attempt.nr_zones; i++) {
		const struct explain_zone *z = &cell->attempt.zones[i];

		if (!z->is_certain)
			return false;
		if (z == cell->served)
			return true;
	}
	return false;
}

static void compare_cell(const struct explanation *x, const struct machine *m,
			 const struct explain_cell *cell,
			 const struct printer *p)
{
	const struct alloc_request request = {
		.gfp = cell_gfp(x, m, cell),
		.order = cell->order,
		.nid = x->nid,
	};
	struct seen seen;
	char difference[200];

	CHECK(request.gfp);
	if (!request.gfp)
		return;
	see_attempt(&seen, m, &request, cell->slow);
	compare_attempt(&cell->attempt, &seen, p, difference,
			sizeof(difference));
	CHECK_STR(difference, "");
	if (has_rules_of_5_10(p) && p->has_pagetypeinfo && !seen.from_pcp &&
	    is_certain(cell))
		CHECK(is_zone(seen.zone, cell->served->zone));
	counts.cells++;
}

static void proc_round_trip(const struct machine *m, const struct printer *p)
{
	const struct explain_options options = { .gfp = NULL };
	struct text t = { .data = NULL };
	const unsigned long failures = test_failures_;
	struct report_set set;
	struct explanation x;

	print_proc(&t, m, p);
	if (explain_text_of(&t, p->release, &set, &x, &options)) {
		CHECK(x.table != NULL);
		for (uint32_t i = 0; x.table && i < x.table->nr; i++)
			compare_cell(&x, m, &x.table->cells[i], p);
		explanation_destroy(&x);
		report_set_destroy(&set);
	}
	if (test_failures_ != failures && getenv("ROUNDTRIP_PRINT"))
		fputs(t.data, stderr);
	text_free(&t);
}

static void one_table(uint64_t seed)
{
	struct rng rng = { .state = seed ^ 0x70726f63 };
	struct printer p = kernels[rng_below(&rng, NR_KERNELS)];
	const struct shape shape = { .is_aligned = true };
	struct alloc_request request;
	struct machine m;

	p.page_shift = 12;
	p.is_proc = true;
	/* since 6.13 no free block has both highatomic and other pages */
	p.has_pagetypeinfo = rng_chance(&rng, 60) || p.version >= 613;
	if (!used_machine(&m, &p, &shape, &rng))
		return;
	refuse_request(&m, &request, &rng);
	if (is_possible(&m, &request, &p))
		proc_round_trip(&m, &p);
	arena_destroy(&m);
}

/* -- all of them ----------------------------------------------------------- */

static bool one_machine(uint64_t seed)
{
	struct rng rng = { .state = seed };
	struct printer p = kernels[rng_below(&rng, NR_KERNELS)];
	struct alloc_request request;
	struct machine m;
	struct shape shape = { .has_task = true };
	bool ok;

	/* bounds of a boost go by how kernels compute watermarks */
	shape.by_hand = !hides_boost(&p) && rng_chance(&rng, 50);
	shape.is_aligned = !prints_highatomic(&p) || rng_chance(&rng, 50);
	p.page_shift = rng_chance(&rng, 80) ? 12 : 14 + 2 * rng_below(&rng, 2);
	if (!used_machine(&m, &p, &shape, &rng))
		return false;
	ok = refuse_request(&m, &request, &rng);
	/* kernels did not print it */
	ok = ok && (p.version >= 410 || !request.has_nodemask) &&
	     is_possible(&m, &request, &p);
	if (ok)
		failure_round_trip(&m, &request, &p, &shape, &rng);
	arena_destroy(&m);
	return ok;
}

int main(int argc, char **argv)
{
	const unsigned long nr = argc > 1 ? strtoul(argv[1], NULL, 10) : 200;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;

	for (; counts.failures < nr; seed++) {
		const unsigned long failures = test_failures_;

		counts.failures += one_machine(seed);
		if (seed % 4 == 0)
			one_table(seed);
		if (test_failures_ != failures)
			fprintf(stderr, "seed %llu\n",
				(unsigned long long)seed);
	}
	printf("%lu reports: %lu certain, %lu bounded, %lu not explained; "
	       "%lu cells of tables\n",
	       counts.failures, counts.certain, counts.bounded,
	       counts.not_explained, counts.cells);
	return test_done();
}
