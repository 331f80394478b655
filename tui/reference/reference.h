/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reference: the reference pages, from the tables that the program itself
 * uses, so that they are complete.
 *
 *   topics           what `zonewalk doc TOPIC` prints
 *   manual           man pages, as mdoc
 *   completion       completion scripts for shells
 *   mdoc, markdown   what man pages consist of
 *
 * The commands stand above this layer and describe themselves in a struct
 * manual.
 */
#ifndef TUI_REFERENCE_H
#define TUI_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* -- topics ---------------------------------------------------------------- */

struct topic {
	const char *name; /* first, for nearest_name() */
	void (*print)(FILE *out); /* to stdout */
	const char *help;
};

extern const struct topic topics[];
extern const size_t nr_topics;

/* A page of two columns: what man pages share with a topic. */
struct topic_row {
	const char *name;
	const char *help;
};

/* The environment variables, and the files; a NULL name at the end. */
extern const struct topic_row environment_rows[], file_rows[];
/* The exit codes, "0" to "70"; the same. */
extern const struct topic_row exit_rows[];
/* The text of a file that the program carries: "grading.md". */
const char *reference_text(const char *name);
/* Print gfp flags or alloc flags as the topic does. */
struct flag_name;
void topic_print_flags(const struct flag_name *names, size_t nr);

/* -- the command line, as its tables describe it ---------------------------- */

struct manual_command {
	const char *name;
	const char *arguments; /* "SCENARIO [--snapshot F]" */
	const char *help;
	const char *more; /* "", or more sentences */
};

struct manual_option {
	const char *name; /* with - */
	char letter; /* 0: it has no short form */
	const char *argument; /* "": it takes no value */
	unsigned int commands; /* bit i: of command i */
	const char *help;
	const char *values; /* how a shell completes them: see completions.def */
};

struct manual {
	const char *version;
	const char *date; /* "December 1, 2026" */
	const char *summary; /* a sentence */
	const char *notes; /* sentences about all commands */
	const struct manual_command *commands;
	unsigned int nr_commands;
	const struct manual_option *options;
	unsigned int nr_options;
	unsigned int early; /* the bit of options before a command */
	/* "-h, --help" and "-V, --version"; a NULL name at the end */
	const struct topic_row *general;
};

/* -- man pages -------------------------------------------------------------- */

/*
 * Print page @name: "zonewalk", "zonewalk-run", ..., "zonewalk-scenario",
 * "zonewalk-assignment". False: there is no such page here.
 */
bool manual_print(const struct manual *m, const char *name, FILE *out);
/* What begins and ends a page that another layer fills. */
void manual_begin(const struct manual *m, const char *name, char section,
		  const char *help, FILE *out);
void manual_end(const struct manual *m, const char *name, FILE *out);
/* Print the names of all pages with their sections, "zonewalk-run.1". */
void manual_names(const struct manual *m, FILE *out);

/* -- completion -------------------------------------------------------------- */

/* The shells: bash, zsh, fish; a NULL name at the end. */
struct completion_shell {
	const char *name; /* first, for nearest_name() */
	void (*print)(const struct manual *m, FILE *out);
};

extern const struct completion_shell completion_shells[];

#endif
