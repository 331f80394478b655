/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plain: the same story as lines, for a terminal that is none, a screen
 * reader, or a pipe. An empty line is one step forward; any other is typed
 * as on the screen: keys, `/` and a condition, `:` and a command.
 */
#ifndef TUI_PLAIN_H
#define TUI_PLAIN_H

#include <stdio.h>

#include "app/app.h"

/*
 * Until @in ends or the user leaves. @prompt: say where one is before each
 * line. False: no memory.
 */
bool plain_run(struct app *app, FILE *in, FILE *out, bool prompt);

#endif
