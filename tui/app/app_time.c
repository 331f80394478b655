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

static void next_request(struct app *app)
{
	const struct session *s = app->input.session;
	uint32_t now = session_request_at(s, app->player.step);

	time_forward(app, time_request_step(s, now == UINT32_MAX ? 0 : now + 1,
					    app->player.nr_steps));
}

/* To this request's first step, or from there to the one before. */
static void previous_request(struct app *app)
{
	const struct session *s = app->input.session;
	uint32_t step = app->player.step, now = session_request_at(s, step);

	if (now == UINT32_MAX)
		return;
	if (step > session_get_request(s, now)->first_step) {
		player_goto(&app->player,
			    session_get_request(s, now)->first_step);
		return;
	}
	/* the step before this request belongs to the one before */
	now = session_request_at(s, step - 1);
	player_goto(&app->player,
		    now == UINT32_MAX ?
			    0 :
			    session_get_request(s, now)->first_step);
}

static void go_to(struct app *app)
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

static void refused(struct app *app, int direction)
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

/* To where playing would stop, at once. */
static void next_stop(struct app *app)
{
	const uint32_t from = app->player.step;

	bookmarks_leave(&app->bookmarks, from);
	while (app->player.step < app->player.nr_steps) {
		time_forward(app, app->player.step + 1);
		if (app->view.prediction.on || time_stops_here(app))
			return;
	}
	player_goto(&app->player, from);
	app_say(app, MESSAGE_no_stop);
}

/* -- bookmarks and jumps --------------------------------------------------- */

void time_letter(struct app *app, uint32_t key)
{
	const bool mark = app->letter_for == ACTION_bookmark;
	char name[8] = { key > ' ' && key < 127 ? (char)key : '?' };
	uint32_t step;

	app->letter_for = ACTION_none;
	if (key == KEYCODE_ESC)
		return;
	if (mark && bookmarks_set(&app->bookmarks, key, app->player.step))
		app_say(app, MESSAGE_bookmark_set, (int)key, app->player.step,
			(int)key);
	else if (mark)
		app_say(app, MESSAGE_bookmark_letter);
	else if (bookmarks_get(&app->bookmarks, key, &step))
		time_jump(app, step);
	else
		app_say(app, MESSAGE_no_bookmark, name);
}

static void jump_along(struct app *app, bool back)
{
	uint32_t step = app->player.step;

	if (back ? bookmarks_back(&app->bookmarks, &step) :
		   bookmarks_forward(&app->bookmarks, &step))
		player_goto(&app->player, step);
	else
		app_say(app, back ? MESSAGE_no_jump : MESSAGE_no_jump_forward);
}

void time_extend(struct app *app)
{
	player_extend(&app->player, session_nr_steps(app->input.session));
	landmarks_build(&app->landmarks, app->input.session);
}

/* -- actions --------------------------------------------------------------- */

/* Steps, requests, playing. False: the action is another. */
static bool walk_action(struct app *app, enum action action, uint64_t now_ms)
{
	struct player *p = &app->player;
	uint32_t by;

	switch (action) {
	case ACTION_step_next:
		by = player_take_number(p, 1);
		by = by < p->nr_steps - p->step ? by : p->nr_steps - p->step;
		time_forward(app, p->step + by);
		return true;
	case ACTION_step_back:
		player_move(p, -(int64_t)player_take_number(p, 1));
		return true;
	case ACTION_request_next:
		next_request(app);
		return true;
	case ACTION_request_back:
		previous_request(app);
		return true;
	case ACTION_play:
		player_toggle(p, now_ms);
		return true;
	case ACTION_faster:
	case ACTION_slower:
		player_speed(p, action == ACTION_faster ? 1 : -1, now_ms);
		app_say(app, MESSAGE_speed, player_speed_name(p));
		return true;
	default:
		return false;
	}
}

bool time_action(struct app *app, enum action action, uint64_t now_ms)
{
	switch (action) {
	case ACTION_to_begin:
	case ACTION_to_end:
		time_jump(app,
			  action == ACTION_to_end ? app->player.nr_steps : 0);
		return true;
	case ACTION_to_step:
		go_to(app);
		return true;
	case ACTION_match_next:
	case ACTION_match_back:
		time_search(app, action == ACTION_match_next ? 1 : -1);
		return true;
	case ACTION_refused_next:
	case ACTION_refused_back:
		refused(app, action == ACTION_refused_next ? 1 : -1);
		return true;
	case ACTION_stop_next:
		next_stop(app);
		return true;
	case ACTION_bookmark:
	case ACTION_to_bookmark:
		app->letter_for = action;
		app_say(app, action == ACTION_bookmark ?
				     MESSAGE_bookmark_which :
				     MESSAGE_to_bookmark_which);
		return true;
	case ACTION_jump_back:
	case ACTION_jump_forward:
		jump_along(app, action == ACTION_jump_back);
		return true;
	default:
		return walk_action(app, action, now_ms);
	}
}
