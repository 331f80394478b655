/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * condition: a question about one event, as text.
 *
 *   watermark_check and not ok
 *   zone = Normal and order >= 3
 *   free - unusable <= mark + reserve
 *   gfp has __GFP_THISNODE or nodemask has 1
 *   touches 65996
 *
 * A name is a field of the event, the name of an event (true for those), or
 * a word that the field on the other side can hold: a zone, a migratetype,
 * a flag, a word of enums.def. `step`, `request` and `node` (for nid) are
 * known too. Compared with = == != ~= < <= > >=; `has` asks for all bits of
 * a mask; + and - count; and, or, not, parentheses. `touches N` is an event
 * in which a block that holds frame N occurs.
 *
 * An event that has not the field answers neither yes nor no: both
 * `order >= 3` and `not order >= 3` pass over it.
 *
 * Compiled once, asked for many events; one table for search, breakpoints,
 * scenarios and grading.
 */
#ifndef ENGINE_CONDITION_H
#define ENGINE_CONDITION_H

#include "events/trace.h"

struct condition;

/* What is wrong with a text, and where: columns count from 1. */
struct condition_error {
	unsigned int column;
	char text[240];
};

/* NULL and @error when the text means nothing, or there is no memory. */
struct condition *condition_new(const char *text,
				struct condition_error *error);
void condition_free(struct condition *c);

/*
 * Does it hold for the event of step @step? @m gives zone names only; NULL:
 * zones are compared as the numbers of the zone types.
 */
bool condition_holds(const struct condition *c, const struct machine *m,
		     const struct event *event, uint32_t step);

#endif
