/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report: the table of formats, and what they share. */
#include "report/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/gfp.h"
#include "report/report_private.h"

static void write_json(struct json_text *out, const struct grade_report *report)
{
	uint32_t *group = report_groups(report);

	if (group)
		grade_json_report(out, report, group);
	else
		out->failed = true;
	text_raw(out, "\n", 1);
	free(group);
}

static const struct {
	const char *name;
	void (*write)(struct json_text *out, const struct grade_report *report);
	bool hides; /* it may contain hidden properties */
} formats[NR_REPORT_FORMATS] = {
	[REPORT_TEXT] = { "text", report_plain, false },
	[REPORT_JSON] = { "json", write_json, true },
	[REPORT_GRADESCOPE] = { "gradescope", report_gradescope, true },
	[REPORT_CHECK50] = { "check50", report_check50, false },
	[REPORT_TAP] = { "tap", report_tap, false },
	[REPORT_JUNIT] = { "junit", report_junit, false },
	[REPORT_CSV] = { "csv", report_csv, false },
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

bool report_format_hides(enum report_format format)
{
	return formats[format].hides;
}

char *report_text(const struct grade_report *report, enum report_format format)
{
	struct json_text out = { .data = NULL };

	formats[format].write(&out, report);
	return text_finish(&out);
}

/* -- for the formats ------------------------------------------------------ */

void report_printf(struct json_text *out, const char *format, ...)
{
	char buf[256];
	va_list args;

	va_start(args, format);
	vsnprintf(buf, sizeof(buf), format, args);
	va_end(args);
	text_raw(out, buf, strlen(buf));
}

void report_quoted(struct json_text *out, struct json_text *value)
{
	char *text = text_finish(value);

	if (text)
		text_string(out, text);
	else
		out->failed = true;
	free(text);
}

void report_string(struct json_text *out, const char *key, const char *value)
{
	struct json_text clean = { .data = NULL };

	report_put(&clean, value, ESCAPE_NOTHING);
	text_key(out, key);
	report_quoted(out, &clean);
}

void report_put_name(struct json_text *out,
		     const struct grade_property *property,
		     enum report_escape escape)
{
	report_put(out, property->id, escape);
	if (!*property->text)
		return;
	report_printf(out, ": ");
	report_put(out, property->text, escape);
}

void report_flag(struct json_text *out, const char *key, bool value)
{
	text_key(out, key);
	text_flag(out, value);
}

void report_points(struct json_text *out, const char *key, centipoints_t points)
{
	char text[16];

	grade_points_text(points, text, sizeof(text));
	text_key(out, key);
	text_raw(out, text, strlen(text));
	out->comma = true;
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
