/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_play: a source on the screen or as lines, the menu that chooses one,
 * and what follows it: what cmd_play.c, cmd_play_context.c, cmd_play_course.c
 * and cmd_menu.c share.
 */
#ifndef TUI_CMD_PLAY_H
#define TUI_CMD_PLAY_H

#include "app/app_run.h"
#include "commands/cmd_predictions.h"
#include "commands/command.h"
#include "commands/lesson_list.h"
#include "commands/source.h"

/* What is played. The caller keeps what it points to. */
struct play_item {
	const char *path;
	const char *lesson; /* its file name if it is a lesson, or NULL */
	const char *next; /* the title of the lesson after it, or NULL */
	const char *variant; /* "NAME=VALUE" to set, or NULL */
	bool is_exercise; /* a copy of a lesson that the user edits */
};

/* A source being played, and what the app needs besides it. */
struct play_context {
	struct options options;
	char *path;
	char *variant; /* of the options, or NULL */
	const char *lesson;
	struct text next;
	struct source source;
	struct source before; /* the one that a reload replaced */
	struct counterexample counterexample; /* of a graded submission */
	struct predictions predictions;
	struct watch watch;
	struct app_host host;
	struct app app;
};

/*
 * Open @item and make it ready to play. Returns EXIT_GOOD, or the exit code
 * for @error.
 */
int play_context_init(struct play_context *c, const struct options *options,
		      const struct play_item *item, struct file_error *error);
void play_context_destroy(struct play_context *c);

/* Lessons, one after another. */
struct course {
	const struct options *options; /* of the command line */
	struct lesson_list *list;
	const uint32_t *order; /* indices into the list; NULL: as they are */
	uint32_t nr;
	uint32_t at; /* the place of the lesson that is played; nr: none */
	struct play_context *play;
};

/*
 * Open @path, or with NULL the lesson at course->at. Returns EXIT_GOOD, or the
 * exit code for @error.
 */
int course_open(struct course *c, const char *path, struct file_error *error);
/* Play that on the terminal, and what the user goes on to. */
enum app_effect course_run(struct course *c, struct term *term);
void course_close(struct course *c);

/* The menu of lessons on @term; plays what the user chooses. An exit code. */
int menu_run(struct term *term, const struct options *options);

#endif
