/* SPDX-License-Identifier: GPL-2.0-or-later */
/* isolate_start: start and end the process, in the parent. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/isolate.h"
#include "sandbox/isolate_private.h"

/*
 * Its environment: empty except for the options of a sanitizer. @room has two
 * places and one for the terminating NULL.
 */
static char **environment(char *room[3])
{
	static const char *const names[] = { "ASAN_OPTIONS=",
					     "UBSAN_OPTIONS=" };
	extern char **environ;
	size_t nr = 0;

	for (char **e = environ; SANITIZED && e && *e; e++)
		for (size_t i = 0; i < 2; i++)
			if (!strncmp(*e, names[i], strlen(names[i])) && nr < 2)
				room[nr++] = *e;
	room[nr] = NULL;
	return room;
}

/* The descriptors of the new program. */
static int file_actions(posix_spawn_file_actions_t *actions, int fd)
{
	int error = posix_spawn_file_actions_adddup2(actions, fd, ISOLATE_FD);

	for (int std = 0; !error && std <= 2; std++)
		if (!SANITIZED || std != 2)
			error = posix_spawn_file_actions_addopen(
				actions, std, "/dev/null",
				std ? O_WRONLY : O_RDONLY, 0);
	if (!error)
		error = posix_spawn_file_actions_addclosefrom_np(
			actions, ISOLATE_FD + 1);
	return error;
}

/* The default signal handling, whatever the parent has set. */
static int attributes(posix_spawnattr_t *attr)
{
	sigset_t none, all;
	int error;

	sigemptyset(&none);
	sigfillset(&all);
	error = posix_spawnattr_setsigmask(attr, &none);
	if (!error)
		error = posix_spawnattr_setsigdefault(attr, &all);
	if (!error)
		error = posix_spawnattr_setflags(
			attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	return error;
}

/*
 * The path of this program: by its name while that exists, because a debugger
 * that runs it in its own process supports only that; else through /proc, which
 * works after the file was replaced.
 */
static const char *own_program(char path[PATH_MAX])
{
	static const char kept[] = "/proc/self/exe";
	ssize_t n = readlink(kept, path, PATH_MAX - 1);

	if (n <= 0)
		return kept;
	path[n] = '\0';
	return access(path, X_OK) ? kept : path;
}

/* Start this program again. -1: not possible here. */
static pid_t start_anew(int fd)
{
	char name[] = "zonewalk", argument[] = ISOLATE_ARGUMENT;
	char *argv[] = { name, argument, NULL }, *room[3];
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	char path[PATH_MAX];
	pid_t pid = -1;

	if (posix_spawn_file_actions_init(&actions))
		return -1;
	if (!posix_spawnattr_init(&attr)) {
		if (file_actions(&actions, fd) || attributes(&attr) ||
		    posix_spawn(&pid, own_program(path), &actions, &attr, argv,
				environment(room)))
			pid = -1;
		posix_spawnattr_destroy(&attr);
	}
	posix_spawn_file_actions_destroy(&actions);
	return pid;
}

static void default_signals(void)
{
	sigset_t none;

	for (int signal = 1; signal < NSIG; signal++) {
		struct sigaction old;

		if (!sigaction(signal, NULL, &old) && old.sa_handler != SIG_DFL)
			sigaction(signal,
				  &(struct sigaction){ .sa_handler = SIG_DFL },
				  NULL);
	}
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static pid_t start_forked(int fd, void (*run)(int fd))
{
	pid_t pid = fork();

	if (pid)
		return pid;
	default_signals();
	run(fd);
	_exit(0);
}

pid_t isolate_start(int *fd, void (*run)(int fd))
{
	int sockets[2], error;
	pid_t pid = -1;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets))
		return -1;
	if (&isolate_program)
		pid = start_anew(sockets[1]);
	if (pid < 0)
		pid = start_forked(sockets[1], run);
	error = errno;
	close(sockets[1]);
	if (pid < 0) {
		close(sockets[0]);
		errno = error;
		return -1;
	}
	*fd = sockets[0];
	return pid;
}

bool isolate_is_child(int argc, char **argv)
{
	return argc == 2 && !strcmp(argv[1], ISOLATE_ARGUMENT);
}

/* -- the end -------------------------------------------------------------- */

static enum isolate_end signal_end(int signal)
{
	switch (signal) {
	case SIGSYS:
	case SIGXFSZ:
		return ISOLATE_VIOLATED;
	case SIGXCPU:
	case SIGPROF:
		return ISOLATE_CPU;
	case SIGSEGV:
	case SIGBUS:
	case SIGILL:
	case SIGFPE:
	case SIGABRT:
	case SIGTRAP:
		return ISOLATE_CRASHED;
	default:
		return ISOLATE_KILLED;
	}
}

enum isolate_end isolate_finish(pid_t pid, bool kill_it, const char **signal)
{
	int status = 0;
	pid_t got;

	*signal = "";
	if (kill_it)
		kill(pid, SIGKILL);
	do
		got = waitpid(pid, &status, 0);
	while (got < 0 && errno == EINTR);
	if (got == pid && WIFEXITED(status) &&
	    WEXITSTATUS(status) == ISOLATE_NO_MEMORY)
		return ISOLATE_MEMORY;
	if (got != pid || !WIFSIGNALED(status))
		return ISOLATE_EXITED;
	*signal = strsignal(WTERMSIG(status));
	return signal_end(WTERMSIG(status));
}
