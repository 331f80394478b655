/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_prompt: a line being typed below the picture. After an error it stays
 * open to be corrected.
 */
#include <string.h>

#include "app/app_private.h"
#include "views/view.h"

static const char *const signs[NR_PROMPTS] = {
	[PROMPT_NONE] = "",
	[PROMPT_COMMAND] = ":",
	[PROMPT_SEARCH] = "/",
	[PROMPT_BREAK] = "break: ",
};

void prompt_open(struct app *app, enum prompt_kind kind)
{
	app->prompt = kind;
	line_set(&app->line, "");
	line_history_begin(&app->histories[kind]);
}

const char *prompt_text(const struct app *app, char *buf, size_t size,
			int *cursor)
{
	snprintf(buf, size, "%s%s", signs[app->prompt], app->line.text);
	*cursor = (int)strlen(signs[app->prompt]) +
		  line_cursor_column(&app->line);
	return buf;
}

bool prompt_break(struct app *app, const char *text)
{
	struct file_error error;
	bool set;

	if (!*text)
		return true;
	if (!breakpoints_toggle(&app->breakpoints,
				session_machine(app->input.session), text, &set,
				&error))
		return app_fail(app, "%s", error.text);
	app_say(app, set ? MESSAGE_break_set : MESSAGE_break_removed, text);
	return true;
}

static enum app_effect enter(struct app *app)
{
	static bool (*const enters[NR_PROMPTS])(struct app *, const char *) = {
		[PROMPT_COMMAND] = app_command,
		[PROMPT_SEARCH] = search_for,
		[PROMPT_BREAK] = prompt_break,
	};
	const enum prompt_kind kind = app->prompt;
	char text[MAX_LINE + 1];

	print_to(text, "%s", app->line.text + strspn(app->line.text, " "));
	line_history_add(&app->histories[kind], text);
	app->prompt = PROMPT_NONE;
	app->effect = APP_DRAW;
	if (!enters[kind](app, text))
		app->prompt = kind;
	return app->effect;
}

static void complete(struct app *app)
{
	struct completion c;

	command_complete(
		&app->line,
		app->prompt == PROMPT_COMMAND ? LINE_COMMAND : LINE_FILTER, &c);
	if (completion_apply(&c, &app->line) || c.nr < 2)
		return;
	for (unsigned int i = 0; i < c.nr; i++) {
		const char *name = c.candidates[i];
		const size_t used = strlen(app->message) + strlen(name) + 2;

		if (used + strlen(SIGN_CUT) >= MAX_MESSAGE) {
			app_say_more(app, SIGN_CUT);
			break;
		}
		app_say_more(app, "%s  ", name);
	}
}

enum app_effect prompt_key(struct app *app, uint32_t key)
{
	if (key == '\r')
		return enter(app);
	if (key == '\t') {
		complete(app);
		return APP_DRAW;
	}
	/* as in other programs, Backspace on an empty line closes it */
	if (key == KEYCODE_ESC || key == KEY_CONTROL('g') ||
	    (key == KEYCODE_BACKSPACE && !app->line.length)) {
		line_history_add(&app->histories[app->prompt], app->line.text);
		app->prompt = PROMPT_NONE;
		return APP_DRAW;
	}
	line_key(&app->line, &app->histories[app->prompt], key);
	return APP_DRAW;
}
