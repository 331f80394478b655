/* SPDX-License-Identifier: GPL-2.0-or-later */
/* document: the cursor in a JSON file, and its values. */
#include "json/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/json.h"

/* An object on the path to the cursor. */
struct document_level {
	const cJSON *object;
	const char *key; /* in the parent object; NULL: root */
	int64_t index; /* in a list, else -1 */
};

struct document {
	cJSON *tree;
	char *path;
	struct file_error *error;
	bool ok;
	uint32_t depth;
	struct document_level levels[JSON_DEPTH_MAX + 1];
};

/* -- opening and closing -------------------------------------------------- */

static bool document_parse(struct document *d, const char *text, size_t size)
{
	const struct json_place at = { d->path, 1, d->error };

	d->tree = json_parse(&at, text, size);
	if (!d->tree)
		return false;
	d->levels[0] =
		(struct document_level){ .object = d->tree, .index = -1 };
	return cJSON_IsObject(d->tree) ||
	       json_fail(&at, "an object is expected");
}

struct document *document_from_text(const char *name, const char *text,
				    size_t size, struct file_error *error)
{
	struct document *d = calloc(1, sizeof(*d));

	if (d)
		d->path = strdup(name);
	if (!d || !d->path) {
		snprintf(error->text, sizeof(error->text), "no memory");
		free(d);
		return NULL;
	}
	d->error = error;
	d->ok = document_parse(d, text, size);
	if (d->ok)
		return d;
	document_close(d);
	return NULL;
}

struct document *document_open(const char *path, struct file_error *error)
{
	struct file_text file;
	struct document *d;

	if (!file_read(&file, path, FILE_READ_MAX, error))
		return NULL;
	d = document_from_text(strcmp(path, "-") ? path : "standard input",
			       file.data, file.size, error);
	free(file.data);
	return d;
}

bool document_close(struct document *d)
{
	bool ok = d->ok;

	cJSON_Delete(d->tree);
	free(d->path);
	free(d);
	return ok;
}

/* -- errors --------------------------------------------------------------- */

/* "submissions[3].runs[0].seed" */
static void path_text(const struct document *d, const char *key, char *buf,
		      size_t size)
{
	size_t at = 0;

	buf[0] = '\0';
	for (uint32_t i = 1; i <= d->depth && at < size - 1; i++) {
		const struct document_level *level = &d->levels[i];

		at += (size_t)snprintf(buf + at, size - at, "%s%.40s",
				       at ? "." : "", level->key);
		if (level->index >= 0 && at < size - 1)
			at += (size_t)snprintf(buf + at, size - at, "[%lld]",
					       (long long)level->index);
	}
	if (at < size - 1)
		snprintf(buf + at, size - at, "%s%.60s", at && *key ? "." : "",
			 key);
}

void document_fail(struct document *d, const char *key, const char *what)
{
	const struct json_place at = { d->path, 1, d->error };
	char path[200];

	if (!d->ok)
		return;
	path_text(d, key, path, sizeof(path));
	json_fail(&at, "%s: %s", path, what);
	d->ok = false;
}

/* -- values --------------------------------------------------------------- */

/* The value of @key; NULL after an error. */
static const cJSON *member(struct document *d, const char *key)
{
	const cJSON *value;

	if (!d->ok)
		return NULL;
	value = json_get(d->levels[d->depth].object, key);
	if (!value)
		document_fail(d, key, "the key is missing");
	return value;
}

/* The value of @key if it matches @row; otherwise NULL, with an error. */
static const cJSON *checked(struct document *d, const char *key,
			    const struct json_key *row)
{
	const cJSON *value = member(d, key);
	struct file_error error;
	const struct json_place at = { "", 1, &error };
	static const char behind[] = ":1: the line: ";

	if (!value || json_check(&at, value, row, 0))
		return value;
	document_fail(d, key, error.text + strlen(behind));
	return NULL;
}

char *document_string(struct document *d, const char *key, uint32_t max)
{
	const cJSON *value = member(d, key);

	if (value && !cJSON_IsString(value))
		document_fail(d, key, "a string is expected");
	else if (value && strlen(value->valuestring) > max)
		document_fail(d, key, "the string is too long");
	return strdup(d->ok && value ? value->valuestring : "");
}

int64_t document_i64(struct document *d, const char *key, int64_t min,
		     int64_t max)
{
	const struct json_key row = { .kind = JSON_INTEGER,
				      .min = min,
				      .max = max };
	const cJSON *value = checked(d, key, &row);

	return value ? json_i64(value) : 0;
}

uint64_t document_u64(struct document *d, const char *key)
{
	const struct json_key row = { .kind = JSON_UINT64 };
	const cJSON *value = checked(d, key, &row);

	return value ? json_u64(value) : 0;
}

bool document_bool(struct document *d, const char *key)
{
	const struct json_key row = { .kind = JSON_BOOL };

	return cJSON_IsTrue(checked(d, key, &row));
}

double document_number(struct document *d, const char *key, double min,
		       double max)
{
	const cJSON *value = member(d, key);

	if (!value)
		return 0;
	if (cJSON_IsNumber(value) && value->valuedouble >= min &&
	    value->valuedouble <= max)
		return value->valuedouble;
	document_fail(d, key,
		      cJSON_IsNumber(value) ? "the number is out of range" :
					      "a number is expected");
	return 0;
}

bool document_is_null(struct document *d, const char *key)
{
	return cJSON_IsNull(member(d, key));
}

uint32_t document_enum(struct document *d, const char *key,
		       const char *(*name)(uint32_t i), uint32_t nr)
{
	const struct json_key row = { .kind = JSON_STRING, .max = 60 };
	const cJSON *value = checked(d, key, &row);
	char what[120];

	for (uint32_t i = 0; value && i < nr; i++)
		if (!strcmp(value->valuestring, name(i)))
			return i;
	if (value) {
		snprintf(what, sizeof(what), "\"%s\" is not an allowed value",
			 value->valuestring);
		document_fail(d, key, what);
	}
	return 0;
}

/* -- moving --------------------------------------------------------------- */

static void go_down(struct document *d, const cJSON *object, const char *key,
		    int64_t index)
{
	/* the parser limits the depth */
	d->levels[++d->depth] = (struct document_level){ .object = object,
							 .key = key,
							 .index = index };
}

void document_leave(struct document *d)
{
	d->depth--;
}

bool document_enter(struct document *d, const char *key)
{
	const cJSON *value = member(d, key);

	if (value && !cJSON_IsObject(value))
		document_fail(d, key, "an object is expected");
	if (!d->ok)
		return false;
	go_down(d, value, key, -1);
	return true;
}

static const cJSON *list(struct document *d, const char *key, uint32_t max)
{
	const cJSON *value = member(d, key);

	if (value && !cJSON_IsArray(value))
		document_fail(d, key, "a list is expected");
	else if (value && json_length(value) > max)
		document_fail(d, key, "the list is too long");
	return d->ok ? value : NULL;
}

uint32_t document_length(struct document *d, const char *key, uint32_t max)
{
	const cJSON *value = list(d, key, max);

	return value ? json_length(value) : 0;
}

/* Is the element of a list at the cursor an object? */
static bool in_object(struct document *d)
{
	struct document_level *level = &d->levels[d->depth];

	if (level->object && d->ok && cJSON_IsObject(level->object))
		return true;
	if (level->object)
		document_fail(d, "", "an object is expected");
	d->depth--;
	return false;
}

bool document_list(struct document *d, const char *key, uint32_t max)
{
	const cJSON *value = list(d, key, max);

	if (!value)
		return false;
	go_down(d, value->child, key, 0);
	return in_object(d);
}

bool document_next(struct document *d)
{
	struct document_level *level = &d->levels[d->depth];

	level->object = level->object->next;
	level->index++;
	return in_object(d);
}
