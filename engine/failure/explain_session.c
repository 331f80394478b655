/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_session: a session of a report's machine and its request. */
#include "failure/explain_session.h"

#include "failure/attempt_apply.h"
#include "failure/explain_private.h"

/* A caption: what the report is, and what became of its request. */
static bool add_caption(struct session *s, const struct explanation *x)
{
	const struct release *release = &x->report->release;
	char text[1024];

	snprintf(text, sizeof(text), "Report of %s%s. %s: %s.",
		 release->major ? "kernel " : "an unknown kernel",
		 release->major ? release->text : "",
		 explain_verdict_text(x->verdict), x->why);
	return session_note(s, NOTE_SAY, text);
}

static bool is_refusal(const struct event *event)
{
	const struct event_watermark_check *check =
		event_get(event, watermark_check);
	const struct event_free_area_check *area =
		event_get(event, free_area_check);

	return (check && !check->ok) || (area && !area->ok) ||
	       event_get(event, zone_empty);
}

/* Set *@step to the first step of @r that refuses a zone, if there is one. */
static void find_refusal(const struct session *s, const struct request *r,
			 uint32_t *step)
{
	for (uint32_t i = r->first_step; i <= r->last_step; i++) {
		if (!is_refusal(history_event(session_history(s), i)))
			continue;
		*step = i;
		return;
	}
}

/*
 * The attempts as requests; and the machine gets the numbers that the report's
 * kernel reads in the first one.
 */
static void prepare(struct explanation *x,
		    struct request requests[NR_EXPLAIN_PASSES])
{
	struct explain_attempt flags;
	struct attempt_rules rules;

	for (int i = NR_EXPLAIN_PASSES; i-- > 0;) {
		struct request *r = &requests[i];

		*r = (struct request){ .kind = i == EXPLAIN_FAST ?
						       REQUEST_ALLOC :
						       REQUEST_GET_PAGE };
		attempt_rules_find(&rules, &r->alloc, &flags, x, x->gfp.gfp,
				   x->order, i);
	}
	attempt_rules_apply(&rules, &x->machine);
}

/* The slow path's attempt too, if the fast path is refused. */
static bool make_requests(struct session *s,
			  const struct request requests[NR_EXPLAIN_PASSES],
			  uint32_t *step)
{
	const struct request *r =
		session_request(s, &requests[EXPLAIN_FAST], NULL);

	if (!r || r->error != MACHINE_ERROR_none)
		return r;
	find_refusal(s, r, step);
	if (r->pfn != PFN_NONE)
		return true;
	r = session_request(s, &requests[EXPLAIN_SLOW], NULL);
	if (r)
		find_refusal(s, r, step);
	return r;
}

/* The session of an explained report, which takes its machine. */
static struct session *start(struct explanation *x, uint32_t *step)
{
	struct request requests[NR_EXPLAIN_PASSES];
	struct session *s;

	*step = 0;
	if (x->has_request)
		prepare(x, requests);
	s = session_new(&x->machine, true);
	if (!s)
		return NULL;
	x->has_machine = false;
	if (add_caption(s, x) &&
	    (!x->has_request || make_requests(s, requests, step)))
		return s;
	session_free(s);
	return NULL;
}

struct session *explain_session(struct report *r,
				const struct explain_options *options,
				uint32_t *step, char *message, size_t size)
{
	struct explanation x;
	struct session *s = NULL;

	if (explain_report(&x, r, options, message, size)) {
		s = start(&x, step);
		if (!s)
			snprintf(message, size, "not enough memory");
	}
	explanation_destroy(&x);
	return s;
}
