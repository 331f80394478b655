/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_play: a story on the screen or as lines, and the menu that chooses
 * one. Between cmd_play.c, cmd_stage.c and cmd_menu.c.
 */
#ifndef TUI_CMD_PLAY_H
#define TUI_CMD_PLAY_H

#include "app/app_run.h"
#include "commands/cmd_arguments.h"
#include "commands/cmd_predictions.h"
#include "grade/grade.h"
#include "model/counterexample.h"

struct play_options {
	const char *path; /* NULL: the menu */
	const char *assignment; /* grade it by this, and open the witness */
	const char *property; /* the witness of this one, or NULL: the first */
	bool allow_no_isolation;
	const char *log; /* of predictions, or NULL */
	struct story_arguments story;
	bool ascii;
	bool color;
	bool mouse;
	bool watch;
	bool plain;
	bool reduced_motion;
	bool no_questions;
};

/* What was opened: a story by itself, or a submission that was graded. */
struct opened {
	struct story *story;
	struct grade_view *view;
};

/* A story being played, with what the app cannot do itself. */
struct stage {
	const struct play_options *options;
	struct opened now;
	struct opened before; /* a reload replaced it */
	struct counterexample counterexample; /* of a graded submission */
	char property[32];
	char title[96];
	struct app_host host;
	struct app app;
	const char *path;
	const char *lesson; /* file name, when it is one of the lessons */
	struct predictions predictions;
	struct watch watch;
};

/*
 * Open @path and make it ready to play. False: @error. @lesson: its file
 * name when it is one of the lessons, else NULL. Both are kept by the
 * caller.
 */
bool stage_open(struct stage *stage, const struct play_options *options,
		const char *path, const char *lesson,
		struct story_error *error);
void stage_close(struct stage *stage);

/* The menu of lessons on @term; what is chosen is played. An exit code. */
int menu_run(struct term *term, const struct play_options *options);

#endif
