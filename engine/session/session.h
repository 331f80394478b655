/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * session: a machine with its history, as every front end uses it: make
 * requests, move in time, look.
 *
 *   session_request(s, &request, &where)   carry out a request to its end
 *   session_seek(s, step)                  the machine as it was at a step
 *   session_machine(s)                     look at it (const)
 *
 * Requests are made at the end of the timeline: the session goes there
 * first. A request emits at least one event, and each event is a step. A
 * note is what the scenario says between two steps: note.h. Notes are in the
 * order of their steps.
 */
#ifndef ENGINE_SESSION_H
#define ENGINE_SESSION_H

#include "machine/sha256.h"
#include "session/note.h"
#include "session/request.h"
#include "state/history.h"

struct session;

/*
 * A listener for the requests and notes of a session: called after each one
 * has been made.
 */
struct session_tap {
	void *context;
	void (*request)(void *context, const struct request *r);
	void (*note)(void *context, const struct note *note);
};

/*
 * A session on @m, which it owns from now on (NULL: no memory, @m is still
 * the caller's). With @record false it keeps no history: no events, no
 * steps, only the machine.
 */
struct session *session_new(struct machine *m, bool record);
void session_free(struct session *s);
/* @tap stays the caller's; NULL: no listener. */
void session_set_tap(struct session *s, const struct session_tap *tap);

/*
 * Carry out @wanted: its kind, its parameters, its name. @where NULL: as
 * @wanted says. @wanted must not be one of @s's own requests, which move
 * when there are more. Returns the request as the session keeps it, valid
 * until the next one; its error says whether it was refused. NULL: no
 * memory, nothing was changed.
 */
const struct request *session_request(struct session *s,
				      const struct request *wanted,
				      const struct source_line *where);

/* Add a copy of @note at the current step. False: no memory. */
bool session_add_note(struct session *s, const struct note *note);
/* The same for a note of one part. */
static inline bool session_note(struct session *s, enum note_kind kind,
				const char *text)
{
	return session_add_note(s,
				&(struct note){ .kind = kind, .text = text });
}

/* The timeline. Steps are 0 (the start) to session_nr_steps(). */
uint32_t session_nr_steps(const struct session *s);
uint32_t session_step(const struct session *s);
void session_seek(struct session *s, uint32_t step);

/* Looking. The machine is at session_step(). */
const struct machine *session_machine(const struct session *s);
const struct history *session_history(const struct session *s);
uint32_t session_nr_requests(const struct session *s);
/* Request @i, from 0. */
const struct request *session_get_request(const struct session *s, uint32_t i);
/* The index of the request that @step belongs to; UINT32_MAX for step 0. */
uint32_t session_request_at(const struct session *s, uint32_t step);
uint32_t session_nr_notes(const struct session *s);
const struct note *session_note_at(const struct session *s, uint32_t i);
/* The last ASK before note @i, or NULL. */
const struct note *session_question_before(const struct session *s, uint32_t i);
/* How many notes stand before or right after @step. */
uint32_t session_notes_until(const struct session *s, uint32_t step);

/*
 * The bytes that the session holds: the machine's state, the pages that have
 * an address, the history, requests and writes.
 */
uint64_t session_memory(const struct session *s);

/*
 * The address of a page's contents, or NULL. Contents are not part of the
 * history: they are those of the end of the timeline.
 */
void *session_page_address(struct session *s, uint32_t pfn);

/* Bytes that were written into pages. */
struct page_write {
	uint32_t nr_requests; /* made before it */
	/* SHA-256 over this write and the hash of the write before */
	uint8_t hash[SHA256_BYTES];
};

/*
 * Write @size bytes at @offset from the start of page @pfn, within one node.
 * False: no memory, or pages of two nodes; nothing was written.
 */
bool session_write(struct session *s, uint32_t pfn, uint64_t offset,
		   const void *bytes, size_t size);
/* Write @i, from 0; NULL after the last, and if nothing is recorded. */
const struct page_write *session_write_at(const struct session *s, uint32_t i);

#endif
