/* SPDX-License-Identifier: GPL-2.0-or-later */
/* verify_request: re-execute requests, and writes into pages. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "sandbox/verify.h"
#include "sandbox/codec.h"

enum { MAX_SOURCES = 1024 }; /* files that requests come from */

bool verify_source(struct verify *r, struct message_reader *in)
{
	const char *name = message_get_text(in, 8192);
	struct scenario *sc = r->sc;
	struct open_recording *recording;
	char *copy;

	if (!message_done(in) || sc->nr_recordings == MAX_SOURCES)
		return verify_malformed(r, "a file name");
	copy = strdup(name);
	recording = copy ? array_add(sc->recordings, sc->nr_recordings) : NULL;
	if (!recording) {
		free(copy);
		return verify_no_memory(r);
	}
	*recording = (struct open_recording){ .name = copy };
	return true;
}

/* Does the reported result equal the one here? */
static bool same_result(struct verify *r, const struct request_message *w,
			const struct request *made)
{
	const struct request *reported = &w->request;

	if (made->pfn == reported->pfn && made->error == reported->error &&
	    made->last_step == reported->last_step)
		return true;
	/* the parent ran out of memory, not the process */
	if (made->error == MACHINE_ERROR_limit)
		return verify_no_memory(r);
	return verify_fail(
		r, SCENARIO_CRASHED,
		"%s: the scenario's process reports pfn %" PRId64
		", step %" PRIu32 "; re-executed, it is pfn %" PRId64
		", step %" PRIu32
		"; a script cannot cause this with the language alone",
		request_kind_name(made->kind),
		reported->pfn == PFN_NONE ? -1 : (int64_t)reported->pfn,
		reported->last_step,
		made->pfn == PFN_NONE ? -1 : (int64_t)made->pfn,
		made->last_step);
}

bool verify_request(struct verify *r, struct message_reader *in)
{
	struct codec c = { .in = in };
	struct request_message w = { .session = 0 };
	const struct request *made;
	struct source_line where;
	struct session *s;
	uint32_t before;

	codec_request(&c, &w);
	if (!message_done(in) || w.session >= r->sc->nr_sessions)
		return verify_malformed(r, "a request");
	where = (struct source_line){ .file = verify_source_name(r, w.source),
				      .line = w.request.where.line,
				      .statement = w.request.where.statement };
	if (w.source == 1)
		r->line = where.line;
	verify_report_rest(r);
	if (r->nr_steps > limit_value(r->sc, LIMIT_EVENTS))
		return verify_limit(r, LIMIT_EVENTS);
	if (++r->sc->nr_requests > limit_value(r->sc, LIMIT_REQUESTS))
		return verify_limit(r, LIMIT_REQUESTS);
	s = r->sc->sessions[w.session];
	before = session_nr_steps(s);
	made = session_request(s, &w.request, &where);
	if (!made)
		return verify_no_memory(r);
	r->nr_steps += session_nr_steps(s) - before;
	r->sc->latest = s;
	r->reporting = s;
	r->next_step = before + 1;
	return same_result(r, &w, made) && verify_machines(r, 0);
}

/* Write bytes into the pages from @pfn on. They are in one block. */
bool verify_write(struct verify *r, struct message_reader *in)
{
	uint32_t session = message_get_u32(in), pfn = message_get_u32(in);
	uint64_t offset = message_get_u64(in);
	const uint64_t most = 1ull << MAX_PAGE_SHIFT << MAX_ORDER_LIMIT;
	size_t length;
	const void *bytes = message_get_bytes(in, MESSAGE_TEXT_MAX, &length);

	if (!message_done(in) || session >= r->sc->nr_sessions ||
	    offset > most || length > most || pfn >= MAX_PFN_LIMIT)
		return verify_malformed(r, "a write");
	return (session_write(r->sc->sessions[session], pfn, offset, bytes,
			      length) ||
		verify_no_memory(r)) &&
	       verify_machines(r, 0);
}
