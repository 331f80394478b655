/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grade_class: what a report says about the class, and the CSV. */
#include <stdlib.h>
#include <string.h>

#include "grade/grade.h"
#include "report/report_private.h"

uint32_t grade_nr_missed(const struct grade_report *report, uint32_t i)
{
	uint32_t nr = 0;

	for (uint32_t s = 0; s < report->nr_submissions; s++) {
		const struct grade_submission *one = &report->submissions[s];

		nr += i >= one->nr_results ||
		      one->results[i].verdict != GRADE_PASS;
	}
	return nr;
}

struct hashed {
	const char *hash;
	uint32_t index;
};

static int compare_hashed(const void *a, const void *b)
{
	const struct hashed *x = a, *y = b;
	int order = strcmp(x->hash, y->hash);

	return order ? order : x->index < y->index ? -1 : x->index > y->index;
}

void grade_groups(const struct grade_report *report, uint32_t *group)
{
	uint32_t nr = report->nr_submissions;
	struct hashed *list = calloc(nr + 1, sizeof(*list));

	for (uint32_t i = 0; i < nr; i++)
		group[i] = i;
	if (!list)
		return; /* nobody is grouped: said nothing wrong */
	for (uint32_t i = 0; i < nr; i++)
		list[i] = (struct hashed){ report->submissions[i].events_hash,
					   i };
	qsort(list, nr, sizeof(*list), compare_hashed);
	for (uint32_t i = 1; i < nr; i++)
		if (*list[i].hash && !strcmp(list[i].hash, list[i - 1].hash))
			group[list[i].index] = group[list[i - 1].index];
	free(list);
}

/* -- csv ------------------------------------------------------------------ */

/*
 * Quoted when it must be. What a spreadsheet would take for a formula gets
 * an apostrophe before it: ids are file names, and students name files.
 */
static void csv_text(FILE *out, const char *text)
{
	struct json_text clean = { .data = NULL };
	char *line;

	report_put(&clean, text, ESCAPE_LINE);
	line = text_finish(&clean);
	fputc('"', out);
	if (*text && strchr("=+-@\t\r", *text))
		fputc('\'', out);
	for (const char *p = line ? line : "?"; *p; p++) {
		if (*p == '"')
			fputc('"', out);
		fputc(*p, out);
	}
	fputc('"', out);
	free(line);
}

static void csv_points(FILE *out, centipoints_t points)
{
	char text[16];

	fputs(grade_points_text(points, text, sizeof(text)), out);
}

/* Does property @i measure something? */
static bool has_values(const struct grade_report *report, uint32_t i)
{
	for (uint32_t s = 0; s < report->nr_submissions; s++)
		if (i < report->submissions[s].nr_results &&
		    report->submissions[s].results[i].has_value)
			return true;
	return false;
}

static void csv_head(const struct grade_report *report, FILE *out)
{
	fputs("id,outcome,points,max", out);
	for (uint32_t i = 0; i < report->nr_properties; i++) {
		fputc(',', out);
		csv_text(out, report->properties[i].id);
		if (!has_values(report, i))
			continue;
		fputc(',', out);
		fprintf(out, "\"value %u\"", i + 1);
	}
	fputs(",events_hash\n", out);
}

static void csv_result(const struct grade_report *report,
		       const struct grade_submission *s, uint32_t i, FILE *out)
{
	const struct grade_result *r = i < s->nr_results ? &s->results[i] :
							   NULL;

	fputc(',', out);
	if (r && r->verdict != GRADE_HIDDEN)
		csv_points(out, r->points);
	if (!has_values(report, i))
		return;
	fputc(',', out);
	if (r && r->has_value)
		fprintf(out, "%.14g", r->value);
}

void grade_csv(const struct grade_report *report, FILE *out)
{
	csv_head(report, out);
	for (uint32_t s = 0; s < report->nr_submissions; s++) {
		const struct grade_submission *one = &report->submissions[s];

		csv_text(out, one->id);
		fprintf(out, ",%s%s%s,", grade_outcome_name(one->outcome),
			*one->limit ? " " : "", one->limit);
		csv_points(out, one->points);
		fputc(',', out);
		csv_points(out, one->max);
		for (uint32_t i = 0; i < report->nr_properties; i++)
			csv_result(report, one, i, out);
		fprintf(out, ",%s\n", one->events_hash);
	}
}
