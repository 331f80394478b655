/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_merge: reports of parts of a class as one report. All must be of
 * the same assignment, version and isolation, because points of different
 * ones cannot be compared.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report_private.h"

static bool fail(struct file_error *error, const char *path, const char *what)
{
	struct json_writer out = { .data = NULL };
	char *clean;

	report_put(&out, path, ESCAPE_LINE);
	clean = writer_finish(&out);
	snprintf(error->text, sizeof(error->text), "%.250s: %s",
		 clean ? clean : "a report", what);
	free(clean);
	return false;
}

/* Are the two equal, apart from their submissions? */
static bool fits(const struct grade_report *a, const struct grade_report *b,
		 const char *path, struct file_error *error)
{
	const struct {
		bool same;
		const char *what;
	} checks[] = {
		{ !strcmp(a->assignment_hash, b->assignment_hash),
		  "a report of another assignment than the first report" },
		{ !strcmp(a->engine_version, b->engine_version),
		  "a report of another version of zonewalk than the first report" },
		{ a->hidden == b->hidden,
		  "only one of this and the first report hides properties" },
		{ !strcmp(a->isolation, b->isolation),
		  "graded with another isolation than the first report; grade all on equal machines" },
	};
	bool same = a->nr_properties == b->nr_properties;

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if (!checks[i].same)
			return fail(error, path, checks[i].what);
	for (uint32_t i = 0; same && i < a->nr_properties; i++)
		same = !strcmp(a->properties[i].id, b->properties[i].id) &&
		       a->properties[i].max == b->properties[i].max;
	return same ||
	       fail(error, path, "other properties than in the first report");
}

/* Has each submission its own id? */
static bool all_different(const struct grade_report *report, const char *path,
			  struct file_error *error)
{
	const uint32_t nr = report->nr_submissions;
	const char **ids = malloc(((size_t)nr + 1) * sizeof(*ids)), *twice;
	char what[160];

	if (!ids)
		return fail(error, path, "not enough memory");
	for (uint32_t i = 0; i < nr; i++)
		ids[i] = report->submissions[i].id;
	twice = grade_sort_ids(ids, nr);
	free(ids);
	if (!twice)
		return true;
	snprintf(what, sizeof(what),
		 "the submission \"%.80s\" is in these reports twice", twice);
	return fail(error, path, what);
}

/* Append the submissions of @from to those of @to. */
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

static bool open_report(const char *path, struct grade_report *report,
			struct file_error *error)
{
	struct document *d = document_open(path, error);

	*report = (struct grade_report){ .title = NULL };
	if (!d)
		return false;
	report_json_read(d, report);
	if (document_close(d))
		return true;
	grade_report_destroy(report);
	return false;
}

bool report_merge(const char *const *paths, uint32_t nr,
		  struct grade_report *report, struct file_error *error)
{
	struct grade_report next;
	bool ok = true;

	if (!nr)
		return fail(error, "merge", "at least one report is needed");
	if (!open_report(paths[0], report, error))
		return false;
	for (uint32_t i = 1; ok && i < nr; i++) {
		if (!open_report(paths[i], &next, error)) {
			ok = false;
			break;
		}
		ok = fits(report, &next, paths[i], error) &&
		     (take_submissions(report, &next) ||
		      fail(error, paths[i], "not enough memory"));
		grade_report_destroy(&next);
	}
	ok = ok && all_different(report, paths[nr - 1], error);
	if (!ok)
		grade_report_destroy(report);
	return ok;
}
