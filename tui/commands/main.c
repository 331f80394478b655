/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main: the command line.
 *
 *   zonewalk [OPTIONS] COMMAND [ARGUMENTS]
 *
 * The options of several commands may stand before the command, which then
 * reads them as its own.
 */
#define _GNU_SOURCE /* strcasestr */
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/command.h"
#include "commands/lesson_list.h"
#include "lua/scenario.h"
#include "sandbox/child.h"
#include "sandbox/isolate.h"

ISOLATE_PROGRAM;

/* Is --help among the command's own arguments? */
static bool has_help_option(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++)
		if (!strcmp(argv[i], "-h") || !strcmp(argv[i], "--help"))
			return true;
	return false;
}

/* Without a command: the menu of lessons on a terminal, else the short help. */
static int no_command(int argc, char **argv)
{
	struct options o;
	int code;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		help_short(stderr);
		return EXIT_USAGE;
	}
	code = options_read(&o, COMMAND_play, argc, argv);
	return code == EXIT_GOOD ? cmd_play(&o) : code;
}

/* A scenario to play or to run may be a lesson, by its number or name. */
static int run_with_lesson(const struct command *command, struct options *o)
{
	const bool takes_lesson =
		command->run == cmd_play || command->run == cmd_run ||
		command->run == cmd_frame || command->run == cmd_export;
	char *path = NULL;
	int code = EXIT_GOOD;

	if (takes_lesson && o->nr_arguments && !o->grade)
		code = lesson_find(command->name, o->arguments[0], &path);
	if (path)
		o->arguments[0] = path;
	if (code == EXIT_GOOD)
		code = command->run(o);
	free(path);
	return code;
}

/* Run the command argv[first], with the options before it put behind it. */
static int run_command(int argc, char **argv, int first)
{
	const struct command *command = command_find(argv[first]);
	char *name = argv[first];
	struct options o;
	int code;

	if (!strcmp(name, "help"))
		return help_command(argc - first, argv + first);
	if (!command)
		return command_unknown(name);
	if (has_help_option(argc - first, argv + first))
		return help_of(command);
	memmove(argv + 2, argv + 1, (size_t)(first - 1) * sizeof(*argv));
	argv[1] = name;
	code = options_read(&o, (enum command_id)(command - commands), argc - 1,
			    argv + 1);
	return code == EXIT_GOOD ? run_with_lesson(command, &o) : code;
}

static int dispatch(int argc, char **argv)
{
	int i = 1;

	while (i < argc && argv[i][0] == '-') {
		int taken = options_early(argv[i]);

		if (!strcmp(argv[i], "-h") || !strcmp(argv[i], "--help")) {
			help_long();
			return EXIT_GOOD;
		}
		if (!strcmp(argv[i], "-V") || !strcmp(argv[i], "--version")) {
			version_print();
			return EXIT_GOOD;
		}
		if (!taken)
			return options_early_unknown(argv[i]);
		i += taken;
	}
	if (i > argc)
		return cli_usage(NULL, "%s: the value is missing",
				 argv[argc - 1]);
	return i < argc ? run_command(argc, argv, i) : no_command(argc, argv);
}

int main(int argc, char **argv)
{
	scenario_child(argc, argv); /* returns unless this process runs one */
	/*
	 * Only the character set: numbers and sorting must not depend on the
	 * locale, or the log of a scenario would.
	 */
	if (!setlocale(LC_CTYPE, "") && strcasestr(cli_locale(), "utf"))
		setlocale(LC_CTYPE, "C.UTF-8"); /* it is not installed */
	/* If the reader of our output ends, the exit code reports it. */
	signal(SIGPIPE, SIG_IGN);
	/* At the limit of a file's size write() fails, and nothing is left. */
	signal(SIGXFSZ, SIG_IGN);
	return cli_finish(dispatch(argc, argv));
}
