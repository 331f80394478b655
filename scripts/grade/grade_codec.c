/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade_wire: a graded submission as bytes, between our own processes.
 *
 * Numbers are as this machine has them, texts have their length before
 * them. The reader believes nothing: a worker that was brought down may
 * have written half of it.
 */
#include <stdlib.h>
#include <string.h>

#include "grade/grade_private.h"
#include "machine/array.h"

enum { MAX_WIRE_COUNT = 65536 };

/* -- writing -------------------------------------------------------------- */

static void put(struct packet *w, const void *bytes, size_t size)
{
	if (w->bad || !bytes_reserve(&w->bytes, &w->room, w->size + size)) {
		w->bad = true;
		return;
	}
	memcpy(w->bytes + w->size, bytes, size);
	w->size += size;
}

static void put_number(struct packet *w, uint64_t number)
{
	put(w, &number, sizeof(number));
}

static void put_text(struct packet *w, const char *text)
{
	put_number(w, strlen(text));
	put(w, text, strlen(text));
}

static void put_result(struct packet *w, const struct grade_result *r)
{
	put_number(w, r->verdict);
	put_number(w, (uint64_t)r->points);
	put_text(w, r->actual);
	put_text(w, r->expected);
	put_text(w, r->message);
	put_text(w, r->command);
	put(w, &r->witness, sizeof(r->witness));
	put_number(w, r->has_value);
	put(w, &r->value, sizeof(r->value));
}

static void put_run(struct packet *w, const struct grade_rerun *run)
{
	put_number(w, run->seed);
	put_text(w, run->params ? run->params : "");
	put_number(w, run->nr_requests);
	put_number(w, run->nr_steps);
	put(w, run->events_hash, sizeof(run->events_hash));
}

void grade_pack(struct packet *w, const struct grade_submission *s)
{
	put_text(w, s->id);
	put_text(w, s->path);
	put_number(w, s->outcome);
	put_text(w, s->limit);
	put_text(w, s->message);
	put(w, &s->witness, sizeof(s->witness));
	put_text(w, s->command);
	put_number(w, (uint64_t)s->points);
	put_number(w, (uint64_t)s->max);
	put_number(w, s->nr_results);
	for (uint32_t i = 0; i < s->nr_results; i++)
		put_result(w, &s->results[i]);
	put_number(w, s->nr_runs);
	for (uint32_t i = 0; i < s->nr_runs; i++)
		put_run(w, &s->runs[i]);
	put(w, s->scenario_hash, sizeof(s->scenario_hash));
	put(w, s->events_hash, sizeof(s->events_hash));
	put_number(w, s->elapsed_ns);
}

/* -- reading -------------------------------------------------------------- */

static void get(struct packet *w, void *bytes, size_t size)
{
	if (w->bad || size > w->size - w->at) {
		w->bad = true;
		memset(bytes, 0, size);
		return;
	}
	memcpy(bytes, w->bytes + w->at, size);
	w->at += size;
}

/* A number up to @max. */
static uint64_t get_number(struct packet *w, uint64_t max)
{
	uint64_t number;

	get(w, &number, sizeof(number));
	if (number <= max)
		return number;
	w->bad = true;
	return 0;
}

static centipoints_t get_points(struct packet *w)
{
	return (centipoints_t)get_number(w, INT32_MAX);
}

/* A text of its own, or NULL and bad. */
static char *get_text(struct packet *w)
{
	uint64_t size = get_number(w, w->size);
	char *text = NULL;

	if (!w->bad && size <= w->size - w->at)
		text = strndup(w->bytes + w->at, size);
	if (text && strlen(text) == size) {
		w->at += size;
		return text;
	}
	free(text);
	w->bad = true;
	return NULL;
}

static void get_hash(struct packet *w, char hash[SHA256_HEX])
{
	get(w, hash, SHA256_HEX);
	if (hash[SHA256_HEX - 1])
		w->bad = true;
	hash[SHA256_HEX - 1] = '\0';
}

static void get_result(struct packet *w, struct grade_result *r)
{
	r->verdict = (enum grade_verdict)get_number(w, NR_GRADE_VERDICTS - 1);
	r->points = get_points(w);
	r->actual = get_text(w);
	r->expected = get_text(w);
	r->message = get_text(w);
	r->command = get_text(w);
	get(w, &r->witness, sizeof(r->witness));
	r->has_value = get_number(w, 1);
	get(w, &r->value, sizeof(r->value));
}

static void get_run(struct packet *w, struct grade_rerun *run)
{
	run->seed = get_number(w, UINT64_MAX);
	run->params = get_text(w);
	run->nr_requests = (uint32_t)get_number(w, UINT32_MAX);
	run->nr_steps = (uint32_t)get_number(w, UINT32_MAX);
	get_hash(w, run->events_hash);
}

static void get_lists(struct packet *w, struct grade_submission *s)
{
	s->nr_results = (uint32_t)get_number(w, MAX_WIRE_COUNT);
	s->results = calloc(s->nr_results + 1, sizeof(*s->results));
	if (!s->results)
		w->bad = true;
	for (uint32_t i = 0; !w->bad && i < s->nr_results; i++)
		get_result(w, &s->results[i]);
	s->nr_runs = (uint32_t)get_number(w, MAX_WIRE_COUNT);
	s->runs = calloc(s->nr_runs + 1, sizeof(*s->runs));
	if (!s->runs)
		w->bad = true;
	for (uint32_t i = 0; !w->bad && i < s->nr_runs; i++)
		get_run(w, &s->runs[i]);
}

bool grade_unpack(struct packet *w, struct grade_submission *s)
{
	*s = (struct grade_submission){ .id = get_text(w) };
	s->path = get_text(w);
	s->outcome = (enum grade_outcome)get_number(w, NR_GRADE_OUTCOMES - 1);
	s->limit = get_text(w);
	s->message = get_text(w);
	get(w, &s->witness, sizeof(s->witness));
	s->command = get_text(w);
	s->points = get_points(w);
	s->max = get_points(w);
	get_lists(w, s);
	get_hash(w, s->scenario_hash);
	get_hash(w, s->events_hash);
	s->elapsed_ns = get_number(w, UINT64_MAX);
	if (!w->bad && w->at == w->size)
		return true;
	grade_submission_fini(s);
	return false;
}
