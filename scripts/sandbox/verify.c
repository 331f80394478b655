/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * redo: what a process says, message by message: its greeting, what it tells
 * beside its requests, its end.
 */
#include "sandbox/verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/host.h"
#include "sandbox/codec.h"

enum { NOTE_COST = 16 }; /* bytes that a note takes beside its text */

/* -- how it ends ---------------------------------------------------------- */

bool redo_fail(struct redo *r, enum scenario_outcome outcome,
	       const char *format, ...)
{
	char what[600], text[700];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(what, sizeof(what), format, arguments);
	va_end(arguments);
	redo_tell_rest(r);
	snprintf(text, sizeof(text), "%.60s:%" PRIu32 ": %s", r->sc->name,
		 r->line, what);
	r->sc->outcome = outcome;
	host_message(r->sc, text);
	return false;
}

bool redo_limit(struct redo *r, enum limit limit)
{
	char text[120];

	r->sc->hit = limit;
	return redo_fail(r, SCENARIO_LIMIT, "limit %s: %s", limit_name(limit),
			 limit_text(r->sc, limit, text, sizeof(text)));
}

bool redo_nonsense(struct redo *r, const char *what)
{
	return redo_fail(r, SCENARIO_CRASHED,
			 "the scenario's process spoke nonsense (%s); a script "
			 "that works with the language alone cannot do that",
			 what);
}

bool redo_no_memory(struct redo *r)
{
	r->sc->hit = LIMIT_MEMORY;
	return redo_fail(r, SCENARIO_LIMIT,
			 "limit memory: there is none left to do the requests "
			 "again");
}

/* The name of source @number, which lives as long as the sessions. */
const char *redo_source_name(const struct redo *r, uint32_t number)
{
	if (number == 1)
		return r->sc->name;
	if (number > 1 && number - 2 < r->sc->nr_recordings)
		return r->sc->recordings[number - 2].name;
	return NULL;
}

/* -- telling -------------------------------------------------------------- */

/* The steps until @step are told now. */
static void tell_until(struct redo *r, uint32_t step)
{
	const struct scenario_options *o = &r->sc->options;

	for (; r->telling && r->next_step <= step; r->next_step++)
		if (o->on_step)
			o->on_step(o->context, r->telling, r->next_step);
}

void redo_tell_rest(struct redo *r)
{
	if (!r->telling)
		return;
	session_seek(r->telling, session_nr_steps(r->telling));
	tell_until(r, session_nr_steps(r->telling));
	r->telling = NULL;
}

/* -- notes ---------------------------------------------------------------- */

/* Keep the note where it belongs, having told what stands before it. */
static bool place_note(struct redo *r, struct session *s, struct note *note)
{
	const bool inside = s == r->telling && note->step + 1 >= r->next_step &&
			    note->step <= session_nr_steps(s);

	if (!inside && note->step != session_nr_steps(s))
		return redo_nonsense(r, "a note about no step");
	if (inside)
		tell_until(r, note->step);
	else
		redo_tell_rest(r);
	session_seek(s, note->step);
	note->request = session_nr_requests(s);
	return session_note(s, note->kind, note->text, &note->where) ||
	       redo_no_memory(r);
}

/* Something was told. False: it is too much. */
static bool count_output(struct redo *r, size_t length)
{
	struct scenario *sc = r->sc;

	sc->output += length + NOTE_COST;
	/* the script's own count is stricter, and has the better message */
	return sc->output / 2 <= limit_value(sc, LIMIT_OUTPUT) + (1 << 20) ||
	       redo_limit(r, LIMIT_OUTPUT);
}

static bool redo_note(struct redo *r, struct wire_in *in)
{
	struct wire_code c = { .in = in };
	struct wire_note w = { .session = 0 };
	struct scenario *sc = r->sc;
	struct session *s = NULL;
	struct note *note = &w.note;

	code_note(&c, &w);
	if (!wire_done(in) ||
	    (w.session == WIRE_SESSION_NONE ? sc->nr_sessions > 0 :
					      w.session >= sc->nr_sessions))
		return redo_nonsense(r, "a broken note");
	note->where.file = redo_source_name(r, w.source);
	if (w.source == 1)
		r->line = note->where.line;
	if (!count_output(r, strlen(note->text)))
		return false;
	if (w.session != WIRE_SESSION_NONE)
		s = sc->sessions[w.session];
	if (s ? !place_note(r, s, note) :
		!note_early(sc, note->kind, note->text, &note->where))
		return s ? false : redo_no_memory(r);
	if (note->kind == NOTE_EXPECT_FAILED)
		sc->nr_failed++;
	if (sc->options.on_note)
		sc->options.on_note(sc->options.context, s, note);
	return true;
}

static bool replace(struct redo *r, char **place, const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		return redo_no_memory(r);
	free(*place);
	*place = copy;
	return true;
}

static bool redo_lesson(struct redo *r, struct wire_in *in)
{
	const char *title = wire_get_text(in, WIRE_TEXT_MAX);
	const char *goal = wire_get_text(in, WIRE_TEXT_MAX);
	uint32_t minutes = wire_get_u32(in);
	struct scenario *sc = r->sc;

	if (!wire_done(in))
		return redo_nonsense(r, "a broken title");
	if (!count_output(r, strlen(title) + strlen(goal)))
		return false;
	if (!replace(r, &sc->title, title) || !replace(r, &sc->goal, goal))
		return false;
	sc->minutes = minutes;
	redo_tell_rest(r);
	if (sc->options.on_lesson)
		sc->options.on_lesson(sc->options.context, sc->title, sc->goal);
	return true;
}

static bool redo_param(struct redo *r, struct wire_in *in)
{
	uint32_t i = wire_get_u32(in);

	if (!wire_done(in) || i >= r->sc->nr_params)
		return redo_nonsense(r, "a parameter that was not given");
	r->sc->param_asked[i] = true;
	return true;
}

static bool redo_line(struct redo *r, struct wire_in *in)
{
	uint32_t line = wire_get_u32(in);

	if (!wire_done(in))
		return redo_nonsense(r, "a broken line");
	r->line = line;
	return true;
}

/* -- the beginning and the end -------------------------------------------- */

static bool redo_hello(struct redo *r, struct wire_in *in)
{
	struct wire_code c = { .in = in };
	uint32_t magic = wire_get_u32(in), version = wire_get_u32(in);
	struct isolation_report report;
	char text[200];

	code_report(&c, &report);
	if (!wire_done(in) || magic != WIRE_MAGIC || version != WIRE_VERSION ||
	    r->greeted)
		return redo_nonsense(r, "a greeting");
	r->greeted = true;
	r->sc->report = report;
	if (r->sc->options.isolation != ISOLATION_WHOLE ||
	    isolation_is_whole(&report))
		return true;
	return redo_fail(r, SCENARIO_ISOLATION,
			 "the script was not run: isolation is demanded, and "
			 "there is only %s",
			 isolation_text(&report, text, sizeof(text)));
}

/* What the process says of its end, as far as it may say it. */
static bool redo_end(struct redo *r, struct wire_in *in)
{
	struct wire_code c = { .in = in };
	struct scenario *sc = r->sc;
	struct wire_end end;

	code_end(&c, &end);
	if (!wire_done(in) || end.nr_failed != sc->nr_failed ||
	    end.outcome >= SCENARIO_INTERNAL || /* those are ours to say */
	    (end.outcome == SCENARIO_LIMIT) != (end.hit != LIMIT_NONE))
		return redo_nonsense(r, "its end");
	redo_tell_rest(r);
	r->ended = true;
	sc->hit = end.hit;
	sc->outcome = end.outcome;
	snprintf(sc->message, sizeof(sc->message), "%s", end.message);
	if (end.outcome <= SCENARIO_EXPECT_FAILED)
		host_finish(sc);
	return false;
}

bool redo_message(struct redo *r, enum wire_type type, struct wire_in *in)
{
	if (r->greeted == (type == WIRE_HELLO))
		return redo_nonsense(r, "in the wrong order");
	switch (type) {
	case WIRE_HELLO:
		return redo_hello(r, in);
	case WIRE_LINE:
		return redo_line(r, in);
	case WIRE_LESSON:
		return redo_lesson(r, in);
	case WIRE_PARAM:
		return redo_param(r, in);
	case WIRE_SOURCE:
		return redo_source(r, in);
	case WIRE_MACHINE:
		return redo_machine(r, in);
	case WIRE_LOADED:
		return redo_loaded(r, in);
	case WIRE_REQUEST:
		return redo_request(r, in);
	case WIRE_WRITE:
		return redo_write(r, in);
	case WIRE_NOTE:
		return redo_note(r, in);
	case WIRE_FILE:
		return redo_file(r, in);
	case WIRE_END:
		return redo_end(r, in);
	case WIRE_JOB:
	case WIRE_FILE_ANSWER:
	case NR_WIRE_TYPES:
		break;
	}
	return redo_nonsense(r, "a message of ours");
}
