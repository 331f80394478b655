/* SPDX-License-Identifier: GPL-2.0-or-later */
/* isolate: the layers of isolation, as the process itself puts them in force. */
#include "sandbox/isolate.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "sandbox/isolate_private.h"

/* -- the report ----------------------------------------------------------- */

struct layer {
	const char *name;
	size_t offset;
	bool required; /* by a grader */
};

static const struct layer layers[] = {
#define LAYER(name, needed)                                                    \
	{                                                                      \
#name, offsetof(struct isolation_report, name), needed         \
	}
	LAYER(process, true),	   LAYER(program, true),
	LAYER(descriptors, true),  LAYER(rlimits, true),
	LAYER(memory, !SANITIZED), LAYER(no_new_privs, true),
	LAYER(seccomp, true),	   LAYER(landlock, false),
};

enum { NR_LAYERS = sizeof(layers) / sizeof(layers[0]) };

static bool layer_holds(const struct isolation_report *report,
			const struct layer *layer)
{
	return *(const bool *)((const char *)report + layer->offset);
}

/* Append the names of the layers that are in force, or of the others. */
static size_t add_names(const struct isolation_report *report, bool held,
			const char *before, char *buf, size_t size)
{
	size_t at = 0;

	for (size_t i = 0; i < NR_LAYERS && at < size; i++) {
		if (layer_holds(report, &layers[i]) != held)
			continue;
		at += (size_t)snprintf(buf + at, size - at, "%s%s",
				       at ? " " : before, layers[i].name);
	}
	return at < size ? at : size - 1;
}

const char *isolation_text(const struct isolation_report *report, char *buf,
			   size_t size)
{
	size_t at = add_names(report, true, "", buf, size);

	if (!at)
		at = (size_t)snprintf(buf, size, "nothing");
	if (at < size)
		add_names(report, false, ", without ", buf + at, size - at);
	return buf;
}

bool isolation_is_complete(const struct isolation_report *report)
{
	for (size_t i = 0; i < NR_LAYERS; i++)
		if (layers[i].required && !layer_holds(report, &layers[i]))
			return false;
	return true;
}

/* -- descriptors ---------------------------------------------------------- */

/* Close every descriptor from @first on. */
static bool close_from(unsigned int first)
{
	struct rlimit most;

	if (!syscall(SYS_close_range, first, ~0u, 0))
		return true;
	if (getrlimit(RLIMIT_NOFILE, &most) ||
	    most.rlim_cur > 1u << 20) /* a search of all would take too long */
		return false;
	for (unsigned int fd = first; fd < most.rlim_cur; fd++)
		close((int)fd);
	return true;
}

/* Make the socket ISOLATE_FD, the only descriptor beside /dev/null. */
static bool only_descriptor(int fd)
{
	int null;

	if (fd != ISOLATE_FD) {
		if (dup2(fd, ISOLATE_FD) < 0)
			return false;
		close(fd);
	}
	fcntl(ISOLATE_FD, F_SETFD, 0);
	for (int std = 0; std <= 2; std++) {
		if (SANITIZED && std == 2)
			continue; /* where it reports */
		null = open("/dev/null", std ? O_WRONLY : O_RDONLY);
		if (null >= 0 && null != std) {
			dup2(null, std);
			close(null);
		} else if (null < 0) {
			close(std);
		}
	}
	return close_from(ISOLATE_FD + 1);
}

/* -- limits --------------------------------------------------------------- */

/* Lower a limit, soft and hard; never raise one. */
static bool lower(int resource, rlim_t soft, rlim_t hard)
{
	struct rlimit limit;

	if (getrlimit((__rlimit_resource_t)resource, &limit))
		return false;
	if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < hard)
		hard = limit.rlim_max;
	if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < soft)
		soft = limit.rlim_cur;
	limit.rlim_cur = soft < hard ? soft : hard;
	limit.rlim_max = hard;
	return !setrlimit((__rlimit_resource_t)resource, &limit);
}

/* A timer ends it to the millisecond, a limit that it cannot raise to the
 * second. */
static bool limit_cpu(uint64_t cpu_ms)
{
	const struct itimerval timer = {
		.it_value = { .tv_sec = (time_t)(cpu_ms / 1000),
			      .tv_usec = (suseconds_t)(cpu_ms % 1000) * 1000 },
	};
	const rlim_t seconds = cpu_ms / 1000 + 1;

	if (!cpu_ms)
		return true;
	return !setitimer(ITIMER_PROF, &timer, NULL) &&
	       lower(RLIMIT_CPU, seconds, seconds + 1);
}

static bool limit_all(uint64_t cpu_ms)
{
	return lower(RLIMIT_CORE, 0, 0) &&
	       (SANITIZED || lower(RLIMIT_FSIZE, 0, 0)) &&
	       lower(RLIMIT_NPROC, 0, 0) && lower(RLIMIT_MEMLOCK, 0, 0) &&
	       lower(RLIMIT_NOFILE, ISOLATE_FD + 1, ISOLATE_FD + 1) &&
	       limit_cpu(cpu_ms);
}

static bool limit_memory(uint64_t bytes)
{
	return !SANITIZED && bytes && lower(RLIMIT_AS, bytes, bytes);
}

/*
 * End when the parent ends. If it has ended already, no signal follows, but its
 * end of the socket is closed.
 */
static void end_with_parent(int fd)
{
	struct pollfd parent = { .fd = fd };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (poll(&parent, 1, 0) > 0 && (parent.revents & POLLHUP))
		_exit(EXIT_FAILURE);
}

void isolate_self(int fd, const struct isolation_limits *limits,
		  struct isolation_report *report)
{
	report->process = true;
	end_with_parent(fd);
	report->descriptors = only_descriptor(fd);
	prctl(PR_SET_DUMPABLE, 0);
	report->no_new_privs = !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	report->landlock = isolate_landlock();
	/* the open descriptors use up the limit */
	report->rlimits = limit_all(limits->cpu_ms);
	report->memory = limit_memory(limits->memory);
	report->seccomp = isolate_seccomp();
}
