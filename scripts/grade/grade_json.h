/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade_json: a grade report as JSON, zonewalk/grade/1, whose schema is
 * docs/schemas/grade-1.json.
 *
 * The scalar members of each struct are rows of a table, by which they are
 * written and read. A worker process sends its submission in this form, too.
 */
#ifndef SCRIPTS_GRADE_JSON_H
#define SCRIPTS_GRADE_JSON_H

#include "grade/grade_report.h"
#include "json/document.h"
#include "json/writer.h"

/* Write the whole report; @same_as[i] is the first equal submission of i. */
void grade_json_report(struct json_text *out, const struct grade_report *report,
		       const uint32_t *same_as);
/* Write one submission; @same_as: the id of the first equal one. */
void grade_json_submission(struct json_text *out,
			   const struct grade_submission *submission,
			   const struct grade_property *properties,
			   const char *same_as);
/*
 * Read what was written. What is malformed makes the document fail; the
 * caller destroys the result in any case.
 */
void grade_json_read_report(struct doc *d, struct grade_report *report);
void grade_json_read_submission(struct doc *d, struct grade_submission *s,
				const struct grade_property *properties,
				uint32_t nr_properties);

/* How many submissions did not pass property @i. */
uint32_t grade_nr_missed(const struct grade_report *report, uint32_t i);

#endif
