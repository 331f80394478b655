/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * export_cast: an asciicast of version 2: a header, then one event for each
 * screen. Every event clears the terminal first, so that a player may go to
 * any of them.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "export/colors.h"
#include "export/export.h"
#include "json/writer.h"

enum {
	STEP_MS = 2000,
	QUESTION_MS = 6000,
	PAUSE_MS = 2000,
	CHARACTER_MS = 50, /* of a caption */
};

/* Time is in seconds. */
static void put_time(struct json_writer *out, uint64_t ms)
{
	const struct text time =
		text_of("%" PRIu64 ".%03u", ms / 1000, (unsigned)(ms % 1000));

	writer_raw(out, time.s, strlen(time.s));
	out->comma = true;
}

static void put_line(struct json_writer *out)
{
	writer_raw(out, "\n", 1);
	out->comma = false;
}

static void put_header(struct json_writer *out, const struct screenshot *p)
{
	writer_open(out, '{');
	writer_add_u64(out, "version", 2);
	writer_add_u64(out, "width", (uint64_t)p->canvas.width);
	writer_add_u64(out, "height", (uint64_t)p->canvas.height);
	writer_add_string(out, "title", p->title);
	writer_key(out, "env");
	writer_open(out, '{');
	writer_add_string(out, "TERM", "xterm-256color");
	writer_close(out, '}');
	writer_close(out, '}');
	put_line(out);
}

static void put_event(struct json_writer *out, uint64_t ms, const char *data)
{
	writer_open(out, '[');
	put_time(out, ms);
	writer_string(out, "o");
	writer_string(out, data);
	writer_close(out, ']');
	put_line(out);
}

/* What a terminal gets to show the canvas; free() it. NULL: no memory. */
static char *screen_bytes(const struct canvas *c, enum theme theme)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	fputs("\033[?25l\033[0m\033[H\033[2J", out);
	canvas_dump_ansi(c, theme, "\r\n", out);
	if (!fclose(out))
		return text;
	free(text);
	return NULL;
}

/* How long the screen drawn last stays. */
static uint64_t shown_ms(const struct screenshot *p,
			 const struct export_place *place, const char *before)
{
	const char *caption = screenshot_caption(p);
	uint64_t ms = STEP_MS;

	if (caption && caption != before)
		ms += strlen(caption) * CHARACTER_MS;
	if (place->asks || place->feedback != NO_QUESTION)
		ms += QUESTION_MS;
	if (guide_pause(&p->guide, place->place))
		ms += PAUSE_MS;
	return ms;
}

bool export_cast(struct screenshot *p, const struct places *places,
		 enum theme theme, FILE *out)
{
	struct json_writer writer = { .data = NULL };
	const char *caption = NULL;
	uint64_t ms = 0;
	bool ok = true;
	char *text;

	put_header(&writer, p);
	for (uint32_t i = 0; ok && i < places->nr; i++) {
		char *bytes;

		screenshot_draw(p, &places->at[i]);
		bytes = screen_bytes(&p->canvas, theme);
		if (bytes)
			put_event(&writer, ms, bytes);
		ok = bytes;
		free(bytes);
		ms += shown_ms(p, &places->at[i], caption);
		caption = screenshot_caption(p);
	}
	/* the last screen stays, too */
	put_event(&writer, ms, "\033[?25h");
	text = writer_finish(&writer);
	ok = ok && text;
	if (ok)
		fputs(text, out);
	free(text);
	return ok;
}
