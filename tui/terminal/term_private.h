/* SPDX-License-Identifier: GPL-2.0-or-later */
/* term_private: what term.c and term_key.c share. */
#ifndef TUI_TERM_PRIVATE_H
#define TUI_TERM_PRIVATE_H

#include <signal.h>
#include <curses.h>

#include "terminal/term.h"

enum { MAX_AHEAD = 64 };

struct term {
	SCREEN *screen;
	bool color;
	bool colored[NR_LOOKS]; /* by a colour, else by attributes alone */
	bool few_colors; /* with colours, but less than 256 */
	sigset_t unblocked; /* the signal mask while waiting */
	int nr_empty; /* times that input was there, but no key */
	int watched; /* a descriptor to wait for too, or -1 */
	int pointer_x;
	int pointer_y;
	uint32_t pending; /* a key that was read too early, or 0 */
	bool is_ahead; /* the last key was the first of these */
	unsigned int nr_ahead;
	struct {
		uint32_t key;
		int x, y; /* of the pointer */
	} ahead[MAX_AHEAD]; /* see term_read_ahead() */
};

/* What is shown from here on has that look. */
void term_set_look(const struct term *t, uint32_t look);

#endif
