/* SPDX-License-Identifier: GPL-2.0-or-later */
/* session: requests, notes and the timeline of one machine. */
#include "session/session.h"

#include "mm/control.h"

#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "state/arena.h"
#include "state/contents.h"

struct session {
	struct machine machine;
	struct history *history; /* NULL: nothing is recorded */
	struct request *requests;
	uint32_t nr_requests;
	struct request latest; /* the only one when nothing is recorded */
	uint32_t nr_made; /* requests made, recorded or not */
	struct note *notes;
	uint32_t nr_notes;
	struct page_write *writes; /* only while something is recorded */
	uint32_t nr_writes;
	const struct session_tap *tap; /* NULL: no listener */
};

struct session *session_new(struct machine *m, bool record)
{
	struct session *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	if (record) {
		s->history = history_new();
		if (!s->history) {
			free(s);
			return NULL;
		}
	}
	s->machine = *m;
	*m = (struct machine){ .region = NULL };
	machine_set_history(&s->machine, s->history);
	return s;
}

void session_free(struct session *s)
{
	if (!s)
		return;
	for (uint32_t i = 0; i < s->nr_notes; i++)
		note_destroy(&s->notes[i]);
	free(s->notes);
	free(s->writes);
	free(s->requests);
	history_free(s->history);
	arena_destroy(&s->machine);
	free(s);
}

static enum machine_error request_run(struct machine *m, struct request *r)
{
	switch (r->kind) {
#define REQUEST(KIND, name, run, text, lua)                                    \
	case REQUEST_##KIND:                                                   \
		return run;
#define MEMBER(kind, path, name)
#define REQUEST_END(member)
#include "session/requests.def"
	case NR_REQUEST_KINDS:
		break;
	}
	return MACHINE_ERROR_value;
}

/* Where the next request is kept; NULL: no memory. */
static struct request *request_place(struct session *s)
{
	if (!s->history)
		return &s->latest;
	if (!array_make_room(&s->requests, s->nr_requests,
			     sizeof(*s->requests)))
		return NULL;
	return &s->requests[s->nr_requests];
}

/* Run @r with its events in the history. */
static void request_record(struct session *s, struct request *r)
{
	session_seek(s, s->history->nr_events);
	history_request(s->history, s->nr_requests++);
	r->first_step = s->history->nr_events + 1;
	r->error = history_is_full(s->history) ? MACHINE_ERROR_limit :
						 request_run(&s->machine, r);
	r->last_step = s->history->nr_events;
	if (s->history->full)
		r->error = MACHINE_ERROR_limit;
}

const struct request *session_request(struct session *s,
				      const struct request *wanted,
				      const struct source_line *where)
{
	struct request *r = request_place(s);

	if (!r)
		return NULL;
	*r = *wanted;
	r->pfn = r->busy = PFN_NONE;
	r->first_step = r->last_step = 0;
	if (where)
		r->where = *where;
	if (request_is_alloc(r)) {
		r->alloc.has_alloc_flags = r->kind == REQUEST_GET_PAGE;
		r->alloc.owner = s->nr_made;
	}
	s->nr_made++;
	if (s->history)
		request_record(s, r);
	else
		r->error = request_run(&s->machine, r);
	if (s->tap)
		s->tap->request(s->tap->context, r);
	return r;
}

bool session_add_note(struct session *s, const struct note *note)
{
	struct note *kept;

	if (!array_make_room(&s->notes, s->nr_notes, sizeof(*s->notes)))
		return false;
	kept = &s->notes[s->nr_notes];
	if (!note_copy(kept, note))
		return false;
	kept->step = session_step(s);
	kept->request = s->nr_made;
	s->nr_notes++;
	if (s->tap)
		s->tap->note(s->tap->context, kept);
	return true;
}

void session_set_tap(struct session *s, const struct session_tap *tap)
{
	s->tap = tap;
}

uint32_t session_nr_steps(const struct session *s)
{
	return s->history ? s->history->nr_events : 0;
}

uint32_t session_step(const struct session *s)
{
	return s->history ? s->history->step : 0;
}

void session_seek(struct session *s, uint32_t step)
{
	if (s->history)
		history_seek(s->history, &s->machine, step);
}

const struct machine *session_machine(const struct session *s)
{
	return &s->machine;
}

const struct history *session_history(const struct session *s)
{
	return s->history;
}

uint32_t session_nr_requests(const struct session *s)
{
	return s->nr_requests;
}

const struct request *session_get_request(const struct session *s, uint32_t i)
{
	return i < s->nr_requests ? &s->requests[i] : NULL;
}

uint32_t session_request_at(const struct session *s, uint32_t step)
{
	const struct event *event =
		s->history ? history_event(s->history, step) : NULL;

	return event ? event->request : UINT32_MAX;
}

uint32_t session_nr_notes(const struct session *s)
{
	return s->nr_notes;
}

const struct note *session_note_at(const struct session *s, uint32_t i)
{
	return i < s->nr_notes ? &s->notes[i] : NULL;
}

const struct note *session_question_before(const struct session *s, uint32_t i)
{
	while (i-- > 0)
		if (s->notes[i].kind == NOTE_ASK)
			return &s->notes[i];
	return NULL;
}

uint32_t session_notes_until(const struct session *s, uint32_t step)
{
	uint32_t low = 0, high = s->nr_notes;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;

		if (s->notes[middle].step <= step)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint64_t session_memory(const struct session *s)
{
	return s->machine.region_size + page_contents_size(&s->machine) +
	       (s->history ? history_memory(s->history) : 0) +
	       s->nr_requests * sizeof(*s->requests) +
	       s->nr_writes * sizeof(*s->writes);
}

/* -- contents of pages ---------------------------------------------------- */

void *session_page_address(struct session *s, uint32_t pfn)
{
	return page_address(&s->machine, pfn);
}

static bool write_record(struct session *s, uint32_t pfn, uint64_t offset,
			 const void *bytes, size_t size)
{
	const uint64_t numbers[] = { s->nr_made, pfn, offset, size };
	struct page_write *w = array_add(s->writes, s->nr_writes);
	struct sha256 h;

	if (!w)
		return false;
	w->nr_requests = s->nr_made;
	sha256_begin(&h);
	if (s->nr_writes > 1)
		sha256_add(&h, w[-1].hash, sizeof(w->hash));
	sha256_add(&h, numbers, sizeof(numbers));
	sha256_add(&h, bytes, size);
	sha256_end(&h, w->hash);
	return true;
}

bool session_write(struct session *s, uint32_t pfn, uint64_t offset,
		   const void *bytes, size_t size)
{
	const uint64_t bytes_per_page = page_size(&s->machine);
	const uint64_t last = (offset + size - 1) / bytes_per_page;
	char *first_page, *last_page;

	if (!size)
		return true;
	first_page = session_page_address(s, pfn);
	last_page = session_page_address(s, (uint32_t)(pfn + last));
	if (!first_page || last_page != first_page + last * bytes_per_page ||
	    (s->history && !write_record(s, pfn, offset, bytes, size)))
		return false;
	memcpy(first_page + offset, bytes, size);
	return true;
}

const struct page_write *session_write_at(const struct session *s, uint32_t i)
{
	return i < s->nr_writes ? &s->writes[i] : NULL;
}
