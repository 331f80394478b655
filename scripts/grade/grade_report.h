/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade_report: the result of grading: properties, submissions, verdicts.
 *
 * The same assignment and submissions give the same report, whatever the
 * number of jobs. Every text is allocated and not NULL. Texts from a
 * submission (id, path, message) are unescaped: each format escapes them.
 */
#ifndef SCRIPTS_GRADE_REPORT_H
#define SCRIPTS_GRADE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/sha256.h"

/* Points in whole hundredths, so that sums are exact. */
typedef int32_t centipoints_t;

/* The result of one property. */
enum grade_verdict {
	GRADE_PASS,
	GRADE_PARTIAL, /* a measure, or some of the answers */
	GRADE_FAIL,
	GRADE_VACUOUS, /* its trigger did not occur: it earns no points */
	GRADE_NOT_RUN, /* the submission could not be graded */
	GRADE_HIDDEN, /* removed by grade_hide() */
	NR_GRADE_VERDICTS
};

/* Outcomes of a submission; only PASSED and FAILED can earn points. */
enum grade_outcome {
	GRADE_PASSED, /* every property in full */
	GRADE_FAILED, /* graded, but not every property in full */
	GRADE_VIOLATION, /* it did what the assignment does not allow */
	GRADE_WRONG, /* an error in the script */
	GRADE_LIMIT, /* a limit was hit; `limit` names it */
	GRADE_CRASHED, /* its process died or sent a malformed message */
	GRADE_KILLED, /* its process was killed from outside */
	GRADE_ISOLATION, /* it could not be isolated, or violated isolation */
	GRADE_FILE, /* it cannot be read */
	GRADE_INTERNAL, /* an internal error */
	GRADE_ASSIGNMENT, /* an error in the assignment */
	NR_GRADE_OUTCOMES
};

enum grade_visibility {
	GRADE_VISIBLE,
	GRADE_HIDDEN_ALWAYS,
	GRADE_AFTER_DUE_DATE,
	GRADE_AFTER_PUBLISHED,
	NR_GRADE_VISIBILITIES
};

enum grade_feedback {
	GRADE_FULL, /* the actual and the expected result */
	GRADE_ACTUAL, /* the actual result */
	GRADE_NONE,
	NR_GRADE_FEEDBACKS
};

/* "pass" "partial" "fail" "vacuous" "not_run" "hidden" */
const char *grade_verdict_name(uint32_t verdict);
/* "passed" "failed" "violation" "wrong" "limit" "crashed" ... */
const char *grade_outcome_name(uint32_t outcome);
/* "visible" "hidden" "after_due_date" "after_published", as in Gradescope. */
const char *grade_visibility_name(uint32_t visibility);
/* "full" "actual" "none" */
const char *grade_feedback_name(uint32_t feedback);

/* The first failing step. Requests and steps count from 1. */
struct grade_counterexample {
	bool known;
	uint32_t run; /* of the assignment's runs, from 0 */
	uint32_t machine; /* of the submission's machines, from 0 */
	uint32_t request; /* 0: before the first */
	uint32_t step;
};

/* A property of the assignment. */
struct grade_property {
	char *id; /* "P1", or as the assignment says */
	char *text; /* what it requires, one sentence */
	centipoints_t max;
	enum grade_visibility visibility;
	enum grade_feedback feedback;
};

/* The result of the property at the same index, for one submission. */
struct grade_result {
	enum grade_verdict verdict;
	centipoints_t points;
	char *actual; /* "3 times; the third: ..." or "" */
	char *expected; /* or "" */
	char *message; /* of both, what the feedback allows: to be shown */
	char *command; /* opens the screen at the counterexample, or "" */
	char *missed_facts; /* names of facts without a correct answer: "a b" */
	struct grade_counterexample counterexample;
	bool has_value;
	double value; /* of a measure */
};

/* One run of a submission, with what is needed to repeat it. */
struct grade_submission_run {
	uint64_t seed;
	char *params; /* "a=1 b=2", sorted */
	uint32_t nr_requests; /* of the submission itself */
	uint32_t nr_steps; /* of all machines, with the assignment's requests */
	char events_hash[SHA256_HEX]; /* the end of the event chain (hash.h) */
};

struct grade_submission {
	char *id; /* the student: the file's stem or the folder's name */
	char *path;
	enum grade_outcome outcome;
	char *limit; /* GRADE_LIMIT: "wall_ms" ...; else "" */
	char *message; /* why it is neither PASSED nor FAILED, or "" */
	bool hidden_cause; /* the outcome and the message are due to a hidden
			      property; the visible ones have results */
	char *command; /* opens the screen at the first counterexample, or "" */
	struct grade_counterexample counterexample; /* of a GRADE_VIOLATION */
	centipoints_t points;
	centipoints_t max;
	uint32_t nr_results; /* one per property */
	struct grade_result *results;
	uint32_t nr_runs;
	struct grade_submission_run *runs;
	char scenario_hash[SHA256_HEX]; /* of the file; "" if unread */
	char events_hash[SHA256_HEX]; /* of all runs: equal if they did the same
				       */
	uint64_t elapsed_ns; /* not part of a report, because it varies */
};

struct grade_report {
	char *title;
	char *kind; /* show predict tune repair explain shortest, or "" */
	char *assignment; /* its path */
	char assignment_hash[SHA256_HEX];
	char *engine_version;
	char *isolation; /* of every submission: "process ..." or "none" */
	centipoints_t max;
	uint32_t nr_properties;
	struct grade_property *properties;
	uint32_t nr_submissions;
	struct grade_submission *submissions; /* as on the command line */
	bool hidden; /* grade_hide() was called */
};

void grade_report_destroy(struct grade_report *report);
/* A submission that has passed, with properties that are not run. False: no
 * memory. */
bool grade_submission_init(struct grade_submission *submission,
			   const char *path, const char *id,
			   uint32_t nr_properties);
void grade_submission_destroy(struct grade_submission *submission);
void grade_results_destroy(struct grade_result *results, uint32_t nr);
/* @nr results, not run, with empty texts. NULL: no memory. */
struct grade_result *grade_results_new(uint32_t nr);
/* Replace the text at @place. False: no memory, and the old text stays. */
bool grade_replace(char **place, const char *text);

/* The texts, up to a NULL, as one for the caller to free(). NULL: no memory. */
char *grade_join(const char *text, ...) __attribute__((sentinel));
/* Set the message to what the feedback allows. False: no memory. */
bool grade_set_message(struct grade_result *r, enum grade_feedback feedback);
/* The last part of a path: students do not know the teacher's folders. */
const char *grade_base_name(const char *path);
/* Remove the folder of @path where @text begins with it. */
void grade_strip_folder(char *text, const char *path);
/*
 * "zonewalk play FILE --seed 2 --set a=1 --step 13" for the file at @path, for
 * the caller to free(). @params ends with NULL. NULL: no memory.
 */
char *grade_play_command(const char *path, uint64_t seed,
			 const char *const *params, uint32_t step);

/* Is it invisible to students, now or always? */
bool grade_is_hidden(const struct grade_property *property);
/*
 * Remove what students may not see, so that nothing in the report depends on
 * a hidden property: it keeps only its visibility, with the verdict "hidden"
 * and no points. Points, maximum and outcome of a submission are those of its
 * visible properties. False: no memory, and the report must not be shown.
 */
bool grade_hide(struct grade_report *report);
/* The same for one submission. */
bool grade_hide_submission(struct grade_submission *submission,
			   const struct grade_property *properties);

/* Sort ids. Returns one that is there twice, or NULL. */
const char *grade_sort_ids(const char **ids, uint32_t nr);

/* "3", "2.5" or "0.25" in @buf (12 bytes or more). Returns @buf. */
const char *grade_points_text(centipoints_t points, char *buf, size_t size);

#endif
