/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * key_bar: the keys that are most useful now, in the last row. A click on
 * one presses it. key_bar.def is the table.
 */
#ifndef TUI_KEY_BAR_H
#define TUI_KEY_BAR_H

#include "terminal/canvas.h"

enum bar_state {
	BAR_step, /* nothing else is going on */
	BAR_refused, /* the same, at a refusal */
	BAR_question, /* with choices */
	BAR_typed, /* one whose answer is typed */
	BAR_feedback, /* of an answer */
	BAR_prompt, /* a line is being typed */
	BAR_search, /* a search has matches */
	BAR_map, /* the map has the focus */
	BAR_flips, /* what would let a request be served is shown */
	BAR_help, /* the help is shown */
};

struct bar_key {
	enum bar_state state;
	uint32_t key;
	const char *text;
};

extern const struct bar_key bar_keys[];
extern const unsigned int nr_bar_keys;

/*
 * The keys of a state from the left; where the row is too narrow, the last
 * two stay and those before them are left out.
 */
void key_bar_draw(struct area a, enum bar_state state);
/* The same at the right end of a row, of which columns before @x are used. */
void key_bar_draw_right(struct area a, int x, enum bar_state state);

#endif
