/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * isolate: a process that can use nothing but one socket.
 *
 * A scenario is an untrusted program, and Lua itself can be made to crash.
 * So it runs in a process of its own, which drops everything else before it
 * reads the first line:
 *
 *   process       its own address space, so that a crash ends only itself
 *   program       started by exec: none of the parent's memory, no environment
 *   descriptors   one socket; 0, 1 and 2 are /dev/null
 *   rlimits       cpu time, files written, new descriptors, processes, cores
 *   memory        address space (not under a sanitizer)
 *   no_new_privs  no gain of privileges by exec
 *   seccomp       a list of allowed system calls; any other one ends it
 *   landlock      no file by its path, where the kernel has it
 *
 * The socket is its only output. The program calls scenario_child() first in
 * main(), which does not return in such a process, and defines
 * ISOLATE_PROGRAM at file scope; a program that does not (a unit test) is
 * forked instead, and `program` is missing from the report.
 */
#ifndef SCRIPTS_ISOLATE_H
#define SCRIPTS_ISOLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "lua/scenario.h"

enum { ISOLATE_FD = 3 }; /* the socket, in the process */

/* "process program ..., without landlock". Returns @buf. */
const char *isolation_text(const struct isolation_report *report, char *buf,
			   size_t size);
/* Is every layer in force that a grader requires: all but landlock? */
bool isolation_is_complete(const struct isolation_report *report);

/* How much the process may use. 0: no further limit. */
struct isolation_limits {
	uint64_t cpu_ms;
	uint64_t memory; /* bytes of address space */
};

/* -- in the process ------------------------------------------------------- */

/* Drop everything but @fd, which becomes ISOLATE_FD; fill in @report. */
void isolate_self(int fd, const struct isolation_limits *limits,
		  struct isolation_report *report);
/* The two layers that a kernel, or this build, may lack. */
bool isolate_seccomp(void);
bool isolate_landlock(void);

/* The library of the first, "libseccomp 2.5.4", or "no libseccomp". @buf. */
const char *isolate_library(char *buf, size_t size);

/* -- in the parent --------------------------------------------------------- */

/*
 * Start the process; *@fd is the parent's end of the socket. A forked process
 * calls @run, which does not return. -1: errno says why not.
 */
pid_t isolate_start(int *fd, void (*run)(int fd));

/* How it ended. */
enum isolate_end {
	ISOLATE_EXITED,
	ISOLATE_CRASHED, /* by a signal that it caused */
	ISOLATE_CPU, /* it exceeded its cpu time */
	ISOLATE_KILLED, /* from outside: by a user or for lack of memory */
	ISOLATE_VIOLATED, /* by a system call that is not allowed */
	ISOLATE_MEMORY, /* out of memory, as its status reports */
};

/* The exit status that reports it. */
enum { ISOLATE_NO_MEMORY = 12 };

/*
 * Wait for the process, with @kill_it after SIGKILL. *@signal: the name of
 * the signal that ended it, or "".
 */
enum isolate_end isolate_finish(pid_t pid, bool kill_it, const char **signal);

/* Was this process started to run a scenario? */
bool isolate_is_child(int argc, char **argv);

extern const bool isolate_program __attribute__((weak));
#define ISOLATE_PROGRAM const bool isolate_program = true

#endif
