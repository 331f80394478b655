/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compare_json: the first difference of two states, and where it is, in the
 * words of the machine: "zone 0 Normal free_area[3].movable[17]".
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "snapshot/state_json.h"

/* The way to a value, from the leaf up. */
struct way {
	const struct way *up;
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

/* nodes[0].zones[1] is said as "zone 0 Normal". */
static size_t way_element(const struct way *way, char *buf, size_t size,
			  size_t at)
{
	const char *list = way->up->key;
	const cJSON *name;

	if (!list || !way->value)
		return append(buf, size, at, "[%u]", way->index);
	name = json_get(way->value, "name");
	if (!strcmp(list, "zones") && cJSON_IsString(name)) {
		const struct way *node = way->up->up;
		const cJSON *nid = json_get(node->value, "nid");

		at = append(buf, size, 0, "zone %u ", json_u32(nid));
		return append(buf, size, at, "%.20s", name->valuestring);
	}
	if (!strcmp(list, "nodes"))
		return append(buf, size, 0, "node %u",
			      json_member_u32(way->value, "nid"));
	return append(buf, size, at, "[%u]", way->index);
}

static size_t way_text(const struct way *way, char *buf, size_t size)
{
	bool named;
	size_t at;

	if (!way)
		return 0;
	at = way_text(way->up, buf, size);
	if (!way->key)
		return way->up ? way_element(way, buf, size, at) : at;
	/* "lists" says nothing that its keys do not */
	if (!strcmp(way->key, "lists"))
		return at;
	named = way->up && !way->up->key && way->up->up &&
		(!strcmp(way->up->up->key, "zones") ||
		 !strcmp(way->up->up->key, "nodes"));
	if (at)
		at = append(buf, size, at, "%s", named ? " " : ".");
	return append(buf, size, at, "%.40s", way->key);
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

static bool differs(const struct way *way, const cJSON *expected,
		    const cJSON *got, struct state_difference *d)
{
	if (!way_text(way, d->what, sizeof(d->what)))
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
		    const struct way *way, struct state_difference *d);

static bool compare_lists(const cJSON *expected, const cJSON *got,
			  const struct way *way, struct state_difference *d)
{
	const cJSON *e = expected->child, *g = got->child;
	struct way at = { .up = way };

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
static bool is_map(const struct way *way)
{
	return way && way->key &&
	       (!strcmp(way->key, "lists") || !strcmp(way->key, "page_types"));
}

static bool compare_objects(const cJSON *expected, const cJSON *got,
			    const struct way *way, struct state_difference *d)
{
	const cJSON *hint = expected->child;

	for (const cJSON *g = got->child; g; g = g->next) {
		const struct way at = { .up = way,
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
		const struct way at = { .up = way, .key = e->string };
		const cJSON *g = get_near(got, hint, e->string);

		if (g)
			hint = g->next;
		else if (!is_nothing(e) && (is_map(way) || is_map(&at)))
			return differs(&at, e, NULL, d);
	}
	return true;
}

static bool compare_strings(const cJSON *expected, const cJSON *got,
			    const struct way *way, struct state_difference *d)
{
	const char *e = expected->valuestring, *g = got->valuestring;
	struct way at = { .up = way };

	if (!strcmp(e, g))
		return true;
	if (!way->key || strcmp(way->key, "pageblocks"))
		return differs(way, expected, got, d);
	while (e[at.index] && e[at.index] == g[at.index])
		at.index++;
	differs(&at, expected, got, d);
	snprintf(d->expected, sizeof(d->expected), "%.1s", e + at.index);
	snprintf(d->got, sizeof(d->got), "%.1s", g + at.index);
	return false;
}

static bool compare(const cJSON *expected, const cJSON *got,
		    const struct way *way, struct state_difference *d)
{
	if (cJSON_IsArray(got) && cJSON_IsArray(expected))
		return compare_lists(expected, got, way, d);
	if (cJSON_IsObject(got) && cJSON_IsObject(expected))
		return compare_objects(expected, got, way, d);
	if (cJSON_IsString(got) && cJSON_IsString(expected))
		return compare_strings(expected, got, way, d);
	if (cJSON_IsNumber(got) && cJSON_IsNumber(expected) &&
	    got->valuedouble == expected->valuedouble)
		return true;
	if ((cJSON_IsNull(got) && cJSON_IsNull(expected)) ||
	    (cJSON_IsTrue(got) && cJSON_IsTrue(expected)) ||
	    (cJSON_IsFalse(got) && cJSON_IsFalse(expected)))
		return true;
	return differs(way, expected, got, d);
}

bool state_compare(const cJSON *expected, const cJSON *got,
		   struct state_difference *difference)
{
	return compare(expected, got, NULL, difference);
}
