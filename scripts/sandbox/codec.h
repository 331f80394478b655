/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * codec: the payloads of messages.
 *
 * One function for each payload goes through its fields, for both directions:
 * with `out` it writes them, with `in` it reads them. What it reads is within
 * the bounds of its type (counts of arrays, values of enums, flags 0 or 1);
 * whether it is valid is for the engine's entry points to check.
 */
#ifndef SCRIPTS_CODEC_H
#define SCRIPTS_CODEC_H

#include "boot/boot.h"
#include "lua/scenario_private.h"
#include "sandbox/protocol.h"

struct codec {
	struct message_writer *out; /* NULL: reading */
	struct message_reader *in;
};

/* No scenario has so many sessions. */
#define MESSAGE_SESSION_NONE UINT32_MAX

/* A request and its result in the scenario's process. */
struct request_message {
	uint32_t session;
	uint32_t source; /* 0: no file; 1: the scenario; from 2: MESSAGE_SOURCE */
	struct request request;
};

struct note_message {
	uint32_t session; /* MESSAGE_SESSION_NONE: before there is a machine */
	uint32_t source;
	struct note note; /* text: in the payload */
};

/* A machine from a description. */
struct machine_message {
	uint32_t line; /* of the scenario */
	bool poison;
	struct machine_description *description;
};

struct answer_message {
	enum file_answer answer;
	const char *why; /* for FILE_UNREADABLE */
	const void *text;
	size_t size;
};

struct end_message {
	enum scenario_outcome outcome;
	enum limit hit;
	uint32_t nr_failed; /* expectations */
	const char *message;
};

/* The first message to the scenario's process. */
struct job_message {
	struct scenario_options options; /* without listeners and params */
	const char *path;
	uint32_t nr_params;
	const void *text;
	size_t text_size;
};

void codec_machine(struct codec *c, struct machine_message *machine);
void codec_request(struct codec *c, struct request_message *r);
void codec_note(struct codec *c, struct note_message *n);
void codec_answer(struct codec *c, struct answer_message *answer);
void codec_end(struct codec *c, struct end_message *e);
/* Without the parameters, which follow: nr_params texts. */
void codec_job(struct codec *c, struct job_message *job);
void codec_report(struct codec *c, struct isolation_report *report);
void codec_text(struct codec *c, const char **text);
void codec_u32(struct codec *c, uint32_t *value);

#endif
