/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * progress: the lessons that were played to their end, one file name per
 * line, in $XDG_STATE_HOME/zonewalk/lessons-done (~/.local/state if
 * that is not set). Written whole or not at all.
 */
#ifndef TUI_PROGRESS_H
#define TUI_PROGRESS_H

#include <stdbool.h>

#include "json/file.h"

/* Is the lesson of this file name ("02-split.lua") done? */
bool progress_is_done(const char *name);
/* Record it as done. False: @error says why it cannot be. */
bool progress_set_done(const char *name, struct file_error *error);

#endif
