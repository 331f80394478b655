/* SPDX-License-Identifier: GPL-2.0-or-later */
/* redo_request: requests done again, and what is written into frames. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sandbox/verify.h"
#include "sandbox/codec.h"

enum { MAX_SOURCES = 1024 }; /* files that requests come from */

bool redo_source(struct redo *r, struct wire_in *in)
{
	const char *name = wire_get_text(in, 8192);
	struct scenario *sc = r->sc;
	struct open_recording *more;

	if (!wire_done(in) || sc->nr_recordings == MAX_SOURCES)
		return redo_nonsense(r, "one file name too many");
	more = realloc(sc->recordings, (sc->nr_recordings + 1) * sizeof(*more));
	if (!more)
		return redo_no_memory(r);
	sc->recordings = more;
	more[sc->nr_recordings] = (struct open_recording){
		.name = strdup(name),
	};
	if (!more[sc->nr_recordings].name)
		return redo_no_memory(r);
	sc->nr_recordings++;
	return true;
}

/* Through the door that it came from. NULL: no memory. */
static const struct request *request_again(struct session *s,
					   const struct wire_request *w,
					   const struct source_line *where)
{
	const struct request *q = &w->request;

	switch (q->kind) {
	case REQUEST_ALLOC:
	case REQUEST_GET_PAGE:
		return session_alloc(s, &q->alloc, where, q->name);
	case REQUEST_FREE:
		return session_free_pages(s, q->alloc.cpu, q->pfn, q->order,
					  where);
	case REQUEST_DRAIN:
		return session_drain(s, q->alloc.cpu, where);
	case REQUEST_LRU:
		return session_set_lru(s, q->pfn, q->value != 0, where);
	case REQUEST_DIRTY:
		return session_set_dirty(s, q->nid, (uint32_t)q->value, where);
	case REQUEST_TASK:
		return session_set_task(s, &w->task, w->cpusets, where);
	case REQUEST_RECLAIM:
		return session_set_reclaim(s, (uint32_t)q->value, where);
	case REQUEST_FAULT:
		return session_set_fault(s, &w->fault, where);
	case REQUEST_ISOLATE:
		return session_isolate(s, q->pfn, where);
	case REQUEST_UNISOLATE:
		return session_unisolate(s, q->pfn, (unsigned int)q->value,
					 where);
	case NR_REQUEST_KINDS:
		break;
	}
	return NULL;
}

/* Did the process get the answer that we got? */
static bool same_answer(struct redo *r, const struct wire_request *w,
			const struct request *made)
{
	const struct request *said = &w->request;

	if (made->pfn == said->pfn && made->refusal == said->refusal &&
	    made->last_step == said->last_step)
		return true;
	/* we, not the process, ran short */
	if (made->refusal == MACHINE_ERROR_limit)
		return redo_no_memory(r);
	return redo_fail(r, SCENARIO_CRASHED,
			 "%s: the scenario's process says page %" PRId64
			 ", step %" PRIu32 "; done again it is page %" PRId64
			 ", step %" PRIu32 ": it is broken, or it lies",
			 request_kind_name(made->kind),
			 said->pfn == PFN_NONE ? -1 : (int64_t)said->pfn,
			 said->last_step,
			 made->pfn == PFN_NONE ? -1 : (int64_t)made->pfn,
			 made->last_step);
}

/* What a request that was read must be, beside what its doors look at. */
static bool request_makes_sense(struct redo *r, const struct wire_in *in,
				struct wire_request *w)
{
	const enum request_kind kind = w->request.kind;

	if (!wire_done(in) || w->session >= r->sc->nr_sessions ||
	    w->has_task != (kind == REQUEST_TASK) ||
	    w->has_fault != (kind == REQUEST_FAULT))
		return redo_nonsense(r, "a broken request");
	w->request.alloc.order = w->request.order;
	return true;
}

bool redo_request(struct redo *r, struct wire_in *in)
{
	struct wire_code c = { .in = in };
	struct wire_request w = { .session = 0 };
	const struct request *made;
	struct source_line where;
	struct session *s;
	uint32_t before;

	code_request(&c, &w);
	if (!request_makes_sense(r, in, &w))
		return false;
	where = (struct source_line){ .file = redo_source_name(r, w.source),
				      .line = w.request.where.line };
	if (w.source == 1)
		r->line = where.line;
	redo_tell_rest(r);
	if (r->nr_steps > limit_value(r->sc, LIMIT_EVENTS))
		return redo_limit(r, LIMIT_EVENTS);
	if (++r->sc->nr_requests > limit_value(r->sc, LIMIT_REQUESTS))
		return redo_limit(r, LIMIT_REQUESTS);
	s = r->sc->sessions[w.session];
	before = session_nr_steps(s);
	made = request_again(s, &w, &where);
	if (!made)
		return redo_no_memory(r);
	r->nr_steps += session_nr_steps(s) - before;
	r->sc->latest = s;
	r->telling = s;
	r->next_step = before + 1;
	return same_answer(r, &w, made);
}

/*
 * Bytes into the frames from @pfn on. They lie in one block, so in one
 * node's frames.
 */
bool redo_write(struct redo *r, struct wire_in *in)
{
	uint32_t session = wire_get_u32(in), pfn = wire_get_u32(in);
	uint64_t offset = wire_get_u64(in), last;
	const uint64_t most = PAGE_SIZE << MAX_ORDER_LIMIT;
	char *first_frame, *last_frame;
	struct session *s;
	size_t length;
	const void *bytes = wire_get_bytes(in, WIRE_TEXT_MAX, &length);

	if (!wire_done(in) || session >= r->sc->nr_sessions || offset > most ||
	    length > most || pfn >= MAX_PFN_LIMIT)
		return redo_nonsense(r, "a broken write");
	if (!length)
		return true;
	s = r->sc->sessions[session];
	last = pfn + (offset + length - 1) / PAGE_SIZE;
	first_frame = session_page_address(s, pfn);
	last_frame = session_page_address(s, (uint32_t)last);
	if (!first_frame || !last_frame)
		return redo_no_memory(r);
	if (last_frame < first_frame ||
	    (uint64_t)(last_frame - first_frame) != (last - pfn) * PAGE_SIZE)
		return redo_nonsense(r, "a write across nodes");
	memcpy(first_frame + offset, bytes, length);
	return true;
}
