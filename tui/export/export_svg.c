/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * export_svg: a screen as an image of real text. Each piece of text is
 * stretched to its columns, so that it does not matter how wide the
 * characters of the reader's font are, and lines join.
 */
#include <string.h>

#include "export/colors.h"
#include "export/export.h"

enum { CELL_WIDTH = 9, CELL_HEIGHT = 17, BASELINE = 14, MARGIN = 8 };

void write_escaped(const char *text, FILE *out)
{
	for (; *text; text++) {
		const unsigned char c = (unsigned char)*text;

		if (c == '&')
			fputs("&amp;", out);
		else if (c == '<')
			fputs("&lt;", out);
		else if (c == '>')
			fputs("&gt;", out);
		else if (c == '"')
			fputs("&quot;", out);
		else if (c == '\'')
			fputs("&#39;", out);
		else
			putc(c < ' ' && c != '\n' ? ' ' : c, out);
	}
}

/* Characters of other fonts than the letters' are placed on their own. */
static bool is_letter(const struct cell *cell)
{
	return cell->glyph < 0x80;
}

/* The end of the piece of a run that begins at @x, without two blanks. */
static int piece_end(const struct cell *row, int x, int end)
{
	const bool letter = is_letter(&row[x]);
	int at = x;

	while (at < end && (!row[at].glyph || is_letter(&row[at]) == letter) &&
	       !(row[at].glyph == ' ' &&
		 (at == x || at + 1 == end || row[at + 1].glyph == ' ')))
		at++;
	return at;
}

static void put_piece(const struct canvas *c, int x, int end, int y, FILE *out)
{
	const struct cell *cells = &c->cells[y * c->width];
	const char *class = look_classes[cells[x].look];
	char utf8[MAX_CELL_BYTES + 1];

	fprintf(out,
		"<text x=\"%d\" y=\"%d\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"",
		MARGIN + x * CELL_WIDTH, MARGIN + y * CELL_HEIGHT + BASELINE,
		(end - x) * CELL_WIDTH);
	if (*class)
		fprintf(out, " class=\"%s\"", class);
	putc('>', out);
	for (; x < end; x++) {
		utf8[cell_encode(&cells[x], utf8)] = '\0';
		write_escaped(utf8, out);
	}
	fputs("</text>\n", out);
}

/* The text of a run of the same look, and what is behind it. */
static void put_run(const struct canvas *c, int x, int end, int y, FILE *out)
{
	const struct cell *row = &c->cells[y * c->width];
	int next;

	if (row[x].look == LOOK_CURRENT)
		fprintf(out,
			"<rect class=\"mark\" x=\"%d\" y=\"%d\" width=\"%d\" "
			"height=\"%d\"/>\n",
			MARGIN + x * CELL_WIDTH, MARGIN + y * CELL_HEIGHT,
			(end - x) * CELL_WIDTH, CELL_HEIGHT);
	for (; x<end; x = next> x ? next : x + 1) {
		next = piece_end(row, x, end);
		if (next > x)
			put_piece(c, x, next - (row[next - 1].glyph == ' '), y,
				  out);
	}
}

static void put_head(const struct screenshot *p, enum theme theme, FILE *out)
{
	const char *caption = screenshot_caption(p);
	const int width = p->canvas.width * CELL_WIDTH + 2 * MARGIN;
	const int height = p->canvas.height * CELL_HEIGHT + 2 * MARGIN;
	char event[1024];

	fprintf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
		"height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" "
		"aria-labelledby=\"title desc\">\n<title id=\"title\">",
		width, height, width, height);
	write_escaped(screenshot_title(p).s, out);
	fputs("</title>\n<desc id=\"desc\">", out);
	screenshot_event(p, event, sizeof(event));
	write_escaped(event, out);
	if (caption) {
		putc('\n', out);
		write_escaped(caption, out);
	}
	fputs("</desc>\n<style>\ntext{font:15px 'DejaVu Sans Mono',Menlo,"
	      "Consolas,monospace;white-space:pre}\n",
	      out);
	colors_write_css(theme, true, out);
	fprintf(out,
		"</style>\n<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n"
		"<g class=\"screen\">\n",
		width, height);
}

bool export_svg(struct screenshot *p, const struct export_place *place,
		enum theme theme, FILE *out)
{
	const struct canvas *c = &p->canvas;
	int end;

	screenshot_draw(p, place);
	put_head(p, theme, out);
	for (int y = 0; y < c->height; y++)
		for (int x = 0; x < c->width; x = end) {
			end = row_run(c, x, y);
			put_run(c, x, end, y, out);
		}
	fputs("</g>\n</svg>\n", out);
	return true;
}
