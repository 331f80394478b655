/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_help: the table of commands, and what the help prints of it. */
#include <string.h>

#include "commands/command.h"
#include "machine/gfp.h"
#include "sandbox/isolate.h"
#include "sandbox/run.h"
#include "terminal/term.h"

const struct command commands[NR_COMMANDS] = {
#define COMMAND(name, least, most, arguments, help, more)                      \
	{ #name, cmd_##name, least, most, arguments, help, more },
#include "commands/commands.def"
};

const struct command *command_find(const char *name)
{
	for (int i = 0; i < NR_COMMANDS; i++)
		if (!strcmp(name, commands[i].name))
			return &commands[i];
	return NULL;
}

int command_unknown(const char *name)
{
	struct text hint = HINT_OF(name, commands);

	if (!*hint.s && strpbrk(name, "./0123456789"))
		return cli_usage(NULL,
				 "%s: no such command; to open a file or a "
				 "lesson: zonewalk play %s",
				 name, name);
	return cli_usage(NULL, "%s: no such command%s", name, hint.s);
}

const struct topic_row general_options[NR_GENERAL] = {
	[GENERAL_HELP] = { "-h, --help",
			   "print this help, or that of a command" },
	[GENERAL_VERSION] = { "-V, --version",
			      "print the version, that of the libraries, and "
			      "what can be used here" },
};

static void print_usage(FILE *out)
{
	fputs("usage: zonewalk [OPTIONS] COMMAND [ARGUMENTS]\n\n"
	      "Walk through the fast path of the Linux 5.10 page allocator, "
	      "one decision at a\ntime.\n\n"
	      "Commands:\n",
	      out);
}

void help_short(FILE *out)
{
	print_usage(out);
	for (int i = 0; i < NR_COMMANDS; i++)
		fprintf(out, "  %-10s %s\n", commands[i].name,
			commands[i].help);
	fputs("\nMore: zonewalk --help, zonewalk help COMMAND\n", out);
}

void help_long(void)
{
	print_usage(stdout);
	for (int i = 0; i < NR_COMMANDS; i++)
		printf("  %s%s%s\n        %s\n", commands[i].name,
		       commands[i].arguments[0] ? " " : "",
		       commands[i].arguments, commands[i].help);
	fputs("  help COMMAND\n        print the help of a command\n\n"
	      "Options, before or after a command that has them:\n",
	      stdout);
	options_early_help();
	for (int i = 0; i < NR_GENERAL; i++) {
		printf("  %-13s ", general_options[i].name);
		cli_print_wrapped(general_options[i].help, 16);
	}
	putchar('\n');
	cli_print_wrapped(HELP_NOTES, 0);
}

/* Which layers isolate a scenario here: an empty one says. */
static void print_isolation(void)
{
	const struct scenario_options options = { .seed = 1 };
	const struct file_text empty = { .data = (char[]){ "" } };
	struct scenario *sc = scenario_run_text("-", &empty, &options);
	const struct isolation_report *report;
	char text[256];

	if (!sc)
		return;
	report = scenario_isolation_report(sc);
	printf("isolation: %s (%s)\n",
	       isolation_is_complete(report) ? "available" :
					       "incomplete, grading refuses "
					       "to run",
	       isolation_text(report, text, sizeof(text)));
	scenario_free(sc);
}

void version_print(void)
{
	char seccomp[64];

	printf("zonewalk %s\n", ZONEWALK_VERSION);
	printf("libraries: %s, %s, cJSON %s, %s\n", term_library(),
	       scenario_library(), json_library(),
	       isolate_library(seccomp, sizeof(seccomp)));
	print_isolation();
	printf("characters: %s\n", cli_ascii() ? "ASCII" : "UTF-8");
	printf("fast path cache: %s\n",
	       ZONEWALK_FAST_PATH_CACHE ? "on" : "off");
}

int help_of(const struct command *command)
{
	printf("usage: zonewalk %s%s%s\n\n%s\n", command->name,
	       command->arguments[0] ? " " : "", command->arguments,
	       command->help);
	if (command->more[0]) {
		putchar('\n');
		cli_print_wrapped(command->more, 0);
	}
	options_help((enum command_id)(command - commands));
	if (command->run == cmd_doc) {
		putchar('\n');
		cmd_doc_topics();
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
		return cli_usage(NULL, "help: too many arguments: \"%s\"",
				 argv[2]);
	command = command_find(argv[1]);
	return command ? help_of(command) : command_unknown(argv[1]);
}
