/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * half: parts of a whole as a bar, beside half of the whole. Two rules of the
 * allocator compare with half: a steal with that of a pageblock
 * (view_claim.c), the CMA balance with that of a zone's free pages
 * (view_cma.c).
 *
 *  movable → unmovable        half: 8 pages                      16 pages
 *  ├───────────────────────────────▼──────────────────────────────────┤
 *  ████████████████████████████████████████████████████▓▓▓▓▓▓▓▓▓▓▓░░░░░
 *  █ free          12 pages  moved to the unmovable lists
 *  ▓ compatible     3 pages  allocated, not movable
 *  ░ other          1 page   allocated, movable
 *  ✓ 12 + 3 = 15 >= 8: the pageblock becomes unmovable
 */
#ifndef TUI_HALF_H
#define TUI_HALF_H

#include "views/view.h"

struct half_part {
	const char *name; /* NULL: no row of its own */
	const char *glyph;
	enum look look;
	uint32_t pages;
	struct text what;
};

enum { MAX_HALF_PARTS = 3 };

struct half {
	struct text name; /* of the whole */
	uint32_t whole; /* pages */
	struct half_part parts[MAX_HALF_PARTS];
	int nr_parts;
	bool counted; /* else the parts are not known yet */
	bool grows; /* this step counted them */
	bool compares; /* else half is not shown */
	uint32_t half; /* pages */
	int nr_compared; /* the first parts are compared with it */
	bool above; /* they must be more than half, else at least half */
	enum check_result result;
	struct text verdict;
};

/* What the compared parts sum up to. */
uint32_t half_sum(const struct half *h);
/* The rows that half_draw() needs. */
int half_rows(const struct half *h, int width);
/*
 * The bar and its rows, and under them the verdict, with a sign when it is
 * known. Of few rows the scale is left out, its tick first, then the parts.
 * Returns the number of rows used.
 */
int half_draw(const struct view_model *vm, struct area a, const struct half *h);

#endif
