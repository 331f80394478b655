/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app: keys, time, and the picture. */
#include "app/app.h"

#include <stdlib.h>
#include <string.h>

#include "app/app_private.h"
#include "app/help.h"
#include "screen/screen.h"

bool app_init(struct app *app, const struct app_input *input,
	      const struct app_host *host)
{
	*app = (struct app){ .input = *input, .host = host };
	player_init(&app->player, session_nr_steps(input->session));
	if (!guide_init(&app->guide, input->session))
		return false;
	app->view.scenario = input->text;
	app->view.notes.guide = &app->guide;
	app->view.notes.typed = app->answer.text;
	app_begin(app, 0);
	bookmarks_init(&app->bookmarks);
	landmarks_build(&app->landmarks, input->session);
	app->nr_input_requests = session_nr_requests(input->session);
	app_say(app, "%s", input->message ? input->message : "");
	app->view_model = malloc(sizeof(*app->view_model));
	if (!app->view_model)
		return false;
	app->view_model->view = &app->view;
	return true;
}

void app_begin(struct app *app, uint32_t step)
{
	guide_skip(&app->guide, step);
	time_go(app, step ? guide_place(&app->guide, step) :
			    guide_begin(&app->guide));
}

void app_fini(struct app *app)
{
	matches_fini(&app->matches);
	breakpoints_fini(&app->breakpoints);
	guide_destroy(&app->guide);
	flips_close(app);
	free(app->view_model);
	app->view_model = NULL;
}

/* -- keys ------------------------------------------------------------------ */

/* Esc gives all rows again, then closes the help; ? and q close it at once. */
static void close_help(struct app *app, uint32_t key)
{
	if (key != KEYCODE_ESC || !app->line.length)
		app->help = false;
	line_set(&app->line, "");
}

/* What is typed over the help selects its rows. */
static enum app_effect help_key(struct app *app, uint32_t key)
{
	/* letters that scroll elsewhere are text here */
	const int rows = key > KEYCODE_LAST_CHARACTER ? keymap_rows(key) : 0;
	const bool closes = key == KEYCODE_ESC || key == '?' ||
			    key == KEYCODE_CLICK || key == '\r' ||
			    (key == 'q' && !app->line.length);

	if (keymap_action(key) == ACTION_redraw)
		return app_action(app, ACTION_redraw);
	if (closes)
		close_help(app, key);
	else if (!rows && line_key(&app->line, NULL, key))
		app->help_scroll = 0;
	app->help_scroll += rows;
	if (app->help_scroll > app->help_room)
		app->help_scroll = app->help_room;
	if (app->help_scroll < 0)
		app->help_scroll = 0;
	return APP_DRAW;
}

static enum app_effect click(struct app *app)
{
	const struct link link = app->link;
	uint32_t step = link.kind == LINK_STEP ? link.value : UINT32_MAX;

	if (link.kind == LINK_STAGE)
		step = view_model_stage_step(app->view_model,
					     (enum path_stage)link.value);
	if (step != UINT32_MAX)
		time_jump(app, step);
	else if (link.kind == LINK_TITLE && link.value == app->layout.focus)
		app_action(app, ACTION_enlarge);
	else if (link.kind == LINK_TITLE || link.kind == LINK_PANEL)
		view_focus_on(&app->view, link.value);
	else if (link.kind == LINK_CELL)
		view_map_goto(&app->view, app->view_model, link.value);
	else if (link.kind == LINK_PAGE)
		watch_page(app, link.value);
	else if (link.kind == LINK_LIST)
		watch_list(app, link.value / MIGRATE_TYPES,
			   link.value % MIGRATE_TYPES);
	return APP_DRAW;
}

static enum app_effect digit(struct app *app, uint32_t key)
{
	player_digit(&app->player, key - '0');
	app_say(app, MESSAGE_number, app->player.number);
	return APP_DRAW;
}

/* A key over the panels, where no line is being typed. */
static enum app_effect panel_key(struct app *app, uint32_t key)
{
	const enum action action = key == KEYCODE_WHEELUP ? ACTION_scroll_up :
				   key == KEYCODE_WHEELDOWN ?
							    ACTION_scroll_down :
							    keymap_action(key);
	const uint32_t step = app->player.step;
	enum app_effect effect;

	if (key == KEYCODE_CLICK)
		return click(app);
	if (key >= '0' && key <= '9')
		return digit(app, key);
	effect = app_action(app, action);
	if (action == ACTION_point_next && app->player.step > step)
		player_animate(&app->player, app->now_ms);
	app->player.has_number = false;
	return effect;
}

static enum app_effect do_key(struct app *app, uint32_t key)
{
	if (key == KEYCODE_CLOSED)
		return APP_QUIT;
	if (key == KEYCODE_RESIZE)
		return APP_REDRAW;
	if (key == KEYCODE_FILE)
		return app_reload(app, 0);
	if (key == KEYCODE_CLICK && app->link.kind == LINK_KEY)
		key = app->link.value;
	if (!app->early)
		app->message[0] = '\0';
	if (app->welcome) {
		app->welcome = false;
		return APP_DRAW;
	}
	if (app->help)
		return help_key(app, key);
	if (app->flips && flips_key(app, key))
		return app->effect;
	if (app->prompt != PROMPT_NONE)
		return prompt_key(app, key);
	if (app->letter_for != ACTION_none)
		return time_letter(app, key);
	if (app->is_ended && end_key(app, key))
		return app->effect;
	question_settle(app);
	if (question_key(app, key))
		return APP_DRAW;
	return panel_key(app, key);
}

/* The phase of what moves now. */
static uint8_t phase_now(const struct app *app, uint64_t now_ms)
{
	const struct player *p = &app->player;

	if (!p->moving || !player_motion_ms(p))
		return PHASE_FINAL;
	return view_phase(&app->view, (uint32_t)(now_ms - p->moved_ms),
			  player_motion_ms(p));
}

/* A key completes what moves; one that goes a step forward moves anew. */
enum app_effect app_key(struct app *app, uint32_t key, uint64_t now_ms)
{
	const uint32_t step = app->player.step;
	enum app_effect effect;

	if (key == KEYCODE_NONE)
		return APP_NOTHING;
	app->now_ms = now_ms;
	app->player.moving = false;
	effect = do_key(app, key);
	if (app->player.step == step + 1)
		player_animate(&app->player, now_ms);
	app->view.phase = phase_now(app, now_ms);
	return effect;
}

/* -- time passes ----------------------------------------------------------- */

/* The next step is due, unless the way ends here. */
static enum app_effect play_on(struct app *app, uint64_t now_ms)
{
	const struct place from = time_place(app);
	struct place place;

	if (!player_tick(&app->player, now_ms))
		return APP_NOTHING;
	place = guide_next(&app->guide, from);
	app->message[0] = '\0';
	player_advance(&app->player, place.step, place.note, now_ms);
	if (place_equal(place, from) || guide_question(&app->guide, place) ||
	    time_stops_here(app))
		time_go(app, place);
	return APP_DRAW;
}

enum app_effect app_tick(struct app *app, uint64_t now_ms)
{
	enum app_effect effect = APP_NOTHING;
	uint8_t phase;

	if (app->player.playing && !player_wait_ms(&app->player, now_ms))
		effect = play_on(app, now_ms);
	else
		effect = question_tick(app, now_ms);
	if (effect == APP_NOTHING)
		effect = search_tick(app);
	phase = phase_now(app, now_ms);
	if (phase == PHASE_FINAL)
		app->player.moving = false;
	if (phase != app->view.phase)
		effect = APP_DRAW;
	app->view.phase = phase;
	return effect;
}

int app_wait_ms(const struct app *app, uint64_t now_ms)
{
	const struct player *p = &app->player;
	int wait = app->revealed ? question_wait_ms(app, now_ms) :
				   player_wait_ms(p, now_ms);
	int phase;

	if (search_is_busy(app))
		return 0;
	if (!p->moving)
		return wait;
	/* until the next phase */
	phase = (int)player_motion_ms(p) / NR_PHASES + 1;
	return wait < 0 || phase < wait ? phase : wait;
}

/* -- the picture ----------------------------------------------------------- */

void app_settle(struct app *app)
{
	end_record(app);
	question_settle(app);
	app->view.notes.cursor = line_cursor_column(&app->answer);
	session_seek(app->input.session, app->player.step);
	app->view.highlight = app->matches.search.kind == SEARCH_TEXT ?
				      app->matches.search.words :
				      NULL;
	app->view.highlight_any_case = app->matches.search.ignore_case;
}

void app_update(struct app *app, int width, int height)
{
	app_settle(app);
	view_model_build(app->view_model, app->input.session, app->input.title,
			 &app->landmarks);
	height = message_height_left(app, width, height);
	layout_make(&app->layout, app->view_model, width, height);
	if (app->help)
		app->help_room = help_scroll_room(&app->layout, width, height,
						  app->line.text);
	end_scroll(app, width, height);
	flips_scroll(app, width, height);
}

/* Whose keys the key bar shows. */
static enum bar_state bar_of(const struct app *app)
{
	const struct layout *l = &app->layout;

	if (app->help)
		return BAR_help;
	if (app->flips)
		return BAR_flips;
	if (app->matches.bits)
		return BAR_search;
	if (l->nr_panels && l->panels[l->focus].view == VIEW_map)
		return BAR_map;
	return flips_offered(app) ? BAR_refused : BAR_step;
}

void app_draw(const struct app *app, struct canvas *c)
{
	char prompt[MAX_LINE + 32];
	struct screen_status status = {
		.mode = app->player.playing ? player_speed_name(&app->player) :
					      "paused",
		.bar = bar_of(app),
	};

	if (app->prompt != PROMPT_NONE)
		status.prompt = prompt_text(app, prompt, sizeof(prompt),
					    &status.prompt_cursor);
	if (app->is_ended)
		end_card_draw(c, &app->end);
	else
		screen_draw_layout(c, &app->layout, app->view_model, &status);
	if (app->flips)
		flips_draw(app, c);
	if (app->help)
		help_draw(c, &app->layout, app->help_scroll, app->line.text);
	if (app->welcome)
		welcome_draw(c);
	message_draw(app, c);
}
