/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_class: the class in a text report, and as CSV. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "machine/utf8.h"
#include "report/report_private.h"

enum { MAX_FACT_BYTES = 100, MAX_IDS = 4, MAX_GROUPS = 5, NR_BINS = 5 };

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

/* -- the class ------------------------------------------------------------ */

static void put_outcomes(struct json_writer *out,
			 const struct grade_report *report)
{
	for (uint32_t o = 0; o < NR_GRADE_OUTCOMES; o++) {
		uint32_t nr = 0;

		for (uint32_t i = 0; i < report->nr_submissions; i++)
			nr += report->submissions[i].outcome == o;
		if (nr)
			report_format(out, ESCAPE_PLAIN, "  %u of %u %t\n", nr,
				      report->nr_submissions,
				      grade_outcome_name(o));
	}
}

/* One group of equal submissions: "a, b, c and 5 more". */
static void put_group(struct json_writer *out,
		      const struct grade_report *report, const uint32_t *group,
		      uint32_t first)
{
	uint32_t nr = 0;

	for (uint32_t i = first; i < report->nr_submissions; i++)
		if (group[i] == first && nr++ < MAX_IDS)
			report_format(out, ESCAPE_PLAIN, "%t%s",
				      i == first ? "  did the same: " : ", ",
				      report->submissions[i].id);
	if (nr > MAX_IDS)
		report_format(out, ESCAPE_PLAIN, " and %u more", nr - MAX_IDS);
	report_format(out, ESCAPE_PLAIN, "\n");
}

static void put_groups(struct json_writer *out,
		       const struct grade_report *report)
{
	const uint32_t nr = report->nr_submissions;
	uint32_t *group = report_groups(report), nr_groups = 0;

	if (!group) {
		out->failed = true;
		return;
	}
	for (uint32_t i = 0; i < nr; i++) {
		bool alone = true;

		for (uint32_t j = i + 1; group[i] == i && alone && j < nr; j++)
			alone = group[j] != i;
		if (!alone && nr_groups++ < MAX_GROUPS)
			put_group(out, report, group, i);
	}
	if (nr_groups > MAX_GROUPS)
		report_format(out, ESCAPE_PLAIN,
			      "  and %u more groups of submissions did the "
			      "same\n",
			      nr_groups - MAX_GROUPS);
	free(group);
}

/* -- statistics ------------------------------------------------------------ */

static int compare_points(const void *a, const void *b)
{
	const centipoints_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Mean, median, and how many submissions are in each fifth of the points. */
static void put_statistics(struct json_writer *out,
			   const struct grade_report *report)
{
	const uint32_t nr = report->nr_submissions;
	centipoints_t *points = calloc(nr, sizeof(*points));
	uint32_t in[NR_BINS + 1] = { 0 };
	int64_t sum = 0;

	if (!points || report->max <= 0) {
		out->failed = out->failed || !points;
		free(points);
		return;
	}
	for (uint32_t i = 0; i < nr; i++) {
		const int64_t mine = report->submissions[i].points;

		points[i] = (centipoints_t)mine;
		sum += mine;
		if (mine >= 0 && mine <= report->max)
			in[mine * NR_BINS / report->max]++;
	}
	qsort(points, nr, sizeof(*points), compare_points);
	report_format(out, ESCAPE_PLAIN, "  points: mean %p, median %p of %p\n",
		      (centipoints_t)((sum + nr / 2) / nr),
		      (points[(nr - 1) / 2] + points[nr / 2]) / 2, report->max);
	report_format(out, ESCAPE_PLAIN, "  distribution:");
	for (uint32_t i = 0; i < NR_BINS; i++)
		report_format(out, ESCAPE_PLAIN, " %u-%u %%: %u,",
			      i * 100 / NR_BINS, (i + 1) * 100 / NR_BINS - 1,
			      in[i]);
	report_format(out, ESCAPE_PLAIN, " 100 %%: %u\n", in[NR_BINS]);
	free(points);
}

/* -- facts ----------------------------------------------------------------- */

struct fact {
	const char *name; /* not terminated */
	size_t length;
	uint32_t nr_missed;
};

/* Count one missed fact. False: no memory. */
static bool count_fact(struct fact **facts, uint32_t *nr, const char *name,
		       size_t length)
{
	struct fact *added;
	uint32_t i = 0;

	while (i < *nr && ((*facts)[i].length != length ||
			   strncmp((*facts)[i].name, name, length) != 0))
		i++;
	if (i == *nr) {
		added = array_add(*facts, *nr);
		if (!added)
			return false;
		*added = (struct fact){ name, length, 0 };
	}
	(*facts)[i].nr_missed++;
	return true;
}

/* How many submissions missed each fact of property @i. */
static void put_facts(struct json_writer *out,
		      const struct grade_report *report, uint32_t i)
{
	struct fact *facts = NULL;
	char name[MAX_FACT_BYTES];
	uint32_t nr = 0;

	for (uint32_t s = 0; s < report->nr_submissions; s++) {
		const struct grade_submission *one = &report->submissions[s];
		const char *p =
			i < one->nr_results ? one->results[i].missed_facts : "";

		for (size_t n; *p; p += n + !!p[n]) {
			n = strcspn(p, " ");
			if (!count_fact(&facts, &nr, p, n))
				out->failed = true;
		}
	}
	for (uint32_t f = 0; f < nr; f++) {
		snprintf(name, sizeof(name), "%.*s", (int)facts[f].length,
			 facts[f].name);
		report_format(out, ESCAPE_PLAIN, "    %u missed %s\n",
			      facts[f].nr_missed, name);
	}
	free(facts);
}

void report_put_class(struct json_writer *out,
		      const struct grade_report *report)
{
	report_format(out, ESCAPE_PLAIN, "\nthe class\n");
	put_outcomes(out, report);
	put_statistics(out, report);
	for (uint32_t i = 0; i < report->nr_properties; i++) {
		const struct grade_property *p = &report->properties[i];

		if (report->hidden && grade_is_hidden(p))
			continue;
		report_format(out, ESCAPE_PLAIN, "  %u of %u missed %s  %s\n",
			      report_nr_missed(report, i),
			      report->nr_submissions, p->id, p->text);
		put_facts(out, report, i);
	}
	put_groups(out, report);
}

/* -- csv ------------------------------------------------------------------ */

/*
 * Would a spreadsheet take the text for a formula? Blanks before it do not
 * count, and full-width characters are as good as others.
 */
static bool is_formula(const char *text)
{
	uint32_t c;

	for (size_t n; *text; text += n) {
		n = utf8_decode(text, SIZE_MAX, &c);
		if (!n)
			return false;
		if (c > 0xff00 && c < 0xff5f)
			c -= 0xff00 - ' ';
		if (c > ' ' && c != 0xa0 && c != 0x3000)
			return c < 0x80 && strchr("=+-@", (int)c);
	}
	return false;
}

/* A quoted text; ids are file names, which students choose. */
static void put_quoted(struct json_writer *out, const char *text)
{
	report_format(out, ESCAPE_CSV, "\"%t%s\"", is_formula(text) ? "'" : "",
		      text);
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
