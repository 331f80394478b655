/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report: a grade report in the formats of other programs.
 *
 *   format = report_format_from_name("junit");
 *   text = report_text(&report, format);     free() it
 *
 *   text        for a terminal
 *   json        zonewalk/grade/1, complete: docs/schemas/grade-1.json
 *   gradescope  results.json: one submission is the object itself, several
 *               are a list of { id, results }
 *   check50     the same
 *   tap         TAP 13: a test for each submission and property
 *   junit       JUnit XML: a suite for each submission
 *   csv         a line for each submission
 *
 * Texts from a student are escaped: in no format can they become markup, a
 * control character or a line of their own.
 *
 * A report for students was hidden with grade_hide() before. Each format then
 * says that points are those of the visible properties; json and gradescope
 * also mark each property with its visibility.
 */
#ifndef SCRIPTS_REPORT_H
#define SCRIPTS_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "grade/grade_report.h"
#include "json/file.h"

enum report_format {
	REPORT_TEXT,
	REPORT_JSON,
	REPORT_GRADESCOPE,
	REPORT_CHECK50,
	REPORT_TAP,
	REPORT_JUNIT,
	REPORT_CSV,
	NR_REPORT_FORMATS
};

/* "text" "json" "gradescope" ... */
const char *report_format_name(enum report_format format);
/* NR_REPORT_FORMATS: no such format; *@near: the nearest one, or NULL. */
enum report_format report_format_from_name(const char *name, const char **near);

/* The report, which ends with a newline. free() it. NULL: no memory. */
char *report_text(const struct grade_report *report, enum report_format format);

/*
 * Merge json reports of one assignment, for instance of the tasks of a Slurm
 * array, in this order. False and @error: a file is malformed, or of another
 * assignment, version or isolation, or two submissions have the same id.
 * Destroy the report with grade_report_destroy().
 */
bool report_merge(const char *const *paths, uint32_t nr,
		  struct grade_report *report, struct file_error *error);

/*
 * Group equal submissions: [i] is the first submission with the events_hash
 * of submission i. free() it. NULL: no memory.
 */
uint32_t *report_groups(const struct grade_report *report);

#endif
