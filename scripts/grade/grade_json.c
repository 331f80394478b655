/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade_json: each struct of a report as a table of its JSON members. */
#include "grade/grade_json.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_TEXT_BYTES = 1 << 20,
	MAX_RUNS = 10000,
	MAX_POINTS = 10000000, /* in hundredths, they fit int32_t */
};

/* -- the tables ------------------------------------------------------------ */

#define MEMBER(type, member, kind, key)                                        \
	{                                                                      \
		key, kind, offsetof(struct type, member), NULL, 0              \
	}
#define ENUM(type, member, nr)                                                 \
	{                                                                      \
#member, MEMBER_ENUM, offsetof(struct type, member),           \
			grade_##member##_name, nr                              \
	}

const struct member grade_report_members[] = {
	MEMBER(grade_report, title, MEMBER_TEXT, "title"),
	MEMBER(grade_report, kind, MEMBER_TEXT_OR_NULL, "kind"),
	MEMBER(grade_report, assignment, MEMBER_TEXT, "assignment"),
	MEMBER(grade_report, assignment_hash, MEMBER_HASH, "assignment_hash"),
	MEMBER(grade_report, engine_version, MEMBER_TEXT, "engine"),
	MEMBER(grade_report, isolation, MEMBER_TEXT, "isolation"),
	MEMBER(grade_report, hidden, MEMBER_FLAG, "hidden"),
	MEMBER(grade_report, max, MEMBER_POINTS, "max"),
	{ .key = NULL },
};

const struct member grade_property_members[] = {
	MEMBER(grade_property, id, MEMBER_TEXT, "id"),
	MEMBER(grade_property, text, MEMBER_TEXT, "text"),
	MEMBER(grade_property, max, MEMBER_POINTS, "max"),
	ENUM(grade_property, visibility, NR_GRADE_VISIBILITIES),
	ENUM(grade_property, feedback, NR_GRADE_FEEDBACKS),
	{ .key = NULL },
};

static const struct member submission_members[] = {
	MEMBER(grade_submission, id, MEMBER_TEXT, "id"),
	MEMBER(grade_submission, path, MEMBER_TEXT, "path"),
	ENUM(grade_submission, outcome, NR_GRADE_OUTCOMES),
	MEMBER(grade_submission, limit, MEMBER_TEXT_OR_NULL, "limit"),
	MEMBER(grade_submission, message, MEMBER_TEXT_OR_NULL, "message"),
	MEMBER(grade_submission, hidden_cause, MEMBER_FLAG, "hidden_cause"),
	MEMBER(grade_submission, command, MEMBER_TEXT_OR_NULL, "command"),
	MEMBER(grade_submission, points, MEMBER_POINTS, "points"),
	MEMBER(grade_submission, max, MEMBER_POINTS, "max"),
	MEMBER(grade_submission, scenario_hash, MEMBER_HASH, "scenario_hash"),
	MEMBER(grade_submission, events_hash, MEMBER_HASH, "events_hash"),
	{ .key = NULL },
};

static const struct member run_members[] = {
	MEMBER(grade_submission_run, seed, MEMBER_SEED, "seed"),
	MEMBER(grade_submission_run, params, MEMBER_TEXT, "params"),
	MEMBER(grade_submission_run, nr_requests, MEMBER_COUNT, "requests"),
	MEMBER(grade_submission_run, nr_steps, MEMBER_COUNT, "steps"),
	MEMBER(grade_submission_run, events_hash, MEMBER_HASH, "events_hash"),
	{ .key = NULL },
};

static const struct member result_members[] = {
	ENUM(grade_result, verdict, NR_GRADE_VERDICTS),
	MEMBER(grade_result, points, MEMBER_POINTS, "points"),
	MEMBER(grade_result, actual, MEMBER_TEXT, "actual"),
	MEMBER(grade_result, expected, MEMBER_TEXT, "expected"),
	MEMBER(grade_result, message, MEMBER_TEXT, "message"),
	MEMBER(grade_result, command, MEMBER_TEXT_OR_NULL, "command"),
	MEMBER(grade_result, missed_facts, MEMBER_TEXT, "missed_facts"),
	{ .key = NULL },
};

static const struct member counterexample_members[] = {
	{ "run", MEMBER_COUNT, offsetof(struct grade_counterexample, run), NULL,
	  MAX_RUNS },
	MEMBER(grade_counterexample, machine, MEMBER_COUNT, "machine"),
	MEMBER(grade_counterexample, request, MEMBER_COUNT, "request"),
	MEMBER(grade_counterexample, step, MEMBER_COUNT, "step"),
	{ .key = NULL },
};

/* -- writing --------------------------------------------------------------- */

static void put_raw(struct json_writer *out, const char *text)
{
	writer_raw(out, text, strlen(text));
	out->comma = true;
}

static void put_text(struct json_writer *out, const char *text, bool or_null)
{
	if (or_null && !*text)
		writer_null(out);
	else
		writer_string(out, text);
}

static void put_member(struct json_writer *out, const void *field,
		       const struct member *m)
{
	char points[16];

	writer_key(out, m->key);
	switch (m->kind) {
	case MEMBER_TEXT:
	case MEMBER_TEXT_OR_NULL:
		put_text(out, *(char *const *)field,
			 m->kind == MEMBER_TEXT_OR_NULL);
		break;
	case MEMBER_HASH:
		put_text(out, field, true);
		break;
	case MEMBER_POINTS:
		put_raw(out, grade_points_text(*(const centipoints_t *)field,
					       points, sizeof(points)));
		break;
	case MEMBER_COUNT:
		writer_i64(out, *(const uint32_t *)field);
		break;
	case MEMBER_SEED:
		writer_u64(out, *(const uint64_t *)field);
		break;
	case MEMBER_FLAG:
		writer_bool(out, *(const bool *)field);
		break;
	case MEMBER_ENUM:
		writer_string(out, m->name(*(const uint32_t *)field));
		break;
	}
}

void grade_json_put(struct json_writer *out, const void *object,
		    const struct member *m)
{
	for (; m->key; m++)
		put_member(out, (const char *)object + m->offset, m);
}

static void put_result(struct json_writer *out,
		       const struct grade_result *result,
		       const struct grade_property *property)
{
	char value[32];

	writer_open(out, '{');
	writer_key(out, "property");
	writer_string(out, property->id);
	grade_json_put(out, result, result_members);
	writer_key(out, "counterexample");
	if (result->counterexample.known) {
		writer_open(out, '{');
		grade_json_put(out, &result->counterexample,
			       counterexample_members);
		writer_close(out, '}');
	} else {
		writer_null(out);
	}
	writer_key(out, "value");
	/* 17 digits are enough to read back the same number */
	snprintf(value, sizeof(value), "%.17g", result->value);
	put_raw(out,
		result->has_value && isfinite(result->value) ? value : "null");
	writer_close(out, '}');
}

void grade_json_submission(struct json_writer *out,
			   const struct grade_submission *s,
			   const struct grade_property *properties,
			   const char *same_as)
{
	writer_open(out, '{');
	grade_json_put(out, s, submission_members);
	writer_key(out, "same_as");
	writer_string(out, same_as);
	writer_key(out, "runs");
	writer_open(out, '[');
	for (uint32_t i = 0; i < s->nr_runs; i++) {
		writer_open(out, '{');
		grade_json_put(out, &s->runs[i], run_members);
		writer_close(out, '}');
	}
	writer_close(out, ']');
	writer_key(out, "results");
	writer_open(out, '[');
	for (uint32_t i = 0; i < s->nr_results; i++)
		put_result(out, &s->results[i], &properties[i]);
	writer_close(out, ']');
	writer_close(out, '}');
}

/* -- reading --------------------------------------------------------------- */

/* Never NULL, unless memory is short, and then the document fails. */
static char *get_text(struct document *d, const char *key, bool or_null)
{
	char *text = or_null && document_is_null(d, key) ?
			     strdup("") :
			     document_string(d, key, MAX_TEXT_BYTES);

	if (!text)
		document_fail(d, key, "not enough memory");
	return text;
}

static void get_hash(struct document *d, const char *key, char hash[SHA256_HEX])
{
	char *text = get_text(d, key, true);
	const size_t length = text ? strlen(text) : 0;

	hash[0] = '\0';
	if (length && (length != SHA256_HEX - 1 ||
		       strspn(text, "0123456789abcdef") != length))
		document_fail(d, key, "64 hex digits or null are expected");
	else if (length)
		memcpy(hash, text, SHA256_HEX);
	free(text);
}

static void get_member(struct document *d, void *field, const struct member *m)
{
	double points;

	switch (m->kind) {
	case MEMBER_TEXT:
	case MEMBER_TEXT_OR_NULL:
		*(char **)field =
			get_text(d, m->key, m->kind == MEMBER_TEXT_OR_NULL);
		break;
	case MEMBER_HASH:
		get_hash(d, m->key, field);
		break;
	case MEMBER_POINTS:
		points = document_number(d, m->key, -MAX_POINTS, MAX_POINTS);
		*(centipoints_t *)field =
			(centipoints_t)(points * 100 +
					(points < 0 ? -0.5 : 0.5));
		break;
	case MEMBER_COUNT:
		*(uint32_t *)field = (uint32_t)document_i64(
			d, m->key, 0, m->most ? m->most : UINT32_MAX);
		break;
	case MEMBER_SEED:
		*(uint64_t *)field = document_u64(d, m->key);
		break;
	case MEMBER_FLAG:
		*(bool *)field = document_bool(d, m->key);
		break;
	case MEMBER_ENUM:
		*(uint32_t *)field = document_enum(d, m->key, m->name, m->most);
		break;
	}
}

void grade_json_get(struct document *d, void *object, const struct member *m)
{
	for (; m->key; m++)
		get_member(d, (char *)object + m->offset, m);
}

void *grade_json_room(struct document *d, const char *key, uint32_t max,
		      size_t size, uint32_t *nr)
{
	void *room;

	*nr = document_length(d, key, max);
	room = *nr ? calloc(*nr, size) : NULL;
	if (*nr && !room) {
		*nr = 0;
		document_fail(d, key, "not enough memory");
	}
	return room;
}

static void get_result(struct document *d, struct grade_result *result,
		       const struct grade_property *property)
{
	char *id = get_text(d, "property", false);

	if (id && strcmp(id, property->id))
		document_fail(d, "property", "the properties are not in order");
	free(id);
	grade_json_get(d, result, result_members);
	if (!document_is_null(d, "counterexample") &&
	    document_enter(d, "counterexample")) {
		result->counterexample.known = true;
		grade_json_get(d, &result->counterexample,
			       counterexample_members);
		document_leave(d);
	}
	result->has_value = !document_is_null(d, "value");
	if (result->has_value)
		result->value = document_number(d, "value", -DBL_MAX, DBL_MAX);
}

void grade_json_read_submission(struct document *d, struct grade_submission *s,
				const struct grade_property *properties,
				uint32_t nr_properties)
{
	uint32_t i = 0;

	grade_json_get(d, s, submission_members);
	free(get_text(d, "same_as", false));
	s->runs = grade_json_room(d, "runs", MAX_RUNS, sizeof(*s->runs),
				  &s->nr_runs);
	for (bool more = document_list(d, "runs", MAX_RUNS); more;
	     more = document_next(d))
		grade_json_get(d, &s->runs[i++], run_members);
	s->results = grade_json_room(d, "results", GRADE_MAX_PROPERTIES,
				     sizeof(*s->results), &s->nr_results);
	if (s->nr_results && s->nr_results != nr_properties)
		document_fail(d, "results",
			      "one result per property is expected");
	i = 0;
	for (bool more = document_list(d, "results", GRADE_MAX_PROPERTIES);
	     more; more = document_next(d), i++)
		get_result(d, &s->results[i], &properties[i]);
}
