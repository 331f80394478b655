/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zonewalk help: the commands, and what each of them takes. */
#include "commands/cmd_help.h"

#include <stdbool.h>
#include <string.h>

#include "commands/command.h"
#include "machine/gfp.h"

static const struct command commands[] = {
#define COMMAND(name, arguments, help, more)                                   \
	{ #name, cmd_##name, arguments, help, more },
#include "commands/commands.def"
};

static const size_t nr_commands = sizeof(commands) / sizeof(commands[0]);

/* What each command's help says of its options. */
static const struct {
	const char *command;
	const char *option;
	const char *help;
} command_options[] = {
#define OPTION(command, option, help) { #command, option, help },
#include "commands/options.def"
};

static const size_t nr_command_options =
	sizeof(command_options) / sizeof(command_options[0]);

/* What stands below a command's options. */
static const struct {
	const char *command;
	void (*print)(void);
} command_lists[] = {
	{ "doc", cmd_doc_topics },
};

static const size_t nr_command_lists =
	sizeof(command_lists) / sizeof(command_lists[0]);

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

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < nr_commands; i++)
		if (!strcmp(name, commands[i].name))
			return &commands[i];
	return NULL;
}

int command_unknown(const char *name)
{
	const char *near =
		nearest_name(name, commands, nr_commands, sizeof(commands[0]));

	if (near)
		return cli_usage(NULL, "%s: no such command; did you mean %s?",
				 name, near);
	if (strpbrk(name, "./"))
		return cli_usage(NULL,
				 "%s: no such command; to open a file: "
				 "zonewalk play %s",
				 name, name);
	return cli_usage(NULL, "%s: no such command", name);
}

int shared_option(const char *argument)
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

/* -- texts ---------------------------------------------------------------- */

enum { LINE_WIDTH = 80, OPTION_WIDTH = 13, HELP_COLUMN = OPTION_WIDTH + 3 };

/* @text from @column on, each further line beginning at @indent. */
static void print_wrapped(const char *text, int indent, int column)
{
	bool first = true;

	while (*text) {
		int length = (int)strcspn(text, " ");

		if (!first && column + 1 + length > LINE_WIDTH) {
			printf("\n%*s", indent, "");
			column = indent;
		} else if (!first) {
			putchar(' ');
			column++;
		}
		printf("%.*s", length, text);
		column += length;
		first = false;
		text += length;
		text += strspn(text, " ");
	}
	putchar('\n');
}

static void print_option(const char *option, const char *help)
{
	printf("  %-*s", OPTION_WIDTH, option);
	if (strlen(option) > OPTION_WIDTH)
		printf("\n%*s", HELP_COLUMN, "");
	else
		putchar(' ');
	print_wrapped(help, HELP_COLUMN, HELP_COLUMN);
}

static void print_usage(FILE *out)
{
	fputs("usage: zonewalk [OPTIONS] COMMAND [ARGUMENTS]\n\n"
	      "Walks through the fast path of the Linux 5.10 page allocator, "
	      "one decision at a\ntime.\n\n"
	      "Commands:\n",
	      out);
}

void help_short(FILE *out)
{
	print_usage(out);
	for (size_t i = 0; i < nr_commands; i++)
		fprintf(out, "  %-10s %s\n", commands[i].name,
			commands[i].help);
	fputs("\nMore: zonewalk --help, zonewalk help COMMAND\n", out);
}

void help_long(void)
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

int help_of(const struct command *command)
{
	const char *heading = "\nOptions:\n";

	printf("usage: zonewalk %s%s%s\n\n%s\n", command->name,
	       command->arguments[0] ? " " : "", command->arguments,
	       command->help);
	if (command->more[0]) {
		putchar('\n');
		print_wrapped(command->more, 0, 0);
	}
	for (size_t i = 0; i < nr_command_options; i++) {
		if (strcmp(command->name, command_options[i].command))
			continue;
		fputs(heading, stdout);
		print_option(command_options[i].option,
			     command_options[i].help);
		heading = "";
	}
	for (size_t i = 0; i < nr_command_lists; i++) {
		if (strcmp(command->name, command_lists[i].command))
			continue;
		putchar('\n');
		command_lists[i].print();
	}
	return EXIT_GOOD;
}

int help_command(int argc, char **argv)
{
	const struct command *command;

	if (argc < 2 || !strcmp(argv[1], "help")) {
		help_long();
		return EXIT_GOOD;
	}
	if (argc > 2)
		return cli_usage(NULL, "help: one command, not %d", argc - 1);
	command = command_find(argv[1]);
	return command ? help_of(command) : command_unknown(argv[1]);
}
