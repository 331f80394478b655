/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade_one: one submission, run once for each of the assignment's seeds.
 * All runs must pass: of each property the worst run counts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "grade/grade_private.h"
#include "machine/clock.h"
#include "sandbox/run.h"

/* -- how the scenario itself ended ---------------------------------------- */

/* The scenario could not be graded: say why. False: no memory. */
static bool set_outcome(struct grade_submission *out, const struct scenario *sc)
{
	static const enum grade_outcome outcomes[] = {
		[SCENARIO_OK] = GRADE_PASSED,
		[SCENARIO_EXPECT_FAILED] = GRADE_PASSED,
		[SCENARIO_WRONG] = GRADE_WRONG,
		[SCENARIO_LIMIT] = GRADE_LIMIT,
		[SCENARIO_FILE] = GRADE_FILE,
		[SCENARIO_INTERNAL] = GRADE_INTERNAL,
		[SCENARIO_CRASHED] = GRADE_CRASHED,
		[SCENARIO_ISOLATION] = GRADE_ISOLATION,
		[SCENARIO_KILLED] = GRADE_KILLED,
	};

	out->outcome = outcomes[scenario_outcome(sc)];
	if (out->outcome == GRADE_PASSED)
		return true;
	if (out->outcome == GRADE_LIMIT &&
	    !grade_replace(&out->limit, limit_name(sc->hit)))
		return false;
	return grade_replace(&out->message, scenario_message(sc));
}

/* -- runs ----------------------------------------------------------------- */

struct one {
	const struct grader *g;
	struct grade_submission *out;
	double *worst; /* fraction of each property so far */
	double *fractions; /* of the present run */
	uint32_t run;
};

/* Is result @a, of fraction @x, worse than @b, of fraction @y? */
static bool is_worse(const struct grade_result *a, double x,
		     const struct grade_result *b, double y)
{
	if (b->verdict == GRADE_NOT_RUN || x < y)
		return true;
	return x == y && a->verdict == GRADE_FAIL && b->verdict != GRADE_FAIL;
}

/* Of each property the worst run counts; @results is emptied of it. */
static void keep_worst(struct one *o, struct grade_result *results)
{
	for (uint32_t i = 0; i < o->g->nr_properties; i++) {
		struct grade_result *mine = &o->out->results[i];
		struct grade_result swap = *mine;

		if (!is_worse(&results[i], o->fractions[i], mine, o->worst[i]))
			continue;
		*mine = results[i];
		mine->witness.run = o->run;
		results[i] = swap;
		o->worst[i] = o->fractions[i];
	}
}

static bool set_violation(struct one *o, struct property_violation *v)
{
	struct grade_submission *out = o->out;
	char place[64] = "";
	bool good;
	size_t size;
	char *text;

	out->outcome = GRADE_VIOLATION;
	out->witness = v->witness;
	out->witness.run = o->run;
	if (v->witness.known && v->witness.step)
		snprintf(place, sizeof(place), " (step %u)", v->witness.step);
	size = strlen(v->text) + strlen(v->word) + strlen(place) + 4;
	text = malloc(size);
	if (!text)
		return false;
	snprintf(text, size, "%s: %s%s", v->word, v->text, place);
	good = grade_replace(&out->message, text);
	free(text);
	if (!good || !v->witness.known)
		return good;
	free(out->command);
	out->command = grade_command(o->g, out->path, NULL);
	return out->command;
}

/* The run's numbers, and its events into the submission's chain. */
static bool describe_run(struct one *o, const struct assignment *a,
			 const struct scenario *sc, uint64_t seed,
			 uint8_t all[SHA256_BYTES])
{
	struct grade_rerun *run = &o->out->runs[o->run];
	uint8_t chain[SHA256_BYTES];
	struct sha256 h;
	size_t size = 1;

	run->seed = seed;
	for (uint32_t i = 0; i < a->nr_params; i++)
		size += strlen(a->params[i]) + 1;
	run->params = calloc(1, size);
	if (!run->params)
		return false;
	for (uint32_t i = 0; i < a->nr_params; i++) {
		strcat(run->params, i ? " " : "");
		strcat(run->params, a->params[i]);
	}
	event_chain_begin(chain);
	for (uint32_t i = 0; i < scenario_nr_sessions(sc); i++) {
		const struct session *s = scenario_session(sc, i);

		event_chain_add(chain, s);
		run->nr_requests += session_nr_requests(s);
		run->nr_steps += session_nr_steps(s);
	}
	sha256_hex(chain, run->events_hash);
	sha256_begin(&h);
	sha256_add(&h, all, SHA256_BYTES);
	sha256_add(&h, chain, SHA256_BYTES);
	sha256_end(&h, all);
	if (run->nr_steps)
		sha256_hex(all, o->out->events_hash);
	return true;
}

/* Hold the scenario against the properties. False: no memory. */
static bool evaluate(struct one *o, struct assignment *a,
		     const struct scenario *sc, const struct answers *answers,
		     uint64_t seed)
{
	struct property_input input = {
		.id = o->out->id,
		.seed = seed,
		.answers = answers->list,
		.nr_answers = answers->nr,
		.any_loaded = sc->any_loaded,
	};
	struct evaluation e = {
		.results = calloc(o->g->nr_properties, sizeof(*e.results)),
		.fractions = o->fractions,
	};
	bool good = e.results && grade_results_init(o->g, e.results);
	enum assignment_end end = ASSIGNMENT_MEMORY;
	char message[1024];

	if (good)
		end = assignment_evaluate(a, sc, &input, &e, message,
					  sizeof(message));
	if (end == ASSIGNMENT_GOOD && e.violation.word[0])
		good = set_violation(o, &e.violation);
	else if (end == ASSIGNMENT_GOOD)
		keep_worst(o, e.results);
	else if (end == ASSIGNMENT_WRONG || end == ASSIGNMENT_LIMIT)
		good = grade_replace(&o->out->message, message);
	if (end == ASSIGNMENT_WRONG)
		o->out->outcome = GRADE_ASSIGNMENT;
	if (end == ASSIGNMENT_LIMIT) {
		o->out->outcome = GRADE_LIMIT;
		good = good && grade_replace(&o->out->limit, "grading");
	}
	free(e.violation.text);
	grade_results_fini(e.results, o->g->nr_properties);
	return good && end != ASSIGNMENT_MEMORY;
}

/* One run. @a is open; what is kept goes to @kept. False: no memory. */
static bool run_once(struct one *o, struct assignment *a, uint64_t seed,
		     uint8_t chain[SHA256_BYTES], struct grade_kept *kept)
{
	struct answers answers = { .list = NULL };
	struct scenario_options options = a->limits;
	struct scenario *sc;
	bool good;

	options.record = true;
	options.graded = true;
	options.seed = seed;
	options.params = a->params;
	options.on_note = answers_hear;
	options.context = &answers;
	options.isolation = o->g->options->allow_no_isolation ?
				    ISOLATION_BEST :
				    ISOLATION_REQUIRED;
	sc = scenario_run(o->out->path, &options);
	good = sc && !answers.no_memory && set_outcome(o->out, sc);
	if (good && o->out->outcome == GRADE_PASSED)
		good = evaluate(o, a, sc, &answers, seed);
	good = good && describe_run(o, a, sc, seed, chain);
	answers_fini(&answers);
	if (kept) {
		*kept = (struct grade_kept){ sc, a };
		return good;
	}
	assignment_close(a); /* before the sessions that it borrowed */
	scenario_free(sc);
	return good;
}

void grade_kept_fini(struct grade_kept *kept)
{
	if (kept->assignment)
		assignment_close(kept->assignment);
	scenario_free(kept->scenario);
	*kept = (struct grade_kept){ .scenario = NULL };
}

/* -- the whole ------------------------------------------------------------ */

/* Points, messages, and where to look; false: no memory. */
static bool finish(struct one *o)
{
	struct grade_submission *out = o->out;
	bool all = true, good = true;

	if (out->outcome != GRADE_PASSED)
		return true;
	for (uint32_t i = 0; i < o->g->nr_properties && good; i++) {
		const struct grade_property *p = &o->g->properties[i];
		struct grade_result *r = &out->results[i];

		r->points = (centipoints_t)(o->worst[i] * p->max + 0.5);
		/* all points and a part of them must not look the same */
		if (r->verdict != GRADE_PASS && p->max && r->points == p->max)
			r->points--;
		out->points += r->points;
		good = grade_set_message(r, p->feedback);
		all = all && r->verdict == GRADE_PASS;
		if (r->verdict == GRADE_PASS || !r->witness.known || !good)
			continue;
		free(r->command);
		r->command = grade_command(o->g, out->path, p->id);
		good = r->command;
	}
	if (all || !good)
		return good;
	out->outcome = GRADE_FAILED;
	free(out->command);
	out->command = grade_command(o->g, out->path, NULL);
	return out->command;
}

static bool run_all(struct one *o, uint32_t keep_run, struct grade_kept *kept)
{
	uint8_t chain[SHA256_BYTES];
	const uint32_t nr_runs = o->g->proto->nr_seeds;
	bool good = true;

	o->out->runs = calloc(nr_runs, sizeof(*o->out->runs));
	if (!o->out->runs)
		return false;
	event_chain_begin(chain);
	for (o->run = 0; good && o->run < nr_runs; o->run++) {
		uint64_t seed =
			assignment_seed(o->g->proto, o->run, o->out->id);
		struct assignment *a;
		char message[1024];

		a = assignment_open(&o->g->file, seed, message,
				    sizeof(message));
		if (!a) {
			o->out->outcome = GRADE_ASSIGNMENT;
			return grade_replace(&o->out->message, message);
		}
		o->out->nr_runs = o->run + 1;
		good = run_once(o, a, seed, chain,
				kept && o->run == keep_run ? kept : NULL);
		if (o->out->outcome != GRADE_PASSED)
			break;
	}
	return good;
}

/*
 * Only a file that the student wrote is graded: a link could lead to the
 * model solution, and a pipe would be waited for. False: no memory.
 */
static bool refuse_other(struct grade_submission *out)
{
	struct stat st;
	const char *why;
	char text[512];

	if (lstat(out->path, &st) || S_ISREG(st.st_mode))
		return true;
	if (S_ISLNK(st.st_mode))
		why = "a file is expected, not a symbolic link to one";
	else if (S_ISDIR(st.st_mode))
		/* it would be here as the one Lua file in it */
		why = "a folder with one Lua file is expected; it has none, "
		      "or several";
	else
		why = "a file is expected, not a pipe or a device";
	out->outcome = GRADE_FILE;
	snprintf(text, sizeof(text), "%.400s: %s", out->path, why);
	return grade_replace(&out->message, text);
}

/* The file's hash; one that cannot be read is not run. False: no memory. */
static bool hash_scenario(struct grade_submission *out)
{
	uint8_t digest[SHA256_BYTES];
	struct sha256 h;
	struct file_error error;
	struct file_text text;

	if (!file_read(&text, out->path, SCENARIO_MAX, &error)) {
		out->outcome = GRADE_FILE;
		return grade_replace(&out->message, error.text);
	}
	sha256_begin(&h);
	sha256_add(&h, text.data, text.size);
	sha256_end(&h, digest);
	sha256_hex(digest, out->scenario_hash);
	free(text.data);
	return true;
}

bool grade_one(const struct grader *g, const char *path, const char *id,
	       struct grade_submission *out, uint32_t keep_run,
	       struct grade_kept *kept)
{
	struct one o = { .g = g, .out = out };
	uint64_t begin = clock_now_ns();
	bool good;

	if (!grade_blank(g, path, id, GRADE_PASSED, "", out))
		return false;
	o.worst = calloc(g->nr_properties, sizeof(double));
	o.fractions = calloc(g->nr_properties, sizeof(double));
	good = o.worst && o.fractions && refuse_other(out);
	if (good && out->outcome == GRADE_PASSED)
		good = hash_scenario(out);
	if (good && out->outcome == GRADE_PASSED)
		good = run_all(&o, keep_run, kept);
	if (good)
		good = finish(&o);
	free(o.worst);
	free(o.fractions);
	out->elapsed_ns = clock_now_ns() - begin;
	if (good)
		return true;
	if (kept)
		grade_kept_fini(kept);
	grade_submission_fini(out);
	return false;
}
