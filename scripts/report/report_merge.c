/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_merge: several reports of one assignment as one. Each comes from a
 * task that graded a part of the class; all must have been made by the same
 * program from the same assignment, or their points mean different things.
 */
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/document.h"
#include "report/report_private.h"

enum {
	TEXT_BYTES = 1 << 20, /* of one string */
	PROPERTIES = 10000,
	SUBMISSIONS = 1000000,
	RUNS = 10000,
	POINTS = 10000000, /* 1e7 points are a number of int32 hundredths */
};

/* -- values --------------------------------------------------------------- */

static char *nothing(void)
{
	return calloc(1, 1);
}

/* Never NULL, unless memory is short, which the document is told. */
static char *read_text(struct doc *d, const char *key)
{
	char *text = doc_string(d, key, TEXT_BYTES);

	if (!text)
		doc_fail(d, key, "no memory");
	return text;
}

static char *read_text_or_null(struct doc *d, const char *key)
{
	char *text = doc_is_null(d, key) ? nothing() : read_text(d, key);

	if (!text)
		doc_fail(d, key, "no memory");
	return text;
}

static centipoints_t read_points(struct doc *d, const char *key)
{
	double points = doc_number(d, key, -POINTS, POINTS);

	return (centipoints_t)(points * 100 + (points < 0 ? -0.5 : 0.5));
}

/* 64 hex digits, or nothing. */
static void read_hash(struct doc *d, const char *key, char hash[65])
{
	char *text = read_text_or_null(d, key);
	const size_t length = text ? strlen(text) : 0;

	hash[0] = '\0';
	if (length && (length != 64 || strspn(text, "0123456789abcdef") != 64))
		doc_fail(d, key, "64 hex digits or null are expected");
	else if (length)
		memcpy(hash, text, 65);
	free(text);
}

static const char *verdict_name(uint32_t i)
{
	return grade_verdict_name((enum grade_verdict)i);
}

static const char *outcome_name(uint32_t i)
{
	return grade_outcome_name((enum grade_outcome)i);
}

static const char *visibility_name(uint32_t i)
{
	return grade_visibility_name((enum grade_visibility)i);
}

static const char *feedback_name(uint32_t i)
{
	return grade_feedback_name((enum grade_feedback)i);
}

/* Room for the list at @key; NULL with 0 in *@nr: none needed, or none. */
static void *read_room(struct doc *d, const char *key, uint32_t max,
		       size_t size, uint32_t *nr)
{
	void *room;

	*nr = doc_length(d, key, max);
	room = *nr ? calloc(*nr, size) : NULL;
	if (*nr && !room) {
		*nr = 0;
		doc_fail(d, key, "no memory");
	}
	return room;
}

/* -- a report ------------------------------------------------------------- */

static void read_properties(struct doc *d, struct grade_report *report)
{
	uint32_t i = 0;

	report->properties = read_room(d, "properties", PROPERTIES,
				       sizeof(*report->properties),
				       &report->nr_properties);
	for (bool more = doc_list(d, "properties", PROPERTIES); more;
	     more = doc_next(d)) {
		struct grade_property *p = &report->properties[i++];

		p->id = read_text(d, "id");
		p->text = read_text(d, "text");
		p->max = read_points(d, "max");
		p->visibility = doc_word(d, "visibility", visibility_name,
					 NR_GRADE_VISIBILITIES);
		p->feedback = doc_word(d, "feedback", feedback_name,
				       NR_GRADE_FEEDBACKS);
		doc_whole(d, "missed", 0, SUBMISSIONS);
	}
}

static void read_witness(struct doc *d, struct grade_witness *witness)
{
	if (doc_is_null(d, "witness") || !doc_enter(d, "witness"))
		return;
	witness->known = true;
	witness->run = (uint32_t)doc_whole(d, "run", 0, RUNS);
	witness->machine = (uint32_t)doc_whole(d, "machine", 0, UINT32_MAX);
	witness->request = (uint32_t)doc_whole(d, "request", 0, UINT32_MAX);
	witness->step = (uint32_t)doc_whole(d, "step", 0, UINT32_MAX);
	doc_leave(d);
}

static void read_result(struct doc *d, struct grade_result *result,
			const char *property)
{
	char *id = read_text(d, "property");

	if (id && strcmp(id, property))
		doc_fail(d, "property",
			 "the properties are not in their order");
	free(id);
	result->verdict =
		doc_word(d, "verdict", verdict_name, NR_GRADE_VERDICTS);
	result->points = read_points(d, "points");
	result->actual = read_text(d, "actual");
	result->expected = read_text(d, "expected");
	result->message = read_text(d, "message");
	result->command = read_text_or_null(d, "command");
	read_witness(d, &result->witness);
	result->has_value = !doc_is_null(d, "value");
	if (result->has_value)
		result->value = doc_number(d, "value", -DBL_MAX, DBL_MAX);
}

static void read_runs(struct doc *d, struct grade_submission *s)
{
	uint32_t i = 0;

	s->runs = read_room(d, "runs", RUNS, sizeof(*s->runs), &s->nr_runs);
	for (bool more = doc_list(d, "runs", RUNS); more; more = doc_next(d)) {
		struct grade_rerun *run = &s->runs[i++];

		run->seed = doc_wide(d, "seed");
		run->params = read_text(d, "params");
		run->nr_requests =
			(uint32_t)doc_whole(d, "requests", 0, UINT32_MAX);
		run->nr_steps = (uint32_t)doc_whole(d, "steps", 0, UINT32_MAX);
		read_hash(d, "events_hash", run->events_hash);
	}
}

static void read_results(struct doc *d, const struct grade_report *report,
			 struct grade_submission *s)
{
	uint32_t i = 0;

	s->results = read_room(d, "results", PROPERTIES, sizeof(*s->results),
			       &s->nr_results);
	if (s->nr_results && s->nr_results != report->nr_properties)
		doc_fail(d, "results", "not one for each property");
	for (bool more = doc_list(d, "results", PROPERTIES); more;
	     more = doc_next(d), i++)
		read_result(d, &s->results[i], report->properties[i].id);
}

static void read_submission(struct doc *d, const struct grade_report *report,
			    struct grade_submission *s)
{
	s->id = read_text(d, "id");
	s->path = read_text(d, "path");
	s->outcome = doc_word(d, "outcome", outcome_name, NR_GRADE_OUTCOMES);
	s->limit = read_text_or_null(d, "limit");
	s->message = read_text_or_null(d, "message");
	s->command = read_text_or_null(d, "command");
	s->points = read_points(d, "points");
	s->max = read_points(d, "max");
	read_hash(d, "scenario_hash", s->scenario_hash);
	read_hash(d, "events_hash", s->events_hash);
	free(read_text(d, "same_as"));
	read_runs(d, s);
	read_results(d, report, s);
}

static void read_submissions(struct doc *d, struct grade_report *report)
{
	uint32_t i = 0;

	report->submissions = read_room(d, "submissions", SUBMISSIONS,
					sizeof(*report->submissions),
					&report->nr_submissions);
	for (bool more = doc_list(d, "submissions", SUBMISSIONS); more;
	     more = doc_next(d))
		read_submission(d, report, &report->submissions[i++]);
}

static void read_report(struct doc *d, struct grade_report *report)
{
	char *schema = read_text(d, "schema");

	if (schema && strcmp(schema, REPORT_SCHEMA))
		doc_fail(d, "schema",
			 "\"" REPORT_SCHEMA "\" is expected: "
			 "zonewalk grade --format json writes "
			 "such reports");
	free(schema);
	report->title = read_text(d, "title");
	report->kind = read_text_or_null(d, "kind");
	report->assignment = read_text(d, "assignment");
	read_hash(d, "assignment_hash", report->assignment_hash);
	report->engine_version = read_text(d, "engine");
	report->isolation = read_text(d, "isolation");
	report->hidden = doc_flag(d, "hidden");
	report->max = read_points(d, "max");
	read_properties(d, report);
	read_submissions(d, report);
}

/* -- several -------------------------------------------------------------- */

static bool fail(struct file_error *error, const char *path, const char *what)
{
	struct json_text out = { .data = NULL };
	char *clean;

	report_put(&out, path, ESCAPE_LINE);
	clean = text_finish(&out);
	snprintf(error->text, sizeof(error->text), "%.250s: %s",
		 clean ? clean : "a report", what);
	free(clean);
	return false;
}

/* May the two be one report? What stands above the submissions is equal. */
static bool fits(const struct grade_report *a, const struct grade_report *b,
		 const char *path, struct file_error *error)
{
	bool same = a->nr_properties == b->nr_properties;

	if (strcmp(a->assignment_hash, b->assignment_hash))
		return fail(error, path,
			    "it is a report of another "
			    "assignment than the first one");
	if (strcmp(a->engine_version, b->engine_version))
		return fail(error, path,
			    "it was made by another version of "
			    "zonewalk than the first one");
	if (a->hidden != b->hidden)
		return fail(error, path,
			    "of this and the first report, one "
			    "hides properties and one does not");
	if (strcmp(a->isolation, b->isolation))
		return fail(error, path,
			    "it was graded under another "
			    "isolation than the first one; grade "
			    "all on machines that can the same");
	for (uint32_t i = 0; same && i < a->nr_properties; i++)
		same = !strcmp(a->properties[i].id, b->properties[i].id) &&
		       a->properties[i].max == b->properties[i].max;
	return same || fail(error, path,
			    "its properties are not those of the "
			    "first report");
}

static int by_id(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Nobody twice: which of the two would count? */
static bool all_different(const struct grade_report *report, const char *path,
			  struct file_error *error)
{
	const uint32_t nr = report->nr_submissions;
	const char **ids = malloc(((size_t)nr + 1) * sizeof(*ids));
	char what[160];
	bool ok = true;

	if (!ids)
		return fail(error, path, "no memory");
	for (uint32_t i = 0; i < nr; i++)
		ids[i] = report->submissions[i].id;
	qsort(ids, nr, sizeof(*ids), by_id);
	for (uint32_t i = 1; ok && i < nr; i++) {
		if (strcmp(ids[i - 1], ids[i]))
			continue;
		snprintf(what, sizeof(what),
			 "the submission \"%.80s\" stands "
			 "in these reports twice",
			 ids[i]);
		ok = fail(error, path, what);
	}
	free(ids);
	return ok;
}

/* @from's submissions go behind @to's. */
static bool take_submissions(struct grade_report *to, struct grade_report *from)
{
	const size_t nr = (size_t)to->nr_submissions + from->nr_submissions;
	struct grade_submission *all;

	if (!from->nr_submissions)
		return true;
	all = realloc(to->submissions, nr * sizeof(*all));
	if (!all)
		return false;
	memcpy(all + to->nr_submissions, from->submissions,
	       from->nr_submissions * sizeof(*all));
	to->submissions = all;
	to->nr_submissions = (uint32_t)nr;
	from->nr_submissions = 0;
	return true;
}

static bool read_file(const char *path, struct grade_report *report,
		      struct file_error *error)
{
	struct doc *d = doc_open(path, error);

	*report = (struct grade_report){ .title = NULL };
	if (!d)
		return false;
	read_report(d, report);
	if (doc_close(d))
		return true;
	grade_report_fini(report);
	return false;
}

bool report_merge(const char *const *paths, uint32_t nr,
		  struct grade_report *report, struct file_error *error)
{
	struct grade_report next;
	bool ok = true;

	if (!nr)
		return fail(error, "merge", "at least one report is needed");
	if (!read_file(paths[0], report, error))
		return false;
	for (uint32_t i = 1; ok && i < nr; i++) {
		if (!read_file(paths[i], &next, error)) {
			ok = false;
			break;
		}
		ok = fits(report, &next, paths[i], error) &&
		     (take_submissions(report, &next) ||
		      fail(error, paths[i], "no memory"));
		grade_report_fini(&next);
	}
	ok = ok && all_different(report, paths[nr - 1], error);
	if (!ok)
		grade_report_fini(report);
	return ok;
}
