/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lesson_screen: what is on a lesson's screen, as text. */
#include "lesson_panels.h"

#include <dirent.h>

#include "files.h"
#include "test.h"

enum { SHORTEST = 12 };

void lesson_complain(struct lesson_screen *l, const char *what,
		     const char *text)
{
	if (!l->nr_bad++)
		fprintf(stderr, "%s, step %u: %s: %s\n%s\n", l->name,
			l->app.player.step, what, text, l->text);
}

/* Without borders and with single blanks, in place. */
static void flatten(char *text)
{
	const char *from = text;
	char *to = text;

	for (; *from; from++) {
		if (!strncmp(from, "│", 3)) {
			from += 2;
			continue;
		}
		*to = *from == '\n' ? ' ' : *from;
		to += *to != ' ' || to == text || to[-1] != ' ';
	}
	*to = '\0';
}

/* Each panel for itself: lines of panels beside it are not between its own. */
static void read_panels(struct lesson_screen *l)
{
	size_t size;
	FILE *out;

	free(l->panels);
	l->panels = NULL;
	out = open_memstream(&l->panels, &size);
	for (unsigned int i = 0; i < l->app.layout.nr_panels; i++) {
		char *text = lesson_panel_text(l, i);

		fputs(text, out);
		free(text);
	}
	fclose(out);
	flatten(l->panels);
}

void lesson_draw(struct lesson_screen *l)
{
	size_t size;
	FILE *out;

	canvas_clear(&l->canvas);
	app_update(&l->app, l->canvas.width, l->canvas.height);
	app_draw(&l->app, &l->canvas);
	free(l->text);
	l->text = NULL;
	out = open_memstream(&l->text, &size);
	canvas_dump(&l->canvas, out);
	fclose(out);
	flatten(l->text);
	read_panels(l);
}

bool lesson_shows(const struct lesson_screen *l, const char *text)
{
	char part[64];

	if (strlen(text) < SHORTEST)
		return false;
	snprintf(part, sizeof(part), "%.40s", text);
	return strstr(l->text, part) || strstr(l->panels, part);
}

/* Was it said before note @i? */
static bool was_said(const struct lesson_screen *l, uint32_t i,
		     const char *text)
{
	const char *part;

	while (i-- > 0) {
		const struct note *note = session_note_at(l->session, i);

		for (uint32_t k = 0; (part = note_part(note, k)); k++)
			if (strstr(part, text))
				return true;
	}
	return false;
}

/* @number between other characters than digits, how often in @text? */
static int count_number(const char *text, const char *number)
{
	const size_t length = strlen(number);
	int nr = 0;

	for (const char *at = text; (at = strstr(at, number)); at += length)
		nr += (at == text || !strchr("0123456789", at[-1])) &&
		      (!at[length] || !strchr("0123456789", at[length]));
	return nr;
}

/*
 * A large count that answers a question stands in no panel beside it, only in
 * what the lesson says, unless it was on the first screen.
 */
static void check_number(struct lesson_screen *l, const struct question *q)
{
	const struct note *caption = l->app.view_model->caption;
	const char *number = q->answer->text;

	if (l->app.asked != q || note_form(q->ask) != FORM_number ||
	    strlen(number) < 3 || strspn(number, "0123456789") < strlen(number))
		return;
	if (!count_number(l->first, number) &&
	    count_number(l->text, number) >
		    count_number(q->ask->text, number) +
			    (caption ? count_number(caption->text, number) :
				       0) +
			    count_number(l->app.answer.text, number))
		lesson_complain(l, "a panel shows the answer", number);
}

/* Nothing from the open question's answer on is on the screen. */
static void check_hidden(struct lesson_screen *l)
{
	const struct question *q = guide_open_question(&l->app.guide);
	const struct note *note;
	const char *part;

	if (!q)
		return;
	if (l->app.player.step > q->step)
		lesson_complain(l, "passed a question", q->ask->text);
	check_number(l, q);
	lesson_check_panels(l, q);
	for (uint32_t i = q->note + 1; (note = session_note_at(l->session, i));
	     i++) {
		if (note->kind == NOTE_ANSWER) {
			for (uint32_t k = 1; (part = note_part(note, k)); k++)
				if (lesson_shows(l, part) &&
				    !was_said(l, q->note, part))
					lesson_complain(l, "shown early", part);
		} else if (lesson_shows(l, note->text) &&
			   !was_said(l, q->note, note->text)) {
			lesson_complain(l, "shown early", note->text);
		}
	}
}

bool lesson_was_said(const struct lesson_screen *l, const struct question *q,
		     const char *number)
{
	for (uint32_t i = 0; i <= q->note; i++) {
		const struct note *note = session_note_at(l->session, i);

		if ((note->kind == NOTE_SAY || note->kind == NOTE_ASK) &&
		    count_number(note->text, number))
			return true;
	}
	return false;
}

void lesson_look(struct lesson_screen *l)
{
	lesson_draw(l);
	if (!l->first)
		l->first = strdup(l->text);
	check_hidden(l);
}

/* -- lessons --------------------------------------------------------------- */

static struct session *session_of(struct scenario *sc)
{
	for (uint32_t i = 0; i < scenario_nr_sessions(sc); i++)
		if (session_nr_steps(scenario_session(sc, i)))
			return scenario_session(sc, i);
	return scenario_nr_sessions(sc) ? scenario_session(sc, 0) : NULL;
}

bool lesson_screen_open(struct lesson_screen *l, struct scenario **sc,
			const char *path, const char *text, uint64_t seed,
			int width, int height)
{
	const struct scenario_options options = { .record = true,
						  .seed = seed,
						  .isolation = ISOLATION_NONE };
	struct app_input input = { .title = "lesson", .message = "" };
	struct file_text changed = { (char *)text, text ? strlen(text) : 0 };

	*sc = text ? scenario_run_text(path, &changed, &options) :
		     scenario_run(path, &options);
	/* with another text it need not come to its end */
	if (!*sc || (!text && scenario_outcome(*sc) != SCENARIO_OK))
		return false;
	l->session = input.session = session_of(*sc);
	input.text = l->source = file_text(path);
	return l->session && app_init(&l->app, &input, NULL) &&
	       canvas_init(&l->canvas, width, height, false);
}

void lesson_screen_close(struct lesson_screen *l, struct scenario *sc)
{
	free(l->text);
	free(l->panels);
	free(l->first);
	free(l->source);
	canvas_fini(&l->canvas);
	app_fini(&l->app);
	scenario_free(sc);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_lesson(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && !strcmp(dot, ".lua");
}

int lesson_for_each(void (*visit)(const char *path, const char *name,
				  void *context),
		    void *context)
{
	const char *source = getenv("ZONEWALK_SOURCE");
	struct dirent **entries;
	char folder[512], path[1024];
	int nr;

	snprintf(folder, sizeof(folder), "%s/scenarios", source ? source : ".");
	nr = scandir(folder, &entries, is_lesson, by_name);
	for (int i = 0; i < nr; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder,
			 entries[i]->d_name);
		visit(path, entries[i]->d_name, context);
		free(entries[i]);
	}
	if (nr >= 0)
		free(entries);
	return nr;
}
