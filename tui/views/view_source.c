/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_source: the scenario around the line that made the request, or the
 * allocator's source around the line that emitted the event. Of a scenario
 * with an open question only the code before it is shown: comments and strings
 * may have what the lesson is going to say.
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
	int via; /* in the function that it called, or the same */
	int nr; /* of the lines that are shown */
	bool asks; /* a question is open: words may tell its answer */
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

/* The string or the other character at @from, up to the end of the line. */
static size_t part_length(const char *from)
{
	const char *end = from + 1;

	if (!strncmp(from, "[[", 2)) {
		end = strstr(from, "]]");
		return end ? (size_t)(end - from) + 2 : strlen(from);
	}
	if (*from != '"' && *from != '\'')
		return 1;
	while (*end && *end != *from)
		end += 1 + (*end == '\\' && end[1]);
	return (size_t)(end - from) + !!*end;
}

/*
 * @line without comments and without strings of several words; a single word,
 * as "GFP_KERNEL", stays. *@inside: a [[string]] goes on in the next line.
 * False: nothing is left of the line.
 */
static bool hide_words(struct text *line, bool *inside)
{
	const struct text old = *line;
	const char *from = *inside ? strstr(old.s, "]]") : old.s;
	size_t length, used = 0;

	if (!from)
		return false;
	from += *inside ? 2 : 0;
	*inside = false;
	for (; *from && strncmp(from, "--", 2); from += length) {
		length = part_length(from);
		*inside = !strncmp(from, "[[", 2) && !strstr(from, "]]");
		if (length > 1 && (*inside || memchr(from, ' ', length))) {
			if (used + 3 < sizeof(line->s))
				used += (size_t)sprintf(line->s + used, "…");
			continue;
		}
		memcpy(line->s + used, from, length);
		used += length;
	}
	line->s[used] = '\0';
	return line->s[strspn(line->s, " ")] || !old.s[strspn(old.s, " ")];
}

/* The lines that are shown, one after another. */
struct lines {
	const char *text; /* of the next */
	int number, nr; /* of the current one, and of all */
	bool asks, inside;
	struct text line;
};

static struct lines lines_of(const struct listing *l)
{
	return (struct lines){ .text = l->text, .nr = l->nr, .asks = l->asks };
}

static bool next_shown(struct lines *l)
{
	do {
		if (l->number == l->nr)
			return false;
		l->number++;
		l->line = line_text(l->text);
		l->text += strcspn(l->text, "\n");
		l->text += *l->text == '\n';
	} while (l->asks && !hide_words(&l->line, &l->inside));
	return true;
}

static int nr_shown(const struct listing *l)
{
	struct lines lines = lines_of(l);
	int nr = 0;

	while (next_shown(&lines))
		nr++;
	return nr;
}

/* -- both ------------------------------------------------------------------ */

static struct listing listing_of(const struct view_model *vm)
{
	const struct trace_site *site = site_of(vm);
	struct listing l = { .text = NULL };

	if (shows_scenario(vm)) {
		l.text = vm->view->scenario;
		if (vm->request && vm->request->where.file) {
			l.line = (int)source_statement(&vm->request->where);
			l.via = (int)vm->request->where.line;
		}
	} else if (site) {
		l.text = text_of_file(site->file);
		l.line = site->line;
	}
	for (const char *at = l.text; at && *at; l.total++) {
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	/* the file may have been changed since it was run */
	if (l.line > l.total || l.via > l.total)
		l.line = l.via = 0;
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
		if (l.line && l.via != l.line)
			print_to(t->left, TEXT_source_scenario_via, l.line,
				 l.via);
		else if (l.line)
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

/* A line; the current one is not cut but wrapped. Returns its rows. */
static int draw_line(struct area a, int y, const struct listing *l, int number,
		     const char *line)
{
	const int x = NUMBER_END + 2;
	int rows = 1;

	put_number(a, NUMBER_END, y, LOOK_DIM, number);
	if (number == l->via)
		put_text(a, 1, y, LOOK_NORMAL, SIGN_LONGER);
	if (number == l->line) {
		put_current(a, 1, y);
		rows = put_wrapped(a, x, y, a.height - y, LOOK_TITLE, line);
	} else if (a.width > x) {
		put_text(a, x, y, LOOK_NORMAL, line);
	}
	return rows ? rows : 1;
}

static void draw_lines(struct area a, const struct listing *l, int first)
{
	struct lines lines = lines_of(l);
	int y = 0;

	while (y < a.height && next_shown(&lines))
		if (lines.number > first)
			y += draw_line(a, y, l, lines.number, lines.line.s);
	if (l->asks && y < a.height)
		put_wrapped(a, 1, y, a.height - y, LOOK_DIM,
			    TEXT_source_hidden);
}

/* The last row is for the line of the function, if that is not in sight. */
static void draw_listing(const struct listing *l, struct area a)
{
	const int first = first_line(l, a.height, a.scroll);
	struct lines lines = lines_of(l);
	bool found = false;

	if (a.height > 4 && (l->via <= first || l->via >= first + a.height))
		while (!found && next_shown(&lines))
			found = lines.number == l->via;
	if (found)
		draw_line(a, a.height - 1, l, l->via, lines.line.s);
	a.height -= found;
	draw_lines(a, l, first);
}

void source_draw(const struct view_model *vm, struct area a)
{
	const struct listing l = listing_of(vm);
	const struct trace_site *site = site_of(vm);

	if (a.height < 1)
		return;
	if (l.text)
		draw_listing(&l, a);
	else if (site)
		put_format(a, 1, 0, LOOK_DIM, TEXT_source_missing, site->file);
	else
		put_text(a, 1, 0, LOOK_DIM, TEXT_source_none);
}
