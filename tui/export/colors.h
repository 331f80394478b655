/* SPDX-License-Identifier: GPL-2.0-or-later */
/* colors: what the looks of a canvas are in ANSI, in SVG and in CSS. */
#ifndef TUI_COLORS_H
#define TUI_COLORS_H

#include <stdio.h>

#include "terminal/canvas.h"
#include "terminal/term.h"

/* The class of a look in SVG and CSS, "title"; of LOOK_NORMAL "". */
extern const char *const look_classes[NR_LOOKS];

/*
 * The rules of each class and of .screen, for the style sheet of an image or
 * of a page. THEME_auto follows what the reader prefers.
 */
void colors_write_css(enum theme theme, bool image, FILE *out);

/*
 * The canvas as text with ANSI escapes for 256 colours, with @newline between
 * the rows.
 */
void canvas_dump_ansi(const struct canvas *c, enum theme theme,
		      const char *newline, FILE *out);

/* The cells of a row that look the same, from @x on; returns the end. */
int row_run(const struct canvas *c, int x, int y);

#endif
