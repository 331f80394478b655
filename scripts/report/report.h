/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report: a grade report in the formats that others read.
 *
 *   format = report_format_from_name("junit");
 *   text = report_text(&report, format);     free() it
 *
 *   json        zonewalk/grade/1, whole: see docs/schemas/grade-1.json
 *   gradescope  results.json; one submission's is the object itself, of
 *               several an object by student id
 *   check50     one submission's is the object itself; likewise
 *   tap         TAP 13, a test a property and submission
 *   junit       JUnit XML, a suite a submission
 *
 * What came from a student is escaped for each of them: in no format a
 * byte of it can become markup, a control character or a line of its own.
 *
 * json keeps hidden properties, for the grader and for merging, unless
 * grade_hide() was there before; gradescope says who may see what; check50,
 * tap and junit have no word for it: call grade_hide() first.
 */
#ifndef SCRIPTS_REPORT_H
#define SCRIPTS_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "grade/grade.h"
#include "json/file.h"

enum report_format {
	REPORT_TEXT, /* grade_text() */
	REPORT_JSON,
	REPORT_GRADESCOPE,
	REPORT_CHECK50,
	REPORT_TAP,
	REPORT_JUNIT,
	REPORT_CSV, /* grade_csv() */
	NR_REPORT_FORMATS
};

/* How many submissions missed property @i (anything but pass). */
uint32_t grade_nr_missed(const struct grade_report *report, uint32_t i);

/*
 * Which submissions did the same: group[i] is the first submission with
 * i's events_hash (i itself when it has none). Caller's array.
 */
void grade_groups(const struct grade_report *report, uint32_t *group);

/* The report as text; students' text has its control characters taken out. */
void grade_text(const struct grade_report *report, FILE *out);
/* A line a student: id, outcome, points, max, a column a property. */
void grade_csv(const struct grade_report *report, FILE *out);

/* "text" "json" "gradescope" ... */
const char *report_format_name(enum report_format format);
/* NR_REPORT_FORMATS: none of that name; *@near: the nearest, or NULL. */
enum report_format report_format_from_name(const char *name, const char **near);
/* May hidden properties stay in it? */
bool report_format_hides(enum report_format format);

/* The whole text, ending with a newline; free() it. NULL: no memory. */
char *report_text(const struct grade_report *report, enum report_format format);

/*
 * Several json reports of one assignment (a Slurm array's tasks) as one, in
 * the order given: submissions one behind the other. False and @error: a
 * file is broken, or of another assignment, engine or version, or two have
 * a submission of the same id. grade_report_fini() it.
 */
bool report_merge(const char *const *paths, uint32_t nr,
		  struct grade_report *report, struct file_error *error);

#endif
