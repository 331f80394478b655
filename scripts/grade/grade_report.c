/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade_report: the names, the memory and the hiding of results. */
#include "grade/grade_report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/writer.h"

/* -- names ---------------------------------------------------------------- */

/* In the order of their enumerators. */
static const char *const verdicts[NR_GRADE_VERDICTS] = { "pass",    "partial",
							 "fail",    "vacuous",
							 "not_run", "hidden" };
static const char *const outcomes[NR_GRADE_OUTCOMES] = {
	"passed", "failed",    "violation", "wrong",	"limit",     "crashed",
	"killed", "isolation", "file",	    "internal", "assignment"
};
static const char *const visibilities[NR_GRADE_VISIBILITIES] = {
	"visible", "hidden", "after_due_date", "after_published"
};
static const char *const feedbacks[NR_GRADE_FEEDBACKS] = { "full", "actual",
							   "none" };

const char *grade_verdict_name(uint32_t verdict)
{
	return verdicts[verdict];
}

const char *grade_outcome_name(uint32_t outcome)
{
	return outcomes[outcome];
}

const char *grade_visibility_name(uint32_t visibility)
{
	return visibilities[visibility];
}

const char *grade_feedback_name(uint32_t feedback)
{
	return feedbacks[feedback];
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

/* -- texts ---------------------------------------------------------------- */

char *grade_join(const char *text, ...)
{
	struct json_writer out = { .data = NULL };
	va_list args;

	va_start(args, text);
	for (; text; text = va_arg(args, const char *))
		writer_raw(&out, text, strlen(text));
	va_end(args);
	return writer_finish(&out);
}

bool grade_set_message(struct grade_result *r, enum grade_feedback feedback)
{
	const bool pass = r->verdict == GRADE_PASS;
	const char *actual = pass || feedback == GRADE_NONE ? "" : r->actual;
	const char *expected = pass || feedback != GRADE_FULL ? "" :
								r->expected;

	free(r->message);
	r->message = grade_join(actual, *actual && *expected ? "; " : "",
				*expected ? "expected: " : "", expected, NULL);
	return r->message;
}

const char *grade_base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

void grade_strip_folder(char *text, const char *path)
{
	const size_t length = (size_t)(grade_base_name(path) - path);

	if (!strncmp(text, path, length))
		memmove(text, text + length, strlen(text + length) + 1);
}

/* Write a blank and @text as one word of a shell. */
static void put_word(struct json_writer *out, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+=.,:/@%";
	const bool quoted = !*text || text[strspn(text, plain)];

	writer_raw(out, " '", 1u + quoted);
	for (; *text; text++)
		if (*text == '\'')
			writer_raw(out, "'\\''", 4);
		else
			writer_raw(out, text, 1);
	writer_raw(out, "'", quoted);
}

char *grade_play_command(const char *path, uint64_t seed,
			 const char *const *params, uint32_t step)
{
	const char *name = grade_base_name(path);
	char number[32],
		*file = grade_join(*name == '-' ? "./" : "", name, NULL);
	struct json_writer out = { .data = NULL };

	if (!file)
		return NULL;
	writer_raw(&out, "zonewalk play", 13);
	put_word(&out, file);
	free(file);
	if (seed != 1) {
		snprintf(number, sizeof(number), " --seed %" PRIu64, seed);
		writer_raw(&out, number, strlen(number));
	}
	for (; *params; params++) {
		writer_raw(&out, " --set", 6);
		put_word(&out, *params);
	}
	snprintf(number, sizeof(number), " --step %" PRIu32, step);
	writer_raw(&out, number, step ? strlen(number) : 0);
	return writer_finish(&out);
}

static int compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *grade_sort_ids(const char **ids, uint32_t nr)
{
	qsort(ids, nr, sizeof(*ids), compare_ids);
	for (uint32_t i = 1; i < nr; i++)
		if (!strcmp(ids[i - 1], ids[i]))
			return ids[i];
	return NULL;
}

/* -- memory --------------------------------------------------------------- */

bool grade_replace(char **place, const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		return false;
	free(*place);
	*place = copy;
	return true;
}

struct grade_result *grade_results_new(uint32_t nr)
{
	struct grade_result *results = calloc(nr + 1u, sizeof(*results));
	bool good = results;

	for (uint32_t i = 0; results && i < nr; i++) {
		struct grade_result *r = &results[i];

		r->verdict = GRADE_NOT_RUN;
		good = good && grade_replace(&r->actual, "") &&
		       grade_replace(&r->expected, "") &&
		       grade_replace(&r->message, "") &&
		       grade_replace(&r->command, "") &&
		       grade_replace(&r->missed_facts, "");
	}
	if (good)
		return results;
	grade_results_destroy(results, nr);
	return NULL;
}

void grade_results_destroy(struct grade_result *results, uint32_t nr)
{
	for (uint32_t i = 0; results && i < nr; i++) {
		free(results[i].actual);
		free(results[i].expected);
		free(results[i].message);
		free(results[i].command);
		free(results[i].missed_facts);
	}
	free(results);
}

bool grade_submission_init(struct grade_submission *s, const char *path,
			   const char *id, uint32_t nr_properties)
{
	*s = (struct grade_submission){
		.nr_results = nr_properties,
		.results = grade_results_new(nr_properties),
	};
	if (s->results && grade_replace(&s->id, id) &&
	    grade_replace(&s->path, path) && grade_replace(&s->limit, "") &&
	    grade_replace(&s->message, "") && grade_replace(&s->command, ""))
		return true;
	grade_submission_destroy(s);
	return false;
}

void grade_submission_destroy(struct grade_submission *s)
{
	grade_results_destroy(s->results, s->nr_results);
	for (uint32_t i = 0; s->runs && i < s->nr_runs; i++)
		free(s->runs[i].params);
	free(s->runs);
	free(s->id);
	free(s->path);
	free(s->limit);
	free(s->message);
	free(s->command);
	*s = (struct grade_submission){ .id = NULL };
}

void grade_report_destroy(struct grade_report *r)
{
	for (uint32_t i = 0; r->submissions && i < r->nr_submissions; i++)
		grade_submission_destroy(&r->submissions[i]);
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

/* -- hiding --------------------------------------------------------------- */

/* Texts become empty in place, so that no memory is needed. */
static void hide_result(struct grade_result *r)
{
	r->verdict = GRADE_HIDDEN;
	r->points = 0;
	r->actual[0] = '\0';
	r->expected[0] = '\0';
	r->message[0] = '\0';
	r->command[0] = '\0';
	r->missed_facts[0] = '\0';
	r->counterexample = (struct grade_counterexample){ .known = false };
	r->has_value = false;
	r->value = 0;
}

/* Remove what the feedback does not allow. */
static void hide_feedback(struct grade_result *r, enum grade_feedback feedback)
{
	if (feedback != GRADE_FULL)
		r->expected[0] = '\0';
	if (feedback == GRADE_NONE) {
		r->actual[0] = '\0';
		r->missed_facts[0] = '\0';
		r->has_value = false;
		r->value = 0;
	}
}

bool grade_is_hidden(const struct grade_property *property)
{
	return property->visibility != GRADE_VISIBLE;
}

bool grade_hide_submission(struct grade_submission *s,
			   const struct grade_property *properties)
{
	const bool graded = s->outcome <= GRADE_FAILED || s->hidden_cause;
	const char *command = "";

	if (graded) {
		s->outcome = GRADE_PASSED;
		s->hidden_cause = false;
		s->message[0] = s->limit[0] = '\0';
	}
	grade_strip_folder(s->path, s->path);
	s->points = s->max = 0;
	for (uint32_t i = 0; i < s->nr_results; i++) {
		struct grade_result *r = &s->results[i];

		if (grade_is_hidden(&properties[i])) {
			hide_result(r);
			continue;
		}
		hide_feedback(r, properties[i].feedback);
		s->points += r->points;
		s->max += properties[i].max;
		if (!graded || r->verdict == GRADE_PASS)
			continue;
		s->outcome = GRADE_FAILED;
		command = *command ? command : r->command;
	}
	return !graded || grade_replace(&s->command, command);
}

bool grade_hide(struct grade_report *report)
{
	unsigned int nr_hidden = 0;
	char id[24];
	bool good = true;

	report->hidden = true;
	report->max = 0;
	for (uint32_t i = 0; i < report->nr_properties; i++) {
		struct grade_property *p = &report->properties[i];

		if (grade_is_hidden(p)) {
			p->text[0] = '\0';
			p->max = 0;
			snprintf(id, sizeof(id), "hidden %u", ++nr_hidden);
			good = good && grade_replace(&p->id, id);
		}
		report->max += p->max;
	}
	for (uint32_t i = 0; i < report->nr_submissions; i++)
		good = good && grade_hide_submission(&report->submissions[i],
						     report->properties);
	return good;
}
