/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sentence: an event as words. Fills the sentence of events.def with the
 * event's own numbers; {field} is replaced by the field's text,
 * {field?yes:no} by one of two texts, which may hold fields again, and
 * {field#one:many} by one of two words for a number of things.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "events/trace.h"

struct output {
	char *buf;
	size_t size, len;
};

static void output_add(struct output *out, const char *text, size_t len)
{
	if (len > out->size - 1 - out->len)
		len = out->size - 1 - out->len;
	memcpy(out->buf + out->len, text, len);
	out->len += len;
	out->buf[out->len] = '\0';
}

static const char *nodemask_text(uint64_t mask, char *buf, size_t size)
{
	struct output out = { .buf = buf, .size = size };
	char number[8];

	buf[0] = '\0';
	for (unsigned int nid = 0; nid < 64; nid++) {
		if (!(mask >> nid & 1))
			continue;
		snprintf(number, sizeof(number), "%s%u", out.len ? "," : "",
			 nid);
		output_add(&out, number, strlen(number));
	}
	return out.len ? buf : "none";
}

const char *field_text(const struct machine *m, enum field_kind kind,
		       int64_t value, char *buf, size_t size)
{
	const char *text = NULL;
	char longer[GFP_TEXT_MAX];

	if (kind_is_enum(kind))
		text = enum_name(kind, (uint32_t)value);
	else if (kind == KIND_zone)
		text = zone_name(m, (unsigned int)value);
	else if (kind == KIND_migratetype)
		text = migratetype_name((unsigned int)value);
	else if (kind == KIND_gfp)
		text = gfp_to_text((gfp_t)value, longer, sizeof(longer));
	else if (kind == KIND_alloc_flags)
		text = alloc_flags_to_text((uint32_t)value, longer,
					   sizeof(longer));
	else if (kind == KIND_nodemask)
		text = nodemask_text((uint64_t)value, longer, sizeof(longer));
	else if (kind == KIND_flag)
		text = value ? "yes" : "no";
	else if (kind == KIND_pfn && value == PFN_NONE)
		text = "none";
	if (text)
		snprintf(buf, size, "%s", text);
	else
		snprintf(buf, size, "%" PRId64, value);
	return buf;
}

struct sentence {
	const struct machine *m;
	const struct event *event;
	struct output out;
};

/* The end of the text that @at begins: its closing @stop at depth 0. */
static const char *part_end(const char *at, const char *end, char stop)
{
	int depth = 0;

	for (; at < end; at++) {
		if (*at == stop && !depth)
			return at;
		depth += (*at == '{') - (*at == '}');
	}
	return end;
}

static void sentence_field(struct sentence *s, const struct event_field *field)
{
	int64_t value = event_field_value(s->event, field);
	char text[GFP_TEXT_MAX];

	if (kind_is_enum(field->kind))
		snprintf(text, sizeof(text), "%s",
			 enum_text(field->kind, (uint32_t)value));
	else
		field_text(s->m, field->kind, value, text, sizeof(text));
	output_add(&s->out, text, strlen(text));
}

static void sentence_part(struct sentence *s, const char *at, const char *end);

/* What stands between two braces: a field, or a choice by a flag. */
static void sentence_braces(struct sentence *s, const char *at, const char *end)
{
	const struct event_type *type = event_type(s->event);
	const char *question = part_end(at, end, '?');
	const char *number = part_end(at, end, '#');
	const char *mark = number < question ? number : question;
	const char *colon = part_end(mark, end, ':');
	char name[64];
	int64_t value;
	int index;

	snprintf(name, sizeof(name), "%.*s", (int)(mark - at), at);
	index = event_field_index(type, name);
	if (index < 0) {
		output_add(&s->out, at, (size_t)(end - at));
		return;
	}
	value = event_field_value(s->event, &type->fields[index]);
	if (mark == end)
		sentence_field(s, &type->fields[index]);
	else if (mark == number ? value == 1 : value != 0)
		sentence_part(s, mark + 1, colon);
	else if (colon < end)
		sentence_part(s, colon + 1, end);
}

static void sentence_part(struct sentence *s, const char *at, const char *end)
{
	while (at < end) {
		const char *brace = memchr(at, '{', (size_t)(end - at));
		const char *close;

		if (!brace)
			brace = end;
		output_add(&s->out, at, (size_t)(brace - at));
		if (brace == end)
			return;
		close = part_end(brace + 1, end, '}');
		sentence_braces(s, brace + 1, close);
		at = close < end ? close + 1 : end;
	}
}

const char *event_sentence(const struct machine *m, const struct event *event,
			   char *buf, size_t size)
{
	const char *text = event_type(event)->sentence;
	struct sentence s = {
		.m = m,
		.event = event,
		.out = { .buf = buf, .size = size },
	};

	buf[0] = '\0';
	sentence_part(&s, text, text + strlen(text));
	return buf;
}
