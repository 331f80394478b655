/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_balance: have and need of a zone, and their two bars. */
#ifndef TUI_VIEW_BALANCE_H
#define TUI_VIEW_BALANCE_H

#include "views/view.h"

struct balance {
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
bool balance_make(const struct frame *f, struct balance *b);
/* In a movement have goes from what it was to what it is. */
void balance_move(const struct frame *f, struct balance *b,
		  const struct view_state *v);
/* Two rows. @after: the numbers stand behind the bars, else before. */
void balance_bars(const struct balance *b, struct area a, bool after);
/* One row under them, with the parts of need. */
void balance_labels(const struct frame *f, const struct balance *b,
		    struct area a);

#endif
