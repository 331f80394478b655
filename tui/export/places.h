/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * places: the screens of a session that are exported, in the order in which a
 * learner sees them who skips every question.
 *
 *   struct places places;
 *
 *   if (places_read(&places, &guide, &range))
 *           ... places.at[i] ...
 *   places_destroy(&places);
 */
#ifndef TUI_PLACES_H
#define TUI_PLACES_H

#include "model/guide.h"

enum { NO_QUESTION = UINT32_MAX };

/* A screen: a place in time, and what the learner has been asked. */
struct export_place {
	struct place place;
	uint32_t nr_asked; /* questions answered or skipped before it */
	uint32_t feedback; /* number of the question that is answered here */
	uint32_t choice; /* selected in an open question */
	bool asks; /* question @nr_asked is open */
	bool is_point; /* a point of interest */
};

struct places {
	struct export_place *at;
	uint32_t nr;
};

/* Which places. */
struct place_range {
	uint32_t first, last; /* steps; the last is cut to the session's */
	bool points; /* only points of interest */
	bool unfold; /* the steps in folds, too */
	bool answers; /* also a place for each answer */
};

/*
 * Read "A-B", "A-", "-B" or "A" into @range. False: @text is something else.
 */
bool place_range_parse(struct place_range *range, const char *text);

/*
 * The places of @range. Folds of @g are closed and its questions open
 * afterwards. False: no memory; places_destroy() is due in any case.
 */
bool places_read(struct places *places, struct guide *g,
		 const struct place_range *range);
void places_destroy(struct places *places);

/*
 * The place of `zonewalk frame --step`: the last one at @step, with the
 * questions before it skipped. With @answers one that stands there is skipped,
 * too, and the answer that @step decides is shown.
 */
struct export_place place_at_step(struct guide *g, uint32_t step, bool answers);

#endif
