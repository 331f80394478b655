/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade_report: a report's words, points, and what must not be told. */
#include <stdlib.h>
#include <string.h>

#include "grade/grade.h"

/* -- words ---------------------------------------------------------------- */

const char *grade_verdict_name(enum grade_verdict verdict)
{
	static const char *const names[NR_GRADE_VERDICTS] = {
		[GRADE_PASS] = "pass",	     [GRADE_PARTIAL] = "partial",
		[GRADE_FAIL] = "fail",	     [GRADE_VACUOUS] = "vacuous",
		[GRADE_NOT_RUN] = "not_run", [GRADE_HIDDEN] = "hidden",
	};

	return names[verdict];
}

const char *grade_outcome_name(enum grade_outcome outcome)
{
	static const char *const names[NR_GRADE_OUTCOMES] = {
		[GRADE_PASSED] = "passed",
		[GRADE_FAILED] = "failed",
		[GRADE_VIOLATION] = "violation",
		[GRADE_WRONG] = "wrong",
		[GRADE_LIMIT] = "limit",
		[GRADE_CRASHED] = "crashed",
		[GRADE_KILLED] = "killed",
		[GRADE_ISOLATION] = "isolation",
		[GRADE_FILE] = "file",
		[GRADE_INTERNAL] = "internal",
		[GRADE_ASSIGNMENT] = "assignment",
	};

	return names[outcome];
}

const char *grade_visibility_name(enum grade_visibility visibility)
{
	static const char *const names[NR_GRADE_VISIBILITIES] = {
		[GRADE_VISIBLE] = "visible",
		[GRADE_HIDDEN_ALWAYS] = "hidden",
		[GRADE_AFTER_DUE_DATE] = "after_due_date",
		[GRADE_AFTER_PUBLISHED] = "after_published",
	};

	return names[visibility];
}

const char *grade_feedback_name(enum grade_feedback feedback)
{
	static const char *const names[NR_GRADE_FEEDBACKS] = {
		[GRADE_FULL] = "full",
		[GRADE_ACTUAL] = "actual",
		[GRADE_NONE] = "none",
	};

	return names[feedback];
}

const char *grade_points_text(centipoints_t points, char *buf, size_t size)
{
	int whole = points / 100, part = abs(points % 100);

	if (!part)
		snprintf(buf, size, "%d", whole);
	else if (part % 10)
		snprintf(buf, size, "%d.%02d", whole, part);
	else
		snprintf(buf, size, "%d.%d", whole, part / 10);
	return buf;
}

/* -- memory --------------------------------------------------------------- */

void grade_submission_fini(struct grade_submission *s)
{
	for (uint32_t i = 0; s->results && i < s->nr_results; i++) {
		free(s->results[i].actual);
		free(s->results[i].expected);
		free(s->results[i].message);
		free(s->results[i].command);
	}
	for (uint32_t i = 0; s->runs && i < s->nr_runs; i++)
		free(s->runs[i].params);
	free(s->results);
	free(s->runs);
	free(s->id);
	free(s->path);
	free(s->limit);
	free(s->message);
	free(s->command);
	*s = (struct grade_submission){ .id = NULL };
}

void grade_report_fini(struct grade_report *r)
{
	for (uint32_t i = 0; r->submissions && i < r->nr_submissions; i++)
		grade_submission_fini(&r->submissions[i]);
	for (uint32_t i = 0; r->properties && i < r->nr_properties; i++) {
		free(r->properties[i].id);
		free(r->properties[i].text);
	}
	free(r->submissions);
	free(r->properties);
	free(r->title);
	free(r->kind);
	free(r->assignment);
	free(r->engine_version);
	free(r->isolation);
	*r = (struct grade_report){ .title = NULL };
}

bool grade_all_passed(const struct grade_report *report)
{
	for (uint32_t i = 0; i < report->nr_submissions; i++)
		if (report->submissions[i].outcome != GRADE_PASSED)
			return false;
	return true;
}

/* -- hiding --------------------------------------------------------------- */

/* Texts only become shorter: what is there has room for "". */
static void hide_result(struct grade_result *r)
{
	r->verdict = GRADE_HIDDEN;
	r->points = 0;
	r->actual[0] = '\0';
	r->expected[0] = '\0';
	r->message[0] = '\0';
	r->command[0] = '\0';
	r->witness = (struct grade_witness){ .known = false };
	r->has_value = false;
	r->value = 0;
}

/* What feedback does not allow is not in the report either. */
static void hide_feedback(struct grade_result *r, enum grade_feedback feedback)
{
	if (feedback != GRADE_FULL)
		r->expected[0] = '\0';
	if (feedback == GRADE_NONE) {
		r->actual[0] = '\0';
		r->has_value = false;
		r->value = 0;
	}
}

/*
 * The submission's own command leads to its first witness; when that one is
 * hidden it leads to the first that is not, or nowhere.
 */
static void hide_command(struct grade_submission *s)
{
	const char *shown = "";

	for (uint32_t i = 0; i < s->nr_results && !*shown; i++)
		if (s->results[i].verdict != GRADE_PASS)
			shown = s->results[i].command;
	if (s->outcome != GRADE_FAILED || strlen(shown) > strlen(s->command))
		return; /* a violation's is nobody's secret */
	strcpy(s->command, shown);
}

bool grade_hide(struct grade_report *report)
{
	unsigned int nr_hidden = 0;

	report->hidden = true;
	for (uint32_t p = 0; p < report->nr_properties; p++) {
		struct grade_property *property = &report->properties[p];
		bool hidden = property->visibility != GRADE_VISIBLE;
		char id[24];

		snprintf(id, sizeof(id), "hidden %u", ++nr_hidden);
		for (uint32_t i = 0; i < report->nr_submissions; i++) {
			struct grade_submission *s = &report->submissions[i];

			if (p >= s->nr_results)
				continue;
			if (hidden)
				hide_result(&s->results[p]);
			else
				hide_feedback(&s->results[p],
					      property->feedback);
		}
		if (!hidden) {
			nr_hidden--;
			continue;
		}
		property->text[0] = '\0';
		free(property->id);
		property->id = strdup(id);
		if (!property->id)
			return false; /* better none than a secret told */
	}
	for (uint32_t i = 0; i < report->nr_submissions; i++)
		hide_command(&report->submissions[i]);
	return true;
}
