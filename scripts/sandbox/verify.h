/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verify: re-execute, on machines of the parent, what a scenario's process
 * reports.
 *
 *   verify_message()   one message after the other, until it returns false
 *   verify_fail()      the run ended otherwise
 *
 * Nothing that the process reports is trusted: the parent makes the machines
 * from their descriptions or files and carries out the requests. A result
 * that differs from the reported one ends the run: the process is broken or
 * compromised. The caller of scenario_run() receives the parent's own steps,
 * in the order in which it would receive them if the script ran here.
 */
#ifndef SCRIPTS_VERIFY_H
#define SCRIPTS_VERIFY_H

#include "lua/api.h"
#include "sandbox/protocol.h"

struct verify {
	struct scenario *sc;
	struct message_writer *answers; /* to the process */
	bool greeted; /* MESSAGE_HELLO was received and is valid */
	bool ended; /* MESSAGE_END was received and is valid */
	uint32_t line; /* of the scenario that ran last */
	/* steps not yet reported: notes of hooks may come between */
	struct session *reporting;
	uint32_t next_step;
	/* the file that was read last */
	char *file_name;
	char *file;
	size_t file_size;
	uint64_t nr_steps; /* of all machines */
	uint64_t effort; /* bytes of files and machines that were read */
};

/* False: the run is over; see the scenario's outcome. */
bool verify_message(struct verify *r, enum message_type type,
		    struct message_reader *in);
/* End the run with a message after "NAME:LINE: ". Returns false. */
bool verify_fail(struct verify *r, enum scenario_outcome outcome,
		 const char *format, ...) __attribute__((format(printf, 3, 4)));
bool verify_limit(struct verify *r, enum limit limit);
/* Do the machines have, with @more bytes, no more than LIMIT_MACHINES? */
bool verify_machines(struct verify *r, uint64_t more);
/* End it because @what is not a valid message. */
bool verify_malformed(struct verify *r, const char *what);
bool verify_no_memory(struct verify *r);
/* Report the steps that are not yet reported. */
void verify_report_rest(struct verify *r);
void verify_close(struct verify *r);

/* One kind of message each; these return what verify_message() returns. */
bool verify_machine(struct verify *r, struct message_reader *in);
bool verify_loaded(struct verify *r, struct message_reader *in);
bool verify_imported(struct verify *r, struct message_reader *in);
bool verify_file(struct verify *r, struct message_reader *in);
bool verify_source(struct verify *r, struct message_reader *in);
bool verify_request(struct verify *r, struct message_reader *in);
bool verify_write(struct verify *r, struct message_reader *in);

/* The name of source @number, which lives as long as the sessions. */
const char *verify_source_name(const struct verify *r, uint32_t number);

#endif
