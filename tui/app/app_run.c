/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_run: draw, wait, act. It wakes up for a key, a new size, a saved file
 * and, while playing, for the next picture only.
 */
#include "app/app_run.h"

#include <errno.h>
#include <string.h>

#include "app/app_private.h"
#include "app/editor.h"
#include "machine/clock.h"

/* Draw in the terminal's present size. False: no memory. */
static bool show(struct app *app, struct term *term, struct canvas *c)
{
	int width, height;

	term_size(term, &width, &height);
	if (!canvas_resize(c, width, height))
		return false;
	c->ascii = app->ascii;
	app_update(app, width, height);
	app_draw(app, c);
	term_show(term, c);
	return true;
}

/* The editor, and then the file as it is now. */
static enum app_effect edit(struct app *app, struct term *term,
			    struct watch *watch)
{
	if (!app->input.path) {
		app_say(app, MESSAGE_no_reload);
		return APP_DRAW;
	}
	switch (editor_run(term, app->input.path, app_source_line(app))) {
	case EDITOR_DONE:
		app_reload(app, 0);
		/* that save was seen just now */
		if (watch)
			watch_saved(watch);
		break;
	case EDITOR_NOT_FOUND:
		app_say(app, MESSAGE_no_editor);
		break;
	case EDITOR_NOT_STARTED:
		app_say(app, MESSAGE_editor_failed, strerror(errno));
		break;
	}
	return APP_REDRAW;
}

/* Wait for what comes next, and do it. */
static enum app_effect next(struct app *app, struct term *term,
			    struct watch *watch)
{
	uint32_t key = term_key(term, app_wait_ms(app, clock_now_ms()));
	enum app_effect effect;
	bool mouse = app->mouse;

	/* another file of the folder */
	if (key == KEYCODE_FILE && !watch_saved(watch))
		key = KEYCODE_NONE;
	/* without inotify the file is checked with each key */
	else if (watch && watch->path && watch->fd < 0 && watch_saved(watch))
		app_reload(app, 0);
	term_pointer(term, &app->pointer_x, &app->pointer_y);
	effect = app_key(app, key, clock_now_ms());
	if (app->mouse != mouse)
		term_set_mouse(term, app->mouse);
	if (effect == APP_EDIT)
		effect = edit(app, term, watch);
	if (effect == APP_NOTHING)
		effect = app_tick(app, clock_now_ms());
	return effect;
}

enum app_end app_run(struct app *app, struct term *term, struct watch *watch)
{
	enum app_effect effect = APP_DRAW;
	struct canvas c;
	bool ok = canvas_init(&c, 1, 1, app->ascii);

	term_watch(term, watch ? watch->fd : -1);
	while (ok && effect != APP_QUIT && effect != APP_BACK) {
		if (effect == APP_REDRAW)
			term_redraw(term);
		if (effect != APP_NOTHING)
			ok = show(app, term, &c);
		effect = next(app, term, watch);
	}
	term_watch(term, -1);
	canvas_fini(&c);
	return !ok		  ? APP_END_MEMORY :
	       effect == APP_QUIT ? APP_END_QUIT :
				    APP_END_BACK;
}
