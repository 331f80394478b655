/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade: an assignment and many submissions make one report.
 *
 *   grade_run(&options, &report, ...)   grade all submissions
 *   grade_hide(&report)                 remove what students may not see
 *   report_text(&report, format)        print it (report/report.h)
 *   grade_report_destroy(&report)
 *
 * A submission is an untrusted scenario. It runs in a process of its own;
 * nothing that this process reports is trusted. Its requests are executed
 * again on a clean machine, and only the result is checked against the
 * assignment's properties (property.h).
 */
#ifndef SCRIPTS_GRADE_H
#define SCRIPTS_GRADE_H

#include "grade/grade_report.h"

struct grade_options {
	const char *assignment;
	const char *const *submissions; /* paths */
	uint32_t nr_submissions;
	const char *only; /* grade this id alone; NULL: all */
	uint32_t nr_jobs; /* 0 is 1 */
	uint64_t memory_mib; /* of all jobs together; 0: what the system has */
	bool allow_no_isolation;
	const char *engine_version;
};

/* How grading as a whole ended. */
enum grade_end {
	GRADE_END_GOOD, /* the report is complete */
	GRADE_END_ASSIGNMENT, /* the assignment is wrong: FILE:LINE */
	GRADE_END_FILE, /* the assignment cannot be read */
	GRADE_END_ONLY, /* ids of submissions or --memory are wrong */
	GRADE_END_ISOLATION, /* there is no isolation, and it is required */
	GRADE_END_INTERNAL, /* no memory, no process */
};

/*
 * Grade. With GRADE_END_GOOD, @report is for the caller to destroy with
 * grade_report_destroy(); else @message (@size bytes) says why not.
 */
enum grade_end grade_run(const struct grade_options *options,
			 struct grade_report *report, char *message,
			 size_t size);

/*
 * The answer template of student @id: the requests made with the student's
 * own seed, and the names of the answers. free() it. NULL: @message, and
 * *@end as for grade_run().
 */
char *answer_template(const char *assignment, const char *id,
		      enum grade_end *end, char *message, size_t size);

#endif
