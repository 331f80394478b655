/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recording: a file of JSON Lines, read and checked as a whole.
 *
 * Only the text and the positions of its lines stay in memory; a line is
 * parsed again when it is needed. A large file costs its size, not fifty
 * times as much for a tree.
 */
#include "replay/recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/array.h"
#include "replay/recording_private.h"
#include "snapshot/state_json.h"

struct recording {
	char *path;
	struct file_text file;
	char title[256];
	uint32_t format;
	uint32_t nr_cpus;
	bool cma;
	bool has_final;
	struct op_line begin;
	struct op_line *ops;
	uint32_t nr_ops;
	struct state_line *states;
	uint32_t nr_states;
	struct slots slots;
};

/* -- header --------------------------------------------------------------- */

static const struct json_key header_keys[] = {
	{ .key = "recording", .kind = JSON_INTEGER, .max = JSON_INTEGER_MAX },
	{ .key = "title", .kind = JSON_STRING, .max = 255 },
	{ .key = "kernel", .kind = JSON_STRING, .max = 255 },
	{ .key = "cpus", .kind = JSON_INTEGER, .min = 1, .max = NR_CPUS },
	{ .key = NULL },
};
static const struct json_key header = { .kind = JSON_OBJECT,
					.of = header_keys };

static bool read_header(struct recording *r, const struct json_place *at,
			const cJSON *json)
{
	if (!json_check(at, json, &header, 0))
		return false;
	if (!state_format(at, json, &r->format))
		return false;
	snprintf(r->title, sizeof(r->title), "%s",
		 json_get(json, "title")->valuestring);
	r->nr_cpus = json_member_u32(json, "cpus");
	return true;
}

bool recording_is(const char *path)
{
	FILE *stream = fopen(path, "rbe");
	char line[JSON_HEADER_MAX];
	size_t length;

	if (!stream)
		return false;
	length = fread(line, 1, sizeof(line), stream);
	fclose(stream);
	return json_header_has(line, length, "recording");
}

/* -- states and operations ------------------------------------------------ */

static bool no_memory(const struct json_place *at)
{
	return json_fail(at, "no memory");
}

static bool read_begin(struct recording *r, const struct json_place *at,
		       const cJSON *json, const struct op_line *line)
{
	const cJSON *name = json_get(json, "state");

	if (!cJSON_IsString(name) || strcmp(name->valuestring, "begin"))
		return json_fail(at, "the second line is the state \"begin\"");
	if (!state_check(at, json, r->format))
		return false;
	if (json_length(json_get(json, "cpus")) != r->nr_cpus)
		return json_fail(at, "cpus: not as many as in the header");
	r->cma = cJSON_IsTrue(json_get(json_get(json, "system"), "cma"));
	r->begin = *line;
	return true;
}

static bool read_state(struct recording *r, const struct json_place *at,
		       const cJSON *json, const struct op_line *line)
{
	const cJSON *name = json_get(json, "state");
	bool final = cJSON_IsString(name) &&
		     !strcmp(name->valuestring, "final");
	struct state_line *state;

	if (!final &&
	    (!cJSON_IsString(name) || strcmp(name->valuestring, "check")))
		return json_fail(at, "state: \"check\" or \"final\" is "
				     "expected");
	if (!state_check(at, json, r->format))
		return false;
	state = array_add(r->states, r->nr_states);
	if (!state)
		return no_memory(at);
	*state = (struct state_line){ .line = *line, .nr_ops = r->nr_ops };
	r->has_final = final;
	return true;
}

static unsigned int recording_needs(const struct recording *r)
{
	return (r->cma ? JSON_NEEDS_CMA : 0) |
	       (r->format >= 2 ? JSON_NEEDS_FORMAT_2 : 0);
}

static bool read_op(struct recording *r, const struct json_place *at,
		    const cJSON *json, struct op_line *line)
{
	struct op op = { .kind = OP_ALLOC };
	struct op_line *added;

	if (!op_check(at, json, recording_needs(r), &op.kind))
		return false;
	op_read(&op, json);
	if (!slots_follow(&r->slots, &op, line))
		return no_memory(at);
	added = array_add(r->ops, r->nr_ops);
	if (!added)
		return no_memory(at);
	*added = *line;
	return true;
}

/* -- the file ------------------------------------------------------------- */

static bool read_tree(struct recording *r, const struct json_place *at,
		      const cJSON *json, struct op_line *line)
{
	if (!cJSON_IsObject(json))
		return json_fail(at, "an object is expected on each line");
	if (line->number == 1)
		return read_header(r, at, json);
	if (line->number == 2)
		return read_begin(r, at, json, line);
	if (r->has_final)
		return json_fail(at, "a line follows the state "
				     "\"final\"");
	if (json_get(json, "state"))
		return read_state(r, at, json, line);
	if (json_get(json, "op"))
		return read_op(r, at, json, line);
	return json_fail(at, "neither a state nor an op");
}

static bool read_line(struct recording *r, struct op_line *line,
		      struct file_error *error)
{
	const struct json_place at = { r->path, line->number, error };
	cJSON *json =
		json_parse(&at, r->file.data + line->offset, line->length);
	bool ok = json && read_tree(r, &at, json, line);

	cJSON_Delete(json);
	return ok;
}

static bool read_lines(struct recording *r, struct file_error *error)
{
	struct op_line line = { .number = 0 };
	size_t offset = 0;
	const char *text;
	bool ok = true;

	while (ok && file_next_line(&r->file, &offset, &text, &line.length)) {
		line.offset = (size_t)(text - r->file.data);
		line.number++;
		ok = read_line(r, &line, error);
	}
	if (ok && !r->has_final) {
		const uint32_t last = line.number ? line.number : 1;
		const struct json_place at = { r->path, last, error };

		return json_fail(&at,
				 "the recording ends before its state "
				 "\"final\": the file seems to be truncated");
	}
	return ok;
}

static struct recording *recording_new(const char *path,
				       struct file_error *error)
{
	const struct json_place at = { path, 0, error };
	struct recording *r = calloc(1, sizeof(*r));

	if (r)
		r->path = strdup(path);
	if (r && r->path)
		return r;
	json_fail(&at, "no memory");
	free(r);
	return NULL;
}

/* What was opened, when all went well; else it is closed. */
static struct recording *recording_opened(struct recording *r, bool ok)
{
	if (ok)
		return r;
	recording_close(r);
	return NULL;
}

struct recording *recording_open(const char *path, struct file_error *error)
{
	struct recording *r = recording_new(path, error);

	return recording_opened(
		r, r && file_read(&r->file, path, FILE_READ_MAX, error) &&
			   read_lines(r, error));
}

struct recording *recording_open_text(const char *name, const char *text,
				      size_t length, struct file_error *error)
{
	struct recording *r = recording_new(name, error);

	return recording_opened(
		r, r && file_copy(&r->file, name, text, length, error) &&
			   read_lines(r, error));
}

void recording_close(struct recording *r)
{
	if (!r)
		return;
	slots_destroy(&r->slots);
	free(r->states);
	free(r->ops);
	free(r->file.data);
	free(r->path);
	free(r);
}

const char *recording_title(const struct recording *r)
{
	return r->title;
}

uint32_t recording_nr_ops(const struct recording *r)
{
	return r->nr_ops;
}

uint32_t recording_nr_states(const struct recording *r)
{
	return r->nr_states;
}

const struct state_line *recording_state(const struct recording *r, uint32_t i)
{
	return &r->states[i];
}

uint32_t recording_op_line(const struct recording *r, uint32_t i)
{
	return r->ops[i].number;
}

uint32_t recording_format(const struct recording *r)
{
	return r->format;
}

bool recording_has_cma(const struct recording *r)
{
	return r->cma;
}

cJSON *recording_parse(const struct recording *r, const struct op_line *line,
		       struct file_error *error)
{
	const struct json_place at = { r->path, line->number, error };

	return json_parse(&at, r->file.data + line->offset, line->length);
}

bool recording_op(const struct recording *r, uint32_t i, struct op *op,
		  struct file_error *error)
{
	const struct op_line *line = &r->ops[i];
	const struct json_place at = { r->path, line->number, error };

	*op = (struct op){ .json = recording_parse(r, line, error) };
	if (!op->json)
		return false;
	if (!op_check(&at, op->json, recording_needs(r), &op->kind))
		return false;
	op_read(op, op->json);
	op->block = line->block;
	op->freed = r->slots.reclaimed + line->first_reclaimed;
	op->nr_freed = line->nr_reclaimed;
	return true;
}

bool recording_machine(const struct recording *r, struct machine *m,
		       struct file_error *error)
{
	const struct json_place at = { r->path, r->begin.number, error };
	cJSON *json = recording_parse(r, &r->begin, error);
	bool ok = json && state_load(&at, json, r->format, m, NULL);

	cJSON_Delete(json);
	return ok;
}

bool recording_play(const struct recording *r, struct session *s, uint32_t from,
		    uint32_t to)
{
	bool ok = true;

	for (uint32_t i = from; ok && i < to && i < r->nr_ops; i++) {
		const struct source_line where = { .file = r->path,
						   .line = r->ops[i].number };
		const struct request *request;
		struct file_error error;
		struct op op;

		if (!recording_op(r, i, &op, &error)) {
			op_release(&op);
			return false;
		}
		request = op_run(&op, s, &where);
		ok = request && request->error == MACHINE_ERROR_none;
		op_release(&op);
	}
	return ok;
}
