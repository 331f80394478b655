/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * assignment: a teacher's file, read once, and run again for each run of
 * each submission, so that no state is left over.
 *
 *   assignment_read(&file, path, ...)   the text
 *   a = assignment_open(&file, seed, ...)
 *   assignment_evaluate(a, scenario, ...)
 *   assignment_close(a)
 *
 * It runs in this process with the languages of scenarios and of assignments
 * (prelude.lua), under the default limits, so that an endless loop in it
 * ends. A C function of Lua that runs for long in it is not ended: unlike a
 * submission, an assignment is trusted.
 */
#ifndef SCRIPTS_ASSIGNMENT_H
#define SCRIPTS_ASSIGNMENT_H

#include "machine/sha256.h"
#include "grade/property.h"
#include "json/file.h"

struct assignment_file {
	char *path;
	struct file_text text;
	char hash[SHA256_HEX];
};

/* False: @message says why. */
bool assignment_read(struct assignment_file *file, const char *path,
		     char *message, size_t size);
void assignment_file_destroy(struct assignment_file *file);

enum { MAX_ASSIGNMENT_SEEDS = 64, MAX_ASSIGNMENT_PARAMS = 64 };

struct assignment {
	const struct assignment_file *file;
	struct scenario *sc; /* its sessions: a submission's, then its own */
	uint32_t nr_borrowed; /* of those */
	lua_State *L;
	/* its description; the texts live as long as the assignment */
	const char *title;
	const char *kind;
	const char *text;
	const char *params_text; /* "a=1 b=2" */
	bool own_seed;
	uint32_t nr_seeds;
	uint64_t seeds[MAX_ASSIGNMENT_SEEDS];
	uint32_t nr_params;
	const char *params[MAX_ASSIGNMENT_PARAMS + 1]; /* "K=V", NULL */
	struct scenario_options limits; /* limits and graded */
	uint32_t nr_properties;
};

/* Run it; NULL: @message says FILE:LINE and why. math.random has @seed. */
struct assignment *assignment_open(const struct assignment_file *file,
				   uint64_t seed, char *message, size_t size);
/* The sessions of the submission, which it borrows, stay open. */
void assignment_close(struct assignment *a);

/* Copy property @i. False: no memory. */
bool assignment_property(const struct assignment *a, uint32_t i,
			 struct grade_property *property);

/* The seed of run @i for student @id. */
uint64_t assignment_seed(const struct assignment *a, uint32_t i,
			 const char *id);

enum assignment_end {
	ASSIGNMENT_GOOD,
	ASSIGNMENT_WRONG, /* an error in it */
	ASSIGNMENT_LIMIT, /* the checks hit a limit: too many events */
	ASSIGNMENT_MEMORY,
};

/*
 * Check the submission's machines against the properties. Its sessions are
 * borrowed until assignment_close(), because given.after makes requests on
 * them. Unless ASSIGNMENT_GOOD, @message. A submission NULL makes no machine.
 */
enum assignment_end assignment_evaluate(struct assignment *a,
					const struct scenario *submission,
					struct property_input *input,
					struct evaluation *out, char *message,
					size_t size);

/*
 * A submission's run began at @began_ns, by clock_now_ns(): checking it ends
 * at the limit of wall-clock time, counted from there.
 */
void assignment_set_deadline(struct assignment *a, uint64_t began_ns);

/* Session @i of the run: see grade_counterexample.machine. */
struct session *assignment_session(const struct assignment *a, uint32_t i);

#endif
