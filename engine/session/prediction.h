/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prediction: what a learner answered to a question, and whether it is right.
 *
 * A question is a NOTE_ASK, its answer the NOTE_ANSWER after it. Answers are
 * read as people type them: case, blanks, full-width characters, the name of
 * a quantity ("order 3", "12 pages"), the base of a number (0x10), "y" for
 * yes and "node 0 Normal" for Normal do not matter.
 */
#ifndef ENGINE_PREDICTION_H
#define ENGINE_PREDICTION_H

#include "session/note.h"

enum verdict {
	VERDICT_NOT_UNDERSTOOD, /* it is no answer of the question's form */
	VERDICT_WRONG,
	VERDICT_RIGHT,
};

enum verdict prediction_judge(const struct note *ask, const char *given,
			      const struct note *answer);
/* Is @given the same as @answer, spelled in another way? */
bool prediction_is_right(const char *given, const char *answer);
/* Is @text an answer of @form? */
bool prediction_has_form(enum answer_form form, const char *text);
/* What to type in place of what was not understood: a zone, or with its node. */
const char *prediction_prompt(const struct note *ask,
			      const struct note *answer);
/* The choice that @given names, from 0; -1: none. */
int prediction_choice(const struct note *ask, const char *given);
/* @answer in words: of choices the text of the right one. */
const char *prediction_answer(const struct note *ask,
			      const struct note *answer);
/* What the scenario says to @given; "": nothing. */
const char *prediction_feedback(const struct note *ask, const char *given,
				const struct note *answer);

/*
 * A line of the log, which is JSON Lines of the schema
 * "zonewalk/prediction/1", with its newline; free() it. NULL: no memory.
 * @scenario is its file, @seed that of its random numbers.
 */
char *prediction_line(const struct note *ask, const char *given,
		      const struct note *answer, const char *scenario,
		      uint64_t seed);

#endif
