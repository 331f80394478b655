/* SPDX-License-Identifier: GPL-2.0-or-later */
/* app_command: what is done when a line after a colon is entered. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_private.h"
#include "snapshot/save_scenario.h"
#include "snapshot/snapshot.h"

/* A whole number; false when it is none. Large ones are the largest. */
static bool parse_number(const char *text, uint32_t *number)
{
	unsigned long long value;
	char *end;

	if (!text || *text < '0' || *text > '9')
		return false;
	errno = 0;
	value = strtoull(text, &end, 10);
	*number = errno || value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
	return !*end;
}

static bool do_goto(struct app *app, const struct typed_command *c)
{
	const struct session *s = app->input.session;
	const char *first = command_word(c, 0);
	uint32_t number;

	if (first && !strcmp(first, "request")) {
		if (!parse_number(command_word(c, 1), &number)) {
			app_say(app, MESSAGE_goto_what, c->rest);
			return false;
		}
		if (!number || number > session_nr_requests(s)) {
			app_say(app, MESSAGE_no_request, number,
				session_nr_requests(s));
			return false;
		}
		time_jump(app, time_request_step(s, number - 1,
						 app->player.nr_steps));
		return true;
	}
	if (!parse_number(first, &number)) {
		app_say(app, MESSAGE_goto_what, c->rest);
		return false;
	}
	if (number > app->player.nr_steps)
		app_say(app, MESSAGE_beyond, number, app->player.nr_steps);
	time_jump(app, number);
	return true;
}

static bool do_breaks(struct app *app)
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
	ok = snapshot_save(s, c->rest, &error);
	session_seek(s, app->player.step);
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

static bool do_seed(struct app *app, const struct typed_command *c,
		    enum app_effect *effect)
{
	uint32_t seed;

	if (!app->input.seed) {
		app_say(app, MESSAGE_seed_alone);
		return false;
	}
	if (!parse_number(command_word(c, 0), &seed) || !seed) {
		app_say(app, MESSAGE_seed_wanted);
		return false;
	}
	*effect = app_reload(app, seed);
	return true;
}

static bool do_help(struct app *app, const struct typed_command *c)
{
	struct typed_command about;
	char text[MAX_MESSAGE];

	if (*c->rest) {
		if (!command_parse(&about, c->rest, text, sizeof(text))) {
			app_say(app, "%s", text);
			return false;
		}
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
	snprintf(app->show, sizeof(app->show), "%s",
		 *c->rest ? c->rest : "why");
	app_say(app, MESSAGE_show_plain);
	return true;
}

static bool do_command(struct app *app, const struct typed_command *c,
		       enum app_effect *effect)
{
	switch (c->id) {
	case COLON_goto:
		return do_goto(app, c);
	case COLON_find:
		return prompt_search(app, c->rest);
	case COLON_break:
		return prompt_break(app, c->rest);
	case COLON_breaks:
		return do_breaks(app);
	case COLON_alloc:
		return typed_alloc(app, c);
	case COLON_free:
		return typed_free(app, c);
	case COLON_drain:
		return typed_drain(app, c);
	case COLON_save_scenario:
		return do_save_scenario(app, c);
	case COLON_snapshot:
		return do_snapshot(app, c);
	case COLON_set:
		return setting_command(app, c);
	case COLON_show:
		return do_show(app, c);
	case COLON_seed:
		return do_seed(app, c, effect);
	case COLON_reload:
		*effect = app_reload(app, 0);
		return true;
	case COLON_edit:
		*effect = APP_EDIT;
		return true;
	case COLON_help:
		return do_help(app, c);
	case COLON_quit:
		*effect = APP_BACK;
		return true;
	case NR_COLONS:
		break;
	}
	return false;
}

bool app_command(struct app *app, const char *text, enum app_effect *effect)
{
	struct typed_command command;
	char error[MAX_MESSAGE];

	*effect = APP_DRAW;
	if (!text[strspn(text, " :")])
		return true;
	if (!command_parse(&command, text, error, sizeof(error))) {
		app_say(app, "%s", error);
		return false;
	}
	/* a command that goes elsewhere closes the question for now */
	if (app->view.prediction.on && command.id != COLON_help)
		app->view.prediction.on = false;
	return do_command(app, &command, effect);
}
