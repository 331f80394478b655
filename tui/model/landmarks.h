/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * landmarks: the steps of a session that the timeline points out: splits,
 * refills, steals and refusals. They are computed once per session; a long
 * session is reduced to a fixed number of buckets, each of which keeps its
 * most important landmark. Here is also which big picture shows an event.
 */
#ifndef TUI_LANDMARKS_H
#define TUI_LANDMARKS_H

#include "session/session.h"

/* In ascending importance. */
enum landmark {
	LANDMARK_NONE,
	LANDMARK_SPLIT,
	LANDMARK_REFILL,
	LANDMARK_STEAL,
	LANDMARK_REFUSED
};
enum { NR_LANDMARK_BUCKETS = 4096 };

struct landmarks {
	uint32_t nr_steps;
	uint8_t bucket[NR_LANDMARK_BUCKETS]; /* enum landmark */
};

void landmarks_build(struct landmarks *landmarks, const struct session *s);
/* The most important landmark of steps [from, to]. */
enum landmark landmarks_greatest(const struct landmarks *landmarks,
				 uint32_t from, uint32_t to);

/* The big picture: what happens at this step. */
enum picture {
	PICTURE_INHERIT, /* as the event before */
	PICTURE_MACHINE, /* no request runs, or one without a path */
	PICTURE_WALK,
	PICTURE_SPLIT,
	PICTURE_MERGE,
	PICTURE_PCP,
	PICTURE_STEAL,
	PICTURE_CLAIM,
	PICTURE_CMA,
	PICTURE_SLOW,
	NR_PICTURES
};

/* The picture that shows an event. */
enum picture picture_of_event(const struct event *event);

#endif
