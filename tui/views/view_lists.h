/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_lists: how many blocks each free list of an order has. */
#ifndef TUI_VIEW_LISTS_H
#define TUI_VIEW_LISTS_H

#include "views/view.h"

struct order_counts {
	uint32_t nr[MIGRATE_TYPES];
	bool more[MIGRATE_TYPES]; /* nr or more */
};

/* Of the zone in focus. Looks at a few blocks of each list at most. */
void count_order(const struct view_model *vm, unsigned int order,
		 struct order_counts *counts);
/* "12", "48+", or "·" for none. */
const char *count_text(const struct order_counts *counts, uint32_t type,
		       char *buf, size_t size);

#endif
