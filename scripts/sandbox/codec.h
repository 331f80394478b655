/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wire_code: descriptions, requests and the like as payloads.
 *
 * Each is walked through by one function, field by field, for both
 * directions: with `out` it writes what stands there, with `in` it reads.
 * What was read is within the bounds that its type has (counts of its
 * arrays, values of its enums, flags 0 or 1); what it means is for the
 * engine's doors to judge.
 */
#ifndef SCRIPTS_WIRE_CODE_H
#define SCRIPTS_WIRE_CODE_H

#include "boot/boot.h"
#include "sandbox/isolate.h"
#include "lua/api.h"
#include "sandbox/protocol.h"

struct wire_code {
	struct wire_out *out; /* NULL: reading */
	struct wire_in *in;
};

/* Nothing in a scenario can have so many. */
#define WIRE_SESSION_NONE UINT32_MAX

/* A request with what it answered there. */
struct wire_request {
	uint32_t session;
	uint32_t source; /* 0: no file; 1: the scenario; 2 on: WIRE_SOURCE */
	struct request request;
};

struct wire_note {
	uint32_t session; /* WIRE_SESSION_NONE: before there is a machine */
	uint32_t source;
	struct note note; /* text: in the payload */
};

/* A machine from a description. */
struct wire_machine {
	uint32_t line; /* of the scenario */
	bool poison;
	struct machine_description *description;
};

struct wire_answer {
	enum file_answer answer;
	const char *why; /* it is unreadable */
	const void *text;
	size_t size;
};

struct wire_end {
	enum scenario_outcome outcome;
	enum limit hit;
	uint32_t nr_failed; /* expectations */
	const char *message;
};

/* What the scenario's process gets to begin with. */
struct wire_job {
	struct scenario_options options; /* without listeners and params */
	const char *path;
	uint32_t nr_params;
	const void *text;
	size_t text_size;
};

void code_machine(struct wire_code *c, struct wire_machine *machine);
void code_request(struct wire_code *c, struct wire_request *r);
void code_note(struct wire_code *c, struct wire_note *n);
void code_answer(struct wire_code *c, struct wire_answer *answer);
void code_end(struct wire_code *c, struct wire_end *e);
/* Without the parameters, which follow: nr_params texts. */
void code_job(struct wire_code *c, struct wire_job *job);
void code_report(struct wire_code *c, struct isolation_report *report);
void code_text(struct wire_code *c, const char **text);
void code_u32(struct wire_code *c, uint32_t *value);

#endif
