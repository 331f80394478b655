/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glyph: single characters: reading UTF-8, how wide they are, and which
 * ASCII character stands for them.
 */
#ifndef TUI_GLYPH_H
#define TUI_GLYPH_H

#include <stdint.h>

#define GLYPH_CUT 0x2026u /* … where text was cut */
#define GLYPH_BAD 0xfffdu

/*
 * The next character of *@text, which moves behind it; 0 at the end. Bytes
 * that are no UTF-8 and control characters give GLYPH_BAD, white space a
 * blank.
 */
uint32_t glyph_next(const char **text);
/*
 * The same for the screen: format characters are skipped, and what cannot be
 * printed is GLYPH_BAD. *@width is its columns: 1, 2, or 0 for a combining
 * character, which belongs to the character before it.
 */
uint32_t glyph_next_cell(const char **text, int *width);
/* One ASCII character for it, '?' when there is none. */
char glyph_ascii(uint32_t glyph);

/* Lines: which of its four arms a character has, and back. */
enum { ARM_UP = 1, ARM_DOWN = 2, ARM_LEFT = 4, ARM_RIGHT = 8 };
unsigned int glyph_arms(uint32_t glyph); /* 0: not a line */
uint32_t glyph_of_arms(unsigned int arms);

#endif
