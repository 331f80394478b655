/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plain_show: a panel of the screen as lines of text. */
#ifndef TUI_PLAIN_SHOW_H
#define TUI_PLAIN_SHOW_H

#include <stdio.h>

#include "app/app.h"

/* The panel called @name at the present step; else which there are. */
void plain_show(struct app *app, const char *name, FILE *out);

#endif
