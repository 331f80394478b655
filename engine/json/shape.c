/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shape: check a tree against a table of keys. Errors name a value by its
 * path: "nodes[0].zones[1].watermark[2]".
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/json.h"

/* One step of the path to a value, from the value up to the root. */
struct step {
	const struct step *up;
	const char *key; /* NULL: an element of a list */
	size_t index;
};

struct check {
	const struct json_place *at;
	unsigned int needs;
};

static size_t path_text(const struct step *step, char *buf, size_t size)
{
	size_t n;

	if (!step)
		return 0;
	n = path_text(step->up, buf, size);
	if (n >= size - 1)
		return n;
	if (step->key)
		n += (size_t)snprintf(buf + n, size - n, "%s%.40s",
				      n ? "." : "", step->key);
	else
		n += (size_t)snprintf(buf + n, size - n, "[%zu]", step->index);
	return n < size ? n : size - 1;
}

static bool bad(const struct check *c, const struct step *step,
		const char *what)
{
	char path[160] = "";

	path_text(step, path, sizeof(path));
	return json_fail(c->at, "%s: %s", *path ? path : "the line", what);
}

static bool missing(const struct check *c, const struct step *step,
		    const char *key)
{
	const struct step at = { .up = step, .key = key };
	char path[160];

	path_text(&at, path, sizeof(path));
	return json_fail(c->at, "the key %s is missing", path);
}

static bool check_integer(const struct check *c, const cJSON *value,
			  const struct json_key *row, const struct step *step)
{
	double number = value->valuedouble;
	char what[120];

	if (!cJSON_IsNumber(value))
		return bad(c, step, "a number is expected");
	if (!(number >= -(double)JSON_INTEGER_MAX &&
	      number <= (double)JSON_INTEGER_MAX) ||
	    number != (double)(int64_t)number)
		return bad(c, step, "not an integer, or beyond 2^52");
	if (json_i64(value) >= row->min && json_i64(value) <= row->max)
		return true;
	snprintf(what, sizeof(what),
		 "%" PRId64 " is out of range; %" PRId64 " to %" PRId64
		 " is allowed",
		 json_i64(value), row->min, row->max);
	return bad(c, step, what);
}

static bool check_uint64(const struct check *c, const cJSON *value,
			 const struct step *step)
{
	static const struct json_key row = { .max = JSON_INTEGER_MAX };
	const char *text = value->valuestring;
	size_t length;

	if (!cJSON_IsString(value))
		return check_integer(c, value, &row, step);
	length = strlen(text);
	errno = 0;
	if (length && length <= 20 && strspn(text, "0123456789") == length &&
	    (strtoull(text, NULL, 10), !errno))
		return true;
	return bad(c, step, "a number below 2^64 is expected");
}

static bool check_string(const struct check *c, const cJSON *value,
			 const struct json_key *row, const struct step *step)
{
	const unsigned char *text = (unsigned char *)value->valuestring;
	int64_t length = 0;

	if (!cJSON_IsString(value))
		return bad(c, step, "a string is expected");
	for (; text[length]; length++)
		if (text[length] < 0x20 || text[length] == 0x7f ||
		    (text[length] == 0xc2 && text[length + 1] < 0xa0))
			return bad(c, step, "control character in a string");
	if (length < row->min || length > row->max)
		return bad(c, step, "the string is too short or too long");
	return true;
}

static bool check_value(const struct check *c, const cJSON *value,
			const struct json_key *row, const struct step *step);

/* The length of a list or map, and each of its values. */
static bool check_each(const struct check *c, const cJSON *value,
		       const struct json_key *row, const struct step *step)
{
	bool list = row->kind == JSON_LIST;
	struct step at = { .up = step };
	char what[80];

	if (list ? !cJSON_IsArray(value) : !cJSON_IsObject(value))
		return bad(c, step,
			   list ? "a list is expected" :
				  "an object is expected");
	for (const cJSON *v = value->child; v; v = v->next, at.index++) {
		at.key = list ? NULL : v->string;
		if (!check_value(c, v, row->of, &at))
			return false;
	}
	if ((int64_t)at.index >= row->min && (int64_t)at.index <= row->max)
		return true;
	snprintf(what, sizeof(what),
		 "%zu values, where %" PRId64 " to %" PRId64 " are expected",
		 at.index, row->min, row->max);
	return bad(c, step, what);
}

static bool check_object(const struct check *c, const cJSON *value,
			 const struct json_key *keys, const struct step *step)
{
	if (!cJSON_IsObject(value))
		return bad(c, step, "an object is expected");
	for (const struct json_key *row = keys; row->key; row++) {
		const struct step at = { .up = step, .key = row->key };
		const cJSON *member;

		if (row->needs & ~c->needs)
			continue;
		member = json_get(value, row->key);
		if (!member && row->optional)
			continue;
		if (!member)
			return missing(c, step, row->key);
		if (!check_value(c, member, row, &at))
			return false;
	}
	return true;
}

static bool check_value(const struct check *c, const cJSON *value,
			const struct json_key *row, const struct step *step)
{
	if (row->nullable && cJSON_IsNull(value))
		return true;
	switch (row->kind) {
	case JSON_INTEGER:
		return check_integer(c, value, row, step);
	case JSON_UINT64:
		return check_uint64(c, value, step);
	case JSON_BOOL:
		return cJSON_IsBool(value) ||
		       bad(c, step, "true or false is expected");
	case JSON_STRING:
		return check_string(c, value, row, step);
	case JSON_LIST:
	case JSON_MAP:
		return check_each(c, value, row, step);
	case JSON_OBJECT:
		return check_object(c, value, row->of, step);
	}
	return false;
}

bool json_check(const struct json_place *at, const cJSON *value,
		const struct json_key *row, unsigned int needs)
{
	const struct check c = { .at = at, .needs = needs };

	return check_value(&c, value, row, NULL);
}
