/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_isolate: what each layer of isolation forbids fails in the process; an
 * isolated scenario leaves the same log as one in this process; no descriptor
 * and no process remains.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "isolated.h"
#include "sandbox/isolate_private.h"
#include "sandbox/run.h"
#include "sandbox/child.h"
#include "sandbox/isolate.h"

ISOLATE_PROGRAM;

/* -- what the process attempts -------------------------------------------- */

/* A probe returns an errno, or 0 when the attempt succeeded. */
typedef int probe_fn(void);

/* A descriptor that was open before the process was isolated. */
enum { INHERITED_FD = 77 };

static int outcome(bool done)
{
	return done ? 0 : errno;
}

static int probe_nothing(void)
{
	return 0;
}

static int probe_open(void)
{
	return outcome(open("/etc/passwd", O_RDONLY) >= 0);
}

static int probe_create(void)
{
	return outcome(
		open("/tmp/zonewalk-escaped", O_CREAT | O_WRONLY, 0600) >= 0);
}

static int probe_inherited(void)
{
	return outcome(fcntl(INHERITED_FD, F_GETFD) >= 0);
}

static int probe_write_inherited(void)
{
	return outcome(write(INHERITED_FD, "x", 1) == 1);
}

static int probe_stdout(void)
{
	return outcome(write(STDOUT_FILENO, "escaped\n", 8) == 8);
}

static int probe_socket(void)
{
	return outcome(socket(AF_INET, SOCK_STREAM, 0) >= 0);
}

static int probe_fork(void)
{
	pid_t pid = fork();

	if (!pid)
		_exit(0);
	return outcome(pid > 0);
}

static int probe_exec(void)
{
	char name[] = "true", *argv[] = { name, NULL };

	execv("/bin/true", argv);
	return errno;
}

static int probe_kill(void)
{
	return outcome(!kill(getppid(), 0));
}

static int probe_code(void)
{
	return outcome(mmap(NULL, 4096, PROT_READ | PROT_EXEC,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}

static int probe_dup(void)
{
	return outcome(dup(ISOLATE_FD) >= 0);
}

static int probe_futex(void)
{
	uint32_t word = 0;

	if (syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0))
		return 0;
	return outcome(syscall(SYS_futex, &word, FUTEX_LOCK_PI_PRIVATE, 0, NULL,
			       NULL, 0) == 0);
}

static int probe_memory(void)
{
	return outcome(mmap(NULL, (size_t)1 << 40, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
			    0) != MAP_FAILED);
}

static int probe_loop(void)
{
	volatile bool forever = true;

	while (forever)
		;
	return 0;
}

static int probe_abort(void)
{
	abort();
}

static int probe_crash(void)
{
	raise(SIGSEGV);
	return 0;
}

/* -- the process ---------------------------------------------------------- */

struct answer {
	struct isolation_report report;
	int error;
};

/* Runs a probe in an isolated process; returns how the process ended. */
static enum isolate_end run_probe(probe_fn *probe, struct answer *answer)
{
	const struct isolation_limits limits = { .cpu_ms = 200,
						 .memory = 1ull << 32 };
	int sockets[2];
	const char *signal;
	pid_t pid;

	*answer = (struct answer){ .error = -1 };
	CHECK(!socketpair(AF_UNIX, SOCK_STREAM, 0, sockets));
	pid = fork();
	if (!pid) {
		struct answer a = { .error = 0 };

		close(sockets[0]);
		isolate_self(sockets[1], &limits, &a.report);
		send(ISOLATE_FD, &a, sizeof(a), 0);
		a.error = probe();
		send(ISOLATE_FD, &a, sizeof(a), 0);
		_exit(0);
	}
	close(sockets[1]);
	while (read(sockets[0], answer, sizeof(*answer)) > 0)
		;
	close(sockets[0]);
	return isolate_finish(pid, false, &signal);
}

struct attempt {
	const char *name;
	probe_fn *probe;
	enum isolate_end end;
	bool fails_with_error; /* instead of ending the process */
};

static const struct attempt attempts[] = {
	{ "open", probe_open, ISOLATE_EXITED, true },
	{ "create", probe_create, ISOLATE_EXITED, true },
	{ "inherited", probe_inherited, ISOLATE_VIOLATED, false },
	{ "write inherited", probe_write_inherited, ISOLATE_VIOLATED, false },
	{ "stdout", probe_stdout, ISOLATE_VIOLATED, false },
	{ "socket", probe_socket, ISOLATE_VIOLATED, false },
	{ "fork", probe_fork, ISOLATE_VIOLATED, false },
	{ "exec", probe_exec, ISOLATE_VIOLATED, false },
	{ "kill", probe_kill, ISOLATE_VIOLATED, false },
	{ "code", probe_code, ISOLATE_VIOLATED, false },
	{ "dup", probe_dup, ISOLATE_VIOLATED, false },
	{ "futex", probe_futex, ISOLATE_VIOLATED, false },
};

/* Without a system call filter only the layers that need none are checked. */
static void check_attempt(const struct attempt *t)
{
	struct answer a;
	enum isolate_end end = run_probe(t->probe, &a);

	fprintf(stderr, "%s: end %d, error %d\n", t->name, end, a.error);
	CHECK(a.report.process && a.report.descriptors && a.report.rlimits &&
	      a.report.no_new_privs);
	if (!a.report.seccomp)
		return;
	if (SANITIZED || t->fails_with_error) {
		CHECK_EQ(end, ISOLATE_EXITED);
		CHECK(a.error > 0);
		return;
	}
	CHECK_EQ(end, t->end);
	CHECK_EQ(a.error, 0); /* of the message before the attempt */
}

static void check_ends(void)
{
	struct answer a;

	CHECK_EQ(run_probe(probe_nothing, &a), ISOLATE_EXITED);
	CHECK_EQ(a.error, 0);
	CHECK_EQ(a.report.memory, !SANITIZED);
	CHECK_EQ(run_probe(probe_memory, &a), ISOLATE_EXITED);
	CHECK_EQ(a.error, SANITIZED ? 0 : ENOMEM);
	CHECK_EQ(run_probe(probe_loop, &a), ISOLATE_CPU);
	CHECK_EQ(run_probe(probe_abort, &a), ISOLATE_CRASHED);
	if (!SANITIZED)
		CHECK_EQ(run_probe(probe_crash, &a), ISOLATE_CRASHED);
}

/* -- scenarios ------------------------------------------------------------ */

static char *log_of(const char *path, enum scenario_isolation isolation,
		    struct isolation_report *report)
{
	static const char *const params[] = { "k=v", "unused=1", NULL };
	struct scenario_options options = { .record = true,
					    .seed = 7,
					    .params = params,
					    .isolation = isolation };
	struct scenario *sc;
	struct log log;

	log_open(&log, &options);
	sc = scenario_run(path, &options);
	*report = *scenario_isolation_report(sc);
	return log_close(&log, sc);
}

static void check_same_log(void)
{
	char *path = write_scenario(scenario_lua);
	struct isolation_report report;
	char *here = log_of(path, ISOLATION_NONE, &report), *isolated;

	CHECK(!report.process);
	isolated = log_of(path, ISOLATION_BEST, &report);
	CHECK(report.process && report.program);
	CHECK(strstr(here, "note 0 0 step 0 request 0"));
	CHECK(strstr(here, "1 expectation did not hold"));
	CHECK(strstr(here, "unused unused=1"));
	CHECK_STR(isolated, here);
	free(here);
	free(isolated);
	unlink(path);
	free(path);
}

static void check_without_record(void)
{
	char *path = write_scenario(
		"local m = machine { nodes = { { memory = '16M' } } }\n"
		"for i = 1, 100 do m:alloc { order = i % 4 } end\n");
	char *texts[2];

	for (int i = 0; i < 2; i++) {
		const struct scenario_options options = {
			.isolation = i ? ISOLATION_BEST : ISOLATION_NONE,
		};
		struct scenario *sc = scenario_run(path, &options);

		CHECK_EQ(scenario_outcome(sc), SCENARIO_OK);
		CHECK_EQ(scenario_nr_sessions(sc), 1);
		texts[i] = snapshot_text(scenario_session(sc, 0));
		scenario_free(sc);
	}
	CHECK_STR(texts[1], texts[0]);
	free(texts[0]);
	free(texts[1]);
	unlink(path);
	free(path);
}

static unsigned int open_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned int nr = 0;

	while (readdir(dir))
		nr++;
	closedir(dir);
	return nr;
}

/* Runs that end well and badly leave no descriptor and no process. */
static void check_nothing_left(void)
{
	static const char *const texts[] = {
		"say 'x'",
		"while true do end",
		"error('x')",
		"machine.load 'x'",
		"local s = 'x' while true do s = s .. s end",
	};
	unsigned int before = open_descriptors();

	for (int i = 0; i < 40; i++) {
		const struct scenario_options options = {
			.limits = { [LIMIT_INSTRUCTIONS] = 10000,
				    [LIMIT_MEMORY] = 4 << 20 },
		};
		char *path = write_scenario(texts[i % 5]);

		scenario_free(scenario_run(path, &options));
		unlink(path);
		free(path);
	}
	CHECK_EQ(open_descriptors(), before);
	CHECK_EQ(waitpid(-1, NULL, WNOHANG), -1);
	CHECK_EQ(errno, ECHILD);
}

/* Without the required isolation the script does not run. */
static void check_required_isolation(void)
{
	char *path = write_scenario("say 'ran'");
	const struct scenario_options options = {
		.isolation = ISOLATION_REQUIRED,
	};
	struct scenario *sc = scenario_run(path, &options);
	bool whole = isolation_is_complete(scenario_isolation_report(sc));

	CHECK_EQ(scenario_outcome(sc),
		 whole ? SCENARIO_OK : SCENARIO_ISOLATION);
	if (!whole)
		CHECK(strstr(scenario_message(sc), "the script was not run"));
	scenario_free(sc);
	unlink(path);
	free(path);
}

static void check_report_text(void)
{
	struct isolation_report report = { .process = true };
	char text[200];

	CHECK_STR(isolation_text(&report, text, sizeof(text)),
		  "process, without program descriptors rlimits memory "
		  "no_new_privs seccomp landlock");
	CHECK(!isolation_is_complete(&report));
	report = (struct isolation_report){ true, true, true, true,
					    true, true, true, false };
	CHECK(isolation_is_complete(&report));
	CHECK_STR(isolation_text(&report, text, sizeof(text)),
		  "process program descriptors rlimits memory no_new_privs "
		  "seccomp, without landlock");
	report = (struct isolation_report){ false };
	CHECK(!strncmp(isolation_text(&report, text, sizeof(text)),
		       "nothing, without process", 24));
	/* truncated, but terminated */
	CHECK(strlen(isolation_text(&report, text, 10)) < 10);
}

/* A process whose parent exits before the process asks to end with it. */
static void become_orphan(void)
{
	const struct isolation_limits limits = { .cpu_ms = 30000 };
	const pid_t parent = getpid();
	struct isolation_report report;
	int fd[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd))
		_exit(EXIT_FAILURE);
	if (fork())
		_exit(EXIT_SUCCESS);
	close(fd[0]);
	while (getppid() == parent)
		usleep(1000);
	isolate_self(fd[1], &limits, &report);
	/* no permitted system call waits */
	for (volatile bool forever = true; forever;)
		;
}

static void check_orphan(void)
{
	pid_t pid, orphan = 0;

	CHECK(!prctl(PR_SET_CHILD_SUBREAPER, 1));
	pid = fork();
	if (!pid)
		become_orphan();
	CHECK_EQ(waitpid(pid, NULL, 0), pid);
	for (int i = 0; i < 6000 && !orphan; i++) {
		orphan = waitpid(-1, NULL, WNOHANG);
		usleep(10000);
	}
	CHECK(orphan > 0);
	CHECK(!prctl(PR_SET_CHILD_SUBREAPER, 0));
}

int main(int argc, char **argv)
{
	scenario_child(argc, argv);
	signal(SIGPIPE, SIG_IGN);
	CHECK_EQ(dup2(STDERR_FILENO, INHERITED_FD), INHERITED_FD);
	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++)
		check_attempt(&attempts[i]);
	check_ends();
	check_same_log();
	check_without_record();
	check_nothing_left();
	check_required_isolation();
	check_report_text();
	check_orphan();
	return test_done();
}
