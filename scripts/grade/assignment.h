/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * assignment: a teacher's file, read once and run anew for each run of each
 * submission, so that nothing of one is left for the next.
 *
 *   assignment_read(&file, path, ...)   the text
 *   a = assignment_open(&file, seed, ...)
 *   assignment_evaluate(a, scenario, ...)
 *   assignment_close(a)
 *
 * It is run in this process with the language of scenarios and that of
 * grading (grade_prelude.lua), under the default limits: a mistake in it
 * does not hang the grader.
 */
#ifndef SCRIPTS_ASSIGNMENT_H
#define SCRIPTS_ASSIGNMENT_H

#include "grade/hash.h"
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
void assignment_file_fini(struct assignment_file *file);

enum { MAX_ASSIGNMENT_SEEDS = 64, MAX_ASSIGNMENT_PARAMS = 64 };

struct assignment {
	const struct assignment_file *file;
	struct scenario *sc; /* its sessions: a submission's, then its own */
	uint32_t nr_borrowed; /* of those */
	lua_State *L;
	/* what it says of itself; texts live as long as it does */
	const char *title;
	const char *kind;
	const char *text;
	bool own_seed;
	uint32_t nr_seeds;
	uint64_t seeds[MAX_ASSIGNMENT_SEEDS];
	uint32_t nr_params;
	const char *params[MAX_ASSIGNMENT_PARAMS + 1]; /* "K=V", NULL */
	struct scenario_options limits; /* only limits are set */
	uint32_t nr_properties;
};

/* Run it; NULL: @message says FILE:LINE and why. math.random has @seed. */
struct assignment *assignment_open(const struct assignment_file *file,
				   uint64_t seed, char *message, size_t size);
/* Gives back what it borrowed: the submission's sessions stay. */
void assignment_close(struct assignment *a);

/* Property @i, its texts copied. False: no memory. */
bool assignment_property(const struct assignment *a, uint32_t i,
			 struct grade_property *property);

/* The seed of run @i for student @id. */
uint64_t assignment_seed(const struct assignment *a, uint32_t i,
			 const char *id);

struct evaluation {
	struct property_violation violation;
	struct grade_result *results; /* the caller's, zeroed */
	double *fractions; /* the caller's */
};

enum assignment_end {
	ASSIGNMENT_GOOD,
	ASSIGNMENT_WRONG, /* an error in it */
	ASSIGNMENT_LIMIT, /* it took too long: too much happened */
	ASSIGNMENT_MEMORY,
};

/*
 * Hold the scenario's machines against the properties. The submission's
 * sessions are borrowed until assignment_close(): what the assignment does
 * at the end is done to them. @message when it is not ASSIGNMENT_GOOD.
 * A submission NULL is one that makes no machine.
 */
enum assignment_end assignment_evaluate(struct assignment *a,
					const struct scenario *submission,
					struct property_input *input,
					struct evaluation *out, char *message,
					size_t size);

/* Session @i of what was graded: see grade_witness.machine. */
struct session *assignment_session(const struct assignment *a, uint32_t i);

#endif
