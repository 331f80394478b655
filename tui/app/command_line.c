/* SPDX-License-Identifier: GPL-2.0-or-later */
/* command_line: the table of commands, and words out of a line. */
#include "app/command_line.h"

#include <stdio.h>
#include <string.h>

#include "machine/gfp.h"
#include "model/text.h"

const struct colon_info colon_infos[NR_COLONS] = {
#define COLON(id, name, keys, arguments, help)                                 \
	[COLON_##id] = { name, keys, arguments, help },
#include "app/colon.def"
};

const struct setting_info setting_infos[NR_SETTINGS] = {
#define SETTING(name, values, help) [SETTING_##name] = { #name, values, help },
#include "app/settings.def"
};

/* Is @typed (of @length bytes) the name, or its beginning? _ is -. */
static bool begins(const char *name, const char *typed, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!name[i] || (typed[i] == '_' ? '-' : typed[i]) != name[i])
			return false;
	return true;
}

/* -1: none, or more than one. */
static int find_command(const char *typed, size_t length)
{
	int found = -1;

	for (int i = 0; i < NR_COLONS; i++) {
		if (!begins(colon_infos[i].name, typed, length))
			continue;
		if (!colon_infos[i].name[length])
			return i;
		if (found >= 0)
			return -1;
		found = i;
	}
	return length ? found : -1;
}

/* The words behind the name, key=value where the command has keys. */
static bool split_words(struct typed_command *c, char *text,
			struct file_error *error)
{
	const char *keys = colon_infos[c->id].keys;
	char *save = NULL;

	for (char *word = strtok_r(text, " ", &save); word;
	     word = strtok_r(NULL, " ", &save)) {
		char *equals = *keys ? strchr(word, '=') : NULL;

		if (c->nr_words == MAX_TYPED)
			return error_set(error, "%s: too many words",
					 colon_infos[c->id].name);
		if (equals)
			*equals = '\0';
		if (equals && !words_contain(keys, ' ', word))
			return error_set(error, "%s: %s=: no such argument%s%s",
					 colon_infos[c->id].name, word,
					 *keys ? "; it takes " : "", keys);
		c->words[c->nr_words++] = (struct typed_word){
			.key = equals ? word : NULL,
			.value = equals ? equals + 1 : word,
		};
	}
	return true;
}

bool command_parse(struct typed_command *c, const char *text,
		   struct file_error *error)
{
	size_t length;
	int id;

	memset(c, 0, sizeof(*c));
	text += strspn(text, " :");
	print_to(c->whole, "%s", text);
	print_to(c->text, "%s", text);
	for (char *end = c->whole + strlen(c->whole);
	     end > c->whole && end[-1] == ' ';)
		*--end = '\0';
	length = strcspn(c->text, " ");
	id = find_command(c->text, length);
	if (id < 0) {
		c->text[length] = '\0';
		return error_set(error,
				 "%s: no such command%s; :help lists them",
				 c->text, HINT_OF(c->text, colon_infos).s);
	}
	c->id = (enum colon)id;
	c->rest = c->whole + strcspn(c->whole, " ");
	c->rest += strspn(c->rest, " ");
	return split_words(c, c->text + length, error);
}

const char *command_value(const struct typed_command *c, const char *key)
{
	for (unsigned int i = c->nr_words; i-- > 0;)
		if (c->words[i].key && !strcmp(c->words[i].key, key))
			return c->words[i].value;
	return NULL;
}

const char *command_word(const struct typed_command *c, unsigned int i)
{
	for (unsigned int at = 0; at < c->nr_words; at++)
		if (!c->words[at].key && !i--)
			return c->words[at].value;
	return NULL;
}
