/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * message: what the screen says in its last line. message.def is the one
 * table, a row a text; a translation is another such table. They are
 * arrays, so the compiler checks formats against them.
 */
#ifndef TUI_MESSAGE_H
#define TUI_MESSAGE_H

#define MESSAGE(name, string)                                                  \
	static const char MESSAGE_##name[] __attribute__((unused)) = string;
#include "model/message.def"

#endif
