/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_format: what the files behind report.h share. */
#ifndef SCRIPTS_REPORT_FORMAT_H
#define SCRIPTS_REPORT_FORMAT_H

#include "report/report.h"
#include "json/writer.h"

#define REPORT_SCHEMA "zonewalk/grade/1"

/* How a text is made harmless besides. */
enum report_escape {
	ESCAPE_NOTHING, /* only what clean means, see report_put() */
	ESCAPE_LINE, /* in one line: newlines are spaces */
	ESCAPE_TAP, /* a line, in which # begins no directive */
	ESCAPE_XML, /* text or attribute */
};

/*
 * Put a text that may come from a student. Clean: what is not UTF-8, and
 * every character that moves a cursor, changes a terminal or turns the
 * direction of writing around, is the replacement character; newlines and
 * tabs stay.
 */
void report_put(struct json_text *out, const char *text,
		enum report_escape escape);
/* Ours, as it is. */
void report_say(struct json_text *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Members of a JSON object. The string is cleaned. */
void report_string(struct json_text *out, const char *key, const char *value);
/* A text that was gathered, as a JSON value; it is empty afterwards. */
void report_quoted(struct json_text *out, struct json_text *value);
/* Faithful, for our own JSON: control characters as \uNNNN. */
void report_exact(struct json_text *out, const char *key, const char *value);
void report_number(struct json_text *out, const char *key, int64_t value);
void report_flag(struct json_text *out, const char *key, bool value);
/* Points as a number: 2.5 */
void report_points(struct json_text *out, const char *key,
		   centipoints_t points);

/* "P1: every request ..."; of a hidden one the id alone. */
void report_put_name(struct json_text *out,
		     const struct grade_property *property,
		     enum report_escape escape);

/* Was it graded, so that its results mean something? */
bool report_was_graded(const struct grade_submission *submission);
/* "passed", "limit wall_ms", ...: in a line's room. */
void report_outcome_text(const struct grade_submission *submission, char *buf,
			 size_t size);

void report_own(struct json_text *out, const struct grade_report *report);
void report_gradescope(struct json_text *out,
		       const struct grade_report *report);
void report_check50(struct json_text *out, const struct grade_report *report);
void report_tap(struct json_text *out, const struct grade_report *report);
void report_junit(struct json_text *out, const struct grade_report *report);

#endif
