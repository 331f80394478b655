/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * requirement: the free pages of a zone and what a request requires there,
 * as numbers and as two bars on one scale.
 */
#ifndef TUI_REQUIREMENT_H
#define TUI_REQUIREMENT_H

#include "views/view.h"

struct requirement {
	int64_t free; /* the counter that the check reads, at this step */
	int64_t exact; /* with each cpu's vm_stat_diff */
	struct event_watermark_check check; /* made, or to be made first */
	bool made;
	bool asks; /* at a question: of the required pages only the watermark */
};

/*
 * Of the zone in focus; false when there is none. Before the zone is checked
 * the numbers are those that the request's check is going to report; without
 * a request, those of the low watermark.
 */
bool requirement_init(const struct view_model *vm, struct requirement *r);
/* In a movement the free pages go from what they were to what they are. */
void requirement_move(const struct view_model *vm, struct requirement *r);
/* Two rows. @after: the numbers stand behind the bars, else before. */
void requirement_bars(const struct requirement *r, struct area a, bool after);
/* One row under them, with the parts of what is required. */
void requirement_labels(const struct view_model *vm,
			const struct requirement *r, struct area a);

/*
 * The row in the walk of the zone in focus, if the zone refused and its account
 * does not fit behind the inequality of the check; or NULL.
 */
const struct walk_row *account_below(const struct view_model *vm,
				     const struct requirement *r, int width);

/* "✗ short by 693 pages" */
struct text verdict_text(const struct event_watermark_check *c);
/* "15 + 2032": what a check requires, without a reserve of 0. */
struct text required_text(const struct event_watermark_check *c);
/*
 * "1355 − 64 > 15 + 2032", without terms that are 0; @brief: what is usable
 * as one number.
 */
struct text check_text(const struct event_watermark_check *c, bool brief);

#endif
