/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replay_states: compare the machine with a recorded state. */
#include <stdio.h>
#include <string.h>

#include "check/check.h"
#include "diff/diff.h"
#include "replay/replay_private.h"
#include "snapshot/state_json.h"
#include "state/arena.h"

/* What one of the two machines has there: a page, or what is there instead. */
static void side_text(const struct difference *d, bool expected, char *buf,
		      size_t size)
{
	const struct diff_page *page = d->pages;
	const uint32_t place = !page ? 0 : expected ? page->from : page->to;

	if (d->how == (expected ? DIFF_GAINED : DIFF_LOST))
		snprintf(buf, size, "%s", d->now ? d->now : "nothing");
	else if (place)
		snprintf(buf, size, "page %u at place %u", page->pfn, place);
	else if (page)
		snprintf(buf, size, "page %u", page->pfn);
	else
		snprintf(buf, size, "present");
}

/* The first difference is the result: "node 0 zone DMA32 order 1 movable". */
static void found_difference(void *context, const struct difference *d)
{
	struct replay *rp = context;
	char node[24] = "", zone[40] = "", cpu[24] = "", what[96];
	char text[2][96];

	if (rp->result->what[0])
		return;
	if (d->nid != DIFF_NOWHERE)
		snprintf(node, sizeof(node), "node %u ", d->nid);
	if (d->zone)
		snprintf(zone, sizeof(zone), "zone %s ", d->zone);
	if (d->cpu != DIFF_NOWHERE)
		snprintf(cpu, sizeof(cpu), "cpu %u ", d->cpu);
	snprintf(what, sizeof(what), "%s%s%s%s", node, zone, cpu, d->what);
	side_text(d, true, text[0], sizeof(text[0]));
	side_text(d, false, text[1], sizeof(text[1]));
	if (d->how != DIFF_CHANGED)
		replay_differ(rp, what, text[0], text[1]);
	else
		replay_differ(rp, what, d->a ? d->a : "nothing",
			      d->b ? d->b : "nothing");
}

/* Compare the machine with a recorded one, and check its invariants. */
static enum outcome compare_machines(struct replay *rp,
				     const struct machine *expected)
{
	const struct machine *m = session_machine(rp->s);
	const struct diff_sink sink = { found_difference, rp };
	char message[160];

	if (!diff_states(expected, m, recording_format(rp->r), &sink)) {
		snprintf(rp->error->text, sizeof(rp->error->text), "no memory");
		return NO_MEMORY;
	}
	if (rp->result->what[0])
		return DIFFERENT;
	return machine_check(m, message, sizeof(message)) ?
		       SAME :
		       replay_differ(rp, "invariants", "all hold", message);
}

enum outcome replay_compare_state(struct replay *rp, uint32_t i)
{
	const struct state_line *state = recording_state(rp->r, i);
	cJSON *json = recording_parse(rp->r, &state->line, rp->error);
	struct machine expected = { .region = NULL };
	struct file_error error;
	const struct json_place at = { "line", state->line.number, &error };
	enum outcome outcome;

	if (!json)
		return NO_MEMORY;
	rp->result->nr_states++;
	if (state_load(&at, json, recording_format(rp->r), &expected, NULL)) {
		outcome = compare_machines(rp, &expected);
		arena_destroy(&expected);
	} else {
		/* without "line:3063: ", which the result has */
		outcome = replay_differ(rp, "the recorded state",
					"a consistent state",
					strchr(error.text, ' ') + 1);
	}
	if (outcome == DIFFERENT) {
		rp->result->line = state->line.number;
		snprintf(rp->result->operation, sizeof(rp->result->operation),
			 "the state \"%s\" after operation %u",
			 json_get(json, "state")->valuestring, state->nr_ops);
	}
	cJSON_Delete(json);
	return outcome;
}
