/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_printer: what happens to a log before it is read. */
#include "report_printer.h"

/* Of one text: the same for all its lines. */
struct spelling {
	unsigned int prefix, quote, end;
	size_t width; /* 0: lines are not wrapped */
	bool printable; /* quoted-printable */
	uint32_t line;
};

static void put_prefix(struct text *t, const struct spelling *s)
{
	const unsigned int second = 4301, micro = s->line;

	switch (s->prefix) {
	case 0:
		break;
	case 1:
		put(t, "[%5u.%06u] ", second, micro);
		break;
	case 2:
		put(t, "[ %u.%06u][  T212] ", second, micro);
		break;
	case 3:
		put(t, "<4>[ %u.%06u] ", second, micro);
		break;
	case 4:
		put(t, "kern  :warn  : [ %u.%06u] ", second, micro);
		break;
	case 5:
		put(t, "Feb  9 08:09:39 host kernel: [ %u.%06u] ", second,
		    micro);
		break;
	default:
		put(t, "2024-02-09T08:09:39.%06u+01:00 host kernel: ", micro);
	}
}

static void put_end(struct text *t, const struct spelling *s)
{
	static const char *const ends[] = { "\n", "\n", "\n", "\r\n", " \n" };

	text_string(t, ends[s->end]);
}

static void put_quote(struct text *t, const struct spelling *s)
{
	static const char *const quotes[] = { "", "", "", "> ", "> > ", "| " };

	text_string(t, quotes[s->quote]);
}

/* A part of a line. In quoted-printable "=" is written as "=3D". */
static void put_part(struct text *t, const struct spelling *s, const char *at,
		     size_t size)
{
	for (const char *end = at + size; at < end; at++) {
		if (s->printable && *at == '=')
			text_string(t, "=3D");
		else
			text_add(t, at, 1);
	}
}

/* Where a line of @size bytes is broken: at a blank, or not at all. */
static size_t part_size(const struct spelling *s, const char *at, size_t size)
{
	size_t part = s->width;

	if (!s->width || size <= s->width)
		return size;
	while (part > 1 && at[part] != ' ')
		part--;
	return part > 1 ? part : size;
}

static void put_line(struct text *t, const struct spelling *s, const char *at,
		     size_t size)
{
	put_quote(t, s);
	put_prefix(t, s);
	while (size) {
		const size_t part = part_size(s, at, size);

		put_part(t, s, at, part);
		if (part == size)
			break;
		at += part;
		size -= part;
		if (s->printable) {
			text_string(t, "=\n");
			continue;
		}
		put_end(t, s);
		put_quote(t, s);
		at++; /* the blank */
		size--;
	}
	put_end(t, s);
}

void spell(struct text *t, struct rng *rng)
{
	struct spelling s = {
		.prefix = rng_below(rng, 7),
		.quote = rng_below(rng, 6),
		.end = rng_below(rng, 5),
		.width = rng_chance(rng, 50) ? 60 + rng_below(rng, 80) : 0,
	};
	struct text spelt = { .data = NULL };
	size_t size;

	if (s.end < 3 && !s.quote)
		s.printable = rng_chance(rng, 40);
	for (const char *at = t->data; *at; at += size + 1) {
		size = strcspn(at, "\n");
		s.line++;
		put_line(&spelt, &s, at, size);
	}
	text_free(t);
	*t = spelt;
}
