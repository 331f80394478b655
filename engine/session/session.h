/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session: the one door for whoever plays with a machine: make requests,
 * move in time, look.
 *
 *   session_alloc(s, &request, &where)   a request runs to its end
 *   session_seek(s, step)                the machine as it was at a step
 *   session_machine(s)                   look at it (const)
 *
 * Requests are made at the end of time: the session goes there first. Each
 * request has one event or more, each event is a step. A note is something
 * the story says between two steps: a caption, a scene, a failed
 * expectation.
 */
#ifndef ENGINE_SESSION_H
#define ENGINE_SESSION_H

#include "mm/allocator.h"
#include "state/history.h"

enum request_kind {
	REQUEST_ALLOC, /* __alloc_pages_nodemask */
	REQUEST_GET_PAGE, /* get_page_from_freelist with given flags */
	REQUEST_FREE,
	REQUEST_DRAIN,
	REQUEST_LRU,
	REQUEST_DIRTY,
	REQUEST_TASK,
	REQUEST_RECLAIM,
	REQUEST_FAULT,
	REQUEST_ISOLATE,
	REQUEST_UNISOLATE,
	NR_REQUEST_KINDS
};

/* "alloc" "get_page_from_freelist" "free" "drain" "lru" ... */
const char *request_kind_name(enum request_kind kind);

/* Where in a scenario a request or note stands; file NULL: nowhere. */
struct source_line {
	const char *file; /* kept by the caller for the session's life */
	uint32_t line;
};

struct request {
	enum request_kind kind;
	struct alloc_request alloc; /* ALLOC, GET_PAGE; cpu also for others */
	uint32_t order; /* of the block, also for FREE */
	uint32_t nid; /* DIRTY */
	uint64_t value; /* DIRTY pages, LRU on, RECLAIM outcome */
	uint32_t pfn; /* the block given out or freed; PFN_NONE: none */
	enum machine_error refusal;
	uint32_t first_step; /* its first event's; last_step + 1 if none */
	uint32_t last_step;
	struct source_line where;
	char name[24]; /* the owner's name for the block, or "" */
};

enum note_kind {
	NOTE_SAY,
	NOTE_SCENE,
	NOTE_EXPECT_FAILED,
	NOTE_PAUSE,
	/* a question before its answer is known; a line each: "  a  choice" */
	NOTE_ASK,
	NOTE_ANSWER, /* "b  the choice. The hint", "7. The hint" */
	NOTE_FOCUS, /* the panel to look at: "zone", "lists" */
};

enum { NR_NOTE_KINDS = NOTE_FOCUS + 1 };

struct note {
	enum note_kind kind;
	uint32_t step; /* said after this step */
	uint32_t request; /* number of requests made before it */
	struct source_line where;
	char *text;
};

struct session;

/*
 * Who wants to know of each request and note: told when it has been made,
 * with what a request does not remember of the task and the fault.
 */
struct session_tap {
	void *context;
	void (*request)(void *context, const struct request *r,
			const struct task *task, bool cpusets,
			const struct fault_attr *fault);
	void (*note)(void *context, const struct note *note);
};

/*
 * A session on @m, which it owns from now on (NULL: no memory, @m is still
 * the caller's). With @record false nothing is remembered: no events, no
 * steps, only the machine.
 */
struct session *session_new(struct machine *m, bool record);
void session_free(struct session *s);
/* @tap stays the caller's; NULL: nobody wants to know. */
void session_set_tap(struct session *s, const struct session_tap *tap);

/*
 * The requests. Each returns the request as it was remembered, valid until
 * the next one; its `refusal` says whether it was taken. NULL: no memory,
 * nothing was changed.
 */
const struct request *session_alloc(struct session *s,
				    const struct alloc_request *request,
				    const struct source_line *where,
				    const char *name);
const struct request *session_free_pages(struct session *s, uint32_t cpu,
					 uint32_t pfn, uint32_t order,
					 const struct source_line *where);
const struct request *session_drain(struct session *s, uint32_t cpu,
				    const struct source_line *where);
const struct request *session_set_lru(struct session *s, uint32_t pfn, bool on,
				      const struct source_line *where);
const struct request *session_set_dirty(struct session *s, uint32_t nid,
					uint32_t file_dirty,
					const struct source_line *where);
const struct request *session_set_task(struct session *s,
				       const struct task *task, bool cpusets,
				       const struct source_line *where);
const struct request *session_set_reclaim(struct session *s, uint32_t outcome,
					  const struct source_line *where);
const struct request *session_set_fault(struct session *s,
					const struct fault_attr *attr,
					const struct source_line *where);
const struct request *session_isolate(struct session *s, uint32_t pfn,
				      const struct source_line *where);
const struct request *session_unisolate(struct session *s, uint32_t pfn,
					unsigned int migratetype,
					const struct source_line *where);

/* Say something at the present step; @text is copied. False: no memory. */
bool session_note(struct session *s, enum note_kind kind, const char *text,
		  const struct source_line *where);

/* Time. Steps are 0 (the start) to session_nr_steps(). */
uint32_t session_nr_steps(const struct session *s);
uint32_t session_step(const struct session *s);
void session_seek(struct session *s, uint32_t step);

/* Looking. The machine is at session_step(). */
const struct machine *session_machine(const struct session *s);
const struct history *session_history(const struct session *s);
uint32_t session_nr_requests(const struct session *s);
/* Request @i, from 0. */
const struct request *session_request(const struct session *s, uint32_t i);
/* The index of the request that @step belongs to; UINT32_MAX for step 0. */
uint32_t session_request_at(const struct session *s, uint32_t step);
uint32_t session_nr_notes(const struct session *s);
const struct note *session_note_at(const struct session *s, uint32_t i);
/* The last note of @kind said at or before @step, or NULL. */
const struct note *session_note_before(const struct session *s,
				       enum note_kind kind, uint32_t step);

/* The address of a frame's contents (end of time), or NULL. */
void *session_page_address(struct session *s, uint32_t pfn);

#endif
