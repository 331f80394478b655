/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_play: a source on the screen or as lines, and the menu that chooses
 * one: what cmd_play.c, cmd_play_context.c and cmd_menu.c share.
 */
#ifndef TUI_CMD_PLAY_H
#define TUI_CMD_PLAY_H

#include "app/app_run.h"
#include "commands/cmd_predictions.h"
#include "commands/command.h"
#include "commands/source.h"

/* A source being played, and what the app needs besides it. */
struct play_context {
	const struct options *options;
	const char *path;
	const char *lesson; /* its file name if it is a lesson, or NULL */
	struct source source;
	struct source before; /* the one that a reload replaced */
	struct counterexample counterexample; /* of a graded submission */
	struct predictions predictions;
	struct watch watch;
	struct app_host host;
	struct app app;
};

/*
 * Open @path and make it ready to play. Returns EXIT_GOOD, or the exit code
 * for @error. The caller keeps @path and @lesson, the file name of a lesson or
 * NULL.
 */
int play_context_init(struct play_context *c, const struct options *options,
		      const char *path, const char *lesson,
		      struct file_error *error);
void play_context_destroy(struct play_context *c);

/* The menu of lessons on @term; plays what the user chooses. An exit code. */
int menu_run(struct term *term, const struct options *options);

#endif
