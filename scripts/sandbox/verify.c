/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * verify: the messages of a scenario's process one by one: the first, what it
 * reports beside its requests, the last.
 */
#include "sandbox/verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/host.h"
#include "sandbox/codec.h"
#include "sandbox/isolate.h"

enum { NOTE_COST = 16 }; /* bytes that a note counts beside its text */

/* -- how it ends ---------------------------------------------------------- */

bool verify_fail(struct verify *r, enum scenario_outcome outcome,
		 const char *format, ...)
{
	char what[600], text[700];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	verify_report_rest(r);
	snprintf(text, sizeof(text), "%.60s:%" PRIu32 ": %s", r->sc->name,
		 r->line, what);
	r->sc->outcome = outcome;
	host_message(r->sc, text);
	return false;
}

bool verify_limit(struct verify *r, enum limit limit)
{
	char text[120];

	r->sc->hit = limit;
	return verify_fail(r, SCENARIO_LIMIT, "limit %s: %s", limit_name(limit),
			   limit_text(r->sc, limit, text, sizeof(text)));
}

bool verify_malformed(struct verify *r, const char *what)
{
	return verify_fail(r, SCENARIO_CRASHED,
			   "malformed message from the scenario's process: %s; "
			   "a script cannot cause this with the language alone",
			   what);
}

bool verify_no_memory(struct verify *r)
{
	r->sc->hit = LIMIT_MEMORY;
	return verify_fail(r, SCENARIO_LIMIT,
			   "limit memory: none is left to verify the requests");
}

/* The name of source @number, which lives as long as the sessions. */
const char *verify_source_name(const struct verify *r, uint32_t number)
{
	if (number == 1)
		return r->sc->name;
	if (number > 1 && number - 2 < r->sc->nr_recordings)
		return r->sc->recordings[number - 2].name;
	return NULL;
}

/* -- reporting ------------------------------------------------------------ */

/* Report the steps up to @step. */
static void report_until(struct verify *r, uint32_t step)
{
	const struct scenario_options *o = &r->sc->options;

	for (; r->reporting && r->next_step <= step; r->next_step++)
		if (o->on_step)
			o->on_step(o->context, r->reporting, r->next_step);
}

void verify_report_rest(struct verify *r)
{
	if (!r->reporting)
		return;
	session_seek(r->reporting, session_nr_steps(r->reporting));
	report_until(r, session_nr_steps(r->reporting));
	r->reporting = NULL;
}

/* -- notes ---------------------------------------------------------------- */

/* Add the note at its step, after reporting the steps before it. */
static bool place_note(struct verify *r, struct session *s, struct note *note)
{
	const bool inside = s == r->reporting &&
			    note->step + 1 >= r->next_step &&
			    note->step <= session_nr_steps(s);

	if (!inside && note->step != session_nr_steps(s))
		return verify_malformed(r, "a note at no step");
	if (inside)
		report_until(r, note->step);
	else
		verify_report_rest(r);
	session_seek(s, note->step);
	note->request = session_nr_requests(s);
	return session_add_note(s, note) || verify_no_memory(r);
}

/* Count output. False: it exceeds the limit. */
static bool count_output(struct verify *r, size_t length)
{
	struct scenario *sc = r->sc;

	sc->output += length + NOTE_COST;
	/* the script's own count is stricter and names the line */
	return sc->output / 2 <= limit_value(sc, LIMIT_OUTPUT) + (1 << 20) ||
	       verify_limit(r, LIMIT_OUTPUT);
}

static bool verify_note(struct verify *r, struct message_reader *in)
{
	struct codec c = { .in = in };
	struct note_message w = { .session = 0 };
	struct scenario *sc = r->sc;
	struct session *s = NULL;
	struct note *note = &w.note;

	codec_note(&c, &w);
	if (!message_done(in) ||
	    (w.session == MESSAGE_SESSION_NONE ? sc->nr_sessions > 0 :
						 w.session >= sc->nr_sessions))
		return verify_malformed(r, "a note");
	note->where.file = verify_source_name(r, w.source);
	if (w.source == 1)
		r->line = note->where.line;
	if (!count_output(r, note->size))
		return false;
	if (w.session != MESSAGE_SESSION_NONE)
		s = sc->sessions[w.session];
	if (s ? !place_note(r, s, note) : !note_early(sc, note))
		return s ? false : verify_no_memory(r);
	if (note->kind == NOTE_EXPECT_FAILED)
		sc->nr_failed++;
	if (sc->options.on_note)
		sc->options.on_note(sc->options.context, s, note);
	return true;
}

static bool replace(struct verify *r, char **place, const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		return verify_no_memory(r);
	free(*place);
	*place = copy;
	return true;
}

static bool verify_lesson(struct verify *r, struct message_reader *in)
{
	const char *title = message_get_text(in, MESSAGE_TEXT_MAX);
	const char *goal = message_get_text(in, MESSAGE_TEXT_MAX);
	uint32_t minutes = message_get_u32(in);
	struct scenario *sc = r->sc;

	if (!message_done(in))
		return verify_malformed(r, "a lesson");
	if (!count_output(r, strlen(title) + strlen(goal)))
		return false;
	if (!replace(r, &sc->title, title) || !replace(r, &sc->goal, goal))
		return false;
	sc->minutes = minutes;
	verify_report_rest(r);
	if (sc->options.on_lesson)
		sc->options.on_lesson(sc->options.context, sc->title, sc->goal);
	return !sc->options.lesson_only;
}

static bool verify_param(struct verify *r, struct message_reader *in)
{
	uint32_t i = message_get_u32(in);

	if (!message_done(in) || i >= r->sc->nr_params)
		return verify_malformed(r, "a parameter");
	r->sc->param_read[i] = true;
	return true;
}

static bool verify_line(struct verify *r, struct message_reader *in)
{
	uint32_t line = message_get_u32(in);

	if (!message_done(in))
		return verify_malformed(r, "a line");
	r->line = line;
	return true;
}

/* -- the beginning and the end -------------------------------------------- */

static bool verify_hello(struct verify *r, struct message_reader *in)
{
	struct codec c = { .in = in };
	uint32_t magic = message_get_u32(in), version = message_get_u32(in);
	struct isolation_report report;
	char text[200];

	codec_report(&c, &report);
	if (!message_done(in) || magic != PROTOCOL_MAGIC ||
	    version != PROTOCOL_VERSION || r->greeted)
		return verify_malformed(r, "the first one");
	r->greeted = true;
	r->sc->report = report;
	if (r->sc->options.isolation != ISOLATION_REQUIRED ||
	    isolation_is_complete(&report))
		return true;
	return verify_fail(r, SCENARIO_ISOLATION,
			   "the script was not run: isolation is required, but "
			   "only these layers are in force: %s",
			   isolation_text(&report, text, sizeof(text)));
}

/* The process reports how it ended, as far as it may decide that. */
static bool verify_end(struct verify *r, struct message_reader *in)
{
	struct codec c = { .in = in };
	struct scenario *sc = r->sc;
	struct end_message end;

	codec_end(&c, &end);
	if (!message_done(in) || end.nr_failed != sc->nr_failed ||
	    end.outcome >= SCENARIO_INTERNAL || /* the parent's to decide */
	    (end.outcome == SCENARIO_LIMIT) != (end.hit != LIMIT_NONE))
		return verify_malformed(r, "the last one");
	verify_report_rest(r);
	r->ended = true;
	sc->hit = end.hit;
	sc->outcome = end.outcome;
	snprintf(sc->message, sizeof(sc->message), "%s", end.message);
	if (end.outcome <= SCENARIO_EXPECT_FAILED)
		host_finish(sc);
	return false;
}

bool verify_message(struct verify *r, enum message_type type,
		    struct message_reader *in)
{
	if (r->greeted == (type == MESSAGE_HELLO))
		return verify_malformed(r, "wrong order");
	switch (type) {
	case MESSAGE_HELLO:
		return verify_hello(r, in);
	case MESSAGE_LINE:
		return verify_line(r, in);
	case MESSAGE_LESSON:
		return verify_lesson(r, in);
	case MESSAGE_PARAM:
		return verify_param(r, in);
	case MESSAGE_SOURCE:
		return verify_source(r, in);
	case MESSAGE_MACHINE:
		return verify_machine(r, in);
	case MESSAGE_LOADED:
		return verify_loaded(r, in);
	case MESSAGE_IMPORTED:
		return verify_imported(r, in);
	case MESSAGE_REQUEST:
		return verify_request(r, in);
	case MESSAGE_WRITE:
		return verify_write(r, in);
	case MESSAGE_NOTE:
		return verify_note(r, in);
	case MESSAGE_FILE:
		return verify_file(r, in);
	case MESSAGE_END:
		return verify_end(r, in);
	case MESSAGE_JOB:
	case MESSAGE_FILE_ANSWER:
	case NR_MESSAGE_TYPES:
		break;
	}
	return verify_malformed(r, "one that only the parent sends");
}
