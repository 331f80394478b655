/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app_action: what actions do, a row each; here also panels and the map. */
#include <string.h>

#include "app/app_private.h"

static void scroll(struct app *app, int rows)
{
	view_scroll(&app->view, rows, app->layout.scroll_room);
}

static void focus(struct app *app, int by)
{
	const struct layout *l = &app->layout;

	if (by > 0)
		view_focus_on(&app->view, app->view.focus + 1);
	else if (l->nr_panels)
		view_focus_on(&app->view, l->focus + l->nr_panels - 1);
}

static void enlarge(struct app *app, int unused)
{
	app->view.enlarged = !app->view.enlarged;
	app->view.scroll = 0;
}

static void hide(struct app *app, int unused)
{
	const struct layout *l = &app->layout;
	enum view_id id = l->nr_panels ? l->panels[l->focus].view : VIEW_none;

	if (!view_toggle(&app->view, id))
		app_say(app, MESSAGE_not_hidden);
}

static void unhide(struct app *app, int unused)
{
	app->view.hidden = 0;
}

static void toggle_view(struct app *app, int id)
{
	view_toggle(&app->view, (enum view_id)id);
}

const char *source_state(const struct app *app)
{
	const struct layout *l = &app->layout;

	for (unsigned int i = 0; i < l->nr_panels; i++)
		if (l->panels[i].view == VIEW_source)
			return app->view.source_engine || !app->view.scenario ?
				       "engine" :
				       "scenario";
	return "off";
}

/* The scenario, if there is one, then the engine, then neither. */
static void cycle_source(struct app *app, int unused)
{
	const char *state = source_state(app);
	const bool off = !strcmp(state, "off");

	view_show(&app->view, VIEW_source, strcmp(state, "engine") != 0);
	app->view.source_engine = !off;
	if (off && !app->view.scenario && !app->view_model->event)
		app_say(app, TEXT_source_none);
}

static void present(struct app *app, int unused)
{
	app->view.presenter = !app->view.presenter;
	app->view.scroll = 0;
}

/* -- the map --------------------------------------------------------------- */

static void zoom(struct app *app, int by)
{
	view_map_zoom(&app->view, app->view_model, by);
}

static void move_map(struct app *app, int right, int down)
{
	if (!app->layout.map_columns)
		app_say(app, MESSAGE_no_map);
	else
		view_map_move(&app->view, app->view_model,
			      app->layout.map_columns, right, down);
}

static void map_right(struct app *app, int cells)
{
	move_map(app, cells, 0);
}

static void map_down(struct app *app, int rows)
{
	move_map(app, 0, rows);
}

static void map_follow(struct app *app, int unused)
{
	app->view.map_has_cursor = false;
}

/* -- the program ----------------------------------------------------------- */

static void open_prompt(struct app *app, int kind)
{
	prompt_open(app, (enum prompt_kind)kind);
}

static void reload(struct app *app, int unused)
{
	app->effect = app_reload(app, 0);
}

static void yank(struct app *app, int unused)
{
	char text[MAX_MESSAGE];

	app_say(app, "%s", reload_command(app, text, sizeof(text)));
}

static void help(struct app *app, int unused)
{
	app->help = true;
	line_set(&app->line, "");
	app->help_scroll = 0;
}

/* Close what was opened last; when nothing was, leave. */
static void leave(struct app *app, int leaves)
{
	if (app->view.enlarged)
		enlarge(app, 0);
	else if (leaves)
		app->effect = APP_BACK;
	else
		search_forget(app);
}

/* -- the table ------------------------------------------------------------- */

static const struct {
	void (*run)(struct app *app, int argument);
	int argument;
	enum app_effect effect; /* run() may set another */
} actions[NR_ACTIONS] = {
	[ACTION_point_next] = { .run = time_point, .argument = 1 },
	[ACTION_point_back] = { .run = time_point, .argument = -1 },
	[ACTION_step_next] = { .run = time_step, .argument = 1 },
	[ACTION_step_back] = { .run = time_step, .argument = -1 },
	[ACTION_request_next] = { .run = time_request, .argument = 1 },
	[ACTION_request_back] = { .run = time_request, .argument = -1 },
	[ACTION_fold] = { .run = time_fold },
	[ACTION_play] = { .run = time_play },
	[ACTION_faster] = { .run = time_speed, .argument = 1 },
	[ACTION_slower] = { .run = time_speed, .argument = -1 },
	[ACTION_scroll_down] = { .run = scroll, .argument = 1 },
	[ACTION_scroll_up] = { .run = scroll, .argument = -1 },
	[ACTION_page_down] = { .run = scroll, .argument = 10 },
	[ACTION_page_up] = { .run = scroll, .argument = -10 },
	[ACTION_to_begin] = { .run = time_end, .argument = -1 },
	[ACTION_to_end] = { .run = time_end, .argument = 1 },
	[ACTION_to_step] = { .run = time_typed },
	[ACTION_match_next] = { .run = time_search, .argument = 1 },
	[ACTION_match_back] = { .run = time_search, .argument = -1 },
	[ACTION_watch] = { .run = watch_focus },
	[ACTION_refused_next] = { .run = time_refused, .argument = 1 },
	[ACTION_refused_back] = { .run = time_refused, .argument = -1 },
	[ACTION_flips] = { .run = flips_open },
	[ACTION_stop_next] = { .run = time_stop, .argument = 1 },
	[ACTION_stop_back] = { .run = time_stop, .argument = -1 },
	[ACTION_bookmark] = { .run = time_ask_letter,
			      .argument = ACTION_bookmark },
	[ACTION_to_bookmark] = { .run = time_ask_letter,
				 .argument = ACTION_to_bookmark },
	[ACTION_jump_back] = { .run = time_jump_along, .argument = -1 },
	[ACTION_jump_forward] = { .run = time_jump_along, .argument = 1 },
	[ACTION_focus_next] = { .run = focus, .argument = 1 },
	[ACTION_focus_back] = { .run = focus, .argument = -1 },
	[ACTION_enlarge] = { .run = enlarge },
	[ACTION_hide] = { .run = hide },
	[ACTION_unhide] = { .run = unhide },
	[ACTION_source] = { .run = cycle_source },
	[ACTION_map] = { .run = toggle_view, .argument = VIEW_map },
	[ACTION_zoom_in] = { .run = zoom, .argument = 1 },
	[ACTION_zoom_out] = { .run = zoom, .argument = -1 },
	[ACTION_map_left] = { .run = map_right, .argument = -1 },
	[ACTION_map_right] = { .run = map_right, .argument = 1 },
	[ACTION_map_up] = { .run = map_down, .argument = -1 },
	[ACTION_map_down] = { .run = map_down, .argument = 1 },
	[ACTION_map_follow] = { .run = map_follow },
	[ACTION_presenter] = { .run = present },
	[ACTION_search] = { .run = open_prompt, .argument = PROMPT_SEARCH },
	[ACTION_breakpoint] = { .run = open_prompt, .argument = PROMPT_BREAK },
	[ACTION_command] = { .run = open_prompt, .argument = PROMPT_COMMAND },
	[ACTION_edit] = { .effect = APP_EDIT },
	[ACTION_reload] = { .run = reload },
	[ACTION_yank] = { .run = yank },
	[ACTION_redraw] = { .effect = APP_REDRAW },
	[ACTION_help] = { .run = help },
	[ACTION_cancel] = { .run = leave },
	[ACTION_quit] = { .run = leave, .argument = true },
	[ACTION_quit_all] = { .effect = APP_QUIT },
};

enum app_effect app_action(struct app *app, enum action action)
{
	app->effect = actions[action].effect;
	if (actions[action].run)
		actions[action].run(app, actions[action].argument);
	return app->effect;
}
