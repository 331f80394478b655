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

/* Members of a JSON object. The string is escaped as by report_put(). */
void report_string(struct json_writer *out, const char *key, const char *value);
/* A text that was gathered, as a JSON string; it is empty afterwards. */
void report_quoted(struct json_writer *out, struct json_writer *value);
void report_flag(struct json_writer *out, const char *key, bool value);
/* Points as a number: 2.5 */
void report_points(struct json_writer *out, const char *key,
		   centipoints_t points);

/* "P1: every request ...", or only the id if the property is hidden. */
void report_put_name(struct json_writer *out,
		     const struct grade_property *property,
		     enum report_escape escape);

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

/* How many submissions did not pass property @i. */
uint32_t report_nr_missed(const struct grade_report *report, uint32_t i);
/* Read what report_json() wrote; see grade_json_read_submission(). */
void report_json_read(struct document *d, struct grade_report *report);

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
