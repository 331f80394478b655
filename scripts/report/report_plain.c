/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade_text: a report to be read. What a student wrote is shown without
 * what a terminal would obey: control characters, those of C1 and of
 * writing direction, and bytes that are no UTF-8 become '?'.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

/* -- students' texts ------------------------------------------------------ */

/*
 * The length of the UTF-8 character at @text and its number; 0: it is none.
 * A text ends with NUL, which is nowhere a continuation.
 */
static size_t character(const unsigned char *text, uint32_t *number)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length = *text < 0x80 ? 1 :
			*text < 0xc0 ? 0 :
			*text < 0xe0 ? 2 :
			*text < 0xf0 ? 3 :
			*text < 0xf8 ? 4 :
				       0;

	*number = length > 1 ? *text & (0x7fu >> length) : *text;
	for (size_t i = 1; i < length; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		*number = *number << 6 | (text[i] & 0x3f);
	}
	if (length && (*number < least[length] || *number > 0x10ffff ||
		       (*number >= 0xd800 && *number < 0xe000)))
		return 0;
	return length;
}

static bool is_obeyed(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

static void put_clean(FILE *out, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	uint32_t number;

	while (*at) {
		size_t length = character(at, &number);

		if (!length || is_obeyed(number))
			fputc('?', out);
		else
			fwrite(at, 1, length, out);
		at += length ? length : 1;
	}
}

/* -- one submission ------------------------------------------------------- */

static void put_points(FILE *out, centipoints_t points, centipoints_t max)
{
	char a[16], b[16];

	fprintf(out, "%s of %s", grade_points_text(points, a, sizeof(a)),
		grade_points_text(max, b, sizeof(b)));
}

static void put_result(const struct grade_report *report,
		       const struct grade_submission *s, uint32_t i, FILE *out)
{
	const struct grade_property *p = &report->properties[i];
	const struct grade_result *r = &s->results[i];

	fprintf(out, "  %-8s ", grade_verdict_name(r->verdict));
	put_clean(out, p->id);
	if (r->verdict != GRADE_HIDDEN) {
		fputs("  ", out);
		put_points(out, r->points, p->max);
		fputs("  ", out);
		put_clean(out, p->text);
	}
	fputc('\n', out);
	if (*r->message) {
		fputs("           ", out);
		put_clean(out, r->message);
		fputc('\n', out);
	}
	if (r->verdict != GRADE_PASS && r->witness.known && s->nr_runs > 1 &&
	    r->witness.run < s->nr_runs)
		fprintf(out, "           with seed %" PRIu64 "\n",
			s->runs[r->witness.run].seed);
	if (*r->command) {
		fputs("           ", out);
		put_clean(out, r->command);
		fputc('\n', out);
	}
}

static void put_submission(const struct grade_report *report,
			   const struct grade_submission *s, FILE *out)
{
	put_clean(out, s->id);
	fputs("  ", out);
	put_points(out, s->points, s->max);
	fprintf(out, "  %s%s%s\n", grade_outcome_name(s->outcome),
		*s->limit ? " " : "", s->limit);
	if (*s->message) {
		fputs("  ", out);
		put_clean(out, s->message);
		fputc('\n', out);
	}
	if (s->outcome != GRADE_PASSED && s->outcome != GRADE_FAILED)
		return; /* nothing was held against the properties */
	for (uint32_t i = 0; i < s->nr_results; i++)
		put_result(report, s, i, out);
}

/* -- the class ------------------------------------------------------------ */

static void put_outcomes(const struct grade_report *report, FILE *out)
{
	for (int o = 0; o < NR_GRADE_OUTCOMES; o++) {
		uint32_t nr = 0;

		for (uint32_t i = 0; i < report->nr_submissions; i++)
			nr += (int)report->submissions[i].outcome == o;
		if (nr)
			fprintf(out, "  %" PRIu32 " of %" PRIu32 " %s\n", nr,
				report->nr_submissions,
				grade_outcome_name((enum grade_outcome)o));
	}
}

static void put_groups(const struct grade_report *report, FILE *out)
{
	uint32_t nr = report->nr_submissions;
	uint32_t *group = calloc(nr + 1, sizeof(*group));

	if (!group)
		return;
	grade_groups(report, group);
	for (uint32_t i = 0; i < nr; i++) {
		bool begun = false;

		for (uint32_t j = i + 1; group[i] == i && j < nr; j++) {
			if (group[j] != i)
				continue;
			if (!begun) {
				fputs("  did the same: ", out);
				put_clean(out, report->submissions[i].id);
			}
			begun = true;
			fputs(", ", out);
			put_clean(out, report->submissions[j].id);
		}
		if (begun)
			fputc('\n', out);
	}
	free(group);
}

static void put_class(const struct grade_report *report, FILE *out)
{
	fprintf(out, "\nthe class\n");
	put_outcomes(report, out);
	for (uint32_t i = 0; i < report->nr_properties; i++) {
		if (report->hidden &&
		    report->properties[i].visibility != GRADE_VISIBLE)
			continue;
		fprintf(out, "  %" PRIu32 " of %" PRIu32 " missed ",
			grade_nr_missed(report, i), report->nr_submissions);
		put_clean(out, report->properties[i].id);
		fputs("  ", out);
		put_clean(out, report->properties[i].text);
		fputc('\n', out);
	}
	put_groups(report, out);
}

void grade_text(const struct grade_report *report, FILE *out)
{
	char points[16];

	fprintf(out, "%s%s%s, %s points\n", report->title,
		*report->kind ? ": " : "", report->kind,
		grade_points_text(report->max, points, sizeof(points)));
	fprintf(out, "isolation: %s\n",
		*report->isolation ? report->isolation : "unknown");
	for (uint32_t i = 0; i < report->nr_submissions; i++) {
		fputc('\n', out);
		put_submission(report, &report->submissions[i], out);
	}
	if (report->nr_submissions > 1)
		put_class(report, out);
}
