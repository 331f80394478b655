/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event_text: the texts of events.def and requests.def with the values of
 * one event or request. The notation in braces:
 *
 *   {field}               the field's value, printed by its kind
 *   {a+b-c}               a sum of fields, as a number; 2^order is a term too
 *   {+field}              a number with its sign, also when it is positive
 *   {value?yes:no}        one of two texts, by whether the value is 0 or ""
 *   {value#one:many}      one of two texts, by whether the value is 1
 *   {account}             where a zone's free pages are, see ACCOUNT_FIELDS
 *
 * The two texts may contain braces themselves; ":no" may be left out. A
 * brace that is not followed by the name of a field is printed.
 */
#include <ctype.h>
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

bool field_value_from_text(enum field_kind kind, const char *text,
			   int64_t *value)
{
	uint32_t bits = 0;
	int found = -1;

	if (kind_is_enum(kind)) {
		for (unsigned int i = 0; i < enum_size(kind) && found < 0; i++)
			if (!strcmp(text, enum_name(kind, i)))
				found = (int)i;
	} else if (kind == KIND_migratetype) {
		found = migratetype_from_name(text);
	} else if (kind == KIND_zone) {
		found = zone_type_from_name(text);
	} else if (kind == KIND_flag) {
		if (!strcmp(text, "yes") || !strcmp(text, "true"))
			found = 1;
		else if (!strcmp(text, "no") || !strcmp(text, "false"))
			found = 0;
	} else if (kind == KIND_pfn && !strcmp(text, "none")) {
		*value = PFN_NONE;
		return true;
	} else if (kind == KIND_gfp &&
		   gfp_from_text(text, &bits, NULL, 0, NULL)) {
		*value = bits;
		return true;
	} else if (kind == KIND_alloc_flags &&
		   alloc_flags_from_text(text, &bits, NULL, 0, NULL)) {
		*value = bits;
		return true;
	}
	*value = found;
	return found >= 0;
}

struct filling {
	const struct machine *m;
	const struct named_value *values;
	uint32_t nr_values;
	value_text_fn *value_text;
	struct output out;
};

/* The first of @stops in [at, end) that is in no inner braces, else @end. */
static const char *find_stop(const char *at, const char *end, const char *stops)
{
	int depth = 0;

	for (; at < end; at++) {
		if (!depth && strchr(stops, *at))
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

/* One term of a sum. Returns its end; NULL: it names no field. */
static const char *read_term(const struct filling *f, const char *at,
			     struct named_value *term)
{
	const bool power = at[0] == '2' && at[1] == '^';
	const struct named_value *v;
	size_t length = 0;

	at += power ? 2 : 0;
	while (isalnum((unsigned char)at[length]) || at[length] == '_')
		length++;
	v = find_value(f, at, length);
	if (!v)
		return NULL;
	*term = *v;
	if (power) {
		term->kind = KIND_signed;
		term->value = INT64_C(1) << (v->value & 31);
	}
	return at + length;
}

/* The sum in [at, end) as a value; false: it names no field. */
static bool read_sum(const struct filling *f, const char *at, const char *end,
		     struct named_value *sum)
{
	at = read_term(f, at, sum);
	while (at && at < end && (*at == '+' || *at == '-')) {
		const int sign = *at == '+' ? 1 : -1;
		struct named_value term;

		at = read_term(f, at + 1, &term);
		sum->value += at ? sign * term.value : 0;
		sum->kind = KIND_signed;
	}
	return at == end;
}

static void fill_part(struct filling *f, const char *at, const char *end);

/* What is between two braces: a value, or a choice by a value. */
static void fill_braces(struct filling *f, const char *at, const char *end)
{
	const char *mark = find_stop(at, end, "?#");
	const char *colon = find_stop(mark, end, ":");
	const bool is_signed = *at == '+';
	struct named_value v;
	char text[GFP_TEXT_MAX];
	bool first;

	if (!read_sum(f, at + is_signed, mark, &v)) {
		output_add(&f->out, at - 1, 1);
		fill_part(f, at, end);
		output_add(&f->out, "}", 1);
		return;
	}
	if (mark == end) {
		if (is_signed)
			snprintf(text, sizeof(text), "%+" PRId64, v.value);
		else
			f->value_text(f->m, &v, text, sizeof(text));
		output_add(&f->out, text, strlen(text));
		return;
	}
	first = *mark == '#' ? v.value == 1 :
		v.text	     ? *v.text != '\0' :
			       v.value != 0;
	if (first)
		fill_part(f, mark + 1, colon);
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
		close = find_stop(brace + 1, end, "}");
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

/* What the usable part is that this event did not serve; NULL: no more. */
static const char *usable_text(const struct event *event)
{
	const struct event_watermark_check *check =
		event_get(event, watermark_check);

	if (check)
		return check->alloc_flags & ALLOC_NO_WATERMARKS ?
			       NULL :
			       "above what is required";
	return "in blocks of other migratetypes";
}

/*
 * The text {account} of an event with these fields; NULL: it has none. The
 * account is that of the free lists, and the zone counter may lag.
 */
static const char *account_text(const struct event *event, char *buf,
				size_t size)
{
	struct free_account account;
	int64_t counted;

	if (event_field_index(event_type(event), "account_usable") < 0)
		return NULL;
	event_free_account(event, &account);
	free_account_text(&account, event_u32(event, "order"),
			  event_u32(event, "migratetype"), usable_text(event),
			  buf, size);
	counted = event_number(event, "free");
	if (counted >= 0 && counted != account.free)
		snprintf(buf + strlen(buf), size - strlen(buf),
			 "; the zone counter is at %" PRId64, counted);
	return buf;
}

const char *event_text_format(const struct machine *m,
			      const struct event *event, char *buf, size_t size)
{
	const struct event_type *type = event_type(event);
	struct named_value values[MAX_NAMED_VALUES];
	char account[400];
	uint32_t nr = type->nr_fields;

	for (uint32_t i = 0; i < type->nr_fields; i++)
		values[i] = (struct named_value){
			.name = type->fields[i].name,
			.kind = type->fields[i].kind,
			.value = event_field_value(event, &type->fields[i]),
		};
	values[nr] = (struct named_value){
		.name = "account",
		.text = account_text(event, account, sizeof(account)),
	};
	nr += values[nr].text != NULL;
	return text_fill(m, type->text, values, nr, named_value_text, buf,
			 size);
}
