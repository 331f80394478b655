/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * isolated: for tests of scenarios that run in a process of their own: runs
 * a scenario from a text, and logs what its callbacks receive and all that can
 * be read from its sessions afterwards.
 */
#ifndef TESTS_ISOLATED_H
#define TESTS_ISOLATED_H

#include <inttypes.h>
#include <unistd.h>

#include "lua/host.h"
#include "snapshot/snapshot.h"
#include "test.h"

struct log {
	char *text;
	size_t size;
	FILE *out;
};

static inline void log_lesson(void *context, const char *title,
			      const char *goal)
{
	fprintf(context, "lesson %s, %s\n", title, goal);
}

static inline void log_step(void *context, const struct session *s,
			    uint32_t step)
{
	const struct event *event = history_event(session_history(s), step);
	char text[1024];

	fprintf(context, "step %" PRIu32 " %s\n", step,
		event_text_format(session_machine(s), event, text,
				  sizeof(text)));
}

static inline void log_note(void *context, const struct session *s,
			    const struct note *note)
{
	fprintf(context,
		"note %d %d step %" PRIu32 " request %" PRIu32 " %s:%" PRIu32
		" %s\n",
		s != NULL, note->kind, note->step, note->request,
		note->where.file ? note->where.file : "-", note->where.line,
		note->text);
}

static inline void log_open(struct log *log, struct scenario_options *options)
{
	log->out = open_memstream(&log->text, &log->size);
	options->on_lesson = log_lesson;
	options->on_step = log_step;
	options->on_note = log_note;
	options->context = log->out;
}

static inline void log_session(FILE *out, struct session *s)
{
	char *text;

	session_seek(s, session_nr_steps(s));
	text = snapshot_text(s);
	fprintf(out, "%s", text);
	free(text);
	for (uint32_t i = 1; i <= session_nr_steps(s); i++) {
		text = trace_line(s, i);
		fprintf(out, "%s\n", text);
		free(text);
	}
	for (uint32_t i = 0; i < session_nr_notes(s); i++)
		log_note(out, s, session_note_at(s, i));
	for (uint32_t i = 0; i < session_nr_requests(s); i++) {
		const struct request *r = session_get_request(s, i);

		fprintf(out,
			"request %d page %" PRIu32 " steps %" PRIu32 "-%" PRIu32
			" %s:%" PRIu32 " %s\n",
			r->kind, r->pfn, r->first_step, r->last_step,
			r->where.file ? r->where.file : "-", r->where.line,
			r->name);
	}
}

/* Appends all that can be read from @sc; frees @sc and returns the text. */
static inline char *log_close(struct log *log, struct scenario *sc)
{
	fprintf(log->out, "outcome %d %s: %s, %s\n", scenario_outcome(sc),
		scenario_message(sc), scenario_title(sc), scenario_goal(sc));
	for (uint32_t i = 0; i < scenario_nr_sessions(sc); i++)
		log_session(log->out, scenario_session(sc, i));
	fprintf(log->out, "unused %s\n",
		scenario_unused_param(sc) ? scenario_unused_param(sc) : "-");
	fclose(log->out);
	scenario_free(sc);
	return log->text;
}

/* The path of a file with that text; the caller unlinks and frees it. */
static inline char *write_scenario(const char *text)
{
	char *path = strdup("/tmp/zonewalk-test-XXXXXX");
	int fd = mkstemp(path);

	CHECK(fd >= 0);
	CHECK(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
	return path;
}

static const char scenario_lua[] =
	"lesson { title = 'A title', goal = 'a goal', minutes = 3 }\n"
	"say 'before there is a machine'\n"
	"local m = machine { cpus = 2, nodes = { { memory = '16M' },\n"
	"	{ memory = '32M', movable = '8M', reserved = '1M' } },\n"
	"	distance = { { 10, 25 }, { 25, 10 } }, poison = true,\n"
	"	zone_limits = { dma = '4M' }, pageblock_order = 5,\n"
	"	sysctl = { min_free_kbytes = 512, dirty_ratio = 5,\n"
	"		lowmem_reserve_ratio = { 16, 16, 0 } } }\n"
	"on.expand(function(e) if e.order == 3 then pause('at ' .. e.step)"
	" end end)\n"
	"scene 'one'\n"
	"local b = m:alloc { order = 1, owner = 'ours', node = 1, cpu = 1,\n"
	"	gfp = 'GFP_HIGHUSER_MOVABLE', nodemask = { 1 } }\n"
	"b:write('text', 5000)\n"
	"b:lru(true)\n"
	"m:dirty(0, 100)\n"
	"m:task { mems_allowed = { 0 }, realtime = true }\n"
	"local c, why = m:alloc { order = 10, alloc_flags = 'WMARK_HIGH' }\n"
	"expect(not c, 'no large block')\n"
	"b:free { cpu = 1 }\n"
	"m:scribble(b.pfn, 'oh', 100)\n"
	"m:task {}\n"
	"for i = 1, 40 do m:alloc { order = i % 3 } end\n"
	"m:drain { cpu = 1 }\n"
	"local n = machine { nodes = { { memory = '4M' } } }\n"
	"n:alloc { gfp = 'GFP_KERNEL|__GFP_ZERO' }\n"
	"say('the end ' .. math.random(1000) .. param('k', 'default'))\n";

#endif
