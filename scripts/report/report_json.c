/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_json: a report as JSON, zonewalk/grade/1, written and read. */
#include <stdlib.h>
#include <string.h>

#include "report/report_private.h"

#define SCHEMA "zonewalk/grade/1"

enum { MAX_SUBMISSIONS = 1000000 };

uint32_t report_nr_missed(const struct grade_report *report, uint32_t i)
{
	uint32_t nr = 0;

	for (uint32_t s = 0; s < report->nr_submissions; s++) {
		const struct grade_submission *one = &report->submissions[s];

		nr += i >= one->nr_results ||
		      one->results[i].verdict != GRADE_PASS;
	}
	return nr;
}

void report_json(struct json_writer *out, const struct grade_report *report)
{
	uint32_t *group = report_groups(report);

	if (!group) {
		out->failed = true;
		return;
	}
	writer_open(out, '{');
	writer_key(out, "schema");
	writer_string(out, SCHEMA);
	grade_json_put(out, report, grade_report_members);
	writer_key(out, "properties");
	writer_open(out, '[');
	for (uint32_t i = 0; i < report->nr_properties; i++) {
		writer_open(out, '{');
		grade_json_put(out, &report->properties[i],
			       grade_property_members);
		writer_key(out, "missed");
		writer_i64(out, report_nr_missed(report, i));
		writer_close(out, '}');
	}
	writer_close(out, ']');
	writer_key(out, "submissions");
	writer_open(out, '[');
	for (uint32_t i = 0; i < report->nr_submissions; i++)
		grade_json_submission(out, &report->submissions[i],
				      report->properties,
				      report->submissions[group[i]].id);
	writer_close(out, ']');
	writer_close(out, '}');
	writer_raw(out, "\n", 1);
	free(group);
}

void report_json_read(struct document *d, struct grade_report *report)
{
	char *schema = document_string(d, "schema", 100);
	uint32_t i = 0;

	if (schema && strcmp(schema, SCHEMA))
		document_fail(d, "schema",
			      "\"" SCHEMA
			      "\" is expected: zonewalk grade --format "
			      "json writes such reports");
	free(schema);
	grade_json_get(d, report, grade_report_members);
	report->properties = grade_json_room(d, "properties",
					     GRADE_MAX_PROPERTIES,
					     sizeof(*report->properties),
					     &report->nr_properties);
	for (bool more = document_list(d, "properties", GRADE_MAX_PROPERTIES);
	     more; more = document_next(d)) {
		grade_json_get(d, &report->properties[i++],
			       grade_property_members);
		document_i64(d, "missed", 0, MAX_SUBMISSIONS);
	}
	report->submissions = grade_json_room(d, "submissions", MAX_SUBMISSIONS,
					      sizeof(*report->submissions),
					      &report->nr_submissions);
	i = 0;
	for (bool more = document_list(d, "submissions", MAX_SUBMISSIONS); more;
	     more = document_next(d))
		grade_json_read_submission(d, &report->submissions[i++],
					   report->properties,
					   report->nr_properties);
}
