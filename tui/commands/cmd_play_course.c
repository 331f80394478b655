/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_play_course: lesson after lesson on the screen. From the end card of a
 * lesson the user goes on to the next one, to a variant, or to the exercise,
 * which is played from a copy that the user edits.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/cmd_play.h"
#include "commands/source.h"
#include "model/exercise.h"

/* -- opening --------------------------------------------------------------- */

static struct lesson_file *lesson_at(const struct course *c, uint32_t place)
{
	return &c->list->lessons[c->order ? c->order[place] : place];
}

void course_close(struct course *c)
{
	if (c->play)
		play_context_destroy(c->play);
	free(c->play);
	c->play = NULL;
}

/*
 * Open @item instead of what is played now, which stays after an error. What
 * the place in the course says is filled in.
 */
static int open_item(struct course *c, const struct options *o,
		     struct play_item item, struct file_error *error)
{
	struct play_context *fresh = malloc(sizeof(*fresh));
	struct text next;
	int code = EXIT_LIMIT;

	if (c->at < c->nr && !item.is_exercise)
		item.lesson = lesson_file_name(lesson_at(c, c->at));
	if (c->at + 1 < c->nr) {
		next = lesson_label(lesson_at(c, c->at + 1));
		item.next = next.s;
	}
	error_set(error, MESSAGE_no_memory);
	if (fresh)
		code = play_context_init(fresh, o, &item, error);
	if (code != EXIT_GOOD) {
		free(fresh);
		return code;
	}
	course_close(c);
	c->play = fresh;
	return EXIT_GOOD;
}

int course_open(struct course *c, const char *path, struct file_error *error)
{
	if (!path)
		path = lesson_at(c, c->at)->path;
	return open_item(c, c->options, (struct play_item){ .path = path },
			 error);
}

/* -- going on -------------------------------------------------------------- */

static int go_next(struct course *c, struct file_error *error)
{
	struct options o = *c->options;
	struct play_item item;
	int code;

	/* these belong to the scenario of the command line */
	o.step = STEP_ABSENT;
	o.set = (struct option_list){ .nr = 0 };
	item = (struct play_item){ .path = lesson_at(c, ++c->at)->path };
	code = open_item(c, &o, item, error);
	if (code != EXIT_GOOD)
		c->at--;
	return code;
}

static int go_to_variant(struct course *c, struct file_error *error)
{
	const struct play_context *play = c->play;
	const struct play_item item = {
		.path = play->path,
		.is_exercise = exercise_is_copy(play->path),
		.variant = exercise_variant(play->app.input.session,
					    play->variant),
	};
	struct options o = *c->options;

	o.step = STEP_ABSENT;
	return open_item(c, &o, item, error);
}

/* "07-name-exercise.lua" of "scenarios/07-name.lua"; @nr > 1 follows it. */
static struct text copy_name(const char *path, uint32_t nr)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	const char *dot = strrchr(base, '.');
	const int length = (int)(dot ? (size_t)(dot - base) : strlen(base));

	return nr > 1 ? text_of("%.*s" EXERCISE_SUFFIX "-%u.lua", length, base,
				nr) :
			text_of("%.*s" EXERCISE_SUFFIX ".lua", length, base);
}

/* Copy a file to the working directory under a name that is free. */
static bool copy_file(const char *path, struct text *copy,
		      struct file_error *error)
{
	const char *data;
	struct file_text text;
	uint32_t nr = 0;
	bool ok;
	int fd;

	if (!file_read(&text, path, SCENARIO_MAX, error))
		return false;
	do {
		*copy = copy_name(path, ++nr);
		fd = open(copy->s, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			  0666);
	} while (fd < 0 && errno == EEXIST);
	data = text.data;
	ok = fd >= 0 && write(fd, data, text.size) == (ssize_t)text.size;
	if (!ok)
		error_set(error, "%s: %s", copy->s, strerror(errno));
	if (fd >= 0)
		close(fd);
	free(text.data);
	return ok;
}

/* The copy is played without questions, after its editor is closed. */
static int go_to_exercise(struct course *c, struct file_error *error)
{
	const char *path = c->play->path;
	const uint32_t line =
		exercise_task(c->play->app.input.session)->where.line;
	struct options o = *c->options;
	struct text copy;
	int code;

	o.step = STEP_ABSENT;
	if (!copy_file(path, &copy, error))
		return EXIT_FILE;
	code = open_item(c, &o,
			 (struct play_item){ .path = copy.s,
					     .is_exercise = true },
			 error);
	if (code == EXIT_GOOD)
		c->play->app.edit_line = line ? line : 1;
	else
		unlink(copy.s);
	return code;
}

enum app_effect course_run(struct course *c, struct term *term)
{
	for (;;) {
		struct app *app = &c->play->app;
		enum app_effect end = app_run(app, term, &c->play->watch);
		int code = EXIT_GOOD;
		struct file_error error;

		if (end == APP_NEXT)
			code = go_next(c, &error);
		else if (end == APP_VARIANT)
			code = go_to_variant(c, &error);
		else if (end == APP_EXERCISE)
			code = go_to_exercise(c, &error);
		else
			return end;
		if (code != EXIT_GOOD)
			print_to(app->message, "%s", error.text);
	}
}
