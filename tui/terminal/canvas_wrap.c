/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * canvas_wrap: a text over several rows. A line ends at a newline, and breaks
 * at blanks and between wide characters (ideographs), except that none begins
 * with closing punctuation or ends with an opening bracket.
 */
#include <stdio.h>
#include <string.h>

#include "terminal/canvas.h"
#include "terminal/glyph.h"

static const char never_first[] =
	"。，、；：？！）」』》】〉〕〗］｝”’…—～·・々ー％!),.:;?]}%";
static const char never_last[] = "（「『《【〈〔〖［｛“‘￥([{$";

enum { IDEOGRAPHIC_SPACE = 0x3000, MAX_LINE_BYTES = 1024 };

static bool is_one_of(const char *glyphs, uint32_t glyph)
{
	uint32_t one;

	while ((one = glyph_next(&glyphs)))
		if (one == glyph)
			return true;
	return false;
}

/* A line that is being measured. */
struct measure {
	const char *text;
	const char *end; /* of the line, at its last place to break */
	const char *next; /* where the next line begins then; NULL: no place */
	const char *blanks; /* before the current character; NULL: none */
	uint32_t last; /* the character before that is no blank; 0: none */
	int last_columns;
	int used; /* columns */
};

/* May the line break before the character at @at? Then remember the place. */
static void measure_break(struct measure *m, const char *at, uint32_t glyph,
			  int columns)
{
	const bool wide = columns == 2 || m->last_columns == 2;

	if (m->blanks == m->text || (!m->blanks && (!m->last || !wide)) ||
	    (wide &&
	     (is_one_of(never_first, glyph) || is_one_of(never_last, m->last))))
		return;
	m->end = m->blanks ? m->blanks : at;
	m->next = at;
}

/*
 * The bytes of the first line of @text in @width columns; *@next is where the
 * line after it begins. Where there is no place to break, it breaks anywhere.
 */
static size_t line_length(const char *text, int width, const char **next)
{
	struct measure m = { .text = text };
	const char *before = text, *at = text;
	uint32_t glyph;
	int columns;

	for (; (glyph = glyph_next_cell(&at, &columns)); before = at) {
		if (at[-1] == '\n')
			break;
		m.used += columns;
		if (glyph == ' ' || glyph == IDEOGRAPHIC_SPACE) {
			m.blanks = m.blanks ? m.blanks : before;
			continue;
		}
		if (!columns) /* it stays on the character before */
			continue;
		measure_break(&m, before, glyph, columns);
		if (before > text &&
		    (m.used > width || at - text >= MAX_LINE_BYTES)) {
			*next = m.next ? m.next : before;
			return (size_t)((m.next ? m.end : before) - text);
		}
		m.blanks = NULL;
		m.last = glyph;
		m.last_columns = columns;
	}
	*next = at;
	return (size_t)((m.blanks ? m.blanks : before) - text);
}

bool next_line(const char **text, int width, char *line, size_t size)
{
	const char *begin = *text;
	size_t length = line_length(begin, width, text);

	snprintf(line, size, "%.*s", (int)length, begin);
	return *text > begin;
}

int put_wrapped(struct area a, int x, int y, int rows, enum look look,
		const char *text)
{
	char line[MAX_LINE_BYTES];
	const char *begin = text;
	int row = 0;

	for (; row < rows && next_line(&text, a.width - x, line, sizeof(line));
	     row++, begin = text) {
		/* the last row is cut when more would follow */
		if (row + 1 == rows && *text)
			snprintf(line, sizeof(line), "%.*s…",
				 (int)strcspn(begin, "\n"), begin);
		put_text(a, x, y + row, look, line);
	}
	return row;
}

int wrapped_rows(const char *text, int width)
{
	const char *next;
	int rows = 0;

	for (; *text; text = next, rows++)
		line_length(text, width, &next);
	return rows;
}
