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
	if (report->nr_submissions == 1) {
		put(out, report, &report->submissions[0]);
		writer_raw(out, "\n", 1);
		return;
	}
	writer_open(out, '[');
	for (uint32_t i = 0; i < report->nr_submissions; i++) {
		writer_open(out, '{');
		report_string(out, "id", report->submissions[i].id);
		writer_key(out, "results");
		put(out, report, &report->submissions[i]);
		writer_close(out, '}');
	}
	writer_close(out, ']');
	writer_raw(out, "\n", 1);
}

/* Have the visible properties results? */
static bool was_graded(const struct grade_submission *submission)
{
	return report_was_graded(submission) || submission->hidden_cause;
}

/* The text of a result: the message, then the command that shows it. */
static void put_output(struct json_writer *out, const char *key,
		       const struct grade_submission *submission,
		       const struct grade_result *result)
{
	struct json_writer output = { .data = NULL };

	if (*result->message)
		report_put(&output, result->message, ESCAPE_NOTHING);
	else if (!was_graded(submission))
		report_put(&output, submission->message, ESCAPE_NOTHING);
	if (*result->command)
		report_format(&output, ESCAPE_LINE, "%tto see it: %s",
			      output.length ? "\n" : "", result->command);
	writer_key(out, key);
	report_quoted(out, &output);
}

/* -- Gradescope ----------------------------------------------------------- */

static void put_gradescope_test(struct json_writer *out,
				const struct grade_submission *submission,
				const struct grade_property *property,
				const struct grade_result *result)
{
	struct json_writer name = { .data = NULL };

	writer_open(out, '{');
	writer_key(out, "name");
	report_put_name(&name, property, ESCAPE_LINE);
	report_quoted(out, &name);
	report_string(out, "number", property->id);
	report_points(out, "score", result->points);
	report_points(out, "max_score", property->max);
	if (result->verdict != GRADE_HIDDEN)
		report_string(out, "status",
			      result->verdict == GRADE_PASS ? "passed" :
							      "failed");
	put_output(out, "output", submission, result);
	report_string(out, "output_format", "text");
	report_string(out, "visibility",
		      grade_visibility_name(property->visibility));
	writer_close(out, '}');
}

/*
 * The text above the tests, which students see even if the report contains
 * hidden properties: it depends on the visible ones only.
 */
static void put_gradescope_output(struct json_writer *out,
				  const struct grade_report *report,
				  const struct grade_submission *submission)
{
	struct json_writer output = { .data = NULL };
	centipoints_t points = 0, max = 0;
	char outcome[128];

	for (uint32_t i = 0; i < submission->nr_results; i++) {
		if (grade_is_hidden(&report->properties[i]))
			continue;
		points += submission->results[i].points;
		max += report->properties[i].max;
	}
	report_format(&output, ESCAPE_LINE, "%s: %p of %p%t", report->title,
		      points, max,
		      report_nr_hidden(report) ? " in the visible tests" : "");
	if (!was_graded(submission))
		report_format(&output, ESCAPE_NOTHING, "\n%s: %s",
			      report_outcome_text(submission, outcome,
						  sizeof(outcome)),
			      submission->message);
	writer_key(out, "output");
	report_quoted(out, &output);
}

static void put_gradescope(struct json_writer *out,
			   const struct grade_report *report,
			   const struct grade_submission *submission)
{
	writer_open(out, '{');
	/* else the platform adds the scores, with regard to visibility */
	if (report->hidden || !report_nr_hidden(report))
		report_points(out, "score", submission->points);
	put_gradescope_output(out, report, submission);
	report_string(out, "output_format", "text");
	report_string(out, "test_output_format", "text");
	report_string(out, "test_name_format", "text");
	report_string(out, "visibility", "visible");
	report_string(out, "stdout_visibility", "hidden");
	writer_key(out, "extra_data");
	writer_open(out, '{');
	report_string(out, "engine", report->engine_version);
	report_string(out, "isolation", report->isolation);
	report_string(out, "scenario_hash", submission->scenario_hash);
	report_string(out, "events_hash", submission->events_hash);
	writer_close(out, '}');
	writer_key(out, "tests");
	writer_open(out, '[');
	for (uint32_t i = 0; i < submission->nr_results; i++)
		put_gradescope_test(out, submission, &report->properties[i],
				    &submission->results[i]);
	writer_close(out, ']');
	writer_close(out, '}');
}

void report_gradescope(struct json_writer *out,
		       const struct grade_report *report)
{
	put_each(out, report, put_gradescope);
}

/* -- check50 -------------------------------------------------------------- */

static void put_null(struct json_writer *out, const char *key)
{
	writer_key(out, key);
	writer_null(out);
}

/* true, false, or null: not checked. */
static void put_passed(struct json_writer *out, enum grade_verdict verdict)
{
	if (verdict == GRADE_NOT_RUN || verdict == GRADE_HIDDEN)
		put_null(out, "passed");
	else
		report_flag(out, "passed", verdict == GRADE_PASS);
}

static void put_cause(struct json_writer *out,
		      const struct grade_submission *submission,
		      const struct grade_result *result)
{
	if (result->verdict == GRADE_PASS) {
		put_null(out, "cause");
		return;
	}
	writer_key(out, "cause");
	writer_open(out, '{');
	put_output(out, "rationale", submission, result);
	put_null(out, "help");
	writer_close(out, '}');
}

static void put_check50_result(struct json_writer *out,
			       const struct grade_submission *submission,
			       const struct grade_property *property,
			       const struct grade_result *result)
{
	writer_open(out, '{');
	report_string(out, "name", property->id);
	report_string(out, "description", property->text);
	put_passed(out, result->verdict);
	writer_key(out, "log");
	writer_open(out, '[');
	writer_close(out, ']');
	put_cause(out, submission, result);
	writer_key(out, "data");
	writer_open(out, '{');
	report_points(out, "points", result->points);
	report_points(out, "max", property->max);
	writer_close(out, '}');
	put_null(out, "dependency");
	writer_close(out, '}');
}

static void put_check50(struct json_writer *out,
			const struct grade_report *report,
			const struct grade_submission *submission)
{
	writer_open(out, '{');
	report_string(out, "slug", report->assignment);
	writer_key(out, "results");
	writer_open(out, '[');
	for (uint32_t i = 0; i < submission->nr_results; i++)
		put_check50_result(out, submission, &report->properties[i],
				   &submission->results[i]);
	writer_close(out, ']');
	report_string(out, "version", report->engine_version);
	writer_close(out, '}');
}

void report_check50(struct json_writer *out, const struct grade_report *report)
{
	put_each(out, report, put_check50);
}
