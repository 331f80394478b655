/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * property: the checks of an assignment, and a run that is checked.
 *
 * The checks are written in Lua (in the folder language). They see the
 * machines of a run through the table `host` (property_host.h), which finds
 * and reads events and moves a machine to a step; they cannot change it.
 *
 * Assignments are trusted. The sessions are those of the grader, not those
 * of the submission's process.
 */
#ifndef SCRIPTS_PROPERTY_H
#define SCRIPTS_PROPERTY_H

#include "grade/run_record.h"
#include "grade/grade_report.h"
#include "lua/api.h"

/* What the checks know about a run besides its machines. */
struct property_input {
	const char *id; /* the student */
	uint64_t seed;
	const struct grade_answer *answers;
	uint32_t nr_answers;
	bool any_loaded; /* a machine came from a file */
	uint32_t nr_machines; /* of the submission: the first sessions */
};

/* What the assignment does not allow; word "": nothing. */
struct property_violation {
	char word[16]; /* machine machines setup request */
	char *text;
	struct grade_counterexample counterexample;
};

/* A run that is checked. */
struct evaluation {
	const struct grade_property *properties;
	uint32_t nr_properties;
	struct property_violation violation;
	struct grade_result *results; /* of the caller: grade_results_new() */
	double *fractions; /* of the caller: the parts of the points */
	bool visible_done; /* whatever comes is due to a hidden property */
};

/*
 * Load the language of assignments into @L, a state with the scenario
 * language. Raises if memory is short.
 */
void property_open(lua_State *L);

/*
 * Push two tables: what assignment{} and property{} described. Raises if
 * something is missing.
 */
void property_describe(lua_State *L);

/*
 * Check a run against the properties, the visible ones first: a hidden one
 * cannot change their results. Fills the results (verdict, texts,
 * counterexample, value) and the fractions, or the violation. Raises if the
 * assignment is wrong.
 */
void property_evaluate(lua_State *L, const struct property_input *input,
		       struct evaluation *out);

/* Push the list of the names that fact() defined in the last run. */
void property_fact_names(lua_State *L);

#endif
