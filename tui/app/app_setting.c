/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app_setting: what `:set` changes. */
#include <stdlib.h>
#include <string.h>

#include "app/app_private.h"
#include "machine/gfp.h"

/* The switch of a setting, and whether it is on while that is false. */
static bool *switch_of(struct app *app, enum setting id, bool *inverted)
{
	*inverted = id == SETTING_motion || id == SETTING_questions;
	switch (id) {
	case SETTING_mouse:
		return &app->mouse;
	case SETTING_ascii:
		return &app->ascii;
	case SETTING_motion:
		return &app->view.reduced_motion;
	case SETTING_questions:
		return &app->no_questions;
	case SETTING_presenter:
		return &app->view.presenter;
	default:
		return NULL; /* it shows the panel of its name */
	}
}

static bool is_on(struct app *app, enum setting id)
{
	bool inverted;
	const bool *is_set = switch_of(app, id, &inverted);

	return is_set ? *is_set != inverted :
			view_is_on(&app->view,
				   view_from_name(setting_infos[id].name));
}

static void toggle(struct app *app, enum setting id)
{
	bool inverted;
	bool *is_set = switch_of(app, id, &inverted);

	if (is_set)
		*is_set = !*is_set;
	else
		view_toggle(&app->view, view_from_name(setting_infos[id].name));
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
	/* without a value it is toggled */
	if (!value || is_on(app, id) != !strcmp(value, "on"))
		toggle(app, id);
	app_say(app, MESSAGE_setting_is, name, is_on(app, id) ? "on" : "off");
	return true;
}

static void say_all(struct app *app)
{
	app->message[0] = '\0';
	for (int i = 0; i < NR_SETTINGS; i++)
		app_say_more(app, "%s %s   ", setting_infos[i].name,
			     i == SETTING_speed ?
				     player_speed_name(&app->player) :
			     is_on(app, (enum setting)i) ? "on" :
							   "off");
}

bool setting_command(struct app *app, const struct typed_command *c)
{
	const char *name = command_word(c, 0), *near;
	char hint[80];

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
		hint_text(near, hint, sizeof(hint)));
	return false;
}
