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

static void trace_field(struct json_writer *out, const struct machine *m,
			enum field_kind kind, int64_t value)
{
	char text[GFP_TEXT_MAX];

	switch (kind) {
	case KIND_flag:
		writer_bool(out, value);
		break;
	case KIND_pfn:
		if (value == PFN_NONE)
			writer_null(out);
		else
			writer_i64(out, value);
		break;
	case KIND_zone:
		if (value >= m->system->nr_zone_types)
			writer_null(out);
		else
			writer_string(out, zone_name(m, (unsigned int)value));
		break;
	case KIND_migratetype:
	case KIND_gfp:
	case KIND_alloc_flags:
		writer_string(out,
			      field_text(m, kind, value, text, sizeof(text)));
		break;
	case KIND_nodemask:
		writer_u64(out, (uint64_t)value);
		break;
	default:
		if (kind_is_enum(kind))
			writer_string(out, enum_name(kind, (uint32_t)value));
		else
			writer_i64(out, value);
		break;
	}
}

static void trace_event(struct json_writer *out, const struct session *s,
			uint32_t step)
{
	const struct event *event = history_event(session_history(s), step);
	const struct event_type *type = event_type(event);

	writer_open(out, '{');
	writer_add_u64(out, "step", step);
	writer_add_u64(out, "request", event->request + 1ull);
	writer_add_string(out, "event", type->name);
	writer_add_string(out, "stage", event_stage_name(type->stage));
	for (unsigned int i = 0; i < type->nr_fields; i++) {
		const struct event_field *field = &type->fields[i];

		writer_key(out, field->name);
		trace_field(out, session_machine(s), field->kind,
			    event_field_value(event, field));
	}
	writer_close(out, '}');
}

char *trace_line(const struct session *s, uint32_t step)
{
	struct json_writer out = { .data = NULL };

	if (!step || step > session_nr_steps(s))
		return NULL;
	trace_event(&out, s, step);
	return writer_finish(&out);
}

bool trace_save(const struct session *s, const char *path,
		struct file_error *error)
{
	const struct json_place at = { path, 0, error };
	struct json_writer out = { .data = NULL };
	char *text;
	bool ok;

	writer_open(&out, '{');
	writer_add_string(&out, "schema", SCHEMA);
	writer_close(&out, '}');
	writer_raw(&out, "\n", 1);
	for (uint32_t step = 1; step <= session_nr_steps(s); step++) {
		out.comma = false;
		trace_event(&out, s, step);
		writer_raw(&out, "\n", 1);
	}
	text = writer_finish(&out);
	if (!text)
		return json_fail(&at, "no memory");
	ok = file_write(path, text, strlen(text), error);
	free(text);
	return ok;
}
