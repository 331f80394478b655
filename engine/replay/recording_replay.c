/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recording_replay: do what a real kernel did, and compare everything, up
 * to the first difference.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state/arena.h"
#include "replay/recording_private.h"
#include "snapshot/state_json.h"

enum outcome { SAME, DIFFERENT, NO_MEMORY };

struct replay {
	const struct recording *r;
	struct session *s;
	struct replay_result *result;
	struct file_error *error;
};

/* The first difference: what, then how each side prints. */
static enum outcome differ(struct replay *rp, const char *what,
			   const char *expected, const char *got)
{
	struct replay_result *result = rp->result;

	snprintf(result->what, sizeof(result->what), "%s", what);
	snprintf(result->expected, sizeof(result->expected), "%s", expected);
	snprintf(result->got, sizeof(result->got), "%s", got);
	result->step = session_nr_steps(rp->s);
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
	return differ(rp, what, text[0], text[1]);
}

static enum outcome compare_pfn(struct replay *rp, uint32_t expected,
				uint32_t got)
{
	char text[2][24];

	if (expected == got)
		return SAME;
	field_text(NULL, KIND_pfn, expected, text[0], sizeof(text[0]));
	field_text(NULL, KIND_pfn, got, text[1], sizeof(text[1]));
	return differ(rp, "pfn", text[0], text[1]);
}

/* -- events --------------------------------------------------------------- */

static bool event_is_recorded(const struct event *event)
{
	switch (event_id(event)) {
	case EVENT_mm_page_alloc_zone_locked:
	case EVENT_mm_page_pcpu_drain:
	case EVENT_mm_page_alloc_extfrag:
		return true;
	default:
		return false;
	}
}

/* One of ours, in the recordings' form. */
static struct op_event event_recorded(const struct event *event)
{
	const struct event_mm_page_alloc_zone_locked *locked;
	const struct event_mm_page_pcpu_drain *drain;
	const struct event_mm_page_alloc_extfrag *frag;
	struct op_event e = { .id = event_id(event) };

	locked = event_get(event, mm_page_alloc_zone_locked);
	drain = event_get(event, mm_page_pcpu_drain);
	frag = event_get(event, mm_page_alloc_extfrag);
	if (locked) {
		e.pfn = locked->pfn;
		e.order = locked->order;
		e.migratetype = locked->migratetype;
	} else if (drain) {
		e.pfn = drain->pfn;
		e.order = drain->order;
		e.migratetype = drain->migratetype;
	} else if (frag) {
		e.pfn = frag->pfn;
		e.order = frag->alloc_order;
		e.fallback_order = frag->fallback_order;
		e.migratetype = frag->alloc_migratetype;
		e.fallback_migratetype = frag->fallback_migratetype;
		e.change_ownership = frag->change_ownership;
	}
	return e;
}

static bool events_equal(const struct op_event *a, const struct op_event *b)
{
	return a->id == b->id && a->pfn == b->pfn && a->order == b->order &&
	       a->migratetype == b->migratetype &&
	       a->fallback_order == b->fallback_order &&
	       a->fallback_migratetype == b->fallback_migratetype &&
	       a->change_ownership == b->change_ownership;
}

static enum outcome differ_event(struct replay *rp, uint32_t index,
				 const struct op_event *expected,
				 const struct op_event *got, uint32_t step)
{
	char what[32], text[2][160];

	snprintf(what, sizeof(what), "event %u", index + 1);
	op_event_text(expected, text[0], sizeof(text[0]));
	op_event_text(got, text[1], sizeof(text[1]));
	differ(rp, what, text[0], text[1]);
	if (step)
		rp->result->step = step;
	return DIFFERENT;
}

static enum outcome compare_events(struct replay *rp, const struct op *op,
				   const struct request *request)
{
	const struct history *h = session_history(rp->s);
	const cJSON *next = op->events ? op->events->child : NULL;
	uint32_t index = 0;

	for (uint32_t step = request->first_step; step <= request->last_step;
	     step++) {
		const struct event *event = history_event(h, step);
		struct op_event expected, got;

		if (!event_is_recorded(event))
			continue;
		got = event_recorded(event);
		if (!next)
			return differ_event(rp, index, NULL, &got, step);
		expected = op_event(next);
		rp->result->nr_events++;
		if (!events_equal(&expected, &got))
			return differ_event(rp, index, &expected, &got, step);
		next = next->next;
		index++;
	}
	if (next) {
		struct op_event expected = op_event(next);

		return differ_event(rp, index, &expected, NULL, 0);
	}
	return SAME;
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
	return differ(rp, "zone", text[0], text[1]);
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

/* Is the block of a free what the recording says? Nothing was done yet. */
static enum outcome compare_block(struct replay *rp, const struct op *op)
{
	enum outcome outcome;
	char what[32];

	if (op->kind != OP_FREE && op->kind != OP_LRU)
		return SAME;
	if (op->block.pfn == PFN_NONE) {
		snprintf(what, sizeof(what), "slot %u", op->slot);
		return differ(rp, what, "a block in use", "none");
	}
	if (op->kind == OP_LRU)
		return SAME;
	outcome = compare_pfn(rp, op->pfn, op->block.pfn);
	if (outcome == SAME)
		outcome = compare_number(rp, "order", op->request.order,
					 op->block.order);
	return outcome;
}

static enum outcome compare_answer(struct replay *rp, const struct op *op,
				   const struct request *request,
				   const struct zone *zone)
{
	const struct machine *m = session_machine(rp->s);
	bool alloc = op->kind == OP_ALLOC || op->kind == OP_GET_PAGE;
	enum outcome outcome = SAME;
	bool slow;

	if (alloc)
		outcome = compare_pfn(rp, op->pfn, request->pfn);
	slow = op->kind == OP_ALLOC && request->pfn == PFN_NONE;
	if (outcome == SAME && alloc && op->slow != slow)
		outcome = differ(rp, "slow", op->slow ? "true" : "false",
				 slow ? "true" : "false");
	if (outcome == SAME)
		outcome = compare_events(rp, op, request);
	if (alloc && request->pfn != PFN_NONE)
		zone = page_zone(m, request->pfn);
	if (outcome == SAME && zone)
		outcome = compare_counters(rp, op, zone);
	return outcome;
}

static enum outcome do_op(struct replay *rp, const struct op *op)
{
	const struct machine *m = session_machine(rp->s);
	const struct zone *zone = NULL;
	const struct request *request;
	enum outcome outcome = compare_block(rp, op);

	if (outcome != SAME)
		return outcome;
	if (op->kind == OP_FREE)
		zone = page_zone(m, op->block.pfn);
	request = op_run(op, rp->s, NULL);
	if (!request || request->error == MACHINE_ERROR_limit) {
		snprintf(rp->error->text, sizeof(rp->error->text),
			 "no memory for the recording's events");
		return NO_MEMORY;
	}
	if (request->error != MACHINE_ERROR_none)
		return differ(rp, "the operation", "done",
			      enum_text(KIND_machine_error, request->error));
	return compare_answer(rp, op, request, zone);
}

static enum outcome replay_op(struct replay *rp, uint32_t i)
{
	enum outcome outcome = NO_MEMORY;
	struct op op;

	if (recording_op(rp->r, i, &op, rp->error)) {
		rp->result->nr_ops++;
		outcome = do_op(rp, &op);
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

/* -- states --------------------------------------------------------------- */

static cJSON *machine_tree(const struct replay *rp, const char *name)
{
	const struct json_place at = { "the machine", 1, rp->error };
	struct json_text out = { .data = NULL };
	cJSON *tree;
	char *text;

	text_open(&out, '{');
	state_save(&out, session_machine(rp->s), name);
	text_close(&out, '}');
	text = text_finish(&out);
	if (!text) {
		json_fail(&at, "no memory");
		return NULL;
	}
	tree = json_parse(&at, text, strlen(text));
	free(text);
	return tree;
}

static enum outcome compare_states(struct replay *rp,
				   const struct state_line *state,
				   const cJSON *expected)
{
	const char *name = json_get(expected, "state")->valuestring;
	cJSON *got = machine_tree(rp, name);
	struct state_difference d;
	enum outcome outcome;

	if (!got)
		return NO_MEMORY;
	rp->result->nr_states++;
	outcome = state_compare(expected, got, &d) ?
			  SAME :
			  differ(rp, d.what, d.expected, d.got);
	cJSON_Delete(got);
	if (outcome == SAME)
		return SAME;
	rp->result->line = state->line.number;
	snprintf(rp->result->operation, sizeof(rp->result->operation),
		 "the state \"%s\" after operation %u", name, state->nr_ops);
	return outcome;
}

static enum outcome replay_state(struct replay *rp, uint32_t i)
{
	const struct state_line *state = recording_state(rp->r, i);
	cJSON *expected = recording_parse(rp->r, &state->line, rp->error);
	enum outcome outcome = NO_MEMORY;

	if (expected)
		outcome = compare_states(rp, state, expected);
	cJSON_Delete(expected);
	return outcome;
}

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
			outcome = replay_state(rp, state);
		if (outcome == SAME && i < nr_ops)
			outcome = replay_op(rp, i);
	}
	return outcome;
}

bool recording_replay(const struct recording *r, struct replay_result *result,
		      struct file_error *error)
{
	struct replay rp = { .r = r, .result = result, .error = error };
	enum outcome outcome;
	struct machine m;

	*result = (struct replay_result){ .nr_ops = 0 };
	if (!recording_machine(r, &m, error))
		return false;
	rp.s = session_new(&m, true);
	if (!rp.s) {
		arena_destroy(&m);
		snprintf(error->text, sizeof(error->text), "no memory");
		return false;
	}
	outcome = replay_all(&rp);
	result->identical = outcome == SAME;
	session_free(rp.s);
	return outcome != NO_MEMORY;
}
