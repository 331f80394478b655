/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zonewalk play: the screen, or the same story as lines. */
#include "commands/cmd_play.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/command.h"
#include "commands/lesson_list.h"
#include "app/plain.h"

static int parse_option(void *context, int option, const char *value)
{
	struct play_options *o = context;

	switch (option) {
	case 's':
		return arguments_step(&o->story, "play", value);
	case 'S':
		return arguments_seed(&o->story, "play", value);
	case 'p':
		return arguments_set(&o->story, "play", value);
	case 'a':
		o->ascii = true;
		break;
	case 'n':
		o->color = false;
		break;
	case 'm':
		o->mouse = false;
		break;
	case 'w':
		o->watch = true;
		break;
	case 'l':
		o->plain = true;
		break;
	case 'r':
		o->reduced_motion = true;
		break;
	case 'Q':
		o->no_questions = true;
		break;
	case 'L':
		o->log = value;
		break;
	case 'g':
		o->assignment = value;
		break;
	case 'P':
		o->property = value;
		break;
	case 'i':
		o->allow_no_isolation = true;
		break;
	}
	return EXIT_GOOD;
}

static int parse_options(int argc, char **argv, struct play_options *o)
{
	static const struct option options[] = {
		{ "step", required_argument, NULL, 's' },
		{ "seed", required_argument, NULL, 'S' },
		{ "set", required_argument, NULL, 'p' },
		{ "log", required_argument, NULL, 'L' },
		{ "grade", required_argument, NULL, 'g' },
		{ "property", required_argument, NULL, 'P' },
		{ "allow-no-isolation", no_argument, NULL, 'i' },
		{ "watch", no_argument, NULL, 'w' },
		{ "plain", no_argument, NULL, 'l' },
		{ "no-questions", no_argument, NULL, 'Q' },
		{ "reduced-motion", no_argument, NULL, 'r' },
		{ "no-mouse", no_argument, NULL, 'm' },
		{ "ascii", no_argument, NULL, 'a' },
		{ "no-color", no_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	int code;

	code = cli_options(argc, argv, "play", ":", options, parse_option, o);
	if (code != EXIT_GOOD)
		return code;
	if (argc - optind > 1)
		return cli_usage("play", "one FILE, not %d", argc - optind);
	o->path = argv[optind];
	if (!o->path && (o->watch || o->assignment))
		return cli_usage("play", "--%s: which FILE?",
				 o->watch ? "watch" : "grade");
	if (o->property && !o->assignment)
		return cli_usage("play", "--property: by which --grade "
					 "ASSIGNMENT?");
	return EXIT_GOOD;
}

static bool is_dumb(void)
{
	const char *term = getenv("TERM");

	return !term || !*term || !strcmp(term, "dumb");
}

/* The file's name, when it is one of the lessons. Points into @path. */
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

static int play_plain(struct stage *stage)
{
	if (plain_run(&stage->app, stdin, stdout, isatty(STDIN_FILENO)))
		return cli_finish(EXIT_GOOD);
	cli_error("play: not enough memory");
	return EXIT_LIMIT;
}

static struct term *open_terminal(const struct play_options *o, int *code)
{
	const char *why;
	struct term *term = term_open(
		&(struct term_options){ .color = o->color, .mouse = o->mouse },
		&why);

	if (!term)
		*code = cli_usage("play",
				  "%s; --plain and zonewalk "
				  "frame need no terminal",
				  why);
	return term;
}

static int play_screen(struct stage *stage)
{
	const struct play_options *o = stage->options;
	int code = EXIT_GOOD;
	struct term *term;
	enum app_end end;

	if (o->watch && !watch_open(&stage->watch, o->path)) {
		cli_error("play: --watch %s: %s", o->path, strerror(errno));
		return EXIT_FILE;
	}
	term = open_terminal(o, &code);
	if (!term)
		return code;
	end = app_run(&stage->app, term, &stage->watch);
	term_close(term);
	if (end != APP_END_MEMORY)
		return EXIT_GOOD;
	cli_error("play: not enough memory");
	return EXIT_LIMIT;
}

static int play_file(const struct play_options *o)
{
	struct stage *stage = malloc(sizeof(*stage));
	struct story_error error = { EXIT_LIMIT, "not enough memory" };
	int code;

	if (!stage ||
	    !stage_open(stage, o, o->path, lesson_name(o->path), &error)) {
		free(stage);
		cli_error("%s", error.text);
		return error.exit_code;
	}
	code = o->plain ? play_plain(stage) : play_screen(stage);
	stage_close(stage);
	free(stage);
	return code;
}

static int play_menu(const struct play_options *o)
{
	struct term *term;
	int code;

	term = open_terminal(o, &code);
	if (!term)
		return code;
	code = menu_run(term, o);
	term_close(term);
	return code;
}

/* No screen to choose from: the lessons as lines. */
static int list_lessons(void)
{
	char name[] = "lessons";
	char *argv[] = { name, NULL };

	optind = 0; /* getopt begins anew */
	return cmd_lessons(1, argv);
}

int cmd_play(int argc, char **argv)
{
	struct play_options o = {
		.ascii = arguments_ascii(),
		.color = arguments_color(),
		.mouse = true,
		.plain = is_dumb(),
	};
	int code = parse_options(argc, argv, &o);

	if (code != EXIT_GOOD)
		return code;
	if (!o.path && o.plain)
		return list_lessons();
	if (!o.plain && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)))
		return cli_usage("play",
				 "standard input and output must be a "
				 "terminal; --plain tells the story as lines, "
				 "zonewalk frame prints a step");
	return o.path ? play_file(&o) : play_menu(&o);
}
