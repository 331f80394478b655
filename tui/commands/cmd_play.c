/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_play: `zonewalk play` opens the screen, or prints the same as lines. */
#include "commands/cmd_play.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/lesson_list.h"
#include "app/plain.h"

static bool is_dumb(void)
{
	const char *term = getenv("TERM");

	return !term || !*term || !strcmp(term, "dumb");
}

/* The file's name, if it is one of the lessons. Points into @path. */
static const char *lesson_name(const char *path)
{
	char *folder = lessons_folder(), *real = realpath(path, NULL), *slash;
	const char *name = strrchr(path, '/');
	bool is_lesson = false;

	if (folder && real && (slash = strrchr(real, '/'))) {
		char *lessons = realpath(folder, NULL);

		*slash = '\0';
		is_lesson = lessons && !strcmp(lessons, real);
		free(lessons);
	}
	free(real);
	free(folder);
	return !is_lesson ? NULL : name ? name + 1 : path;
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

static int play_screen(struct play_context *c)
{
	const struct options *o = c->options;
	struct term *term;
	enum app_end end;

	if (o->watch && !watch_open(&c->watch, c->path))
		return cli_fail(EXIT_FILE, "play: --watch %s: %s", c->path,
				strerror(errno));
	term = open_terminal(o);
	if (!term)
		return EXIT_USAGE;
	end = app_run(&c->app, term, &c->watch);
	term_close(term);
	return end == APP_END_MEMORY ? cli_no_memory("play") : EXIT_GOOD;
}

static int play_file(const struct options *o, const char *path)
{
	struct play_context *c = malloc(sizeof(*c));
	struct file_error error;
	int code;

	if (!c)
		return cli_no_memory("play");
	code = play_context_init(c, o, path, lesson_name(path), &error);
	if (code == EXIT_GOOD) {
		code = o->plain ? play_plain(c) : play_screen(c);
		play_context_destroy(c);
	} else {
		cli_error("%s", error.text);
	}
	free(c);
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
