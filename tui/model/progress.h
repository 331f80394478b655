/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * progress: which lessons have been seen to their end. A line a lesson, its
 * file's name, in $XDG_STATE_HOME/zonewalk/lessons-done (~/.local/state if
 * that is not set). Written whole or not at all.
 */
#ifndef TUI_PROGRESS_H
#define TUI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/* Is the lesson of this file name ("02-split.lua") done? */
bool progress_is_done(const char *name);
/*
 * Remember that it is. False: @message (@size bytes) says why it could not
 * be written.
 */
bool progress_set_done(const char *name, char *message, size_t size);

#endif
