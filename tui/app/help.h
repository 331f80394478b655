/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * help: over the picture the signs and panels that it shows, the keys by
 * task, the other panels, and a glossary; all from their tables. What the
 * user types selects rows. And the guide for a first start.
 */
#ifndef TUI_HELP_H
#define TUI_HELP_H

#include "screen/layout.h"

struct term_text {
	const char *name;
	const char *meaning;
};

/* The glossary. */
extern const struct term_text terms[];
extern const unsigned int nr_terms;

/* How far the help can be scrolled on a screen of that size. */
int help_scroll_room(const struct layout *l, int width, int height,
		     const char *filter);
/* Over the picture of the layout: the rows with @filter, "" for all. */
void help_draw(struct canvas *c, const struct layout *l, int scroll,
	       const char *filter);
/* A box in the middle of a screen: its width, and with its titles, empty. */
int overlay_width(int width);
struct area overlay_box(struct canvas *c, int width, int height,
			const char *title, const char *below);
/* Three lines over the picture. */
void welcome_draw(struct canvas *c);

#endif
