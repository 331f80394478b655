/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pool: worker processes that grade. */
#ifndef SCRIPTS_GRADE_POOL_H
#define SCRIPTS_GRADE_POOL_H

#include "grade/grader.h"

/*
 * Grade the submissions @paths of the students @ids into @out, in
 * @g->options->nr_jobs processes. False: @message.
 */
bool pool_grade(const struct grader *g, char *const *paths, char *const *ids,
		uint32_t nr, struct grade_submission *out, char *message,
		size_t size);

#endif
