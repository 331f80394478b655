/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_tests: a grade report as test results: TAP 13 (prove) and JUnit XML.
 * A submission is a test (does it run to its end?), and each property is one;
 * only full points are a pass.
 */
#include "report/report_private.h"

/* -- TAP ------------------------------------------------------------------ */

/* A line of YAML. A JSON string is one of YAML, too. */
static void put_yaml(struct json_writer *out, const char *key,
		     const char *value)
{
	struct json_writer clean = { .data = NULL };

	if (!*value)
		return;
	report_put(&clean, value, ESCAPE_NOTHING);
	report_format(out, ESCAPE_TAP, "  %t: ", key);
	out->comma = false;
	report_quoted(out, &clean);
	report_format(out, ESCAPE_TAP, "\n");
}

static void put_tap_run(struct json_writer *out, uint32_t number,
			const struct grade_submission *s)
{
	const bool ok = report_was_graded(s);
	char outcome[128];

	report_format(out, ESCAPE_TAP, "%t %u - %s runs to its end\n",
		      ok ? "ok" : "not ok", number, s->id);
	if (ok)
		return;
	report_format(out, ESCAPE_TAP, "  ---\n");
	put_yaml(out, "message", s->message);
	put_yaml(out, "outcome",
		 report_outcome_text(s, outcome, sizeof(outcome)));
	report_format(out, ESCAPE_TAP, "  ...\n");
}

static void put_tap_result(struct json_writer *out, uint32_t number,
			   const struct grade_submission *s,
			   const struct grade_property *property,
			   const struct grade_result *result)
{
	const bool hidden = result->verdict == GRADE_HIDDEN;
	const bool ok = result->verdict == GRADE_PASS || hidden;

	report_format(out, ESCAPE_TAP, "%t %u - %s ", ok ? "ok" : "not ok",
		      number, s->id);
	report_put_name(out, property, ESCAPE_TAP);
	report_format(out, ESCAPE_TAP, "%t\n", hidden ? " # SKIP hidden" : "");
	if (ok)
		return;
	report_format(out, ESCAPE_TAP, "  ---\n");
	put_yaml(out, "message", result->message);
	put_yaml(out, "verdict", grade_verdict_name(result->verdict));
	report_format(out, ESCAPE_TAP, "  points: %p\n  max: %p\n",
		      result->points, property->max);
	put_yaml(out, "command", result->command);
	report_format(out, ESCAPE_TAP, "  ...\n");
}

void report_tap(struct json_writer *out, const struct grade_report *report)
{
	uint32_t number = 0, total = 0;

	for (uint32_t i = 0; i < report->nr_submissions; i++)
		total += 1 + report->submissions[i].nr_results;
	report_format(out, ESCAPE_TAP, "TAP version 13\n1..%u\n", total);
	report_put_scope(out, report, "# ", "\n");
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
	uint32_t failures; /* a property without full points */
	uint32_t errors; /* the submission was not graded */
	uint32_t skipped; /* not run, or hidden */
};

static bool is_skipped(const struct grade_result *r)
{
	return r->verdict == GRADE_NOT_RUN || r->verdict == GRADE_HIDDEN;
}

static void count(struct junit_counts *counts, const struct grade_submission *s)
{
	counts->tests += 1 + s->nr_results;
	counts->errors += !report_was_graded(s);
	for (uint32_t i = 0; i < s->nr_results; i++) {
		const bool skipped = is_skipped(&s->results[i]);

		counts->skipped += skipped;
		counts->failures += !skipped &&
				    s->results[i].verdict != GRADE_PASS;
	}
}

/* Open <testsuites> or <testsuite>. */
static void open_suite(struct json_writer *out, const char *element,
		       const char *name, const struct junit_counts *c)
{
	report_format(out, ESCAPE_XML,
		      "<%t name=\"%s\" tests=\"%u\" failures=\"%u\" "
		      "errors=\"%u\" skipped=\"%u\" time=\"0\">\n",
		      element, name, c->tests, c->failures, c->errors,
		      c->skipped);
}

/* Open a <testcase>; @property NULL: the test of the submission itself. */
static void open_case(struct json_writer *out, const char *suite,
		      const struct grade_property *property)
{
	report_format(out, ESCAPE_XML, "    <testcase classname=\"%s\" name=\"",
		      suite);
	if (property)
		report_put_name(out, property, ESCAPE_XML);
	else
		report_format(out, ESCAPE_XML, "runs to its end");
	report_format(out, ESCAPE_XML, "\" time=\"0\"");
}

/* Close a <testcase> with a <failure> or <error>. */
static void close_failed_case(struct json_writer *out, const char *element,
			      const char *type, const char *message,
			      const char *command)
{
	report_format(out, ESCAPE_XML,
		      ">\n      <%t type=\"%s\" message=\"%s\">%s%t%s</%t>\n"
		      "    </testcase>\n",
		      element, type, message, message,
		      *command ? "&#10;to see it: " : "", command, element);
}

static void put_case(struct json_writer *out, const char *suite,
		     const struct grade_property *property,
		     const struct grade_result *result)
{
	open_case(out, suite, property);
	if (result->verdict == GRADE_PASS)
		report_format(out, ESCAPE_XML, "/>\n");
	else if (is_skipped(result))
		report_format(out, ESCAPE_XML,
			      ">\n      <skipped message=\"%t\"/>\n"
			      "    </testcase>\n",
			      result->verdict == GRADE_HIDDEN ? "hidden" :
								"not run");
	else
		close_failed_case(out, "failure",
				  grade_verdict_name(result->verdict),
				  result->message, result->command);
}

static void put_suite(struct json_writer *out,
		      const struct grade_report *report,
		      const struct grade_submission *s)
{
	struct junit_counts counts = { .tests = 0 };
	char outcome[128];

	count(&counts, s);
	report_format(out, ESCAPE_XML, "  ");
	open_suite(out, "testsuite", s->id, &counts);
	report_format(out, ESCAPE_XML,
		      "    <properties>\n"
		      "      <property name=\"points\" value=\"%p\"/>\n"
		      "      <property name=\"max\" value=\"%p\"/>\n"
		      "      <property name=\"events_hash\" value=\"%t\"/>\n",
		      s->points, s->max, s->events_hash);
	report_put_scope(out, report, "      <property name=\"scope\" value=\"",
			 "\"/>\n");
	report_format(out, ESCAPE_XML, "    </properties>\n");
	open_case(out, s->id, NULL);
	if (report_was_graded(s))
		report_format(out, ESCAPE_XML, "/>\n");
	else
		close_failed_case(out, "error",
				  report_outcome_text(s, outcome,
						      sizeof(outcome)),
				  s->message, s->command);
	for (uint32_t i = 0; i < s->nr_results; i++)
		put_case(out, s->id, &report->properties[i], &s->results[i]);
	report_format(out, ESCAPE_XML, "  </testsuite>\n");
}

void report_junit(struct json_writer *out, const struct grade_report *report)
{
	struct junit_counts counts = { .tests = 0 };

	for (uint32_t i = 0; i < report->nr_submissions; i++)
		count(&counts, &report->submissions[i]);
	report_format(out, ESCAPE_XML,
		      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	open_suite(out, "testsuites", report->title, &counts);
	for (uint32_t i = 0; i < report->nr_submissions; i++)
		put_suite(out, report, &report->submissions[i]);
	report_format(out, ESCAPE_XML, "</testsuites>\n");
}
