/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * markdown: a document of docs/ as the body of a man page. It reads the part
 * of Markdown that these documents use; a table becomes a list with the first
 * column as tags.
 */
#include "reference/mdoc.h"

#include <stdbool.h>
#include <string.h>

#include "model/text.h"

enum { LINE = 2048, CELLS = 8 };

enum block { BLOCK_NONE, BLOCK_TEXT, BLOCK_CODE, BLOCK_TABLE, BLOCK_LIST };

struct reader {
	FILE *out;
	enum block block;
	bool begun; /* something stands before this block */
	uint32_t rows; /* of the table */
	char text[LINE]; /* of the paragraph or item, joined */
};

/* -- lines ------------------------------------------------------------------ */

/* Copy the next line to @line, without links' targets. False at the end. */
static bool read_line(const char **text, char line[LINE])
{
	size_t length = strcspn(*text, "\n");

	if (!**text)
		return false;
	snprintf(line, LINE, "%.*s", (int)length, *text);
	*text += length + ((*text)[length] == '\n');
	return true;
}

/* "[text](target)" becomes "text". */
static void strip_links(char *text)
{
	char *middle, *open, *end;

	while ((middle = strstr(text, "](")) && (end = strchr(middle, ')'))) {
		*middle = '\0';
		open = strrchr(text, '[');
		*middle = ']';
		if (!open)
			return;
		memmove(middle, end + 1, strlen(end));
		memmove(open, open + 1, strlen(open));
	}
}

/* -- blocks ----------------------------------------------------------------- */

static void flush(struct reader *r)
{
	strip_links(r->text);
	if (*r->text)
		mdoc_marked(r->out, r->text);
	*r->text = '\0';
}

static void end_block(struct reader *r)
{
	flush(r);
	if (r->block == BLOCK_CODE)
		fputs(".Ed\n", r->out);
	if (r->block == BLOCK_TABLE)
		mdoc_list_end(r->out);
	if (r->block == BLOCK_LIST)
		fputs(".El\n", r->out);
	r->block = BLOCK_NONE;
}

static void begin_block(struct reader *r, enum block block)
{
	if (r->block == block)
		return;
	end_block(r);
	r->block = block;
	if (block == BLOCK_TEXT && r->begun)
		fputs(".Pp\n", r->out);
	if (block == BLOCK_CODE)
		fputs(".Bd -literal -offset indent\n", r->out);
	if (block == BLOCK_TABLE)
		mdoc_list_begin(r->out);
	if (block == BLOCK_LIST)
		fputs(".Bl -bullet\n", r->out);
	r->rows = 0;
	r->begun = true;
}

/* Add a line to the paragraph. */
static void add(struct reader *r, const char *line)
{
	size_t used = strlen(r->text);

	line += strspn(line, " ");
	snprintf(r->text + used, LINE - used, "%s%s", used ? " " : "", line);
}

static void heading(struct reader *r, const char *line)
{
	size_t level = strspn(line, "#");

	end_block(r);
	if (level > 1) {
		mdoc_macro(r->out, level == 2 ? "Sh" : "Ss", line + level + 1);
		r->begun = false;
	}
}

/* "| a | b |": the tag and the text of an item; the first two rows are none. */
static void table_row(struct reader *r, char *line)
{
	char *cell = line + 2, *end;

	begin_block(r, BLOCK_TABLE);
	if (r->rows++ < 2)
		return;
	for (uint32_t i = 0; i < CELLS && (end = strstr(cell, " |")); i++) {
		*end = '\0';
		if (!i) {
			char *c, *to = cell;

			for (c = cell; *c; c++)
				if (*c != '`')
					*to++ = *c;
			*to = '\0';
			mdoc_item(r->out, "Ic", cell);
		} else {
			add(r, cell);
			if (end[2])
				strncat(r->text, ";",
					LINE - strlen(r->text) - 1);
		}
		cell = end[2] ? end + 3 : end + 2;
	}
	flush(r);
}

static void put_line(struct reader *r, char *line)
{
	if (!strncmp(line, "```", 3)) {
		if (r->block == BLOCK_CODE)
			end_block(r);
		else
			begin_block(r, BLOCK_CODE);
	} else if (r->block == BLOCK_CODE) {
		mdoc_literal(r->out, line);
		fputc('\n', r->out);
	} else if (!*line) {
		end_block(r);
	} else if (*line == '#') {
		heading(r, line);
	} else if (*line == '|') {
		table_row(r, line);
	} else if (!strncmp(line, "- ", 2)) {
		begin_block(r, BLOCK_LIST);
		flush(r);
		fputs(".It\n", r->out);
		add(r, line + 2);
	} else {
		if (r->block != BLOCK_LIST)
			begin_block(r, BLOCK_TEXT);
		add(r, line);
	}
}

void mdoc_markdown(FILE *out, const char *text)
{
	struct reader r = { .out = out };
	char line[LINE];

	while (read_line(&text, line))
		put_line(&r, line);
	end_block(&r);
}
