/* SPDX-License-Identifier: GPL-2.0-or-later */
/* manual: the man pages, from the tables of commands, options and the language.
 */
#include <ctype.h>
#include <string.h>

#include "lua/keys.h"
#include "model/text.h"
#include "reference/mdoc.h"
#include "reference/reference.h"

/* The pages that are not about a command. */
static const struct page {
	const char *name; /* without "zonewalk-" */
	char section;
	const char *help;
} pages[] = {
	{ "assignment", '5', "the language of assignments, and grading" },
	{ "scenario", '5', "the scenario language" },
	{ "lessons", '7', "the lessons" },
};

enum { NR_PAGES = sizeof(pages) / sizeof(pages[0]) };

/* -- parts of all pages ----------------------------------------------------- */

/* "zonewalk-scenario" and '5' is page 1; NR_PAGES: none of them. */
static int page_find(const char *name, char section)
{
	int i = 0;

	while (i < NR_PAGES &&
	       (pages[i].section != section ||
		strcmp(text_of("zonewalk-%s", pages[i].name).s, name)))
		i++;
	return i;
}

static void put_heading(const struct manual *m, const char *name, char section,
			const char *help, FILE *out)
{
	char title[64];
	size_t i = 0;

	for (; name[i] && i + 1 < sizeof(title); i++)
		title[i] = (char)toupper((unsigned char)name[i]);
	title[i] = '\0';
	fprintf(out,
		".\\\" SPDX-License-Identifier: GPL-2.0-or-later\n"
		".\\\" Written by `zonewalk doc man`.\n"
		".\\\" zonewalk %s\n.Dd %s\n.Dt %s %c\n.Os\n.Sh NAME\n",
		m->version, m->date, title, section);
	mdoc_macro(out, "Nm", name);
	mdoc_macro(out, "Nd", help);
}

bool manual_begin(const struct manual *m, const char *name, char section,
		  FILE *out)
{
	const int page = page_find(name, section);

	if (page == NR_PAGES)
		return false;
	put_heading(m, name, section, pages[page].help, out);
	fputs(".Sh DESCRIPTION\n", out);
	return true;
}

void manual_end(const char *name, char section, FILE *out)
{
	const int own = page_find(name, section);
	int last = NR_PAGES - 1;

	if (last == own)
		last--;
	fputs(".Sh SEE ALSO\n", out);
	if (strcmp(name, "zonewalk"))
		fputs(".Xr zonewalk 1 ,\n", out);
	for (int i = 0; i <= last; i++)
		if (i != own)
			fprintf(out, ".Xr zonewalk-%s %c%s\n", pages[i].name,
				pages[i].section, i < last ? " ," : "");
}

/* "list the lessons" as a sentence. */
static void put_sentence(const char *text, FILE *out)
{
	mdoc_text(out,
		  text_of("%c%s.", toupper((unsigned char)*text), text + 1).s);
}

static void put_rows(const char *heading, const char *macro,
		     const struct topic_row *row, FILE *out)
{
	mdoc_macro(out, "Sh", heading);
	mdoc_list_begin(out);
	for (; row->name; row++) {
		mdoc_item(out, macro, row->name);
		mdoc_text(out, row->help);
	}
	mdoc_list_end(out);
}

/* What the pages of commands share. */
static void put_rest(const char *name, FILE *out)
{
	put_rows("ENVIRONMENT", "Ev", environment_rows, out);
	put_rows("FILES", "Pa", file_rows, out);
	put_rows("EXIT STATUS", "Li", exit_rows, out);
	manual_end(name, '1', out);
}

/* -- options ---------------------------------------------------------------- */

/* "q" or "-quiet", as .Fl takes it. */
static void put_flag(const char *flag, const char *argument, FILE *out)
{
	fputs("Fl ", out);
	for (; *flag; flag++)
		fprintf(out, *flag == '-' ? "\\-" : "%c", *flag);
	if (*argument)
		fprintf(out, " Ar %s", argument);
}

static void put_options(const struct manual *m, unsigned int bit,
			unsigned int nr_general, FILE *out)
{
	fputs(".Sh OPTIONS\n.Bl -tag -width Ds\n", out);
	for (unsigned int i = 0; i < m->nr_options; i++) {
		const struct manual_option *o = &m->options[i];

		if (!(o->commands & bit))
			continue;
		fputs(".It ", out);
		if (o->letter) {
			put_flag(text_of("%c", o->letter).s, o->argument, out);
			fputs(" , ", out);
		}
		put_flag(text_of("-%s", o->name).s, o->argument, out);
		fputc('\n', out);
		mdoc_text(out, o->help);
	}
	for (unsigned int i = 0; i < nr_general; i++) {
		const struct topic_row *row = &m->general[i];

		fprintf(out, ".It Fl %c , Fl \\-%s\n", row->name[1],
			strstr(row->name, "--") + 2);
		mdoc_text(out, row->help);
	}
	mdoc_list_end(out);
}

/* -- the pages of commands -------------------------------------------------- */

/* A word of a synopsis: "[--seed", "N]", "FILE...". */
static void put_word(const char *word, int length, FILE *out)
{
	if (*word == '-')
		put_flag(text_of("%.*s", length - 1, word + 1).s, "", out);
	else if (length > 3 && !strncmp(word + length - 3, "...", 3))
		fprintf(out, "Ar %.*s ...", length - 3, word);
	else
		fprintf(out, "Ar %.*s", length, word);
}

/* "SCENARIO [--seed N]": a line of macros for each part. */
static void put_synopsis(const char *words, FILE *out)
{
	bool open = false;

	while (*words) {
		int length = (int)strcspn(words, " ");
		const bool opens = *words == '[';
		const bool closes = words[length - 1] == ']';

		fputs(open ? " " : opens ? ".Op " : ".", out);
		put_word(words + opens, length - opens - closes, out);
		open = (open || opens) && !closes;
		fputs(open ? "" : "\n", out);
		words += length;
		words += *words == ' ';
	}
}

static void put_command(const struct manual *m, unsigned int i, FILE *out)
{
	const struct manual_command *c = &m->commands[i];
	const struct text name = text_of("zonewalk-%s", c->name);

	put_heading(m, name.s, '1', c->help, out);
	fputs(".Sh SYNOPSIS\n", out);
	mdoc_macro(out, "Nm", text_of("zonewalk %s", c->name).s);
	put_synopsis(c->arguments, out);
	fputs(".Sh DESCRIPTION\n", out);
	put_sentence(c->help, out);
	mdoc_text(out, c->more);
	if (!strcmp(c->name, "doc")) {
		fputs(".Pp\nTopics:\n", out);
		mdoc_list_begin(out);
		for (size_t t = 0; t < nr_topics; t++) {
			mdoc_item(out, "Cm", topics[t].name);
			mdoc_text(out, topics[t].help);
		}
		mdoc_list_end(out);
	}
	put_options(m, 1u << i, 1, out);
	put_rest(name.s, out);
}

static void put_program(const struct manual *m, FILE *out)
{
	put_heading(m, "zonewalk", '1', m->title, out);
	fputs(".Sh SYNOPSIS\n.Nm\n.Op Ar OPTIONS\n.Op Ar COMMAND Op Ar "
	      "ARGUMENTS\n.Sh DESCRIPTION\n",
	      out);
	put_sentence(m->title, out);
	fputs(".Pp\n", out);
	mdoc_text(out, m->notes);
	fputs(".Sh COMMANDS\n", out);
	mdoc_list_begin(out);
	for (unsigned int i = 0; i < m->nr_commands; i++) {
		fprintf(out, ".It Xr zonewalk-%s 1\n", m->commands[i].name);
		mdoc_text(out, m->commands[i].help);
	}
	mdoc_list_end(out);
	put_options(m, m->early, m->nr_general, out);
	put_rest("zonewalk", out);
}

/* -- the scenario language -------------------------------------------------- */

/* Each section is a heading; its entries are a list of their own each. */
static void section(FILE *out, const char *title)
{
	mdoc_macro(out, "Sh", title);
}

static void entry(FILE *out, const char *usage, const char *help,
		  const struct api_key *keys)
{
	mdoc_list_begin(out);
	mdoc_item(out, "Ic", usage);
	mdoc_text(out, help);
	if (keys) {
		mdoc_list_begin(out);
		for (; keys->name; keys++) {
			mdoc_item(out, "Va", keys->name);
			mdoc_text(out, *keys->help ? keys->help : keys->type);
		}
		mdoc_list_end(out);
	}
	mdoc_list_end(out);
}

static void put_scenario(FILE *out)
{
	static const struct meta_writer writer = {
		.text = mdoc_text,
		.begin = section,
		.entry = entry,
	};

	meta_write(out, &writer);
	fputs(".Sh Filters\n.Bd -literal\n", out);
	mdoc_literal(out, reference_text("filters.txt"));
	fputs(".Ed\n", out);
}

/* -- all -------------------------------------------------------------------- */

bool manual_print(const struct manual *m, const char *name, char section,
		  FILE *out)
{
	const bool is_command = section == '1';

	if (is_command && !strcmp(name, "zonewalk")) {
		put_program(m, out);
		return true;
	}
	for (unsigned int i = 0; is_command && i < m->nr_commands; i++) {
		if (strcmp(text_of("zonewalk-%s", m->commands[i].name).s, name))
			continue;
		put_command(m, i, out);
		return true;
	}
	if (section != '5' || !manual_begin(m, name, section, out))
		return false;
	if (!strcmp(name, "zonewalk-scenario"))
		put_scenario(out);
	else
		mdoc_markdown(out, reference_text("grading.md"));
	manual_end(name, section, out);
	return true;
}

void manual_names(const struct manual *m, FILE *out)
{
	fputs("zonewalk.1\n", out);
	for (unsigned int i = 0; i < m->nr_commands; i++)
		fprintf(out, "zonewalk-%s.1\n", m->commands[i].name);
	for (int i = 0; i < NR_PAGES; i++)
		fprintf(out, "zonewalk-%s.%c\n", pages[i].name,
			pages[i].section);
}
