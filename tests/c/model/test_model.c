/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_model: random requests to random small machines and to the model,
 * which must agree on every answer, counter, list and kernel event.
 *
 *   test_model [OPERATIONS] [SEED]
 *
 * Each machine has its own seed, printed when something differs: with one
 * machine's seed and few operations the test begins at that machine.
 * Machines run untraced, traced, or both at once; then the two must be
 * equal byte by byte. Traced ones also seek back and forth.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mm/control.h"
#include "mm/page_alloc.h"
#include "state/arena.h"
#include "check/check.h"
#include "state/history.h"
#include "model.h"
#include "model_machine.h"
#include "model_ops.h"

enum { DEFAULT_OPERATIONS = 200000, DEFAULT_SEED = 20201213 };
enum { MAX_MARKS = 6, SMALL_MACHINE = 1200 };

/* A moment to come back to. */
struct mark {
	uint32_t step;
	struct machine machine;
};

struct run {
	uint64_t seed;
	struct machine m; /* compared with the model */
	bool has_twin;
	struct machine twin; /* the same requests, traced */
	struct machine *traced; /* NULL: none */
	struct history *history;
	struct mark marks[MAX_MARKS];
	uint32_t nr_marks;
	uint32_t nr_ops;
	struct ops ops;
	struct op op;
	char message[512];
};

struct totals {
	uint64_t ops, machines, events, seeks, refusals, slow;
	uint64_t busy, isolated, reclaimed;
	uint64_t kinds[NR_OPS];
};

static bool fails(const struct run *run, const char *what)
{
	char text[2000], op[400];

	machine_text(&run->m, text, sizeof(text));
	op_text(&run->op, op, sizeof(op));
	fprintf(stderr,
		"test_model: engine and model differ\n"
		"  machine %s\n  operation %u: %s\n  %s\n"
		"again: test_model %u %" PRIu64 "\n",
		text, run->nr_ops, op, what, run->nr_ops, run->seed);
	return false;
}

/* -- time ----------------------------------------------------------------- */

static void add_mark(struct run *run, struct rng *rng)
{
	uint32_t at = run->nr_marks;

	if (at == MAX_MARKS) { /* the first one is the start: it stays */
		at = 1 + rng_below(rng, MAX_MARKS - 1);
		arena_destroy(&run->marks[at].machine);
	} else {
		run->nr_marks++;
	}
	if (!arena_clone(&run->marks[at].machine, run->traced))
		abort();
	run->marks[at].step = run->history->nr_events;
}

static bool seeks(struct run *run, struct rng *rng)
{
	uint32_t end = run->history->nr_events;
	struct machine now;
	bool same = true;

	if (!arena_clone(&now, run->traced))
		abort();
	for (uint32_t i = 0; i < 4 && same; i++) {
		uint32_t at = i == 1 ? 0 : rng_below(rng, run->nr_marks);
		const struct mark *mark = &run->marks[at];

		history_seek(run->history, run->traced,
			     rng_below(rng, end + 1));
		history_seek(run->history, run->traced, mark->step);
		same = arena_equal(run->traced, &mark->machine);
	}
	history_seek(run->history, run->traced, end);
	same = same && arena_equal(run->traced, &now);
	arena_destroy(&now);
	return same || fails(run, "going back in time does not lead to the "
				  "bytes that were there");
}

/* -- events --------------------------------------------------------------- */

/* The kernel's own events, and two more that decide something. */
static bool kernel_event(const struct event *event, struct model_event *out)
{
	const struct event_mm_page_alloc_zone_locked *locked =
		event_get(event, mm_page_alloc_zone_locked);
	const struct event_mm_page_pcpu_drain *drain =
		event_get(event, mm_page_pcpu_drain);
	const struct event_mm_page_alloc_extfrag *steal =
		event_get(event, mm_page_alloc_extfrag);
	const struct event_wakeup_kswapd *wake =
		event_get(event, wakeup_kswapd);
	const struct event_node_reclaim *reclaim =
		event_get(event, node_reclaim);

	*out = (struct model_event){ event_id(event), { 0 } };
	if (locked)
		*out = (struct model_event){ out->id,
					     { locked->pfn, locked->order,
					       locked->migratetype } };
	else if (drain)
		*out = (struct model_event){ out->id,
					     { drain->pfn, drain->order,
					       drain->migratetype } };
	else if (steal)
		*out = (struct model_event){
			out->id,
			{ steal->pfn, steal->alloc_order, steal->fallback_order,
			  steal->alloc_migratetype, steal->fallback_migratetype,
			  steal->change_ownership }
		};
	else if (wake)
		*out = (struct model_event){ out->id,
					     { wake->nid, wake->zone } };
	else if (reclaim)
		*out = (struct model_event){ out->id,
					     { reclaim->nid, reclaim->zone,
					       reclaim->result,
					       reclaim->nr_reclaimed } };
	return locked || drain || steal || wake || reclaim;
}

static bool same_events(struct run *run, uint32_t before)
{
	const struct model *model = run->ops.model;
	uint32_t nr = 0;

	for (uint32_t s = before + 1; s <= run->history->nr_events; s++) {
		struct model_event got, want = { 0, { 0 } };

		if (!kernel_event(history_event(run->history, s), &got))
			continue;
		if (nr < model->nr_events)
			want = model->events[nr];
		nr++;
		if (nr <= model->nr_events && !memcmp(&got, &want, sizeof(got)))
			continue;
		snprintf(run->message, sizeof(run->message),
			 "kernel event %u: %s %u %u %u %u %u %u, model %s %u "
			 "%u %u %u %u %u",
			 nr, event_types[got.id].name, got.field[0],
			 got.field[1], got.field[2], got.field[3], got.field[4],
			 got.field[5],
			 nr > model->nr_events ? "none" :
						 event_types[want.id].name,
			 want.field[0], want.field[1], want.field[2],
			 want.field[3], want.field[4], want.field[5]);
		return fails(run, run->message);
	}
	if (nr != model->nr_events)
		return fails(run, "the model has more kernel events");
	return true;
}

/* -- a run of one machine ------------------------------------------------- */

static bool same_answer(struct run *run, uint32_t refusals,
			enum machine_error refusal, uint32_t expected,
			uint32_t pfn)
{
	bool ok = refusals ? refusals >> refusal & 1 :
			     refusal == MACHINE_ERROR_none && pfn == expected;

	if (ok)
		return true;
	snprintf(run->message, sizeof(run->message),
		 "the engine answers %s, pfn %d; the model %s (%x), pfn %d",
		 enum_name(KIND_machine_error, refusal), (int)pfn,
		 refusals ? "refuses" : "does not refuse", refusals,
		 (int)expected);
	return fails(run, run->message);
}

static bool compare(struct run *run, bool all)
{
	bool frames = all || run->m.system->max_pfn < SMALL_MACHINE ||
		      run->nr_ops % 16 == 0;

	if (!model_compare(run->ops.model, &run->m, frames, run->message,
			   sizeof(run->message)))
		return fails(run, run->message);
	if (!machine_check(&run->m, run->message, sizeof(run->message)))
		return fails(run, run->message);
	if (run->has_twin && (all || run->nr_ops % 16 == 0) &&
	    !arena_equal(&run->m, &run->twin))
		return fails(run, "untraced and traced differ in some byte");
	return true;
}

/* Does the slow path begin with the same flags? */
static bool same_attempts(const struct run *run)
{
	const gfp_t gfp = run->op.alloc.gfp;
	struct slowpath_attempts s;

	slowpath_attempts(&run->m, gfp, &s);
	return s.first == model_slow_flags(run->ops.model, gfp) &&
	       s.retry == model_retry_flags(run->ops.model, gfp);
}

static bool one_operation(struct run *run, struct rng *rng,
			  struct totals *totals)
{
	uint32_t before = run->history ? run->history->nr_events : 0;
	uint32_t refusals, expected = PFN_NONE, pfn = PFN_NONE;
	enum machine_error refusal;

	run->nr_ops++;
	ops_draw(&run->ops, rng, &run->op);
	totals->kinds[run->op.kind]++;
	refusals = op_refusals(&run->ops, &run->op);
	run->ops.model->nr_events = 0;
	if (!refusals)
		expected = op_model(&run->ops, &run->op);
	refusal = op_engine(&run->m, &run->op, &pfn);
	if (!same_answer(run, refusals, refusal, expected, pfn))
		return false;
	if (run->has_twin) {
		pfn = PFN_NONE;
		refusal = op_engine(&run->twin, &run->op, &pfn);
		if (!same_answer(run, refusals, refusal, expected, pfn))
			return false;
	}
	totals->refusals += refusals != 0;
	totals->slow += run->op.kind == OP_ALLOC && !refusals &&
			pfn == PFN_NONE;
	if (run->op.kind == OP_ISOLATE && !refusals)
		++*(pfn == PFN_NONE ? &totals->isolated : &totals->busy);
	if (run->op.kind == OP_ALLOC && !refusals)
		totals->reclaimed += run->ops.model->reclaimed.nr;
	if (run->traced && !same_events(run, before))
		return false;
	if (!refusals && run->op.kind == OP_ALLOC && !same_attempts(run))
		return fails(run, "the slow path's flags differ");
	if (!op_contents(&run->m, &run->op, pfn))
		return fails(run, "the pages of a block requested with ZERO "
				  "are not zero");
	return compare(run, false);
}

static void run_begin(struct run *run, uint64_t seed, struct rng *rng)
{
	uint32_t how;

	*run = (struct run){ .seed = seed };
	while (!random_machine(&run->m, rng))
		;
	if (rng_chance(rng, 3) && run->m.system->max_order < 6)
		machine_set_poison(&run->m, true);
	ops_begin(&run->ops, &run->m, rng);
	how = rng_below(rng, 3);
	run->has_twin = how == 2;
	if (run->has_twin && !arena_clone(&run->twin, &run->m))
		abort();
	if (!how)
		return;
	run->traced = run->has_twin ? &run->twin : &run->m;
	run->history = history_new();
	if (!run->history)
		abort();
	machine_set_history(run->traced, run->history);
	add_mark(run, rng);
}

static void run_end(struct run *run)
{
	ops_end(&run->ops);
	arena_destroy(&run->m);
	if (run->has_twin)
		arena_destroy(&run->twin);
	for (uint32_t i = 0; i < run->nr_marks; i++)
		arena_destroy(&run->marks[i].machine);
	if (run->history)
		history_free(run->history);
}

/* Some hundred operations on one machine, or @left if less. */
static bool run_machine(uint64_t seed, uint64_t left, struct totals *totals)
{
	struct rng rng = { seed };
	struct run run;
	uint32_t nr_ops;
	bool ok;

	run_begin(&run, seed, &rng);
	nr_ops = 100 + rng_below(&rng, 1500);
	ok = compare(&run, true);
	while (ok && run.nr_ops < nr_ops && run.nr_ops < left) {
		ok = one_operation(&run, &rng, totals);
		if (!ok || !run.traced)
			continue;
		if (rng_chance(&rng, 2))
			add_mark(&run, &rng);
		if (rng_below(&rng, 300))
			continue;
		ok = seeks(&run, &rng);
		totals->seeks++;
	}
	ok = ok && compare(&run, true);
	if (ok && run.traced)
		ok = seeks(&run, &rng);
	totals->ops += run.nr_ops;
	totals->machines++;
	totals->events += run.history ? run.history->nr_events : 0;
	run_end(&run);
	return ok;
}

static bool number(const char *text, uint64_t *value)
{
	char *end;

	*value = strtoull(text, &end, 0);
	return *text && !*end;
}

int main(int argc, char **argv)
{
	uint64_t nr_ops = DEFAULT_OPERATIONS, seed = DEFAULT_SEED;
	struct totals totals = { 0 };

	if (argc > 3 || (argc > 1 && !number(argv[1], &nr_ops)) ||
	    (argc > 2 && !number(argv[2], &seed))) {
		fprintf(stderr, "usage: test_model [OPERATIONS] [SEED]\n");
		return 2;
	}
	for (; totals.ops < nr_ops; seed++)
		if (!run_machine(seed, nr_ops - totals.ops, &totals))
			return EXIT_FAILURE;
	printf("%" PRIu64 " operations on %" PRIu64 " machines: %" PRIu64
	       " refused, %" PRIu64 " into the slow path, %" PRIu64
	       " events, %" PRIu64 " journeys in time\n",
	       totals.ops, totals.machines, totals.refusals, totals.slow,
	       totals.events, totals.seeks);
	printf("  isolated %" PRIu64 ", busy %" PRIu64 ", reclaimed %" PRIu64
	       " pages\n",
	       totals.isolated, totals.busy, totals.reclaimed);
	if (nr_ops >= DEFAULT_OPERATIONS &&
	    (!totals.isolated || !totals.busy || !totals.reclaimed))
		return EXIT_FAILURE;
	for (int kind = 0; kind < NR_OPS; kind++) {
		printf("  %s %" PRIu64, op_name((enum op_kind)kind),
		       totals.kinds[kind]);
		if (nr_ops >= DEFAULT_OPERATIONS && !totals.kinds[kind])
			return EXIT_FAILURE;
	}
	printf("\n");
	return EXIT_SUCCESS;
}
