/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain: a report's request, its machine, two attempts, and the verdict. */
#include "failure/explain_private.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "failure/table.h"
#include "import/report_machine.h"
#include "mm/allocator.h"
#include "mm/control.h"
#include "mm/zonelist.h"
#include "state/arena.h"

/* -- the request --------------------------------------------------------------
 */

/* "ANY|NAMES" as printed, or what the number means. */
static void set_gfp_text(struct explanation *x, const char *names)
{
	if (*names && !x->gfp.from_number)
		snprintf(x->gfp_text, sizeof(x->gfp_text), "%s", names);
	else
		gfp_to_text(x->gfp.gfp, x->gfp_text, sizeof(x->gfp_text));
}

/* "A|B" in @names: a warning for each. */
static void warn_dropped(const struct explanation *x)
{
	const struct release *release = &x->report->release;
	const char *at = x->gfp.dropped;
	char kernel[64] = "the report's kernel";

	if (release->major)
		snprintf(kernel, sizeof(kernel), "kernel %u.%u", release->major,
			 release->minor);
	while (*at) {
		const int length = (int)strcspn(at, "|");

		report_warn(x->report, "%s: %.*s is no flag of 5.10", kernel,
			    length, at);
		at += length + (at[length] == '|');
	}
}

static bool read_request(struct explanation *x,
			 const struct explain_options *options, char *message,
			 size_t size)
{
	const struct report_request *request = &x->report->request;
	const struct release *release = &x->report->release;
	const char *names = options->gfp ? options->gfp : request->gfp_text;
	const bool has_mode = !options->gfp && request->has_mode;

	x->order = options->has_order ? options->order : request->order;
	x->has_request = options->gfp || *names || has_mode;
	if (!x->has_request)
		return true;
	if (has_mode)
		rules_guess_release(x->report);
	/* the error of the report's mask is to pass --gfp */
	if (options->gfp ? !gfp_decode(release, names, &x->gfp, message, size) :
			   !gfp_read(release, names, has_mode, request->mode,
				     &x->gfp, message, size))
		return false;
	set_gfp_text(x, names);
	warn_dropped(x);
	return true;
}

/* -- the machine --------------------------------------------------------------
 */

/* The lowest node of @mask that is online, or PFN_NONE. */
static uint32_t first_node(const struct machine *m, uint64_t mask)
{
	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		if (node_online(m, nid) && m->nodes[nid].has_memory &&
		    mask >> nid & 1)
			return nid;
	return PFN_NONE;
}

static uint32_t nr_memory_nodes(const struct machine *m)
{
	uint32_t nr = 0;

	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		nr += m->nodes[nid].has_memory != 0;
	return nr;
}

/* The preferred node: no report has it. */
static bool choose_node(struct explanation *x,
			const struct explain_options *options, char *message,
			size_t size)
{
	const struct report_request *r = &x->report->request;
	const struct machine *m = &x->machine;

	x->nid = options->node;
	if (options->has_node && node_online(m, x->nid))
		return true;
	if (options->has_node) {
		snprintf(message, size,
			 "node %" PRIu32 ": the report has no "
			 "such node",
			 x->nid);
		return false;
	}
	x->guesses_node = nr_memory_nodes(m) > 1;
	x->nid = PFN_NONE;
	if (r->has_nodemask)
		x->nid = first_node(m, r->nodemask);
	if (x->nid == PFN_NONE && r->has_mems_allowed)
		x->nid = first_node(m, r->mems_allowed);
	if (x->nid == PFN_NONE)
		x->nid = first_node(m, UINT64_MAX);
	return true;
}

static uint64_t online_nodes(const struct machine *m)
{
	uint64_t online = 0;

	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++)
		if (node_online(m, nid))
			online |= UINT64_C(1) << nid;
	return online;
}

/*
 * The task of the report. If mems_allowed leaves a node out, the task is in a
 * cpuset; that a cpuset above it is mem_hardwall is not printed, and rare.
 * kswapd has PF_MEMALLOC, always.
 */
static void set_task(struct explanation *x)
{
	const struct report_request *r = &x->report->request;
	const uint64_t online = online_nodes(&x->machine);
	const bool cpusets = r->has_mems_allowed && (online & ~r->mems_allowed);
	struct task task = x->machine.system->task;

	if (cpusets) {
		task.mems_allowed = r->mems_allowed;
		task.hardwall_mems = online;
	}
	task.memalloc = !strncmp(r->task, "kswapd", 6);
	machine_set_task(&x->machine, &task, cpusets);
}

/* A nodemask may name nodes without memory, which are not in the report. */
static void clip_nodemask(struct explanation *x)
{
	struct report_request *r = &x->report->request;
	const uint64_t online = online_nodes(&x->machine);

	if (r->has_nodemask && (r->nodemask & online))
		r->nodemask &= online;
}

static bool check_zone(const struct explanation *x, char *message, size_t size)
{
	for (uint32_t i = 0; i < x->report->nr_zones; i++)
		if (explain_shows(x, &x->report->zones[i]))
			return true;
	snprintf(message, size, "zone %.60s: the report has no such zone",
		 x->only_zone);
	return false;
}

/* buddyinfo and pagetypeinfo have no watermarks. */
static bool check_watermarks(const struct explanation *x, char *message,
			     size_t size)
{
	for (uint32_t i = 0; i < x->report->nr_zones; i++)
		if (report_has(&x->report->zones[i], REPORT_min))
			return true;
	snprintf(message, size,
		 "the report has no watermarks; give "
		 "/proc/zoneinfo of the same moment too");
	return false;
}

static bool check_gfp(struct explanation *x, char *message, size_t size)
{
	const struct machine *m = &x->machine;
	const struct alloc_request request = { .gfp = x->gfp.gfp,
					       .nid = x->nid };
	const enum machine_error error = machine_alloc_check(m, &request);

	if (error != MACHINE_ERROR_none) {
		snprintf(message, size, "%s: %s", x->gfp_text,
			 enum_text(KIND_machine_error, error));
		return false;
	}
	x->highest_zoneidx = gfp_zone(m, x->gfp.gfp);
	x->migratetype = gfp_migratetype(m, x->gfp.gfp);
	return true;
}

/* -- the attempts --------------------------------------------------------- */

static bool make_attempts(struct explanation *x)
{
	const bool is_oom = x->report->request.event == REPORT_OOM;

	for (int i = 0; i < NR_EXPLAIN_ATTEMPTS; i++) {
		struct explain_attempt *a = &x->attempts[i];

		attempt_destroy(a);
		if (i == EXPLAIN_OOM && !is_oom)
			break;
		if (!attempt_make(x, a, x->gfp.gfp, x->order, i))
			return false;
		bounds_find(x, a, x->order);
	}
	verdict_find(x);
	return true;
}

/*
 * __GFP_THISNODE and an unknown node: if the node that was guessed would have
 * served the request, one that refuses it explains the report.
 */
static bool try_other_nodes(struct explanation *x)
{
	const uint32_t guess = x->nid;

	for (uint32_t nid = 0; nid < x->machine.system->nr_nodes; nid++) {
		if (nid == guess || !x->machine.nodes[nid].has_memory)
			continue;
		x->nid = nid;
		if (!make_attempts(x))
			return false;
		if (x->verdict == EXPLAIN_not_explained)
			continue;
		x->verdict = EXPLAIN_bounded;
		x->unknowns |= 1u << EXPLAIN_UNKNOWN_node;
		return true;
	}
	x->nid = guess;
	return make_attempts(x);
}

static bool is_served(const struct explain_attempt *a)
{
	for (uint32_t i = 0; i < a->nr_zones; i++)
		if (a->zones[i].verdict == EXPLAIN_ZONE_served)
			return true;
	return false;
}

static bool explain_request(struct explanation *x)
{
	x->is_memcg = !strcmp(x->report->request.constraint, "MEMCG");
	if (!make_attempts(x))
		return false;
	if (x->verdict == EXPLAIN_not_explained && !x->is_memcg &&
	    x->guesses_node && (x->gfp.gfp & __GFP_THISNODE) &&
	    !try_other_nodes(x))
		return false;
	if (!x->is_memcg && !is_served(&x->attempts[EXPLAIN_SLOW]))
		flips_of_attempt(x);
	return true;
}

static bool explain_machine(struct explanation *x)
{
	if (!facts_find(x))
		return false;
	if (x->has_request && !explain_request(x))
		return false;
	if (!x->has_request)
		x->table = table_new(x);
	why_find(x);
	return x->has_request || x->table;
}

bool explain_report(struct explanation *x, struct report *r,
		    const struct explain_options *options, char *message,
		    size_t size)
{
	*x = (struct explanation){ .report = r, .only_zone = options->zone };
	if (!check_watermarks(x, message, size) ||
	    !check_zone(x, message, size) ||
	    !read_request(x, options, message, size))
		return false;
	if (!report_machine(r, &x->machine, message, size))
		return false;
	x->has_machine = true;
	if (!choose_node(x, options, message, size))
		return false;
	clip_nodemask(x);
	set_task(x);
	if (x->has_request && !check_gfp(x, message, size))
		return false;
	if (explain_machine(x))
		return true;
	snprintf(message, size, "not enough memory");
	return false;
}

void explanation_destroy(struct explanation *x)
{
	for (int i = 0; i < NR_EXPLAIN_ATTEMPTS; i++)
		attempt_destroy(&x->attempts[i]);
	if (x->has_machine)
		arena_destroy(&x->machine);
	table_free(x->table);
	free(x->facts);
	*x = (struct explanation){ .report = NULL };
}
