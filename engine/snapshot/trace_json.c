/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * trace_json: events as JSON Lines. A header with the schema, then an
 * object an event: step, request (from 1), event, stage, and the event's
 * own fields by name, in the order of events.def.
 */
#include <stdlib.h>
#include <string.h>

#include "json/json.h"
#include "snapshot/snapshot.h"
#include "json/writer.h"

#define SCHEMA "zonewalk/trace/1"

static void trace_field(struct json_text *out, const struct machine *m,
			enum field_kind kind, int64_t value)
{
	char text[GFP_TEXT_MAX];

	switch (kind) {
	case KIND_flag:
		text_flag(out, value);
		break;
	case KIND_pfn:
		if (value == PFN_NONE)
			text_null(out);
		else
			text_i64(out, value);
		break;
	case KIND_zone:
		if (value >= m->system->nr_zone_types)
			text_null(out);
		else
			text_string(out, zone_name(m, (unsigned int)value));
		break;
	case KIND_migratetype:
	case KIND_gfp:
	case KIND_alloc_flags:
		text_string(out,
			    field_text(m, kind, value, text, sizeof(text)));
		break;
	case KIND_nodemask:
		text_u64(out, (uint64_t)value);
		break;
	default:
		if (kind_is_enum(kind))
			text_string(out, enum_name(kind, (uint32_t)value));
		else
			text_i64(out, value);
		break;
	}
}

static void trace_event(struct json_text *out, const struct session *s,
			uint32_t step)
{
	const struct event *event = history_event(session_history(s), step);
	const struct event_type *type = event_type(event);

	text_open(out, '{');
	text_key(out, "step");
	text_i64(out, step);
	text_key(out, "request");
	text_i64(out, (int64_t)event->request + 1);
	text_key(out, "event");
	text_string(out, type->name);
	text_key(out, "stage");
	text_string(out, event_stage_name(type->stage));
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		const struct event_field *field = &type->fields[i];

		text_key(out, field->name);
		trace_field(out, session_machine(s), field->kind,
			    event_field_value(event, field));
	}
	text_close(out, '}');
}

char *trace_line(const struct session *s, uint32_t step)
{
	struct json_text out = { .data = NULL };

	if (!step || step > session_nr_steps(s))
		return NULL;
	trace_event(&out, s, step);
	return text_finish(&out);
}

bool trace_save(const struct session *s, const char *path,
		struct file_error *error)
{
	const struct json_place at = { path, 0, error };
	struct json_text out = { .data = NULL };
	char *text;
	bool ok;

	text_open(&out, '{');
	text_key(&out, "schema");
	text_string(&out, SCHEMA);
	text_close(&out, '}');
	text_raw(&out, "\n", 1);
	for (uint32_t step = 1; step <= session_nr_steps(s); step++) {
		out.comma = false;
		trace_event(&out, s, step);
		text_raw(&out, "\n", 1);
	}
	text = text_finish(&out);
	if (!text)
		return json_fail(&at, "no memory");
	ok = file_write(path, text, strlen(text), error);
	free(text);
	return ok;
}
