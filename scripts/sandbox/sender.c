/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sender: the scenario's end of the socket. */
#include "sandbox/sender.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machine/array.h"
#include "sandbox/flush_timer.h"
#include "sandbox/isolate.h"

struct sender_session {
	struct sender *sender;
	uint32_t number;
	struct session_tap tap;
};

struct sender {
	struct scenario *sc;
	struct scenario_reporter reporter;
	struct message_writer out;
	struct message_buffer in;
	const char **sources; /* names of files, from number 2 on */
	uint32_t nr_sources;
	struct sender_session **sessions;
	uint32_t nr_sessions;
	uint64_t waited_ns; /* of out's, added to the scenario's deadline */
	char why[256]; /* a file could not be read */
};

/* -- sending -------------------------------------------------------------- */

static struct codec begin(struct sender *sender, enum message_type type)
{
	message_begin(&sender->out, type);
	return (struct codec){ .out = &sender->out };
}

/*
 * The message is complete. Time spent waiting for a slow parent (its output
 * is a pager, say) does not count as the script's.
 */
static void end(struct sender *sender)
{
	message_end(&sender->out);
	if (sender->out.failed)
		_exit(ISOLATE_NO_MEMORY); /* or the parent is gone */
	sender->sc->deadline_ns += sender->out.waited_ns - sender->waited_ns;
	sender->waited_ns = sender->out.waited_ns;
}

static void send_number(struct sender *sender, enum message_type type,
			uint32_t number)
{
	struct codec c = begin(sender, type);

	codec_u32(&c, &number);
	end(sender);
}

/* The number of the file's name; a new name is sent. */
static uint32_t source_number(struct sender *sender,
			      const struct source_line *where)
{
	const char **added, *name = where->file;
	struct codec c;

	if (!name)
		return 0;
	if (name == sender->sc->name)
		return 1;
	for (uint32_t i = 0; i < sender->nr_sources; i++)
		if (sender->sources[i] == name)
			return i + 2;
	added = array_add(sender->sources, sender->nr_sources);
	if (!added)
		return 0;
	*added = name;
	c = begin(sender, MESSAGE_SOURCE);
	codec_text(&c, &name);
	end(sender);
	return sender->nr_sources + 1;
}

/* At most MESSAGE_TEXT_MAX bytes of @text; the caller frees *@cut. */
static const char *bounded(const char *text, char **cut)
{
	*cut = NULL;
	if (strlen(text) <= MESSAGE_TEXT_MAX)
		return text;
	*cut = strndup(text, MESSAGE_TEXT_MAX);
	return *cut ? *cut : "";
}

static void send_note(struct sender *sender, uint32_t session,
		      const struct note *note)
{
	struct note_message message = {
		.session = session,
		.source = source_number(sender, &note->where),
		.note = *note,
	};
	struct codec c;
	char *cut;

	message.note.text = bounded(note->text, &cut);
	if (cut)
		message.note.size = (uint32_t)strlen(cut) + 1;
	c = begin(sender, MESSAGE_NOTE);
	codec_note(&c, &message);
	end(sender);
	free(cut);
}

static void tap_note(void *context, const struct note *note)
{
	const struct sender_session *session = context;

	send_note(session->sender, session->number, note);
}

static void tap_request(void *context, const struct request *r)
{
	const struct sender_session *session = context;
	struct sender *sender = session->sender;
	struct request_message message = {
		.session = session->number,
		.source = source_number(sender, &r->where),
		.request = *r,
	};
	struct codec c = begin(sender, MESSAGE_REQUEST);

	codec_request(&c, &message);
	end(sender);
}

/* -- the reporter --------------------------------------------------------- */

static void report_line(void *context, uint32_t line)
{
	struct sender *sender = context;

	send_number(sender, MESSAGE_LINE, line);
	message_flush(&sender->out);
}

static void report_machine(void *context, const struct machine_description *d,
			   bool poison, uint32_t line)
{
	struct machine_message machine = {
		.line = line,
		.poison = poison,
		.description = (struct machine_description *)(uintptr_t)d,
	};
	struct codec c = begin(context, MESSAGE_MACHINE);

	codec_machine(&c, &machine); /* writing does not change it */
	end(context);
}

static void report_loaded(void *context, uint32_t report, uint32_t line)
{
	struct codec c =
		begin(context, report ? MESSAGE_IMPORTED : MESSAGE_LOADED);

	if (report)
		codec_u32(&c, &report);
	codec_u32(&c, &line);
	end(context);
}

static bool report_session(void *context, struct session *s)
{
	struct sender *sender = context;
	struct sender_session *session = calloc(1, sizeof(*session));
	struct sender_session **added =
		session ? array_add(sender->sessions, sender->nr_sessions) :
			  NULL;

	if (!added) {
		free(session);
		return false;
	}
	*session = (struct sender_session){
		.sender = sender,
		.number = sender->nr_sessions - 1,
		.tap = { session, tap_request, tap_note },
	};
	*added = session;
	session_set_tap(s, &session->tap);
	return true;
}

static void report_write(void *context, uint32_t session, uint32_t pfn,
			 uint64_t offset, const void *bytes, size_t length)
{
	struct sender *sender = context;

	message_begin(&sender->out, MESSAGE_WRITE);
	message_put_u32(&sender->out, session);
	message_put_u32(&sender->out, pfn);
	message_put_u64(&sender->out, offset);
	message_put_bytes(&sender->out, bytes, length);
	end(sender);
}

static void report_early_note(void *context, const struct note *note)
{
	send_note(context, MESSAGE_SESSION_NONE, note);
}

/* Sent at once: the parent may need no more. */
static void report_lesson(void *context, const char *title, const char *goal,
			  uint32_t minutes)
{
	struct sender *sender = context;
	struct codec c = begin(sender, MESSAGE_LESSON);
	char *cut[2];

	title = bounded(title, &cut[0]);
	goal = bounded(goal, &cut[1]);
	codec_text(&c, &title);
	codec_text(&c, &goal);
	codec_u32(&c, &minutes);
	end(sender);
	message_flush(&sender->out);
	free(cut[0]);
	free(cut[1]);
}

static void report_param(void *context, uint32_t i)
{
	send_number(context, MESSAGE_PARAM, i);
}

/* The parent reads the file and answers with its contents. */
static enum file_answer report_read(void *context, const char *name,
				    char **text, size_t *length,
				    const char **why)
{
	struct sender *sender = context;
	struct message_reader payload = { .bad = true };
	struct answer_message answer;
	struct codec c = begin(sender, MESSAGE_FILE);

	codec_text(&c, &name);
	end(sender);
	if (!message_flush(&sender->out) ||
	    !message_receive(&sender->in, sender->out.fd, MESSAGE_FILE_ANSWER,
			     &payload))
		_exit(ISOLATE_NO_MEMORY);
	c = (struct codec){ .in = &payload };
	codec_answer(&c, &answer);
	*length = answer.size;
	*text = NULL;
	*why = sender->why;
	snprintf(sender->why, sizeof(sender->why), "%s", answer.why);
	if (answer.answer != FILE_READ)
		return answer.answer;
	*text = malloc(answer.size + 1);
	if (!*text) {
		*why = "out of memory";
		return FILE_UNREADABLE;
	}
	memcpy(*text, answer.text, answer.size);
	(*text)[answer.size] = '\0';
	return FILE_READ;
}

/* -- beginning and end ---------------------------------------------------- */

void sender_hello(struct sender *sender, const struct isolation_report *report)
{
	struct isolation_report copy = *report;
	struct codec c = begin(sender, MESSAGE_HELLO);

	message_put_u32(&sender->out, PROTOCOL_MAGIC);
	message_put_u32(&sender->out, PROTOCOL_VERSION);
	codec_report(&c, &copy);
	end(sender);
	message_flush(&sender->out);
}

void sender_end(struct sender *sender)
{
	struct end_message message = {
		.outcome = sender->sc->outcome,
		.hit = sender->sc->hit,
		.nr_failed = sender->sc->nr_failed,
		.message = sender->sc->message,
	};
	struct codec c = begin(sender, MESSAGE_END);

	codec_end(&c, &message);
	end(sender);
	message_flush(&sender->out);
}

struct sender *sender_new(struct scenario *sc, int fd)
{
	struct sender *sender = calloc(1, sizeof(*sender));

	if (!sender || !message_writer_init(&sender->out, fd)) {
		free(sender);
		return NULL;
	}
	sender->sc = sc;
	sender->reporter = (struct scenario_reporter){
		.context = sender,
		.line = report_line,
		.machine = report_machine,
		.loaded = report_loaded,
		.session = report_session,
		.write = report_write,
		.early_note = report_early_note,
		.lesson = report_lesson,
		.param = report_param,
		.read = report_read,
	};
	sc->reporter = &sender->reporter;
	flush_timer_start(&sender->out);
	return sender;
}
