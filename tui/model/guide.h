/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guide: the way of a learner through a session: where its notes stop, which
 * questions are open, which steps are folded into one.
 *
 * A place is a step and how many notes have been shown there. Each caption
 * has a place of its own, and so has each step without one; a fold that is
 * closed is one step. An open question, which is neither answered nor
 * skipped, ends the way: no place lies after it.
 *
 *   struct place p = guide_place(g, step);       as far as the way leads
 *   p = guide_next(g, p);                        one step or caption on
 *   q = guide_question(g, p);                    the question asked there
 */
#ifndef TUI_GUIDE_H
#define TUI_GUIDE_H

#include "session/prediction.h"
#include "session/session.h"

enum question_state {
	QUESTION_OPEN,
	QUESTION_RIGHT,
	QUESTION_WRONG,
	QUESTION_SKIPPED,
};

enum { MAX_GIVEN = 256 };

struct question {
	const struct note *ask, *answer;
	uint32_t note; /* number of @ask */
	uint32_t step; /* it is asked after this step */
	uint32_t hidden; /* 1 << enum view_id: panels that tell its answer */
	bool apart; /* its place is not that of the caption before it */
	uint32_t decides; /* the step that decides it: @step or later */
	enum question_state state;
	char given[MAX_GIVEN]; /* the answer, when right or wrong */
};

struct fold {
	uint32_t begin, end; /* the steps after @begin up to @end */
	uint32_t nr_requests;
	uint32_t hidden_before; /* steps in closed folds before this one */
	bool open;
	const struct note *note;
};

struct place {
	uint32_t step;
	uint32_t note; /* notes before it have been shown */
};

struct guide {
	const struct session *session;
	struct question *questions;
	uint32_t nr_questions;
	struct fold *folds; /* in order, none within another */
	uint32_t nr_folds;
	uint32_t nr_steps; /* of the session */
	uint32_t furthest; /* step that was reached */
	bool no_questions; /* they are captions, and so are their answers */
};

/* All questions open, all folds closed. False: no memory. */
bool guide_init(struct guide *g, const struct session *s);
void guide_destroy(struct guide *g);
/* @s has more steps, or is the session after a reload. False: no memory. */
bool guide_reset(struct guide *g, const struct session *s);

/* -- questions ------------------------------------------------------------- */

/* The first open question, or NULL. */
struct question *guide_open_question(const struct guide *g);
/* The question asked at @place, which is open; or NULL. */
struct question *guide_question(const struct guide *g, struct place place);
/* The last step that can be reached. */
uint32_t guide_limit(const struct guide *g);
/* Answer an open question. VERDICT_NOT_UNDERSTOOD: it stays open. */
enum verdict guide_answer(struct question *q, const char *given);
/* Questions asked before @step are skipped. */
void guide_skip(struct guide *g, uint32_t step);
uint32_t guide_nr_right(const struct guide *g);
/* How many were answered. */
uint32_t guide_nr_answered(const struct guide *g);
/* Its number among the questions, from 1. */
uint32_t guide_number(const struct guide *g, const struct question *q);

/* -- places ---------------------------------------------------------------- */

struct place guide_begin(const struct guide *g);
/* The last place at @step, or at the limit if that comes before. */
struct place guide_place(const struct guide *g, uint32_t step);
/* The place after and before; the same one where the way ends. */
struct place guide_next(const struct guide *g, struct place place);
struct place guide_back(const struct guide *g, struct place place);
static inline bool place_equal(struct place a, struct place b)
{
	return a.step == b.step && a.note == b.note;
}

/* The caption shown at @place: the last of its scene, or NULL. */
const struct note *guide_caption(const struct guide *g, struct place place);
/* The note of the scene at @place, or NULL; its number from 1, and of all. */
const struct note *guide_scene(const struct guide *g, struct place place,
			       uint32_t *number, uint32_t *nr);
/* The note that stops playing at @place, or NULL: a pause, with its reason. */
const struct note *guide_pause(const struct guide *g, struct place place);
/* Is it a point of interest: a note, a decision, an allocation, a fold? */
bool guide_is_point(const struct guide *g, struct place place);
/* To the next (1) or previous (-1) point of interest, or to the end. */
struct place guide_point(const struct guide *g, struct place place,
			 int direction);

/* -- folds ----------------------------------------------------------------- */

/* The fold that hides or shows @step, or NULL. */
struct fold *guide_fold(const struct guide *g, uint32_t step);
/* Open or close it. */
void guide_toggle(struct guide *g, struct fold *fold);
/* Steps are counted with each closed fold as one: its number, and the step. */
uint32_t guide_count(const struct guide *g, uint32_t step);
uint32_t guide_step_at(const struct guide *g, uint32_t count);

#endif
