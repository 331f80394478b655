/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * main: the command line.
 *
 *   zonewalk [OPTIONS] COMMAND [ARGUMENTS]
 *
 * The commands are the rows of commands.def, their options those of
 * options.def; from both comes the help. Options that many commands know may
 * stand before the command; they are handed on to it.
 */
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "gfp.h"
#include "lua_host.h"

ISOLATE_PROGRAM;

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *arguments;
	const char *help;
};

static const struct command commands[] = {
#define COMMAND(name, arguments, help)                                       \
	{ #name, cmd_##name, arguments, help },
#include "commands.def"
};

static const size_t nr_commands = sizeof(commands) / sizeof(commands[0]);

/* What each command's help says of its options. */
static const struct {
	const char *command;
	const char *option;
	const char *help;
} command_options[] = {
#define OPTION(command, option, help) { #command, option, help },
#include "options.def"
};

static const size_t nr_command_options =
	sizeof(command_options) / sizeof(command_options[0]);

/* Options that may stand before the command. */
static const struct {
	const char *name;
	bool value; /* the next argument belongs to it */
	const char *help;
} shared_options[] = {
	{ "-q", false, "the same as --quiet" },
	{ "--quiet", false, "tell nothing but errors" },
	{ "--json", false, "JSON instead of text" },
	{ "--no-color", false, "no colour, whatever the terminal can" },
	{ "--ascii", false, "plain ASCII shapes" },
	{ "--seed", true, "the seed of math.random, a number" },
};

static const size_t nr_shared_options =
	sizeof(shared_options) / sizeof(shared_options[0]);

static const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < nr_commands; i++)
		if (!strcmp(name, commands[i].name))
			return &commands[i];
	return NULL;
}

static void print_usage(FILE *out)
{
	fputs("usage: zonewalk [OPTIONS] COMMAND [ARGUMENTS]\n\n"
	      "Walks through the fast path of the Linux 5.10 page allocator, "
	      "one decision at a\ntime.\n\n"
	      "Commands:\n",
	      out);
}

/* On one screen's few lines, for somebody who typed something wrong. */
static void print_short_help(FILE *out)
{
	print_usage(out);
	for (size_t i = 0; i < nr_commands; i++)
		fprintf(out, "  %-10s %s\n", commands[i].name,
			commands[i].help);
	fputs("\nMore: zonewalk --help, zonewalk help COMMAND\n", out);
}

static void print_help(void)
{
	print_usage(stdout);
	for (size_t i = 0; i < nr_commands; i++)
		printf("  %s%s%s\n        %s\n", commands[i].name,
		       commands[i].arguments[0] ? " " : "",
		       commands[i].arguments, commands[i].help);
	fputs("  help COMMAND\n        what a command takes\n\n"
	      "Options, before or after the command, where it knows them:\n",
	      stdout);
	for (size_t i = 0; i < nr_shared_options; i++)
		printf("  %-10s  %s\n", shared_options[i].name,
		       shared_options[i].help);
	fputs("  -h, --help  this help, or a command's\n"
	      "  --version   the version\n\n"
	      "A file named - is standard input or output. Data goes to "
	      "standard output,\nmessages to standard error. Exit codes: "
	      "zonewalk doc errors.\n"
	      "ZONEWALK_SCENARIOS names another folder of lessons.\n",
	      stdout);
}

static int command_help(const struct command *command)
{
	const char *heading = "\nOptions:\n";

	printf("usage: zonewalk %s%s%s\n\n%s\n", command->name,
	       command->arguments[0] ? " " : "", command->arguments,
	       command->help);
	for (size_t i = 0; i < nr_command_options; i++) {
		if (strcmp(command->name, command_options[i].command))
			continue;
		printf("%s  %-13s %s\n", heading, command_options[i].option,
		       command_options[i].help);
		heading = "";
	}
	return EXIT_GOOD;
}

static int unknown_command(const char *name)
{
	const char *near = nearest_name(name, commands, nr_commands,
					sizeof(commands[0]));

	if (near)
		return cli_usage(NULL,
				 "%s: no such command; did you mean %s?",
				 name, near);
	if (strpbrk(name, "./"))
		return cli_usage(NULL,
				 "%s: no such command; to open a file: "
				 "zonewalk play %s",
				 name, name);
	return cli_usage(NULL, "%s: no such command", name);
}

static int help(int argc, char **argv)
{
	const struct command *command;

	if (argc < 2 || !strcmp(argv[1], "help")) {
		print_help();
		return EXIT_GOOD;
	}
	if (argc > 2)
		return cli_usage(NULL, "help: one command, not %d", argc - 1);
	command = command_find(argv[1]);
	if (!command)
		return unknown_command(argv[1]);
	return command_help(command);
}

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
		print_short_help(stderr);
		return EXIT_USAGE;
	}
	/* getopt has not been used yet, so it begins at the beginning */
	return cmd_play(1, argv);
}

/* How many arguments the option takes with itself; 0: it is unknown. */
static int shared_option(const char *argument)
{
	for (size_t i = 0; i < nr_shared_options; i++) {
		size_t len = strlen(shared_options[i].name);

		if (strncmp(argument, shared_options[i].name, len))
			continue;
		if (!argument[len])
			return shared_options[i].value ? 2 : 1;
		if (argument[len] == '=' && shared_options[i].value)
			return 1;
	}
	return 0;
}

/* Run argv[first]; the options before it are put after its name. */
static int run_command(int argc, char **argv, int first)
{
	const struct command *command = command_find(argv[first]);
	char *name = argv[first];

	if (!strcmp(name, "help"))
		return help(argc - first, argv + first);
	if (!command)
		return unknown_command(name);
	if (asks_for_help(argc - first, argv + first))
		return command_help(command);
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
			print_help();
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
