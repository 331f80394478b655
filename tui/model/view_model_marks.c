/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * marks: the landmarks of a session for the timeline. Made once; a long
 * session is thinned out to a fixed number of places, each of which keeps
 * its greatest mark.
 */
#include <string.h>

#include "model/view_model.h"

static enum mark mark_of(const struct event *event)
{
	const struct event_watermark_check *check =
		event_get(event, watermark_check);

	switch (event_id(event)) {
	case EVENT_watermark_check:
		return check->ok || check->check == WATERMARK_STEP_fast ?
			       MARK_NONE :
			       MARK_REFUSED;
	case EVENT_slow_path:
		return MARK_REFUSED;
	case EVENT_mm_page_alloc_extfrag:
		return MARK_STEAL;
	case EVENT_pcp_refill:
		return MARK_REFILL;
	case EVENT_expand:
		return MARK_SPLIT;
	default:
		return MARK_NONE;
	}
}

static uint32_t bucket_of(const struct marks *marks, uint32_t step)
{
	if (marks->nr_steps < NR_MARK_BUCKETS)
		return step;
	return (uint32_t)((uint64_t)step * (NR_MARK_BUCKETS - 1) /
			  marks->nr_steps);
}

void marks_make(struct marks *marks, const struct session *s)
{
	const struct history *h = session_history(s);

	memset(marks, 0, sizeof(*marks));
	marks->nr_steps = session_nr_steps(s);
	for (uint32_t step = 1; step <= marks->nr_steps; step++) {
		enum mark mark = mark_of(history_event(h, step));
		uint8_t *bucket = &marks->bucket[bucket_of(marks, step)];

		if (mark > *bucket)
			*bucket = (uint8_t)mark;
	}
}

enum mark marks_between(const struct marks *marks, uint32_t from, uint32_t to)
{
	uint8_t greatest = MARK_NONE;

	if (from > to || from > marks->nr_steps)
		return MARK_NONE;
	if (to > marks->nr_steps)
		to = marks->nr_steps;
	to = bucket_of(marks, to);
	for (uint32_t b = bucket_of(marks, from); b <= to; b++)
		if (marks->bucket[b] > greatest)
			greatest = marks->bucket[b];
	return (enum mark)greatest;
}
