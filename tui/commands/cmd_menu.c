/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_menu: the menu of lessons; it returns after each lesson. */
#include <stdlib.h>
#include <string.h>

#include "commands/cmd_play.h"
#include "commands/command.h"
#include "commands/lesson_list.h"
#include "app/menu.h"
#include "model/progress.h"

struct chooser {
	struct menu menu;
	struct menu_row *rows;
	char *folder;
	struct lesson_list list;
	char message[512];
};

/* Which lessons are done is in the progress file. */
static void fill_rows(struct chooser *c)
{
	for (uint32_t i = 0; i < c->list.nr; i++) {
		const struct lesson_file *lesson = &c->list.lessons[i];

		c->rows[i] = (struct menu_row){
			.name = lesson->name,
			.title = lesson->title,
			.goal = lesson->error ? lesson->error : lesson->goal,
			.minutes = lesson->minutes,
			.done = progress_is_done(lesson->name),
			.broken = lesson->error != NULL,
		};
	}
	c->menu.rows = c->rows;
	c->menu.nr_rows = c->list.nr;
}

/* An exit code, and @error when it is not EXIT_GOOD. */
static int open_chooser(struct chooser *c, struct file_error *error)
{
	memset(c, 0, sizeof(*c));
	print_to(error->text, LESSONS_MISSING);
	c->folder = lessons_folder();
	if (!c->folder || !lesson_list_open(&c->list, c->folder, error) ||
	    !lesson_list_read(&c->list, error))
		return EXIT_FILE;
	c->rows = calloc(c->list.nr + 1, sizeof(*c->rows));
	if (!c->rows) {
		print_to(error->text, "not enough memory");
		return EXIT_LIMIT;
	}
	fill_rows(c);
	/* select the first lesson that is not done */
	for (uint32_t i = c->list.nr; i-- > 0;)
		if (!c->rows[i].done)
			c->menu.selected = i;
	return EXIT_GOOD;
}

static bool draw(struct chooser *c, struct term *term, struct canvas *canvas)
{
	int width, height;

	c->menu.message = c->message[0] ? c->message : NULL;
	term_size(term, &width, &height);
	if (!canvas_resize(canvas, width, height))
		return false;
	menu_draw(canvas, &c->menu);
	term_show(term, canvas);
	return true;
}

static enum app_end play_lesson(struct chooser *c, struct term *term,
				const struct options *options)
{
	const struct lesson_file *lesson = &c->list.lessons[c->menu.selected];
	enum app_end end = APP_END_BACK;
	struct file_error error;
	struct play_context *play = malloc(sizeof(*play));

	if (!play)
		return APP_END_MEMORY;
	if (play_context_init(play, options, lesson->path, lesson->name,
			      &error) == EXIT_GOOD) {
		end = app_run(&play->app, term, NULL);
		play_context_destroy(play);
	} else {
		print_to(c->message, "%s", error.text);
	}
	free(play);
	fill_rows(c);
	return end;
}

static void select_by(struct chooser *c, int rows)
{
	int64_t row = (int64_t)c->menu.selected + rows;
	int64_t last = (int64_t)c->menu.nr_rows - 1;

	c->menu.selected = (uint32_t)(row < 0	 ? 0 :
				      row > last ? (last < 0 ? 0 : last) :
						   row);
}

/* A click selects a row; a second click on it opens the lesson. */
static bool click(struct chooser *c, struct term *term)
{
	int width, height, x, y;
	uint32_t row;

	term_size(term, &width, &height);
	term_pointer(term, &x, &y);
	row = menu_row_at(&c->menu, width, height, y);
	if (row == UINT32_MAX)
		return false;
	if (row == c->menu.selected)
		return true;
	c->menu.selected = row;
	return false;
}

static bool opens(struct chooser *c, struct term *term, uint32_t key)
{
	if (!c->menu.nr_rows)
		return false;
	if (key == '\r' || key == KEYCODE_RIGHT || key == 'l')
		return true;
	return key == KEYCODE_CLICK && click(c, term);
}

static void move(struct chooser *c, uint32_t key)
{
	const enum action action = keymap_action(key);

	select_by(c, action == ACTION_to_begin ? -(int)c->menu.nr_rows :
		     action == ACTION_to_end   ? (int)c->menu.nr_rows :
						 keymap_rows(key));
}

static enum app_end choose(struct chooser *c, struct term *term,
			   const struct options *options, struct canvas *canvas)
{
	enum app_end end = APP_END_BACK;

	while (end == APP_END_BACK) {
		uint32_t key;

		if (!draw(c, term, canvas))
			return APP_END_MEMORY;
		key = term_key(term, -1);
		if (key == KEYCODE_CLOSED ||
		    keymap_action(key) == ACTION_quit ||
		    keymap_action(key) == ACTION_quit_all)
			return APP_END_QUIT;
		if (key == KEYCODE_RESIZE ||
		    keymap_action(key) == ACTION_redraw)
			term_redraw(term);
		if (key != KEYCODE_NONE)
			c->message[0] = '\0';
		if (opens(c, term, key))
			end = play_lesson(c, term, options);
		else
			move(c, key);
	}
	return end;
}

int menu_run(struct term *term, const struct options *options)
{
	enum app_end end = APP_END_MEMORY;
	struct file_error error;
	struct chooser chooser;
	struct canvas canvas;
	int code = open_chooser(&chooser, &error);

	if (code != EXIT_GOOD) {
		term_leave(term);
		cli_error("%s", error.text);
	} else if (canvas_init(&canvas, 1, 1, options->ascii)) {
		end = choose(&chooser, term, options, &canvas);
		canvas_fini(&canvas);
	}
	if (code == EXIT_GOOD && end == APP_END_MEMORY) {
		term_leave(term);
		code = cli_no_memory("play");
	}
	free(chooser.rows);
	lesson_list_free(&chooser.list);
	free(chooser.folder);
	return code;
}
