/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * term_look: what the looks are on a terminal: attributes alone, eight
 * colours or many, on a dark, a light or an unknown background. Sign and
 * place carry the meaning everywhere: colours only help.
 */
#include <stdlib.h>
#include <string.h>

#include "terminal/term_private.h"

const char *const theme_names[NR_THEMES] = { "auto", "dark", "light" };

enum theme theme_from_name(const char *name)
{
	int i = 0;

	while (name && i < NR_THEMES && strcmp(name, theme_names[i]))
		i++;
	return (enum theme)i;
}

/* Of 256 colours one that is black and not number 0. */
enum { BLACK = 16 };

/* Foreground colours; 0: the terminal's own. */
struct palette {
	short colors[NR_LOOKS];
	short current; /* the background of LOOK_CURRENT */
};

static const struct palette few_colors[NR_THEMES] = {
	[THEME_auto] = { { [LOOK_PASSED] = COLOR_GREEN,
			   [LOOK_REFUSED] = COLOR_RED,
			   [LOOK_FREE] = COLOR_BLUE,
			   [LOOK_CHANGED] = COLOR_BLUE },
			 COLOR_YELLOW },
	/* blue is too dark on black */
	[THEME_dark] = { { [LOOK_PASSED] = COLOR_GREEN,
			   [LOOK_REFUSED] = COLOR_RED,
			   [LOOK_FREE] = COLOR_CYAN,
			   [LOOK_CHANGED] = COLOR_CYAN },
			 COLOR_YELLOW },
	/* and bold green too bright on white */
	[THEME_light] = { { [LOOK_REFUSED] = COLOR_RED,
			    [LOOK_FREE] = COLOR_BLUE,
			    [LOOK_CHANGED] = COLOR_BLUE },
			  COLOR_YELLOW },
};

/*
 * The hues of Okabe and Ito's palette; on a known background with a contrast
 * of 4.5 to 1 or more, the greys too.
 */
static const struct palette many_colors[NR_THEMES] = {
	[THEME_auto] = { { [LOOK_PASSED] = 29,
			   [LOOK_REFUSED] = 166,
			   [LOOK_FREE] = 32,
			   [LOOK_CHANGED] = 32 },
			 220 },
	[THEME_dark] = { { [LOOK_PASSED] = 43,
			   [LOOK_REFUSED] = 209,
			   [LOOK_FREE] = 75,
			   [LOOK_CHANGED] = 75,
			   [LOOK_DIM] = 247 },
			 220 },
	[THEME_light] = { { [LOOK_PASSED] = 29,
			    [LOOK_REFUSED] = 130,
			    [LOOK_FREE] = 25,
			    [LOOK_CHANGED] = 25,
			    [LOOK_DIM] = 241 },
			  220 },
};

static const attr_t attributes[NR_LOOKS] = {
	[LOOK_TITLE] = A_BOLD,	 [LOOK_CURRENT] = A_REVERSE,
	[LOOK_PASSED] = A_BOLD,	 [LOOK_REFUSED] = A_BOLD,
	[LOOK_CHANGED] = A_BOLD, [LOOK_DIM] = A_DIM,
};

struct look_style theme_style(enum theme theme, enum look look)
{
	const struct palette *p = &many_colors[theme];
	const bool current = look == LOOK_CURRENT;

	return (struct look_style){
		.color = (uint8_t)(current ? BLACK : p->colors[look]),
		.background = (uint8_t)(current ? p->current : 0),
		.bold = attributes[look] == A_BOLD,
		.dim = attributes[look] == A_DIM && !p->colors[look],
	};
}

/* What the terminal says of its background: "15;0" is white on black. */
static enum theme theme_of_terminal(void)
{
	const char *text = getenv("COLORFGBG");
	const char *last = text ? strrchr(text, ';') : NULL;
	char *end;
	long color;

	if (!last)
		return THEME_auto;
	color = strtol(last + 1, &end, 10);
	if (end == last + 1 || *end || color < 0 || color > 15)
		return THEME_auto;
	return color == 7 || color > 8 ? THEME_light : THEME_dark;
}

void term_set_theme(struct term *t, enum theme theme)
{
	const struct palette *p;

	if (theme == THEME_auto)
		theme = theme_of_terminal();
	if (!t->color)
		return;
	p = &(COLORS >= 256 ? many_colors : few_colors)[theme];
	for (int look = 1; look < NR_LOOKS; look++) {
		t->colored[look] = p->colors[look] || look == LOOK_CURRENT;
		if (p->colors[look])
			init_pair((short)look, p->colors[look], -1);
	}
	init_pair(LOOK_CURRENT, COLOR_BLACK, p->current);
	t->few_colors = COLORS < 256;
	term_redraw(t);
}

void term_set_look(const struct term *t, uint32_t look)
{
	bool colored = look < NR_LOOKS && t->colored[look];
	attr_t attribute = look < NR_LOOKS ? attributes[look] : A_NORMAL;

	/* the colours say it already */
	if (colored && (look == LOOK_CURRENT || look == LOOK_DIM))
		attribute = A_NORMAL;
	/* eight colours are dark: dim text could not be read */
	if (t->few_colors && (look == LOOK_FREE || look == LOOK_DIM))
		attribute = look == LOOK_FREE ? A_BOLD : A_NORMAL;
	attr_set(attribute, colored ? (short)look : 0, NULL);
}

const char *term_library(void)
{
	return curses_version();
}
