/* SPDX-License-Identifier: GPL-2.0-or-later */
/* complete: what could stand at the cursor of a line being typed. */
#include <stdio.h>
#include <string.h>

#include "app/command_line.h"
#include "machine/gfp.h"
#include "events/trace.h"
#include "model/text.h"

static void offer(struct completion *c, const char *name)
{
	if (strncmp(name, c->word, c->length) || c->nr == MAX_CANDIDATES)
		return;
	for (unsigned int i = 0; i < c->nr; i++)
		if (!strcmp(c->candidates[i], name))
			return;
	c->candidates[c->nr++] = name;
}

/* Offer the names of a table, which are its rows' first member. */
#define OFFER_NAMES(c, table, rows)                                            \
	do {                                                                   \
		for (size_t row = 0; row < (size_t)(rows); row++)              \
			offer(c, (table)[row].name);                           \
	} while (0)

/* What a filter is made of: events, their fields, words between. */
static void offer_filter(struct completion *c)
{
	offer(c, "and");
	offer(c, "or");
	offer(c, "not");
	OFFER_NAMES(c, event_types, NR_EVENTS);
	for (int i = 0; c->length && i < NR_EVENTS; i++)
		OFFER_NAMES(c, event_types[i].fields, event_types[i].nr_fields);
}

/* Those words of @known that stand in the list @words. */
static void offer_words(struct completion *c, const char *words)
{
	static const char *const known[] = { "on",	 "off",	  "order",
					     "gfp",	 "node",  "cpu",
					     "nodemask", "flags", "owner" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (words_contain(words, ' ', known[i]))
			offer(c, known[i]);
}

/* The second word of `set`: a setting; the third: its value. */
static void offer_settings(struct completion *c, const char *text)
{
	char name[32];

	if (sscanf(text, "%*s %31s", name) != 1 ||
	    strstr(text, name) + strlen(name) >= c->word) {
		OFFER_NAMES(c, setting_infos, NR_SETTINGS);
		return;
	}
	for (int i = 0; i < NR_SETTINGS; i++)
		if (!strcmp(name, setting_infos[i].name))
			offer_words(c, setting_infos[i].values);
}

/* Does the word at @start of @text belong to key=...? */
static bool is_value_of(const char *text, size_t start, const char *key)
{
	size_t length = strlen(key);
	size_t begin = start;

	while (begin && text[begin - 1] != ' ')
		begin--;
	return !strncmp(text + begin, key, length) &&
	       text[begin + length] == '=';
}

static void offer_argument(struct completion *c, const struct line *line)
{
	struct typed_command command;
	struct file_error error;
	char name[MAX_LINE + 1];

	print_to(name, "%.*s", (int)strcspn(line->text, " "), line->text);
	if (!command_parse(&command, name, &error))
		return;
	if (is_value_of(line->text, c->start, "gfp"))
		OFFER_NAMES(c, gfp_names, nr_gfp_names);
	else if (is_value_of(line->text, c->start, "flags"))
		OFFER_NAMES(c, alloc_flag_names, nr_alloc_flag_names);
	else if (command.id == COLON_find || command.id == COLON_break)
		offer_filter(c);
	else if (command.id == COLON_set)
		offer_settings(c, line->text);
	else if (command.id == COLON_help)
		OFFER_NAMES(c, colon_infos, NR_COLONS);
	else {
		offer_words(c, colon_infos[command.id].keys);
		c->end = "=";
	}
}

void command_complete(const struct line *line, enum line_kind kind,
		      struct completion *c)
{
	size_t start = line->cursor;

	while (start && !strchr(" =|<>!(", line->text[start - 1]))
		start--;
	*c = (struct completion){ .start = start,
				  .word = line->text + start,
				  .length = line->cursor - start,
				  .end = " " };
	if (kind == LINE_FILTER)
		offer_filter(c);
	else if (memchr(line->text, ' ', start))
		offer_argument(c, line);
	else
		OFFER_NAMES(c, colon_infos, NR_COLONS);
}

bool completion_apply(const struct completion *c, struct line *line)
{
	size_t before = line->cursor, common;
	char text[MAX_LINE + 1];

	if (!c->nr)
		return false;
	common = strlen(c->candidates[0]);
	for (unsigned int i = 1; i < c->nr; i++)
		while (strncmp(c->candidates[0], c->candidates[i], common))
			common--;
	if (common > MAX_LINE - 1)
		return false;
	memcpy(text, c->candidates[0], common);
	text[common] = '\0';
	if (c->nr == 1)
		strcat(text, c->end);
	line_replace(line, c->start, text);
	return line->cursor > before;
}
