/* SPDX-License-Identifier: GPL-2.0-or-later */
/* text_stream: bytes into characters, and those that may be shown out. */
#define _GNU_SOURCE /* fopencookie */
#include "terminal/text_stream.h"

#include <stdlib.h>
#include <string.h>

#include "machine/utf8.h"
#include "terminal/glyph.h"

struct text_stream {
	FILE *out;
	bool ascii;
	char bytes[5]; /* of the character that is not complete yet */
	size_t nr;
};

/* How many bytes the character that begins with @byte announces. */
static size_t announced(char byte)
{
	const unsigned char first = (unsigned char)byte;

	return first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static void put_bytes(struct text_stream *s)
{
	const char *at = s->bytes;
	char utf8[4];
	uint32_t glyph;

	s->bytes[s->nr] = '\0';
	s->nr = 0;
	while ((glyph = glyph_next(&at)))
		if (s->ascii)
			fputc(glyph_ascii(glyph), s->out);
		else
			fwrite(utf8, 1, utf8_encode(glyph, utf8), s->out);
}

static ssize_t write_bytes(void *cookie, const char *bytes, size_t size)
{
	struct text_stream *s = cookie;

	for (size_t i = 0; i < size; i++) {
		if (bytes[i] == '\n' || (bytes[i] >= ' ' && bytes[i] < 127)) {
			put_bytes(s);
			putc(bytes[i], s->out);
			continue;
		}
		s->bytes[s->nr++] = bytes[i];
		if (s->nr == announced(s->bytes[0]))
			put_bytes(s);
	}
	return ferror(s->out) ? 0 : (ssize_t)size;
}

static int close_stream(void *cookie)
{
	struct text_stream *s = cookie;

	put_bytes(s);
	free(s);
	return 0;
}

FILE *text_stream_open(FILE *out, bool ascii)
{
	struct text_stream *s = calloc(1, sizeof(*s));
	FILE *stream;

	if (!s)
		return NULL;
	s->out = out;
	s->ascii = ascii;
	stream = fopencookie(s, "w",
			     (cookie_io_functions_t){ .write = write_bytes,
						      .close = close_stream });
	if (!stream)
		free(s);
	else /* what was written stands before a message on stderr */
		setvbuf(stream, NULL, _IONBF, 0);
	return stream;
}
