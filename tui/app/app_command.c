/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app_command: what is done when a line after a colon is entered. */
#include <string.h>

#include "app/app_private.h"
#include "machine/gfp.h"
#include "snapshot/save_scenario.h"
#include "snapshot/snapshot.h"

/* A number, or UINT32_MAX if it is larger. */
static bool parse_number(const char *text, uint32_t *number)
{
	uint64_t value;

	if (!text || !read_number(text, UINT64_MAX, &value))
		return false;
	*number = value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
	return true;
}

static bool do_goto(struct app *app, const struct typed_command *c)
{
	const struct session *s = app->input.session;
	const char *first = command_word(c, 0);
	bool request = first && !strcmp(first, "request");
	uint32_t number;

	if (!parse_number(request ? command_word(c, 1) : first, &number))
		return app_fail(app, MESSAGE_goto_what, c->rest);
	if (request && (!number || number > session_nr_requests(s)))
		return app_fail(app, MESSAGE_no_request, number,
				session_nr_requests(s));
	if (!request && number > app->player.nr_steps)
		app_say(app, MESSAGE_beyond, number, app->player.nr_steps);
	time_jump(app, request ? time_request_step(s, number - 1,
						   app->player.nr_steps) :
				 number);
	return true;
}

static bool do_find(struct app *app, const struct typed_command *c)
{
	return search_for(app, c->rest);
}

static bool do_break(struct app *app, const struct typed_command *c)
{
	return prompt_break(app, c->rest);
}

static bool do_breaks(struct app *app, const struct typed_command *c)
{
	app_say(app, "%s", app->breakpoints.nr ? "" : MESSAGE_no_breakpoints);
	for (unsigned int i = 0; i < app->breakpoints.nr; i++)
		app_say_more(app, "%s%s", i ? "   " : "",
			     app->breakpoints.at[i].text);
	return true;
}

static bool needs_file(struct app *app, const struct typed_command *c)
{
	if (*c->rest)
		return false;
	app_say(app, MESSAGE_file_wanted, colon_infos[c->id].name);
	return true;
}

/*
 * In the middle of a request a list or counter may be half changed, and that
 * state is not valid: the end of the request is saved.
 */
static bool do_snapshot(struct app *app, const struct typed_command *c)
{
	struct session *s = app->input.session;
	uint32_t i = session_request_at(s, app->player.step), end = 0;
	struct file_error error;
	bool ok;

	if (needs_file(app, c))
		return false;
	if (i != UINT32_MAX)
		end = session_get_request(s, i)->last_step;
	session_seek(s, end);
	ok = file_may_replace(c->rest, SNAPSHOT_BEGIN, &error) &&
	     snapshot_save(s, c->rest, &error);
	if (!ok)
		app_say(app, "%s", error.text);
	else if (i == UINT32_MAX)
		app_say(app, MESSAGE_snapshot_begin, c->rest);
	else
		app_say(app, MESSAGE_snapshot_saved, c->rest, end, i + 1);
	return ok;
}

static bool do_save_scenario(struct app *app, const struct typed_command *c)
{
	char message[MAX_MESSAGE];
	bool ok;

	if (needs_file(app, c))
		return false;
	ok = save_scenario(app->input.session, c->rest, app->input.title,
			   message, sizeof(message));
	app_say(app, "%s", message);
	return ok;
}

static bool do_seed(struct app *app, const struct typed_command *c)
{
	uint32_t seed;

	if (!app->input.seed)
		return app_fail(app, MESSAGE_seed_alone);
	if (!parse_number(command_word(c, 0), &seed) || !seed)
		return app_fail(app, MESSAGE_seed_wanted);
	app->effect = app_reload(app, seed);
	return true;
}

static bool do_reload(struct app *app, const struct typed_command *c)
{
	app->effect = app_reload(app, 0);
	return true;
}

static bool do_edit(struct app *app, const struct typed_command *c)
{
	app->effect = APP_EDIT;
	return true;
}

static bool do_quit(struct app *app, const struct typed_command *c)
{
	app->effect = APP_BACK;
	return true;
}

static bool do_help(struct app *app, const struct typed_command *c)
{
	struct typed_command about;
	struct file_error error;

	if (*c->rest) {
		if (!command_parse(&about, c->rest, &error))
			return app_fail(app, "%s", error.text);
		app_say(app, ":%s %s   %s", colon_infos[about.id].name,
			colon_infos[about.id].arguments,
			colon_infos[about.id].help);
		return true;
	}
	app->message[0] = '\0';
	for (int i = 0; i < NR_COLONS; i++)
		app_say_more(app, "%s ", colon_infos[i].name);
	return true;
}

static bool do_show(struct app *app, const struct typed_command *c)
{
	/* plain.c prints the panel; the screen shows the message */
	print_to(app->show, "%s", *c->rest ? c->rest : "why");
	app_say(app, MESSAGE_show_plain);
	return true;
}

/* -- settings -------------------------------------------------------------- */

/* Where a setting is kept; others show or hide the view of their name. */
static const struct {
	size_t offset; /* of a bool in struct app; 0: none */
	bool inverted; /* it is on while that is false */
} switches[NR_SETTINGS] = {
	[SETTING_mouse] = { offsetof(struct app, mouse), false },
	[SETTING_ascii] = { offsetof(struct app, ascii), false },
	[SETTING_motion] = { offsetof(struct app, view.reduced_motion), true },
	[SETTING_questions] = { offsetof(struct app, guide.no_questions),
				true },
	[SETTING_presenter] = { offsetof(struct app, view.presenter), false },
};

static bool is_on(struct app *app, enum setting id)
{
	const bool *is_set =
		(const bool *)((const char *)app + switches[id].offset);

	return switches[id].offset ?
		       *is_set != switches[id].inverted :
		       view_is_on(&app->view,
				  view_from_name(setting_infos[id].name));
}

static void toggle(struct app *app, enum setting id)
{
	bool *is_set = (bool *)((char *)app + switches[id].offset);

	if (switches[id].offset)
		*is_set = !*is_set;
	else
		view_toggle(&app->view, view_from_name(setting_infos[id].name));
}

static bool set_speed(struct app *app, const char *value)
{
	uint64_t speed;

	if (!value || !read_number(value, NR_SPEEDS, &speed) || !speed)
		return app_fail(app, MESSAGE_argument, "speed",
				value ? value : "", 1u,
				(unsigned int)NR_SPEEDS);
	player_set_speed(&app->player, (unsigned int)speed - 1);
	app_say(app, MESSAGE_speed, player_speed_name(&app->player));
	return true;
}

static bool set_theme(struct app *app, const char *value)
{
	enum theme theme = value ? theme_from_name(value) : NR_THEMES;

	if (theme == NR_THEMES)
		return app_fail(app, MESSAGE_setting_value, "theme",
				"auto, dark or light");
	app->theme = theme;
	app_say(app, MESSAGE_setting_is, "theme", value);
	return true;
}

static bool set_source(struct app *app, const char *value)
{
	if (!value ||
	    !words_contain(setting_infos[SETTING_source].values, ' ', value))
		return app_fail(app, MESSAGE_setting_value, "source",
				"scenario, engine or off");
	view_show(&app->view, VIEW_source, strcmp(value, "off") != 0);
	app->view.source_engine = !strcmp(value, "engine");
	app_say(app, MESSAGE_setting_is, "source", value);
	return true;
}

static bool set_switch(struct app *app, enum setting id, const char *value)
{
	const char *name = setting_infos[id].name;

	if (value && strcmp(value, "on") && strcmp(value, "off"))
		return app_fail(app, MESSAGE_setting_value, name, "on or off");
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
			     i == SETTING_theme	 ? theme_names[app->theme] :
			     i == SETTING_source ? source_state(app) :
			     is_on(app, (enum setting)i) ? "on" :
							   "off");
}

static bool do_set(struct app *app, const struct typed_command *c)
{
	const char *name = command_word(c, 0), *value = command_word(c, 1);

	for (int i = 0; name && i < NR_SETTINGS; i++)
		if (!strcmp(name, setting_infos[i].name))
			return i == SETTING_speed ?
				       set_speed(app, value) :
			       i == SETTING_theme ?
				       set_theme(app, value) :
			       i == SETTING_source ?
				       set_source(app, value) :
				       set_switch(app, (enum setting)i, value);
	if (!name)
		say_all(app);
	else
		app_say(app, MESSAGE_setting_unknown, name,
			HINT_OF(name, setting_infos).s);
	return !name;
}

/* -- the table ------------------------------------------------------------- */

static bool (*const commands[NR_COLONS])(struct app *app,
					 const struct typed_command *c) = {
#define COLON(id, name, keys, arguments, help) [COLON_##id] = do_##id,
#include "app/colon.def"
};

bool app_command(struct app *app, const char *text)
{
	struct typed_command command;
	struct file_error error;

	app->effect = APP_DRAW;
	if (!text[strspn(text, " :")])
		return true;
	if (!command_parse(&command, text, &error))
		return app_fail(app, "%s", error.text);
	return commands[command.id](app, &command);
}
