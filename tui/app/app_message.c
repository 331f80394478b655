/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_message: what the last rows say: messages, until the next key; the
 * error of a reload, until a reload succeeds.
 */
#include <stdarg.h>
#include <string.h>

#include "app/app_private.h"
#include "machine/utf8.h"
#include "views/view.h"

/* Print behind the first @used bytes; one row, whatever a file contains. */
static void print_behind(char *message, size_t used, const char *format,
			 va_list arguments)
{
	const size_t room = MAX_MESSAGE - used;

	if (vsnprintf(message + used, room, format, arguments) >= (int)room)
		utf8_trim(message);
	for (char *c = message + used; *c; c++)
		if (*c == '\n' || *c == '\t')
			*c = ' ';
}

void app_say_more(struct app *app, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_behind(app->message, strlen(app->message), format, arguments);
	va_end(arguments);
}

void app_say(struct app *app, const char *format, ...)
{
	char text[MAX_MESSAGE];
	va_list arguments;

	va_start(arguments, format);
	print_behind(text, 0, format, arguments);
	va_end(arguments);
	/* a message stays until a key was read, and another one follows it */
	if (!strstr(app->message, text))
		app_say_more(app, "%s%s", app->message[0] ? " · " : "", text);
}

/* -- on the screen --------------------------------------------------------- */

/* At most half of the screen. */
static int rows_of(const char *text, int width, int height)
{
	const int rows = wrapped_rows(text, width);

	return rows < height / 2 ? rows : height / 2;
}

enum { ERROR_X = 3 };

int message_height_left(const struct app *app, int width, int height)
{
	const int left = height - rows_of(app->error, width - ERROR_X, height);

	return left < SCREEN_MIN_HEIGHT ? height : left;
}

/* @text from column @x in the rows that end before @bottom, the first row. */
static int draw_rows(struct canvas *c, int x, int bottom, enum look look,
		     const char *text)
{
	const int rows = rows_of(text, c->width - x, c->height);
	const struct area a =
		area_part(canvas_area(c), 0, bottom - rows, c->width, rows);

	area_clear(a);
	put_wrapped(a, x, 0, rows, look, text);
	return bottom - rows;
}

void message_draw(const struct app *app, struct canvas *c)
{
	int y = draw_rows(c, ERROR_X, c->height, LOOK_REFUSED, app->error);

	if (y < c->height)
		put_text(canvas_area(c), 1, y, LOOK_REFUSED, SIGN_REFUSED);
	if (app->running)
		y = draw_rows(c, 1, y, LOOK_CURRENT,
			      text_of(MESSAGE_running, app->input.path,
				      app->input.seed ? MESSAGE_running_cancel :
							"")
				      .s);
	draw_rows(c, 1, y - (app->prompt != PROMPT_NONE), LOOK_CURRENT,
		  app->message);
}
