/* SPDX-License-Identifier: GPL-2.0-or-later */
/* json: parsing, lookups. */
#include "json/json.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool json_fail(const struct json_place *at, const char *format, ...)
{
	char *text = at->error->text;
	const size_t size = sizeof(at->error->text);
	va_list args;
	int n;

	n = snprintf(text, size, "%.250s:%u: ", at->path, at->line);
	va_start(args, format);
	vsnprintf(text + n, size - (size_t)n, format, args);
	va_end(args);
	file_clean(text);
	return false;
}

static int compare_keys(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* With many keys: sort them, so that equal keys are adjacent. */
static const char *duplicate_sorted(const cJSON *object, size_t nr,
				    bool *no_memory)
{
	const char **keys = malloc(nr * sizeof(*keys));
	const char *found = NULL;
	size_t i = 0;

	if (!keys) {
		*no_memory = true;
		return NULL;
	}
	for (const cJSON *c = object->child; c; c = c->next)
		keys[i++] = c->string;
	qsort(keys, nr, sizeof(*keys), compare_keys);
	for (i = 1; i < nr && !found; i++)
		if (!strcmp(keys[i - 1], keys[i]))
			found = keys[i];
	/* the strings belong to the tree */
	free(keys);
	return found;
}

static const char *duplicate_key(const cJSON *object, bool *no_memory)
{
	size_t nr = 0;

	for (const cJSON *c = object->child; c; c = c->next)
		nr++;
	if (nr > 32)
		return duplicate_sorted(object, nr, no_memory);
	for (const cJSON *c = object->child; c; c = c->next)
		for (const cJSON *d = c->next; d; d = d->next)
			if (!strcmp(c->string, d->string))
				return d->string;
	return NULL;
}

/* json_scan() limits the depth of the recursion. */
static bool no_duplicates(const struct json_place *at, const cJSON *value)
{
	bool no_memory = false;

	if (cJSON_IsObject(value)) {
		const char *key = duplicate_key(value, &no_memory);

		if (no_memory)
			return json_fail(at, "no memory");
		if (key)
			return json_fail(at,
					 "duplicate key \"%.60s\" in an object",
					 key);
	}
	for (const cJSON *c = value->child; c; c = c->next)
		if (c->child && !no_duplicates(at, c))
			return false;
	return true;
}

cJSON *json_parse(const struct json_place *at, const char *text, size_t length)
{
	cJSON *tree;

	if (!json_scan(at, text, length))
		return NULL;
	tree = cJSON_ParseWithLength(text, length);
	if (!tree) {
		json_fail(at, "no memory");
		return NULL;
	}
	if (no_duplicates(at, tree))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

const cJSON *json_get(const cJSON *object, const char *key)
{
	for (const cJSON *c = object->child; c; c = c->next)
		if (c->string && !strcmp(c->string, key))
			return c;
	return NULL;
}

uint64_t json_u64(const cJSON *value)
{
	if (cJSON_IsString(value))
		return strtoull(value->valuestring, NULL, 10);
	return (uint64_t)value->valuedouble;
}

uint32_t json_length(const cJSON *list)
{
	uint32_t nr = 0;

	for (const cJSON *v = list->child; v; v = v->next)
		nr++;
	return nr;
}

cJSON *json_header(const char *text, size_t length)
{
	struct file_error error;
	const struct json_place at = { "", 1, &error };
	const char *end;
	cJSON *json;

	if (length > JSON_HEADER_MAX)
		length = JSON_HEADER_MAX;
	end = memchr(text, '\n', length);
	json = json_parse(&at, text, end ? (size_t)(end - text) : length);
	if (cJSON_IsObject(json))
		return json;
	cJSON_Delete(json);
	return NULL;
}

bool json_header_has(const char *text, size_t length, const char *key)
{
	cJSON *json = json_header(text, length);
	bool has = json && json_get(json, key);

	cJSON_Delete(json);
	return has;
}
