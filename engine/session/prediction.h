/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prediction: the learner's prediction and whether it is right.
 *
 * A scenario's ask{} leaves two notes: NOTE_ASK, the question with a line for
 * each choice; and, after its requests, NOTE_ANSWER, the computed answer, then
 * ". " and the hint:
 *
 *   Which zone is tried second?        b  DMA32. Zones come before nodes.
 *     a  DMA
 *     b  DMA32
 *
 * Read the first with prediction_ask(), pass the learner's answer to
 * prediction_give(), read the second with prediction_answer().
 * prediction_line() prints the result as a line of a log, which is JSON Lines
 * of the schema
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
	char given[MAX_PREDICTION_GIVEN]; /* "": unanswered */
	char answer[MAX_PREDICTION_TEXT];
	char hint[MAX_PREDICTION_TEXT];
	bool right;
	uint32_t line; /* of the scenario */
	uint32_t step; /* after which the question stands */
	uint32_t request; /* requests made before */
};

/* Begin a prediction with the question of a NOTE_ASK. */
void prediction_ask(struct prediction *p, const struct note *note);
/* The learner's answer; blanks around it are ignored. */
void prediction_give(struct prediction *p, const char *given);
/*
 * Is @given, as a person types it, the @answer? Case, blanks, full-width
 * characters, a quantity's name ("order 3", "12 pages") and the base of a
 * number (0x10) do not matter, and neither do "y" and "yes" for true.
 */
bool prediction_is_right(const char *given, const char *answer);
/*
 * Complete it with the answer of a NOTE_ANSWER. The letter of the choice or
 * its text is right; other answers are compared by prediction_is_right().
 */
void prediction_answer(struct prediction *p, const struct note *note);

/*
 * The line of the log, with its newline; free() it. NULL: no memory.
 * @scenario is its file, @seed that of its random numbers.
 */
char *prediction_line(const struct prediction *p, const char *scenario,
		      uint64_t seed);

#endif
