/* SPDX-License-Identifier: GPL-2.0-or-later */
/* exercise: the notes of a lesson's exercise{}. */
#ifndef TUI_EXERCISE_H
#define TUI_EXERCISE_H

#include "session/session.h"

/* What the name of a copy that the learner edits ends with. */
#define EXERCISE_SUFFIX "-exercise"

bool exercise_is_copy(const char *path);

/* The note of the task, or NULL. */
const struct note *exercise_task(const struct session *s);
/*
 * The variant ("NAME=VALUE") to play after @now: each in its turn, then NULL,
 * the lesson as it is. NULL as @now is that, too.
 */
const char *exercise_variant(const struct session *s, const char *now);

#endif
