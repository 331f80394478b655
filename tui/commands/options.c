/* SPDX-License-Identifier: GPL-2.0-or-later */
/* options: the command line, read by the rows of options.def. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "machine/gfp.h"

enum kind {
	KIND_FLAG,
	KIND_TEXT,
	KIND_LIST,
	KIND_PAIRS,
	KIND_NUMBER,
	KIND_STEP
};

static const struct row {
	const char *name; /* with _ for - */
	enum kind kind;
	char letter;
	unsigned int commands;
	size_t offset; /* in struct options */
	const char *argument;
	const char *help;
} rows[] = {
#define OPTION(kind, name, letter, argument, commands, help)                   \
	{ #name,                                                               \
	  KIND_##kind,                                                         \
	  letter,                                                              \
	  commands,                                                            \
	  offsetof(struct options, name),                                      \
	  argument,                                                            \
	  help },
#include "commands/options.def"
};

const char *option_typed_name(const char *name, char buf[OPTION_NAME_BYTES])
{
	snprintf(buf, OPTION_NAME_BYTES, "%s", name);
	for (char *c = buf; *c; c++)
		if (*c == '_')
			*c = '-';
	return buf;
}

/* -- values ---------------------------------------------------------------- */

static int store_list(struct option_list *list, const char *command,
		      const struct row *row, const char *text)
{
	if (row->kind == KIND_PAIRS && (!strchr(text, '=') || *text == '='))
		return cli_usage(command,
				 "--%s: NAME=VALUE is expected: \"%s\"",
				 row->name, text);
	if (list->nr == MAX_OPTION_VALUES)
		return cli_usage(command, "--%s: at most %d are possible",
				 row->name, MAX_OPTION_VALUES);
	list->values[list->nr++] = text;
	return EXIT_GOOD;
}

static int store_number(void *field, const char *command, const struct row *row,
			const char *text)
{
	const bool is_step = row->kind == KIND_STEP;
	uint64_t number;

	/* a step past the end is the last one, however large the number */
	if (!read_number(text, is_step ? UINT64_MAX : UINT64_MAX - 1,
			 &number) ||
	    (!is_step && !number))
		return cli_usage(command,
				 "--%s: a number from %d is expected: \"%s\"",
				 row->name, is_step ? 0 : 1, text);
	if (is_step)
		*(uint32_t *)field = number < STEP_ABSENT ? (uint32_t)number :
							    STEP_ABSENT - 1;
	else
		*(uint64_t *)field = number;
	return EXIT_GOOD;
}

static int store(struct options *o, const char *command, const struct row *row,
		 const char *text)
{
	void *field = (char *)o + row->offset;

	switch (row->kind) {
	case KIND_FLAG:
		*(bool *)field = true;
		break;
	case KIND_TEXT:
		*(const char **)field = text;
		break;
	case KIND_LIST:
	case KIND_PAIRS:
		return store_list(field, command, row, text);
	case KIND_NUMBER:
	case KIND_STEP:
		return store_number(field, command, row, text);
	}
	return EXIT_GOOD;
}

/* -- getopt ---------------------------------------------------------------- */

/* The options of one command as getopt has them. */
struct reader {
	char names[NR_OPTIONS][OPTION_NAME_BYTES];
	struct option options[NR_OPTIONS + 3];
	size_t nr;
	char letters[2 * NR_OPTIONS + 2];
};

/* Those of which a bit is in @of. */
static void reader_init(struct reader *r, unsigned int of)
{
	size_t at = 0;

	memset(r, 0, sizeof(*r));
	r->letters[at++] = ':';
	for (int i = 0; i < NR_OPTIONS; i++) {
		const struct row *row = &rows[i];
		int has_arg = row->kind == KIND_FLAG ? no_argument :
						       required_argument;

		if (!(row->commands & of))
			continue;
		r->options[r->nr++] = (struct option){
			option_typed_name(row->name, r->names[i]), has_arg,
			NULL, 256 + i
		};
		if (row->letter)
			r->letters[at++] = row->letter;
		if (row->letter && has_arg == required_argument)
			r->letters[at++] = ':';
	}
}

/* Is @given "--NAME=VALUE", of an option that takes no value? */
static bool has_needless_value(const char *given, const struct option *names)
{
	const char *value = strchr(given, '=');

	if (strncmp(given, "--", 2) || !value)
		return false;
	given += 2;
	for (; names->name; names++)
		if (names->has_arg == no_argument &&
		    !strncmp(names->name, given, (size_t)(value - given)))
			return true;
	return false;
}

/* How many options begin with the @length characters of @name; their list. */
static int beginning_with(const char *name, size_t length,
			  const struct reader *r, struct text *list)
{
	int nr = 0;

	*list = text_of("%s", "");
	for (size_t i = 0; i < r->nr; i++) {
		if (strncmp(r->options[i].name, name, length))
			continue;
		*list = text_of("%s%s--%s", list->s, nr ? ", " : "",
				r->options[i].name);
		nr++;
	}
	return nr;
}

/* @given is no option: a usage error that names those that may be meant. */
static int wrong_name(const char *command, const char *given,
		      const struct reader *r)
{
	const size_t length = strcspn(given, "=");
	const char *near = NULL;
	struct text list;

	if (length > 2 && !strncmp(given, "--", 2)) {
		if (beginning_with(given + 2, length - 2, r, &list) > 1)
			return cli_usage(command, "%s: which one: %s?", given,
					 list.s);
		near = *list.s ? list.s + 2 :
				 nearest_name(text_of("%.*s", (int)length - 2,
						      given + 2)
						      .s,
					      r->options, r->nr,
					      sizeof(r->options[0]));
	}
	if (near)
		return cli_usage(command,
				 "%s: no such option; did you mean --%s?",
				 given, near);
	return cli_usage(command, "%s: no such option", given);
}

/* getopt returned '?'; optopt is the letter, 0 for an unknown long one. */
static int wrong_option(char **argv, const char *command,
			const struct reader *r)
{
	const char *given = argv[optind - 1];

	if (optopt && has_needless_value(given, r->options))
		return cli_usage(command, "%s: the option takes no value",
				 given);
	/* of several letters behind one - it may be any */
	if (optopt > ' ' && optopt <= '~')
		return cli_usage(command, "-%c: no such option", optopt);
	if (optopt && !(given[0] == '-' && strchr(given, optopt)))
		given = argv[optind];
	return wrong_name(command, given, r);
}

static const struct row *row_of(int option)
{
	int i = 0;

	if (option >= 256)
		return &rows[option - 256];
	while (rows[i].letter != option)
		i++;
	return &rows[i];
}

/* Word @nr of "ASSIGNMENT SUBMISSION... [--format F]". */
static int missing_argument(const struct command *command, int nr)
{
	const char *word = command->arguments;

	while (nr--)
		word += strcspn(word, " ") + 1;
	return cli_usage(command->name, "%.*s is missing",
			 (int)strcspn(word, " ."), word);
}

int options_read(struct options *o, enum command_id id, int argc, char **argv)
{
	const struct command *command = &commands[id];
	struct reader r;
	int option, code = EXIT_GOOD;

	*o = (struct options){ .step = STEP_ABSENT,
			       .order = STEP_ABSENT,
			       .node = STEP_ABSENT };
	reader_init(&r, 1u << id);
	opterr = 0;
	while (code == EXIT_GOOD &&
	       (option = getopt_long(argc, argv, r.letters, r.options, NULL)) !=
		       -1) {
		if (option == ':')
			code = cli_usage(command->name,
					 "%s: the value is missing",
					 argv[optind - 1]);
		else if (option == '?')
			code = wrong_option(argv, command->name, &r);
		else
			code = store(o, command->name, row_of(option), optarg);
	}
	o->arguments = argv + optind;
	o->nr_arguments = argc - optind;
	if (code != EXIT_GOOD)
		return code;
	if (o->json && o->quiet)
		return cli_usage(command->name,
				 "--quiet and --json exclude each other");
	if (o->nr_arguments < command->least)
		return missing_argument(command, o->nr_arguments);
	if (o->nr_arguments > command->most)
		return cli_usage(command->name, "too many arguments: \"%s\"",
				 o->arguments[command->most]);
	return EXIT_GOOD;
}

int options_early(const char *argument)
{
	char name[OPTION_NAME_BYTES];

	for (int i = 0; i < NR_OPTIONS; i++) {
		const struct row *row = &rows[i];
		const bool takes_value = row->kind != KIND_FLAG;
		size_t length = strlen(row->name);

		if (!(row->commands & EARLY))
			continue;
		if (row->letter && argument[1] == row->letter && !argument[2])
			return 1;
		if (strncmp(argument, "--", 2) ||
		    strncmp(argument + 2, option_typed_name(row->name, name),
			    length))
			continue;
		if (!argument[length + 2])
			return takes_value ? 2 : 1;
		if (argument[length + 2] == '=' && takes_value)
			return 1;
	}
	return 0;
}

int options_early_unknown(const char *argument)
{
	struct reader r;

	reader_init(&r, EARLY);
	r.options[r.nr++].name = "help";
	r.options[r.nr++].name = "version";
	return wrong_name(NULL, argument, &r);
}

/* -- help ------------------------------------------------------------------ */

enum { OPTION_WIDTH = 13, HELP_COLUMN = OPTION_WIDTH + 3 };

static void print_options(unsigned int of, const char *heading)
{
	char name[OPTION_NAME_BYTES], option[OPTION_NAME_BYTES + 16];

	for (int i = 0; i < NR_OPTIONS; i++) {
		if (!(rows[i].commands & of))
			continue;
		print_to(option, "--%s%s%s",
			 option_typed_name(rows[i].name, name),
			 *rows[i].argument ? " " : "", rows[i].argument);
		printf("%s  %-*s", heading, OPTION_WIDTH, option);
		if (strlen(option) > OPTION_WIDTH)
			printf("\n%*s", HELP_COLUMN, "");
		else
			putchar(' ');
		cli_print_wrapped(rows[i].help, HELP_COLUMN);
		heading = "";
	}
}

void options_help(enum command_id id)
{
	print_options(1u << id, "\nOptions:\n");
}

void options_early_help(void)
{
	print_options(EARLY, "");
}
