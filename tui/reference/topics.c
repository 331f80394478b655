/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * topics: what `zonewalk doc TOPIC` prints, from the tables of all layers. To
 * add a topic, add a row to topics[].
 */
#include <stdbool.h>
#include <string.h>

#include "app/command_line.h"
#include "app/help.h"
#include "events/trace.h"
#include "explain/flip.h"
#include "explain/gfp_meaning.h"
#include "import/gfp_release.h"
#include "machine/embedded.h"
#include "machine/gfp.h"
#include "model/text.h"
#include "reference/reference.h"
#include "terminal/keymap.h"
#include "lua/keys.h" /* after keymap.h, which has another KEY() */

extern const struct embedded_file reference_texts[];

/* -- events ----------------------------------------------------------------- */

static void print_fields(const struct event_type *type)
{
	int column = 0;

	for (unsigned int i = 0; i < type->nr_fields; i++) {
		const char *name = type->fields[i].name;
		const char *kind = field_kind_name(type->fields[i].kind);
		int width = (int)strlen(name);

		if (strcmp(name, kind))
			width += (int)strlen(kind) + 1;
		if (column && column + 2 + width > 68) {
			putchar('\n');
			column = 0;
		}
		column += printf(column ? "  %s" : "        %s", name);
		if (strcmp(name, kind))
			column += printf(":%s", kind);
	}
	putchar('\n');
}

static void print_word(const char *kind, const char *name, const char *text)
{
	printf("  %-10s %-14s ", kind, name);
	text_print_wrapped(text, 28);
}

static void print_words(void)
{
	printf("\nValues of enumerated fields:\n");
	for (int kind = 0; kind < NR_KINDS; kind++) {
		for (unsigned int i = 0; i < enum_size(kind); i++)
			print_word(i ? "" : field_kind_name(kind),
				   enum_name(kind, i), enum_text(kind, i));
	}
}

static void print_events(FILE *out)
{
	printf("Events, by stage of the fast path: name, kernel function, text, "
	       "fields.\nA field is NAME:KIND, or only the name if its kind "
	       "has the same name.\n");
	for (int stage = 0; stage < NR_STAGES; stage++) {
		printf("\n%s\n", event_stage_name(stage));
		for (int id = 0; id < NR_EVENTS; id++) {
			const struct event_type *type = &event_types[id];

			if ((int)type->stage != stage)
				continue;
			printf("  %-28s %s\n        ", type->name,
			       type->function);
			text_print_wrapped(type->text, 8);
			print_fields(type);
		}
	}
	print_words();
}

/* -- commands --------------------------------------------------------------- */

static void print_colons(FILE *out)
{
	printf("Commands of the screen, typed after a colon:\n\n");
	for (int i = 0; i < NR_COLONS; i++)
		printf("  %s %s\n        %s\n", colon_infos[i].name,
		       colon_infos[i].arguments, colon_infos[i].help);
	printf("\nSettings that `set` changes:\n\n");
	for (int i = 0; i < NR_SETTINGS; i++)
		printf("  %-12s %-10s %s\n", setting_infos[i].name,
		       setting_infos[i].values[0] ? setting_infos[i].values :
						    "a number",
		       setting_infos[i].help);
}

/* -- gfp -------------------------------------------------------------------- */

static void print_flags(const struct flag_name *names, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		printf("  %-22s %#8x  %s\n", names[i].name, names[i].bits,
		       names[i].help);
}

static void print_gfp(FILE *out)
{
	printf("gfp flags and masks, joined by |; zonewalk doc gfp MASK "
	       "explains one:\n\n");
	print_flags(gfp_names, nr_gfp_names);
	printf("\nalloc_flags of the allocator:\n\n");
	print_flags(alloc_flag_names, nr_alloc_flag_names);
	printf("\nMigratetypes and their letters:\n\n");
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		printf("  %c  %s\n", migratetype_letter(type),
		       migratetype_name(type));
}

/* -- a gfp mask ------------------------------------------------------------- */

static void print_fact(const char *label, const char *text)
{
	printf("  %-17s ", label);
	text_print_wrapped(text, 20);
}

/* The single flags of @gfp. */
static void print_bits(gfp_t gfp)
{
	printf("\nFlags:\n\n");
	for (size_t i = 0; i < nr_gfp_names; i++)
		if (!strncmp(gfp_names[i].name, "__GFP_", 6) &&
		    gfp_names[i].bits != __GFP_RECLAIM &&
		    gfp & gfp_names[i].bits)
			print_flags(&gfp_names[i], 1);
}

bool topic_print_mask(const struct gfp_reading *reading)
{
	char text[GFP_TEXT_MAX];
	struct gfp_facts facts;

	if (!gfp_facts(reading->gfp, &facts))
		return false;
	printf("%s\n\n", gfp_to_text(reading->gfp, text, sizeof(text)));
	snprintf(text, sizeof(text), "%#x in Linux 5.10", reading->gfp);
	print_fact("number", text);
	if (*reading->dropped)
		print_fact("not in 5.10", reading->dropped);
	for (uint32_t i = 0; i < facts.nr; i++)
		print_fact(facts.fact[i].label, facts.fact[i].text);
	if (reading->gfp)
		print_bits(reading->gfp);
	if (!facts.error) {
		putchar('\n');
		text_print_wrapped(GFP_FACTS_NOTE, 0);
	}
	return true;
}

/* -- errors ----------------------------------------------------------------- */

const struct topic_row exit_rows[] = {
#define EXIT_CODE(name, code, help) { #code, help },
#include "reference/exit_codes.def"
	{ NULL, NULL },
};

static void print_errors(FILE *out)
{
	printf("Exit codes:\n\n");
	for (const struct topic_row *row = exit_rows; row->name; row++)
		printf("  %2s  %s\n", row->name, row->help);
	printf("\nErrors of a request; a request with an error changes "
	       "nothing:\n\n");
	for (unsigned int i = MACHINE_ERROR_none + 1;
	     i < enum_size(KIND_machine_error); i++) {
		printf("  %-12s ", enum_name(KIND_machine_error, i));
		text_print_wrapped(enum_text(KIND_machine_error, i), 15);
	}
}

/* -- actions ---------------------------------------------------------------- */

static void print_actions(FILE *out)
{
	printf("Actions of the screen (zonewalk play) and their keys:\n");
	for (int i = ACTION_none + 1; i < NR_ACTIONS; i++) {
		if (!action_infos[i].name[0]) {
			printf("\n%s\n", action_infos[i].help);
			continue;
		}
		printf("  %-13s %-10s ", action_infos[i].name,
		       action_infos[i].keys);
		text_print_wrapped(action_infos[i].help, 27);
	}
}

/* -- glossary --------------------------------------------------------------- */

static void print_glossary(FILE *out)
{
	for (unsigned int i = 0; i < nr_terms; i++) {
		printf("%-16s ", terms[i].name);
		text_print_wrapped(terms[i].meaning, 17);
	}
}

/* -- files ------------------------------------------------------------------ */

const char *reference_text(const char *name)
{
	const struct embedded_file *file = reference_texts;

	while (strcmp(file->name, name))
		file++;
	return file->text;
}

static void print_filters(FILE *out)
{
	fputs(reference_text("filters.txt"), out);
}

static void print_grading(FILE *out)
{
	fputs(reference_text("grading.md"), out);
}

/* -- environment ------------------------------------------------------------- */

const struct topic_row environment_rows[] = {
#define VARIABLE(name, help) { name, help },
#define KEPT_FILE(name, help)
#include "reference/environment.def"
	{ NULL, NULL },
};

const struct topic_row file_rows[] = {
#define VARIABLE(name, help)
#define KEPT_FILE(name, help) { name, help },
#include "reference/environment.def"
	{ NULL, NULL },
};

static void print_rows(const struct topic_row *row)
{
	for (; row->name; row++) {
		printf("  %s\n        ", row->name);
		text_print_wrapped(row->help, 8);
	}
}

static void print_environment(FILE *out)
{
	printf("Environment variables:\n\n");
	print_rows(environment_rows);
	printf("\nFiles:\n\n");
	print_rows(file_rows);
}

/* -- flips ------------------------------------------------------------------ */

static void print_flips(FILE *out)
{
	printf("What can let a refused request be served: the kind of the "
	       "change, the unit of\nits values, and what is changed.\n\n");
	for (size_t i = 0; i < nr_flip_kinds; i++) {
		printf("  %-20s  %-9s  ", flip_kinds[i].name,
		       flip_kinds[i].unit);
		text_print_wrapped(flip_kinds[i].help, 35);
	}
}

/* -- not modelled ----------------------------------------------------------- */

static void print_absent(const char *file, const char *names, const char *text)
{
	printf("  ");
	text_print_wrapped(names, 2);
	printf("        ");
	text_print_wrapped(text, 8);
	printf("        engine/mm/%s\n", file);
}

static void print_not_modelled(FILE *out)
{
	printf("What Linux 5.10 does on the path of an allocation or a free, and "
	       "the engine\ndoes not: the kernel's names; what they do, and when "
	       "that would change a result;\nthe file whose comments name them at "
	       "the place where they would stand. None of\nthem changed a result "
	       "in the recordings of real kernels.\n");
#define GROUP(title) printf("\n%s\n", title);
#define ABSENT(file, names, text) print_absent(file, names, text);
#include "reference/not_modelled.def"
}

/* -- topics ----------------------------------------------------------------- */

const struct topic topics[] = {
	{ "events", print_events, "events of the allocator and their fields" },
	{ "gfp", print_gfp, "gfp masks, alloc flags, migratetypes" },
	{ "actions", print_actions, "actions of the screen and their keys" },
	{ "commands", print_colons,
	  "commands of the screen, typed after a colon" },
	{ "glossary", print_glossary, "the kernel's terms, explained" },
	{ "lua", meta_manual, "functions of the scenario language" },
	{ "filters", print_filters, "filter expressions: syntax and examples" },
	{ "luals", meta_luals, "definitions for the Lua language server" },
	{ "luacheck", meta_luacheck, "settings for luacheck" },
	{ "flips", print_flips, "what can let a refused request be served" },
	{ "grading", print_grading, "assignments, properties, reports" },
	{ "environment", print_environment,
	  "environment variables and files of the user" },
	{ "errors", print_errors, "exit codes and errors of requests" },
	{ "not-modelled", print_not_modelled,
	  "what Linux does and the engine does not" },
};

const size_t nr_topics = sizeof(topics) / sizeof(topics[0]);
