/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_doc: `zonewalk doc TOPIC` prints the tables that the program itself
 * works with, so what it says is what is there. Without a topic it lists
 * the topics. To add one, add a row to topics[].
 */
#include <stdio.h>
#include <string.h>

#include "commands/command.h"
#include "app/command_line.h"
#include "machine/gfp.h"
#include "terminal/keymap.h"
#include "lua/meta.h"
#include "events/trace.h"

struct topic {
	const char *name;
	void (*print)(void);
	const char *help;
};

#define COLUMNS 80

/* A text from column @indent on, broken at blanks; the cursor is there. */
static void print_wrapped(int indent, const char *text)
{
	const int width = COLUMNS - indent;

	while ((int)strlen(text) > width) {
		int cut = width;

		while (cut > 0 && text[cut] != ' ')
			cut--;
		if (!cut)
			break;
		printf("%.*s\n%*s", cut, text, indent, "");
		text += cut + 1;
	}
	printf("%s\n", text);
}

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
	print_wrapped(28, text);
}

static void print_words(void)
{
	printf("\nWords that fields hold:\n");
	for (int kind = 0; kind < NR_KINDS; kind++) {
		for (unsigned int i = 0; i < enum_size(kind); i++)
			print_word(i ? "" : field_kind_name(kind),
				   enum_name(kind, i), enum_text(kind, i));
	}
}

static void print_events(void)
{
	printf("Events, by their place on the path: name, kernel function, "
	       "sentence, fields.\nA field is NAME:KIND, or the name alone "
	       "where its kind is the same word.\n");
	for (int stage = 0; stage < NR_STAGES; stage++) {
		printf("\n%s\n", event_stage_name(stage));
		for (int id = 0; id < NR_EVENTS; id++) {
			const struct event_type *type = &event_types[id];

			if ((int)type->stage != stage)
				continue;
			printf("  %-28s %s\n        ", type->name,
			       type->function);
			print_wrapped(8, type->sentence);
			print_fields(type);
		}
	}
	print_words();
}

/* -- commands --------------------------------------------------------------- */

static void print_colons(void)
{
	printf("What may be typed on the screen after a colon:\n\n");
	for (int i = 0; i < NR_COLONS; i++)
		printf("  %s %s\n        %s\n", colon_infos[i].name,
		       colon_infos[i].arguments, colon_infos[i].help);
	printf("\nWhat `set` changes:\n\n");
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

static void print_gfp(void)
{
	printf("What a request says (gfp), joined by |:\n\n");
	print_flags(gfp_names, nr_gfp_names);
	printf("\nWhat the allocator allows itself (alloc_flags):\n\n");
	print_flags(alloc_flag_names, nr_alloc_flag_names);
	printf("\nMigratetypes, and their letters:\n\n");
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		printf("  %c  %s\n", migratetype_letter(type),
		       migratetype_name(type));
}

/* -- errors ----------------------------------------------------------------- */

static const struct {
	enum exit_code code;
	const char *help;
} exit_codes[] = {
	{ EXIT_GOOD, "all is good" },
	{ EXIT_CHECK_FAILED, "a check failed: a recording differs, or an "
			     "expect() did not hold" },
	{ EXIT_USAGE, "the command line is wrong" },
	{ EXIT_SCRIPT, "the scenario is wrong; the message has its line" },
	{ EXIT_LIMIT, "a limit was hit; the message names it" },
	{ EXIT_ISOLATION, "isolation is missing or was violated" },
	{ EXIT_FILE, "a file could not be read or written, or is broken" },
	{ EXIT_INTERNAL, "a fault of zonewalk itself: please report it" },
};

static void print_errors(void)
{
	printf("Exit codes:\n\n");
	for (size_t i = 0; i < sizeof(exit_codes) / sizeof(exit_codes[0]); i++)
		printf("  %2d  %s\n", exit_codes[i].code, exit_codes[i].help);
	printf("\nWhy a request is refused; it has then changed nothing:\n\n");
	for (unsigned int i = MACHINE_ERROR_none + 1;
	     i < enum_size(KIND_machine_error); i++) {
		printf("  %-12s ", enum_name(KIND_machine_error, i));
		print_wrapped(15, enum_text(KIND_machine_error, i));
	}
}

/* -- actions ---------------------------------------------------------------- */

static void print_actions(void)
{
	printf("What keys do on the screen (zonewalk play):\n\n");
	for (int i = ACTION_none + 1; i < NR_ACTIONS; i++) {
		printf("  %-13s %-10s ", action_infos[i].name,
		       action_infos[i].keys);
		print_wrapped(27, action_infos[i].help);
	}
}

/* -- lua -------------------------------------------------------------------- */

static void print_lua(void)
{
	meta_manual(stdout);
}

static void print_luals(void)
{
	meta_luals(stdout);
}

static void print_luacheck(void)
{
	meta_luacheck(stdout);
}

static void print_conditions(void)
{
	printf("A condition asks about one event (trace:count in a scenario, "
	       "search, grading):\n\n"
	       "  watermark_check and not ok\n"
	       "  zone = Normal and order >= 3\n"
	       "  free - unusable <= mark + reserve\n"
	       "  gfp has __GFP_THISNODE or nodemask has 1\n"
	       "  touches 65996\n\n"
	       "A name is a field of the event (zonewalk doc events), the name "
	       "of an event, or\na word that the field on the other side can "
	       "hold: a zone, a migratetype, a gfp\nor alloc flag (zonewalk "
	       "doc gfp), a word of `zonewalk doc events`. Texts may stand\nin "
	       "quotes. Also known: step, request (from 1), node for nid.\n\n"
	       "  = == != ~= < <= > >=   compare\n"
	       "  has                    all these bits of a mask, a node of "
	       "a nodemask\n"
	       "  + -                    count\n"
	       "  and or not ( )         join\n"
	       "  touches N              an event in which a block with frame "
	       "N occurs\n\n"
	       "An event that has not the field answers neither yes nor no: "
	       "`order >= 3` and\n`not order >= 3` both pass over it.\n");
}

/* -- topics ----------------------------------------------------------------- */

static const struct topic topics[] = {
	{ "events", print_events, "what the allocator tells, and its fields" },
	{ "gfp", print_gfp, "gfp masks, alloc flags, migratetypes" },
	{ "actions", print_actions, "what the keys of the screen do" },
	{ "commands", print_colons, "what may be typed after a colon" },
	{ "lua", print_lua, "the functions of the scenario language" },
	{ "conditions", print_conditions, "questions about an event, as text" },
	{ "luals", print_luals, "the language for the Lua language server" },
	{ "luacheck", print_luacheck, "the language for luacheck" },
	{ "errors", print_errors, "exit codes, and why requests are refused" },
};

static const size_t nr_topics = sizeof(topics) / sizeof(topics[0]);

void cmd_doc_topics(void)
{
	printf("Topics:\n");
	for (size_t i = 0; i < nr_topics; i++)
		printf("  %-13s %s\n", topics[i].name, topics[i].help);
}

static int print_topics(void)
{
	cmd_doc_topics();
	printf("\nzonewalk doc TOPIC shows one.\n");
	return EXIT_GOOD;
}

static int print_topic(const char *name)
{
	const char *near;

	for (size_t i = 0; i < nr_topics; i++) {
		if (!strcmp(name, topics[i].name)) {
			topics[i].print();
			return EXIT_GOOD;
		}
	}
	near = nearest_name(name, topics, nr_topics, sizeof(topics[0]));
	return cli_usage("doc", "%s: no such topic%s%s%s", name,
			 near ? "; did you mean " : "", near ? near : "",
			 near ? "?" : "; zonewalk doc lists them");
}

int cmd_doc(int argc, char **argv)
{
	static const struct option none[] = { { NULL, 0, NULL, 0 } };
	int code;

	code = cli_options(argc, argv, "doc", ":", none, NULL, NULL);
	if (code != EXIT_GOOD)
		return code;
	if (argc - optind > 1)
		return cli_usage("doc", "one topic, not %d", argc - optind);
	return optind < argc ? print_topic(argv[optind]) : print_topics();
}
