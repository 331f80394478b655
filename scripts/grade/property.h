/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * property: an assignment's checks, and a run held against them.
 *
 * The checks are written in Lua (grade_*.lua); they see the machines of a
 * run through the small table `host` that property_open() makes: find an
 * event, read it, go to a step and look. They cannot change anything.
 *
 * Assignments are a teacher's and are trusted; the sessions are those of
 * the grader, never those of the submission's process.
 */
#ifndef SCRIPTS_PROPERTY_H
#define SCRIPTS_PROPERTY_H

#include "grade/grade.h"
#include "lua/api.h"

/* A submission's caption "name = value". */
struct grade_answer {
	char *name;
	char *value;
};

/* What the checks are told about a run. */
struct property_input {
	const char *id; /* the student */
	uint64_t seed;
	const struct grade_answer *answers;
	uint32_t nr_answers;
	bool any_loaded; /* a machine came from a file */
	uint32_t nr_machines; /* the submission's, first of the sessions */
};

/* What was not allowed; word "" when nothing was. */
struct property_violation {
	char word[16]; /* machine machines setup request */
	char *text;
	struct grade_witness witness;
};

/*
 * Load the language of assignments into @L, a state with the scenario
 * language in it. Raises when there is no memory.
 */
void property_open(lua_State *L);

/*
 * Push what the assignment said in assignment{} and property{}: two tables.
 * Raises when something is missing.
 */
void property_describe(lua_State *L);

/*
 * Hold a run against the properties. Fills @nr_results results (verdict,
 * texts, witness, value; @fraction of the points), or the violation.
 * Pushes a list of the session indices that were graded. Raises when the
 * assignment is wrong.
 */
void property_evaluate(lua_State *L, const struct property_input *input,
		       struct property_violation *violation,
		       struct grade_result *results, double *fractions,
		       uint32_t nr_results);

/* Push the list of the names of what the last run's fact() said. */
void property_fact_names(lua_State *L);

/* -- property_host.c: what the Lua files are given ------------------------ */

/* Push the table `host`. */
void property_push_host(lua_State *L);
/* The request that @step belongs to, from 1; 0: none. */
uint32_t property_request_at(const struct session *s, uint32_t step);
/* property_names.c: add what checks names to the table on top. */
void property_set_names(lua_State *L);
/* The field of an event; raises and names the nearest. */
const struct event_field *property_check_field(lua_State *L, const char *event,
					       const char *name);
/* In what @a and @b differ at step 0, in @buf; NULL: in nothing. */
const char *machine_difference(struct session *a, struct session *b,
			       bool ignore_sysctls, char *buf, size_t size);

#endif
