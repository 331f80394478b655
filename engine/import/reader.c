/* SPDX-License-Identifier: GPL-2.0-or-later */
/* reader: the lines of a text, and which are one that was wrapped. */
#include "import/reader.h"

#include <string.h>

static void append(struct joined *j, const char *between, struct span text)
{
	size_t size = span_size(text);

	if (j->length && j->length < sizeof(j->data) && *between)
		j->data[j->length++] = *between;
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
	append(j, " ", text);
}

/* -- words that a terminal broke ------------------------------------------- */

/* "low:212kB" */
static bool is_whole_pair(struct span word)
{
	struct amount amount;

	while (word.at < word.end && *word.at != ':')
		word.at++;
	return span_take(&word, ":") && span_amount(&word, &amount) &&
	       (span_is(word, "kB") || span_is(word, "KB"));
}

/* "13*8kB" "(UM)" "1452kB" */
static bool is_whole_count(struct span word)
{
	struct amount amount;

	if (span_take(&word, "("))
		return word.at < word.end && word.end[-1] == ')';
	return span_amount(&word, &amount) &&
	       (!span_take(&word, "*") || span_amount(&word, &amount)) &&
	       span_is(word, "kB");
}

/* "mode:0x40c40(GFP_NOFS|__GFP_COMP)," */
static bool is_whole_mask(struct span word)
{
	return span_find(word, "(") && span_find(word, ")");
}

/*
 * Does @text begin with the rest of the open line's last word? Then the two
 * are one word, and the last word alone is none.
 */
static bool is_rest_of_word(const struct joined *open, struct span text)
{
	static bool (*const is_whole_word[NR_LINE_KINDS])(struct span word) = {
		[LINE_HEAD] = is_whole_mask,
		[LINE_NODE] = is_whole_pair,
		[LINE_ZONE] = is_whole_pair,
		[LINE_LISTS] = is_whole_count,
	};
	bool (*const is_whole)(struct span word) = is_whole_word[open->kind];
	const struct span rest = span_word(&text);
	struct span last = joined_text(open);
	char buf[512];
	size_t size;

	if (!is_whole)
		return false;
	last.at = last.end;
	while (last.at > open->data && last.at[-1] != ' ' &&
	       span_size(last) < sizeof(buf) / 2)
		last.at--;
	size = span_size(last) + span_size(rest);
	if (size > sizeof(buf) || is_whole(last) ||
	    (open->kind == LINE_HEAD && !span_find(last, "(")))
		return false;
	memcpy(buf, last.at, span_size(last));
	memcpy(buf + span_size(last), rest.at, span_size(rest));
	return is_whole((struct span){ buf, buf + size });
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
	append(&rd->both, " ", *text);
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

/* The text belongs to the open line: as the rest of a word, or behind it. */
static bool continue_line(struct reader *rd, struct span text)
{
	static const uint32_t more[] = {
#define KIND(name, read, more) [LINE_##name] = more,
#include "import/line_kinds.def"
#undef KIND
	};
	const bool is_rest = is_rest_of_word(&rd->open, text);

	if (!is_rest && !(more[rd->open.kind] & line_more(text)))
		return false;
	append(&rd->open, is_rest ? "" : " ", text);
	return true;
}

/* A part of a zone's line whose beginning went elsewhere. */
static void check_part(struct reader *rd, struct span text, uint32_t line)
{
	if (!span_find(text, "kB min:") && !span_find(text, "kB low:") &&
	    !span_find(text, "kB high:"))
		return;
	close_open(rd);
	if (reader_need(rd, false))
		reader_refuse(rd, line,
			      "a part of a zone line stands alone: %.*s; the "
			      "lines are interleaved: give the lines of one "
			      "cpu",
			      span_width(text), text.at);
}

static void read_line(struct reader *rd, struct span text, uint32_t line)
{
	enum line_kind kind = classify_behind_line(rd, &rd->node, &text, &line);

	if (kind == LINE_OTHER)
		kind = classify_behind_line(rd, &rd->previous, &text, &line);
	if (kind == LINE_OTHER)
		kind = line_classify(text, rd->open.kind);
	if (kind == LINE_OTHER && continue_line(rd, text))
		return;
	if (kind == LINE_OTHER)
		kind = classify_behind(&text);
	if (kind == LINE_OTHER) {
		wait(is_zone_beginning(text) ? &rd->node : &rd->previous, text,
		     line);
		check_part(rd, text, line);
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
