/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * help: over the picture what the panel in focus means, the signs, the keys
 * and the other panels; all from their tables.
 */
#ifndef TUI_HELP_H
#define TUI_HELP_H

#include "screen/layout.h"

/* How far the help can be scrolled on a screen of that size. */
int help_scroll_room(const struct layout *l, int width, int height);
/* Over the picture of the layout. */
void help_draw(struct canvas *c, const struct layout *l, int scroll);

#endif
