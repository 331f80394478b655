/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * term: the terminal. The one user of curses (with term_key.c).
 *
 *   struct term *t = term_open(&(struct term_options){ .color = true },
 *                              &why);
 *   term_show(t, &canvas);
 *   key = term_key(t, -1);         waits, and wakes for nothing else
 *   term_close(t);
 *
 * However the program ends (term_close, exit, SIGINT, SIGTERM, SIGHUP, a
 * fault) the terminal is left as it was found. Ctrl-Z stops the program and
 * fg brings the picture back.
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include "terminal/canvas.h"

struct term;

/* The background that colours are chosen for. */
enum theme {
	THEME_auto, /* what COLORFGBG says, else colours for both */
	THEME_dark,
	THEME_light,
	NR_THEMES
};

extern const char *const theme_names[NR_THEMES];
/* THEME_auto for NULL; NR_THEMES: there is none of that name. */
enum theme theme_from_name(const char *name);

/* How a look is shown with 256 colours; colour 0 is the terminal's own. */
struct look_style {
	uint8_t color;
	uint8_t background;
	bool bold;
	bool dim;
};

struct look_style theme_style(enum theme theme, enum look look);

struct term_options {
	bool color; /* false: attributes only */
	bool mouse; /* react to clicks and the wheel */
	enum theme theme;
};

/* The library, as "ncurses 6.4.20221231". */
const char *term_library(void);
/*
 * Take the terminal of stdin and stdout. NULL and *@why when it cannot show
 * a screen. One at a time.
 */
struct term *term_open(const struct term_options *options, const char **why);
void term_close(struct term *t);

void term_size(const struct term *t, int *width, int *height);
/* Make the terminal show the canvas; only what differs is sent. */
void term_show(struct term *t, const struct canvas *c);
/* Send everything anew with the next term_show(). */
void term_redraw(struct term *t);
/*
 * The next key: a code point or a KEYCODE_ of keymap.h. Waits at most
 * @timeout_ms, -1 for ever; KEYCODE_NONE when nothing came.
 */
uint32_t term_key(struct term *t, int timeout_ms);
/*
 * While the program works: read the keys that were typed, for term_key() later.
 * True: Esc is one of them, and is dropped.
 */
bool term_read_ahead(struct term *t);
/* Was the last key read ahead? */
bool term_is_ahead(const struct term *t);
/* The cell of the last KEYCODE_CLICK or wheel key. */
void term_pointer(const struct term *t, int *x, int *y);
void term_set_mouse(struct term *t, bool on);
void term_set_theme(struct term *t, enum theme theme);
/*
 * Also wait for @fd: while it can be read term_key() returns
 * KEYCODE_FILE. -1: no more.
 */
void term_watch(struct term *t, int fd);

/*
 * Lend the terminal to another program: term_leave(), run it, then
 * term_return(). In between the terminal is as it was found, and keys that
 * interrupt are the other program's.
 */
void term_leave(struct term *t);
void term_return(struct term *t);
/* In the child process of the other program: reset the signal settings. */
void term_child(const struct term *t);

#endif
