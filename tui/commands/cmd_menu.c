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
	char (*numbers)[8]; /* the texts of the rows' numbers */
	uint32_t *shown; /* which lesson a row is, in the list */
	uint32_t playlist; /* shown now, counted from 1; 0: all lessons */
	uint64_t typed; /* the number being typed */
	char *folder;
	struct lesson_list list;
	char name[64]; /* of the playlist */
	char message[512];
};

/* -- rows ------------------------------------------------------------------ */

static void fill_row(struct chooser *c, uint32_t i)
{
	const struct lesson_file *lesson = &c->list.lessons[c->shown[i]];
	const uint64_t number = lesson_number(lesson);
	struct file_error error;

	if (number < 1000)
		print_to(c->numbers[i], "%u", (unsigned int)number);
	else
		c->numbers[i][0] = '\0';
	c->rows[i] = (struct menu_row){
		.number = c->numbers[i],
		.title = *lesson->title ? lesson->title : lesson->name,
		.goal = lesson->error ? lesson->error : lesson->goal,
		.minutes = lesson->minutes,
		.broken = lesson->error != NULL,
	};
	if (!progress_get(lesson_file_name(lesson), &c->rows[i].progress,
			  &error))
		print_to(c->message, "%s", error.text);
}

static void fill_rows(struct chooser *c)
{
	const struct playlist *playlist =
		c->playlist ? &c->list.playlists[c->playlist - 1] : NULL;

	c->menu.nr_rows = playlist ? playlist->nr : c->list.nr;
	print_to(c->name, TEXT_menu_playlist, playlist ? playlist->name : "");
	c->menu.name = playlist ? c->name : TEXT_menu_lessons;
	for (uint32_t i = 0; i < c->menu.nr_rows; i++) {
		c->shown[i] = playlist ? playlist->lessons[i] : i;
		fill_row(c, i);
	}
}

/* Fill the rows, and select the first lesson that is not done. */
static void show_list(struct chooser *c)
{
	fill_rows(c);
	c->menu.selected = 0;
	for (uint32_t i = c->menu.nr_rows; i-- > 0;)
		if (c->rows[i].progress.state != PROGRESS_DONE)
			c->menu.selected = i;
}

/* A playlist may name a lesson twice. */
static uint32_t longest_list(const struct lesson_list *list)
{
	uint32_t nr = list->nr;

	for (uint32_t i = 0; i < list->nr_playlists; i++)
		if (list->playlists[i].nr > nr)
			nr = list->playlists[i].nr;
	return nr;
}

/* An exit code, and @error when it is not EXIT_GOOD. */
static int open_chooser(struct chooser *c, struct file_error *error)
{
	uint32_t nr;

	memset(c, 0, sizeof(*c));
	print_to(error->text, LESSONS_MISSING);
	c->folder = lessons_folder();
	if (!c->folder || !lesson_list_open(&c->list, c->folder, error) ||
	    !lesson_list_read(&c->list, error))
		return EXIT_FILE;
	nr = longest_list(&c->list);
	c->rows = calloc(nr, sizeof(*c->rows));
	c->numbers = calloc(nr, sizeof(*c->numbers));
	c->shown = calloc(nr, sizeof(*c->shown));
	if (!c->rows || !c->numbers || !c->shown) {
		print_to(error->text, "not enough memory");
		return EXIT_LIMIT;
	}
	c->menu.rows = c->rows;
	c->menu.has_playlists = c->list.nr_playlists > 0;
	show_list(c);
	return EXIT_GOOD;
}

static void close_chooser(struct chooser *c)
{
	free(c->rows);
	free(c->numbers);
	free(c->shown);
	lesson_list_free(&c->list);
	free(c->folder);
}

/* -- the screen ------------------------------------------------------------ */

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

/* The lesson that was played last stays selected. */
static enum app_effect play_lesson(struct chooser *c, struct term *term,
				   const struct options *options)
{
	struct course course = { .options = options,
				 .list = &c->list,
				 .order = c->shown,
				 .nr = c->menu.nr_rows,
				 .at = c->menu.selected };
	enum app_effect end = APP_BACK;
	struct file_error error;

	if (course_open(&course, NULL, &error) == EXIT_GOOD) {
		end = course_run(&course, term);
		c->menu.selected = course.at;
	} else {
		print_to(c->message, "%s", error.text);
	}
	course_close(&course);
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

/* Select the first row whose lesson has this number. */
static bool select_number(struct chooser *c, uint64_t number)
{
	for (uint32_t i = 0; i < c->menu.nr_rows; i++) {
		if (lesson_number(&c->list.lessons[c->shown[i]]) != number)
			continue;
		c->menu.selected = i;
		c->typed = number;
		return true;
	}
	return false;
}

/* A digit continues the number, if there is such a lesson, or begins one. */
static void type_digit(struct chooser *c, uint32_t digit)
{
	if (select_number(c, c->typed * 10 + digit) || select_number(c, digit))
		return;
	c->typed = digit;
	print_to(c->message, MESSAGE_no_lesson, digit);
}

static void move(struct chooser *c, uint32_t key)
{
	const enum action action = keymap_action(key);

	if (key >= '0' && key <= '9') {
		type_digit(c, key - '0');
		return;
	}
	c->typed = 0;
	if (action == ACTION_focus_next || action == ACTION_focus_back) {
		const uint32_t nr = c->list.nr_playlists + 1;

		c->playlist += action == ACTION_focus_next ? 1 : nr - 1;
		c->playlist %= nr;
		show_list(c);
		return;
	}
	select_by(c, action == ACTION_to_begin ? -(int)c->menu.nr_rows :
		     action == ACTION_to_end   ? (int)c->menu.nr_rows :
						 keymap_rows(key));
}

static enum app_effect choose(struct chooser *c, struct term *term,
			      const struct options *options,
			      struct canvas *canvas)
{
	enum app_effect end = APP_BACK;

	while (end == APP_BACK) {
		uint32_t key;

		if (!draw(c, term, canvas))
			return APP_MEMORY;
		key = term_key(term, -1);
		if (key == KEYCODE_CLOSED ||
		    keymap_action(key) == ACTION_quit ||
		    keymap_action(key) == ACTION_quit_all)
			return APP_QUIT;
		if (key == KEYCODE_RESIZE ||
		    keymap_action(key) == ACTION_redraw)
			term_redraw(term);
		if (key != KEYCODE_NONE && key != KEYCODE_RESIZE)
			c->message[0] = '\0';
		if (opens(c, term, key))
			end = play_lesson(c, term, options);
		else
			move(c, key);
	}
	return end;
}

int menu_run(struct term *term, const struct options *given)
{
	struct options options = *given;
	enum app_effect end = APP_MEMORY;
	struct file_error error;
	struct chooser chooser;
	struct canvas canvas;
	int code = open_chooser(&chooser, &error);

	if (code != EXIT_GOOD) {
		term_leave(term);
		cli_error("%s", error.text);
	} else if (canvas_init(&canvas, 1, 1, given->ascii || cli_ascii())) {
		if (!chooser.message[0])
			print_to(chooser.message, "%s",
				 cli_ascii_note(given).s);
		options.ascii = canvas.ascii; /* lessons need not repeat it */
		end = choose(&chooser, term, &options, &canvas);
		canvas_fini(&canvas);
	}
	if (code == EXIT_GOOD && end == APP_MEMORY) {
		term_leave(term);
		code = cli_no_memory("play");
	}
	close_chooser(&chooser);
	return code;
}
