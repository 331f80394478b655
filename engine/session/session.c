/* SPDX-License-Identifier: GPL-2.0-or-later */
/* session: requests, notes and time over one machine. */
#include "session/session.h"

#include "mm/control.h"

#include <stdlib.h>
#include <string.h>

#include "state/arena.h"

struct session {
	struct machine machine;
	struct history *history; /* NULL when nothing is remembered */
	struct request *requests;
	uint32_t nr_requests;
	uint32_t max_requests;
	struct request latest; /* the answer when nothing is remembered */
	uint32_t nr_made; /* requests made, remembered or not */
	struct note *notes;
	uint32_t nr_notes;
	uint32_t max_notes;
	const struct session_tap *tap; /* NULL: nobody */
};

static const char *const request_kind_names[NR_REQUEST_KINDS] = {
	[REQUEST_ALLOC] = "alloc",
	[REQUEST_GET_PAGE] = "get_page_from_freelist",
	[REQUEST_FREE] = "free",
	[REQUEST_DRAIN] = "drain",
	[REQUEST_LRU] = "lru",
	[REQUEST_DIRTY] = "dirty",
	[REQUEST_TASK] = "task",
	[REQUEST_RECLAIM] = "reclaim",
	[REQUEST_FAULT] = "fault",
	[REQUEST_ISOLATE] = "isolate",
	[REQUEST_UNISOLATE] = "unisolate",
};

const char *request_kind_name(enum request_kind kind)
{
	return kind < NR_REQUEST_KINDS ? request_kind_names[kind] : "none";
}

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
		free(s->notes[i].text);
	free(s->notes);
	free(s->requests);
	history_free(s->history);
	arena_destroy(&s->machine);
	free(s);
}

/* Room for one more element of an array, or NULL. */
static void *make_room(void *array, uint32_t nr, uint32_t *max, size_t size)
{
	uint32_t more;
	void *moved;

	if (nr < *max)
		return array;
	more = *max + *max / 2 + 64;
	moved = realloc(array, more * size);
	if (moved)
		*max = more;
	return moved;
}

/* Who a request is for, beyond what struct request remembers. */
struct details {
	const struct task *task;
	bool cpusets;
	const struct fault_attr *fault;
};

/* The door that each kind of request goes through. */
static enum machine_error request_run(struct machine *m, struct request *r,
				      const struct details *details)
{
	switch (r->kind) {
	case REQUEST_ALLOC:
	case REQUEST_GET_PAGE:
		return machine_alloc(m, &r->alloc, &r->pfn);
	case REQUEST_FREE:
		return machine_free(m, r->alloc.cpu, r->pfn, r->order);
	case REQUEST_DRAIN:
		return machine_drain(m, r->alloc.cpu);
	case REQUEST_LRU:
		return machine_set_lru(m, r->pfn, r->value);
	case REQUEST_DIRTY:
		return machine_set_dirty(m, r->nid, (uint32_t)r->value);
	case REQUEST_TASK:
		return machine_set_task(m, details->task, details->cpusets);
	case REQUEST_RECLAIM:
		return machine_set_reclaim(m, (uint32_t)r->value);
	case REQUEST_FAULT:
		return machine_set_fault(m, details->fault);
	case REQUEST_ISOLATE:
		return machine_isolate(m, r->pfn);
	case REQUEST_UNISOLATE:
		return machine_unisolate(m, r->pfn, (unsigned int)r->value);
	case NR_REQUEST_KINDS:
		break;
	}
	return MACHINE_ERROR_value;
}

/* Where the next request is remembered; NULL: no memory. */
static struct request *request_place(struct session *s)
{
	struct request *requests;

	if (!s->history)
		return &s->latest;
	requests = make_room(s->requests, s->nr_requests, &s->max_requests,
			     sizeof(*requests));
	if (!requests)
		return NULL;
	s->requests = requests;
	return &requests[s->nr_requests];
}

static void tap_request(const struct session *s, const struct request *r,
			const struct details *details)
{
	static const struct details none = { .task = NULL };

	if (!details)
		details = &none;
	s->tap->request(s->tap->context, r, details->task, details->cpusets,
			details->fault);
}

/*
 * Make request @r, which stands in its place already, at the end of time.
 * When the history is full nothing is changed any more.
 */
static const struct request *request_finish(struct session *s,
					    struct request *r,
					    const struct source_line *where,
					    const struct details *details)
{
	r->alloc.owner = s->nr_made++;
	if (where)
		r->where = *where;
	if (!s->history) {
		r->refusal = request_run(&s->machine, r, details);
		if (s->tap)
			tap_request(s, r, details);
		return r;
	}
	session_seek(s, s->history->nr_events);
	history_request(s->history, s->nr_requests++);
	r->first_step = s->history->nr_events + 1;
	r->refusal = history_is_full(s->history) ?
			     MACHINE_ERROR_limit :
			     request_run(&s->machine, r, details);
	r->last_step = s->history->nr_events;
	if (s->history->full)
		r->refusal = MACHINE_ERROR_limit;
	if (s->tap)
		tap_request(s, r, details);
	return r;
}

/* Make a request like @wanted, and remember it. */
static const struct request *request_make(struct session *s,
					  const struct request *wanted,
					  const struct source_line *where,
					  const struct details *details)
{
	struct request *r = request_place(s);

	if (!r)
		return NULL;
	*r = *wanted;
	return request_finish(s, r, where, details);
}

const struct request *session_alloc(struct session *s,
				    const struct alloc_request *request,
				    const struct source_line *where,
				    const char *name)
{
	/* who asks may point into our requests, which move */
	const struct alloc_request alloc = *request;
	char kept[sizeof(((struct request *)0)->name)];
	struct request *r;

	if (name)
		strncpy(kept, name, sizeof(kept) - 1);
	r = request_place(s);
	if (!r)
		return NULL;
	/* built where it stays: this is the hottest request of all */
	*r = (struct request){
		.kind = alloc.has_alloc_flags ? REQUEST_GET_PAGE :
						REQUEST_ALLOC,
		.alloc = alloc,
		.order = alloc.order,
		.pfn = PFN_NONE,
	};
	if (name)
		memcpy(r->name, kept, sizeof(kept) - 1);
	return request_finish(s, r, where, NULL);
}

const struct request *session_free_pages(struct session *s, uint32_t cpu,
					 uint32_t pfn, uint32_t order,
					 const struct source_line *where)
{
	struct request *r = request_place(s);

	if (!r)
		return NULL;
	*r = (struct request){
		.kind = REQUEST_FREE,
		.alloc.cpu = cpu,
		.pfn = pfn,
		.order = order,
	};
	return request_finish(s, r, where, NULL);
}

const struct request *session_drain(struct session *s, uint32_t cpu,
				    const struct source_line *where)
{
	const struct request wanted = {
		.kind = REQUEST_DRAIN,
		.alloc.cpu = cpu,
		.pfn = PFN_NONE,
	};

	return request_make(s, &wanted, where, NULL);
}

const struct request *session_set_lru(struct session *s, uint32_t pfn, bool on,
				      const struct source_line *where)
{
	const struct request wanted = {
		.kind = REQUEST_LRU,
		.pfn = pfn,
		.value = on,
	};

	return request_make(s, &wanted, where, NULL);
}

const struct request *session_set_dirty(struct session *s, uint32_t nid,
					uint32_t file_dirty,
					const struct source_line *where)
{
	const struct request wanted = {
		.kind = REQUEST_DIRTY,
		.nid = nid,
		.pfn = PFN_NONE,
		.value = file_dirty,
	};

	return request_make(s, &wanted, where, NULL);
}

const struct request *session_set_task(struct session *s,
				       const struct task *task, bool cpusets,
				       const struct source_line *where)
{
	const struct details details = { .task = task, .cpusets = cpusets };
	const struct request wanted = {
		.kind = REQUEST_TASK,
		.pfn = PFN_NONE,
		.value = task->mems_allowed,
	};

	return request_make(s, &wanted, where, &details);
}

const struct request *session_set_reclaim(struct session *s, uint32_t outcome,
					  const struct source_line *where)
{
	const struct request wanted = {
		.kind = REQUEST_RECLAIM,
		.pfn = PFN_NONE,
		.value = outcome,
	};

	return request_make(s, &wanted, where, NULL);
}

const struct request *session_set_fault(struct session *s,
					const struct fault_attr *attr,
					const struct source_line *where)
{
	const struct details details = { .fault = attr };
	const struct request wanted = {
		.kind = REQUEST_FAULT,
		.pfn = PFN_NONE,
		.value = attr->times,
	};

	return request_make(s, &wanted, where, &details);
}

const struct request *session_isolate(struct session *s, uint32_t pfn,
				      const struct source_line *where)
{
	const struct request wanted = {
		.kind = REQUEST_ISOLATE,
		.pfn = pfn,
	};

	return request_make(s, &wanted, where, NULL);
}

const struct request *session_unisolate(struct session *s, uint32_t pfn,
					unsigned int migratetype,
					const struct source_line *where)
{
	const struct request wanted = {
		.kind = REQUEST_UNISOLATE,
		.pfn = pfn,
		.value = migratetype,
	};

	return request_make(s, &wanted, where, NULL);
}

bool session_note(struct session *s, enum note_kind kind, const char *text,
		  const struct source_line *where)
{
	struct note *notes =
		make_room(s->notes, s->nr_notes, &s->max_notes, sizeof(*notes));
	struct note *note;

	if (!notes)
		return false;
	s->notes = notes;
	note = &notes[s->nr_notes];
	*note = (struct note){
		.kind = kind,
		.step = session_step(s),
		.request = s->nr_made,
		.text = strdup(text),
	};
	if (!note->text)
		return false;
	if (where)
		note->where = *where;
	s->nr_notes++;
	if (s->tap)
		s->tap->note(s->tap->context, note);
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

const struct request *session_request(const struct session *s, uint32_t i)
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

const struct note *session_note_before(const struct session *s,
				       enum note_kind kind, uint32_t step)
{
	for (uint32_t i = s->nr_notes; i-- > 0;)
		if (s->notes[i].kind == kind && s->notes[i].step <= step)
			return &s->notes[i];
	return NULL;
}

void *session_page_address(struct session *s, uint32_t pfn)
{
	return page_address(&s->machine, pfn);
}
