/* SPDX-License-Identifier: GPL-2.0-or-later */
/* submission: one submission is run, its requests are graded. */
#ifndef SCRIPTS_GRADE_SUBMISSION_H
#define SCRIPTS_GRADE_SUBMISSION_H

#include "grade/grader.h"

/* A run that stays open, to be looked at. */
struct kept_run {
	struct scenario *scenario;
	struct assignment *assignment;
};

/*
 * Grade the submission at @path of student @id. With @kept, run @keep_run
 * stays open there. False: no memory.
 */
bool submission_grade(const struct grader *g, const char *path, const char *id,
		      struct grade_submission *out, uint32_t keep_run,
		      struct kept_run *kept);
void kept_run_destroy(struct kept_run *kept);

#endif
