/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app_setting: what `:set` changes, and what it says. */
#include <stdlib.h>
#include <string.h>

#include "app/app_private.h"
#include "machine/gfp.h"

/* The panel that a setting of its name shows; NR_PANEL_IDS: no panel. */
static enum panel_id panel_of(enum setting id)
{
	return panel_from_name(setting_infos[id].name);
}

static bool is_on(const struct app *app, enum setting id)
{
	switch (id) {
	case SETTING_mouse:
		return app->mouse;
	case SETTING_ascii:
		return app->ascii;
	case SETTING_motion:
		return !app->view.reduced_motion;
	case SETTING_questions:
		return !app->no_questions;
	case SETTING_presenter:
		return app->view.presenter;
	default:
		return view_panel_is_on(&app->view, panel_of(id));
	}
}

static void turn(struct app *app, enum setting id)
{
	switch (id) {
	case SETTING_mouse:
		app->mouse = !app->mouse;
		return;
	case SETTING_ascii:
		app->ascii = !app->ascii;
		return;
	case SETTING_motion:
		app->view.reduced_motion = !app->view.reduced_motion;
		return;
	case SETTING_questions:
		app->no_questions = !app->no_questions;
		return;
	case SETTING_presenter:
		view_toggle_presenter(&app->view);
		return;
	default:
		view_toggle_panel(&app->view, panel_of(id));
	}
}

static bool set_speed(struct app *app, const char *value)
{
	int speed = value ? atoi(value) : 0;

	if (speed < 1 || speed > NR_SPEEDS) {
		app_say(app, MESSAGE_argument, "speed", value ? value : "", 1u,
			(unsigned int)NR_SPEEDS);
		return false;
	}
	player_set_speed(&app->player, (unsigned int)speed - 1);
	app_say(app, MESSAGE_speed, player_speed_name(&app->player));
	return true;
}

static bool set_switch(struct app *app, enum setting id, const char *value)
{
	const char *name = setting_infos[id].name;

	if (value && strcmp(value, "on") && strcmp(value, "off")) {
		app_say(app, MESSAGE_setting_value, name, "on or off");
		return false;
	}
	/* without a value: the other way */
	if (!value || is_on(app, id) != !strcmp(value, "on"))
		turn(app, id);
	app_say(app, MESSAGE_setting_is, name, is_on(app, id) ? "on" : "off");
	return true;
}

static void say_all(struct app *app)
{
	char text[MAX_MESSAGE] = "";
	size_t used = 0;

	for (int i = 0; i < NR_SETTINGS; i++)
		used += (size_t)snprintf(
			text + used, sizeof(text) - used, "%s %s   ",
			setting_infos[i].name,
			i == SETTING_speed ? player_speed_name(&app->player) :
			is_on(app, (enum setting)i) ? "on" :
						      "off");
	app_say(app, "%s", text);
}

bool setting_command(struct app *app, const struct typed_command *c)
{
	const char *name = command_word(c, 0), *near;

	if (!name) {
		say_all(app);
		return true;
	}
	for (int i = 0; i < NR_SETTINGS; i++) {
		if (strcmp(name, setting_infos[i].name))
			continue;
		return i == SETTING_speed ? set_speed(app, command_word(c, 1)) :
					    set_switch(app, (enum setting)i,
						       command_word(c, 1));
	}
	near = nearest_name(name, setting_infos, NR_SETTINGS,
			    sizeof(setting_infos[0]));
	app_say(app, MESSAGE_setting_unknown, name,
		near ? "; did you mean " : "", near ? near : "",
		near ? "?" : "");
	return false;
}
