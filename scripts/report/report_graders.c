/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_graders: the formats of two graders, Gradescope's results.json and
 * check50's JSON.
 *
 * Both describe one submission. Several submissions are a list of objects
 * with the id: [{"id":"alice","results":{...}}, ...].
 */
#include "report/report_private.h"

typedef void put_one(struct json_writer *out, const struct grade_report *report,
		     const struct grade_submission *submission);

static void put_each(struct json_writer *out, const struct grade_report *report,
		     put_one *put)
{
	const bool many = report->nr_submissions != 1;

	report_format(out, ESCAPE_JSON, many ? "[" : "");
	for (uint32_t i = 0; i < report->nr_submissions; i++) {
		const struct grade_submission *s = &report->submissions[i];

		if (many)
			report_format(out, ESCAPE_JSON,
				      "%t{\"id\":\"%s\",\"results\":",
				      i ? "," : "", s->id);
		put(out, report, s);
		report_format(out, ESCAPE_JSON, many ? "}" : "");
	}
	report_format(out, ESCAPE_JSON, many ? "]\n" : "\n");
}

/* The message of a test, then the command that shows it: in a JSON string. */
static void put_output(struct json_writer *out, const struct report_test *t)
{
	report_format(out, ESCAPE_JSON, "\"%s%t%s\"", t->message,
		      !*t->command ? "" :
		      *t->message  ? "\\nto see it: " :
				     "to see it: ",
		      t->command);
}

/* -- Gradescope ----------------------------------------------------------- */

static void put_gradescope_test(struct json_writer *out,
				const struct report_test *t)
{
	report_format(out, ESCAPE_JSON,
		      "{\"name\":\"%s%t%s\",\"number\":\"%s\",\"score\":%p,"
		      "\"max_score\":%p,%t\"output\":",
		      t->id, t->separator, t->text, t->id, t->result->points,
		      t->property->max,
		      t->hidden ? "" :
		      t->passed ? "\"status\":\"passed\"," :
				  "\"status\":\"failed\",");
	put_output(out, t);
	report_format(out, ESCAPE_JSON,
		      ",\"output_format\":\"text\",\"visibility\":\"%t\"}",
		      grade_visibility_name(t->property->visibility));
}

/*
 * The text above the tests, which students see even if the report contains
 * hidden properties: it depends on the visible ones only.
 */
static void put_gradescope_output(struct json_writer *out,
				  const struct grade_report *report,
				  const struct grade_submission *s)
{
	centipoints_t points = 0, max = 0;
	struct report_test t;

	for (uint32_t k = 1; report_test_init(&t, report, s, k); k++) {
		if (grade_is_hidden(t.property))
			continue;
		points += t.result->points;
		max += t.property->max;
	}
	report_format(out, ESCAPE_JSON, "\"output\":\"%s: %p of %p%t",
		      report->title, points, max,
		      report_nr_hidden(report) ? " in the visible tests" : "");
	report_test_init(&t, report, s, 0);
	if (!t.passed && !s->hidden_cause)
		report_format(out, ESCAPE_JSON, "\\n%s: %s", t.type, t.message);
	report_format(out, ESCAPE_JSON, "\"");
}

static void put_gradescope(struct json_writer *out,
			   const struct grade_report *report,
			   const struct grade_submission *s)
{
	struct report_test t;

	report_format(out, ESCAPE_JSON, "{");
	/* else the platform adds the scores, with regard to visibility */
	if (report->hidden || !report_nr_hidden(report))
		report_format(out, ESCAPE_JSON, "\"score\":%p,", s->points);
	put_gradescope_output(out, report, s);
	report_format(out, ESCAPE_JSON,
		      ",\"output_format\":\"text\","
		      "\"test_output_format\":\"text\","
		      "\"test_name_format\":\"text\","
		      "\"visibility\":\"visible\","
		      "\"stdout_visibility\":\"hidden\","
		      "\"extra_data\":{\"engine\":\"%s\",\"isolation\":\"%s\","
		      "\"scenario_hash\":\"%s\",\"events_hash\":\"%s\"},"
		      "\"tests\":[",
		      report->engine_version, report->isolation,
		      s->scenario_hash, s->events_hash);
	for (uint32_t k = 1; report_test_init(&t, report, s, k); k++) {
		report_format(out, ESCAPE_JSON, k > 1 ? "," : "");
		put_gradescope_test(out, &t);
	}
	report_format(out, ESCAPE_JSON, "]}");
}

void report_gradescope(struct json_writer *out,
		       const struct grade_report *report)
{
	put_each(out, report, put_gradescope);
}

/* -- check50 -------------------------------------------------------------- */

static void put_check50(struct json_writer *out,
			const struct grade_report *report,
			const struct grade_submission *s)
{
	struct report_test t;

	report_format(out, ESCAPE_JSON, "{\"slug\":\"%s\",\"results\":[",
		      report->assignment);
	for (uint32_t k = 1; report_test_init(&t, report, s, k); k++) {
		report_format(out, ESCAPE_JSON,
			      "%t{\"name\":\"%s\",\"description\":\"%s\","
			      "\"passed\":%t,\"log\":[],\"cause\":",
			      k > 1 ? "," : "", t.id, t.text,
			      t.skipped ? "null" :
			      t.passed	? "true" :
					  "false");
		report_format(out, ESCAPE_JSON,
			      t.passed ? "null" : "{\"rationale\":");
		if (!t.passed)
			put_output(out, &t);
		report_format(out, ESCAPE_JSON,
			      "%t,\"data\":{\"points\":%p,\"max\":%p},"
			      "\"dependency\":null}",
			      t.passed ? "" : ",\"help\":null}",
			      t.result->points, t.property->max);
	}
	report_format(out, ESCAPE_JSON, "],\"version\":\"%s\"}",
		      report->engine_version);
}

void report_check50(struct json_writer *out, const struct grade_report *report)
{
	put_each(out, report, put_check50);
}
