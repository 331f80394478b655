/* SPDX-License-Identifier: GPL-2.0-or-later */
/* editor: the user's editor, which borrows the terminal. */
#ifndef TUI_EDITOR_H
#define TUI_EDITOR_H

#include "terminal/term.h"

enum editor_end {
	EDITOR_DONE,
	EDITOR_NOT_FOUND, /* by the shell */
	EDITOR_NOT_STARTED, /* no process: errno */
};

/*
 * Open @path at @line (0: anywhere) in $VISUAL, else $EDITOR, else vi, and
 * wait. The variable is a command for the shell, as in other programs.
 */
enum editor_end editor_run(struct term *t, const char *path, uint32_t line);

#endif
