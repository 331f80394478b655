/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_own: a grade report as our own JSON, zonewalk/grade/1: everything
 * that it knows, and what is needed to grade it once more. Its schema is
 * docs/schemas/grade-1.json; report_merge.c reads it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report_private.h"

/* A text that may be missing. */
static void exact_or_null(struct json_text *out, const char *key,
			  const char *value)
{
	if (*value) {
		report_exact(out, key, value);
		return;
	}
	text_key(out, key);
	text_null(out);
}

static void put_properties(struct json_text *out,
			   const struct grade_report *report)
{
	text_key(out, "properties");
	text_open(out, '[');
	for (uint32_t i = 0; i < report->nr_properties; i++) {
		const struct grade_property *p = &report->properties[i];

		text_open(out, '{');
		report_exact(out, "id", p->id);
		report_exact(out, "text", p->text);
		report_points(out, "max", p->max);
		report_exact(out, "visibility",
			     grade_visibility_name(p->visibility));
		report_exact(out, "feedback", grade_feedback_name(p->feedback));
		report_number(out, "missed", grade_nr_missed(report, i));
		text_close(out, '}');
	}
	text_close(out, ']');
}

static void put_witness(struct json_text *out,
			const struct grade_witness *witness)
{
	text_key(out, "witness");
	if (!witness->known) {
		text_null(out);
		return;
	}
	text_open(out, '{');
	report_number(out, "run", witness->run);
	report_number(out, "machine", witness->machine);
	report_number(out, "request", witness->request);
	report_number(out, "step", witness->step);
	text_close(out, '}');
}

/* With as many digits as bring it back exactly. */
static void put_value(struct json_text *out, const struct grade_result *result)
{
	text_key(out, "value");
	if (!result->has_value || !isfinite(result->value)) {
		text_null(out);
		return;
	}
	report_say(out, "%.17g", result->value);
	out->comma = true;
}

static void put_result(struct json_text *out,
		       const struct grade_property *property,
		       const struct grade_result *result)
{
	text_open(out, '{');
	report_exact(out, "property", property->id);
	report_exact(out, "verdict", grade_verdict_name(result->verdict));
	report_points(out, "points", result->points);
	report_exact(out, "actual", result->actual);
	report_exact(out, "expected", result->expected);
	report_exact(out, "message", result->message);
	exact_or_null(out, "command", result->command);
	put_witness(out, &result->witness);
	put_value(out, result);
	text_close(out, '}');
}

static void put_rerun(struct json_text *out, const struct grade_rerun *run)
{
	text_open(out, '{');
	text_key(out, "seed");
	text_u64(out, run->seed);
	report_exact(out, "params", run->params);
	report_number(out, "requests", run->nr_requests);
	report_number(out, "steps", run->nr_steps);
	exact_or_null(out, "events_hash", run->events_hash);
	text_close(out, '}');
}

static void put_submission(struct json_text *out,
			   const struct grade_report *report, uint32_t i,
			   uint32_t same)
{
	const struct grade_submission *s = &report->submissions[i];

	text_open(out, '{');
	report_exact(out, "id", s->id);
	report_exact(out, "path", s->path);
	report_exact(out, "outcome", grade_outcome_name(s->outcome));
	exact_or_null(out, "limit", s->limit);
	exact_or_null(out, "message", s->message);
	exact_or_null(out, "command", s->command);
	report_points(out, "points", s->points);
	report_points(out, "max", s->max);
	exact_or_null(out, "scenario_hash", s->scenario_hash);
	exact_or_null(out, "events_hash", s->events_hash);
	report_exact(out, "same_as", report->submissions[same].id);
	text_key(out, "runs");
	text_open(out, '[');
	for (uint32_t k = 0; k < s->nr_runs; k++)
		put_rerun(out, &s->runs[k]);
	text_close(out, ']');
	text_key(out, "results");
	text_open(out, '[');
	for (uint32_t k = 0; k < s->nr_results; k++)
		put_result(out, &report->properties[k], &s->results[k]);
	text_close(out, ']');
	text_close(out, '}');
}

static void put_submissions(struct json_text *out,
			    const struct grade_report *report)
{
	uint32_t *group =
		calloc((size_t)report->nr_submissions + 1, sizeof(*group));

	if (!group) {
		out->failed = true;
		return;
	}
	grade_groups(report, group);
	text_key(out, "submissions");
	text_open(out, '[');
	for (uint32_t i = 0; i < report->nr_submissions; i++)
		put_submission(out, report, i, group[i]);
	text_close(out, ']');
	free(group);
}

void report_own(struct json_text *out, const struct grade_report *report)
{
	text_open(out, '{');
	report_exact(out, "schema", REPORT_SCHEMA);
	report_exact(out, "title", report->title);
	exact_or_null(out, "kind", report->kind);
	report_exact(out, "assignment", report->assignment);
	exact_or_null(out, "assignment_hash", report->assignment_hash);
	report_exact(out, "engine", report->engine_version);
	report_exact(out, "isolation", report->isolation);
	report_flag(out, "hidden", report->hidden);
	report_points(out, "max", report->max);
	put_properties(out, report);
	put_submissions(out, report);
	text_close(out, '}');
	text_raw(out, "\n", 1);
}
