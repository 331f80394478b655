/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command_line: what may be typed after a colon, taken apart and completed.
 * It only reads; app_command.c does what was typed.
 *
 *   alloc order=2 gfp=GFP_KERNEL     a command and named arguments
 *   goto request 3                   a command and words
 *
 * A name may be shortened as far as it stays the only one, and be written
 * with - or _.
 */
#ifndef TUI_COMMAND_LINE_H
#define TUI_COMMAND_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "json/file.h"
#include "terminal/line_edit.h"

enum colon {
#define COLON(id, name, keys, arguments, help) COLON_##id,
#include "app/colon.def"
	NR_COLONS
};

struct colon_info {
	const char *name; /* with -; _ may be typed for it */
	const char *keys;
	const char *arguments;
	const char *help;
};

extern const struct colon_info colon_infos[NR_COLONS];

enum setting {
#define SETTING(name, values, help) SETTING_##name,
#include "app/settings.def"
	NR_SETTINGS
};

struct setting_info {
	const char *name;
	const char *values;
	const char *help;
};

extern const struct setting_info setting_infos[NR_SETTINGS];

enum { MAX_TYPED = 12 };

struct typed_word {
	const char *key; /* of key=value, else NULL */
	const char *value;
};

struct typed_command {
	enum colon id;
	unsigned int nr_words;
	struct typed_word words[MAX_TYPED];
	const char *rest; /* everything behind the name, as it was typed */
	char text[MAX_LINE + 1]; /* what words and rest point into */
	char whole[MAX_LINE + 1];
};

/* False: @error says what is wrong and what to do. */
bool command_parse(struct typed_command *c, const char *text,
		   struct file_error *error);
/* The value of a named argument, or NULL. */
const char *command_value(const struct typed_command *c, const char *key);
/* Word @i among those without a key, or NULL. */
const char *command_word(const struct typed_command *c, unsigned int i);

/* What is typed there, for completion. */
enum line_kind { LINE_COMMAND, LINE_FILTER };

enum { MAX_CANDIDATES = 256 };

struct completion {
	size_t start; /* byte of the line where the word begins */
	const char *word; /* to complete, @length bytes */
	size_t length;
	unsigned int nr;
	const char *candidates[MAX_CANDIDATES];
	const char *end; /* what follows a word that is the only one */
};

/* What could stand at the cursor of @line. */
void command_complete(const struct line *line, enum line_kind kind,
		      struct completion *completion);
/*
 * Complete the word at the cursor as far as it is certain. False: nothing
 * was added; the candidates are a help then.
 */
bool completion_apply(const struct completion *completion, struct line *line);

#endif
