/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_event_fields: every field of every event has the value that the state
 * and the request lead to.
 *
 *   test_event_fields [MACHINES] [SEED] [RECORDINGS]
 *
 * Checks random requests to random machines, the lessons, and the recordings
 * of a folder; every trace() call has to emit an event at least once.
 * tests/mutate_events.pl changes every field of every trace() call and runs
 * this program, which ends at the first difference.
 */
#include <dirent.h>

#include "event_fields.h"
#include "files.h"
#include "machine.h"
#include "mm/control.h"
#include "replay/recording.h"
#include "sandbox/run.h"

enum { DEFAULT_MACHINES = 200, DEFAULT_SEED = 1 };

typedef void expect_fn(const struct step *s, void *fields);
static expect_fn *const expectations[NR_EVENTS] = {
#define EVENT(name, stage, function, text, ...) [EVENT_##name] = expect_##name,
#include "events/events.def"
};

static bool *emitted; /* by index of the trace() call */
static uint64_t nr_fields;

/* -- one session ------------------------------------------------------------ */

static void fail(const struct step *s, uint32_t step, const char *session,
		 const char *what)
{
	char request[200], text[400];

	fprintf(stderr, "%s, step %u: %s%s\n  in: %s\n  %s\n", session, step,
		event_type(s->event)->name, what,
		request_text(s->r, request, sizeof(request)),
		event_text_format(s->m, s->event, text, sizeof(text)));
	exit(EXIT_FAILURE);
}

/* Compare a field of 's event with that of . */
static void check_field(const struct step *s, uint32_t step,
			const char *session, const struct event *expected,
			const struct event_field *field)
{
	int64_t value = event_field_value(expected, field);
	int64_t got = event_field_value(s->event, field);
	char what[200];

	nr_fields++;
	if (value == got)
		return;
	snprintf(what, sizeof(what), ".%s is %lld, expected %lld", field->name,
		 (long long)got, (long long)value);
	fail(s, step, session, what);
}

static void check_event(struct step *s, uint32_t step, const char *session)
{
	const struct event_type *type = event_type(s->event);
	struct {
		struct event header;
		char fields[RECORD_MAX];
	} expected = { .header = *s->event };
	char what[100];
	size_t first;

	step_begin(s);
	expectations[event_id(s->event)](s, expected.fields);
	for (uint32_t i = 0; i < type->nr_fields; i++)
		check_field(s, step, session, &expected.header,
			    &type->fields[i]);
	snprintf(what, sizeof(what), " may not follow %s",
		 s->prev ? event_type(s->prev)->name : "nothing");
	if (!is_in_order(s))
		fail(s, step, session, what);
	step_end(s, expected.fields);
	emitted[event_site(s->event) - trace_sites(&first)] = true;
}

/* Bring @m from step @step - 1 to @step of @h. */
static void advance(struct machine *m, const struct history *h, uint32_t step)
{
	struct changes c = history_changes(h, step);

	for (const struct change *p = c.first; p < c.end; p++)
		((state_word *)m->region)[p->word] ^= p->flip;
}

/* Check all events of @session, called @name. */
static void check_session(struct session *session, const char *name)
{
	const struct history *h = session_history(session);
	struct machine before;
	struct step s = { .r = NULL };

	session_seek(session, 0);
	CHECK(arena_clone(&before, session_machine(session)));
	for (uint32_t step = 1; step <= h->nr_events; step++) {
		const struct request *r = session_get_request(
			session, session_request_at(session, step));

		session_seek(session, step);
		if (r != s.r && s.r && !may_be_last(s.event))
			fail(&s, step - 1, name, " is the last event");
		if (r != s.r)
			s = (struct step){ .session = session, .r = r };
		else
			s.prev = s.event;
		s.m = session_machine(session);
		s.before = &before;
		s.changes = history_changes(h, step);
		s.event = history_event(h, step);
		check_event(&s, step, name);
		advance(&before, h, step);
	}
	if (s.r && !may_be_last(s.event))
		fail(&s, h->nr_events, name, " is the last event");
	arena_destroy(&before);
	for (uint32_t i = 0; i < session_nr_requests(session); i++) {
		const struct request *r = session_get_request(session, i);

		if (r->first_step <= r->last_step)
			continue;
		fprintf(stderr, "%s: request %u emits no event\n", name, i);
		exit(EXIT_FAILURE);
	}
}

/* -- the sessions ---------------------------------------------------------- */

static struct session *session_of(struct machine *m)
{
	struct session *session = session_new(m, true);

	if (session)
		return session;
	fprintf(stderr, "no memory\n");
	exit(EXIT_FAILURE);
}

static void check_random(uint64_t seed)
{
	struct rng rng = { seed };
	struct session *session;
	struct machine m;
	char name[40];

	while (!random_machine(&m, &rng))
		;
	session = session_of(&m);
	CHECK(random_requests(session, &rng, 600));
	snprintf(name, sizeof(name), "random machine %llu",
		 (unsigned long long)seed);
	check_session(session, name);
	session_free(session);
}

/* A page is written to while it is free. */
static void check_poison(void)
{
	struct machine m = small_machine();
	struct request r = { .kind = REQUEST_ALLOC,
			     .alloc = { .gfp = GFP_KERNEL, .order = 1 } };
	struct session *session;
	uint32_t pfn;

	machine_set_poison(&m, true);
	session = session_of(&m);
	pfn = session_request(session, &r, NULL)->pfn;
	session_request(session,
			&(struct request){ .kind = REQUEST_FREE,
					   .free = { pfn, 1, 0 } },
			NULL);
	((char *)session_page_address(session, pfn))[PAGE_SIZE + 77] = 1;
	session_request(session, &r, NULL);
	check_session(session, "a poisoned page");
	session_free(session);
}

static void check_lesson(const char *path)
{
	const struct scenario_options options = { .record = true,
						  .isolation = ISOLATION_NONE };
	struct scenario *sc = scenario_run(path, &options);

	CHECK(sc && scenario_outcome(sc) == SCENARIO_OK);
	for (uint32_t i = 0; sc && i < scenario_nr_sessions(sc); i++)
		if (scenario_session(sc, i))
			check_session(scenario_session(sc, i), path);
	scenario_free(sc);
}

static void check_recording(const char *path)
{
	struct file_error error;
	struct recording *r = recording_open(path, &error);
	struct session *session;
	struct machine m;

	CHECK(r && recording_machine(r, &m, &error));
	session = session_of(&m);
	CHECK(recording_play(r, session, 0, UINT32_MAX));
	check_session(session, path);
	session_free(session);
	recording_close(r);
}

/* Check each file of @folder with that suffix; there are at least @least. */
static void check_folder(const char *folder, const char *suffix, int least,
			 void (*check)(const char *path))
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	char path[1024];
	int nr = 0;

	while (dir && (entry = readdir(dir))) {
		const char *dot = strrchr(entry->d_name, '.');

		if (!dot || strcmp(dot, suffix))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		check(path);
		nr++;
	}
	CHECK(nr >= least);
	if (dir)
		closedir(dir);
}

/* -- all trace() calls ----------------------------------------------------- */

static void check_sites(void)
{
	size_t nr;
	const struct trace_site *sites = trace_sites(&nr);

	for (size_t i = 0; i < nr; i++) {
		if (!emitted[i])
			fprintf(stderr, "%s:%u: %s was not emitted\n",
				sites[i].file, sites[i].line,
				event_types[sites[i].event].name);
		CHECK(emitted[i]);
	}
}

int main(int argc, char **argv)
{
	uint64_t nr = argc > 1 ? strtoull(argv[1], NULL, 0) : DEFAULT_MACHINES;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : DEFAULT_SEED;
	const char *source = getenv("ZONEWALK_SOURCE");
	char lessons[512];
	size_t nr_sites;

	trace_sites(&nr_sites);
	emitted = calloc(nr_sites, sizeof(*emitted));
	if (!emitted)
		return EXIT_FAILURE;
	check_poison();
	for (uint64_t i = 0; i < nr; i++)
		check_random(seed + i);
	snprintf(lessons, sizeof(lessons), "%s/scenarios",
		 source ? source : ".");
	check_folder(lessons, ".lua", 16, check_lesson);
	check_folder(argc > 3 ? argv[3] : data_path(""), ".jsonl", 7,
		     check_recording);
	check_sites();
	printf("%llu fields are as expected\n", (unsigned long long)nr_fields);
	free(emitted);
	return test_done();
}
