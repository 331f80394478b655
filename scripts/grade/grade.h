/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade: an assignment, many submissions, one report.
 *
 *   grade_run(&options, &report)   grade them all
 *   grade_hide(&report)            take out what a student may not see
 *   grade_text(&report, stdout)    tell it; other formats: report.h
 *   grade_report_fini(&report)
 *
 * A submission is an untrusted scenario. It runs by itself (lua_host.h);
 * what counts is what its requests do to a clean machine here, and only
 * that is held against the assignment's properties (property.h).
 *
 * Same assignment, same submissions: same report, whatever the number of
 * jobs. All texts are free()able and never NULL. Texts that come from a
 * submission (id, path, message) are as they came: whoever writes a format
 * escapes them.
 */
#ifndef SCRIPTS_GRADE_H
#define SCRIPTS_GRADE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct session;

/* Points are whole numbers of hundredths: sums come out even. */
typedef int32_t centipoints_t;

/* What became of one property. */
enum grade_verdict {
	GRADE_PASS,
	GRADE_PARTIAL, /* a measure, or some of the answers */
	GRADE_FAIL,
	GRADE_VACUOUS, /* its trigger never came: nothing was shown */
	GRADE_NOT_RUN, /* the submission did not come so far */
	GRADE_HIDDEN, /* not told (grade_hide) */
	NR_GRADE_VERDICTS
};

/* What became of a submission; anything but PASSED and FAILED earns 0. */
enum grade_outcome {
	GRADE_PASSED, /* every property in full */
	GRADE_FAILED, /* graded, not everything in full */
	GRADE_VIOLATION, /* it did what the assignment does not allow */
	GRADE_WRONG, /* an error in the script */
	GRADE_LIMIT, /* `limit` names which */
	GRADE_CRASHED, /* its process died or spoke nonsense */
	GRADE_KILLED, /* its process, by somebody else or the system */
	GRADE_ISOLATION, /* it could not be run apart, or broke out */
	GRADE_FILE, /* it could not be read */
	GRADE_INTERNAL, /* our own fault */
	GRADE_ASSIGNMENT, /* an error in the assignment, met by this one */
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
	GRADE_FULL, /* what was, and what was expected */
	GRADE_ACTUAL, /* what was */
	GRADE_NONE,
	NR_GRADE_FEEDBACKS
};

/* "pass" "partial" "fail" "vacuous" "not_run" "hidden" */
const char *grade_verdict_name(enum grade_verdict verdict);
/* "passed" "failed" "violation" "wrong" "limit" "crashed" ... */
const char *grade_outcome_name(enum grade_outcome outcome);
/* "visible" "hidden" "after_due_date" "after_published": Gradescope's. */
const char *grade_visibility_name(enum grade_visibility visibility);
/* "full" "actual" "none" */
const char *grade_feedback_name(enum grade_feedback feedback);

/* Where to look. Requests count from 1, as on the screen; steps too. */
struct grade_witness {
	bool known;
	uint32_t run; /* which of the assignment's runs, from 0 */
	uint32_t machine; /* of the submission's machines, from 0 */
	uint32_t request; /* 0: before the first */
	uint32_t step;
};

/* A property of the assignment. */
struct grade_property {
	char *id; /* "P1", or what the assignment says */
	char *text; /* what it asks, one sentence */
	centipoints_t max;
	enum grade_visibility visibility;
	enum grade_feedback feedback;
};

/* What became of property i (of the same place) in one submission. */
struct grade_result {
	enum grade_verdict verdict;
	centipoints_t points;
	char *actual; /* what was: "3 times; the third: ..." or "" */
	char *expected; /* what was expected, or "" */
	char *message; /* of both what feedback allows: show this one */
	char *command; /* opens the screen at the witness, or "" */
	struct grade_witness witness;
	bool has_value;
	double value; /* of a measure */
};

/* One run of a submission: with these anybody can do it again. */
struct grade_rerun {
	uint64_t seed;
	char *params; /* "a=1 b=2", sorted as the assignment has them */
	uint32_t nr_requests; /* of the submission itself */
	uint32_t nr_steps; /* of all its machines, ours included */
	char events_hash[65]; /* the chain's end (grade_hash.h), hex */
};

struct grade_submission {
	char *id; /* the student: file name's stem, or folder's name */
	char *path;
	enum grade_outcome outcome;
	char *limit; /* GRADE_LIMIT: "wall_ms" ...; else "" */
	char *message; /* why it is not GRADE_PASSED or GRADE_FAILED, or "" */
	struct grade_witness witness; /* of a GRADE_VIOLATION */
	char *command; /* opens the screen at the first witness, or "" */
	centipoints_t points;
	centipoints_t max;
	uint32_t nr_results; /* as the report's properties */
	struct grade_result *results;
	uint32_t nr_runs;
	struct grade_rerun *runs;
	char scenario_hash[65]; /* SHA-256 of the file, hex; "" unread */
	char events_hash[65]; /* of all runs; alike: did the same */
	uint64_t elapsed_ns; /* never part of a report: it differs */
};

struct grade_report {
	char *title;
	char *kind; /* show predict tune repair explain shortest, or "" */
	char *assignment; /* its path */
	char assignment_hash[65];
	char *engine_version;
	char *isolation; /* what held for all: "process ...", or "none" */
	centipoints_t max;
	uint32_t nr_properties;
	struct grade_property *properties;
	uint32_t nr_submissions;
	struct grade_submission *submissions; /* as on the command line */
	bool hidden; /* grade_hide() was here */
};

struct grade_options {
	const char *assignment;
	const char *const *submissions; /* paths */
	uint32_t nr_submissions;
	const char *only; /* the id to grade alone; NULL: all */
	uint32_t nr_jobs; /* 0: 1 */
	bool allow_no_isolation;
	const char *engine_version;
};

/* How grade_run() itself ended. */
enum grade_end {
	GRADE_END_GOOD, /* the report is complete, whatever it says */
	GRADE_END_ASSIGNMENT, /* the assignment is wrong: FILE:LINE */
	GRADE_END_FILE, /* it cannot be read */
	GRADE_END_ONLY, /* no submission has that id */
	GRADE_END_ISOLATION, /* there is none, and it was not allowed */
	GRADE_END_INTERNAL, /* no memory, no process */
};

/*
 * Grade. @report is filled when GRADE_END_GOOD, to be finished with
 * grade_report_fini(); else @message (@size bytes) says why not.
 */
enum grade_end grade_run(const struct grade_options *options,
			 struct grade_report *report, char *message,
			 size_t size);
void grade_report_fini(struct grade_report *report);
void grade_submission_fini(struct grade_submission *submission);

/* Everybody passed in full? */
bool grade_all_passed(const struct grade_report *report);

/*
 * Take out, for good, what students may not see: of every property that is
 * not visible the id, text, points, message and witness. What is left says
 * "hidden". Call it before a format that does not hide by itself. False: no
 * memory, and the report must not be shown.
 */
bool grade_hide(struct grade_report *report);

/* "3", "2.5" or "0.25" in @buf (12 bytes or more). Returns @buf. */
const char *grade_points_text(centipoints_t points, char *buf, size_t size);

/* -- the class ------------------------------------------------------------ */

/*
 * The sheet of student @id, to be filled in: what is requested with the
 * student's own seed, and the names of what is asked. free() it; NULL:
 * @message, and *@end as for grade_run().
 */
char *grade_sheet(const char *assignment, const char *id, enum grade_end *end,
		  char *message, size_t size);

/* -- the screen ----------------------------------------------------------- */

/* A submission graded once more, kept open to look at. */
struct grade_view;

/*
 * Grade @path by @assignment and keep the session of its first witness (of
 * visible properties), or of that of property @id when it is not NULL.
 * NULL: @message (@size bytes) says why, *@end how grade_run() would have
 * ended; a submission of which there is nothing to see is GRADE_END_GOOD.
 */
struct grade_view *grade_view_open(const char *assignment, const char *path,
				   const char *id, bool allow_no_isolation,
				   enum grade_end *end, char *message,
				   size_t size);
/* Owned by the view; what to open the screen on. */
struct session *grade_view_session(const struct grade_view *view);
/* The step at which to look: the first witness's, else the last. */
uint32_t grade_view_step(const struct grade_view *view);
/* The property that is shown, or the kind of a violation; NULL: all passed. */
const char *grade_view_property(const struct grade_view *view);
/* Its text and what is wrong, or that every property passed. */
const char *grade_view_text(const struct grade_view *view);
void grade_view_close(struct grade_view *view);

#endif
