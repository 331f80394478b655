/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * isolate: a process that has nothing but one socket.
 *
 * A scenario is a program by somebody unknown, and Lua itself can be made
 * to crash. So it runs in a process of its own, which gives up, before it
 * reads the first line of it:
 *
 *   process       its own address space; a crash is its own
 *   program       started anew: nothing of our memory, no environment
 *   descriptors   one socket; 0, 1 and 2 are /dev/null
 *   rlimits       cpu time, files written, new descriptors, processes, cores
 *   memory        address space (not under a sanitizer)
 *   no_new_privs  no program with more rights
 *   seccomp       only the system calls of computing; others end it
 *   landlock      no file by name, where the kernel has it
 *
 * What it said is in the socket; nothing else comes out of it. The program
 * begins main() with scenario_child(), which does not return in such a
 * process, and says ISOLATE_PROGRAM at file scope; a program that does not
 * (a unit test) is forked instead, and `program` is missing in the report.
 */
#ifndef SCRIPTS_ISOLATE_H
#define SCRIPTS_ISOLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { ISOLATE_FD = 3 }; /* the socket, in the process */

/* Which layers hold. */
struct isolation_report {
	bool process;
	bool program;
	bool descriptors;
	bool rlimits;
	bool memory;
	bool no_new_privs;
	bool seccomp;
	bool landlock;
};

/* "process program ..., without landlock". Returns @buf. */
const char *isolation_text(const struct isolation_report *report, char *buf,
			   size_t size);
/* Do all that a grader needs hold? All but landlock, which few have. */
bool isolation_is_whole(const struct isolation_report *report);

/* How much the process may use. 0: no limit beside what it has. */
struct isolation_limits {
	uint64_t cpu_ms;
	uint64_t memory; /* bytes of address space */
};

/* -- in the process ------------------------------------------------------- */

/*
 * Give up everything but @fd, which becomes ISOLATE_FD; @report says what
 * worked.
 */
void isolate_self(int fd, const struct isolation_limits *limits,
		  struct isolation_report *report);
/* The two that a kernel, or this build, may not have. */
bool isolate_seccomp(void);
bool isolate_landlock(void);

/* -- from outside --------------------------------------------------------- */

/*
 * Start the process; *@fd is our end of the socket. @run is what it does
 * when it was forked instead of started anew; it does not return. -1: errno.
 */
pid_t isolate_start(int *fd, void (*run)(int fd));

/* How it ended. */
enum isolate_end {
	ISOLATE_EXITED,
	ISOLATE_CRASHED, /* a signal of its own making */
	ISOLATE_CPU, /* its cpu time was used up */
	ISOLATE_KILLED, /* by somebody else, or for lack of memory */
	ISOLATE_VIOLATED, /* it tried what it may not */
	ISOLATE_MEMORY, /* it said, by its status, that it has none left */
};

/* That status. */
enum { ISOLATE_NO_MEMORY = 12 };

/*
 * End it if it has not ended, and take it off the list of processes.
 * *@signal: its name, or "".
 */
enum isolate_end isolate_finish(pid_t pid, bool kill_it, const char **signal);

/* Were we started anew for a scenario? */
bool isolate_is_child(int argc, char **argv);

extern const bool isolate_program __attribute__((weak));
#define ISOLATE_PROGRAM const bool isolate_program = true

#endif
