/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plain_show: what --plain prints instead of drawing it. */
#ifndef TUI_PLAIN_SHOW_H
#define TUI_PLAIN_SHOW_H

#include <stdio.h>

#include "app/app.h"

/* The panel called @name at the current step, or the names of all panels. */
void plain_show_panel(struct app *app, const char *name, FILE *out);
/* The end card, whole. */
void plain_show_card(struct app *app, FILE *out);

#endif
