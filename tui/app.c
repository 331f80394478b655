/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app: what keys do. */
#include "app.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "help.h"
#include "keymap.h"

bool app_init(struct app *app, struct session *session, const char *title,
	      const struct marks *marks)
{
	*app = (struct app){ .session = session, .title = title,
			     .marks = marks };
	player_init(&app->player, session_nr_steps(session));
	app->frame = malloc(sizeof(*app->frame));
	return app->frame != NULL;
}

void app_fini(struct app *app)
{
	free(app->frame);
	app->frame = NULL;
}

/* The first step of request @i, or of the next one after it with steps. */
static uint32_t request_step(const struct session *s, uint32_t i,
			     uint32_t otherwise)
{
	for (; i < session_nr_requests(s); i++) {
		const struct request *r = session_request(s, i);

		if (r->first_step <= r->last_step)
			return r->first_step;
	}
	return otherwise;
}

static void next_request(struct app *app)
{
	uint32_t now = session_request_at(app->session, app->player.step);

	player_goto(&app->player,
		    request_step(app->session, now == UINT32_MAX ? 0 : now + 1,
				 app->player.nr_steps));
}

/* To this request's first step, or from there to the one before. */
static void previous_request(struct app *app)
{
	uint32_t step = app->player.step;
	uint32_t now = session_request_at(app->session, step);

	if (now == UINT32_MAX)
		return;
	if (step > session_request(app->session, now)->first_step) {
		player_goto(&app->player,
			    session_request(app->session, now)->first_step);
		return;
	}
	/* the step before this request belongs to the one before */
	now = session_request_at(app->session, step - 1);
	player_goto(&app->player,
		    now == UINT32_MAX ?
			    0 :
			    session_request(app->session, now)->first_step);
}

static void go_to(struct app *app)
{
	bool typed = app->player.has_number;
	uint32_t step = player_take_number(&app->player, UINT32_MAX);

	if (typed && step > app->player.nr_steps)
		snprintf(app->message, sizeof(app->message),
			 "%u is beyond the end: the last step is %u", step,
			 app->player.nr_steps);
	player_goto(&app->player, step);
}

static void scroll_by(struct app *app, int rows)
{
	int least = app->help ? 0 : -app->scroll_room;

	app->choice.scroll += rows;
	if (app->choice.scroll > app->scroll_room)
		app->choice.scroll = app->scroll_room;
	if (app->choice.scroll < least)
		app->choice.scroll = least;
}

static void focus_next(struct app *app)
{
	/* while one panel is enlarged the next one is shown instead */
	app->choice.focus++;
	app->choice.scroll = 0;
}

/* What moves in time. False: the action is another. */
static bool time_action(struct app *app, enum action action, uint64_t now_ms)
{
	struct player *p = &app->player;

	switch (action) {
	case ACTION_step_next:
		player_move(p, player_take_number(p, 1));
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
		snprintf(app->message, sizeof(app->message), "speed: %s",
			 player_speed_name(p));
		return true;
	case ACTION_to_begin:
	case ACTION_to_end:
		player_goto(p, action == ACTION_to_end ? p->nr_steps : 0);
		return true;
	case ACTION_to_step:
		go_to(app);
		return true;
	default:
		return false;
	}
}

/* What changes how it is looked at. */
static enum app_effect app_action(struct app *app, enum action action,
				  uint64_t now_ms)
{
	if (time_action(app, action, now_ms))
		return APP_DRAW;
	switch (action) {
	case ACTION_scroll_down:
	case ACTION_scroll_up:
		scroll_by(app, action == ACTION_scroll_down ? 1 : -1);
		return APP_DRAW;
	case ACTION_page_down:
	case ACTION_page_up:
		scroll_by(app, action == ACTION_page_down ? 10 : -10);
		return APP_DRAW;
	case ACTION_focus_next:
		focus_next(app);
		return APP_DRAW;
	case ACTION_enlarge:
		app->choice.enlarged = !app->choice.enlarged;
		app->choice.scroll = 0;
		return APP_DRAW;
	case ACTION_help:
		app->help = !app->help;
		app->choice.scroll = 0;
		return APP_DRAW;
	case ACTION_redraw:
		return APP_REDRAW;
	case ACTION_quit:
		return APP_QUIT;
	default:
		return APP_DRAW; /* a message may have gone */
	}
}

/* Over the help only what scrolls it works; every other key ends it. */
static enum app_effect help_key(struct app *app, enum action action,
				uint64_t now_ms)
{
	if (action == ACTION_scroll_down || action == ACTION_scroll_up ||
	    action == ACTION_page_down || action == ACTION_page_up ||
	    action == ACTION_redraw)
		return app_action(app, action, now_ms);
	app->help = false;
	app->choice.scroll = 0;
	return APP_DRAW;
}

enum app_effect app_key(struct app *app, uint32_t key, uint64_t now_ms)
{
	enum app_effect effect;

	if (key == KEYCODE_NONE)
		return APP_NOTHING;
	if (key == KEYCODE_CLOSED)
		return APP_QUIT;
	if (key == KEYCODE_RESIZE)
		return APP_REDRAW;
	app->message[0] = '\0';
	if (app->help)
		return help_key(app, keymap_action(key), now_ms);
	if (key >= '0' && key <= '9') {
		player_digit(&app->player, key - '0');
		snprintf(app->message, sizeof(app->message),
			 "%u   G goes to that step, → and ← by as many",
			 app->player.number);
		return APP_DRAW;
	}
	effect = app_action(app, keymap_action(key), now_ms);
	app->player.has_number = false;
	return effect;
}

enum app_effect app_tick(struct app *app, uint64_t now_ms)
{
	return player_tick(&app->player, now_ms) ? APP_DRAW : APP_NOTHING;
}

void app_draw(struct app *app, struct canvas *c)
{
	const struct screen_status status = {
		.mode = app->player.playing ?
				player_speed_name(&app->player) :
				"paused",
		.message = app->message[0] ? app->message : NULL,
	};
	struct layout_choice choice = app->choice;

	if (app->help)
		choice.scroll = 0;
	session_seek(app->session, app->player.step);
	frame_make(app->frame, app->session, app->title, app->marks);
	app->scroll_room = screen_draw(c, app->frame, &choice, &status);
	if (app->help)
		app->scroll_room =
			help_draw(c, app->frame, app->choice.scroll);
}

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Draw in the terminal's present size. False: no memory. */
static bool show(struct app *app, struct term *term, struct canvas *c)
{
	int width, height;

	term_size(term, &width, &height);
	if (!canvas_resize(c, width, height))
		return false;
	app_draw(app, c);
	term_show(term, c);
	return true;
}

bool app_run(struct app *app, struct term *term, bool ascii)
{
	enum app_effect effect = APP_DRAW;
	struct canvas c;
	bool ok = canvas_init(&c, 1, 1, ascii);

	while (ok && effect != APP_QUIT) {
		if (effect == APP_REDRAW)
			term_redraw(term);
		if (effect != APP_NOTHING)
			ok = show(app, term, &c);
		effect = app_key(app,
				 term_key(term, player_wait_ms(&app->player,
							       now_ms())),
				 now_ms());
		if (effect == APP_NOTHING)
			effect = app_tick(app, now_ms());
	}
	canvas_fini(&c);
	return ok;
}
