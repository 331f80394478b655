/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * class: a class graded by a program that cannot be started anew, so its
 * scenarios' processes are forks. A library that was loaded before the
 * program (tests/faults) is in these too: so faults get there.
 *
 *   test_class ASSIGNMENT SUBMISSION...   the report on stdout; exit codes
 *                                         as those of `zonewalk grade`
 */
#include "grade/grade.h"
#include "report/report.h"
#include "test.h"

enum { NOT_ALL = 1, ASSIGNMENT_WRONG = 3, NOT_GRADED = 70 };

static int grade_and_print(const char *const *argv, uint32_t nr)
{
	const struct grade_options options = {
		.assignment = argv[0],
		.submissions = argv + 1,
		.nr_submissions = nr - 1,
		.allow_no_isolation = true,
		.engine_version = "test",
	};
	struct grade_report report;
	char message[1024], *text;
	int code = 0;

	if (grade_run(&options, &report, message, sizeof(message)) !=
	    GRADE_END_GOOD) {
		fprintf(stderr, "%s\n", message);
		return NOT_GRADED;
	}
	text = report_text(&report, REPORT_TEXT);
	if (!text) {
		fputs("no memory for the report\n", stderr);
		code = NOT_GRADED;
	}
	fputs(text ? text : "", stdout);
	free(text);
	for (uint32_t i = 0; i < report.nr_submissions; i++) {
		enum grade_outcome o = report.submissions[i].outcome;

		if (o == GRADE_INTERNAL)
			code = NOT_GRADED;
		else if (o == GRADE_ASSIGNMENT && code != NOT_GRADED)
			code = ASSIGNMENT_WRONG;
		else if (o != GRADE_PASSED && !code)
			code = NOT_ALL;
	}
	grade_report_destroy(&report);
	return code;
}

int main(int argc, char **argv)
{
	const char *source = getenv("ZONEWALK_SOURCE");
	char assignment[512], honest[512];
	const char *const files[] = { assignment, honest };

	if (argc > 2)
		return grade_and_print((const char *const *)argv + 1,
				       (uint32_t)argc - 1);
	snprintf(assignment, sizeof(assignment),
		 "%s/tests/grade/assignment.lua", source ? source : ".");
	snprintf(honest, sizeof(honest), "%s/tests/grade/honest.lua",
		 source ? source : ".");
	CHECK_EQ(grade_and_print(files, 2), 0);
	return test_done();
}
