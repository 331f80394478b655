/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app_action: what actions do, a row each; here also panels and the map. */
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
	app->help_scroll = 0;
}

/* Close what was opened last; when nothing was, leave. */
static void leave(struct app *app, int leaves)
{
	if (app->view.enlarged)
		enlarge(app, 0);
	else if (leaves)
		app->effect = APP_BACK;
}

/* -- the table ------------------------------------------------------------- */

static const struct {
	void (*run)(struct app *app, int argument);
	int argument;
	enum app_effect effect; /* run() may set another */
} actions[NR_ACTIONS] = {
	[ACTION_step_next] = { time_step, 1 },
	[ACTION_step_back] = { time_step, -1 },
	[ACTION_request_next] = { time_request, 1 },
	[ACTION_request_back] = { time_request, -1 },
	[ACTION_play] = { time_play, 0 },
	[ACTION_faster] = { time_speed, 1 },
	[ACTION_slower] = { time_speed, -1 },
	[ACTION_scroll_down] = { scroll, 1 },
	[ACTION_scroll_up] = { scroll, -1 },
	[ACTION_page_down] = { scroll, 10 },
	[ACTION_page_up] = { scroll, -10 },
	[ACTION_to_begin] = { time_end, -1 },
	[ACTION_to_end] = { time_end, 1 },
	[ACTION_to_step] = { time_typed, 0 },
	[ACTION_match_next] = { time_search, 1 },
	[ACTION_match_back] = { time_search, -1 },
	[ACTION_refused_next] = { time_refused, 1 },
	[ACTION_refused_back] = { time_refused, -1 },
	[ACTION_stop_next] = { time_stop, 0 },
	[ACTION_bookmark] = { time_ask_letter, ACTION_bookmark },
	[ACTION_to_bookmark] = { time_ask_letter, ACTION_to_bookmark },
	[ACTION_jump_back] = { time_jump_along, -1 },
	[ACTION_jump_forward] = { time_jump_along, 1 },
	[ACTION_focus_next] = { focus, 1 },
	[ACTION_focus_back] = { focus, -1 },
	[ACTION_enlarge] = { enlarge, 0 },
	[ACTION_hide] = { hide, 0 },
	[ACTION_unhide] = { unhide, 0 },
	[ACTION_source] = { toggle_view, VIEW_source },
	[ACTION_map] = { toggle_view, VIEW_map },
	[ACTION_zoom_in] = { zoom, 1 },
	[ACTION_zoom_out] = { zoom, -1 },
	[ACTION_map_left] = { map_right, -1 },
	[ACTION_map_right] = { map_right, 1 },
	[ACTION_map_up] = { map_down, -1 },
	[ACTION_map_down] = { map_down, 1 },
	[ACTION_map_follow] = { map_follow, 0 },
	[ACTION_presenter] = { present, 0 },
	[ACTION_search] = { open_prompt, PROMPT_SEARCH },
	[ACTION_breakpoint] = { open_prompt, PROMPT_BREAK },
	[ACTION_command] = { open_prompt, PROMPT_COMMAND },
	[ACTION_edit] = { .effect = APP_EDIT },
	[ACTION_reload] = { reload, 0 },
	[ACTION_yank] = { yank, 0 },
	[ACTION_redraw] = { .effect = APP_REDRAW },
	[ACTION_help] = { help, 0 },
	[ACTION_cancel] = { leave, false },
	[ACTION_quit] = { leave, true },
	[ACTION_quit_all] = { .effect = APP_QUIT },
};

enum app_effect app_action(struct app *app, enum action action)
{
	app->effect = actions[action].effect;
	if (actions[action].run)
		actions[action].run(app, actions[action].argument);
	return app->effect;
}
