/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * landmarks: the steps of a session that the timeline points out: splits,
 * refills, steals and refusals. They are computed once per session; a long
 * session is reduced to a fixed number of buckets, each of which keeps its
 * most important landmark.
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

#endif
