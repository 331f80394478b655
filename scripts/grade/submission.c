/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * submission: a submission runs once for each of the assignment's seeds. All
 * runs must pass: of each property, the worst run counts.
 */
#include "grade/submission.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grade/run_record.h"
#include "grade/submission_text.h"
#include "machine/clock.h"
#include "sandbox/run.h"

/* -- runs ----------------------------------------------------------------- */

/* A submission while it is graded. */
struct one {
	const struct grader *g;
	struct grade_submission *out;
	struct submission_text file;
	struct sha256 events; /* over the hashes of graded runs */
	double *worst; /* the lowest fraction of each property so far */
	double *fractions; /* of the present run */
	uint32_t run;
	uint64_t seed; /* of the run */
	/* what `zonewalk play` shows: one machine, without the grader's steps */
	uint32_t shown_machine;
	uint32_t nr_shown_steps;
	/* of a hidden property: the runs go on, for the visible ones */
	enum assignment_end hidden_end;
	char hidden_message[1024];
};

/* Is result @a, of fraction @x, worse than @b, of fraction @y? */
static bool is_worse(const struct grade_result *a, double x,
		     const struct grade_result *b, double y)
{
	if (b->verdict == GRADE_NOT_RUN || x < y)
		return true;
	return x == y && a->verdict == GRADE_FAIL && b->verdict != GRADE_FAIL;
}

/*
 * Set the command with which students open their own file at @c; they do not
 * have the grader's requests. False: no memory.
 */
static bool set_command(const struct one *o, char **command,
			const struct grade_counterexample *c)
{
	char *text;

	if (!c->known || c->machine != o->shown_machine ||
	    c->step > o->nr_shown_steps)
		return true;
	text = grade_play_command(o->out->path, o->seed,
				  o->g->description->params, c->step);
	free(*command);
	*command = text;
	return text;
}

/*
 * Of each property, move the result of the worst run to the submission.
 * False: no memory.
 */
static bool keep_worst(struct one *o, struct grade_result *results)
{
	bool good = true;

	for (uint32_t i = 0; i < o->g->nr_properties; i++) {
		struct grade_result *mine = &o->out->results[i];
		struct grade_result swap = *mine;

		if (!is_worse(&results[i], o->fractions[i], mine, o->worst[i]))
			continue;
		*mine = results[i];
		mine->counterexample.run = o->run;
		if (mine->verdict != GRADE_PASS)
			good = good && set_command(o, &mine->command,
						   &mine->counterexample);
		results[i] = swap;
		o->worst[i] = o->fractions[i];
	}
	return good;
}

static bool set_violation(struct one *o, struct property_violation *v)
{
	struct grade_submission *out = o->out;
	char place[64] = "";

	out->outcome = GRADE_VIOLATION;
	out->counterexample = v->counterexample;
	out->counterexample.run = o->run;
	if (v->counterexample.known && v->counterexample.step)
		snprintf(place, sizeof(place), " (step %u)",
			 v->counterexample.step);
	free(out->message);
	out->message = grade_join(v->word, ": ", v->text, place, NULL);
	return out->message &&
	       set_command(o, &out->command, &v->counterexample);
}

/* Describe the run; of a graded one, hash its events. False: no memory. */
static bool describe_run(struct one *o, const struct assignment *a,
			 const struct scenario *sc, struct run_record *record)
{
	struct grade_submission_run *run = &o->out->runs[o->run];
	uint8_t digest[SHA256_BYTES];

	run->seed = o->seed;
	run->params = strdup(a->params_text);
	if (!run->params)
		return false;
	for (uint32_t i = 0; i < scenario_nr_sessions(sc); i++) {
		const struct session *s = scenario_session(sc, i);

		run->nr_requests += session_nr_requests(s);
		run->nr_steps += session_nr_steps(s);
	}
	if (!run->nr_steps || o->out->outcome > GRADE_VIOLATION)
		return true;
	sha256_end(&record->events, digest);
	sha256_hex(digest, run->events_hash);
	sha256_add(&o->events, digest, sizeof(digest));
	return true;
}

/* The first machine with a step: where commands for the student begin. */
static void find_shown_machine(struct one *o, const struct scenario *sc)
{
	const uint32_t nr = scenario_nr_sessions(sc);

	for (o->shown_machine = 0; o->shown_machine < nr; o->shown_machine++) {
		o->nr_shown_steps = session_nr_steps(
			scenario_session(sc, o->shown_machine));
		if (o->nr_shown_steps)
			break;
	}
}

/* Check the scenario against the properties. False: no memory. */
static bool evaluate(struct one *o, struct assignment *a,
		     const struct scenario *sc, const struct run_record *record)
{
	struct property_input input = {
		.id = o->out->id,
		.seed = o->seed,
		.answers = record->answers,
		.nr_answers = record->nr_answers,
		.any_loaded = sc->any_loaded,
	};
	struct evaluation e = {
		.properties = o->g->properties,
		.nr_properties = o->g->nr_properties,
		.results = grade_results_new(o->g->nr_properties),
		.fractions = o->fractions,
	};
	bool good = e.results;
	enum assignment_end end = ASSIGNMENT_MEMORY;
	char message[1024];

	find_shown_machine(o, sc);
	if (good)
		end = assignment_evaluate(a, sc, &input, &e, message,
					  sizeof(message));
	if (end == ASSIGNMENT_GOOD && e.violation.word[0])
		good = set_violation(o, &e.violation);
	else if (end == ASSIGNMENT_GOOD || e.visible_done)
		good = keep_worst(o, e.results);
	else if (end != ASSIGNMENT_MEMORY)
		good = grader_set_end(o->out, end, message);
	if (end != ASSIGNMENT_GOOD && e.visible_done) {
		o->hidden_end = end;
		snprintf(o->hidden_message, sizeof(o->hidden_message), "%s",
			 message);
	}
	free(e.violation.text);
	grade_results_destroy(e.results, o->g->nr_properties);
	return good && end != ASSIGNMENT_MEMORY;
}

/* One run against assignment @a, kept in @kept if not NULL. False: no memory. */
static bool run_once(struct one *o, struct assignment *a, struct kept_run *kept)
{
	const uint64_t began_ns = clock_now_ns();
	struct run_record record;
	struct scenario_options options = a->limits;
	struct scenario *sc;
	bool good;

	options.record = true;
	options.seed = o->seed;
	options.params = a->params;
	options.on_note = run_record_note;
	options.on_step = run_record_step;
	options.context = &record;
	options.isolation = o->g->options->allow_no_isolation ?
				    ISOLATION_BEST :
				    ISOLATION_REQUIRED;
	options.folder = o->file.folder;
	run_record_init(&record);
	sc = scenario_run_text(o->out->path, &o->file.text, &options);
	good = sc && !record.no_memory && grader_set_outcome(o->out, sc);
	if (good && o->out->outcome == GRADE_PASSED) {
		assignment_set_deadline(a, began_ns);
		good = evaluate(o, a, sc, &record);
	}
	good = good && describe_run(o, a, sc, &record);
	run_record_destroy(&record);
	if (kept) {
		*kept = (struct kept_run){ sc, a };
		return good;
	}
	assignment_close(a); /* before the sessions that it borrows */
	scenario_free(sc);
	return good;
}

void kept_run_destroy(struct kept_run *kept)
{
	if (kept->assignment)
		assignment_close(kept->assignment);
	scenario_free(kept->scenario);
	*kept = (struct kept_run){ .scenario = NULL };
}

/* -- the submission ------------------------------------------------------- */

/* Set points, messages and commands. False: no memory. */
static bool finish(struct one *o)
{
	struct grade_submission *out = o->out;
	const char *first = "";
	bool all = true, good = true;

	if (out->outcome != GRADE_PASSED) {
		/* the results of earlier runs do not count */
		grade_results_destroy(out->results, out->nr_results);
		out->results = grade_results_new(out->nr_results);
		return out->results;
	}
	for (uint32_t i = 0; i < o->g->nr_properties && good; i++) {
		const struct grade_property *p = &o->g->properties[i];
		struct grade_result *r = &out->results[i];

		r->points = (centipoints_t)(o->worst[i] * p->max + 0.5);
		/* partial points must not look like full points */
		if (r->verdict != GRADE_PASS && p->max && r->points == p->max)
			r->points--;
		out->points += r->points;
		good = grade_set_message(r, p->feedback);
		all = all && r->verdict == GRADE_PASS;
		first = *first ? first : r->command;
	}
	if (good && o->hidden_end != ASSIGNMENT_GOOD) {
		out->hidden_cause = true;
		out->points = 0;
		return grader_set_end(o->out, o->hidden_end, o->hidden_message);
	}
	if (all || !good)
		return good;
	out->outcome = GRADE_FAILED;
	return grade_replace(&out->command, first);
}

static bool run_all(struct one *o, uint32_t keep_run, struct kept_run *kept)
{
	const uint32_t nr_runs = o->g->description->nr_seeds;
	bool good = true;

	o->out->runs = calloc(nr_runs, sizeof(*o->out->runs));
	if (!o->out->runs)
		return false;
	for (o->run = 0; good && o->run < nr_runs; o->run++) {
		struct assignment *a;
		char message[1024];

		o->seed =
			assignment_seed(o->g->description, o->run, o->out->id);
		a = assignment_open(&o->g->file, o->seed, message,
				    sizeof(message));
		if (!a) {
			o->out->outcome = GRADE_ASSIGNMENT;
			return grade_replace(&o->out->message, message);
		}
		o->out->nr_runs = o->run + 1;
		good = run_once(o, a, kept && o->run == keep_run ? kept : NULL);
		if (o->out->outcome != GRADE_PASSED)
			break;
	}
	return good;
}

/* Read the file, unless it cannot be read. False: no memory. */
static bool read_text(struct one *o)
{
	struct grade_submission *out = o->out;
	char message[1024];

	if (submission_text_read(&o->file, out->path, out->id, message,
				 sizeof(message))) {
		sha256_hex_of(o->file.text.data, o->file.text.size,
			      out->scenario_hash);
		return true;
	}
	out->outcome = GRADE_FILE;
	return grade_replace(&out->message, message);
}

bool submission_grade(const struct grader *g, const char *path, const char *id,
		      struct grade_submission *out, uint32_t keep_run,
		      struct kept_run *kept)
{
	struct one o = { .g = g, .out = out, .file.folder_fd = -1 };
	uint8_t digest[SHA256_BYTES];
	bool good;

	if (!grade_submission_init(out, path, id, g->nr_properties))
		return false;
	out->max = g->max;
	o.worst = calloc(g->nr_properties, sizeof(double));
	o.fractions = calloc(g->nr_properties, sizeof(double));
	sha256_begin(&o.events);
	good = o.worst && o.fractions && read_text(&o);
	if (good && out->outcome == GRADE_PASSED)
		good = run_all(&o, keep_run, kept);
	if (o.events.size && out->outcome <= GRADE_VIOLATION) {
		sha256_end(&o.events, digest);
		sha256_hex(digest, out->events_hash);
	}
	if (good)
		good = finish(&o);
	grade_strip_folder(out->message, out->path);
	grade_strip_folder(out->message, g->file.path);
	free(o.worst);
	free(o.fractions);
	submission_text_destroy(&o.file);
	if (good)
		return true;
	if (kept)
		kept_run_destroy(kept);
	grade_submission_destroy(out);
	return false;
}
