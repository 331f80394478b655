/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * story: a file made into a session to play: a scenario is run, a recording
 * is done again. Part of the commands' floor: it sees scripts and engine.
 */
#ifndef TUI_STORY_H
#define TUI_STORY_H

#include "model/view_model.h"
#include "lua/scenario.h"

struct story;

struct story_options {
	uint64_t seed; /* of a scenario; 0: 1 */
	const char *const *params; /* "K=V", NULL at the end; may be NULL */
};

/* Why there is nothing to play. */
struct story_error {
	int exit_code; /* what the command should return */
	char text[512];
};

/* Open @path. NULL when there is nothing to play: see @error. */
struct story *story_open(const char *path, const struct story_options *options,
			 struct story_error *error);
void story_close(struct story *story);

/* What a command returns when a scenario ended like this. */
int scenario_exit_code(enum scenario_outcome outcome);

struct session *story_session(const struct story *story);
const char *story_title(const struct story *story);
const struct landmarks *story_marks(const struct story *story);
/* Where its random numbers began; 0: a recording has none. */
uint64_t story_seed(const struct story *story);
/* Something to tell before it is shown ("" if nothing): a failed expect. */
const char *story_message(const struct story *story);

#endif
