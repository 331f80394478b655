/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run: runs a scenario in a process of its own and re-executes here what that
 * process reports.
 *
 * The process receives the text over the socket and sends back what it does.
 * The limits end it from outside, whatever it does.
 */
#include "sandbox/run.h"

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
#include "sandbox/isolate.h"

enum {
	GRACE_MS = 250, /* so that the script's own clock reports first */
	OWN_WORK = 4, /* times the limit that verifying may take */
	WAITING_MS = 50, /* between calls of waiting() */
};

/* One process and what is exchanged with it. */
struct child {
	struct scenario *sc;
	struct verify verify;
	struct message_writer out;
	struct message_buffer in;
	int fd;
	uint64_t began_ns;
	uint64_t waited_ns; /* for the process */
	uint64_t cpu_began_ns; /* of this process */
	uint64_t called_ns; /* when waiting() was called last */
};

/* -- sending -------------------------------------------------------------- */

static void send_job(struct child *t, const struct file_text *text)
{
	const struct scenario *sc = t->sc;
	struct codec c = { .out = &t->out };
	struct job_message job = {
		.options = sc->options,
		.path = sc->path,
		.nr_params = sc->nr_params,
		.text = text->data,
		.text_size = text->size,
	};

	message_begin(&t->out, MESSAGE_JOB);
	message_put_u32(&t->out, PROTOCOL_MAGIC);
	message_put_u32(&t->out, PROTOCOL_VERSION);
	codec_job(&c, &job);
	for (uint32_t i = 0; i < sc->nr_params; i++)
		message_put_text(&t->out, sc->options.params[i]);
	message_end(&t->out);
}

/* -- time ----------------------------------------------------------------- */

/* The parent ends the process at a limit. False: the run is over. */
static bool end_at_limit(struct verify *r, enum limit limit)
{
	char text[120];

	r->sc->hit = limit;
	return verify_fail(r, SCENARIO_LIMIT, "limit %s: %s, here or later",
			   limit_name(limit),
			   limit_text(r->sc, limit, text, sizeof(text)));
}

/* Is there time left, for the process and for verifying it? */
static bool time_left(struct child *t, int *left_ms)
{
	uint64_t wall_ms = limit_value(t->sc, LIMIT_WALL);
	uint64_t used_ms, left;

	/* a grader's limits cover everything that a submission causes */
	if (t->sc->options.graded)
		used_ms = (clock_now_ns() - t->began_ns) / NS_PER_MS;
	else
		used_ms = (t->waited_ns +
			   (clock_cpu_ns() - t->cpu_began_ns) / OWN_WORK) /
			  NS_PER_MS;
	if (used_ms > wall_ms + GRACE_MS)
		return end_at_limit(&t->verify, LIMIT_WALL);
	left = wall_ms + GRACE_MS - used_ms + 1;
	*left_ms = left < 1000000 ? (int)left : 1000000;
	return true;
}

/* Call waiting() when it is time. True: it cancels the run. */
static bool is_cancelled(struct child *t)
{
	const struct scenario_options *options = &t->sc->options;
	const uint64_t now = clock_now_ns();

	if (!options->waiting ||
	    now - t->called_ns < (uint64_t)WAITING_MS * NS_PER_MS)
		return false;
	t->called_ns = now;
	if (options->waiting(options->waiting_context))
		return false;
	verify_fail(&t->verify, SCENARIO_KILLED, "cancelled, here or later");
	return true;
}

/* -- receiving ------------------------------------------------------------ */

/*
 * Verify every complete message; for a grader as long as there is time left.
 * False: the run is over.
 */
static bool receive_messages(struct child *t)
{
	enum message_state state;
	enum message_type type;
	struct message_reader payload;
	int left_ms;

	while ((state = message_next(&t->in, MESSAGE_PAYLOAD_MAX, &type,
				     &payload)) == MESSAGE_COMPLETE)
		if (!verify_message(&t->verify, type, &payload) ||
		    (t->sc->options.graded && !time_left(t, &left_ms)))
			return false;
	return state == MESSAGE_PARTIAL ||
	       verify_malformed(&t->verify, "an invalid type or length");
}

/* False: the run is over; *@closed: the process closed its end. */
static bool receive(struct child *t, bool *closed)
{
	size_t size;
	ssize_t n;

	if (!message_buffer_reserve(&t->in, &size))
		return verify_no_memory(&t->verify);
	n = recv(t->fd, t->in.data + t->in.end, size, MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	*closed = n == 0 || (n < 0 && errno == ECONNRESET);
	if (*closed)
		return false;
	if (n < 0)
		return verify_fail(&t->verify, SCENARIO_INTERNAL,
				   "receive from the scenario's process: %s",
				   strerror(errno));
	t->in.end += (size_t)n;
	return receive_messages(t);
}

/*
 * Sending failed. If the process has ended, poll() reports that at once;
 * otherwise it is an internal error. False: the run is over.
 */
static bool send_failed(struct child *t)
{
	return verify_fail(&t->verify, SCENARIO_INTERNAL,
			   "cannot send to the scenario's process");
}

/* Until the run is over. True: the process closed its end early. */
static bool exchange(struct child *t)
{
	bool closed = false;
	int left_ms = 0;

	while (time_left(t, &left_ms) && !is_cancelled(t)) {
		struct pollfd pfd = { .fd = t->fd, .events = POLLIN };
		uint64_t began = clock_now_ns();

		if (t->out.failed)
			left_ms = left_ms < GRACE_MS ? left_ms : GRACE_MS;
		else if (t->out.sent < t->out.length)
			pfd.events |= POLLOUT;
		if (t->sc->options.waiting && left_ms > WAITING_MS &&
		    !t->out.failed)
			left_ms = WAITING_MS;
		if (poll(&pfd, 1, left_ms) == 0 && t->out.failed)
			return send_failed(t);
		t->waited_ns += clock_now_ns() - began;
		if (pfd.revents & POLLOUT)
			message_flush_now(&t->out);
		if (!(pfd.revents & ~POLLOUT))
			continue;
		if (!receive(t, &closed))
			return closed;
	}
	return false;
}

/* -- how it ended --------------------------------------------------------- */

/* The process ended before its last message. */
static void ended_early(struct child *t, enum isolate_end end,
			const char *signal)
{
	struct verify *r = &t->verify;

	switch (end) {
	case ISOLATE_CPU:
		end_at_limit(r, LIMIT_CPU);
		return;
	case ISOLATE_VIOLATED:
		verify_fail(r, SCENARIO_ISOLATION,
			    "the scenario's process made a system call that is "
			    "not allowed (%s) and was ended",
			    signal);
		return;
	case ISOLATE_MEMORY:
		t->sc->hit = LIMIT_MEMORY;
		verify_fail(r, SCENARIO_LIMIT,
			    "limit memory: the system gives the scenario's "
			    "process no more");
		return;
	case ISOLATE_KILLED:
		verify_fail(r, SCENARIO_KILLED,
			    "the scenario's process was killed from outside "
			    "(%s): by a user, or by the system for lack of "
			    "memory",
			    signal);
		return;
	case ISOLATE_CRASHED:
	case ISOLATE_EXITED:
		break;
	}
	verify_fail(r, SCENARIO_CRASHED,
		    "the Lua interpreter crashed here or later (%s); "
		    "change what the scenario does there",
		    *signal ? signal : "it exited early");
}

/* -- running -------------------------------------------------------------- */

static void run_isolated(struct scenario *sc, const struct file_text *text)
{
	struct child t = {
		.sc = sc,
		.verify = { .sc = sc, .answers = &t.out, .line = 1 },
		.began_ns = clock_now_ns(),
		.cpu_began_ns = clock_cpu_ns(),
		.called_ns = clock_now_ns(),
	};
	const char *signal;
	enum isolate_end end;
	bool closed;
	pid_t pid = isolate_start(&t.fd, scenario_child_forked);

	if (pid < 0) {
		verify_fail(&t.verify, SCENARIO_ISOLATION,
			    "cannot start a process for the script: %s",
			    strerror(errno));
		return;
	}
	if (message_writer_init(&t.out, t.fd)) {
		t.out.held = true;
		send_job(&t, text);
		closed = exchange(&t);
	} else {
		closed = verify_no_memory(&t.verify);
	}
	close(t.fd);
	end = isolate_finish(pid, true, &signal);
	if (closed)
		ended_early(&t, end, signal);
	verify_close(&t.verify);
	message_writer_destroy(&t.out);
	message_buffer_destroy(&t.in);
}

static void run_text(struct scenario *sc, const struct file_text *text)
{
	if (sc->options.isolation == ISOLATION_NONE)
		host_run(sc, text);
	else
		run_isolated(sc, text);
}

struct scenario *scenario_run(const char *path,
			      const struct scenario_options *options)
{
	struct scenario *sc = host_new(path, options);
	struct file_text text = { .data = NULL };

	if (sc && host_read(sc, &text))
		run_text(sc, &text);
	free(text.data);
	return sc;
}

struct scenario *scenario_run_text(const char *path,
				   const struct file_text *text,
				   const struct scenario_options *options)
{
	struct scenario *sc = host_new(path, options);

	if (sc)
		run_text(sc, text);
	return sc;
}
