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

/* -- pictures -------------------------------------------------------------- */

/* By the stage of most events. */
static const uint8_t stage_pictures[NR_STAGES] = {
	[STAGE_REQUEST] = PICTURE_WALK,	   [STAGE_WALK] = PICTURE_WALK,
	[STAGE_WATERMARK] = PICTURE_WALK,  [STAGE_PCP] = PICTURE_PCP,
	[STAGE_FALLBACK] = PICTURE_STEAL,  [STAGE_PREP] = PICTURE_WALK,
	[STAGE_MACHINE] = PICTURE_MACHINE,
};

/* The others. */
static const struct {
	uint8_t event, picture;
} event_pictures[] = {
	{ EVENT_zone_counter, PICTURE_INHERIT },
	{ EVENT_wakeup_kswapd, PICTURE_INHERIT },
	{ EVENT_mm_page_pcpu_drain, PICTURE_INHERIT },
	{ EVENT_check_poison_mem, PICTURE_INHERIT },
	{ EVENT_free_list_take, PICTURE_SPLIT },
	{ EVENT_expand, PICTURE_SPLIT },
	{ EVENT_buddy_merge, PICTURE_MERGE },
	{ EVENT_free_list_add, PICTURE_MERGE },
	{ EVENT_drain_pages, PICTURE_PCP },
	{ EVENT_cma_balance, PICTURE_CMA },
	{ EVENT_boost_watermark, PICTURE_CLAIM },
	{ EVENT_move_freepages, PICTURE_CLAIM },
	{ EVENT_set_pageblock_migratetype, PICTURE_CLAIM },
	{ EVENT_steal_claim, PICTURE_CLAIM },
	{ EVENT_steal_single, PICTURE_CLAIM },
	{ EVENT_reserve_highatomic, PICTURE_WALK },
	{ EVENT_slow_path, PICTURE_SLOW },
	{ EVENT_request_error, PICTURE_MACHINE },
};

enum picture picture_of_event(const struct event *event)
{
	const size_t nr = sizeof(event_pictures) / sizeof(*event_pictures);

	for (size_t i = 0; i < nr; i++)
		if (event_pictures[i].event == event_id(event))
			return (enum picture)event_pictures[i].picture;
	return (enum picture)stage_pictures[event_type(event)->stage];
}
