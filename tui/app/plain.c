/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plain: lines in, lines out. */
#include "app/plain.h"

#include <stdlib.h>
#include <string.h>

#include "app/app_private.h"
#include "terminal/glyph.h"
#include "app/plain_show.h"
#include "model/log.h"
#include "model/text.h"
#include "model/counterexample.h"

enum { MAX_TOLD_STEPS = 40 };

struct plain {
	struct app *app;
	FILE *out;
	struct run_log telling; /* into memory, see tell_end() */
	char *text;
	size_t length;
	bool asked; /* the question has been put */
};

/* What is told from here on is kept until tell_end(). False: no memory. */
static bool tell_start(struct plain *p)
{
	p->telling.out = open_memstream(&p->text, &p->length);
	return p->telling.out != NULL;
}

/* It goes out, as ASCII where that is wanted. */
static void tell_end(struct plain *p)
{
	const char *text;

	fclose(p->telling.out);
	text = p->text;
	while (*text) {
		char bytes[4];
		uint32_t glyph;

		if (*text == '\n') {
			fputc(*text++, p->out);
			continue;
		}
		glyph = glyph_next(&text);
		if (p->app->ascii)
			fputc(glyph_ascii(glyph), p->out);
		else
			fwrite(bytes, 1, glyph_encode(glyph, bytes), p->out);
	}
	fflush(p->out);
	free(p->text);
}

/* Questions are put, not told: the answer would stand below. */
static void tell_notes(struct plain *p, uint32_t step)
{
	const struct session *s = p->app->input.session;

	for (uint32_t i = 0; i < session_nr_notes(s); i++) {
		const struct note *note = session_note_at(s, i);

		if (note->step == step &&
		    (note->kind != NOTE_ASK || p->app->no_questions))
			log_note(&p->telling, note);
	}
}

static void tell_one(struct plain *p, uint32_t step)
{
	if (step)
		log_step(&p->telling, p->app->input.session, step);
	tell_notes(p, step);
}

/* Where one came to by a jump. */
static void tell_place(struct plain *p)
{
	const struct session *s = p->app->input.session;
	const uint32_t step = p->app->player.step;
	uint32_t i = session_request_at(s, step);
	const struct request *r = session_get_request(s, i);
	char text[2 * GFP_TEXT_MAX + 512];

	if (r && r->first_step != step)
		fprintf(p->telling.out, "\nin request %u: %s\n", i + 1,
			request_text(r, text, sizeof(text)));
	tell_one(p, step);
}

static void tell_question(struct plain *p)
{
	const struct question *q = &p->app->question;

	fprintf(p->telling.out, "? %s\n", q->text);
	for (uint32_t i = 0; i < q->nr_choices; i++)
		fprintf(p->telling.out, "  %c  %s\n", (char)('a' + i),
			q->choices[i]);
}

static void tell_help(struct plain *p)
{
	fputs("an empty line: one step forward\n", p->telling.out);
	for (int i = 1; i < NR_ACTIONS; i++)
		fprintf(p->telling.out, "%s: %s\n", action_infos[i].keys,
			action_infos[i].help);
	for (int i = 0; i < NR_COLONS; i++)
		fprintf(p->telling.out, ":%s %s: %s\n", colon_infos[i].name,
			colon_infos[i].arguments, colon_infos[i].help);
}

/* Space: on to where something stops, without waiting. */
static void play(struct plain *p)
{
	struct app *app = p->app;

	while (app->player.step < app->player.nr_steps) {
		time_forward(app, app->player.step + 1);
		if (app->view.prediction.on)
			break;
		tell_one(p, app->player.step);
		if (time_stops_here(app))
			break;
	}
	player_goto(&app->player, app->player.step);
}

/* What the line has changed. */
static void tell_changes(struct plain *p, uint32_t before)
{
	struct app *app = p->app;
	const uint32_t now = app->player.step;

	if (app->player.playing)
		play(p);
	else if (now > before && now - before <= MAX_TOLD_STEPS)
		for (uint32_t step = before + 1; step <= now; step++)
			tell_one(p, step);
	else if (now != before)
		tell_place(p);
	if (app->show[0]) {
		plain_show(app, app->show, p->telling.out);
		app->show[0] = '\0';
		app->message[0] = '\0';
	}
	if (app->help)
		tell_help(p);
	app->help = false;
	if (app->message[0])
		fprintf(p->telling.out, "-- %s\n", app->message);
	if (app->view.prediction.on && !p->asked)
		tell_question(p);
	p->asked = app->view.prediction.on;
}

static enum app_effect type(struct app *app, const char *line)
{
	enum app_effect effect = APP_NOTHING;
	const char *text = line;
	bool answers = app->view.prediction.on;

	while (*text && effect != APP_BACK && effect != APP_QUIT)
		effect = app_key(app, glyph_next(&text), 0);
	if (app->prompt != PROMPT_NONE || (answers && app->view.prediction.on))
		effect = app_key(app, '\r', 0);
	/* wrong, and told: the next line is a new one */
	app->prompt = PROMPT_NONE;
	if (effect == APP_EDIT)
		app_say(app, "%s:%u", app->input.path ? app->input.path : "-",
			app_source_line(app));
	return effect;
}

/* False: the user leaves. */
static bool line_typed(struct plain *p, char *line)
{
	struct app *app = p->app;
	const uint32_t before = app->player.step;
	enum app_effect effect = APP_DRAW;

	line[strcspn(line, "\n")] = '\0';
	app->message[0] = '\0';
	if (*line)
		effect = type(app, line);
	else if (app->view.prediction.on)
		p->asked = false; /* nothing is no answer: it is put again */
	else
		effect = app_key(app, KEYCODE_RIGHT, 0);
	session_seek(app->input.session, app->player.step);
	tell_changes(p, before);
	app->message[0] = '\0';
	app_finish(app);
	if (app->message[0])
		fprintf(p->telling.out, "-- %s\n", app->message);
	return effect != APP_BACK && effect != APP_QUIT;
}

static void tell_begin(struct plain *p)
{
	struct app *app = p->app;
	const uint32_t nr_requests = session_nr_requests(app->input.session);

	fprintf(p->telling.out, "%s: %u step%s, %u request%s\n",
		app->input.title, app->player.nr_steps,
		plural(app->player.nr_steps), nr_requests, plural(nr_requests));
	if (app->message[0])
		fprintf(p->telling.out, "-- %s\n", app->message);
	if (app->view.counterexample)
		fprintf(p->telling.out, "property %s: %s\n",
			app->view.counterexample->property,
			app->view.counterexample->text);
	session_seek(app->input.session, app->player.step);
	tell_place(p);
}

static void tell_where(struct plain *p)
{
	const struct app *app = p->app;

	fprintf(p->out, "step %u of %u%s ", app->player.step,
		app->player.nr_steps, app->view.prediction.on ? ", ?" : ">");
}

/* Read a line, do it, tell what came of it. False: it is over. */
static bool next_line(struct plain *p, FILE *in, bool prompt)
{
	char *line = NULL;
	size_t room = 0;
	bool on;

	if (prompt) {
		tell_where(p);
		fflush(p->out);
	}
	on = getline(&line, &room, in) >= 0 && tell_start(p);
	if (on) {
		on = line_typed(p, line);
		tell_end(p);
	}
	free(line);
	return on;
}

bool plain_run(struct app *app, FILE *in, FILE *out, bool prompt)
{
	struct plain p = { .app = app, .out = out };

	if (!tell_start(&p))
		return false;
	tell_begin(&p);
	tell_end(&p);
	while (next_line(&p, in, prompt))
		;
	return true;
}
