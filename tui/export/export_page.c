/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * export_page: page/page.html with its marks, as @TITLE@, replaced by texts.
 * The data are encoded: who looks at the text of the page does not see the
 * answers.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "export/colors.h"
#include "export/export.h"
#include "export/page_data.h"
#include "machine/embedded.h"

extern const struct embedded_file page_files[];

struct page_parts {
	struct screenshot *shot;
	const struct places *places;
	enum theme theme;
	bool reveal;
	const char *data; /* JSON */
};

/* A file of page/, which has to exist. */
static const char *file_of(const char *name)
{
	const struct embedded_file *file = page_files;

	while (strcmp(file->name, name))
		file++;
	return file->text;
}

/* Letters and digits are rotated by half of their number. */
static int rotated(int c)
{
	const int base = isdigit(c) ? '0' : isupper(c) ? 'A' : 'a';
	const int nr = isdigit(c) ? 10 : 26;

	return (c - base + nr / 2) % nr + base;
}

/* A < could end the element; JSON has an escape for it. */
static void write_encoded(const char *text, FILE *out)
{
	static const char escape[] = "\\u003c";
	const char *from = NULL;

	while (*text || from) {
		const char **at = from ? &from : &text;
		const int c = (unsigned char)*(*at)++;

		if (from && !*from)
			from = NULL;
		if (c == '<')
			from = escape;
		else
			putc(c < 0x80 && isalnum(c) ? rotated(c) : c, out);
	}
}

static void write_title(const struct page_parts *parts, FILE *out)
{
	write_escaped(parts->shot->title, out);
}

static void write_colors(const struct page_parts *parts, FILE *out)
{
	colors_write_css(parts->theme, false, out);
}

static void write_steps(const struct page_parts *parts, FILE *out)
{
	page_steps_write(parts->shot, parts->places, parts->reveal, out);
}

static void write_data(const struct page_parts *parts, FILE *out)
{
	write_encoded(parts->data, out);
}

/* What stands for a mark: a text that is written, or a file. */
static const struct mark {
	const char *name;
	void (*write)(const struct page_parts *parts, FILE *out);
	const char *file;
} marks[] = {
	{ "@TITLE@", write_title, NULL },  { "@COLORS@", write_colors, NULL },
	{ "@STEPS@", write_steps, NULL },  { "@DATA@", write_data, NULL },
	{ "@CSS@", NULL, "page.css" },	   { "@ANSWERS@", NULL, "answers.js" },
	{ "@SCREEN@", NULL, "screen.js" }, { "@PLAYER@", NULL, "player.js" },
};

static const struct mark *mark_at(const char *text)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (!strncmp(text, marks[i].name, strlen(marks[i].name)))
			return &marks[i];
	return NULL;
}

static void write_page(const struct page_parts *parts, FILE *out)
{
	const char *text = file_of("page.html");

	while (*text) {
		const struct mark *mark = *text == '@' ? mark_at(text) : NULL;

		if (!mark) {
			putc(*text++, out);
			continue;
		}
		if (mark->write)
			mark->write(parts, out);
		else
			fputs(file_of(mark->file), out);
		text += strlen(mark->name);
	}
}

bool export_page(struct screenshot *p, const struct places *places,
		 enum theme theme, bool reveal, FILE *out)
{
	struct page_parts parts = {
		.shot = p, .places = places, .theme = theme, .reveal = reveal
	};
	struct json_writer json = { .data = NULL };
	bool ok = page_data_write(p, places, &json);
	char *data = writer_finish(&json);

	ok = ok && data;
	parts.data = data;
	if (ok)
		write_page(&parts, out);
	free(data);
	return ok;
}
