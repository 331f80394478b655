/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_source: the scenario around the line that made the request, or the
 * allocator's source around the line that emitted the event. Of a scenario
 * with an open question only the lines before it are shown, without comments.
 */
#include <string.h>

#include "machine/embedded.h"
#include "model/guide.h"
#include "views/view.h"

enum { SOURCE_ROWS = 11, SOURCE_WIDTH = 84, NUMBER_END = 6, TAB = 4 };

/* What the panel shows. */
struct listing {
	const char *text; /* NULL: there is none */
	int line; /* the current one, from 1; 0: none */
	int nr; /* of the lines that are shown */
	bool asks; /* a question is open: comments may tell its answer */
	int total;
};

/* -- the allocator --------------------------------------------------------- */

/* Of this step's event; before the first, of that. */
static const struct event *event_of(const struct view_model *vm)
{
	return vm->event || !vm->nr_visible_steps ?
		       vm->event :
		       history_event(session_history(vm->session), 1);
}

static const struct trace_site *site_of(const struct view_model *vm)
{
	const struct event *event = event_of(vm);

	return event ? event_site(event) : NULL;
}

/* The text of a file of the allocator, or NULL. */
static const char *text_of_file(const char *name)
{
	for (size_t i = 0; i < nr_embedded_sources; i++)
		if (!strcmp(embedded_sources[i].name, name))
			return embedded_sources[i].text;
	return NULL;
}

/* -- the scenario ---------------------------------------------------------- */

static bool shows_scenario(const struct view_model *vm)
{
	return vm->view->scenario && !vm->view->source_engine;
}

/* The lines before an open question; or all. */
static int visible_lines(const struct view_model *vm, int total)
{
	const struct guide *g = vm->view->notes.guide;
	const struct question *q = g ? guide_open_question(g) : NULL;
	const int before =
		q && q->ask->where.line ? (int)q->ask->where.line - 1 : 0;

	return q && before < total ? before : total;
}

static bool is_comment(const char *line)
{
	return !strncmp(line + strspn(line, " \t"), "--", 2);
}

/* How many of the lines are shown: comments are not if a question is open. */
static int nr_shown(const struct listing *l)
{
	const char *text = l->text;
	int nr = 0;

	for (int i = 0; i < l->nr; i++) {
		nr += !(l->asks && is_comment(text));
		text += strcspn(text, "\n") + 1;
	}
	return nr;
}

/* -- both ------------------------------------------------------------------ */

static struct listing listing_of(const struct view_model *vm)
{
	const struct trace_site *site = site_of(vm);
	struct listing l = { .text = NULL };

	if (shows_scenario(vm)) {
		l.text = vm->view->scenario;
		if (vm->request && vm->request->where.file)
			l.line = (int)vm->request->where.line;
	} else if (site) {
		l.text = text_of_file(site->file);
		l.line = site->line;
	}
	for (const char *at = l.text; at && *at; l.total++) {
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	/* the file may have been changed since it was run */
	if (l.line > l.total)
		l.line = 0;
	l.nr = shows_scenario(vm) ? visible_lines(vm, l.total) : l.total;
	l.asks = l.nr < l.total;
	return l;
}

void source_describe(const struct view_model *vm, int width,
		     struct view_title *t)
{
	const struct listing l = listing_of(vm);
	const struct trace_site *site = site_of(vm);

	if (!l.text)
		return;
	t->rows = SOURCE_ROWS;
	t->columns = SOURCE_WIDTH;
	t->most = nr_shown(&l) + l.asks + 1;
	if (shows_scenario(vm)) {
		print_to(t->left, TEXT_source_scenario);
		if (l.line)
			print_to(t->left, TEXT_source_scenario_at, l.line);
		return;
	}
	print_to(t->left, TEXT_source_title_at, site->file, site->line,
		 site->function);
	print_to(t->right, TEXT_source_kernel,
		 event_type(event_of(vm))->function);
}

/*
 * The first line to show, from 0: the function's head when the current line
 * still is inside, else that line in the middle. A function ends where a line
 * begins with }: the next one has begun.
 */
static int first_line(const struct listing *l, int rows, int scroll)
{
	const char *text = l->text;
	int begin = 0, focus;

	for (int i = 1; i < l->line; i++) {
		if (*text == '}')
			begin = i;
		text = strchr(text, '\n') + 1;
	}
	focus = l->line - begin < rows ? begin + 1 + rows / 2 : l->line - 1;
	return window_first(l->nr, rows, focus, scroll);
}

/* Tabs become blanks; the line's end is the text's. */
static struct text line_text(const char *from)
{
	struct text text;
	size_t used = 0;

	for (; *from && *from != '\n' && *from != '\r' &&
	       used + TAB < sizeof(text.s);
	     from++) {
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

/* A line; the current one is not cut but wrapped. Returns its rows. */
static int draw_line(struct area a, int y, int number, bool now,
		     const char *text)
{
	const int x = NUMBER_END + 2;
	const struct text line = line_text(text);
	int rows = 1;

	put_number(a, NUMBER_END, y, LOOK_DIM, number);
	if (now) {
		put_current(a, 1, y);
		rows = put_wrapped(a, x, y, a.height - y, LOOK_TITLE, line.s);
	} else if (a.width > x) {
		put_text(a, x, y, LOOK_NORMAL, line.s);
	}
	return rows ? rows : 1;
}

static void draw_lines(struct area a, const struct listing *l, int first)
{
	const char *text = l->text;
	int y = 0;

	for (int at = 0; at < l->nr && y < a.height; at++) {
		if (at >= first && !(l->asks && is_comment(text)))
			y += draw_line(a, y, at + 1, at + 1 == l->line, text);
		text += strcspn(text, "\n") + 1;
	}
	if (l->asks && y < a.height)
		put_wrapped(a, 1, y, a.height - y, LOOK_DIM,
			    TEXT_source_hidden);
}

void source_draw(const struct view_model *vm, struct area a)
{
	const struct listing l = listing_of(vm);
	const struct trace_site *site = site_of(vm);

	if (a.height < 1)
		return;
	if (l.text)
		draw_lines(a, &l, first_line(&l, a.height, a.scroll));
	else if (site)
		put_format(a, 1, 0, LOOK_DIM, TEXT_source_missing, site->file);
	else
		put_text(a, 1, 0, LOOK_DIM, TEXT_source_none);
}
