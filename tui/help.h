/* SPDX-License-Identifier: GPL-2.0-or-later */
/* help: the keys and the panels, from their tables, over the picture. */
#ifndef TUI_HELP_H
#define TUI_HELP_H

#include "layout.h"

/* Returns how far it can be scrolled. */
int help_draw(struct canvas *c, const struct frame *f, int scroll);

#endif
