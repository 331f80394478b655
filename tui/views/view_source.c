/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_source: the allocator's source around the line that emitted the
 * event; the function's head stays in sight while it fits.
 */
#include <string.h>

#include "machine/embedded.h"
#include "model/text.h"
#include "views/view.h"

enum { SOURCE_ROWS = 11, NUMBER_END = 6, TAB = 4 };

static const struct trace_site *site_of(const struct view_model *vm)
{
	return vm->event ? event_site(vm->event) : NULL;
}

static const struct embedded_file *file_of(const struct trace_site *site)
{
	for (size_t i = 0; i < nr_embedded_sources; i++)
		if (!strcmp(embedded_sources[i].name, site->file))
			return &embedded_sources[i];
	return NULL;
}

static void source_title(const struct view_model *vm,
			 const struct view_state *v, struct view_title *t)
{
	const struct trace_site *site = site_of(vm);

	if (!site)
		return;
	snprintf(t->left, sizeof(t->left), TEXT_source_title_at, site->file,
		 site->line, site->function);
	snprintf(t->right, sizeof(t->right), TEXT_source_kernel,
		 event_type(vm->event)->function);
}

static int nr_lines(const struct embedded_file *file)
{
	int nr = 0;

	for (const char *c = file->text; (c = strchr(c, '\n')); c++)
		nr++;
	return nr;
}

/* A function ends where a line begins with }: the next one has begun. */
static int function_begin(const struct embedded_file *file, int line)
{
	const char *c = file->text;
	int begin = 1;

	for (int i = 1; i < line && c; i++) {
		if (*c == '}')
			begin = i + 1;
		c = strchr(c, '\n');
		c = c ? c + 1 : NULL;
	}
	return begin;
}

/*
 * The first line to show, from 0: the function's head when the line still
 * is inside, else the line in the middle.
 */
static int first_line(const struct embedded_file *file, int line, int rows,
		      int total, int scroll)
{
	int begin = function_begin(file, line);

	if (line - begin < rows - 1)
		return window_first(total, rows, begin + rows / 2, scroll);
	return window_first(total, rows, line - 1, scroll);
}

/* Tabs become blanks; the line's end is the text's. */
static const char *line_text(const char *from, char *buf, size_t size)
{
	size_t used = 0;

	for (; *from && *from != '\n' && used + TAB + 1 < size; from++) {
		if (*from != '\t') {
			buf[used++] = *from;
			continue;
		}
		do
			buf[used++] = ' ';
		while (used % TAB);
	}
	buf[used] = '\0';
	return buf;
}

static void draw_lines(struct area a, const struct embedded_file *file,
		       int first, int line)
{
	const char *at = file->text;
	char text[256];

	for (int i = 0; i < first && at; i++) {
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
	for (int y = 0; y < a.height && at && *at; y++) {
		bool now = first + y + 1 == line;

		put_number(a, NUMBER_END, y, LOOK_DIM, first + y + 1);
		if (now)
			put_current(a, 1, y);
		if (a.width > NUMBER_END + 2)
			put_text(a, NUMBER_END + 2, y,
				 now ? LOOK_TITLE : LOOK_NORMAL,
				 line_text(at, text, sizeof(text)));
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
}

static void source_draw(const struct view_model *vm, struct area a,
			const struct view_state *v)
{
	const struct trace_site *site = site_of(vm);
	const struct embedded_file *file = site ? file_of(site) : NULL;

	if (a.height < 1)
		return;
	if (!site) {
		put_text(a, 1, 0, LOOK_DIM, TEXT_source_none);
		return;
	}
	if (!file) {
		put_format(a, 1, 0, LOOK_DIM, TEXT_source_missing, site->file);
		return;
	}
	draw_lines(a, file,
		   first_line(file, site->line, a.height, nr_lines(file),
			      v->scroll),
		   site->line);
}

const struct view view_source = {
	.name = "source",
	.panel = PANEL_SOURCE,
	.help = TEXT_source_help,
	.heading = TEXT_source_title,
	.title = source_title,
	.rows = SOURCE_ROWS,
	.draw = source_draw,
};
