/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_plain: a report as text for a terminal. */
#include <inttypes.h>
#include <stdlib.h>

#include "report/report_private.h"

/* A student's text on a line of its own, after @indent; nothing if "". */
static void put_line(struct json_text *out, const char *indent,
		     const char *text)
{
	if (!*text)
		return;
	report_printf(out, "%s", indent);
	report_put(out, text, ESCAPE_PLAIN);
	report_printf(out, "\n");
}

static void put_points(struct json_text *out, centipoints_t points,
		       centipoints_t max)
{
	char a[16], b[16];

	report_printf(out, "%s of %s", grade_points_text(points, a, sizeof(a)),
		      grade_points_text(max, b, sizeof(b)));
}

/* -- one submission ------------------------------------------------------- */

static void put_result(struct json_text *out, const struct grade_submission *s,
		       const struct grade_property *p,
		       const struct grade_result *r)
{
	static const char indent[] = "           ";
	const struct grade_counterexample *c = &r->counterexample;

	report_printf(out, "  %-8s ", grade_verdict_name(r->verdict));
	report_put(out, p->id, ESCAPE_PLAIN);
	if (r->verdict != GRADE_HIDDEN) {
		report_printf(out, "  ");
		put_points(out, r->points, p->max);
		report_printf(out, "  ");
		report_put(out, p->text, ESCAPE_PLAIN);
	}
	report_printf(out, "\n");
	put_line(out, indent, r->message);
	if (r->verdict != GRADE_PASS && c->known && s->nr_runs > 1 &&
	    c->run < s->nr_runs)
		report_printf(out, "%swith seed %" PRIu64 "\n", indent,
			      s->runs[c->run].seed);
	put_line(out, indent, r->command);
}

static void put_submission(struct json_text *out,
			   const struct grade_report *report,
			   const struct grade_submission *s)
{
	char outcome[128];

	report_printf(out, "\n");
	report_put(out, s->id, ESCAPE_PLAIN);
	report_printf(out, "  ");
	put_points(out, s->points, s->max);
	report_printf(out, "  %s\n",
		      report_outcome_text(s, outcome, sizeof(outcome)));
	put_line(out, "  ", s->message);
	if (!report_was_graded(s))
		return;
	for (uint32_t i = 0; i < s->nr_results; i++)
		put_result(out, s, &report->properties[i], &s->results[i]);
}

/* -- the class ------------------------------------------------------------ */

static void put_outcomes(struct json_text *out,
			 const struct grade_report *report)
{
	for (uint32_t o = 0; o < NR_GRADE_OUTCOMES; o++) {
		uint32_t nr = 0;

		for (uint32_t i = 0; i < report->nr_submissions; i++)
			nr += report->submissions[i].outcome == o;
		if (nr)
			report_printf(out, "  %" PRIu32 " of %" PRIu32 " %s\n",
				      nr, report->nr_submissions,
				      grade_outcome_name(o));
	}
}

static void put_groups(struct json_text *out, const struct grade_report *report)
{
	const uint32_t nr = report->nr_submissions;
	uint32_t *group = report_groups(report);

	if (!group) {
		out->failed = true;
		return;
	}
	for (uint32_t i = 0; i < nr; i++) {
		bool begun = false;

		for (uint32_t j = i + 1; group[i] == i && j < nr; j++) {
			if (group[j] != i)
				continue;
			if (!begun) {
				report_printf(out, "  did the same: ");
				report_put(out, report->submissions[i].id,
					   ESCAPE_PLAIN);
			}
			begun = true;
			report_printf(out, ", ");
			report_put(out, report->submissions[j].id,
				   ESCAPE_PLAIN);
		}
		if (begun)
			report_printf(out, "\n");
	}
	free(group);
}

static void put_class(struct json_text *out, const struct grade_report *report)
{
	report_printf(out, "\nthe class\n");
	put_outcomes(out, report);
	for (uint32_t i = 0; i < report->nr_properties; i++) {
		const struct grade_property *p = &report->properties[i];

		if (report->hidden && p->visibility != GRADE_VISIBLE)
			continue;
		report_printf(out, "  %" PRIu32 " of %" PRIu32 " missed ",
			      grade_nr_missed(report, i),
			      report->nr_submissions);
		report_put(out, p->id, ESCAPE_PLAIN);
		put_line(out, "  ", p->text);
	}
	put_groups(out, report);
}

void report_plain(struct json_text *out, const struct grade_report *report)
{
	char points[16];

	report_put(out, report->title, ESCAPE_PLAIN);
	report_printf(out, "%s%s, %s points\nisolation: %s\n",
		      *report->kind ? ": " : "", report->kind,
		      grade_points_text(report->max, points, sizeof(points)),
		      *report->isolation ? report->isolation : "unknown");
	for (uint32_t i = 0; i < report->nr_submissions; i++)
		put_submission(out, report, &report->submissions[i]);
	if (report->nr_submissions > 1)
		put_class(out, report);
}
