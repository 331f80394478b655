/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * isolate_filter: what the kernel denies from now on, even if the process is
 * taken over: system calls (seccomp) and files (Landlock).
 *
 * Allowed are memory that is not executable, the clock, the socket, and exit.
 * What the C library tries on its own (files, sizes, terminals) fails with
 * EPERM. Any other call ends the process: a scenario cannot cause one.
 */
/* libseccomp's macros leave out a field, which clang warns about. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#include <errno.h>
#include <linux/futex.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox/isolate.h"
#include "sandbox/isolate_private.h"

/* -- landlock ------------------------------------------------------------- */

/* The system call numbers are the same on every architecture. */
enum { NR_LANDLOCK_CREATE = 444, NR_LANDLOCK_RESTRICT = 446 };

/* The rights of the first version; each later version adds one. */
#define LANDLOCK_RIGHTS_1 ((UINT64_C(1) << 13) - 1)

/* All rights on files that Landlock @version knows. */
static uint64_t file_rights(long version)
{
	uint64_t rights = LANDLOCK_RIGHTS_1;

	if (version >= 2)
		rights |= UINT64_C(1) << 13; /* REFER */
	if (version >= 3)
		rights |= UINT64_C(1) << 14; /* TRUNCATE */
	if (version >= 5)
		rights |= UINT64_C(1) << 15; /* IOCTL_DEV */
	return rights;
}

/* A rule set without a rule: no file can be opened by its path. */
bool isolate_landlock(void)
{
	struct landlock_ruleset_attr rules = { .handled_access_fs = 0 };
	long version = syscall(NR_LANDLOCK_CREATE, NULL, 0,
			       LANDLOCK_CREATE_RULESET_VERSION);
	int fd;
	bool held;

	if (version < 1)
		return false;
	rules.handled_access_fs = file_rights(version);
	fd = (int)syscall(NR_LANDLOCK_CREATE, &rules,
			  sizeof(rules.handled_access_fs), 0);
	if (fd < 0)
		return false;
	held = !syscall(NR_LANDLOCK_RESTRICT, fd, 0);
	close(fd);
	return held;
}

/* -- seccomp -------------------------------------------------------------- */

#if ZONEWALK_SECCOMP
#include <seccomp.h>

/* Without conditions on their arguments. */
static const int allowed[] = {
	SCMP_SYS(munmap),	   SCMP_SYS(mremap),
	SCMP_SYS(madvise),	   SCMP_SYS(brk),
	SCMP_SYS(clock_gettime),   SCMP_SYS(poll),
	SCMP_SYS(ppoll),	   SCMP_SYS(getrandom),
	SCMP_SYS(sched_yield),	   SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigprocmask),  SCMP_SYS(rt_sigaction),
	SCMP_SYS(restart_syscall), SCMP_SYS(getpid),
	SCMP_SYS(gettid),	   SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

/* These fail with EPERM, which the C library handles. */
static const int refused[] = {
	SCMP_SYS(openat),    SCMP_SYS(open),	   SCMP_SYS(newfstatat),
	SCMP_SYS(fstat),     SCMP_SYS(stat),	   SCMP_SYS(lstat),
	SCMP_SYS(statx),     SCMP_SYS(access),	   SCMP_SYS(faccessat),
	SCMP_SYS(readlink),  SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
	SCMP_SYS(lseek),     SCMP_SYS(ioctl),	   SCMP_SYS(close),
	SCMP_SYS(sysinfo),   SCMP_SYS(uname),	   SCMP_SYS(prlimit64),
	SCMP_SYS(getrlimit), SCMP_SYS(getrusage),  SCMP_SYS(sched_getaffinity),
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool allow_if(scmp_filter_ctx filter, int call, unsigned int nr,
		     const struct scmp_arg_cmp *conditions)
{
	return !seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, nr,
				       conditions);
}

/* Operations of futex() that differ from FUTEX_WAIT in these bits alone are
 * FUTEX_WAIT and FUTEX_WAKE: all that a lock of the C library uses. */
#define FUTEX_WAIT_OR_WAKE (FUTEX_WAKE | FUTEX_PRIVATE_FLAG)

/*
 * The socket; memory that is not executable; a signal to itself (abort); the
 * C library's locks.
 */
static bool allow_some(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp socket = SCMP_A0(SCMP_CMP_EQ, ISOLATE_FD);
	const struct scmp_arg_cmp report = SCMP_A0(SCMP_CMP_EQ, 2);
	const struct scmp_arg_cmp self =
		SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());
	const struct scmp_arg_cmp data =
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	const struct scmp_arg_cmp lock = SCMP_A1(
		SCMP_CMP_MASKED_EQ, UINT32_MAX & ~FUTEX_WAIT_OR_WAKE, 0);
	const struct scmp_arg_cmp map[] = {
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
		SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS),
	};

	return allow_if(filter, SCMP_SYS(read), 1, &socket) &&
	       allow_if(filter, SCMP_SYS(sendto), 1, &socket) &&
	       allow_if(filter, SCMP_SYS(tgkill), 1, &self) &&
	       allow_if(filter, SCMP_SYS(mprotect), 1, &data) &&
	       allow_if(filter, SCMP_SYS(futex), 1, &lock) &&
	       allow_if(filter, SCMP_SYS(mmap), COUNT(map), map) &&
	       (!SANITIZED ||
		/* needed by each longjmp */
		(allow_if(filter, SCMP_SYS(sigaltstack), 0, NULL) &&
		 allow_if(filter, SCMP_SYS(write), 1, &report)));
}

static bool fill(scmp_filter_ctx filter)
{
	bool good = allow_some(filter);

	for (size_t i = 0; i < COUNT(allowed); i++)
		good = allow_if(filter, allowed[i], 0, NULL) && good;
	/* a call that this architecture lacks ends the process */
	for (size_t i = 0; !SANITIZED && i < COUNT(refused); i++)
		seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
	return good;
}

bool isolate_seccomp(void)
{
	/* a sanitizer tries more calls and handles their errors */
	scmp_filter_ctx filter = seccomp_init(
		SANITIZED ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_KILL_PROCESS);
	bool held;

	if (!filter)
		return false;
	held = fill(filter) && !seccomp_load(filter);
	seccomp_release(filter);
	return held;
}

const char *isolate_library(char *buf, size_t size)
{
	const struct scmp_version *version = seccomp_version();

	snprintf(buf, size, "libseccomp %u.%u.%u", version->major,
		 version->minor, version->micro);
	return buf;
}
#else
bool isolate_seccomp(void)
{
	return false;
}

const char *isolate_library(char *buf, size_t size)
{
	snprintf(buf, size, "no libseccomp");
	return buf;
}
#endif
