/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * child: receives the scenario over the socket, isolates its process, and
 * runs it.
 */
#include "sandbox/child.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lua/host.h"
#include "sandbox/sender.h"
#include "sandbox/isolate.h"

enum { EXIT_USAGE = 2 };

/*
 * Bytes of address space beside Lua's memory and the machines: the program, and
 * the mappings of pages, most of which a script never writes.
 */
#define OTHER_MEMORY (UINT64_C(6) << 30)
#define OTHER_MEMORY_GRADED (UINT64_C(2) << 30)

/* Read the job; its texts stay in the payload. False: malformed. */
static bool read_job(struct message_reader *in, struct job_message *job)
{
	struct codec c = { .in = in };
	const char **params;

	/* another version may have replaced the program file */
	if (message_get_u32(in) != PROTOCOL_MAGIC ||
	    message_get_u32(in) != PROTOCOL_VERSION)
		return false;
	codec_job(&c, job);
	if (in->bad || job->nr_params > 100000)
		return false;
	params = calloc(job->nr_params + 1, sizeof(*params));
	for (uint32_t i = 0; params && i < job->nr_params; i++)
		codec_text(&c, &params[i]);
	job->options.params = params;
	return params && message_done(in);
}

/* The text with a NUL after it; NULL: no memory. */
static char *copy_text(const struct job_message *job)
{
	char *text = malloc(job->text_size + 1);

	if (!text)
		return NULL;
	memcpy(text, job->text, job->text_size);
	text[job->text_size] = '\0';
	return text;
}

static void isolate(struct scenario *sc, int fd, bool program)
{
	const uint64_t memory = limit_value(sc, LIMIT_MEMORY);
	const uint64_t machines = limit_value(sc, LIMIT_MACHINES);
	const uint64_t other = sc->options.graded ? OTHER_MEMORY_GRADED :
						    OTHER_MEMORY;
	const struct isolation_limits limits = {
		.cpu_ms = limit_value(sc, LIMIT_CPU),
		.memory = memory < UINT64_MAX / 8 && machines < UINT64_MAX / 8 ?
				  2 * memory + machines + other :
				  0,
	};

	sc->report.program = program;
	isolate_self(fd, &limits, &sc->report);
}

static void run_job(struct job_message *job, int fd, bool program)
{
	struct scenario *sc = host_new(job->path, &job->options);
	struct file_text text = { .data = copy_text(job),
				  .size = job->text_size };
	struct sender *sender;

	if (!sc || !text.data)
		_exit(ISOLATE_NO_MEMORY);
	sender = sender_new(sc, ISOLATE_FD);
	if (!sender)
		_exit(ISOLATE_NO_MEMORY);
	isolate(sc, fd, program);
	sender_hello(sender, &sc->report);
	if (sc->options.isolation == ISOLATION_REQUIRED &&
	    !isolation_is_complete(&sc->report))
		_exit(0); /* the parent reports why */
	host_run(sc, &text);
	sender_end(sender);
	_exit(0); /* the kernel frees the process's memory */
}

static bool run(int fd, bool program)
{
	struct message_buffer buffer = { .data = NULL };
	struct message_reader payload;
	struct job_message job = { .path = NULL };

	if (!message_receive(&buffer, fd, MESSAGE_JOB, &payload) ||
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
	static const char message[] = "zonewalk: this option is internal\n";

	if (!isolate_is_child(argc, argv))
		return;
	if (!run(ISOLATE_FD, true) &&
	    write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		_exit(1);
	_exit(EXIT_USAGE);
}
