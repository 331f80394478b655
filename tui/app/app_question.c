/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_question: a question is asked where it stands; an answer is given and
 * scored; the steps play to the one that decides; the feedback stays until
 * the learner goes on.
 */
#include <string.h>

#include "app/app_private.h"

void question_settle(struct app *app)
{
	const struct question *q = guide_question(&app->guide, time_place(app));

	app->view.notes.note = app->player.note;
	if (app->player.step > app->guide.furthest)
		app->guide.furthest = app->player.step;
	if (q == app->asked)
		return;
	app->asked = q;
	app->view.notes.choice = 0;
	line_set(&app->answer, "");
}

/* -- from the answer to its feedback --------------------------------------- */

/* The place after @q's answer, or as much of its steps as decides it. */
static struct place decided_place(const struct app *app,
				  const struct question *q, uint32_t step)
{
	const struct session *s = app->input.session;
	uint32_t note = session_notes_until(s, step);

	if (step == q->answer->step)
		while (session_note_at(s, note - 1) != q->answer)
			note--;
	return (struct place){ step, note };
}

static void show_feedback(struct app *app)
{
	const struct question *q = app->revealed;

	time_go(app, decided_place(app, q, q->decides));
	app->revealed = NULL;
	app->view.notes.feedback = q;
	app->view.scroll = 0;
}

enum { REVEAL_MS = 3000, MOST_MS = 500, LEAST_MS = 30 };

static uint32_t reveal_period(const struct question *q)
{
	const uint32_t ms = REVEAL_MS / (q->decides - q->step + 1);

	return ms > MOST_MS ? MOST_MS : ms < LEAST_MS ? LEAST_MS : ms;
}

static void begin_reveal(struct app *app, struct question *q)
{
	app->revealed = q;
	app->reveal_ms = app->now_ms;
	if (app->view.reduced_motion || q->decides == q->step)
		show_feedback(app);
}

enum app_effect question_tick(struct app *app, uint64_t now_ms)
{
	struct question *q = app->revealed;
	uint32_t step = app->player.step;
	struct place place, before;

	if (!q || now_ms < app->reveal_ms)
		return APP_NOTHING;
	if (step >= q->decides) {
		show_feedback(app);
		return APP_DRAW;
	}
	do { /* without its captions */
		before = time_place(app);
		place = guide_next(&app->guide, before);
		player_advance(&app->player, place.step, place.note, now_ms);
	} while (place.step == step && !place_equal(place, before));
	app->reveal_ms = now_ms + reveal_period(q);
	return APP_DRAW;
}

int question_wait_ms(const struct app *app, uint64_t now_ms)
{
	return !app->revealed		? -1 :
	       now_ms >= app->reveal_ms ? 0 :
					  (int)(app->reveal_ms - now_ms);
}

/* -- answering ------------------------------------------------------------- */

bool question_answer(struct app *app, const char *given)
{
	struct question *q = guide_open_question(&app->guide);

	if (guide_answer(q, given) == VERDICT_NOT_UNDERSTOOD)
		return app_fail(app, MESSAGE_type_answer,
				prediction_prompt(q->ask, q->answer));
	if (app->host && app->host->answered)
		app->host->answered(app->host->context, q->ask, q->given,
				    q->answer);
	begin_reveal(app, q);
	return true;
}

static void commit(struct app *app)
{
	const char letter[2] = { (char)('a' + app->view.notes.choice) };

	question_answer(app, note_nr_choices(app->asked->ask) ?
				     letter :
				     app->answer.text);
}

void question_skip(struct app *app)
{
	struct question *q = guide_open_question(&app->guide);

	q->state = QUESTION_SKIPPED;
	begin_reveal(app, q);
}

static bool choose_key(struct app *app, uint32_t key, uint32_t nr)
{
	uint32_t *choice = &app->view.notes.choice;

	if (key >= 'a' && key < 'a' + nr)
		*choice = key - 'a';
	else if (key == KEYCODE_UP || key == 'k')
		*choice = (*choice + nr - 1) % nr;
	else if (key == KEYCODE_DOWN || key == 'j')
		*choice = (*choice + 1) % nr;
	else
		return false;
	return true;
}

/* Of the answers only a text does. */
static bool may_begin_with_q(const struct app *app)
{
	return note_form(app->asked->ask) == FORM_text;
}

static bool answer_key(struct app *app, uint32_t key)
{
	const uint32_t nr = note_nr_choices(app->asked->ask);

	if (key == '\r' || key == KEYCODE_ESC) {
		(key == '\r' ? commit : question_skip)(app);
		return true;
	}
	if (nr)
		return choose_key(app, key, nr);
	/* an empty line leaves the keys their meaning elsewhere */
	if (!app->answer.length &&
	    (key == '?' || key == ':' || key == KEYCODE_BACKSPACE ||
	     key >= KEYCODE_RIGHT || (key == 'q' && !may_begin_with_q(app))))
		return false;
	return line_key(&app->answer, NULL, key);
}

bool question_key(struct app *app, uint32_t key)
{
	if (app->revealed) { /* any key completes it */
		show_feedback(app);
		return true;
	}
	if (app->view.notes.feedback && key == '\r') {
		app->view.notes.feedback = NULL;
		return true;
	}
	return app->asked && !app->view.notes.feedback && answer_key(app, key);
}
