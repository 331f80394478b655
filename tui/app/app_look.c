/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app_look: actions on panels and the map. */
#include "app/app_private.h"

static void hide_focused(struct app *app)
{
	const struct layout *l = &app->layout;
	enum view_id id = l->nr_panels ? l->panels[l->focus].view : VIEW_none;

	if (!view_toggle(&app->view, id))
		app_say(app, MESSAGE_not_hidden);
}

static void move_map(struct app *app, int right, int down)
{
	if (!app->layout.map_columns)
		app_say(app, MESSAGE_no_map);
	else
		view_map_move(&app->view, app->view_model,
			      app->layout.map_columns, right, down);
}

/* The map. False: the action is another. */
static bool map_action(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_map:
		view_toggle(&app->view, VIEW_map);
		return true;
	case ACTION_zoom_in:
	case ACTION_zoom_out:
		view_map_zoom(&app->view, app->view_model,
			      action == ACTION_zoom_in ? 1 : -1);
		return true;
	case ACTION_map_left:
	case ACTION_map_right:
		move_map(app, action == ACTION_map_left ? -1 : 1, 0);
		return true;
	case ACTION_map_up:
	case ACTION_map_down:
		move_map(app, 0, action == ACTION_map_up ? -1 : 1);
		return true;
	case ACTION_map_follow:
		app->view.map_has_cursor = false;
		return true;
	default:
		return false;
	}
}

/* Panels. False: the action is another. */
bool look_action(struct app *app, enum action action)
{
	switch (action) {
	case ACTION_scroll_down:
	case ACTION_scroll_up:
		view_scroll(&app->view, action == ACTION_scroll_down ? 1 : -1,
			    app->layout.scroll_room);
		return true;
	case ACTION_page_down:
	case ACTION_page_up:
		view_scroll(&app->view, action == ACTION_page_down ? 10 : -10,
			    app->layout.scroll_room);
		return true;
	case ACTION_focus_next:
		view_focus_on(&app->view, app->view.focus + 1);
		return true;
	case ACTION_focus_back:
		if (app->layout.nr_panels)
			view_focus_on(&app->view,
				      app->layout.focus +
					      app->layout.nr_panels - 1);
		return true;
	case ACTION_enlarge:
		app->view.enlarged = !app->view.enlarged;
		app->view.scroll = 0;
		return true;
	case ACTION_hide:
		hide_focused(app);
		return true;
	case ACTION_unhide:
		app->view.hidden = 0;
		return true;
	case ACTION_source:
		view_toggle(&app->view, VIEW_source);
		return true;
	case ACTION_presenter:
		app->view.presenter = !app->view.presenter;
		app->view.scroll = 0;
		return true;
	default:
		return map_action(app, action);
	}
}
