/* SPDX-License-Identifier: GPL-2.0-or-later */
/* state_json: check, load and save a state by the tables of its keys. */
#include "snapshot/state_json.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "state/state.h"

static const struct json_key state_halves[] = {
	[STATE_SYSTEM] = { .kind = JSON_OBJECT, .of = state_machine_keys },
	[STATE_NODES] = { .kind = JSON_OBJECT, .of = state_nodes_keys },
};

static unsigned int needs_of(bool cma, uint32_t format)
{
	return (cma ? JSON_NEEDS_CMA : 0) |
	       (format >= 2 ? JSON_NEEDS_FORMAT_2 : 0);
}

unsigned int state_needs(const struct machine *m, uint32_t format)
{
	return needs_of(m->system->cma, format);
}

bool state_format(const struct json_place *at, const cJSON *header,
		  uint32_t *format)
{
	const cJSON *version = json_get(header, "recording");

	if (!cJSON_IsNumber(version) || json_i64(version) < 1 ||
	    json_i64(version) > STATE_FORMAT)
		return json_fail(
			at,
			"recording: version %lld is not supported; use version "
			"1 to %d",
			cJSON_IsNumber(version) ? (long long)json_i64(version) :
						  0ll,
			STATE_FORMAT);
	*format = json_u32(version);
	return true;
}

bool state_check(const struct json_place *at, const cJSON *json,
		 uint32_t format)
{
	const cJSON *system = json_get(json, "system");
	const cJSON *cma = system ? json_get(system, "cma") : NULL;
	unsigned int needs = needs_of(cJSON_IsTrue(cma), format);

	return json_check(at, json, &state_halves[STATE_SYSTEM], needs) &&
	       json_check(at, json, &state_halves[STATE_NODES], needs);
}

bool state_fail(const struct state_load *l, const char *format, ...)
{
	char what[300], pcp[16] = "";
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	if (!l->zone)
		return json_fail(l->at, "%s", what);
	if (l->in_pcp)
		snprintf(pcp, sizeof(pcp), " pcp[%u]", l->cpu);
	return json_fail(l->at, "node %u zone %s%s: %s", l->zone->node,
			 zone_type_name(l->zone->type), pcp, what);
}

bool state_load_keys(struct state_load *l, const cJSON *json,
		     enum state_half half)
{
	return state_load_object(l, json, state_halves[half].of, l->m->system);
}

static void load_chars(const char *field, const struct json_key *row,
		       const char *value)
{
	/* the machine has no history yet */
	char *chars = (char *)(uintptr_t)field;

	memset(chars, 0, (size_t)row->max + 1);
	memcpy(chars, value, strlen(value));
}

/* The length of an array in this machine. */
static uint32_t nr_values(const struct machine *m, const struct json_key *row)
{
	return row->part && row->part->count ? row->part->count(m) :
					       (uint32_t)row->max;
}

static bool load_array(struct state_load *l, const cJSON *value,
		       const struct json_key *row, const void *field)
{
	const uint32_t *u32 = field;
	const uint64_t *u64 = field;

	/* only zone.numa is nullable */
	if (row->nullable && cJSON_IsNull(value) == (l->m->system->numa != 0))
		return state_fail(l, "%s does not match system.numa", row->key);
	if (!cJSON_IsNull(value) && json_length(value) != nr_values(l->m, row))
		return state_fail(l, "%s: %u values, where %u are expected",
				  row->key, json_length(value),
				  nr_values(l->m, row));
	for (const cJSON *v = value->child; v; v = v->next)
		if (row->store == STORE_U32S)
			state_set(l->m, *u32++, json_u32(v));
		else
			state_set(l->m, *u64++, json_u64(v));
	return true;
}

static void save_array(struct state_save *s, const struct json_key *row,
		       const void *field)
{
	const uint32_t *u32 = field;
	const uint64_t *u64 = field;

	if (row->nullable && !s->m->system->numa) {
		writer_null(s->out);
		return;
	}
	writer_open(s->out, '[');
	for (uint32_t i = 0; i < nr_values(s->m, row); i++)
		writer_u64(s->out, row->store == STORE_U32S ? u32[i] : u64[i]);
	writer_close(s->out, ']');
}

static bool load_stored(struct state_load *l, const cJSON *value,
			const struct json_key *row, const void *field)
{
	const uint32_t *word = field;
	const uint64_t *wide = field;

	switch ((enum state_store)row->store) {
	case STORE_NONE:
		break;
	case STORE_U32:
		state_set(l->m, *word, json_u32(value));
		break;
	case STORE_I32:
		state_set(l->m, *word, (int32_t)json_i64(value));
		break;
	case STORE_U64:
		state_set(l->m, *wide, json_u64(value));
		break;
	case STORE_FLAG:
		state_set(l->m, *word, cJSON_IsTrue(value) ? 1 : 0);
		break;
	case STORE_CHARS:
		load_chars(field, row, value->valuestring);
		break;
	case STORE_U32S:
	case STORE_U64S:
		return (row->part && row->part->load) ||
		       load_array(l, value, row, field);
	case STORE_OBJECT:
		return state_load_object(l, value, row->of, field);
	}
	return true;
}

bool state_load_object(struct state_load *l, const cJSON *json,
		       const struct json_key *keys, const void *object)
{
	for (const struct json_key *row = keys; row->key; row++) {
		const void *field = (const char *)object + row->offset;
		const cJSON *value = json_get(json, row->key);

		if (!value || (row->needs & ~l->needs))
			continue;
		if (!load_stored(l, value, row, field))
			return false;
		if (row->part && row->part->load &&
		    !row->part->load(l, value, object))
			return false;
	}
	return true;
}

static void save_stored(struct state_save *s, const struct json_key *row,
			const void *field)
{
	uint64_t wide;

	switch ((enum state_store)row->store) {
	case STORE_NONE:
		break;
	case STORE_U32:
		writer_i64(s->out, *(const uint32_t *)field);
		break;
	case STORE_I32:
		writer_i64(s->out, *(const int32_t *)field);
		break;
	case STORE_U64:
		memcpy(&wide, field, sizeof(wide));
		writer_u64(s->out, wide);
		break;
	case STORE_FLAG:
		writer_bool(s->out, *(const uint32_t *)field);
		break;
	case STORE_CHARS:
		writer_string(s->out, field);
		break;
	case STORE_U32S:
	case STORE_U64S:
		save_array(s, row, field);
		break;
	case STORE_OBJECT:
		writer_open(s->out, '{');
		state_save_object(s, row->of, field);
		writer_close(s->out, '}');
		break;
	}
}

void state_save_object(struct state_save *s, const struct json_key *keys,
		       const void *object)
{
	for (const struct json_key *row = keys; row->key; row++) {
		const struct state_part *part = row->part;

		if (row->needs & ~s->needs)
			continue;
		if (part && part->wanted && !part->wanted(s, object))
			continue;
		writer_key(s->out, row->key);
		if (part && part->save)
			part->save(s, object);
		else
			save_stored(s, row, (const char *)object + row->offset);
	}
}

void state_save(struct json_writer *out, const struct machine *m,
		const char *name, uint32_t format)
{
	struct state_save save = { .out = out,
				   .m = m,
				   .needs = state_needs(m, format) };

	writer_add_string(out, "state", name);
	state_save_object(&save, state_machine_keys, m->system);
	state_save_object(&save, state_nodes_keys, m->system);
}
