/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command: what the command line is made of.
 *
 * A command is a row of commands.def and a function in cmd_NAME.c, which
 * gets its options and arguments and returns an exit code. An option is a
 * row of options.def. Data goes to stdout, messages go to stderr through
 * cli_error().
 */
#ifndef TUI_COMMAND_H
#define TUI_COMMAND_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "json/writer.h"
#include "model/text.h"
#include "reference/reference.h"

/* Exit codes are part of the interface: scripts and graders read them. */
enum exit_code {
#define EXIT_CODE(name, code, help) EXIT_##name = code,
#include "reference/exit_codes.def"
};

/* -- options --------------------------------------------------------------- */

enum command_id {
#define COMMAND(name, least, most, arguments, help, more) COMMAND_##name,
#include "commands/commands.def"
	NR_COMMANDS
};

/* The commands that take an option, as bits of its row. */
enum {
#define COMMAND(name, least, most, arguments, help, more)                      \
	OF_##name = 1 << COMMAND_##name,
#include "commands/commands.def"
	EARLY = 1 << NR_COMMANDS, /* accepted before the command, too */
};

enum option_id {
#define OPTION(kind, name, letter, argument, commands, help) OPTION_##name,
#include "commands/options.def"
	NR_OPTIONS
};

enum { OPTION_NAME_BYTES = 32 };

enum { MANY = INT_MAX, MAX_OPTION_VALUES = 64, STEP_ABSENT = UINT32_MAX };

struct option_list {
	const char *values[MAX_OPTION_VALUES + 1]; /* NULL after the last */
	uint32_t nr;
};

typedef bool option_FLAG;
typedef const char *option_TEXT;
typedef struct option_list option_LIST;
typedef struct option_list option_PAIRS;
typedef uint64_t option_NUMBER;
typedef uint32_t option_STEP;

/* The command line of a command: a field for each row of options.def. */
struct options {
	char **arguments;
	int nr_arguments;
#define OPTION(kind, name, letter, argument, commands, help) option_##kind name;
#include "commands/options.def"
};

/*
 * Read the options and arguments of command @id, argv[0] being its name.
 * Returns EXIT_GOOD, or EXIT_USAGE after a message.
 */
int options_read(struct options *o, enum command_id id, int argc, char **argv);
/*
 * How many arguments the option @argument occupies before a command; 0: it
 * is not an option that may stand there.
 */
int options_early(const char *argument);
/* A usage error about another one there, which names the nearest option. */
int options_early_unknown(const char *argument);
/* "no-mouse" of the row's name "no_mouse". Returns @buf. */
const char *option_typed_name(const char *name, char buf[OPTION_NAME_BYTES]);
/* Print the options of command @id, or those that may stand before it. */
void options_help(enum command_id id);
void options_early_help(void);

/* -- commands -------------------------------------------------------------- */

#define COMMAND(name, least, most, arguments, help, more)                      \
	int cmd_##name(const struct options *o);
#include "commands/commands.def"

struct command {
	const char *name;
	int (*run)(const struct options *o);
	int least, most; /* number of arguments */
	const char *arguments;
	const char *help;
	const char *more; /* "", or more sentences */
};

extern const struct command commands[NR_COMMANDS];

/* NULL: there is no such command. */
const struct command *command_find(const char *name);
/* A usage error that names the nearest command. */
int command_unknown(const char *name);

/* The short help, for wrong use. */
void help_short(FILE *out);
/* Print the commands and the early options. */
void help_long(void);
/* Print the help of one command. Returns EXIT_GOOD. */
int help_of(const struct command *command);
/* zonewalk help [COMMAND]: an exit code. */
int help_command(int argc, char **argv);
/* The topics of `doc`, as a part of its help. */
void cmd_doc_topics(void);
/* What the program is for: a sentence, but for its capital and full stop. */
#define HELP_TITLE                                                             \
	"walk through the fast path of the Linux 5.10 page allocator, one "    \
	"decision at a time"
/* What is said about all commands. */
#define HELP_NOTES                                                             \
	"A file named - is standard input or output. Data goes to standard "   \
	"output, messages to standard error. Exit codes: zonewalk doc "        \
	"errors. A scenario to play or to run may be a lesson, by its number " \
	"or name: zonewalk play 7. The variable ZONEWALK_SCENARIOS names "     \
	"another folder of lessons."
/* The formats of export; NULL after the last. */
extern const char *const export_formats[];
/* The options that every command, then the program has. */
enum { GENERAL_HELP, GENERAL_VERSION, NR_GENERAL };
extern const struct topic_row general_options[NR_GENERAL];
/* Print the version, the libraries and what this system and build can do. */
void version_print(void);

/* -- messages -------------------------------------------------------------- */

/* "zonewalk: MESSAGE" on stderr, with a newline. */
void cli_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same, and an exit code to return. */
#define cli_fail(code, ...) (cli_error(__VA_ARGS__), (code))
/*
 * A usage error of @command (NULL: of none): "zonewalk: COMMAND: MESSAGE",
 * then which help to read. Returns EXIT_USAGE, so that
 * `return cli_usage("replay", "...")` ends a command.
 */
int cli_usage(const char *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Report that memory is short. Returns EXIT_LIMIT. */
int cli_no_memory(const char *what);
/* Print what was written, and a newline. False: no memory. */
bool cli_print_json(struct json_writer *out);
/* A file of texts/, which has to exist. */
const char *cli_text(const char *name);
/* "FOLDER/NAME", for the caller to free(); NULL: no memory. */
char *cli_path(const char *folder, const char *name);
/* text_print_wrapped() under the name that the commands use. */
#define cli_print_wrapped text_print_wrapped
/* Print @text and blanks up to @width columns. */
void cli_print_padded(const char *text, int width);
/* The locale of characters that the environment names. */
const char *cli_locale(void);
/* Is the locale's character set without UTF-8? */
bool cli_ascii(void);
/* What to tell the user then; "" with --ascii, which asks for it. */
struct text cli_ascii_note(const struct options *o);
/* Is colour allowed (NO_COLOR is not set)? */
bool cli_color(void);
/* Would writing @path lose a file? Then EXIT_FILE after a message. */
int cli_check_output(const char *path, bool force);
struct screenshot_options;
/*
 * Read the options of @command that say how screens are drawn. Returns
 * EXIT_GOOD, or EXIT_USAGE after a message.
 */
int cli_screenshot_options(const struct options *o, const char *command,
			   struct screenshot_options *p);
/* Flush stdout; EXIT_FILE with a message when it could not be written. */
int cli_finish(int exit_code);

#endif
