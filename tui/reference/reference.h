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
/* Explain a mask. False: no memory. */
struct gfp_reading;
bool topic_print_mask(const struct gfp_reading *reading);

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
	const char *values; /* how shells complete them; see completion.h */
};

struct manual {
	const char *version;
	const char *date; /* "December 1, 2026" */
	const char *title; /* what it is for, begun in lower case */
	const char *notes; /* sentences about all commands */
	const struct manual_command *commands;
	unsigned int nr_commands;
	const struct manual_option *options;
	unsigned int nr_options;
	unsigned int early; /* the bit of options before a command */
	/* "-h, --help", which commands have, too; "-V, --version" */
	const struct topic_row *general;
	unsigned int nr_general;
};

/* -- man pages -------------------------------------------------------------- */

/*
 * Print page @name of @section: "zonewalk-run" of '1'. False: there is no such
 * page, or another layer has what it says.
 */
bool manual_print(const struct manual *m, const char *name, char section,
		  FILE *out);
/* What begins and ends a page of which another layer prints the rest. */
bool manual_begin(const struct manual *m, const char *name, char section,
		  FILE *out);
void manual_end(const char *name, char section, FILE *out);
/* Print the names of all pages, as "zonewalk-run.1", a line each. */
void manual_names(const struct manual *m, FILE *out);

/* -- names ------------------------------------------------------------------- */

enum names_end { NAMES_PRINTED, NAMES_UNKNOWN, NAMES_WRONG_FILE };

/*
 * Print the names of @kind, a line each, for completion: "events", "gfp", ...;
 * names.c lists the kinds. "properties" are those of assignment @file. If it
 * is wrong, @message.
 */
enum names_end names_print(const struct manual *m, const char *kind,
			   const char *file, char *message, size_t size);

/* -- completion -------------------------------------------------------------- */

/* The shells: bash, zsh, fish; a NULL name at the end. */
struct completion_shell {
	const char *name; /* first, for nearest_name() */
	void (*print)(const struct manual *m, FILE *out);
};

extern const struct completion_shell completion_shells[];

#endif
