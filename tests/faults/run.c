/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run: a command in which one call fails (fault.c), and all processes that it
 * starts. For tests.
 *
 *   run SECONDS CALL NTH LIBRARY COMMAND...
 *
 * The exit code is the command's, 128 and the signal if it was killed, 124 if
 * it took longer than SECONDS, 125 if a process that it started was left ten
 * seconds after its end. Such processes are killed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LATE = 124, LEFT = 125, CANNOT = 127, LEFT_MS = 10000 };

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until the next SIGCHLD, which is blocked, or for @ms. */
static void sleep_ms(long ms)
{
	const struct timespec time = { ms / 1000, ms % 1000 * 1000000 };
	sigset_t set;

	if (ms <= 0)
		return;
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigtimedwait(&set, NULL, &time);
}

static void start(const char *call, const char *nth, const char *library,
		  char **command)
{
	sigset_t set;

	sigemptyset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
	setenv("FAULT_CALL", call, 1);
	setenv("FAULT_NTH", nth, 1);
	setenv("LD_PRELOAD", library, 1);
	execvp(command[0], command);
	_exit(CANNOT);
}

/*
 * Wait for the command @pid until @deadline, then LEFT_MS more for the others.
 * True: all have ended. *@status is the command's; *@late: it has been killed.
 */
static bool wait_for_all(pid_t pid, long deadline, int *status, bool *late)
{
	for (bool ended = false;;) {
		int one;
		pid_t child = waitpid(-1, &one, WNOHANG);

		if (child < 0)
			return errno == ECHILD;
		if (child == pid) {
			*status = one;
			ended = true;
			deadline = now_ms() + LEFT_MS;
		}
		if (child > 0)
			continue;
		if (now_ms() < deadline) {
			sleep_ms(deadline - now_ms());
			continue;
		}
		if (ended)
			return false;
		*late = true;
		kill(pid, SIGKILL);
		deadline = now_ms() + LEFT_MS;
	}
}

/* The children, which this process has inherited: named, then killed. */
static void kill_left(void)
{
	char path[64];
	FILE *file;
	int pid;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", getpid(),
		 getpid());
	file = fopen(path, "r");
	while (file && fscanf(file, "%d", &pid) == 1) {
		fprintf(stderr, "run: process %d is left\n", pid);
		kill(pid, SIGKILL);
	}
	if (file)
		fclose(file);
}

int main(int argc, char **argv)
{
	bool late = false;
	int status = 0;
	sigset_t set;
	pid_t pid;

	if (argc < 6)
		return CANNOT;
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	pid = fork();
	if (!pid)
		start(argv[2], argv[3], argv[4], argv + 5);
	if (pid < 0)
		return CANNOT;
	if (!wait_for_all(pid, now_ms() + atol(argv[1]) * 1000, &status,
			  &late)) {
		kill_left();
		return LEFT;
	}
	if (late)
		return LATE;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
				     WEXITSTATUS(status);
}
