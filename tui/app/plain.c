/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plain: lines in, lines out. */
#include "app/plain.h"

#include <stdlib.h>
#include <string.h>

#include "app/app_private.h"
#include "app/plain_show.h"
#include "terminal/glyph.h"
#include "terminal/text_stream.h"
#include "model/log.h"
#include "model/text.h"

enum { MAX_PRINTED_STEPS = 40 };

struct plain {
	struct app *app;
	FILE *out;
	struct run_log log; /* to that, by a text_stream */
	bool printed_question;
};

/* Until print_end(). False: no memory. */
static bool print_start(struct plain *p)
{
	p->log.out = text_stream_open(p->out, p->app->ascii);
	return p->log.out != NULL;
}

static void print_end(struct plain *p)
{
	fclose(p->log.out);
	fflush(p->out);
}

static void print_message(struct plain *p)
{
	if (p->app->message[0])
		fprintf(p->log.out, "-- %s\n", p->app->message);
	if (p->app->error[0])
		fprintf(p->log.out, "-- %s\n", p->app->error);
	p->app->error[0] = '\0'; /* a line that was printed stays */
}

/* A step, or the line of the fold that it ends. */
static void print_step(struct plain *p, uint32_t step)
{
	const struct fold *fold = guide_fold(&p->app->guide, step);

	if (!fold || fold->open)
		log_step(&p->log, p->app->input.session, step);
	else if (step == fold->end)
		log_fold(&p->log, fold->nr_requests, fold->begin, fold->end,
			 fold->note->text);
}

/* Notes [@from, @to); questions and answers are printed when it is time. */
static void print_notes(struct plain *p, uint32_t from, uint32_t to)
{
	const struct session *s = p->app->input.session;

	for (uint32_t i = from; i < to; i++) {
		const struct note *note = session_note_at(s, i);
		const bool asks = note->kind == NOTE_ASK ||
				  note->kind == NOTE_ANSWER;

		if (note->kind != NOTE_FOLD && note->kind != NOTE_FOLD_END &&
		    (!asks || p->app->guide.no_questions))
			log_note(&p->log, s, i, note);
	}
}

/* The steps and notes between two places. */
static void print_way(struct plain *p, struct place from, struct place to)
{
	uint32_t note = from.note;

	for (uint32_t step = from.step + 1; step <= to.step; step++) {
		const uint32_t next =
			session_notes_until(p->app->input.session, step - 1);

		print_notes(p, note, next);
		note = next > note ? next : note;
		print_step(p, step);
	}
	print_notes(p, note, to.note);
}

/* The step that a jump led to, with its notes. */
static void print_place(struct plain *p)
{
	const struct session *s = p->app->input.session;
	const struct place place = time_place(p->app);
	uint32_t i = session_request_at(s, place.step);
	const struct request *r = session_get_request(s, i);
	char text[2 * GFP_TEXT_MAX + 512];

	if (r && r->first_step != place.step)
		fprintf(p->log.out, "\nin request %u: %s\n", i + 1,
			request_text(r, text, sizeof(text)));
	if (place.step)
		log_step(&p->log, s, place.step);
	print_notes(p, place.step ? session_notes_until(s, place.step - 1) : 0,
		    place.note);
}

static void print_question(struct plain *p)
{
	const struct question *q = p->app->asked;

	log_note(&p->log, p->app->input.session, q->note, q->ask);
	fprintf(p->log.out, MESSAGE_question_plain,
		form_prompts[note_form(q->ask)]);
	fputc('\n', p->log.out);
}

/* Printed, it stays: there is nothing to close. */
static void print_feedback(struct plain *p)
{
	struct notes_state *notes = &p->app->view.notes;
	const struct question *q = notes->feedback;
	const char *feedback;

	fprintf(p->log.out, "-- %s", feedback_title(q));
	if (q->state != QUESTION_SKIPPED)
		fprintf(p->log.out, ": %s", q->given);
	fputc('\n', p->log.out);
	feedback = q->state == QUESTION_WRONG ?
			   prediction_feedback(q->ask, q->given, q->answer) :
			   "";
	if (*feedback)
		fprintf(p->log.out, "  %s\n", feedback);
	log_note(&p->log, p->app->input.session, q->note + 1, q->answer);
	notes->feedback = NULL;
}

static void print_help(struct plain *p)
{
	fputs("an empty line: go on to the next point of interest\n",
	      p->log.out);
	for (int i = 1; i < NR_ACTIONS; i++)
		fprintf(p->log.out, "%s%s%s\n", action_infos[i].keys,
			action_infos[i].keys[0] ? ": " : "\n",
			action_infos[i].help);
	for (int i = 0; i < NR_COLONS; i++)
		fprintf(p->log.out, ":%s %s: %s\n", colon_infos[i].name,
			colon_infos[i].arguments, colon_infos[i].help);
}

/* Space: to the next stop, without waiting. */
static void play(struct plain *p)
{
	struct app *app = p->app;
	struct place from, to;

	do {
		from = time_place(app);
		to = guide_next(&app->guide, from);
		time_go(app, to);
		print_way(p, from, to);
	} while (!place_equal(from, to) && !guide_question(&app->guide, to) &&
		 !time_stops_here(app));
	app->player.playing = false;
}

/* What the line changed, since it was at @before. */
static void print_changes(struct plain *p, struct place before)
{
	struct app *app = p->app;
	const struct place now = time_place(app);

	if (app->player.playing)
		play(p);
	else if (now.step >= before.step && now.note >= before.note &&
		 guide_count(&app->guide, now.step) -
				 guide_count(&app->guide, before.step) <=
			 MAX_PRINTED_STEPS)
		print_way(p, before, now);
	else
		print_place(p);
	if (app->view.notes.feedback)
		print_feedback(p);
	if (app->show[0])
		app->message[0] = '\0';
	app_settle(app);
	if (app->is_ended)
		plain_show_card(app, p->log.out);
	app->is_ended = false; /* what is printed stays */
	if (app->show[0])
		plain_show_panel(app, app->show, p->log.out);
	app->show[0] = '\0';
	if (app->help)
		print_help(p);
	app->help = false;
	if (app->flips)
		flips_print(app, p->log.out);
	flips_close(app);
	print_message(p);
	if (app->asked && !p->printed_question)
		print_question(p);
	p->printed_question = app->asked;
}

/*
 * The line is an answer to the question. A single character that is none may
 * be a key, and : and / begin a command and a search.
 */
static bool is_answer(struct app *app, const char *line)
{
	if (!app->asked || *line == ':' || *line == '/')
		return false;
	if (!strcmp(line, "skip"))
		question_skip(app);
	else
		return question_answer(app, line) || line[1];
	return true;
}

static enum app_effect type(struct app *app, const char *line)
{
	enum app_effect effect = APP_NOTHING;
	const char *text = line;

	if (is_answer(app, line))
		return APP_DRAW;
	while (*text && effect != APP_BACK && effect != APP_QUIT)
		effect = app_key(app, glyph_next(&text), 0);
	if (app->prompt != PROMPT_NONE)
		effect = app_key(app, '\r', 0);
	while (search_is_busy(app))
		search_tick(app);
	/* after an error the next line is a new one */
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
	const struct place before = time_place(app);
	enum app_effect effect = APP_DRAW;

	line[strcspn(line, "\n")] = '\0';
	app->message[0] = '\0';
	if (*line)
		effect = type(app, line);
	else if (app->asked)
		p->printed_question =
			false; /* an empty line is no answer: ask again */
	else
		effect = app_key(app, '\r', 0);
	print_changes(p, before);
	return effect != APP_BACK && effect != APP_QUIT;
}

static void print_begin(struct plain *p)
{
	struct app *app = p->app;
	const uint32_t nr_requests = session_nr_requests(app->input.session);

	fprintf(p->log.out, "%s: %u step%s, %u request%s\n", app->input.title,
		app->player.nr_steps, plural(app->player.nr_steps), nr_requests,
		plural(nr_requests));
	print_message(p);
	if (app->view.counterexample)
		fprintf(p->log.out, "property %s: %s\n",
			app->view.counterexample->property,
			app->view.counterexample->text);
	app_settle(app);
	print_place(p);
	if (app->asked)
		print_question(p);
	p->printed_question = app->asked;
}

/* Read a line, do it, print the result. False: the end. */
static bool do_line(struct plain *p, FILE *in, bool prompt)
{
	const struct app *app = p->app;
	char *line = NULL;
	size_t room = 0;
	bool on;

	if (prompt) {
		fprintf(p->out, "step %u of %u%s ", app->player.step,
			app->player.nr_steps, app->asked ? ", ?" : ">");
		fflush(p->out);
	}
	on = getline(&line, &room, in) >= 0 && print_start(p);
	if (on) {
		on = line_typed(p, line);
		print_end(p);
	}
	free(line);
	return on;
}

bool plain_run(struct app *app, FILE *in, FILE *out, bool prompt)
{
	struct plain p = { .app = app, .out = out };

	app->view.reduced_motion = true;
	if (!print_start(&p))
		return false;
	print_begin(&p);
	print_end(&p);
	while (do_line(&p, in, prompt))
		;
	return true;
}
