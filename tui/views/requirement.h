/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_balance: have and need of a zone, and their two bars. */
#ifndef TUI_REQUIREMENT_H
#define TUI_REQUIREMENT_H

#include "views/view.h"

struct requirement {
	int64_t have; /* free pages, as the check reads them, at this step */
	int64_t unusable; /* of these, not for this request */
	int64_t mark; /* with boost, and lowered by HIGH or HARDER */
	uint32_t base; /* the watermark itself */
	uint32_t boost;
	uint32_t wmark; /* min, low or high */
	uint32_t reserve; /* lowmem_reserve for the ceiling */
	uint32_t ceiling; /* zone index, or MAX_NR_ZONES */
	const struct event_watermark_check *check; /* of this zone, or NULL */
};

/* Of the zone in focus; false when there is none. */
bool requirement_make(const struct view_model *vm, struct requirement *b);
/* In a movement have goes from what it was to what it is. */
void requirement_move(const struct view_model *vm, struct requirement *b,
		      const struct view_state *v);
/* Two rows. @after: the numbers stand behind the bars, else before. */
void requirement_bars(const struct requirement *b, struct area a, bool after);
/* One row under them, with the parts of need. */
void requirement_labels(const struct view_model *vm,
			const struct requirement *b, struct area a);

#endif
