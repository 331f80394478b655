/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter: a filter expression, which selects events.
 *
 *   watermark_check and not ok
 *   zone = Normal and order >= 3
 *   free - unusable <= watermark + lowmem_reserve
 *   gfp has __GFP_THISNODE or nodemask has 1
 *   touches 65996
 *
 * A name is a field of the event, the name of an event (true for events of
 * that name), or a value of the field on the other side: a zone, a
 * migratetype, a flag, an enumerator. `step`, `request` and `node` (for nid)
 * are names too. The operators are = == != ~= < <= > >=, `has` (all bits of
 * a mask), + and -, and, or, not, and parentheses. `touches N` holds for an
 * event with a block that contains page N.
 *
 * For an event without the field neither a comparison nor its negation
 * holds: `order >= 3` and `not order >= 3` both skip it.
 *
 * A filter is compiled once and evaluated for many events. Search,
 * breakpoints, scenarios and grading use the same language.
 */
#ifndef ENGINE_FILTER_H
#define ENGINE_FILTER_H

#include "events/trace.h"

struct filter;

/* Why a text is invalid, and where; columns count from 1. */
struct filter_error {
	unsigned int column;
	char text[240];
};

/* NULL, with @error set, if the text is invalid or memory is short. */
struct filter *filter_new(const char *text, struct filter_error *error);
void filter_free(struct filter *c);

/*
 * Does the filter hold for the event of step @step? @m provides the zone
 * names; if it is NULL, zone indices are zone types.
 */
bool filter_holds(const struct filter *c, const struct machine *m,
		  const struct event *event, uint32_t step);

#endif
