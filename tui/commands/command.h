/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command: what the command line is made of.
 *
 * A command is one function in one file, cmd_NAME.c, and one row in
 * commands.def. It gets its own arguments (argv[0] is its name), reads them
 * by cli_options() and returns an exit code. Data goes to stdout, messages
 * to stderr through cli_error().
 */
#ifndef TUI_COMMAND_H
#define TUI_COMMAND_H

#include <getopt.h>
#include <stdbool.h>
#include <stdint.h>

/* Exit codes are part of the interface: scripts and graders read them. */
enum exit_code {
	EXIT_GOOD = 0,
	EXIT_CHECK_FAILED = 1, /* a replay differs, an expectation failed */
	EXIT_USAGE = 2,
	EXIT_SCRIPT = 3, /* the scenario is wrong */
	EXIT_LIMIT = 4, /* a limit was hit; its name is in the message */
	EXIT_ISOLATION = 5,
	EXIT_FILE = 6, /* a file could not be read or written, or is broken */
	EXIT_INTERNAL = 70,
};

#define COMMAND(name, arguments, help, more)                                   \
	int cmd_##name(int argc, char **argv);
#include "commands/commands.def"

/* The topics of `doc`, as a part of its help. */
void cmd_doc_topics(void);

/* "zonewalk: MESSAGE" on stderr, with a newline. */
void cli_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
/*
 * A usage error of @command (NULL: of none): "zonewalk: COMMAND: MESSAGE",
 * then which help to read. Returns EXIT_USAGE, so that
 * `return cli_usage("replay", "...")` ends a command.
 */
int cli_usage(const char *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/*
 * The options of @command, each given to @take, which returns EXIT_GOOD or
 * what ends the command; optind is then the first argument that is none.
 * @letters as getopt() has them, behind a ':'.
 */
int cli_options(int argc, char **argv, const char *command, const char *letters,
		const struct option *names,
		int (*take)(void *context, int option, const char *value),
		void *context);
/* Digits alone, at most @most: true, and *@number is what they say. */
bool cli_number(const char *text, uint64_t most, uint64_t *number);
/* Flush stdout; EXIT_FILE with a message when it could not be written. */
int cli_finish(int exit_code);

#endif
