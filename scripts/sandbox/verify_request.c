/* SPDX-License-Identifier: GPL-2.0-or-later */
/* redo_request: requests done again, and what is written into frames. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "sandbox/verify.h"
#include "sandbox/codec.h"

enum { MAX_SOURCES = 1024 }; /* files that requests come from */

bool redo_source(struct redo *r, struct wire_in *in)
{
	const char *name = wire_get_text(in, 8192);
	struct scenario *sc = r->sc;
	struct open_recording *recording;
	char *copy;

	if (!wire_done(in) || sc->nr_recordings == MAX_SOURCES)
		return redo_nonsense(r, "one file name too many");
	copy = strdup(name);
	recording = copy ? array_add(sc->recordings, sc->nr_recordings) : NULL;
	if (!recording) {
		free(copy);
		return redo_no_memory(r);
	}
	*recording = (struct open_recording){ .name = copy };
	return true;
}

/* Did the process get the answer that we got? */
static bool same_answer(struct redo *r, const struct wire_request *w,
			const struct request *made)
{
	const struct request *said = &w->request;

	if (made->pfn == said->pfn && made->error == said->error &&
	    made->last_step == said->last_step)
		return true;
	/* we, not the process, ran short */
	if (made->error == MACHINE_ERROR_limit)
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

bool redo_request(struct redo *r, struct wire_in *in)
{
	struct wire_code c = { .in = in };
	struct wire_request w = { .session = 0 };
	const struct request *made;
	struct source_line where;
	struct session *s;
	uint32_t before;

	code_request(&c, &w);
	if (!wire_done(in) || w.session >= r->sc->nr_sessions)
		return redo_nonsense(r, "a broken request");
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
	made = session_request(s, &w.request, &where);
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
