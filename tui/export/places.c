/* SPDX-License-Identifier: GPL-2.0-or-later */
/* places: the walk of a learner who skips every question. */
#include "export/places.h"

#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "model/text.h"

/* A number of at most @length digits before @end. */
static bool read_part(const char *text, size_t length, uint32_t *step)
{
	char digits[16] = "";
	uint64_t number;

	if (!length)
		return true;
	if (length >= sizeof(digits))
		return false;
	memcpy(digits, text, length);
	if (!read_number(digits, UINT32_MAX, &number))
		return false;
	*step = (uint32_t)number;
	return true;
}

bool place_range_parse(struct place_range *range, const char *text)
{
	const size_t length = strcspn(text, "-");
	const char *last = text + length + 1;
	uint32_t first = 0, end = UINT32_MAX;

	if (!text[strspn(text, "-")] || !read_part(text, length, &first))
		return false;
	if (!text[length])
		end = first;
	else if (!read_part(last, strlen(last), &end))
		return false;
	if (first > end)
		return false;
	range->first = first;
	range->last = end;
	return true;
}

/* -- the walk -------------------------------------------------------------- */

struct walk {
	struct guide *g;
	const struct place_range *range;
	struct places *places;
	uint32_t nr_asked;
	uint32_t pending; /* asked, but not answered yet; or NO_QUESTION */
};

static bool add(struct walk *w, struct export_place place)
{
	const struct place_range *range = w->range;
	const uint32_t step = place.place.step;
	struct export_place *kept;

	if (step < range->first || step > range->last ||
	    (range->points && !place.is_point))
		return true;
	kept = array_add(w->places->at, w->places->nr);
	if (kept)
		*kept = place;
	return kept;
}

/* The place, and after it the answer that it decides. */
static bool add_place(struct walk *w, struct place at)
{
	struct export_place place = {
		.place = at,
		.nr_asked = w->nr_asked,
		.feedback = NO_QUESTION,
		.asks = guide_question(w->g, at),
		.is_point = guide_is_point(w->g, at),
	};

	if (!add(w, place))
		return false;
	if (w->pending == NO_QUESTION ||
	    at.step < w->g->questions[w->pending].decides)
		return true;
	place.feedback = w->pending;
	place.asks = false;
	place.is_point = true;
	w->pending = NO_QUESTION;
	return !w->range->answers || add(w, place);
}

/* Skip the question at @at, which may decide where it stands. */
static bool skip_question(struct walk *w, struct place at)
{
	struct question *q = guide_question(w->g, at);
	const struct export_place answer = {
		.place = at,
		.nr_asked = w->nr_asked + 1,
		.feedback = w->nr_asked,
		.is_point = true,
	};

	q->state = QUESTION_SKIPPED;
	w->pending = w->nr_asked++;
	if (q->decides > at.step)
		return true;
	w->pending = NO_QUESTION;
	return !w->range->answers || add(w, answer);
}

static bool walk_all(struct walk *w)
{
	struct place at = guide_begin(w->g), before;
	bool ok = true;

	do {
		ok = add_place(w, at);
		while (ok && guide_question(w->g, at))
			ok = skip_question(w, at) &&
			     (!guide_question(w->g, at) || add_place(w, at));
		before = at;
		at = guide_next(w->g, at);
	} while (ok && !place_equal(at, before));
	return ok;
}

static void set_folds(struct guide *g, bool open)
{
	for (uint32_t i = 0; i < g->nr_folds; i++)
		if (g->folds[i].open != open)
			guide_toggle(g, &g->folds[i]);
}

bool places_read(struct places *places, struct guide *g,
		 const struct place_range *range)
{
	struct walk w = {
		.g = g, .range = range, .places = places, .pending = NO_QUESTION
	};
	bool ok;

	*places = (struct places){ .nr = 0 };
	for (uint32_t i = 0; i < g->nr_questions; i++)
		g->questions[i].state = QUESTION_OPEN;
	set_folds(g, range->unfold);
	ok = walk_all(&w);
	set_folds(g, false);
	for (uint32_t i = 0; i < g->nr_questions; i++)
		g->questions[i].state = QUESTION_OPEN;
	return ok;
}

void places_destroy(struct places *places)
{
	free(places->at);
	*places = (struct places){ .nr = 0 };
}

struct export_place place_at_step(struct guide *g, uint32_t step, bool answers)
{
	struct export_place place = { .feedback = NO_QUESTION };

	if (step > g->nr_steps)
		step = g->nr_steps;
	guide_skip(g, step + answers);
	place.place = step ? guide_place(g, step) : guide_begin(g);
	place.place.step = step;
	for (uint32_t i = 0; i < g->nr_questions; i++) {
		place.nr_asked += g->questions[i].step < step + answers;
		if (answers && g->questions[i].decides == step)
			place.feedback = i;
	}
	return place;
}
