/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scenario_child: gets the scenario over the socket, gives up everything
 * else, and runs it.
 */
#include "sandbox/child.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lua/host.h"
#include "sandbox/sender.h"

enum { EXIT_NOT_FOR_PEOPLE = 2 };

/*
 * Address space beside Lua's memory and the machines' states: the program
 * itself, events, and the frames of nodes that a script writes to.
 */
#define OTHER_MEMORY (UINT64_C(6) << 30)

/* The job as it came; its texts lie in the payload. False: broken. */
static bool read_job(struct wire_in *in, struct wire_job *job)
{
	struct wire_code c = { .in = in };
	const char **params;

	/* our program may have been replaced by another version */
	if (wire_get_u32(in) != WIRE_MAGIC || wire_get_u32(in) != WIRE_VERSION)
		return false;
	code_job(&c, job);
	if (in->bad || job->nr_params > 100000)
		return false;
	params = calloc(job->nr_params + 1, sizeof(*params));
	for (uint32_t i = 0; params && i < job->nr_params; i++)
		code_text(&c, &params[i]);
	job->options.params = params;
	return params && wire_done(in);
}

/* The text with a NUL behind it; NULL: no memory. */
static char *copy_text(const struct wire_job *job)
{
	char *text = malloc(job->text_size + 1);

	if (!text)
		return NULL;
	memcpy(text, job->text, job->text_size);
	text[job->text_size] = '\0';
	return text;
}

static void give_up(struct scenario *sc, int fd, bool program)
{
	const uint64_t memory = limit_value(sc, LIMIT_MEMORY);
	const uint64_t machines = limit_value(sc, LIMIT_MACHINES);
	const struct isolation_limits limits = {
		.cpu_ms = limit_value(sc, LIMIT_CPU),
		.memory = memory < UINT64_MAX / 8 && machines < UINT64_MAX / 8 ?
				  2 * memory + machines + OTHER_MEMORY :
				  0,
	};

	sc->report.program = program;
	isolate_self(fd, &limits, &sc->report);
}

static void run_job(struct wire_job *job, int fd, bool program)
{
	struct scenario *sc = host_new(job->path, &job->options);
	struct file_text text = { .data = copy_text(job),
				  .size = job->text_size };

	if (!sc || !text.data)
		_exit(ISOLATE_NO_MEMORY);
	sc->stream = stream_open(sc, ISOLATE_FD);
	sc->read = stream_read;
	if (!sc->stream)
		_exit(ISOLATE_NO_MEMORY);
	give_up(sc, fd, program);
	stream_hello(sc->stream, &sc->report);
	if (sc->options.isolation == ISOLATION_WHOLE &&
	    !isolation_is_whole(&sc->report))
		_exit(0); /* the greeting says why */
	host_run(sc, &text);
	stream_end(sc->stream);
	_exit(0); /* nothing is left to others, so nothing is cleaned up */
}

static bool run(int fd, bool program)
{
	struct wire_buffer buffer = { .data = NULL };
	struct wire_in payload;
	struct wire_job job = { .path = NULL };

	if (!wire_receive(&buffer, fd, WIRE_JOB, &payload) ||
	    !read_job(&payload, &job))
		return false;
	run_job(&job, fd, program);
	return true;
}

void scenario_child_forked(int fd)
{
	run(fd, false);
	_exit(1);
}

void scenario_child(int argc, char **argv)
{
	static const char message[] = "zonewalk: this option is for zonewalk "
				      "itself\n";

	if (!isolate_is_child(argc, argv))
		return;
	if (!run(ISOLATE_FD, true) &&
	    write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		_exit(1);
	_exit(EXIT_NOT_FOR_PEOPLE);
}
