/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replay_private: a replay under way. Shared by recording_replay.c, which
 * runs the operations and compares results, replay_events.c, which compares
 * events, and replay_states.c.
 */
#ifndef ENGINE_REPLAY_PRIVATE_H
#define ENGINE_REPLAY_PRIVATE_H

#include "replay/recording_private.h"

enum outcome { SAME, DIFFERENT, NO_MEMORY };

struct replay {
	const struct recording *r;
	enum replay_build build;
	struct session *s;
	struct replay_result *result;
	struct file_error *error;
};

/* Store the first difference: where, then the text of each side. */
enum outcome replay_differ(struct replay *rp, const char *what,
			   const char *expected, const char *got);

/* Compare the events of @request, traced, with those of @op. */
enum outcome replay_compare_events(struct replay *rp, const struct op *op,
				   const struct request *request);

/* Compare the machine with the recorded state @i, and check its invariants. */
enum outcome replay_compare_state(struct replay *rp, uint32_t i);

#endif
