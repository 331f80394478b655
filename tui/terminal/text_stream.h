/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text_stream: lines for a person, whose texts may come from a file: control
 * characters and bytes that are not UTF-8 are replaced, and with @ascii every
 * other character than ASCII.
 */
#ifndef TUI_TEXT_STREAM_H
#define TUI_TEXT_STREAM_H

#include <stdbool.h>
#include <stdio.h>

/* A stream that writes to @out, which fclose() leaves open. NULL: no memory. */
FILE *text_stream_open(FILE *out, bool ascii);

#endif
