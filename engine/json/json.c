/* SPDX-License-Identifier: GPL-2.0-or-later */
/* json: files, parsing, lookups. */
#include "json/json.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* File names and keys come from outside: no control bytes to terminals. */
static void clean(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = '?';
}

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
	clean(text);
	return false;
}

static bool read_failed(const char *path, const char *why,
			struct file_error *error)
{
	snprintf(error->text, sizeof(error->text), "%.300s: cannot be read: %s",
		 path, why);
	clean(error->text);
	return false;
}

/* Room for more, or NULL; a NUL always fits behind. */
static char *file_grow(char *data, size_t *room)
{
	size_t more = *room ? *room * 2 : (size_t)1 << 16;
	char *moved = realloc(data, more + 1);

	if (moved)
		*room = more;
	return moved;
}

static const char *read_stream(struct json_file *file, FILE *stream)
{
	size_t room = 0, n;

	do {
		if (file->size == room) {
			char *data = file_grow(file->data, &room);

			if (!data)
				return "no memory";
			file->data = data;
		}
		n = fread(file->data + file->size, 1, room - file->size,
			  stream);
		file->size += n;
		if (file->size > JSON_FILE_MAX)
			return "it is larger than 256 MiB";
	} while (n);
	if (ferror(stream))
		return strerror(errno);
	file->data[file->size] = '\0';
	return NULL;
}

bool json_file_read(struct json_file *file, const char *path,
		    struct file_error *error)
{
	const bool standard = !strcmp(path, "-");
	FILE *stream = standard ? stdin : fopen(path, "rbe");
	const char *why;

	*file = (struct json_file){ .data = NULL };
	if (!stream)
		return read_failed(path, strerror(errno), error);
	why = read_stream(file, stream);
	if (!standard)
		fclose(stream);
	if (!why)
		return true;
	free(file->data);
	file->data = NULL;
	return read_failed(standard ? "standard input" : path, why, error);
}

bool json_file_copy(struct json_file *file, const char *name, const char *text,
		    size_t length, struct file_error *error)
{
	*file = (struct json_file){ .data = malloc(length + 1) };
	if (!file->data)
		return read_failed(name, "no memory", error);
	memcpy(file->data, text, length);
	file->data[length] = '\0';
	file->size = length;
	return true;
}

bool json_file_line(const struct json_file *file, size_t *offset,
		    const char **line, size_t *length)
{
	const char *begin = file->data + *offset;
	const char *end;

	if (*offset >= file->size)
		return false;
	end = memchr(begin, '\n', file->size - *offset);
	*line = begin;
	*length = end ? (size_t)(end - begin) : file->size - *offset;
	*offset += *length + (end != NULL);
	return true;
}

static int compare_keys(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Many keys: sorted, equal ones stand side by side. */
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

/* Depth is bounded by json_scan(). */
static bool no_duplicates(const struct json_place *at, const cJSON *value)
{
	bool no_memory = false;

	if (cJSON_IsObject(value)) {
		const char *key = duplicate_key(value, &no_memory);

		if (no_memory)
			return json_fail(at, "no memory");
		if (key)
			return json_fail(at,
					 "the key \"%.60s\" stands twice "
					 "in one object",
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

bool json_header_has(const char *text, size_t length, const char *key)
{
	struct file_error error;
	const struct json_place at = { "", 1, &error };
	const char *end;
	cJSON *json;
	bool has;

	if (length > JSON_HEADER_MAX)
		length = JSON_HEADER_MAX;
	end = memchr(text, '\n', length);
	if (end)
		length = (size_t)(end - text);
	json = json_parse(&at, text, length);
	has = json && cJSON_IsObject(json) && json_get(json, key);
	cJSON_Delete(json);
	return has;
}
