/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * story: a file made into a session to play: a scenario is run, a recording
 * is done again. Part of the commands' floor: it sees scripts and engine.
 */
#ifndef TUI_STORY_H
#define TUI_STORY_H

#include "frame.h"

struct story;

/*
 * Open @path. NULL when there is nothing to play: the reason was told, and
 * *@exit_code is what the command should return.
 */
struct story *story_open(const char *path, int *exit_code);
void story_close(struct story *story);

struct session *story_session(const struct story *story);
const char *story_title(const struct story *story);
const struct marks *story_marks(const struct story *story);
/* Something to tell before it is shown ("" if nothing): a failed expect. */
const char *story_message(const struct story *story);

#endif
