/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_private: what the formats share. */
#ifndef SCRIPTS_REPORT_PRIVATE_H
#define SCRIPTS_REPORT_PRIVATE_H

#include "grade/grade_json.h"
#include "report/report.h"

/* What is escaped besides active characters. */
enum report_escape {
	ESCAPE_NOTHING,
	ESCAPE_LINE, /* newlines and tabs become spaces */
	ESCAPE_CSV, /* a line; " is doubled */
	ESCAPE_TAP, /* a line in which # begins no directive */
	ESCAPE_XML, /* text or attribute */
	ESCAPE_JSON, /* between the quotes of a string */
	ESCAPE_PLAIN, /* all control characters, too; each becomes ? */
};

/*
 * Write a text that may come from a student. Active characters, which move a
 * cursor, control a terminal or reverse the direction of writing, and bytes
 * that are not UTF-8 become the replacement character.
 */
void report_put(struct json_writer *out, const char *text,
		enum report_escape escape);
/*
 * Write @format, in which %s is a text that is escaped, %t a trusted text, %u
 * a uint32_t and %p points (centipoints_t).
 */
void report_format(struct json_writer *out, enum report_escape escape,
		   const char *format, ...);

uint32_t report_nr_hidden(const struct grade_report *report);
/*
 * Write, between @before and @after, that points are those of the visible
 * properties; nothing if none is hidden.
 */
void report_put_scope(struct json_writer *out,
		      const struct grade_report *report, const char *before,
		      const char *after);

/* Was it graded? Else it has no results. */
bool report_was_graded(const struct grade_submission *submission);
/* "passed", "limit wall_ms", ... Returns @buf. */
const char *report_outcome_text(const struct grade_submission *submission,
				char *buf, size_t size);

/*
 * A test, as the formats of other programs list them: that a submission runs
 * to its end, or one of its properties.
 */
struct report_test {
	const struct grade_property *property; /* NULL: it runs to its end */
	const struct grade_result *result; /* of the property, or NULL */
	const char *id, *separator, *text; /* "P1", ": ", "a zone is ..." */
	const char *message; /* what is wrong, or why it was not run */
	const char *command;
	char type[128]; /* "fail", "limit wall_ms" ... */
	bool passed;
	bool skipped; /* not run, or hidden */
	bool hidden;
};

/* Test @k of a submission, from 0. False: there are no more. */
bool report_test_init(struct report_test *test,
		      const struct grade_report *report,
		      const struct grade_submission *submission, uint32_t k);

/* How many submissions did not pass property @i. */
uint32_t report_nr_missed(const struct grade_report *report, uint32_t i);
/* Read what report_json() wrote; see grade_json_read_submission(). */
void report_json_read(struct document *d, struct grade_report *report);

/* Summarise the class in a text report. */
void report_put_class(struct json_writer *out,
		      const struct grade_report *report);

/* The formats. */
void report_plain(struct json_writer *out, const struct grade_report *report);
void report_json(struct json_writer *out, const struct grade_report *report);
void report_csv(struct json_writer *out, const struct grade_report *report);
void report_gradescope(struct json_writer *out,
		       const struct grade_report *report);
void report_check50(struct json_writer *out, const struct grade_report *report);
void report_tap(struct json_writer *out, const struct grade_report *report);
void report_junit(struct json_writer *out, const struct grade_report *report);

#endif
