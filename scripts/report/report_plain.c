/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_plain: a report as text for a terminal. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report_private.h"

enum { MAX_FACT_BYTES = 100 };

/* @text on a line of its own, after @indent; nothing if it is "". */
static void put_line(struct json_writer *out, const char *indent,
		     const char *text)
{
	if (*text)
		report_format(out, ESCAPE_PLAIN, "%t%s\n", indent, text);
}

static void put_result(struct json_writer *out,
		       const struct grade_submission *s,
		       const struct grade_property *p,
		       const struct grade_result *r)
{
	static const char indent[] = "           ";
	const struct grade_counterexample *c = &r->counterexample;
	char verdict[16], seed[32];

	snprintf(verdict, sizeof(verdict), "%-8s",
		 grade_verdict_name(r->verdict));
	if (r->verdict == GRADE_HIDDEN)
		report_format(out, ESCAPE_PLAIN, "  %t %s\n", verdict, p->id);
	else
		report_format(out, ESCAPE_PLAIN, "  %t %s  %p of %p  %s%t\n",
			      verdict, p->id, r->points, p->max, p->text,
			      grade_is_hidden(p) ? " (not visible)" : "");
	put_line(out, indent, r->message);
	if (r->verdict != GRADE_PASS && c->known && s->nr_runs > 1 &&
	    c->run < s->nr_runs) {
		snprintf(seed, sizeof(seed), "with seed %" PRIu64,
			 s->runs[c->run].seed);
		put_line(out, indent, seed);
	}
	put_line(out, indent, r->command);
}

static void put_submission(struct json_writer *out,
			   const struct grade_report *report,
			   const struct grade_submission *s)
{
	char outcome[128];

	report_format(out, ESCAPE_PLAIN, "\n%s  %p of %p  %t\n", s->id,
		      s->points, s->max,
		      report_outcome_text(s, outcome, sizeof(outcome)));
	put_line(out, "  ", s->message);
	if (!report_was_graded(s)) {
		put_line(out, "  ", s->command);
		return;
	}
	for (uint32_t i = 0; i < s->nr_results; i++)
		put_result(out, s, &report->properties[i], &s->results[i]);
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

static void put_groups(struct json_writer *out,
		       const struct grade_report *report)
{
	const uint32_t nr = report->nr_submissions;
	uint32_t *group = report_groups(report);

	if (!group) {
		out->failed = true;
		return;
	}
	for (uint32_t i = 0; i < nr; i++) {
		const char *before = "  did the same: ";

		for (uint32_t j = i + 1; group[i] == i && j < nr; j++) {
			if (group[j] != i)
				continue;
			if (*before == ' ')
				report_format(out, ESCAPE_PLAIN, "%t%s", before,
					      report->submissions[i].id);
			before = ", ";
			report_format(out, ESCAPE_PLAIN, "%t%s", before,
				      report->submissions[j].id);
		}
		if (*before == ',')
			report_format(out, ESCAPE_PLAIN, "\n");
	}
	free(group);
}

/* How often is @fact, of @length bytes, among the missed ones before @end? */
static uint32_t count_fact(const struct grade_report *report, uint32_t i,
			   const char *fact, size_t length, const char *end)
{
	uint32_t nr = 0;

	for (uint32_t s = 0; s < report->nr_submissions; s++) {
		const struct grade_submission *one = &report->submissions[s];
		const char *p =
			i < one->nr_results ? one->results[i].missed_facts : "";

		for (size_t n; *p; p += n + !!p[n]) {
			if (p == end)
				return nr;
			n = strcspn(p, " ");
			nr += n == length && !strncmp(p, fact, n);
		}
	}
	return nr;
}

/* How many submissions missed each fact of property @i. */
static void put_facts(struct json_writer *out,
		      const struct grade_report *report, uint32_t i)
{
	for (uint32_t s = 0; s < report->nr_submissions; s++) {
		const struct grade_submission *one = &report->submissions[s];
		const char *p =
			i < one->nr_results ? one->results[i].missed_facts : "";
		char fact[MAX_FACT_BYTES];

		for (size_t n; *p; p += n + !!p[n]) {
			n = strcspn(p, " ");
			if (count_fact(report, i, p, n, p))
				continue; /* an earlier one missed it, too */
			snprintf(fact, sizeof(fact), "%.*s", (int)n, p);
			report_format(out, ESCAPE_PLAIN, "    %u missed %s\n",
				      count_fact(report, i, p, n, NULL), fact);
		}
	}
}

static void put_class(struct json_writer *out,
		      const struct grade_report *report)
{
	report_format(out, ESCAPE_PLAIN, "\nthe class\n");
	put_outcomes(out, report);
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

void report_plain(struct json_writer *out, const struct grade_report *report)
{
	report_format(out, ESCAPE_PLAIN, "%s%t%s, %p points\n", report->title,
		      *report->kind ? ": " : "", report->kind, report->max);
	report_put_scope(out, report, "", "\n");
	report_format(out, ESCAPE_PLAIN, "isolation: %s\n",
		      *report->isolation ? report->isolation : "unknown");
	for (uint32_t i = 0; i < report->nr_submissions; i++)
		put_submission(out, report, &report->submissions[i]);
	if (report->nr_submissions > 1)
		put_class(out, report);
}
