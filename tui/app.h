/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app: keys in, pictures out. app_key() and app_tick() change what is
 * shown and say what must be done; app_draw() draws it; app_run() ties them
 * to a terminal.
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "layout.h"
#include "player.h"
#include "term.h"

enum app_effect {
	APP_NOTHING,
	APP_DRAW, /* the picture has changed */
	APP_REDRAW, /* and the terminal may not show what it should */
	APP_QUIT,
};

struct app {
	struct session *session;
	const char *title;
	const struct marks *marks;
	struct player player;
	struct layout_choice choice;
	int scroll_room; /* of the focused panel, from the last picture */
	bool help;
	char message[160]; /* until the next key; "": none */
	struct frame *frame; /* app_draw's, kept since it is large */
};

/* False when there is no memory. Paused at step 0. */
bool app_init(struct app *app, struct session *session, const char *title,
	      const struct marks *marks);
void app_fini(struct app *app);

/* A key of keymap.h was typed. */
enum app_effect app_key(struct app *app, uint32_t key, uint64_t now_ms);
/* Time has passed. */
enum app_effect app_tick(struct app *app, uint64_t now_ms);
/* Draw on an empty canvas. */
void app_draw(struct app *app, struct canvas *c);
/* Until the user leaves. False when there is no memory. */
bool app_run(struct app *app, struct term *term, bool ascii);

#endif
