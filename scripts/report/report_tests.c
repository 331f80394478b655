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
	if (*value)
		report_format(out, ESCAPE_JSON, "  %t: \"%s\"\n", key, value);
}

static void put_tap(struct json_writer *out, uint32_t number, const char *id,
		    const struct report_test *t)
{
	const bool ok = t->passed || t->hidden;

	report_format(out, ESCAPE_TAP, "%t %u - %s %s%t%s%t\n",
		      ok ? "ok" : "not ok", number, id, t->id, t->separator,
		      t->text, t->hidden ? " # SKIP hidden" : "");
	if (ok)
		return;
	report_format(out, ESCAPE_TAP, "  ---\n");
	put_yaml(out, "message", t->message);
	put_yaml(out, "verdict", t->type);
	if (t->property)
		report_format(out, ESCAPE_TAP, "  points: %p\n  max: %p\n",
			      t->result->points, t->property->max);
	put_yaml(out, "command", t->command);
	report_format(out, ESCAPE_TAP, "  ...\n");
}

void report_tap(struct json_writer *out, const struct grade_report *report)
{
	uint32_t number = 0, total = 0;
	struct report_test t;

	for (uint32_t i = 0; i < report->nr_submissions; i++)
		total += 1 + report->submissions[i].nr_results;
	report_format(out, ESCAPE_TAP, "TAP version 13\n1..%u\n", total);
	report_put_scope(out, report, "# ", "\n");
	for (uint32_t i = 0; i < report->nr_submissions; i++) {
		const struct grade_submission *s = &report->submissions[i];

		for (uint32_t k = 0; report_test_init(&t, report, s, k); k++)
			put_tap(out, ++number, s->id, &t);
	}
}

/* -- JUnit, as the schema junit-10.xsd of Jenkins requires it -------------- */

struct junit_counts {
	uint32_t tests;
	uint32_t failures; /* a property without full points */
	uint32_t errors; /* the submission was not graded */
	uint32_t skipped; /* not run, or hidden */
};

static void count(struct junit_counts *counts,
		  const struct grade_report *report,
		  const struct grade_submission *s)
{
	struct report_test t;

	for (uint32_t k = 0; report_test_init(&t, report, s, k); k++) {
		const bool bad = !t.passed && !t.skipped;

		counts->tests++;
		counts->skipped += t.skipped;
		counts->failures += bad && t.property;
		counts->errors += bad && !t.property;
	}
}

/* Open <testsuites> or <testsuite>. */
static void open_suite(struct json_writer *out, const char *element,
		       const char *name, const struct junit_counts *c)
{
	report_format(out, ESCAPE_XML,
		      "<%t name=\"%s\" tests=\"%u\" failures=\"%u\" "
		      "errors=\"%u\" time=\"0\"",
		      element, name, c->tests, c->failures, c->errors);
}

static void put_case(struct json_writer *out, const char *suite,
		     const struct report_test *t)
{
	const char *element = t->property ? "failure" : "error";

	report_format(out, ESCAPE_XML,
		      "    <testcase classname=\"%s\" name=\"%s%t%s\" "
		      "time=\"0\"",
		      suite, t->id, t->separator, t->text);
	if (t->passed)
		report_format(out, ESCAPE_XML, "/>\n");
	else if (t->skipped)
		report_format(out, ESCAPE_XML,
			      ">\n      <skipped message=\"%t\"/>\n"
			      "    </testcase>\n",
			      t->hidden ? "hidden" : "not run");
	else
		report_format(out, ESCAPE_XML,
			      ">\n      <%t type=\"%s\" message=\"%s\">"
			      "%s%t%s</%t>\n    </testcase>\n",
			      element, t->type, t->message, t->message,
			      *t->command ? "&#10;to see it: " : "", t->command,
			      element);
}

static void put_suite(struct json_writer *out,
		      const struct grade_report *report,
		      const struct grade_submission *s)
{
	struct junit_counts counts = { .tests = 0 };
	struct report_test t;

	count(&counts, report, s);
	report_format(out, ESCAPE_XML, "  ");
	open_suite(out, "testsuite", s->id, &counts);
	report_format(out, ESCAPE_XML,
		      " skipped=\"%u\">\n"
		      "    <properties>\n"
		      "      <property name=\"points\" value=\"%p\"/>\n"
		      "      <property name=\"max\" value=\"%p\"/>\n"
		      "      <property name=\"events_hash\" value=\"%t\"/>\n",
		      counts.skipped, s->points, s->max, s->events_hash);
	report_put_scope(out, report, "      <property name=\"scope\" value=\"",
			 "\"/>\n");
	report_format(out, ESCAPE_XML, "    </properties>\n");
	for (uint32_t k = 0; report_test_init(&t, report, s, k); k++)
		put_case(out, s->id, &t);
	report_format(out, ESCAPE_XML, "  </testsuite>\n");
}

void report_junit(struct json_writer *out, const struct grade_report *report)
{
	struct junit_counts counts = { .tests = 0 };

	for (uint32_t i = 0; i < report->nr_submissions; i++)
		count(&counts, report, &report->submissions[i]);
	report_format(out, ESCAPE_XML,
		      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	open_suite(out, "testsuites", report->title, &counts);
	report_format(out, ESCAPE_XML, ">\n");
	for (uint32_t i = 0; i < report->nr_submissions; i++)
		put_suite(out, report, &report->submissions[i]);
	report_format(out, ESCAPE_XML, "</testsuites>\n");
}
