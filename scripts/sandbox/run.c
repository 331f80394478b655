/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scenario_run: a scenario is run, apart from us, and what it does is done
 * again here while it does it.
 *
 * The process gets the text over the socket and answers with what it does;
 * it is not waited for without a limit, whatever it does or does not.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lua/host.h"
#include "machine/clock.h"
#include "sandbox/verify.h"
#include "sandbox/child.h"
#include "sandbox/codec.h"

enum {
	GRACE_MS = 250, /* for the script's own clock to speak first */
	OWN_WORK = 4, /* so many times the limit may our own part take */
};

/* The conversation with one process. */
struct talk {
	struct scenario *sc;
	struct redo redo;
	struct wire_out out;
	struct wire_buffer in;
	int fd;
	uint64_t waited_ns; /* for the process */
	uint64_t cpu_began_ns; /* of ours */
};

/* -- what the process gets ------------------------------------------------ */

static void send_job(struct talk *t, const struct file_text *text)
{
	const struct scenario *sc = t->sc;
	struct wire_code c = { .out = &t->out };
	struct wire_job job = {
		.options = sc->options,
		.path = sc->path,
		.nr_params = sc->nr_params,
		.text = text->data,
		.text_size = text->size,
	};

	wire_begin(&t->out, WIRE_JOB);
	wire_u32(&t->out, WIRE_MAGIC);
	wire_u32(&t->out, WIRE_VERSION);
	code_job(&c, &job);
	for (uint32_t i = 0; i < sc->nr_params; i++)
		wire_text(&t->out, sc->options.params[i]);
	wire_end(&t->out);
}

/* -- listening ------------------------------------------------------------ */

/* All messages that are whole. False: it is over. */
static bool hear_messages(struct talk *t)
{
	enum wire_state state;
	enum wire_type type;
	struct wire_in payload;

	while ((state = wire_next(&t->in, WIRE_PAYLOAD_MAX, &type, &payload)) ==
	       WIRE_MESSAGE)
		if (!redo_message(&t->redo, type, &payload))
			return false;
	return state == WIRE_MORE ||
	       redo_nonsense(&t->redo, "a message that cannot be");
}

/* False: it is over; *@closed: the process says nothing any more. */
static bool hear(struct talk *t, bool *closed)
{
	size_t size;
	ssize_t n;

	if (!wire_room(&t->in, &size))
		return redo_no_memory(&t->redo);
	n = recv(t->fd, t->in.data + t->in.end, size, MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	*closed = n == 0 || (n < 0 && errno == ECONNRESET);
	if (*closed)
		return false;
	if (n < 0)
		return redo_fail(&t->redo, SCENARIO_INTERNAL,
				 "the scenario's process cannot be heard: %s",
				 strerror(errno));
	t->in.end += (size_t)n;
	return hear_messages(t);
}

/* The parent ends the process at a limit. False, since it is over. */
static bool end_at_limit(struct redo *r, enum limit limit)
{
	char text[120];

	r->sc->hit = limit;
	return redo_fail(r, SCENARIO_LIMIT, "limit %s: %s, here or later",
			 limit_name(limit),
			 limit_text(r->sc, limit, text, sizeof(text)));
}

/* Is there time left: for the process, and for what it makes us do? */
static bool time_left(struct talk *t, int *left_ms)
{
	uint64_t wall_ms = limit_value(t->sc, LIMIT_WALL);
	uint64_t own_ns = clock_cpu_ns() - t->cpu_began_ns;
	uint64_t used_ms = t->waited_ns / NS_PER_MS, left;

	/* a grader's limits hold for all that a submission causes */
	used_ms += own_ns / NS_PER_MS / (t->sc->options.graded ? 1 : OWN_WORK);
	if (used_ms > wall_ms + GRACE_MS)
		return end_at_limit(&t->redo, LIMIT_WALL);
	left = wall_ms + GRACE_MS - used_ms + 1;
	*left_ms = left < 1000000 ? (int)left : 1000000;
	return true;
}

/*
 * What we say does not reach it. If it has gone, that is seen at once;
 * otherwise the fault is on our side. False, since it is over.
 */
static bool not_reached(struct talk *t)
{
	return redo_fail(&t->redo, SCENARIO_INTERNAL,
			 "nothing can be sent to the scenario's process");
}

/* Until it is over. True: the process closed its end without a word. */
static bool converse(struct talk *t)
{
	bool closed = false;
	int left_ms = 0;

	while (time_left(t, &left_ms)) {
		struct pollfd pfd = { .fd = t->fd, .events = POLLIN };
		uint64_t began = clock_now_ns();

		if (t->out.failed)
			left_ms = left_ms < GRACE_MS ? left_ms : GRACE_MS;
		else if (t->out.sent < t->out.length)
			pfd.events |= POLLOUT;
		if (poll(&pfd, 1, left_ms) == 0 && t->out.failed)
			return not_reached(t);
		t->waited_ns += clock_now_ns() - began;
		if (pfd.revents & POLLOUT)
			wire_flush_now(&t->out);
		if (!(pfd.revents & ~POLLOUT))
			continue;
		if (!hear(t, &closed))
			return closed;
	}
	return false;
}

/* -- how it ended --------------------------------------------------------- */

/* The process ended before its last word. */
static void ended_early(struct talk *t, enum isolate_end end,
			const char *signal)
{
	struct redo *r = &t->redo;

	switch (end) {
	case ISOLATE_CPU:
		end_at_limit(r, LIMIT_CPU);
		return;
	case ISOLATE_VIOLATED:
		redo_fail(r, SCENARIO_ISOLATION,
			  "the scenario's process tried what it may not (%s); "
			  "it was stopped",
			  signal);
		return;
	case ISOLATE_MEMORY:
		t->sc->hit = LIMIT_MEMORY;
		redo_fail(r, SCENARIO_LIMIT,
			  "limit memory: the system gives the scenario's "
			  "process no more");
		return;
	case ISOLATE_KILLED:
		redo_fail(r, SCENARIO_KILLED,
			  "the scenario's process was killed from outside "
			  "(%s): by somebody, or by the system for want of "
			  "memory",
			  signal);
		return;
	case ISOLATE_CRASHED:
	case ISOLATE_EXITED:
		break;
	}
	redo_fail(r, SCENARIO_CRASHED,
		  "the Lua interpreter died here or later (%s); what the "
		  "scenario does there cannot be relied on",
		  *signal ? signal : "it ended without a word");
}

/* -- the door ------------------------------------------------------------- */

static void run_apart(struct scenario *sc, const struct file_text *text)
{
	struct talk t = {
		.sc = sc,
		.redo = { .sc = sc, .answers = &t.out, .line = 1 },
		.cpu_began_ns = clock_cpu_ns(),
	};
	const char *signal;
	enum isolate_end end;
	bool closed;
	pid_t pid = isolate_start(&t.fd, scenario_child_forked);

	if (pid < 0) {
		redo_fail(&t.redo, SCENARIO_ISOLATION,
			  "no process could be started for the script: %s",
			  strerror(errno));
		return;
	}
	if (wire_out_open(&t.out, t.fd)) {
		t.out.held = true;
		send_job(&t, text);
		closed = converse(&t);
	} else {
		closed = redo_no_memory(&t.redo);
	}
	close(t.fd);
	end = isolate_finish(pid, true, &signal);
	if (closed)
		ended_early(&t, end, signal);
	redo_close(&t.redo);
	wire_out_close(&t.out);
	wire_buffer_close(&t.in);
}

struct scenario *scenario_run(const char *path,
			      const struct scenario_options *options)
{
	struct scenario *sc = host_new(path, options);
	struct file_text text = { .data = NULL };

	if (!sc)
		return NULL;
	if (host_read(sc, &text)) {
		if (options->isolation == ISOLATION_NONE)
			host_run(sc, &text);
		else
			run_apart(sc, &text);
	}
	free(text.data);
	return sc;
}
