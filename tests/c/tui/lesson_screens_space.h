/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lesson_screens_space: how a screen uses its space. A panel has an empty half
 * when more than half of its rows or columns are blank, or when a blank
 * rectangle takes more than half of its area. Of a screen two thirds of the
 * rows have content.
 */
#ifndef TESTS_LESSON_SCREENS_SPACE_H
#define TESTS_LESSON_SCREENS_SPACE_H

#include "screen/screen.h"

/* What has been looked at, and what was not filled, by the view. */
struct space {
	uint32_t nr_frames;
	uint32_t nr_bad_frames;
	uint32_t nr_panels[NR_VIEWS];
	uint32_t nr_bad[NR_VIEWS];
	uint32_t nr_bad_screens; /* too many blank rows */
};

/* Count the drawn screen @c. The first bad panel of each view is printed. */
void space_count(struct space *space, const struct canvas *c,
		 const struct layout *l, const char *name, uint32_t step);
/* Print a row for each view. */
void space_report(const struct space *space, FILE *out);

#endif
