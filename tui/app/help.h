/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * help: over the picture what the panel in focus means, the signs, the keys
 * and the other panels; all from their tables.
 */
#ifndef TUI_HELP_H
#define TUI_HELP_H

#include "views/layout.h"

/* Returns how far it can be scrolled. */
int help_draw(struct canvas *c, const struct view_model *vm,
	      const struct view_state *v, int scroll);

#endif
