/* SPDX-License-Identifier: GPL-2.0-or-later */
/* line_edit: characters in, characters out. */
#include "terminal/line_edit.h"

#include <stdio.h>
#include <string.h>

#include "machine/utf8.h"
#include "terminal/glyph.h"
#include "terminal/keymap.h"

void line_set(struct line *line, const char *text)
{
	if (snprintf(line->text, sizeof(line->text), "%s", text) > MAX_LINE)
		utf8_trim(line->text);
	line->length = line->cursor = strlen(line->text);
}

/* Does a character begin at @text that is not a combining one? */
static bool begins_cell(const char *text)
{
	int columns;

	if (((unsigned char)*text & 0xc0) == 0x80)
		return false;
	glyph_next_cell(&text, &columns);
	return columns > 0;
}

/* Where a key moves the cursor, or deletes to. */
static size_t begin(const struct line *line)
{
	return 0;
}

static size_t end(const struct line *line)
{
	return line->length;
}

static size_t before(const struct line *line)
{
	size_t at = line->cursor;

	while (at && !begins_cell(line->text + --at))
		;
	return at;
}

static size_t behind(const struct line *line)
{
	size_t at = line->cursor + (line->cursor < line->length);

	while (at < line->length && !begins_cell(line->text + at))
		at++;
	return at;
}

/* Where the word before the cursor begins. */
static size_t word(const struct line *line)
{
	size_t at = line->cursor;

	while (at && line->text[at - 1] == ' ')
		at--;
	while (at && line->text[at - 1] != ' ')
		at--;
	return at;
}

static const struct {
	uint32_t key;
	char letter; /* the same with Ctrl */
	bool deletes;
	size_t (*to)(const struct line *line);
} keys[] = {
	{ KEYCODE_LEFT, 'b', false, before },
	{ KEYCODE_RIGHT, 'f', false, behind },
	{ KEYCODE_HOME, 'a', false, begin },
	{ KEYCODE_END, 'e', false, end },
	{ KEYCODE_BACKSPACE, 'h', true, before },
	{ KEYCODE_DELETE, 'd', true, behind },
	{ KEY_CONTROL('k'), 'k', true, end },
	{ KEY_CONTROL('u'), 'u', true, begin },
	{ KEY_CONTROL('w'), 'w', true, word },
};

/* Delete the bytes [from, to); the cursor goes there. */
static void cut(struct line *line, size_t from, size_t to)
{
	memmove(line->text + from, line->text + to, line->length - to + 1);
	line->length -= to - from;
	line->cursor = from;
}

static void insert(struct line *line, const char *text, size_t length)
{
	if (line->length + length > MAX_LINE)
		return;
	memmove(line->text + line->cursor + length, line->text + line->cursor,
		line->length - line->cursor + 1);
	memcpy(line->text + line->cursor, text, length);
	line->length += length;
	line->cursor += length;
}

void line_replace(struct line *line, size_t start, const char *text)
{
	if (start < line->cursor)
		cut(line, start, line->cursor);
	insert(line, text, strlen(text));
}

static void recall(struct line *line, struct line_history *h, int change)
{
	if (change < 0 ? !h->at : h->at >= h->nr)
		return;
	if (h->at == h->nr)
		snprintf(h->typed, sizeof(h->typed), "%s", line->text);
	h->at += (unsigned int)change;
	line_set(line, h->at == h->nr ? h->typed : h->lines[h->at]);
}

/* False: the key neither moves the cursor nor deletes. */
static bool edit_key(struct line *line, uint32_t key)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		size_t from = line->cursor, to;

		if (key != keys[i].key && key != KEY_CONTROL(keys[i].letter))
			continue;
		to = keys[i].to(line);
		if (keys[i].deletes)
			cut(line, from < to ? from : to, from < to ? to : from);
		else
			line->cursor = to;
		return true;
	}
	return false;
}

bool line_key(struct line *line, struct line_history *history, uint32_t key)
{
	bool up = key == KEYCODE_UP || key == KEY_CONTROL('p');
	char bytes[5] = "";
	const char *text = bytes;
	int columns;

	if (edit_key(line, key))
		return true;
	if (history && (up || key == KEYCODE_DOWN || key == KEY_CONTROL('n'))) {
		recall(line, history, up ? -1 : 1);
		return true;
	}
	if (key < ' ' || (key >= 127 && key < 160) || key >= KEYCODE_RIGHT)
		return false;
	utf8_encode(key, bytes);
	if (glyph_next_cell(&text, &columns)) /* not a format character */
		insert(line, bytes, strlen(bytes));
	return true;
}

int line_cursor_column(const struct line *line)
{
	const char *text = line->text;
	int column = 0, width;

	while (text < line->text + line->cursor) {
		glyph_next_cell(&text, &width);
		column += width;
	}
	return column;
}

void line_history_add(struct line_history *h, const char *text)
{
	if (!*text || (h->nr && !strcmp(h->lines[h->nr - 1], text)))
		return;
	if (h->nr == MAX_HISTORY)
		memmove(h->lines[0], h->lines[1],
			sizeof(h->lines[0]) * --h->nr);
	snprintf(h->lines[h->nr++], sizeof(h->lines[0]), "%s", text);
	h->at = h->nr;
}

void line_history_begin(struct line_history *h)
{
	h->at = h->nr;
}
