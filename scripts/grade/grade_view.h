/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade_view: a graded submission that stays open, for the screen. */
#ifndef SCRIPTS_GRADE_VIEW_H
#define SCRIPTS_GRADE_VIEW_H

#include "grade/grade.h"

struct session;
struct grade_view;

/*
 * Grade @path against @assignment and keep the session of the first visible
 * counterexample, or of that of property @id unless that is NULL. NULL:
 * @message (@size bytes) says why and *@end is as for grade_run(), with
 * GRADE_END_GOOD if the submission was graded but has nothing to show.
 */
struct grade_view *grade_view_open(const char *assignment, const char *path,
				   const char *id, bool allow_no_isolation,
				   enum grade_end *end, char *message,
				   size_t size);
/* The session to open the screen on, which the view owns. */
struct session *grade_view_session(const struct grade_view *view);
/* The step to show: that of the counterexample, else the last one. */
uint32_t grade_view_step(const struct grade_view *view);
/* The property that is shown, or the kind of a violation; NULL: all passed. */
const char *grade_view_property(const struct grade_view *view);
/* Its text and what is wrong, or that every visible property passed. */
const char *grade_view_text(const struct grade_view *view);
void grade_view_close(struct grade_view *view);

#endif
