/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_predictions: questions answered without a person, from a file, and the
 * log of what was predicted.
 *
 * The file of answers is text, a line a question in the order in which they
 * are asked: the letter of a choice or its text, a number, a text. An empty
 * line predicts nothing; a line that begins with # is not counted. The log
 * is JSON Lines (engine/prediction.h); lines are added at its end.
 */
#ifndef TUI_CMD_PREDICTIONS_H
#define TUI_CMD_PREDICTIONS_H

#include <stdio.h>

#include "session/prediction.h"

struct predictions {
	const char *answers; /* file name, "-" is stdin; NULL: nobody answers */
	const char *log; /* file name, "-" is stdout; NULL: no log */
	const char *scenario;
	uint64_t seed;
	FILE *out; /* where the story is told; NULL: it is not */

	FILE *answers_file;
	FILE *log_file;
	struct prediction now;
	bool asked;
	bool failed; /* the log could not be written, or no memory */
	uint32_t nr_asked;
	uint32_t nr_given;
	uint32_t nr_right;
};

/* Open the files. False: told on stderr. */
bool predictions_open(struct predictions *p);
/* Hear each note of the story, in order, after it has been told. */
void predictions_note(struct predictions *p, const struct note *note);
/* Say how many were right, close. False: the log is not whole; told. */
bool predictions_close(struct predictions *p);

#endif
