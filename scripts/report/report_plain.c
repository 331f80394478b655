/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_plain: a report as text for a terminal. */
#include <inttypes.h>
#include <stdio.h>

#include "report/report_private.h"

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
		report_put_class(out, report);
}
