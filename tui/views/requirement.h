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
	int64_t unusable; /* of these, by this request */
	int64_t watermark; /* with boost, and lowered by HIGH or HARDER */
	uint32_t base; /* the zone's watermark */
	uint32_t boost;
	uint32_t wmark; /* min, low or high */
	uint32_t reserve; /* lowmem_reserve[highest_zoneidx] */
	uint32_t highest_zoneidx; /* or MAX_NR_ZONES */
	const struct event_watermark_check *check; /* of this zone, or NULL */
};

/* Of the zone in focus; false when there is none. */
bool requirement_init(const struct view_model *vm, struct requirement *r);
/* In a movement the free pages go from what they were to what they are. */
void requirement_move(const struct view_model *vm, struct requirement *r);
/* Two rows. @after: the numbers stand behind the bars, else before. */
void requirement_bars(const struct requirement *r, struct area a, bool after);
/* One row under them, with the parts of what is required. */
void requirement_labels(const struct view_model *vm,
			const struct requirement *r, struct area a);

/* "15 + 2032": what is required, without a reserve of 0. */
struct text required_text(int64_t watermark, uint32_t reserve);
/*
 * "1355 − 64 > 15 + 2032", without terms that are 0; @brief: what is usable
 * as one number.
 */
struct text check_text(const struct event_watermark_check *c, bool brief);

#endif
