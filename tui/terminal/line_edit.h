/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * line_edit: a line of text being typed, and the lines typed before.
 *
 *   struct line line = { .length = 0 };
 *   line_key(&line, &history, key)     typed, moved, deleted, recalled
 *
 * Keys as everywhere: Left Right Home End Backspace Delete, C-a C-e C-b C-f
 * C-d C-h C-k C-u C-w, Up and Down (C-p C-n) for the history. UTF-8; the
 * cursor never stands inside a character or before a combining one.
 */
#ifndef TUI_LINE_EDIT_H
#define TUI_LINE_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAX_LINE = 400, MAX_HISTORY = 50 };

struct line {
	char text[MAX_LINE + 1];
	size_t length; /* bytes */
	size_t cursor; /* byte before which the next character goes */
};

struct line_history {
	char lines[MAX_HISTORY][MAX_LINE + 1]; /* the oldest first */
	unsigned int nr;
	unsigned int at; /* the one shown; nr: what is being typed */
	char typed[MAX_LINE + 1]; /* kept while an old one is shown */
};

void line_set(struct line *line, const char *text);
/* Put @text in place of the bytes from @start to the cursor. */
void line_replace(struct line *line, size_t start, const char *text);
/* @history may be NULL. False: the key means nothing here. */
bool line_key(struct line *line, struct line_history *history, uint32_t key);
/* Columns before the cursor. */
int line_cursor_column(const struct line *line);

/* Remember a line, unless it is empty or the same as the last one. */
void line_history_add(struct line_history *history, const char *text);
/* A new line is begun: Up gives the last one again. */
void line_history_begin(struct line_history *history);

#endif
