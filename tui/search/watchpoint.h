/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * watchpoint: which steps changed a page, a free list or a counter.
 *
 * The history knows the words that each step wrote, which finds candidates at
 * once. Whether a candidate changed what is watched is seen by comparing the
 * states before and after it: a block may be written that only could have
 * contained the page, and a free list changes in its middle too.
 */
#ifndef TUI_WATCHPOINT_H
#define TUI_WATCHPOINT_H

#include "session/session.h"

enum watchpoint_kind {
	WATCHPOINT_NONE,
	WATCHPOINT_PAGE, /* the state of a page, or of the block around it */
	WATCHPOINT_LIST, /* the blocks of a free list */
	WATCHPOINT_COUNTER, /* a word of the state region */
};

struct watchpoint {
	enum watchpoint_kind kind;
	uint32_t pfn; /* of a page */
	uint32_t zone, order, type; /* of a free list */
	uint32_t word; /* of a counter, index into the region */
	char name[80]; /* "page 4096" */
};

struct watchpoint watchpoint_page(uint32_t pfn);
/* The free list of an order and a migratetype in a zone. */
struct watchpoint watchpoint_list(const struct machine *m,
				  const struct zone *zone, uint32_t order,
				  uint32_t type);
/* @counter is a word of the machine's state; @name is "count of the ...". */
struct watchpoint watchpoint_counter(const struct machine *m,
				     const void *counter, const char *name);

/*
 * Did event @step change it? The session may be at another step afterwards:
 * the caller seeks.
 */
bool watchpoint_changed(const struct watchpoint *w, struct session *s,
			uint32_t step);

#endif
