/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recording_compare: the first difference of two states, and its place:
 * "zone 0 Normal free_area[3].movable[17]".
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "snapshot/state_json.h"

/* The path to a value, from the leaf up. */
struct path {
	const struct path *up;
	const char *key; /* NULL: an element of a list */
	uint32_t index;
	const cJSON *value;
};

/* Prints at @at, within @size; returns where it ended. */
__attribute__((format(printf, 4, 5))) static size_t
append(char *buf, size_t size, size_t at, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(buf + at, size - at, format, args);
	va_end(args);
	return at + (size_t)n < size ? at + (size_t)n : size - 1;
}

/* nodes[0].zones[1] is printed as "zone 0 Normal". */
static size_t path_element(const struct path *path, char *buf, size_t size,
			   size_t at)
{
	const char *list = path->up->key;
	const cJSON *name;

	if (!list || !path->value)
		return append(buf, size, at, "[%u]", path->index);
	name = json_get(path->value, "name");
	if (!strcmp(list, "zones") && cJSON_IsString(name)) {
		const struct path *node = path->up->up;
		const cJSON *nid = json_get(node->value, "nid");

		at = append(buf, size, 0, "zone %u ", json_u32(nid));
		return append(buf, size, at, "%.20s", name->valuestring);
	}
	if (!strcmp(list, "nodes"))
		return append(buf, size, 0, "node %u",
			      json_member_u32(path->value, "nid"));
	return append(buf, size, at, "[%u]", path->index);
}

static size_t path_text(const struct path *path, char *buf, size_t size)
{
	bool named;
	size_t at;

	if (!path)
		return 0;
	at = path_text(path->up, buf, size);
	if (!path->key)
		return path->up ? path_element(path, buf, size, at) : at;
	/* "lists" adds nothing to its keys */
	if (!strcmp(path->key, "lists"))
		return at;
	named = path->up && !path->up->key && path->up->up &&
		(!strcmp(path->up->up->key, "zones") ||
		 !strcmp(path->up->up->key, "nodes"));
	if (at)
		at = append(buf, size, at, "%s", named ? " " : ".");
	return append(buf, size, at, "%.40s", path->key);
}

static void value_text(const cJSON *value, char *buf, size_t size)
{
	if (!value)
		snprintf(buf, size, "nothing");
	else if (cJSON_IsNumber(value))
		snprintf(buf, size, "%.0f", value->valuedouble);
	else if (cJSON_IsString(value))
		snprintf(buf, size, "%s", value->valuestring);
	else if (cJSON_IsBool(value))
		snprintf(buf, size, "%s",
			 cJSON_IsTrue(value) ? "true" : "false");
	else if (cJSON_IsNull(value))
		snprintf(buf, size, "null");
	else
		snprintf(buf, size, "%u values", json_length(value));
}

static bool differs(const struct path *path, const cJSON *expected,
		    const cJSON *got, struct state_difference *d)
{
	if (!path_text(path, d->what, sizeof(d->what)))
		snprintf(d->what, sizeof(d->what), "the state");
	value_text(expected, d->expected, sizeof(d->expected));
	value_text(got, d->got, sizeof(d->got));
	return false;
}

/* A list or object with nothing in it, or not there: the same. */
static bool is_nothing(const cJSON *value)
{
	return !value || ((cJSON_IsArray(value) || cJSON_IsObject(value)) &&
			  !value->child);
}

/* The member, most likely the one at @hint. */
static const cJSON *get_near(const cJSON *object, const cJSON *hint,
			     const char *key)
{
	return hint && !strcmp(hint->string, key) ? hint :
						    json_get(object, key);
}

static bool compare(const cJSON *expected, const cJSON *got,
		    const struct path *path, struct state_difference *d);

static bool compare_lists(const cJSON *expected, const cJSON *got,
			  const struct path *path, struct state_difference *d)
{
	const cJSON *e = expected->child, *g = got->child;
	struct path at = { .up = path };

	for (; e || g; at.index++) {
		at.value = g;
		if (!e || !g)
			return differs(&at, e, g, d);
		if (!compare(e, g, &at, d))
			return false;
		e = e->next;
		g = g->next;
	}
	return true;
}

/* In these, keys are values, and one that is only expected counts. */
static bool is_map(const struct path *path)
{
	return path && path->key &&
	       (!strcmp(path->key, "lists") ||
		!strcmp(path->key, "page_types"));
}

static bool compare_objects(const cJSON *expected, const cJSON *got,
			    const struct path *path, struct state_difference *d)
{
	const cJSON *hint = expected->child;

	for (const cJSON *g = got->child; g; g = g->next) {
		const struct path at = { .up = path,
					 .key = g->string,
					 .value = g };
		const cJSON *e = get_near(expected, hint, g->string);

		if (!e && !is_nothing(g))
			return differs(&at, NULL, g, d);
		if (e && !compare(e, g, &at, d))
			return false;
		if (e)
			hint = e->next;
	}
	hint = got->child;
	for (const cJSON *e = expected->child; e; e = e->next) {
		const struct path at = { .up = path, .key = e->string };
		const cJSON *g = get_near(got, hint, e->string);

		if (g)
			hint = g->next;
		else if (!is_nothing(e) && (is_map(path) || is_map(&at)))
			return differs(&at, e, NULL, d);
	}
	return true;
}

static bool compare_strings(const cJSON *expected, const cJSON *got,
			    const struct path *path, struct state_difference *d)
{
	const char *e = expected->valuestring, *g = got->valuestring;
	struct path at = { .up = path };

	if (!strcmp(e, g))
		return true;
	if (!path->key || strcmp(path->key, "pageblocks"))
		return differs(path, expected, got, d);
	while (e[at.index] && e[at.index] == g[at.index])
		at.index++;
	differs(&at, expected, got, d);
	snprintf(d->expected, sizeof(d->expected), "%.1s", e + at.index);
	snprintf(d->got, sizeof(d->got), "%.1s", g + at.index);
	return false;
}

static bool compare(const cJSON *expected, const cJSON *got,
		    const struct path *path, struct state_difference *d)
{
	if (cJSON_IsArray(got) && cJSON_IsArray(expected))
		return compare_lists(expected, got, path, d);
	if (cJSON_IsObject(got) && cJSON_IsObject(expected))
		return compare_objects(expected, got, path, d);
	if (cJSON_IsString(got) && cJSON_IsString(expected))
		return compare_strings(expected, got, path, d);
	if (cJSON_IsNumber(got) && cJSON_IsNumber(expected) &&
	    got->valuedouble == expected->valuedouble)
		return true;
	if ((cJSON_IsNull(got) && cJSON_IsNull(expected)) ||
	    (cJSON_IsTrue(got) && cJSON_IsTrue(expected)) ||
	    (cJSON_IsFalse(got) && cJSON_IsFalse(expected)))
		return true;
	return differs(path, expected, got, d);
}

bool state_compare(const cJSON *expected, const cJSON *got,
		   struct state_difference *difference)
{
	return compare(expected, got, NULL, difference);
}
