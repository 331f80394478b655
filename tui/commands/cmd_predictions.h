/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_predictions: questions answered from a file, and the log of
 * predictions.
 *
 * The file of answers is text with one line per question, in order: the
 * letter of a choice or its text, a number, a text. An empty line skips the
 * question; a line that begins with # is a comment. The log is JSON Lines
 * (session/prediction.h); lines are appended.
 */
#ifndef TUI_CMD_PREDICTIONS_H
#define TUI_CMD_PREDICTIONS_H

#include <stdio.h>

#include "session/prediction.h"

struct predictions {
	const char *answers; /* file name, "-" is stdin; NULL: no answers */
	const char *log; /* file name, "-" is stdout; NULL: no log */
	const char *scenario;
	uint64_t seed;
	FILE *out; /* where the log of the run is printed, or NULL */

	FILE *answers_file;
	FILE *log_file;
	char *given; /* to the question before, or NULL */
	bool failed; /* the log cannot be written, or no memory */
	uint32_t nr_asked;
	uint32_t nr_given;
	uint32_t nr_right;
};

/* Open the files. False after a message. */
bool predictions_open(struct predictions *p);
/*
 * Receive each note of the run, in order, after it has been printed. @ask is
 * the question before it, or NULL.
 */
void predictions_note(struct predictions *p, const struct note *ask,
		      const struct note *note);
/* Score and log an answer. */
void predictions_answer(struct predictions *p, const struct note *ask,
			const char *given, const struct note *answer);
/* Print the score, close. False after a message: the log is incomplete. */
bool predictions_close(struct predictions *p);

#endif
