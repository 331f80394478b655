/* SPDX-License-Identifier: GPL-2.0-or-later */
/* colors: the palette of the terminal, for files. */
#include "export/colors.h"

const char *const look_classes[NR_LOOKS] = {
	[LOOK_NORMAL] = "",	    [LOOK_TITLE] = "title",
	[LOOK_CURRENT] = "current", [LOOK_PASSED] = "passed",
	[LOOK_REFUSED] = "refused", [LOOK_FREE] = "free",
	[LOOK_DIM] = "dim",	    [LOOK_CHANGED] = "changed",
};

int row_run(const struct canvas *c, int x, int y)
{
	const struct cell *row = &c->cells[y * c->width];
	const uint32_t look = row[x].look;

	while (x < c->width && row[x].look == look)
		x++;
	return x;
}

/* -- ANSI ------------------------------------------------------------------ */

static void put_sgr(struct look_style style, FILE *out)
{
	fputs("\033[0", out);
	if (style.bold)
		fputs(";1", out);
	if (style.dim)
		fputs(";2", out);
	if (style.color)
		fprintf(out, ";38;5;%u", style.color);
	if (style.background)
		fprintf(out, ";48;5;%u", style.background);
	putc('m', out);
}

/* The columns of a row up to the last one that is not blank. */
static int row_end(const struct canvas *c, int y)
{
	const struct cell *row = &c->cells[y * c->width];
	int end = c->width;

	while (end && row[end - 1].glyph == ' ' &&
	       row[end - 1].look != LOOK_CURRENT)
		end--;
	return end;
}

void canvas_dump_ansi(const struct canvas *c, enum theme theme,
		      const char *newline, FILE *out)
{
	char utf8[MAX_CELL_BYTES];

	for (int y = 0; y < c->height; y++) {
		const struct cell *row = &c->cells[y * c->width];
		const int end = row_end(c, y);
		uint32_t look = LOOK_NORMAL;

		fputs(y ? newline : "", out);
		for (int x = 0; x < end; x++) {
			if (row[x].look != look)
				put_sgr(theme_style(theme,
						    (enum look)row[x].look),
					out);
			look = row[x].look;
			fwrite(utf8, 1, cell_encode(&row[x], utf8), out);
		}
		fputs(look == LOOK_NORMAL ? "" : "\033[0m", out);
	}
}

/* -- CSS ------------------------------------------------------------------- */

/* A colour of the 256: a cube of 6 x 6 x 6, then 24 greys. */
static unsigned int rgb_of(unsigned int color)
{
	static const unsigned int levels[] = { 0, 95, 135, 175, 215, 255 };

	if (color >= 232)
		return (8 + 10 * (color - 232)) * 0x10101;
	color -= 16;
	return levels[color / 36] << 16 | levels[color / 6 % 6] << 8 |
	       levels[color % 6];
}

static void write_look(enum theme theme, enum look look, bool image, FILE *out)
{
	const struct look_style style = theme_style(theme, look);
	const char *class = look_classes[look];

	fprintf(out, ".%s{", class);
	if (style.color)
		fprintf(out, "%s:#%06x;", image ? "fill" : "color",
			rgb_of(style.color));
	if (style.background && !image)
		fprintf(out, "background:#%06x;", rgb_of(style.background));
	fprintf(out, "font-weight:%s}\n", style.bold ? "bold" : "normal");
	if (style.background && image)
		fprintf(out, ".mark{fill:#%06x}\n", rgb_of(style.background));
}

static void write_theme(enum theme theme, bool image, FILE *out)
{
	const bool dark = theme == THEME_dark;
	const char *const text = dark ? "#e4e4e4" : "#1c1c1c";
	const char *const paper = dark ? "#121212" : "#ffffff";

	if (image)
		fprintf(out, ".screen{fill:%s}\n.paper{fill:%s}\n", text,
			paper);
	else
		fprintf(out,
			":root{color-scheme:%s}\n"
			".screen{color:%s;background:%s}\n",
			theme_names[theme], text, paper);
	for (int i = 1; i < NR_LOOKS; i++)
		write_look(theme, (enum look)i, image, out);
}

void colors_write_css(enum theme theme, bool image, FILE *out)
{
	write_theme(theme == THEME_dark ? THEME_dark : THEME_light, image, out);
	if (theme != THEME_auto)
		return;
	fputs("@media (prefers-color-scheme:dark){\n", out);
	write_theme(THEME_dark, image, out);
	fputs("}\n", out);
}
