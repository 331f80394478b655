/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_help: which commands and options there are, and what the help says of
 * them. The commands are the rows of commands.def, their options those of
 * options.def.
 */
#ifndef TUI_CMD_HELP_H
#define TUI_CMD_HELP_H

#include <stdio.h>

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *arguments;
	const char *help;
	const char *more; /* "" or some sentences */
};

/* NULL: there is none of that name. */
const struct command *command_find(const char *name);
/* A usage error that names the nearest one. */
int command_unknown(const char *name);
/*
 * How many arguments an option that may stand before the command takes with
 * itself; 0: it is none.
 */
int shared_option(const char *argument);

/* On one screen's few lines, for somebody who typed something wrong. */
void help_short(FILE *out);
/* Commands and options, on stdout. */
void help_long(void);
/* A command's own, on stdout. Returns EXIT_GOOD. */
int help_of(const struct command *command);
/* zonewalk help [COMMAND]: an exit code. */
int help_command(int argc, char **argv);

#endif
