/* SPDX-License-Identifier: GPL-2.0-or-later */
/* reader: the lines of a text, and which are one that was wrapped. */
#include "import/reader.h"

#include <string.h>

static void append(struct joined *j, struct span text)
{
	size_t size = span_size(text);

	if (j->length && j->length < sizeof(j->data))
		j->data[j->length++] = ' ';
	if (size > sizeof(j->data) - j->length)
		size = sizeof(j->data) - j->length;
	memcpy(j->data + j->length, text.at, size);
	j->length += size;
}

static struct span joined_text(const struct joined *j)
{
	return (struct span){ j->data, j->data + j->length };
}

static void start(struct joined *j, enum line_kind kind, uint32_t line,
		  struct span text)
{
	j->kind = kind;
	j->line = line;
	j->length = 0;
	append(j, text);
}

/* -- lines that wait for the next one ------------------------------------- */

static void wait(struct waiting *w, struct span text, uint32_t line)
{
	w->line = line;
	w->length = span_size(text) <= sizeof(w->data) ? span_size(text) : 0;
	memcpy(w->data, text.at, w->length);
}

/* "Node" "Node 0" "Node 0 DMA" "DMA" */
static bool is_zone_beginning(struct span text)
{
	struct zone_id id;
	struct amount amount;
	struct span rest = text;

	if (zone_id_take(&rest, &id) && id.type >= 0 && rest.at == rest.end)
		return true;
	return span_take(&text, "Node") &&
	       (text.at == text.end ||
		(span_take(&text, " ") && span_amount(&text, &amount) &&
		 text.at == text.end));
}

/* Is it the rest of a line whose first words have no form of their own? */
static bool is_middle(struct span before, struct span text)
{
	static const char *const middles[] = {
		"page allocation failure",
		"allocation failure",
		"failure:",
		"failure.",
		"invoked oom-killer:",
		"oom-killer:",
		"pages cma reserved",
		"cma reserved",
		"reserved",
	};

	if (span_is(before, "CPU:") || span_is(before, "CPU"))
		return true;
	for (size_t i = 0; i < sizeof(middles) / sizeof(*middles); i++)
		if (span_begins(text, middles[i]))
			return true;
	return false;
}

/*
 * The kind of @text behind the line that waits; *@text and *@line are then of
 * the whole. LINE_OTHER: it does not belong to it.
 */
static enum line_kind classify_behind_line(struct reader *rd,
					   const struct waiting *w,
					   struct span *text, uint32_t *line)
{
	const struct span before = { w->data, w->data + w->length };
	const bool is_node = w == &rd->node;
	enum line_kind kind;

	if (!w->length || span_begins(*text, "Node") ||
	    (!is_node && !is_middle(before, *text)))
		return LINE_OTHER;
	start(&rd->both, LINE_OTHER, w->line, before);
	append(&rd->both, *text);
	kind = line_classify(joined_text(&rd->both), rd->open.kind);
	/* "Node" "0" "DMA free:1452kB", a line each */
	if (kind == LINE_OTHER && is_node &&
	    is_zone_beginning(joined_text(&rd->both)))
		wait(&rd->node, joined_text(&rd->both), w->line);
	if (kind == LINE_OTHER ||
	    (is_node && kind != LINE_NODE && kind != LINE_ZONE &&
	     kind != LINE_LISTS && kind != LINE_PCP_ZONE))
		return LINE_OTHER;
	*text = joined_text(&rd->both);
	*line = w->line;
	return kind;
}

/*
 * A zone's line, or a list, behind a prefix that lines.h does not know: *@text
 * moves to it. LINE_OTHER: there is none.
 */
static enum line_kind classify_behind(struct span *text)
{
	struct span rest = *text;

	if (!span_find(rest, " free:") && !span_find(rest, "kB ("))
		return LINE_OTHER;
	while (span_word(&rest).end != rest.end && span_take(&rest, " ")) {
		enum line_kind kind = line_classify_zone(rest);

		if (kind == LINE_ZONE || kind == LINE_LISTS) {
			*text = rest;
			return kind;
		}
		if (kind == LINE_NODE)
			break;
	}
	return LINE_OTHER;
}

/* -- the lines of a text -------------------------------------------------- */

static void close_open(struct reader *rd)
{
	static void (*const reads[])(struct reader *, struct span, uint32_t) = {
#define KIND(name, read, more) [LINE_##name] = read,
#include "import/line_kinds.def"
#undef KIND
	};
	const enum line_kind kind = rd->open.kind;

	rd->open.kind = LINE_OTHER;
	if (kind != LINE_OTHER)
		rd->nr_read++;
	reads[kind](rd, joined_text(&rd->open), rd->open.line);
}

static void read_line(struct reader *rd, struct span text, uint32_t line)
{
	static const uint32_t more[] = {
#define KIND(name, read, more) [LINE_##name] = more,
#include "import/line_kinds.def"
#undef KIND
	};
	enum line_kind kind = classify_behind_line(rd, &rd->node, &text, &line);

	if (kind == LINE_OTHER)
		kind = classify_behind_line(rd, &rd->previous, &text, &line);
	if (kind == LINE_OTHER)
		kind = line_classify(text, rd->open.kind);
	if (kind == LINE_OTHER && more[rd->open.kind] & line_more(text)) {
		append(&rd->open, text);
		return;
	}
	if (kind == LINE_OTHER)
		kind = classify_behind(&text);
	if (kind == LINE_OTHER) {
		wait(is_zone_beginning(text) ? &rd->node : &rd->previous, text,
		     line);
		return;
	}
	close_open(rd);
	start(&rd->open, kind, line, text);
	rd->node.length = 0;
	rd->previous.length = 0;
}

void skip_line(struct reader *rd, struct span text, uint32_t line)
{
}

void reader_text(struct reader *rd, const char *name, const char *text,
		 size_t size)
{
	struct span span;
	uint32_t line;

	rd->name = name;
	rd->nr_read = 0;
	rd->nr_columns = 0;
	rd->in_mixed = false;
	rd->node.length = 0;
	rd->previous.length = 0;
	lines_init(&rd->lines, text, size);
	while (!rd->no_memory && lines_next(&rd->lines, &span, &line))
		read_line(rd, span, line);
	close_open(rd);
}
