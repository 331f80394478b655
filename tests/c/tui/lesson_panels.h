/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson_panels: what stands beside an open question. A learner must be able to
 * work the answer out from the machine's state, which is there, but nothing
 * there may point at it:
 *
 *  - Only panels of the machine's state stand beside a question: no walk, check
 *    or log of an earlier request, and no source.
 *  - None of them has a mark: no cursor, nothing written, no verdict.
 *  - Where the answer is one of several nodes, zones or migratetypes, no panel
 *    names that one alone; panels of all zones begin with the first.
 *  - No panel has the text of the right choice.
 *
 * test_lesson_walk also compares runs with different answers.
 */
#ifndef TESTS_LESSON_PANELS_H
#define TESTS_LESSON_PANELS_H

#include "lesson_screen.h"

/* Check what stands beside @q, if the screen asks it. */
void lesson_check_panels(struct lesson_screen *l, const struct question *q);
/* Does the screen ask @q? */
bool lesson_asks(const struct lesson_screen *l, const struct question *q);
/* Panel @i with its title, a line per row, for free(). */
char *lesson_panel_text(const struct lesson_screen *l, unsigned int i);

#endif
