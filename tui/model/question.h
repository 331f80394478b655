/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * question: a question of a lesson, read from its notes.
 *
 * A scenario's ask{} leaves notes: the question and its choices at the step
 * before its requests, the answer after them. A note of NOTE_ASK begins a
 * question, or one of NOTE_SAY that begins with "? "; notes and lines after
 * it at the same step that begin with a letter and two blanks are its
 * choices; NOTE_ANSWER, or NOTE_SAY that begins with "= ", is the answer.
 *
 *   if (question_after(s, step, &q)) ...   there is one right after @step
 */
#ifndef TUI_QUESTION_H
#define TUI_QUESTION_H

#include "session/session.h"
#include "model/view_state.h"

enum { MAX_CHOICES = 9, MAX_QUESTION = 1024, MAX_CHOICE = 200 };

struct question {
	char text[MAX_QUESTION];
	char choices[MAX_CHOICES][MAX_CHOICE]; /* without their letters */
	uint32_t nr_choices; /* 0: the answer is typed */
	uint32_t first_note; /* its place among the notes */
	uint32_t step; /* it is asked after this step */
	uint32_t answer_step; /* it is given after this step */
	const char *answer; /* "a  the choice. Hint", "7. Hint", or NULL */
};

/* The question asked right after @step; false when there is none. */
bool question_after(const struct session *s, uint32_t step, struct question *q);
/* The first question whose step is @step or later; false: none. */
bool question_from(const struct session *s, uint32_t step, struct question *q);
/* The question that is shown to the user; false when none is. */
bool question_shown(const struct session *s, uint32_t step,
		    const struct prediction_state *p, struct question *q);

#endif
