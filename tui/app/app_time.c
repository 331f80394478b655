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

struct place time_place(const struct app *app)
{
	return (struct place){ app->player.step, app->player.note };
}

/* Feedback stays until the learner has read it. */
static bool is_held(struct app *app)
{
	if (app->view.notes.feedback)
		app_say(app, MESSAGE_read_first);
	return app->view.notes.feedback;
}

void time_go(struct app *app, struct place place)
{
	const struct note *caption = guide_caption(&app->guide, place);

	if (is_held(app))
		return;
	player_goto(&app->player, place.step, place.note);
	if (caption != app->caption)
		app->view.notes.skip = 0;
	app->caption = caption;
}

/* Say so if a question is why the way ends. */
static void at_end(struct app *app, int direction)
{
	if (direction > 0 && guide_open_question(&app->guide))
		app_say(app, MESSAGE_answer_first);
}

void time_jump(struct app *app, uint32_t step)
{
	struct fold *fold = guide_fold(&app->guide, step);

	if (is_held(app))
		return;
	if (step > guide_limit(&app->guide))
		at_end(app, 1);
	else if (fold && !fold->open && step < fold->end)
		guide_toggle(&app->guide, fold);
	if (step != app->player.step)
		bookmarks_leave(&app->bookmarks, app->player.step);
	time_go(app, guide_place(&app->guide, step));
}

/* The rest of a long caption is shown before the next place. */
static bool scrolls_caption(struct app *app, int direction)
{
	/* no width: nothing was drawn */
	const int width = app->layout.why.width;
	const int left = width ? caption_rows_left(app->view_model, width) : 0;
	int *skip = &app->view.notes.skip;

	if (direction > 0 && left > 0)
		*skip += left < 2 ? left : 2;
	else if (direction < 0 && *skip > 0)
		*skip -= *skip < 2 ? *skip : 2;
	else
		return false;
	return true;
}

/* Go @nr times where @move leads. */
static void move(struct app *app, uint32_t nr, int direction,
		 struct place (*to)(const struct guide *g, struct place place,
				    int direction))
{
	struct place place = time_place(app), before;

	if (is_held(app) || scrolls_caption(app, direction))
		return;
	do {
		before = place;
		place = to(&app->guide, place, direction);
	} while (--nr && !place_equal(place, before));
	time_go(app, place);
	if (place_equal(place, before))
		at_end(app, direction);
}

static struct place one_step(const struct guide *g, struct place place,
			     int direction)
{
	return direction > 0 ? guide_next(g, place) : guide_back(g, place);
}

void time_step(struct app *app, int direction)
{
	const uint32_t nr = player_take_number(&app->player, 1);

	if (nr)
		move(app, nr, direction, one_step);
}

void time_point(struct app *app, int direction)
{
	const struct place before = time_place(app);

	if (direction > 0 && !guide_open_question(&app->guide) &&
	    place_equal(guide_next(&app->guide, before), before) &&
	    !app->view.notes.feedback && end_open(app))
		return;
	move(app, 1, direction, guide_point);
}

static uint32_t first_step(const struct session *s, uint32_t request)
{
	return request == UINT32_MAX ?
		       0 :
		       session_get_request(s, request)->first_step;
}

/* To @step, or to the end of a closed fold in which it lies. */
static void go_over(struct app *app, uint32_t step, int direction)
{
	const struct fold *fold = guide_fold(&app->guide, step);

	if (fold && !fold->open)
		step = direction > 0 ? fold->end : fold->begin;
	if (step > guide_limit(&app->guide))
		at_end(app, 1);
	time_go(app, guide_place(&app->guide, step));
}

void time_request(struct app *app, int direction)
{
	const struct session *s = app->input.session;
	uint32_t step = app->player.step, now = session_request_at(s, step);

	if (direction > 0)
		go_over(app,
			time_request_step(s, now + 1, app->player.nr_steps), 1);
	else if (step > first_step(s, now))
		go_over(app, first_step(s, now), -1);
	else if (step) /* the step before belongs to the one before */
		go_over(app, first_step(s, session_request_at(s, step - 1)),
			-1);
}

void time_fold(struct app *app, int unused)
{
	struct guide *g = &app->guide;
	struct fold *fold = guide_fold(g, app->player.step);

	if (!fold) /* the one that the next step would enter */
		fold = guide_fold(g, app->player.step + 1);
	if (!fold) {
		app_say(app, MESSAGE_no_fold);
		return;
	}
	guide_toggle(g, fold);
	app_say(app, fold->open ? MESSAGE_fold_open : MESSAGE_fold_closed,
		fold->end - fold->begin);
	/* what is hidden cannot be looked at */
	if (!fold->open && app->player.step > fold->begin)
		time_go(app, guide_place(g, fold->end));
}

void time_play(struct app *app, int unused)
{
	if (is_held(app))
		return;
	if (guide_question(&app->guide, time_place(app)))
		at_end(app, 1);
	player_toggle(&app->player, app->now_ms);
}

void time_speed(struct app *app, int change)
{
	player_speed(&app->player, change, app->now_ms);
	app_say(app, MESSAGE_speed, player_speed_name(&app->player));
}

void time_end(struct app *app, int direction)
{
	time_jump(app, direction > 0 ? guide_limit(&app->guide) : 0);
	if (direction < 0)
		time_go(app, guide_begin(&app->guide));
	at_end(app, direction);
}

void time_typed(struct app *app, int unused)
{
	bool typed = app->player.has_number;
	uint32_t step = player_take_number(&app->player, UINT32_MAX);

	if (typed && step > app->player.nr_steps)
		app_say(app, MESSAGE_beyond, step, app->player.nr_steps);
	time_jump(app, step);
}

/* -- stops ----------------------------------------------------------------- */

void time_refused(struct app *app, int direction)
{
	uint32_t step = app->player.step;

	while (direction > 0 ? step < guide_limit(&app->guide) : step > 1) {
		step += (uint32_t)direction;
		if (!step_refuses(app->input.session, step))
			continue;
		time_jump(app, step);
		return;
	}
	app_say(app, direction > 0 ? MESSAGE_none_refused_after :
				     MESSAGE_none_refused_before);
}

bool time_stops_here(struct app *app)
{
	const struct search *search = breakpoints_at(
		&app->breakpoints, app->input.session, app->player.step);
	const struct note *note = guide_pause(&app->guide, time_place(app));

	if (search)
		app_say(app, MESSAGE_stopped, search->text);
	else if (note)
		app_say(app, MESSAGE_paused, note->text);
	return search || note;
}

/* Is a question asked after @step, answered or not? */
static bool is_asked_at(const struct guide *g, uint32_t step)
{
	for (uint32_t i = 0; i < g->nr_questions; i++)
		if (g->questions[i].step == step)
			return true;
	return false;
}

void time_stop(struct app *app, int direction)
{
	const struct place from = time_place(app);
	struct place before;

	if (is_held(app))
		return;
	bookmarks_leave(&app->bookmarks, from.step);
	do {
		before = time_place(app);
		time_go(app, one_step(&app->guide, before, direction));
		if (place_equal(before, time_place(app)))
			break;
	} while (
		!guide_question(&app->guide, time_place(app)) &&
		!time_stops_here(app) &&
		(direction > 0 || !is_asked_at(&app->guide, app->player.step)));
	if (!place_equal(before, time_place(app)))
		return;
	time_go(app, from);
	app_say(app, direction > 0 ? MESSAGE_no_stop : MESSAGE_no_stop_before);
	at_end(app, direction);
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
		time_go(app, guide_place(&app->guide, step));
	else
		app_say(app, direction < 0 ? MESSAGE_no_jump :
					     MESSAGE_no_jump_forward);
}

bool time_extend(struct app *app)
{
	const struct session *s = app->input.session;

	if (!guide_reset(&app->guide, s)) {
		app_say(app, MESSAGE_no_memory);
		return false;
	}
	app->view.notes.feedback = NULL;
	app->asked = app->revealed = NULL;
	player_extend(&app->player, session_nr_steps(s));
	landmarks_build(&app->landmarks, s);
	search_again(app);
	return true;
}
