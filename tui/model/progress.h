/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * progress: how far the user has come in each lesson.
 *
 * It is kept in $XDG_STATE_HOME/zonewalk/lessons-done (~/.local/state if that
 * is not set), a line per lesson with tabs between its fields:
 *
 *   02-split.lua   done   5   6
 *
 * The last two are the best score: 5 of 6 questions; 0 and 0 if none was
 * asked. A line with a name alone is a lesson done. The file is replaced as
 * a whole; if it is malformed, it stays as it is.
 */
#ifndef TUI_PROGRESS_H
#define TUI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "json/file.h"

enum progress_state {
	PROGRESS_NONE,
	PROGRESS_BEGUN,
	PROGRESS_DONE,
	NR_PROGRESS_STATES
};

struct progress {
	enum progress_state state;
	uint32_t nr_right; /* of the best run, and of how many questions */
	uint32_t nr_asked;
};

/*
 * What is recorded of the lesson with this file name ("02-split.lua").
 * False: the file cannot be read, or @error has its wrong line.
 */
bool progress_get(const char *name, struct progress *progress,
		  struct file_error *error);
/* Is there a file, or can there be none? It is not the first start then. */
bool progress_exists(void);
/*
 * Record that a lesson is begun or done; what is recorded only improves.
 * False: @error says why that cannot be.
 */
bool progress_record(const char *name, const struct progress *reached,
		     struct file_error *error);

#endif
