/* SPDX-License-Identifier: GPL-2.0-or-later */
/* complete: what could stand at the cursor of a line being typed. */
#include <stdio.h>
#include <string.h>

#include "app/command_line.h"
#include "machine/gfp.h"
#include "events/trace.h"

static void offer(struct completion *c, const char *word, size_t length,
		  const char *name)
{
	if (strncmp(name, word, length) || c->nr == MAX_CANDIDATES)
		return;
	for (unsigned int i = 0; i < c->nr; i++)
		if (!strcmp(c->candidates[i], name))
			return;
	c->candidates[c->nr++] = name;
}

/* What a condition is made of: events, their fields, words between. */
static void offer_condition(struct completion *c, const char *word,
			    size_t length)
{
	static const char *const joints[] = { "and", "or", "not" };

	for (size_t i = 0; i < sizeof(joints) / sizeof(*joints); i++)
		offer(c, word, length, joints[i]);
	for (int i = 0; i < NR_EVENTS; i++) {
		const struct event_type *type = &event_types[i];

		offer(c, word, length, type->name);
		for (unsigned int f = 0; length && f < type->nr_fields; f++)
			offer(c, word, length, type->fields[f].name);
	}
}

static void offer_flags(struct completion *c, const char *word, size_t length,
			const struct flag_name *names, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		offer(c, word, length, names[i].name);
}

/* Those words of @known that stand in the list @words. */
static void offer_words(struct completion *c, const char *word, size_t length,
			const char *words)
{
	static const char *const known[] = { "on",	 "off",	  "order",
					     "gfp",	 "node",  "cpu",
					     "nodemask", "flags", "owner" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (words_contain(words, known[i]))
			offer(c, word, length, known[i]);
}

/* The second word of `set`: a setting; the third: its value. */
static void offer_settings(struct completion *c, const char *text,
			   const char *word, size_t length)
{
	char name[32];

	if (sscanf(text, "%*s %31s", name) == 1 &&
	    strstr(text, name) + strlen(name) < word) {
		for (int i = 0; i < NR_SETTINGS; i++)
			if (!strcmp(name, setting_infos[i].name))
				offer_words(c, word, length,
					    setting_infos[i].values);
		return;
	}
	for (int i = 0; i < NR_SETTINGS; i++)
		offer(c, word, length, setting_infos[i].name);
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
	const char *word = line->text + c->start;
	size_t length = line->cursor - c->start;
	struct typed_command command;
	char name[MAX_LINE + 1], error[8];

	memcpy(name, line->text, c->start);
	name[c->start] = '\0';
	name[strcspn(name, " ")] = '\0';
	if (!command_parse(&command, name, error, sizeof(error)))
		return;
	if (is_value_of(line->text, c->start, "gfp"))
		offer_flags(c, word, length, gfp_names, nr_gfp_names);
	else if (is_value_of(line->text, c->start, "flags"))
		offer_flags(c, word, length, alloc_flag_names,
			    nr_alloc_flag_names);
	else if (command.id == COLON_find || command.id == COLON_break)
		offer_condition(c, word, length);
	else if (command.id == COLON_set)
		offer_settings(c, line->text, word, length);
	else if (command.id == COLON_help)
		for (int i = 0; i < NR_COLONS; i++)
			offer(c, word, length, colon_infos[i].name);
	else {
		offer_words(c, word, length, colon_infos[command.id].keys);
		c->end = "=";
	}
}

void command_complete(const struct line *line, enum line_kind kind,
		      struct completion *c)
{
	size_t start = line->cursor;

	while (start && !strchr(" =|<>!(", line->text[start - 1]))
		start--;
	*c = (struct completion){ .start = start, .end = " " };
	if (kind == LINE_CONDITION) {
		offer_condition(c, line->text + start, line->cursor - start);
		return;
	}
	if (memchr(line->text, ' ', start)) {
		offer_argument(c, line);
		return;
	}
	for (int i = 0; i < NR_COLONS; i++)
		offer(c, line->text + start, line->cursor - start,
		      colon_infos[i].name);
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
