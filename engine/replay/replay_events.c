/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replay_events: compare the events of a request with the recorded ones. */
#include <stdio.h>

#include "replay/replay_private.h"

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

/* An emitted event in the form of the recordings. */
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
	replay_differ(rp, what, text[0], text[1]);
	if (step)
		rp->result->step = step;
	return DIFFERENT;
}

enum outcome replay_compare_events(struct replay *rp, const struct op *op,
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
