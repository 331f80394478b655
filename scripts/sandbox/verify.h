/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * redo: do again, on clean machines of our own, what a scenario's process
 * says that it did.
 *
 *   redo_message()   one message after the other, until it returns false
 *   redo_fail()      the conversation ended otherwise
 *
 * Nothing that the process says is believed: machines are made here from
 * their descriptions or files, requests done here, and when an answer is not
 * what the process was given, it is broken or it lies, and that is the end.
 * What the listener hears are our own steps, in the order in which it would
 * hear them if the script ran here.
 */
#ifndef SCRIPTS_REDO_H
#define SCRIPTS_REDO_H

#include "lua/api.h"
#include "sandbox/protocol.h"

struct redo {
	struct scenario *sc;
	struct wire_out *answers; /* to the process */
	bool greeted; /* the first message was there, and good */
	bool ended; /* the last message was there, and good */
	uint32_t line; /* of the scenario, as far as it is known */
	/* steps of a request that are not yet told: hooks may speak between */
	struct session *telling;
	uint32_t next_step;
	/* the file that the process got last */
	char *file_name;
	char *file;
	size_t file_size;
	uint64_t nr_steps; /* of all machines */
	uint64_t effort; /* bytes of files and machines, for nothing */
};

/* False: it is over; see the scenario's outcome. */
bool redo_message(struct redo *r, enum wire_type type, struct wire_in *in);
/* It is over, and why: "LINE: ..." is put before it. Returns false. */
bool redo_fail(struct redo *r, enum scenario_outcome outcome,
	       const char *format, ...) __attribute__((format(printf, 3, 4)));
bool redo_limit(struct redo *r, enum limit limit);
/* What it says cannot be. */
bool redo_nonsense(struct redo *r, const char *what);
bool redo_no_memory(struct redo *r);
/* Steps not yet told are told now. */
void redo_tell_rest(struct redo *r);
void redo_close(struct redo *r);

/* One kind of message each; the same answer as redo_message(). */
bool redo_machine(struct redo *r, struct wire_in *in);
bool redo_loaded(struct redo *r, struct wire_in *in);
bool redo_file(struct redo *r, struct wire_in *in);
bool redo_source(struct redo *r, struct wire_in *in);
bool redo_request(struct redo *r, struct wire_in *in);
bool redo_write(struct redo *r, struct wire_in *in);

/* The name of source @number, which lives as long as the sessions. */
const char *redo_source_name(const struct redo *r, uint32_t number);

#endif
