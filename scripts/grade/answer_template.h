/* SPDX-License-Identifier: GPL-2.0-or-later */
/* answer_template: a scenario of captions that a student completes. */
#ifndef SCRIPTS_GRADE_ANSWER_TEMPLATE_H
#define SCRIPTS_GRADE_ANSWER_TEMPLATE_H

#include "grade/grade.h"

/*
 * The answer template of student @id: the requests made with the student's
 * own seed, and the names of the answers. free() it. NULL: @message, and
 * *@end as for grade_run().
 */
char *answer_template(const char *assignment, const char *id,
		      enum grade_end *end, char *message, size_t size);

#endif
