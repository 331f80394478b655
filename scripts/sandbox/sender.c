/* SPDX-License-Identifier: GPL-2.0-or-later */
/* stream: the scenario's side of the socket. */
#include "sandbox/sender.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "machine/array.h"

/* How long something may wait to be sent while a script is busy. */
enum { TICK_MS = 20 };

struct stream_session {
	struct stream *st;
	uint32_t number;
	struct session_tap tap;
};

struct stream {
	struct scenario *sc;
	struct wire_out out;
	struct wire_buffer in;
	const char **sources; /* names of files, from number 2 on */
	uint32_t nr_sources;
	struct stream_session **sessions;
	uint32_t nr_sessions;
	uint64_t waited_ns; /* of out's, known to the scenario's deadline */
	char why[256]; /* a file could not be read */
};

/* -- sending -------------------------------------------------------------- */

/*
 * The message is whole. When the other side is slow (it prints, somebody
 * reads) that is not the script's time.
 */
static void message_end(struct stream *st)
{
	wire_end(&st->out);
	if (st->out.failed)
		_exit(ISOLATE_NO_MEMORY); /* or nobody hears any more */
	st->sc->deadline_ns += st->out.waited_ns - st->waited_ns;
	st->waited_ns = st->out.waited_ns;
}

static struct wire_code message_begin(struct stream *st, enum wire_type type)
{
	wire_begin(&st->out, type);
	return (struct wire_code){ .out = &st->out };
}

/* The number of the file's name; a new one is told. */
static uint32_t source_number(struct stream *st,
			      const struct source_line *where)
{
	const char **more, *name;
	struct wire_code c;

	if (!where->file)
		return 0;
	if (where->file == st->sc->name)
		return 1;
	for (uint32_t i = 0; i < st->nr_sources; i++)
		if (st->sources[i] == where->file)
			return i + 2;
	more = array_add(st->sources, st->nr_sources);
	if (!more)
		return 0;
	*more = where->file;
	name = where->file;
	c = message_begin(st, WIRE_SOURCE);
	code_text(&c, &name);
	message_end(st);
	return st->nr_sources + 1;
}

/* At most WIRE_TEXT_MAX bytes of @text; *@cut is to be freed. */
static const char *bounded(const char *text, char **cut)
{
	*cut = NULL;
	if (strlen(text) <= WIRE_TEXT_MAX)
		return text;
	*cut = strndup(text, WIRE_TEXT_MAX);
	return *cut ? *cut : "";
}

static void send_note(struct stream *st, uint32_t session,
		      const struct note *note)
{
	struct wire_note message = {
		.session = session,
		.source = source_number(st, &note->where),
		.note = *note,
	};
	struct wire_code c;
	char *cut;

	message.note.text = (char *)(uintptr_t)bounded(note->text, &cut);
	c = message_begin(st, WIRE_NOTE);
	code_note(&c, &message);
	message_end(st);
	free(cut);
}

static void hear_note(void *context, const struct note *note)
{
	const struct stream_session *ss = context;

	send_note(ss->st, ss->number, note);
}

static void hear_request(void *context, const struct request *r)
{
	const struct stream_session *ss = context;
	struct stream *st = ss->st;
	struct wire_request message = {
		.session = ss->number,
		.source = source_number(st, &r->where),
		.request = *r,
	};
	struct wire_code c = message_begin(st, WIRE_REQUEST);

	code_request(&c, &message);
	message_end(st);
}

/* -- what else happens ---------------------------------------------------- */

void stream_line(struct scenario *sc, const struct source_line *where)
{
	struct stream *st = sc->stream;
	uint32_t line = where->line;
	struct wire_code c;

	if (!st)
		return;
	c = message_begin(st, WIRE_LINE);
	code_u32(&c, &line);
	message_end(st);
	wire_flush(&st->out);
}

void stream_machine(struct scenario *sc, const struct machine_description *d,
		    bool poison, const struct source_line *where)
{
	struct wire_machine machine = { .line = where->line, .poison = poison };
	struct wire_code c;

	if (!sc->stream)
		return;
	/* writing only reads it */
	machine.description = (struct machine_description *)(uintptr_t)d;
	c = message_begin(sc->stream, WIRE_MACHINE);
	code_machine(&c, &machine);
	message_end(sc->stream);
}

void stream_loaded(struct scenario *sc, const struct source_line *where)
{
	uint32_t line = where->line;
	struct wire_code c;

	if (!sc->stream)
		return;
	c = message_begin(sc->stream, WIRE_LOADED);
	code_u32(&c, &line);
	message_end(sc->stream);
}

bool stream_session(struct scenario *sc, struct session *s)
{
	struct stream *st = sc->stream;
	const uint32_t number = st ? st->nr_sessions : 0;
	struct stream_session **more, *ss;

	if (!st)
		return true;
	ss = calloc(1, sizeof(*ss));
	more = ss ? array_add(st->sessions, st->nr_sessions) : NULL;
	if (!more) {
		free(ss);
		return false;
	}
	*more = ss;
	*ss = (struct stream_session){
		.st = st,
		.number = number,
		.tap = { .context = ss,
			 .request = hear_request,
			 .note = hear_note },
	};
	session_set_tap(s, &ss->tap);
	return true;
}

void stream_write(struct scenario *sc, uint32_t session, uint32_t pfn,
		  uint64_t offset, const void *bytes, size_t length)
{
	if (!sc->stream)
		return;
	message_begin(sc->stream, WIRE_WRITE);
	wire_u32(&sc->stream->out, session);
	wire_u32(&sc->stream->out, pfn);
	wire_u64(&sc->stream->out, offset);
	wire_bytes(&sc->stream->out, bytes, length);
	message_end(sc->stream);
}

void stream_early_note(struct scenario *sc, const struct early_note *early)
{
	const struct note note = { .kind = early->kind,
				   .where = early->where,
				   .text = early->text };

	if (sc->stream)
		send_note(sc->stream, WIRE_SESSION_NONE, &note);
}

void stream_lesson(struct scenario *sc, const char *title, const char *goal,
		   uint32_t minutes)
{
	struct wire_code c;
	char *cut;

	if (!sc->stream)
		return;
	c = message_begin(sc->stream, WIRE_LESSON);
	title = bounded(title, &cut);
	code_text(&c, &title);
	free(cut);
	goal = bounded(goal, &cut);
	code_text(&c, &goal);
	free(cut);
	code_u32(&c, &minutes);
	message_end(sc->stream);
}

void stream_param(struct scenario *sc, uint32_t i)
{
	struct wire_code c;

	if (!sc->stream)
		return;
	c = message_begin(sc->stream, WIRE_PARAM);
	code_u32(&c, &i);
	message_end(sc->stream);
}

enum file_answer stream_read(struct scenario *sc, const char *name, char **text,
			     size_t *length, const char **why)
{
	struct stream *st = sc->stream;
	struct wire_in payload = { .bad = true };
	struct wire_answer answer;
	struct wire_code c = message_begin(st, WIRE_FILE);

	code_text(&c, &name);
	message_end(st);
	if (!wire_flush(&st->out) ||
	    !wire_receive(&st->in, st->out.fd, WIRE_FILE_ANSWER, &payload))
		_exit(ISOLATE_NO_MEMORY);
	c = (struct wire_code){ .in = &payload };
	code_answer(&c, &answer);
	*length = answer.size;
	*text = NULL;
	*why = st->why;
	snprintf(st->why, sizeof(st->why), "%s", answer.why);
	if (answer.answer != FILE_READ)
		return answer.answer;
	*text = malloc(answer.size + 1);
	if (!*text) {
		*why = "there is no memory to read it";
		return FILE_UNREADABLE;
	}
	memcpy(*text, answer.text, answer.size);
	(*text)[answer.size] = '\0';
	return FILE_READ;
}

void stream_hello(struct stream *st, const struct isolation_report *report)
{
	struct isolation_report copy = *report;
	struct wire_code c = message_begin(st, WIRE_HELLO);

	wire_u32(&st->out, WIRE_MAGIC);
	wire_u32(&st->out, WIRE_VERSION);
	code_report(&c, &copy);
	message_end(st);
	wire_flush(&st->out);
}

void stream_end(struct stream *st)
{
	struct wire_end end = {
		.outcome = st->sc->outcome,
		.hit = st->sc->hit,
		.nr_failed = st->sc->nr_failed,
		.message = st->sc->message,
	};
	struct wire_code c = message_begin(st, WIRE_END);

	code_end(&c, &end);
	message_end(st);
	wire_flush(&st->out);
}

/* -- opening -------------------------------------------------------------- */

/* While a script is busy: what it did until now is told all the same. */
static void on_tick(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	wire_flush_now(info->si_value.sival_ptr);
}

/* Without the timer all is told as well, only later. */
static void start_ticking(struct wire_out *out)
{
	const struct sigaction action = { .sa_sigaction = on_tick,
					  .sa_flags = SA_SIGINFO | SA_RESTART };
	const struct timespec tick = { .tv_nsec = TICK_MS * 1000000 };
	const struct itimerspec each = { .it_interval = tick,
					 .it_value = tick };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
				  .sigev_signo = SIGALRM };
	timer_t timer;

	event.sigev_value.sival_ptr = out;
	if (!sigaction(SIGALRM, &action, NULL) &&
	    !timer_create(CLOCK_MONOTONIC, &event, &timer))
		timer_settime(timer, 0, &each, NULL);
}

struct stream *stream_open(struct scenario *sc, int fd)
{
	struct stream *st = calloc(1, sizeof(*st));

	if (!st || !wire_out_open(&st->out, fd)) {
		free(st);
		return NULL;
	}
	st->sc = sc;
	start_ticking(&st->out);
	return st;
}
