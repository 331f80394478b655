/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main: the command line.
 *
 *   zonewalk [OPTIONS] COMMAND [ARGUMENTS]
 *
 * Options that many commands know may stand before the command; they are
 * handed on to it.
 */
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/cmd_help.h"
#include "commands/command.h"
#include "lua/scenario.h"

ISOLATE_PROGRAM;

/* Does the command's own line ask for its help? */
static bool asks_for_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++)
		if (!strcmp(argv[i], "-h") || !strcmp(argv[i], "--help"))
			return true;
	return false;
}

/* No command: the lessons for somebody who looks, else the short help. */
static int no_command(void)
{
	char name[] = "play";
	char *argv[] = { name, NULL };

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		help_short(stderr);
		return EXIT_USAGE;
	}
	/* getopt has not been used yet, so it begins at the beginning */
	return cmd_play(1, argv);
}

/* Run argv[first]; the options before it are put after its name. */
static int run_command(int argc, char **argv, int first)
{
	const struct command *command = command_find(argv[first]);
	char *name = argv[first];

	if (!strcmp(name, "help"))
		return help_command(argc - first, argv + first);
	if (!command)
		return command_unknown(name);
	if (asks_for_help(argc - first, argv + first))
		return help_of(command);
	memmove(argv + 2, argv + 1, (size_t)(first - 1) * sizeof(*argv));
	argv[1] = name;
	return command->run(argc - 1, argv + 1);
}

static int dispatch(int argc, char **argv)
{
	int i = 1;

	while (i < argc && argv[i][0] == '-') {
		int taken = shared_option(argv[i]);

		if (!strcmp(argv[i], "-h") || !strcmp(argv[i], "--help")) {
			help_long();
			return EXIT_GOOD;
		}
		if (!strcmp(argv[i], "--version")) {
			printf("zonewalk %s\n", ZONEWALK_VERSION);
			return EXIT_GOOD;
		}
		if (!taken)
			return cli_usage(NULL, "%s: no such option", argv[i]);
		i += taken;
	}
	if (i > argc)
		return cli_usage(NULL, "%s: its value is missing",
				 argv[argc - 1]);
	return i < argc ? run_command(argc, argv, i) : no_command();
}

int main(int argc, char **argv)
{
	scenario_child(argc, argv); /* returns unless we are to run one */
	/*
	 * Only what letters are: numbers and sorting are the same in every
	 * country, or a scenario would not tell the same story everywhere.
	 */
	setlocale(LC_CTYPE, "");
	/* A reader that leaves is a write error, told by the exit code. */
	signal(SIGPIPE, SIG_IGN);
	return cli_finish(dispatch(argc, argv));
}
