/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_tests: a grade report as the outcome of tests: TAP 13 (prove) and
 * JUnit XML. A submission is a test of its own (did it run to its end?) and
 * one more per property; whatever is not in full is not ok.
 */
#include <inttypes.h>

#include "report/report_private.h"

/* -- TAP ------------------------------------------------------------------ */

/* A string of YAML; JSON's are. */
static void put_yaml(struct json_text *out, const char *key, const char *value)
{
	struct json_text clean = { .data = NULL };

	if (!*value)
		return;
	report_put(&clean, value, ESCAPE_NOTHING);
	report_printf(out, "  %s: ", key);
	out->comma = false;
	report_quoted(out, &clean);
	report_printf(out, "\n");
}

static void put_tap_head(struct json_text *out, bool ok, uint32_t number,
			 const struct grade_submission *submission)
{
	report_printf(out, "%s %" PRIu32 " - ", ok ? "ok" : "not ok", number);
	report_put(out, submission->id, ESCAPE_TAP);
}

static void put_tap_run(struct json_text *out, uint32_t number,
			const struct grade_submission *submission)
{
	const bool ok = report_was_graded(submission);
	char outcome[128];

	report_outcome_text(submission, outcome, sizeof(outcome));
	put_tap_head(out, ok, number, submission);
	report_printf(out, " runs to its end\n");
	if (ok)
		return;
	report_printf(out, "  ---\n");
	put_yaml(out, "message", submission->message);
	put_yaml(out, "outcome", outcome);
	report_printf(out, "  ...\n");
}

static void put_tap_result(struct json_text *out, uint32_t number,
			   const struct grade_submission *submission,
			   const struct grade_property *property,
			   const struct grade_result *result)
{
	const bool hidden = result->verdict == GRADE_HIDDEN;
	const bool ok = result->verdict == GRADE_PASS || hidden;
	char points[2][16];

	grade_points_text(result->points, points[0], sizeof(points[0]));
	grade_points_text(property->max, points[1], sizeof(points[1]));
	put_tap_head(out, ok, number, submission);
	report_printf(out, " ");
	report_put_name(out, property, ESCAPE_TAP);
	report_printf(out, "%s\n", hidden ? " # SKIP hidden" : "");
	if (ok)
		return;
	report_printf(out, "  ---\n");
	put_yaml(out, "message", result->message);
	put_yaml(out, "verdict", grade_verdict_name(result->verdict));
	report_printf(out, "  points: %s\n  max: %s\n", points[0], points[1]);
	put_yaml(out, "command", result->command);
	report_printf(out, "  ...\n");
}

void report_tap(struct json_text *out, const struct grade_report *report)
{
	uint32_t number = 0, total = 0;

	for (uint32_t i = 0; i < report->nr_submissions; i++)
		total += 1 + report->submissions[i].nr_results;
	report_printf(out, "TAP version 13\n1..%" PRIu32 "\n", total);
	for (uint32_t i = 0; i < report->nr_submissions; i++) {
		const struct grade_submission *s = &report->submissions[i];

		put_tap_run(out, ++number, s);
		for (uint32_t k = 0; k < s->nr_results; k++)
			put_tap_result(out, ++number, s, &report->properties[k],
				       &s->results[k]);
	}
}

/* -- JUnit ---------------------------------------------------------------- */

struct junit_counts {
	uint32_t tests;
	uint32_t failures; /* a property was missed */
	uint32_t errors; /* the submission did not run to its end */
	uint32_t skipped; /* not run, or hidden */
};

static void count(struct junit_counts *counts, const struct grade_submission *s)
{
	counts->tests += 1 + s->nr_results;
	counts->errors += !report_was_graded(s);
	for (uint32_t i = 0; i < s->nr_results; i++) {
		switch (s->results[i].verdict) {
		case GRADE_PASS:
			break;
		case GRADE_NOT_RUN:
		case GRADE_HIDDEN:
			counts->skipped++;
			break;
		default:
			counts->failures++;
			break;
		}
	}
}

static void put_attribute(struct json_text *out, const char *name,
			  const char *value)
{
	report_printf(out, " %s=\"", name);
	report_put(out, value, ESCAPE_XML);
	report_printf(out, "\"");
}

static void put_counts(struct json_text *out, const struct junit_counts *counts)
{
	report_printf(out,
		      " tests=\"%" PRIu32 "\" failures=\"%" PRIu32
		      "\" errors=\"%" PRIu32 "\" skipped=\"%" PRIu32
		      "\" time=\"0\"",
		      counts->tests, counts->failures, counts->errors,
		      counts->skipped);
}

static void put_suite_property(struct json_text *out, const char *name,
			       const char *value)
{
	report_printf(out, "      <property");
	put_attribute(out, "name", name);
	put_attribute(out, "value", value);
	report_printf(out, "/>\n");
}

static void put_suite_properties(struct json_text *out,
				 const struct grade_submission *s)
{
	char points[16];

	report_printf(out, "    <properties>\n");
	put_suite_property(out, "points",
			   grade_points_text(s->points, points,
					     sizeof(points)));
	put_suite_property(out, "max",
			   grade_points_text(s->max, points, sizeof(points)));
	put_suite_property(out, "events_hash", s->events_hash);
	report_printf(out, "    </properties>\n");
}

/* @property NULL: the test of the submission itself. */
static void put_case(struct json_text *out, const char *suite,
		     const struct grade_property *property)
{
	report_printf(out, "    <testcase");
	put_attribute(out, "classname", suite);
	report_printf(out, " name=\"");
	if (property)
		report_put_name(out, property, ESCAPE_XML);
	else
		report_printf(out, "runs to its end");
	report_printf(out, "\" time=\"0\"");
}

/* Inside a test case: what is wrong, as <failure> or <error>. */
static void put_problem(struct json_text *out, const char *element,
			const char *type, const char *message,
			const char *command)
{
	report_printf(out, ">\n      <%s", element);
	put_attribute(out, "type", type);
	put_attribute(out, "message", message);
	report_printf(out, ">");
	report_put(out, message, ESCAPE_XML);
	if (*command) {
		report_printf(out, "&#10;to see it: ");
		report_put(out, command, ESCAPE_XML);
	}
	report_printf(out, "</%s>\n    </testcase>\n", element);
}

static void put_case_result(struct json_text *out, const char *suite,
			    const struct grade_property *property,
			    const struct grade_result *result)
{
	put_case(out, suite, property);
	if (result->verdict == GRADE_PASS)
		report_printf(out, "/>\n");
	else if (result->verdict == GRADE_NOT_RUN ||
		 result->verdict == GRADE_HIDDEN)
		report_printf(out,
			      ">\n      <skipped message=\"%s\"/>\n"
			      "    </testcase>\n",
			      result->verdict == GRADE_HIDDEN ? "hidden" :
								"not run");
	else
		put_problem(out, "failure", grade_verdict_name(result->verdict),
			    result->message, result->command);
}

static void put_suite(struct json_text *out, const struct grade_report *report,
		      const struct grade_submission *s)
{
	struct junit_counts counts = { .tests = 0 };
	char outcome[128];

	count(&counts, s);
	report_outcome_text(s, outcome, sizeof(outcome));
	report_printf(out, "  <testsuite");
	put_attribute(out, "name", s->id);
	put_counts(out, &counts);
	report_printf(out, ">\n");
	put_suite_properties(out, s);
	put_case(out, s->id, NULL);
	if (report_was_graded(s))
		report_printf(out, "/>\n");
	else
		put_problem(out, "error", outcome, s->message, s->command);
	for (uint32_t i = 0; i < s->nr_results; i++)
		put_case_result(out, s->id, &report->properties[i],
				&s->results[i]);
	report_printf(out, "  </testsuite>\n");
}

void report_junit(struct json_text *out, const struct grade_report *report)
{
	struct junit_counts counts = { .tests = 0 };

	for (uint32_t i = 0; i < report->nr_submissions; i++)
		count(&counts, &report->submissions[i]);
	report_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			   "<testsuites");
	put_attribute(out, "name", report->title);
	put_counts(out, &counts);
	report_printf(out, ">\n");
	for (uint32_t i = 0; i < report->nr_submissions; i++)
		put_suite(out, report, &report->submissions[i]);
	report_printf(out, "</testsuites>\n");
}
