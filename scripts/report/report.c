/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report: the table of formats, and what they share. */
#include "report/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/gfp.h"
#include "report/report_private.h"

static const struct {
	const char *name;
	void (*write)(struct json_writer *out,
		      const struct grade_report *report);
} formats[NR_REPORT_FORMATS] = {
	[REPORT_TEXT] = { "text", report_plain },
	[REPORT_JSON] = { "json", report_json },
	[REPORT_GRADESCOPE] = { "gradescope", report_gradescope },
	[REPORT_CHECK50] = { "check50", report_check50 },
	[REPORT_TAP] = { "tap", report_tap },
	[REPORT_JUNIT] = { "junit", report_junit },
	[REPORT_CSV] = { "csv", report_csv },
};

const char *report_format_name(enum report_format format)
{
	return formats[format].name;
}

enum report_format report_format_from_name(const char *name, const char **near)
{
	unsigned int i = 0;

	while (i < NR_REPORT_FORMATS && strcmp(name, formats[i].name))
		i++;
	*near = i < NR_REPORT_FORMATS ?
			NULL :
			nearest_name(name, formats, NR_REPORT_FORMATS,
				     sizeof(formats[0]));
	return (enum report_format)i;
}

char *report_text(const struct grade_report *report, enum report_format format)
{
	struct json_writer out = { .data = NULL };

	formats[format].write(&out, report);
	return writer_finish(&out);
}

/* -- for the formats ------------------------------------------------------ */

static void put_raw(struct json_writer *out, const char *text)
{
	writer_raw(out, text, strlen(text));
}

void report_format(struct json_writer *out, enum report_escape escape,
		   const char *format, ...)
{
	char number[16];
	va_list args;

	va_start(args, format);
	for (; *format; format++) {
		size_t length = strcspn(format, "%");

		writer_raw(out, format, length);
		format += length;
		if (!*format)
			break;
		switch (*++format) {
		case 's':
			report_put(out, va_arg(args, const char *), escape);
			continue;
		case 't':
			put_raw(out, va_arg(args, const char *));
			continue;
		case '%':
			put_raw(out, "%");
			continue;
		case 'u':
			snprintf(number, sizeof(number), "%u",
				 va_arg(args, uint32_t));
			break;
		case 'p':
			grade_points_text(va_arg(args, centipoints_t), number,
					  sizeof(number));
			break;
		}
		put_raw(out, number);
	}
	va_end(args);
}

uint32_t report_nr_hidden(const struct grade_report *report)
{
	uint32_t nr = 0;

	for (uint32_t i = 0; i < report->nr_properties; i++)
		nr += grade_is_hidden(&report->properties[i]);
	return nr;
}

void report_put_scope(struct json_writer *out,
		      const struct grade_report *report, const char *before,
		      const char *after)
{
	const uint32_t nr = report->hidden ? report_nr_hidden(report) : 0;

	if (nr)
		report_format(out, ESCAPE_NOTHING,
			      "%tpoints and outcome of the visible properties; "
			      "%u %t not counted%t",
			      before, nr,
			      nr == 1 ? "hidden property is" :
					"hidden properties are",
			      after);
}

bool report_was_graded(const struct grade_submission *submission)
{
	return submission->outcome == GRADE_PASSED ||
	       submission->outcome == GRADE_FAILED;
}

const char *report_outcome_text(const struct grade_submission *submission,
				char *buf, size_t size)
{
	snprintf(buf, size, "%s%s%s", grade_outcome_name(submission->outcome),
		 submission->limit[0] ? " " : "", submission->limit);
	return buf;
}

bool report_test_init(struct report_test *t, const struct grade_report *report,
		      const struct grade_submission *s, uint32_t k)
{
	const struct grade_result *r = k ? &s->results[k - 1] : NULL;
	const struct grade_property *p = k ? &report->properties[k - 1] : NULL;

	if (k > s->nr_results)
		return false;
	*t = (struct report_test){
		.property = p,
		.result = r,
		.id = p ? p->id : "runs to its end",
		.separator = p && *p->text ? ": " : "",
		.text = p ? p->text : "",
		.message = p && r->verdict != GRADE_NOT_RUN ? r->message :
							      s->message,
		.command = p ? r->command : s->command,
		.passed = p ? r->verdict == GRADE_PASS : report_was_graded(s),
		.hidden = p && r->verdict == GRADE_HIDDEN,
	};
	t->skipped = t->hidden || (p && r->verdict == GRADE_NOT_RUN);
	if (p)
		snprintf(t->type, sizeof(t->type), "%s",
			 grade_verdict_name(r->verdict));
	else
		report_outcome_text(s, t->type, sizeof(t->type));
	return true;
}
