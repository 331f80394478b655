/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grader: what is common to all submissions that an assignment grades. */
#ifndef SCRIPTS_GRADE_GRADER_H
#define SCRIPTS_GRADE_GRADER_H

#include "grade/assignment.h"
#include "grade/grade.h"

struct grader {
	const struct grade_options *options;
	struct assignment_file file;
	struct assignment *description; /* run once, for its description */
	uint32_t nr_properties;
	const struct grade_property *properties; /* of the report */
	centipoints_t max;
};

/* Read the assignment into @g and @report. On an error, @message. */
enum grade_end grader_init(struct grader *g,
			   const struct grade_options *options,
			   struct grade_report *report, char *message,
			   size_t size);
void grader_destroy(struct grader *g);
/* The jobs for which there is memory, of those requested; 0: for none. */
uint32_t grader_nr_jobs(const struct grader *g);

/* Set the outcome, and why the scenario cannot be graded. False: no memory. */
bool grader_set_outcome(struct grade_submission *submission,
			const struct scenario *sc);
/* The same for an assignment that ended by an error or a limit. */
bool grader_set_end(struct grade_submission *submission,
		    enum assignment_end end, const char *message);

#endif
