/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * term: the terminal. The one user of curses.
 *
 *   struct term *t = term_open(true, &why);
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

#include "canvas.h"

struct term;

/*
 * Take the terminal of stdin and stdout. NULL and *@why when it cannot show
 * a screen. One at a time. @color false: attributes only.
 */
struct term *term_open(bool color, const char **why);
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

#endif
