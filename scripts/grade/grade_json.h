/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade_json: the parts of a grade report as JSON. Their schema is
 * docs/schemas/grade-1.json; report/report_json.c has the whole report.
 *
 * The scalar members of each struct are rows of a table, by which they are
 * written and read. A worker process sends its submission in this form, too.
 */
#ifndef SCRIPTS_GRADE_JSON_H
#define SCRIPTS_GRADE_JSON_H

#include "grade/grade_report.h"
#include "json/document.h"
#include "json/writer.h"

enum { GRADE_MAX_PROPERTIES = 10000 };

enum member_kind {
	MEMBER_TEXT, /* char *: a string */
	MEMBER_TEXT_OR_NULL, /* the same, but "" is null */
	MEMBER_HASH, /* char[SHA256_HEX]: a string; "" is null */
	MEMBER_POINTS, /* centipoints_t: a number */
	MEMBER_COUNT, /* uint32_t */
	MEMBER_SEED, /* uint64_t */
	MEMBER_FLAG, /* bool */
	MEMBER_ENUM, /* uint32_t, by name */
};

struct member {
	const char *key; /* NULL: the end */
	enum member_kind kind;
	size_t offset;
	const char *(*name)(uint32_t); /* of MEMBER_ENUM */
	uint32_t most; /* names, or of MEMBER_COUNT; 0: no bound */
};

/* Tables, each with a row without a key at its end. */
extern const struct member grade_report_members[];
extern const struct member grade_property_members[];

/* Write and read the members of @object, inside an open JSON object. */
void grade_json_put(struct json_writer *out, const void *object,
		    const struct member *members);
void grade_json_get(struct document *d, void *object,
		    const struct member *members);
/* Memory for the list at @key, *@nr elements of @size bytes; or NULL and 0. */
void *grade_json_room(struct document *d, const char *key, uint32_t max,
		      size_t size, uint32_t *nr);

/* Write one submission; @same_as: the id of the first equal one. */
void grade_json_submission(struct json_writer *out,
			   const struct grade_submission *submission,
			   const struct grade_property *properties,
			   const char *same_as);
/*
 * Read what was written. What is malformed makes the document fail; the
 * caller destroys the result in any case.
 */
void grade_json_read_submission(struct document *d, struct grade_submission *s,
				const struct grade_property *properties,
				uint32_t nr_properties);

#endif
