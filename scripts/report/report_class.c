/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_class: groups of equal submissions, and the class as CSV. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report_private.h"

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

uint32_t *report_groups(const struct grade_report *report)
{
	const size_t nr = report->nr_submissions;
	struct hashed *list = calloc(nr + 1, sizeof(*list));
	uint32_t *group = calloc(nr + 1, sizeof(*group));

	if (!list || !group) {
		free(list);
		free(group);
		return NULL;
	}
	for (uint32_t i = 0; i < nr; i++) {
		group[i] = i;
		list[i] = (struct hashed){ report->submissions[i].events_hash,
					   i };
	}
	qsort(list, nr, sizeof(*list), compare_hashed);
	for (size_t i = 1; i < nr; i++)
		if (*list[i].hash && !strcmp(list[i].hash, list[i - 1].hash))
			group[list[i].index] = group[list[i - 1].index];
	free(list);
	return group;
}

/* -- csv ------------------------------------------------------------------ */

/*
 * A quoted text. A text that a spreadsheet would take for a formula gets an
 * apostrophe: ids are file names, which students choose.
 */
static void put_quoted(struct json_writer *out, const char *text)
{
	report_format(out, ESCAPE_CSV, "\"%t%s\"",
		      *text && strchr("=+-@\t\r", *text) ? "'" : "", text);
}

/* Is property @i a measure? */
static bool has_values(const struct grade_report *report, uint32_t i)
{
	for (uint32_t s = 0; s < report->nr_submissions; s++)
		if (i < report->submissions[s].nr_results &&
		    report->submissions[s].results[i].has_value)
			return true;
	return false;
}

static void put_heading(struct json_writer *out,
			const struct grade_report *report)
{
	const bool partial = report->hidden && report_nr_hidden(report);
	const char *visible = partial ? "visible_" : "";

	report_format(out, ESCAPE_CSV, "id,%toutcome,%tpoints,%tmax", visible,
		      visible, visible);
	for (uint32_t i = 0; i < report->nr_properties; i++) {
		report_format(out, ESCAPE_CSV, ",");
		put_quoted(out, report->properties[i].id);
		if (has_values(report, i))
			report_format(out, ESCAPE_CSV, ",\"value %u\"", i + 1);
	}
	report_format(out, ESCAPE_CSV, ",events_hash\n");
}

static void put_result(struct json_writer *out,
		       const struct grade_report *report,
		       const struct grade_submission *s, uint32_t i)
{
	const struct grade_result *r = i < s->nr_results ? &s->results[i] :
							   NULL;
	char value[32] = "";

	report_format(out, ESCAPE_CSV, ",");
	if (r && r->verdict != GRADE_HIDDEN)
		report_format(out, ESCAPE_CSV, "%p", r->points);
	if (r && r->has_value)
		snprintf(value, sizeof(value), "%.14g", r->value);
	if (has_values(report, i))
		report_format(out, ESCAPE_CSV, ",%t", value);
}

void report_csv(struct json_writer *out, const struct grade_report *report)
{
	char outcome[128];

	put_heading(out, report);
	for (uint32_t i = 0; i < report->nr_submissions; i++) {
		const struct grade_submission *s = &report->submissions[i];

		put_quoted(out, s->id);
		report_format(out, ESCAPE_CSV, ",%t,%p,%p",
			      report_outcome_text(s, outcome, sizeof(outcome)),
			      s->points, s->max);
		for (uint32_t p = 0; p < report->nr_properties; p++)
			put_result(out, report, s, p);
		report_format(out, ESCAPE_CSV, ",%t\n", s->events_hash);
	}
}
