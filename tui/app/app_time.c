/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app_time: moving between steps: requests, jumps, searches, stops. */
#include "app/app_private.h"

uint32_t time_request_step(const struct session *s, uint32_t i,
			   uint32_t otherwise)
{
	for (; i < session_nr_requests(s); i++) {
		const struct request *r = session_get_request(s, i);

		if (r->first_step <= r->last_step)
			return r->first_step;
	}
	return otherwise;
}

void time_jump(struct app *app, uint32_t step)
{
	if (step > app->player.nr_steps)
		step = app->player.nr_steps;
	if (step != app->player.step)
		bookmarks_leave(&app->bookmarks, app->player.step);
	player_goto(&app->player, step);
}

void time_forward(struct app *app, uint32_t step)
{
	struct question q;

	if (!app->no_questions &&
	    question_find_open(app, app->player.step, step, &q)) {
		question_open(app, &q);
		return;
	}
	player_goto(&app->player, step);
}

void time_step(struct app *app, int direction)
{
	struct player *p = &app->player;
	uint32_t by = player_take_number(p, 1), left = p->nr_steps - p->step;

	if (direction > 0)
		time_forward(app, p->step + (by < left ? by : left));
	else
		player_move(p, -(int64_t)by);
}

static uint32_t first_step(const struct session *s, uint32_t request)
{
	return request == UINT32_MAX ?
		       0 :
		       session_get_request(s, request)->first_step;
}

void time_request(struct app *app, int direction)
{
	const struct session *s = app->input.session;
	uint32_t step = app->player.step, now = session_request_at(s, step);

	if (direction > 0)
		time_forward(app, time_request_step(s, now + 1,
						    app->player.nr_steps));
	else if (step > first_step(s, now))
		player_goto(&app->player, first_step(s, now));
	else if (step) /* the step before belongs to the one before */
		player_goto(&app->player,
			    first_step(s, session_request_at(s, step - 1)));
}

void time_play(struct app *app, int unused)
{
	player_toggle(&app->player, app->now_ms);
}

void time_speed(struct app *app, int change)
{
	player_speed(&app->player, change, app->now_ms);
	app_say(app, MESSAGE_speed, player_speed_name(&app->player));
}

void time_end(struct app *app, int direction)
{
	time_jump(app, direction > 0 ? app->player.nr_steps : 0);
}

void time_typed(struct app *app, int unused)
{
	bool typed = app->player.has_number;
	uint32_t step = player_take_number(&app->player, UINT32_MAX);

	if (typed && step > app->player.nr_steps)
		app_say(app, MESSAGE_beyond, step, app->player.nr_steps);
	time_jump(app, step);
}

/* -- search --------------------------------------------------------------- */

void time_search(struct app *app, int direction)
{
	uint32_t step;

	if (!app->search.text[0]) {
		app_say(app, MESSAGE_no_search);
		return;
	}
	step = search_from(&app->search, app->input.session, app->player.step,
			   direction);
	if (step == NOWHERE) {
		app_say(app,
			direction > 0 ? MESSAGE_none_after :
					MESSAGE_none_before,
			app->search.text);
		return;
	}
	time_jump(app, step);
	app_say(app, MESSAGE_found, app->search.text);
}

void time_refused(struct app *app, int direction)
{
	uint32_t step = app->player.step;

	while (direction > 0 ? step < app->player.nr_steps : step > 1) {
		step += (uint32_t)direction;
		if (!step_refuses(app->input.session, step))
			continue;
		time_jump(app, step);
		return;
	}
	app_say(app, direction > 0 ? MESSAGE_none_refused_after :
				     MESSAGE_none_refused_before);
}

/* The note of a pause just after @step, or NULL. */
static const struct note *pause_at(const struct session *s, uint32_t step)
{
	const struct note *note = session_note_before(s, NOTE_PAUSE, step);

	return note && note->step == step ? note : NULL;
}

bool time_stops_here(struct app *app)
{
	const struct session *s = app->input.session;
	const struct search *search =
		breakpoints_at(&app->breakpoints, s, app->player.step);
	const struct note *note = pause_at(s, app->player.step);

	if (search)
		app_say(app, MESSAGE_stopped, search->text);
	else if (note)
		app_say(app, MESSAGE_paused, note->text);
	return search || note;
}

/* Is there a question just after @step? */
static bool question_at(const struct session *s, uint32_t step)
{
	const struct note *note = session_note_before(s, NOTE_ASK, step);

	return note && note->step == step;
}

void time_stop(struct app *app, int direction)
{
	const struct session *s = app->input.session;
	const uint32_t from = app->player.step;
	const uint32_t last = direction > 0 ? app->player.nr_steps : 0;

	bookmarks_leave(&app->bookmarks, from);
	while (app->player.step != last) {
		if (direction > 0)
			time_forward(app, app->player.step + 1);
		else
			player_move(&app->player, -1);
		if (app->view.prediction.on || time_stops_here(app) ||
		    (direction < 0 && question_at(s, app->player.step)))
			return;
	}
	player_goto(&app->player, from);
	app_say(app, direction > 0 ? MESSAGE_no_stop : MESSAGE_no_stop_before);
}

void time_point(struct app *app, int direction)
{
	time_step(app, direction);
}

/* -- bookmarks and jumps --------------------------------------------------- */

void time_ask_letter(struct app *app, int action)
{
	app->letter_for = (enum action)action;
	app_say(app, action == ACTION_bookmark ? MESSAGE_bookmark_which :
						 MESSAGE_to_bookmark_which);
}

enum app_effect time_letter(struct app *app, uint32_t key)
{
	const bool mark = app->letter_for == ACTION_bookmark;
	char name[8] = { key > ' ' && key < 127 ? (char)key : '?' };
	uint32_t step;

	app->letter_for = ACTION_none;
	if (key == KEYCODE_ESC)
		return APP_DRAW;
	if (mark && bookmarks_set(&app->bookmarks, key, app->player.step))
		app_say(app, MESSAGE_bookmark_set, (int)key, app->player.step,
			(int)key);
	else if (mark)
		app_say(app, MESSAGE_bookmark_letter);
	else if (bookmarks_get(&app->bookmarks, key, &step))
		time_jump(app, step);
	else
		app_say(app, MESSAGE_no_bookmark, name);
	return APP_DRAW;
}

void time_jump_along(struct app *app, int direction)
{
	uint32_t step = app->player.step;

	if (direction < 0 ? bookmarks_back(&app->bookmarks, &step) :
			    bookmarks_forward(&app->bookmarks, &step))
		player_goto(&app->player, step);
	else
		app_say(app, direction < 0 ? MESSAGE_no_jump :
					     MESSAGE_no_jump_forward);
}

void time_extend(struct app *app)
{
	player_extend(&app->player, session_nr_steps(app->input.session));
	landmarks_build(&app->landmarks, app->input.session);
}
