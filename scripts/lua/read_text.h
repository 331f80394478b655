/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read_text: a whole file in memory, as long as it is not too large. */
#ifndef SCRIPTS_READ_TEXT_H
#define SCRIPTS_READ_TEXT_H

#include <stddef.h>
#include <stdio.h>

/*
 * All that @in still has, *@size bytes with a NUL behind them; free() it.
 * NULL, and errno: ENOMEM, EFBIG when it is @max bytes or more, or why it
 * could not be read.
 */
char *read_text(FILE *in, size_t max, size_t *size);

#endif
