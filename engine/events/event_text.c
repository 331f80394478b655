/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event_text: the texts of events.def and requests.def with the values of
 * one event or request: {field} is replaced by the field's value,
 * {field?yes:no} by one of two texts, which may hold fields again, and
 * {field#one:many} by the singular or the plural. A brace that no field's
 * name follows is printed.
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

struct filling {
	const struct machine *m;
	const struct named_value *values;
	uint32_t nr_values;
	value_text_fn *value_text;
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

const char *named_value_text(const struct machine *m,
			     const struct named_value *v, char *buf,
			     size_t size)
{
	if (v->text)
		snprintf(buf, size, "%s", v->text);
	else if (kind_is_enum(v->kind))
		snprintf(buf, size, "%s",
			 enum_text(v->kind, (uint32_t)v->value));
	else
		field_text(m, v->kind, v->value, buf, size);
	return buf;
}

static const struct named_value *find_value(const struct filling *f,
					    const char *name, size_t length)
{
	for (uint32_t i = 0; i < f->nr_values; i++)
		if (!strncmp(f->values[i].name, name, length) &&
		    !f->values[i].name[length])
			return &f->values[i];
	return NULL;
}

static void fill_part(struct filling *f, const char *at, const char *end);

/* What stands between two braces: a value, or a choice by one. */
static void fill_braces(struct filling *f, const char *at, const char *end)
{
	const char *question = part_end(at, end, '?');
	const char *number = part_end(at, end, '#');
	const char *choice = number < question ? number : question;
	const char *colon = part_end(choice, end, ':');
	const struct named_value *v = find_value(f, at, (size_t)(choice - at));
	char text[GFP_TEXT_MAX];
	bool first;

	if (!v) { /* a brace of the text itself */
		output_add(&f->out, at - 1, 1);
		fill_part(f, at, end);
		output_add(&f->out, "}", 1);
		return;
	}
	if (choice == end) {
		f->value_text(f->m, v, text, sizeof(text));
		output_add(&f->out, text, strlen(text));
		return;
	}
	first = choice == number ? v->value == 1 :
		v->text		 ? *v->text != '\0' :
				   v->value != 0;
	if (first)
		fill_part(f, choice + 1, colon);
	else if (colon < end)
		fill_part(f, colon + 1, end);
}

static void fill_part(struct filling *f, const char *at, const char *end)
{
	while (at < end) {
		const char *brace = memchr(at, '{', (size_t)(end - at));
		const char *close;

		if (!brace)
			brace = end;
		output_add(&f->out, at, (size_t)(brace - at));
		if (brace == end)
			return;
		close = part_end(brace + 1, end, '}');
		fill_braces(f, brace + 1, close);
		at = close < end ? close + 1 : end;
	}
}

const char *text_fill(const struct machine *m, const char *template,
		      const struct named_value *values, uint32_t nr_values,
		      value_text_fn *value_text, char *buf, size_t size)
{
	struct filling f = {
		.m = m,
		.values = values,
		.nr_values = nr_values,
		.value_text = value_text,
		.out = { .buf = buf, .size = size },
	};

	buf[0] = '\0';
	fill_part(&f, template, template + strlen(template));
	return buf;
}

const char *event_sentence(const struct machine *m, const struct event *event,
			   char *buf, size_t size)
{
	const struct event_type *type = event_type(event);
	struct named_value values[MAX_NAMED_VALUES];

	for (uint32_t i = 0; i < type->nr_fields; i++)
		values[i] = (struct named_value){
			.name = type->fields[i].name,
			.kind = type->fields[i].kind,
			.value = event_field_value(event, &type->fields[i]),
		};
	return text_fill(m, type->sentence, values, type->nr_fields,
			 named_value_text, buf, size);
}
