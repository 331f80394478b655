/* SPDX-License-Identifier: GPL-2.0-or-later */
/* landmarks: what an event counts for, and the buckets. */
#include <string.h>

#include "model/landmarks.h"

static enum landmark landmark_of(const struct event *event)
{
	const struct event_watermark_check *check =
		event_get(event, watermark_check);

	switch (event_id(event)) {
	case EVENT_watermark_check:
		return check->ok || check->check == WATERMARK_STEP_fast ?
			       LANDMARK_NONE :
			       LANDMARK_REFUSED;
	case EVENT_slow_path:
		return LANDMARK_REFUSED;
	case EVENT_mm_page_alloc_extfrag:
		return LANDMARK_STEAL;
	case EVENT_pcp_refill:
		return LANDMARK_REFILL;
	case EVENT_expand:
		return LANDMARK_SPLIT;
	default:
		return LANDMARK_NONE;
	}
}

static uint32_t bucket_of(const struct landmarks *landmarks, uint32_t step)
{
	if (landmarks->nr_steps < NR_LANDMARK_BUCKETS)
		return step;
	return (uint32_t)((uint64_t)step * (NR_LANDMARK_BUCKETS - 1) /
			  landmarks->nr_steps);
}

void landmarks_build(struct landmarks *landmarks, const struct session *s)
{
	const struct history *h = session_history(s);

	memset(landmarks, 0, sizeof(*landmarks));
	landmarks->nr_steps = session_nr_steps(s);
	for (uint32_t step = 1; step <= landmarks->nr_steps; step++) {
		enum landmark mark = landmark_of(history_event(h, step));
		uint8_t *bucket =
			&landmarks->bucket[bucket_of(landmarks, step)];

		if (mark > *bucket)
			*bucket = (uint8_t)mark;
	}
}

enum landmark landmarks_greatest(const struct landmarks *landmarks,
				 uint32_t from, uint32_t to)
{
	uint8_t greatest = LANDMARK_NONE;

	if (from > to || from > landmarks->nr_steps)
		return LANDMARK_NONE;
	if (to > landmarks->nr_steps)
		to = landmarks->nr_steps;
	to = bucket_of(landmarks, to);
	for (uint32_t b = bucket_of(landmarks, from); b <= to; b++)
		if (landmarks->bucket[b] > greatest)
			greatest = landmarks->bucket[b];
	return (enum landmark)greatest;
}
