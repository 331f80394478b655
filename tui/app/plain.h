/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plain: the same as lines of text, for a screen reader, a pipe, or a
 * terminal without a screen. An empty line is Enter, to the next point of
 * interest; any other is typed as on the screen: keys, `/` and a filter, `:`
 * and a command.
 */
#ifndef TUI_PLAIN_H
#define TUI_PLAIN_H

#include <stdio.h>

#include "app/app.h"

/*
 * Until @in ends or the user leaves. @prompt: print the current step before
 * each line. False: no memory.
 */
bool plain_run(struct app *app, FILE *in, FILE *out, bool prompt);

#endif
