/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prediction: what a learner said before the reveal, and whether it was so.
 *
 * A scenario's ask{} leaves two notes. The question, NOTE_ASK, with a line
 * for each choice; and, when its requests have run, the computed answer,
 * NOTE_ANSWER, with ". " and the hint behind it:
 *
 *   Which zone is asked second?        b  DMA32. Zones come before nodes.
 *     a  DMA
 *     b  DMA32
 *
 * Read the first with prediction_ask(), let the learner say something, then
 * read the second with prediction_answer(). prediction_line() is the result
 * as one line of a log, which is JSON Lines of the schema
 * "zonewalk/prediction/1".
 */
#ifndef ENGINE_PREDICTION_H
#define ENGINE_PREDICTION_H

#include "session/session.h"

enum {
	MAX_PREDICTION_CHOICES = 9,
	MAX_PREDICTION_TEXT = 1024,
	MAX_PREDICTION_CHOICE = 256,
	MAX_PREDICTION_GIVEN = 256
};

struct prediction {
	char question[MAX_PREDICTION_TEXT];
	char choices[MAX_PREDICTION_CHOICES][MAX_PREDICTION_CHOICE];
	uint32_t nr_choices; /* 0: any text or number is an answer */
	char given[MAX_PREDICTION_GIVEN]; /* "" : nothing was said */
	char answer[MAX_PREDICTION_TEXT];
	char hint[MAX_PREDICTION_TEXT];
	bool right;
	uint32_t line; /* of the scenario */
	uint32_t step; /* after which it was asked */
	uint32_t request; /* requests made before */
};

/* Begin a prediction with the question of a NOTE_ASK. */
void prediction_ask(struct prediction *p, const struct note *note);
/* What the learner says; blanks around it do not count. */
void prediction_give(struct prediction *p, const char *given);
/*
 * End it with the answer of a NOTE_ANSWER. Right is the letter of the
 * choice or its text; a number by its value, a text whatever its case.
 */
void prediction_answer(struct prediction *p, const struct note *note);

/*
 * The line of the log, with its newline; free() it. NULL: no memory.
 * @scenario is its file, @seed where its random numbers began.
 */
char *prediction_line(const struct prediction *p, const char *scenario,
		      uint64_t seed);

#endif
