/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_source: the allocator's source around the line that emitted the
 * event; the function's head stays in sight while it fits.
 */
#include <string.h>

#include "machine/embedded.h"
#include "views/view.h"

enum { SOURCE_ROWS = 11, NUMBER_END = 6, TAB = 4 };

static const struct trace_site *site_of(const struct view_model *vm)
{
	return vm->event ? event_site(vm->event) : NULL;
}

/* The text of a file of the allocator, or NULL. */
static const char *text_of_file(const char *name)
{
	for (size_t i = 0; i < nr_embedded_sources; i++)
		if (!strcmp(embedded_sources[i].name, name))
			return embedded_sources[i].text;
	return NULL;
}

void source_describe(const struct view_model *vm, int width,
		     struct view_title *t)
{
	const struct trace_site *site = site_of(vm);

	if (!site)
		return;
	t->rows = SOURCE_ROWS;
	for (const char *text = text_of_file(site->file);
	     text && (text = strchr(text, '\n')); text++)
		t->most++;
	print_to(t->left, TEXT_source_title_at, site->file, site->line,
		 site->function);
	print_to(t->right, TEXT_source_kernel, event_type(vm->event)->function);
}

/*
 * The first line to show, from 0: the function's head when line @line still
 * is inside, else that line in the middle. A function ends where a line begins
 * with }: the next one has begun.
 */
static int first_line(const char *text, int line, int rows, int scroll)
{
	int begin = 0, total = 0, focus;

	for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
		total++;
		if (*text == '}' && total < line)
			begin = total;
	}
	focus = line - begin < rows ? begin + 1 + rows / 2 : line - 1;
	return window_first(total, rows, focus, scroll);
}

/* Tabs become blanks; the line's end is the text's. */
static struct text line_text(const char *from)
{
	struct text text;
	size_t used = 0;

	for (; *from && *from != '\n' && used + TAB < sizeof(text.s); from++) {
		if (*from != '\t') {
			text.s[used++] = *from;
			continue;
		}
		do
			text.s[used++] = ' ';
		while (used % TAB);
	}
	text.s[used] = '\0';
	return text;
}

static void draw_lines(struct area a, const char *text, int first, int line)
{
	for (int at = 0; at < first + a.height && *text; at++) {
		int y = at - first;
		bool now = at + 1 == line;

		if (y >= 0) {
			put_number(a, NUMBER_END, y, LOOK_DIM, at + 1);
			if (now)
				put_current(a, 1, y);
			if (a.width > NUMBER_END + 2)
				put_text(a, NUMBER_END + 2, y,
					 now ? LOOK_TITLE : LOOK_NORMAL,
					 line_text(text).s);
		}
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
}

void source_draw(const struct view_model *vm, struct area a)
{
	const struct trace_site *site = site_of(vm);
	const char *text = site ? text_of_file(site->file) : NULL;

	if (a.height < 1)
		return;
	if (!site)
		put_text(a, 1, 0, LOOK_DIM, TEXT_source_none);
	else if (!text)
		put_format(a, 1, 0, LOOK_DIM, TEXT_source_missing, site->file);
	else
		draw_lines(a, text,
			   first_line(text, site->line, a.height, a.scroll),
			   site->line);
}
