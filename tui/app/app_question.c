/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_question: a question is asked before the step that answers it. An
 * answer is committed, scored and explained; each question once.
 */
#include <string.h>

#include "app/app_private.h"
#include "session/prediction.h"

static bool is_answered(const struct app *app, const struct question *q)
{
	for (uint32_t i = 0; i < app->nr_answered; i++)
		if (app->answered[i] == q->first_note)
			return true;
	return app->nr_answered == MAX_ANSWERED;
}

/* The note with the computed answer; NULL: there is nothing to predict. */
static const struct note *answer_note(const struct app *app,
				      const struct question *q)
{
	const struct session *s = app->input.session;
	const struct note *note = session_note_at(s, q->first_note);

	if (note->kind != NOTE_ASK)
		return NULL;
	for (uint32_t i = q->first_note + 1;
	     (note = session_note_at(s, i)) && note->kind != NOTE_ASK; i++)
		if (note->kind == NOTE_ANSWER)
			return note;
	return NULL;
}

bool question_find_open(const struct app *app, uint32_t from, uint32_t to,
			struct question *q)
{
	while (question_from(app->input.session, from, q) && q->step < to) {
		if (!is_answered(app, q) && answer_note(app, q))
			return true;
		from = q->step + 1;
	}
	return false;
}

void question_open(struct app *app, const struct question *q)
{
	player_goto(&app->player, q->step);
	app->question = *q;
	view_question_begin(&app->view);
	app->view.prediction.question = &app->question;
}

/* The question is closed: on to its step. */
static void go_on(struct app *app)
{
	if (app->nr_answered < MAX_ANSWERED)
		app->answered[app->nr_answered++] = app->question.first_note;
	app->view.prediction.on = false;
	player_goto(&app->player, app->player.step + 1);
}

/* The same rule as in `run --answers`. */
static bool judge(const struct app *app, const char *given)
{
	const struct question *q = &app->question;
	const struct note *ask =
		session_note_at(app->input.session, q->first_note);
	const struct note *answer = answer_note(app, q);
	struct prediction p;

	if (app->host && app->host->answered)
		app->host->answered(app->host->context, ask, given, answer);
	prediction_ask(&p, ask);
	prediction_give(&p, given);
	prediction_answer(&p, answer);
	return p.right;
}

static void commit(struct app *app)
{
	const struct question *q = &app->question;
	const struct prediction_state *predict = &app->view.prediction;
	char letter[2] = { (char)('a' + predict->choice) };
	const char *given = q->nr_choices ? letter : predict->typed;
	const char *answer = q->answer ? q->answer : "";
	bool right;

	if (!given[strspn(given, " ")]) {
		app_say(app, MESSAGE_type_answer);
		return;
	}
	right = judge(app, given);
	view_question_end(&app->view, right);
	go_on(app);
	if (right)
		app_say(app, MESSAGE_right, answer);
	else
		app_say(app, MESSAGE_not_right, given, answer);
}

/* Keys of the answer. False: the key is none of these. */
static bool answer_key(struct app *app, uint32_t key)
{
	const uint32_t nr = app->question.nr_choices;
	const bool up = key == KEYCODE_UP || (nr && key == 'k');

	if (key == '\r') {
		commit(app);
	} else if (key == KEYCODE_ESC) {
		go_on(app);
		app_say(app, MESSAGE_question_skipped);
	} else if (nr && key >= 'a' && key < 'a' + nr) {
		app->view.prediction.choice = key - 'a';
	} else if (up || key == KEYCODE_DOWN || (nr && key == 'j')) {
		view_question_mark(&app->view, up ? -1 : 1, nr);
	} else if (!nr && key == KEYCODE_BACKSPACE) {
		view_question_erase(&app->view);
	} else if (!nr && key >= ' ' && key < 127 && key != '?' && key != ':') {
		view_question_type(&app->view, key);
	} else {
		return false;
	}
	return true;
}

enum app_effect question_key(struct app *app, uint32_t key)
{
	enum action action = keymap_action(key);

	if (answer_key(app, key))
		return APP_DRAW;
	switch (action) {
	case ACTION_none:
		return APP_NOTHING;
	case ACTION_quit:
		return APP_BACK;
	case ACTION_step_back:
	case ACTION_request_back:
	case ACTION_to_begin:
		/* it is asked again on the next way forward */
		app->view.prediction.on = false;
		return app_action(app, action);
	case ACTION_redraw:
	case ACTION_help:
	case ACTION_command:
	case ACTION_quit_all:
		return app_action(app, action);
	default:
		app_say(app, MESSAGE_answer_first);
		return APP_DRAW;
	}
}
