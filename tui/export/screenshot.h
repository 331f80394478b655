/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * screenshot: the screen of a session at one place after another, the same that
 * the terminal shows.
 *
 *   struct screenshot p = { .session = s, .title = "02 A split" };
 *
 *   if (screenshot_init(&p, &options)) {
 *           screenshot_draw(&p, &place);
 *           canvas_dump(&p.canvas, stdout);
 *   }
 *   screenshot_destroy(&p);
 */
#ifndef TUI_SCREENSHOT_H
#define TUI_SCREENSHOT_H

#include "export/places.h"
#include "screen/screen.h"
#include "terminal/term.h"

/* How screens are drawn. */
struct screenshot_options {
	int width, height;
	bool ascii;
	enum theme theme;
	enum { ANSWERS_DEFAULT, ANSWERS_SHOWN, ANSWERS_HIDDEN } answers;
	struct view_state view;
};

struct screenshot {
	/* set by the caller, who keeps what they point to */
	struct session *session;
	const char *title;
	/* of the options; beside the scenario, which the caller may add */
	struct view_state view;
	/* its own */
	struct guide guide;
	struct landmarks landmarks;
	struct view_model *vm; /* of the last screenshot_draw() */
	struct canvas canvas;
};

/* False: no memory. screenshot_destroy() is due in any case. */
bool screenshot_init(struct screenshot *p,
		     const struct screenshot_options *options);
void screenshot_destroy(struct screenshot *p);

/*
 * Draw the screen at @place on the canvas. Below the smallest size, one line
 * says what is needed.
 */
void screenshot_draw(struct screenshot *p, const struct export_place *place);

#endif
