/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * source: what is opened to be played: a scenario, which is run; a
 * recording, which is replayed; the report of a kernel, whose request is made;
 * or a submission, which is graded.
 */
#ifndef TUI_SOURCE_H
#define TUI_SOURCE_H

#include "app/app.h"
#include "commands/command.h"
#include "grade/grade_view.h"
#include "lua/scenario.h"

struct source {
	struct session *session; /* what is played */
	uint64_t seed; /* of a scenario; else 0 */
	char title[320];
	uint32_t step; /* at which to begin */
	bool is_lesson; /* a scenario with lesson{} */
	bool is_report; /* its session is the source's own */
	struct file_text text; /* of a scenario, or data NULL */
	char message[512]; /* to be shown first, or "" */
	struct grade_view *view; /* of a graded submission, or NULL */
	/* what else lives as long as the session */
	struct scenario *scenario;
	struct recording *recording; /* its session is the source's own */
};

/*
 * Open @path by the options of the command: a scenario is run with --set and
 * @seed (0: 1), a submission is graded with --grade. Returns EXIT_GOOD, or
 * the exit code for @error; then there is nothing to close. @app, or NULL, may
 * cancel a scenario: see its waiting().
 */
int source_open(struct source *source, const char *path, uint64_t seed,
		const struct options *o, const struct app *app,
		struct file_error *error);
void source_close(struct source *source);

/* What a command returns for how a scenario, or grading, ended. */
int scenario_exit_code(enum scenario_outcome outcome);
int grade_exit_code(enum grade_end end);

#endif
