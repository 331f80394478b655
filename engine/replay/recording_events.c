/* SPDX-License-Identifier: GPL-2.0-or-later */
/* recording_events: operations and events of a recording as one line. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "replay/recording_private.h"

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
		add(&line, " pfn %u order %u cpu %u slot %u", op->pfn,
		    op->request.order, op->request.cpu, op->slot);
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
		add(&line,
		    " mems_allowed 0x%" PRIx64 " hardwall_mems 0x%" PRIx64,
		    op->task.mems_allowed, op->task.hardwall_mems);
#define TASK_FLAG(name, text, help)                                            \
	add(&line, "%s", op->task.name ? " " #name : "");
		FORMAT_2_TASK_FLAGS(TASK_FLAG)
#undef TASK_FLAG
		break;
	case OP_ISOLATE:
	case OP_UNISOLATE:
		add(&line, " pfn %u migratetype %s cpu %u", op->pfn,
		    migratetype_name(op->migratetype), op->request.cpu);
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
