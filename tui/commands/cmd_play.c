/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_play: `zonewalk play` opens the screen, or prints the same as lines. */
#include "commands/cmd_play.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/plain.h"

static bool is_dumb(void)
{
	const char *term = getenv("TERM");

	return !term || !*term || !strcmp(term, "dumb");
}

/* The place of the lesson with this file; list->nr: it is none of them. */
static uint32_t lesson_of(const struct lesson_list *list, const char *path)
{
	char *real = realpath(path, NULL);
	uint32_t i = real ? 0 : list->nr;

	for (bool found = false; i < list->nr; i++) {
		char *lesson = realpath(list->lessons[i].path, NULL);

		found = lesson && !strcmp(lesson, real);
		free(lesson);
		if (found)
			break;
	}
	free(real);
	return i;
}

static int play_plain(struct play_context *c)
{
	if (plain_run(&c->app, stdin, stdout, isatty(STDIN_FILENO)))
		return cli_finish(EXIT_GOOD);
	return cli_no_memory("play");
}

/* NULL after a usage error. */
static struct term *open_terminal(const struct options *o)
{
	const struct term_options options = { .color = !o->no_color,
					      .mouse = !o->no_mouse,
					      .theme = theme_from_name(
						      o->theme) };
	const char *why;
	struct term *term = term_open(&options, &why);

	if (!term)
		cli_usage("play",
			  "%s; --plain and zonewalk frame need no terminal",
			  why);
	return term;
}

static int play_screen(struct course *course)
{
	struct term *term = open_terminal(course->options);
	enum app_effect end;

	if (!term)
		return EXIT_USAGE;
	end = course_run(course, term);
	term_close(term);
	return end == APP_MEMORY ? cli_no_memory("play") : EXIT_GOOD;
}

static int play_file(const struct options *o, const char *path)
{
	char *folder = lessons_folder();
	struct lesson_list list = { .nr = 0 };
	struct course course = { .options = o, .list = &list };
	struct file_error error;
	int code;

	/* without lessons there is no next one */
	if (folder && !o->grade)
		lesson_list_open(&list, folder, &error);
	course.nr = list.nr;
	course.at = lesson_of(&list, path);
	code = course_open(&course, path, &error);
	if (code != EXIT_GOOD)
		cli_error("%s", error.text);
	else
		code = o->plain ? play_plain(course.play) :
				  play_screen(&course);
	course_close(&course);
	lesson_list_free(&list);
	free(folder);
	return code;
}

static int play_menu(const struct options *o)
{
	struct term *term = open_terminal(o);
	int code;

	if (!term)
		return EXIT_USAGE;
	code = menu_run(term, o);
	term_close(term);
	return code;
}

int cmd_play(const struct options *given)
{
	struct options o = *given;
	const char *path = o.nr_arguments ? o.arguments[0] : NULL;

	o.no_color |= !cli_color();
	o.plain |= is_dumb();
	if (!path && (o.watch || o.grade))
		return cli_usage("play", "--%s: FILE is missing",
				 o.watch ? "watch" : "grade");
	if (theme_from_name(o.theme) == NR_THEMES)
		return cli_usage("play",
				 "--theme: auto, dark or light is expected: "
				 "\"%s\"",
				 o.theme);
	if (o.property && !o.grade)
		return cli_usage("play", "--property: --grade ASSIGNMENT is "
					 "missing");
	/* without a screen there is no menu: print the lessons */
	if (!path && o.plain)
		return cmd_lessons(&o);
	if (!o.plain && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)))
		return cli_usage("play",
				 "standard input and output must be a "
				 "terminal; --plain prints lines, zonewalk "
				 "frame prints one step");
	return path ? play_file(&o, path) : play_menu(&o);
}
