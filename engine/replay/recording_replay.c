/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recording_replay: make a real kernel's requests again and compare every
 * result, up to the first difference.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mm/control.h"
#include "replay/replay_private.h"
#include "state/arena.h"

enum outcome replay_differ(struct replay *rp, const char *what,
			   const char *expected, const char *got)
{
	struct replay_result *result = rp->result;

	snprintf(result->what, sizeof(result->what), "%s", what);
	snprintf(result->expected, sizeof(result->expected), "%s", expected);
	snprintf(result->got, sizeof(result->got), "%s", got);
	return DIFFERENT;
}

static enum outcome compare_number(struct replay *rp, const char *what,
				   int64_t expected, int64_t got)
{
	char text[2][24];

	if (expected == got)
		return SAME;
	snprintf(text[0], sizeof(text[0]), "%" PRId64, expected);
	snprintf(text[1], sizeof(text[1]), "%" PRId64, got);
	return replay_differ(rp, what, text[0], text[1]);
}

static enum outcome compare_pfn(struct replay *rp, uint32_t expected,
				uint32_t got)
{
	char text[2][24];

	if (expected == got)
		return SAME;
	field_text(NULL, KIND_pfn, expected, text[0], sizeof(text[0]));
	field_text(NULL, KIND_pfn, got, text[1], sizeof(text[1]));
	return replay_differ(rp, "pfn", text[0], text[1]);
}

/* -- operations ----------------------------------------------------------- */

static enum outcome compare_zone(struct replay *rp, const struct op *op,
				 const struct zone *zone)
{
	char text[2][32];

	if (op->zone_nid == zone->node && op->zone_idx == zone->idx)
		return SAME;
	snprintf(text[0], sizeof(text[0]), "node %u zone %u", op->zone_nid,
		 op->zone_idx);
	snprintf(text[1], sizeof(text[1]), "node %u zone %u", zone->node,
		 zone->idx);
	return replay_differ(rp, "zone", text[0], text[1]);
}

static enum outcome compare_counters(struct replay *rp, const struct op *op,
				     const struct zone *zone)
{
	const struct machine *m = session_machine(rp->s);
	const struct per_cpu_pages *pcp = zone_pcp(m, zone, op->request.cpu);
	enum outcome outcome;

	outcome = compare_zone(rp, op, zone);
	if (outcome == SAME)
		outcome = compare_number(rp, "nr_free_pages", op->nr_free_pages,
					 zone->nr_free_pages);
	if (outcome == SAME)
		outcome = compare_number(rp, "pcp_count", op->pcp_count,
					 pcp->count);
	if (outcome == SAME && recording_has_cma(rp->r))
		outcome = compare_number(rp, "nr_free_cma", op->nr_free_cma,
					 zone->nr_free_cma);
	return outcome;
}

/* Is the block of a free the recorded one? Nothing was run yet. */
static enum outcome compare_block(struct replay *rp, const struct op *op)
{
	enum outcome outcome;
	char what[32];

	if (op->kind != OP_FREE && op->kind != OP_LRU &&
	    op->kind != OP_RECLAIMABLE)
		return SAME;
	if (op->block.pfn == PFN_NONE) {
		snprintf(what, sizeof(what), "slot %u", op->slot);
		return replay_differ(rp, what, "a block in use", "none");
	}
	if (op->kind != OP_FREE)
		return SAME;
	outcome = compare_pfn(rp, op->pfn, op->block.pfn);
	if (outcome == SAME)
		outcome = compare_number(rp, "order", op->request.order,
					 op->block.order);
	return outcome;
}

/* The number of pages that node_reclaim() can free, on all nodes. */
static uint32_t count_reclaimable(const struct machine *m)
{
	uint32_t nr = 0;

	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		nr += m->nodes[nid].nr_reclaimable;
	return nr;
}

/*
 * Did node_reclaim() free the recorded blocks and no others? @before: what it
 * could free. In which order, the events and lists tell.
 */
static enum outcome compare_reclaimed(struct replay *rp, const struct op *op,
				      uint32_t before)
{
	const struct machine *m = session_machine(rp->s);
	char text[2][24];

	if (op->kind != OP_ALLOC && op->kind != OP_GET_PAGE)
		return SAME;
	for (uint32_t i = 0; i < op->nr_freed; i++) {
		const uint32_t pfn = op->freed[i].pfn;

		if (pfn < m->max_pfn && !(m->pages[pfn] & PAGE_RECLAIMABLE))
			continue;
		snprintf(text[0], sizeof(text[0]), "reclaimed[%u]", i);
		snprintf(text[1], sizeof(text[1]), "page %u", pfn);
		return replay_differ(rp, text[0], text[1], "not freed");
	}
	return compare_number(rp, "reclaimed", op->nr_freed,
			      before - count_reclaimable(m));
}

/* Count the requests that the cache serves: each that it holds afterwards. */
static enum outcome count_cached(struct replay *rp, const struct op *op)
{
	const struct machine *m = session_machine(rp->s);

	rp->result->nr_cached += op->kind == OP_ALLOC &&
				 !op->request.has_nodemask &&
				 m->cache.gfp == op->request.gfp &&
				 m->cache.nid == op->request.nid;
	return SAME;
}

static enum outcome compare_flag(struct replay *rp, const char *what,
				 bool expected, bool got)
{
	return expected == got ?
		       SAME :
		       replay_differ(rp, what, expected ? "true" : "false",
				     got ? "true" : "false");
}

static enum outcome compare_result(struct replay *rp, const struct op *op,
				   const struct request *request,
				   const struct zone *zone)
{
	const struct machine *m = session_machine(rp->s);
	bool alloc = op->kind == OP_ALLOC || op->kind == OP_GET_PAGE;
	enum outcome outcome = SAME;

	if (alloc)
		outcome = compare_pfn(rp, op->pfn, request->pfn);
	if (outcome == SAME && alloc)
		outcome = compare_flag(
			rp, "slow", op->slow,
			op->kind == OP_ALLOC && request->pfn == PFN_NONE &&
				request->error == MACHINE_ERROR_none);
	if (op->kind == OP_ISOLATE)
		outcome = compare_flag(rp, "isolated", op->isolated,
				       request->busy == PFN_NONE);
	if (outcome == SAME)
		outcome = rp->build == REPLAY_TRACED ?
				  replay_compare_events(rp, op, request) :
				  count_cached(rp, op);
	if (alloc && request->pfn != PFN_NONE)
		zone = page_zone(m, request->pfn);
	if (outcome == SAME && zone)
		outcome = compare_counters(rp, op, zone);
	return outcome;
}

static enum outcome run_op(struct replay *rp, const struct op *op)
{
	const struct machine *m = session_machine(rp->s);
	const struct zone *zone = NULL;
	const struct request *request;
	enum outcome outcome = compare_block(rp, op);
	uint32_t before = count_reclaimable(m);

	if (outcome != SAME)
		return outcome;
	if (op->kind == OP_FREE)
		zone = page_zone(m, op->block.pfn);
	else if (op->kind == OP_ISOLATE || op->kind == OP_UNISOLATE)
		zone = pfn_zone(m, op->pfn);
	request = op_run(op, rp->s, NULL);
	if (!request || request->error == MACHINE_ERROR_limit) {
		snprintf(rp->error->text, sizeof(rp->error->text),
			 "no memory for the recording's events");
		return NO_MEMORY;
	}
	/* Linux answers NULL to too large an order, before the fast path */
	if (request->error != MACHINE_ERROR_none &&
	    request->error != MACHINE_ERROR_order_range)
		return replay_differ(rp, "the operation", "done",
				     enum_text(KIND_machine_error,
					       request->error));
	outcome = compare_result(rp, op, request, zone);
	return outcome == SAME ? compare_reclaimed(rp, op, before) : outcome;
}

static enum outcome replay_op(struct replay *rp, uint32_t i)
{
	enum outcome outcome = NO_MEMORY;
	struct op op;

	if (recording_op(rp->r, i, &op, rp->error)) {
		rp->result->nr_ops++;
		outcome = run_op(rp, &op);
	}
	if (outcome == DIFFERENT) {
		rp->result->line = recording_op_line(rp->r, i);
		rp->result->request = i + 1;
		op_text(&op, rp->result->operation,
			sizeof(rp->result->operation));
	}
	op_release(&op);
	return outcome;
}

/* -- the whole ------------------------------------------------------------ */

static enum outcome replay_all(struct replay *rp)
{
	const uint32_t nr_ops = recording_nr_ops(rp->r);
	const uint32_t nr_states = recording_nr_states(rp->r);
	enum outcome outcome = SAME;
	uint32_t state = 0;

	for (uint32_t i = 0; i <= nr_ops && outcome == SAME; i++) {
		for (; outcome == SAME && state < nr_states &&
		       recording_state(rp->r, state)->nr_ops == i;
		     state++)
			outcome = replay_compare_state(rp, state);
		if (outcome == SAME && i < nr_ops)
			outcome = replay_op(rp, i);
	}
	return outcome;
}

/* A session on the machine of the begin state. NULL and @error: none. */
static struct session *begin_session(const struct recording *r,
				     enum replay_build build,
				     struct file_error *error)
{
	struct session *s;
	struct machine m;

	if (!recording_machine(r, &m, error))
		return NULL;
	machine_set_cache(&m, build == REPLAY_CACHED);
	s = session_new(&m, build == REPLAY_TRACED);
	if (s)
		return s;
	arena_destroy(&m);
	snprintf(error->text, sizeof(error->text), "no memory");
	return NULL;
}

/* The step after @nr_ops operations, for a build that has no steps. */
static uint32_t step_after(const struct recording *r, uint32_t nr_ops,
			   struct file_error *error)
{
	struct session *s = begin_session(r, REPLAY_TRACED, error);
	uint32_t step;

	if (!s)
		return 0;
	recording_play(r, s, 0, nr_ops);
	step = session_nr_steps(s);
	session_free(s);
	return step;
}

bool recording_replay(const struct recording *r, enum replay_build build,
		      struct replay_result *result, struct file_error *error)
{
	struct replay rp = { r, build, NULL, result, error };
	enum outcome outcome;

	*result = (struct replay_result){ .build = build };
	rp.s = begin_session(r, build, error);
	if (!rp.s)
		return false;
	outcome = replay_all(&rp);
	result->identical = outcome == SAME;
	if (outcome == DIFFERENT && build != REPLAY_TRACED)
		result->step = step_after(r, result->nr_ops, error);
	else if (outcome == DIFFERENT && !result->step)
		result->step = session_nr_steps(rp.s);
	session_free(rp.s);
	return outcome != NO_MEMORY;
}

const char *replay_build_name(enum replay_build build)
{
	static const char *const names[NR_REPLAY_BUILDS] = {
		[REPLAY_TRACED] = "traced",
		[REPLAY_UNTRACED] = "untraced, without cache",
		[REPLAY_CACHED] = "untraced, with cache",
	};

	return names[build];
}
