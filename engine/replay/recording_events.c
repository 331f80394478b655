/* SPDX-License-Identifier: GPL-2.0-or-later */
/* recording_words: operations and events of a recording as one line. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "replay/recording_private.h"

struct words {
	char *buf;
	size_t size;
};

__attribute__((format(printf, 2, 3))) static void say(struct words *w,
						      const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(w->buf, w->size, format, args);
	va_end(args);
	if ((size_t)n >= w->size)
		n = w->size ? (int)w->size - 1 : 0;
	w->buf += n;
	w->size -= (size_t)n;
}

static void say_request(struct words *w, const struct alloc_request *request)
{
	char text[GFP_TEXT_MAX];

	say(w, " order %u gfp %s node %u cpu %u", request->order,
	    gfp_to_text(request->gfp, text, sizeof(text)), request->nid,
	    request->cpu);
	if (request->has_nodemask)
		say(w, " nodemask 0x%" PRIx64, request->nodemask);
	if (request->has_alloc_flags)
		say(w, " alloc_flags %s",
		    alloc_flags_to_text(request->alloc_flags, text,
					sizeof(text)));
}

void op_text(const struct op *op, char *buf, size_t size)
{
	struct words w = { buf, size };

	say(&w, "%s", op_kind_name(op->kind));
	switch (op->kind) {
	case OP_ALLOC:
	case OP_GET_PAGE:
		say_request(&w, &op->request);
		break;
	case OP_FREE:
		say(&w, " pfn %u order %u cpu %u slot %u", op->pfn,
		    op->request.order, op->request.cpu, op->slot);
		break;
	case OP_LRU:
		say(&w, " slot %u", op->slot);
		break;
	case OP_DIRTY:
		say(&w, " node %u file_dirty %u", op->nid, op->file_dirty);
		break;
	case OP_DRAIN:
		say(&w, " cpu %u", op->request.cpu);
		break;
	case OP_MEMS_ALLOWED:
		say(&w, " 0x%" PRIx64, op->mems_allowed);
		break;
	case OP_NOCMA:
		say(&w, " %s", op->nocma ? "on" : "off");
		break;
	case NR_OP_KINDS:
		break;
	}
}

void op_event_text(const struct op_event *e, char *buf, size_t size)
{
	struct words w = { buf, size };

	if (!e) {
		say(&w, "no event");
		return;
	}
	say(&w, "%s pfn=%u", event_types[e->id].name, e->pfn);
	if (e->id != EVENT_mm_page_alloc_extfrag) {
		say(&w, " order=%u migratetype=%s", e->order,
		    migratetype_name(e->migratetype));
		return;
	}
	say(&w, " alloc_order=%u fallback_order=%u alloc_migratetype=%s",
	    e->order, e->fallback_order, migratetype_name(e->migratetype));
	say(&w, " fallback_migratetype=%s change_ownership=%d",
	    migratetype_name(e->fallback_migratetype), e->change_ownership);
}
