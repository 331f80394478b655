/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recording_events: the kernel's events in a recording, and operations and
 * events as one line of text.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "replay/recording_private.h"

/* -- in the file ---------------------------------------------------------- */

static const struct json_key event_pfn = { .kind = JSON_INTEGER,
					   .max = MAX_PFN_LIMIT - 1 };
static const struct json_key event_order = { .kind = JSON_INTEGER,
					     .max = MAX_ORDER_LIMIT - 1 };
static const struct json_key event_type_name = { .kind = JSON_STRING,
						 .max = 31 };
static const struct json_key event_flag = { .kind = JSON_BOOL };

/* The values after the name, in order. */
static const struct {
	enum event_id id;
	const struct json_key *values[7];
} op_events[] = {
	{ EVENT_mm_page_alloc_zone_locked,
	  { &event_pfn, &event_order, &event_type_name } },
	{ EVENT_mm_page_pcpu_drain,
	  { &event_pfn, &event_order, &event_type_name } },
	{ EVENT_mm_page_alloc_extfrag,
	  { &event_pfn, &event_order, &event_order, &event_type_name,
	    &event_type_name, &event_flag } },
};

#define NR_OP_EVENTS (sizeof(op_events) / sizeof(op_events[0]))

/* Its row in op_events, NR_OP_EVENTS: another. */
static size_t event_row(const char *name)
{
	for (size_t i = 0; i < NR_OP_EVENTS; i++)
		if (!strcmp(event_types[op_events[i].id].name, name))
			return i;
	return NR_OP_EVENTS;
}

static bool check_event(const struct json_place *at, const cJSON *event)
{
	const cJSON *value = event->child;
	size_t row;

	if (!cJSON_IsArray(event) || !cJSON_IsString(value))
		return json_fail(at, "events: an event is a list that begins "
				     "with its name");
	row = event_row(value->valuestring);
	if (row == NR_OP_EVENTS)
		return json_fail(at,
				 "events: there is no event \"%.40s\" in "
				 "recordings",
				 value->valuestring);
	for (size_t i = 0; op_events[row].values[i]; i++) {
		value = value->next;
		if (!value)
			return json_fail(at, "events: %s has too few values",
					 event->child->valuestring);
		if (!json_check(at, value, op_events[row].values[i], 0))
			return false;
		if (cJSON_IsString(value) &&
		    migratetype_from_name(value->valuestring) < 0)
			return json_fail(at, "events: no migratetype \"%.40s\"",
					 value->valuestring);
	}
	return !value->next || json_fail(at, "events: %s has too many values",
					 event->child->valuestring);
}

bool op_check_events(const struct json_place *at, const cJSON *events)
{
	if (!events)
		return true;
	if (!cJSON_IsArray(events))
		return json_fail(at, "events: a list is expected");
	for (const cJSON *e = events->child; e; e = e->next)
		if (!check_event(at, e))
			return false;
	return true;
}

static uint32_t type_of(const cJSON *value)
{
	return (uint32_t)migratetype_from_name(value->valuestring);
}

struct op_event op_event(const cJSON *json)
{
	const cJSON *v = json->child;
	struct op_event e = { .id = op_events[event_row(v->valuestring)].id };

	v = v->next;
	e.pfn = json_u32(v);
	v = v->next;
	e.order = json_u32(v);
	v = v->next;
	if (e.id != EVENT_mm_page_alloc_extfrag) {
		e.migratetype = type_of(v);
		return e;
	}
	e.fallback_order = json_u32(v);
	v = v->next;
	e.migratetype = type_of(v);
	v = v->next;
	e.fallback_migratetype = type_of(v);
	e.change_ownership = cJSON_IsTrue(v->next);
	return e;
}

/* -- as text ------------------------------------------------------------- */

struct line {
	char *buf;
	size_t size;
};

__attribute__((format(printf, 2, 3))) static void add(struct line *line,
						      const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line->buf, line->size, format, args);
	va_end(args);
	if ((size_t)n >= line->size)
		n = line->size ? (int)line->size - 1 : 0;
	line->buf += n;
	line->size -= (size_t)n;
}

static void add_request(struct line *line, const struct alloc_request *request)
{
	char text[GFP_TEXT_MAX];

	add(line, " order %u gfp %s node %u cpu %u", request->order,
	    gfp_to_text(request->gfp, text, sizeof(text)), request->nid,
	    request->cpu);
	if (request->has_nodemask)
		add(line, " nodemask 0x%" PRIx64, request->nodemask);
	if (request->has_alloc_flags)
		add(line, " alloc_flags %s",
		    alloc_flags_to_text(request->alloc_flags, text,
					sizeof(text)));
}

static void add_task(struct line *line, const struct task *task)
{
	add(line, " mems_allowed 0x%" PRIx64 " hardwall_mems 0x%" PRIx64,
	    task->mems_allowed, task->hardwall_mems);
#define TASK_FLAG(name, text, help)                                            \
	add(line, "%s", task->name ? " " #name : "");
	FORMAT_2_TASK_FLAGS(TASK_FLAG)
#undef TASK_FLAG
}

static void add_free(struct line *line, const struct op *op)
{
	add(line, " pfn %u order %u cpu %u slot %u", op->pfn, op->request.order,
	    op->request.cpu, op->slot);
}

static void add_isolation(struct line *line, const struct op *op)
{
	add(line, " pfn %u migratetype %s cpu %u", op->pfn,
	    migratetype_name(op->migratetype), op->request.cpu);
}

void op_text(const struct op *op, char *buf, size_t size)
{
	struct line line = { buf, size };

	add(&line, "%s", op_kind_name(op->kind));
	switch (op->kind) {
	case OP_ALLOC:
	case OP_GET_PAGE:
		add_request(&line, &op->request);
		break;
	case OP_FREE:
		add_free(&line, op);
		break;
	case OP_LRU:
	case OP_RECLAIMABLE:
		add(&line, " slot %u", op->slot);
		break;
	case OP_DIRTY:
		add(&line, " node %u file_dirty %u", op->nid, op->file_dirty);
		break;
	case OP_DRAIN:
		add(&line, " cpu %u", op->request.cpu);
		break;
	case OP_MEMS_ALLOWED:
		add(&line, " 0x%" PRIx64, op->mems_allowed);
		break;
	case OP_NOCMA:
		add(&line, " %s", op->nocma ? "on" : "off");
		break;
	case OP_TASK:
		add_task(&line, &op->task);
		break;
	case OP_ISOLATE:
	case OP_UNISOLATE:
		add_isolation(&line, op);
		break;
	case NR_OP_KINDS:
		break;
	}
}

void op_event_text(const struct op_event *e, char *buf, size_t size)
{
	struct line line = { buf, size };

	if (!e) {
		add(&line, "no event");
		return;
	}
	add(&line, "%s pfn=%u", event_types[e->id].name, e->pfn);
	if (e->id != EVENT_mm_page_alloc_extfrag) {
		add(&line, " order=%u migratetype=%s", e->order,
		    migratetype_name(e->migratetype));
		return;
	}
	add(&line, " alloc_order=%u fallback_order=%u alloc_migratetype=%s",
	    e->order, e->fallback_order, migratetype_name(e->migratetype));
	add(&line, " fallback_migratetype=%s change_ownership=%d",
	    migratetype_name(e->fallback_migratetype), e->change_ownership);
}
