/* SPDX-License-Identifier: GPL-2.0-or-later */
/* trace_read: read a saved trace, line by line. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "machine/gfp.h"
#include "json/json.h"
#include "json/writer.h"
#include "snapshot/trace_read.h"

#define SCHEMA "zonewalk/trace/1"
#define SCHEMA_ANY "zonewalk/trace/"

struct step_line {
	uint32_t id;
	uint32_t request;
	uint32_t skipped;
	uint32_t length;
	size_t at; /* in values */
};

struct trace_file {
	struct step_line *steps;
	uint32_t nr;
	struct json_writer values;
};

/* -- the header ----------------------------------------------------------- */

/* The schema of a header, or NULL. */
static const char *schema_of(const cJSON *json)
{
	const cJSON *schema = cJSON_IsObject(json) ? json_get(json, "schema") :
						     NULL;

	return cJSON_IsString(schema) ? schema->valuestring : NULL;
}

bool trace_is(const char *text, size_t length)
{
	cJSON *json = json_header(text, length);
	const char *schema = schema_of(json);
	bool is = schema && !strncmp(schema, SCHEMA_ANY, strlen(SCHEMA_ANY));

	cJSON_Delete(json);
	return is;
}

static bool read_header(const struct json_place *at, const cJSON *json)
{
	const char *schema = schema_of(json);

	return (schema && !strcmp(schema, SCHEMA)) ||
	       json_fail(at, "schema: \"" SCHEMA "\" is expected, the only "
			     "version that this program knows");
}

/* -- values --------------------------------------------------------------- */

static const struct json_key number_row = { .kind = JSON_INTEGER,
					    .max = UINT32_MAX };
static const struct json_key signed_row = { .kind = JSON_INTEGER,
					    .min = INT32_MIN,
					    .max = INT32_MAX };
static const struct json_key wide_row = { .kind = JSON_UINT64 };
static const struct json_key flag_row = { .kind = JSON_BOOL };
static const struct json_key null_row = { .kind = JSON_INTEGER,
					  .nullable = true,
					  .max = UINT32_MAX };
static const struct json_key text_row = { .kind = JSON_STRING,
					  .max = GFP_TEXT_MAX };
static const struct json_key zone_row = { .kind = JSON_STRING,
					  .nullable = true,
					  .max = 31 };

static const struct json_key *row_of(enum field_kind kind)
{
	switch (kind) {
	case KIND_flag:
		return &flag_row;
	case KIND_pfn:
		return &null_row;
	case KIND_zone:
		return &zone_row;
	case KIND_signed:
		return &signed_row;
	case KIND_nodemask:
		return &wide_row;
	case KIND_migratetype:
	case KIND_gfp:
	case KIND_alloc_flags:
		return &text_row;
	default:
		return kind_is_enum(kind) ? &text_row : &number_row;
	}
}

/* Is the string a value of this kind of field? */
static bool text_known(enum field_kind kind, const char *text)
{
	int64_t value;

	return field_value_from_text(kind, text, &value) ||
	       (kind == KIND_migratetype && !strcmp(text, "none"));
}

static bool check_field(const struct json_place *at, const cJSON *value,
			const struct event_type *type,
			const struct event_field *field)
{
	struct json_key row[] = { *row_of(field->kind), { .key = NULL } };
	const struct json_key object = { .kind = JSON_OBJECT, .of = row };

	/* checked as a member, so that the message names its key */
	row[0].key = field->name;
	if (!json_check(at, value, &object, 0))
		return false;
	value = json_get(value, field->name);
	if (!cJSON_IsString(value) || field->kind == KIND_nodemask ||
	    text_known(field->kind, value->valuestring))
		return true;
	return json_fail(at, "%s: \"%.40s\" is no %s of the event %s",
			 field->name, value->valuestring,
			 field_kind_name(field->kind), type->name);
}

/* Keep a value as text, so that equal values are equal bytes. */
static void keep_value(struct json_writer *values, const cJSON *value,
		       enum field_kind kind)
{
	char text[32];

	if (cJSON_IsNull(value))
		snprintf(text, sizeof(text), "none");
	else if (cJSON_IsBool(value))
		snprintf(text, sizeof(text), "%s",
			 cJSON_IsTrue(value) ? "true" : "false");
	else if (kind == KIND_nodemask)
		snprintf(text, sizeof(text), "%" PRIu64, json_u64(value));
	else if (cJSON_IsNumber(value))
		snprintf(text, sizeof(text), "%" PRId64, json_i64(value));
	if (cJSON_IsString(value) && kind != KIND_nodemask)
		writer_raw(values, value->valuestring,
			   strlen(value->valuestring) + 1);
	else
		writer_raw(values, text, strlen(text) + 1);
}

/* -- lines ---------------------------------------------------------------- */

static const struct json_key line_keys[] = {
	{ .key = "step", .kind = JSON_INTEGER, .min = 1, .max = UINT32_MAX },
	{ .key = "request", .kind = JSON_INTEGER, .min = 1, .max = UINT32_MAX },
	{ .key = "event", .kind = JSON_STRING, .min = 1, .max = 63 },
	{ .key = "stage", .kind = JSON_STRING, .min = 1, .max = 31 },
	{ .key = NULL },
};
static const struct json_key a_line = { .kind = JSON_OBJECT, .of = line_keys };

static bool no_memory(const struct json_place *at)
{
	return json_fail(at, "no memory");
}

static bool add_step(struct trace_file *t, const struct step_line *step)
{
	struct step_line *added = array_add(t->steps, t->nr);

	if (added)
		*added = *step;
	return added;
}

static bool check_place(const struct trace_file *t, const struct json_place *at,
			const cJSON *json, const struct event_type *type)
{
	const uint32_t last = t->nr ? t->steps[t->nr - 1].request : 1;

	if (json_member_u32(json, "step") != t->nr + 1)
		return json_fail(at, "step: %u is expected here", t->nr + 1);
	if (json_member_u32(json, "request") < last)
		return json_fail(at, "request: %u is expected here, or more",
				 last);
	return !strcmp(json_get(json, "stage")->valuestring,
		       event_stage_name(type->stage)) ||
	       json_fail(at, "stage: \"%s\" is expected of the event %s",
			 event_stage_name(type->stage), type->name);
}

static bool read_fields(struct trace_file *t, const struct json_place *at,
			const cJSON *json, const struct event_type *type)
{
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		const struct event_field *field = &type->fields[i];

		if (!check_field(at, json, type, field))
			return false;
		keep_value(&t->values, json_get(json, field->name),
			   field->kind);
	}
	return json_length(json) == type->nr_fields + 4u ||
	       json_fail(at, "a key that the event %s has not", type->name);
}

static bool read_event(struct trace_file *t, const struct json_place *at,
		       const cJSON *json)
{
	const char *name = "";
	struct step_line step = { .at = t->values.length };
	uint32_t last = t->nr ? t->steps[t->nr - 1].request : 1;
	int id;

	if (!json_check(at, json, &a_line, 0))
		return false;
	name = json_get(json, "event")->valuestring;
	id = event_from_name(name);
	if (id < 0)
		return json_fail(at, "event: there is no event \"%s\"", name);
	if (!check_place(t, at, json, &event_types[id]) ||
	    !read_fields(t, at, json, &event_types[id]))
		return false;
	step.id = (uint32_t)id;
	step.request = json_member_u32(json, "request");
	step.skipped = step.request - last;
	step.length = (uint32_t)(t->values.length - step.at);
	return (!t->values.failed && add_step(t, &step)) || no_memory(at);
}

static bool read_lines(struct trace_file *t, const char *text, size_t length,
		       const char *name, struct file_error *error)
{
	struct file_text file = { .data = (char *)(uintptr_t)text,
				  .size = length };
	struct json_place at = { name, 1, error };
	size_t offset = 0;
	const char *line;

	while (file_next_line(&file, &offset, &line, &length)) {
		cJSON *json = json_parse(&at, line, length);
		bool ok = json && (at.line == 1 ? read_header(&at, json) :
						  read_event(t, &at, json));

		cJSON_Delete(json);
		if (!ok)
			return false;
		at.line++;
	}
	return at.line > 1 || json_fail(&at, "the file is empty");
}

struct trace_file *trace_read(const char *text, size_t length, const char *name,
			      struct file_error *error)
{
	const struct json_place at = { name, 1, error };
	struct trace_file *t = calloc(1, sizeof(*t));

	if (!t)
		no_memory(&at);
	else if (read_lines(t, text, length, name, error))
		return t;
	trace_file_free(t);
	return NULL;
}

void trace_file_free(struct trace_file *t)
{
	if (!t)
		return;
	free(t->steps);
	free(t->values.data);
	free(t);
}

uint32_t trace_nr_steps(const struct trace_file *t)
{
	return t->nr;
}

struct trace_event trace_step(const struct trace_file *t, uint32_t step)
{
	const struct step_line *line = &t->steps[step - 1];

	return (struct trace_event){
		.id = (enum event_id)line->id,
		.request = line->request,
		.skipped = line->skipped,
		.values = t->values.data + line->at,
		.length = line->length,
	};
}

bool trace_events_equal(const struct trace_event *a,
			const struct trace_event *b)
{
	return a->id == b->id && a->skipped == b->skipped &&
	       a->length == b->length &&
	       !memcmp(a->values, b->values, a->length);
}
