/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stream: what a scenario does, told to the process that started it.
 *
 * Requests and notes are heard from the sessions themselves; what else
 * happens to a machine is told by these functions, by whoever does it. All
 * of them do nothing in a scenario that runs in the process that wants it
 * (no stream).
 */
#ifndef SCRIPTS_STREAM_H
#define SCRIPTS_STREAM_H

#include "lua/api.h"
#include "sandbox/codec.h"

struct stream;

/* Talk through @fd, for @sc. NULL: no memory. */
struct stream *stream_open(struct scenario *sc, int fd);

/* Before anything else: which layers of isolation hold. */
void stream_hello(struct stream *st, const struct isolation_report *report);
/* After everything else. */
void stream_end(struct stream *st);

/* This line may take all our time or memory: all until now is told. */
void stream_line(struct scenario *sc, const struct source_line *where);
/* A machine was made by this description. */
void stream_machine(struct scenario *sc, const struct machine_description *d,
		    bool poison, const struct source_line *where);
/* The file read last was made into a machine. */
void stream_loaded(struct scenario *sc, const struct source_line *where);
/*
 * Session @s of the machine told last is kept: hear its requests and notes.
 * False: no memory.
 */
bool stream_session(struct scenario *sc, struct session *s);
/* Bytes were written at @offset of frame @pfn and on. */
void stream_write(struct scenario *sc, uint32_t session, uint32_t pfn,
		  uint64_t offset, const void *bytes, size_t length);
/* A note before there is a machine. */
void stream_early_note(struct scenario *sc, const struct early_note *note);
void stream_lesson(struct scenario *sc, const char *title, const char *goal,
		   uint32_t minutes);
/* Parameter @i was asked for. */
void stream_param(struct scenario *sc, uint32_t i);

/* scenario.read: the contents of a file, from the other side. */
enum file_answer stream_read(struct scenario *sc, const char *name, char **text,
			     size_t *length, const char **why);

#endif
