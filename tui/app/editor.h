/* SPDX-License-Identifier: GPL-2.0-or-later */
/* editor: the user's own, in the terminal that we lend to it. */
#ifndef TUI_EDITOR_H
#define TUI_EDITOR_H

#include "terminal/term.h"

/*
 * Open @path at @line (0: anywhere) in $VISUAL, else $EDITOR, else vi, and
 * wait. The variable is a command for the shell, as in other programs.
 * False: @message (@size bytes) says why it did not work.
 */
bool editor_run(struct term *t, const char *path, uint32_t line, char *message,
		size_t size);

#endif
