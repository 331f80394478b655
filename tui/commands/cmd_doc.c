/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_doc: `zonewalk doc TOPIC` prints a page of the reference, see
 * reference/topics.c; without a topic it lists the topics. `zonewalk doc gfp
 * MASK` explains one mask.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "commands/lesson_list.h"
#include "import/gfp_release.h"
#include "machine/gfp.h"
#include "reference/mdoc.h"
#include "reference/reference.h"

/* -- a gfp mask ------------------------------------------------------------- */

static int explain_mask(const char *mask, const char *kernel)
{
	struct release release = { .major = 5, .minor = 10 };
	struct gfp_reading reading;
	char why[256];

	if (kernel && !release_from_text(kernel, &release))
		return cli_usage("doc",
				 "--kernel: \"%s\": expected a release, as "
				 "in 4.14",
				 kernel);
	if (!gfp_decode(&release, mask, &reading, why, sizeof(why)))
		return cli_usage("doc", "%s%s", why,
				 reading.from_number && !kernel ?
					 "; --kernel names another release" :
					 "");
	return topic_print_mask(&reading) ? EXIT_GOOD :
					    cli_no_memory("doc gfp");
}

/* -- the tables of the command line ------------------------------------------ */

static const struct manual_command command_rows[] = {
#define COMMAND(name, least, most, arguments, help, more)                      \
	{ #name, arguments, help, more },
#include "commands/commands.def"
};

/* A row for each option, which names what its value is completed from. */
struct value_texts {
#define OPTION(kind, name, letter, argument, commands, help) const char *name;
#include "commands/options.def"
};

static const struct value_texts value_texts = {
#define COMPLETE(option, values) .option = values,
#include "reference/completions.def"
};

/* The tables as the reference pages read them. */
struct tables {
	struct manual manual;
	struct manual_option options[NR_OPTIONS];
	char names[NR_OPTIONS][OPTION_NAME_BYTES];
};

static void tables_init(struct tables *t)
{
	const struct manual_option options[] = {
#define OPTION(kind, name, letter, argument, commands, help)                   \
	{ #name, letter, argument, commands, help, value_texts.name },
#include "commands/options.def"
	};

	memcpy(t->options, options, sizeof(options));
	for (int i = 0; i < NR_OPTIONS; i++)
		t->options[i].name =
			option_typed_name(options[i].name, t->names[i]);
	t->manual = (struct manual){
		.version = ZONEWALK_VERSION,
		.date = ZONEWALK_DATE,
		.title = HELP_TITLE,
		.notes = HELP_NOTES,
		.commands = command_rows,
		.nr_commands = NR_COMMANDS,
		.options = t->options,
		.nr_options = NR_OPTIONS,
		.early = EARLY,
		.general = general_options,
		.nr_general = NR_GENERAL,
	};
}

/* -- the page of the lessons ------------------------------------------------- */

static void put_lessons(const struct lesson_list *list)
{
	mdoc_text(stdout, "zonewalk play 7 opens lesson 7 on the screen, and "
			  "zonewalk run 7 prints its log.");
	mdoc_list_begin(stdout);
	for (uint32_t i = 0; i < list->nr; i++) {
		const struct lesson_file *lesson = &list->lessons[i];

		mdoc_item(stdout, "Ic", lesson->name);
		mdoc_text(stdout, text_of("%s, %u minutes.", lesson->title,
					  lesson->minutes)
					  .s);
		mdoc_text(stdout, lesson->goal);
	}
	mdoc_list_end(stdout);
	mdoc_macro(stdout, "Sh", "Playlists");
	mdoc_list_begin(stdout);
	for (uint32_t i = 0; i < list->nr_playlists; i++) {
		const struct playlist *playlist = &list->playlists[i];

		mdoc_item(stdout, "Ic", playlist->name);
		printf("%u minutes:\n", playlist_minutes(list, playlist));
		for (uint32_t l = 0; l < playlist->nr; l++)
			mdoc_text(stdout,
				  list->lessons[playlist->lessons[l]].name);
	}
	mdoc_list_end(stdout);
}

static int lessons_page(const struct manual *m, const char *name)
{
	char *folder = lessons_folder();
	struct lesson_list list;
	struct file_error error;
	int code = EXIT_FILE;

	if (!folder)
		return cli_fail(EXIT_FILE, LESSONS_MISSING);
	if (lesson_list_open(&list, folder, &error) &&
	    lesson_list_read(&list, &error)) {
		manual_begin(m, name, '7', stdout);
		put_lessons(&list);
		manual_end(name, '7', stdout);
		code = EXIT_GOOD;
	} else {
		cli_error("%s", error.text);
	}
	lesson_list_free(&list);
	free(folder);
	return code;
}

/* -- names of lessons ---------------------------------------------------------
 */

static int print_lesson_names(void)
{
	char *folder = lessons_folder();
	struct file_error error;
	struct lesson_list list;
	int code = EXIT_GOOD;

	if (!folder)
		return cli_fail(EXIT_FILE, LESSONS_MISSING);
	if (!lesson_list_open(&list, folder, &error))
		code = cli_fail(EXIT_FILE, "%s", error.text);
	for (uint32_t i = 0; i < list.nr; i++)
		puts(list.lessons[i].name);
	lesson_list_free(&list);
	free(folder);
	return code;
}

/* -- man pages, completion
 * ----------------------------------------------------------- */

/* "zonewalk-run.1"; the section may be missing. */
static int print_man(const char *page)
{
	struct tables t;
	struct text name = text_of("%s", page);
	const size_t length = strlen(name.s);
	char section = '1';

	tables_init(&t);
	if (!*page) {
		manual_names(&t.manual, stdout);
		return EXIT_GOOD;
	}
	if (length > 2 && name.s[length - 2] == '.') {
		section = name.s[length - 1];
		name.s[length - 2] = '\0';
	}
	if (manual_print(&t.manual, name.s, section, stdout))
		return EXIT_GOOD;
	if (section == '7' && !strcmp(name.s, "zonewalk-lessons"))
		return lessons_page(&t.manual, name.s);
	return cli_usage("doc",
			 "man: %s: no such page; zonewalk doc man lists the "
			 "pages",
			 page);
}

static int print_completion(const char *shell)
{
	struct tables t;

	tables_init(&t);
	for (const struct completion_shell *s = completion_shells; s->name; s++)
		if (!strcmp(s->name, shell)) {
			s->print(&t.manual, stdout);
			return EXIT_GOOD;
		}
	return cli_usage("doc",
			 "completion: \"%s\": no such shell (bash, zsh, fish)",
			 shell);
}

static int print_names(const char *kind, const char *file)
{
	char message[512] = "";
	struct tables t;

	tables_init(&t);
	if (!strcmp(kind, "lessons"))
		return print_lesson_names();
	if (!strcmp(kind, "export-formats")) {
		for (int i = 0; export_formats[i]; i++)
			puts(export_formats[i]);
		return EXIT_GOOD;
	}
	switch (names_print(&t.manual, kind, file, message, sizeof(message))) {
	case NAMES_PRINTED:
		return EXIT_GOOD;
	case NAMES_WRONG_FILE:
		return cli_fail(EXIT_FILE, "%s", message);
	case NAMES_UNKNOWN:
		break;
	}
	return cli_usage("doc", "names: \"%s\": no such kind of names", kind);
}

/* -- topics ----------------------------------------------------------------- */

void cmd_doc_topics(void)
{
	printf("Topics:\n");
	for (size_t i = 0; i < nr_topics; i++)
		printf("  %-13s %s\n", topics[i].name, topics[i].help);
}

static int print_topics(void)
{
	cmd_doc_topics();
	printf("\nPrint one with: zonewalk doc TOPIC\n");
	return EXIT_GOOD;
}

static int print_topic(const char *name)
{
	struct text hint = hint_text(
		nearest_name(name, topics, nr_topics, sizeof(topics[0])));

	for (size_t i = 0; i < nr_topics; i++) {
		if (!strcmp(name, topics[i].name)) {
			topics[i].print(stdout);
			return EXIT_GOOD;
		}
	}
	return cli_usage("doc", "%s: no such topic%s", name,
			 *hint.s ? hint.s : "; zonewalk doc lists the topics");
}

/* What takes an argument. */
static int print_with(const struct options *o, const char *what)
{
	const char *argument = o->nr_arguments > 1 ? o->arguments[1] : "";
	const char *file = o->nr_arguments > 2 ? o->arguments[2] : "";

	if (!strcmp(what, "names"))
		return print_names(argument, file);
	if (*file)
		return cli_usage("doc", "too many arguments: \"%s\"", file);
	if (!strcmp(what, "man"))
		return print_man(argument);
	if (!strcmp(what, "completion"))
		return print_completion(argument);
	if (o->nr_arguments == 2 && !strcmp(what, "gfp"))
		return explain_mask(argument, o->kernel);
	if (*argument)
		return cli_usage("doc", "too many arguments: \"%s\"", argument);
	return print_topic(what);
}

int cmd_doc(const struct options *o)
{
	if (o->kernel &&
	    (o->nr_arguments < 2 || strcmp(o->arguments[0], "gfp")))
		return cli_usage("doc", "--kernel: only with a mask, as in "
					"zonewalk doc gfp MASK");
	return o->nr_arguments ? print_with(o, o->arguments[0]) :
				 print_topics();
}
