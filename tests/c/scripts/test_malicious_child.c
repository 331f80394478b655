/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_malicious_child: a submission that controls its whole process.
 *
 * A script can crash Lua, and perhaps gain control of the process. Here the
 * process that should run a submission is replaced: behind all layers of
 * isolation it sends arbitrary messages and attempts whatever could earn a
 * point. No attack earns one, each ends in time, and the correct submission
 * after it passes.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "grade/grade.h"
#include "sandbox/isolate_private.h"
#include "malicious_child.h"
#include "busy.h"
#include "files.h"
#include "test.h"
#include "sandbox/child.h"
#include "sandbox/isolate.h"

ISOLATE_PROGRAM;

enum {
	WALL_MS = 1500, /* which a busy system does not exceed */
	LATE_MS = SANITIZED ? 8000 : 500, /* of a system that is not busy */
};

/* -- the attacks ---------------------------------------------------------- */

/* Name, outcome, what the process sends or attempts. */
#define GRADE_ANY NR_GRADE_OUTCOMES /* depends on timing */
#define ATTACKS(ATTACK)                                                        \
	ATTACK(end_at_once, FAILED, send_hello(child, PROTOCOL_MAGIC);         \
	       send_end_ok(child))                                             \
	ATTACK(nothing_done, FAILED, send_begin(child); send_end_ok(child))    \
	ATTACK(says_passed, FAILED, send_begin(child);                         \
	       send_note(child, 0, 0, "P1 = pass");                            \
	       send_note(child, 0, 0, "free = 12272"); send_end_ok(child))     \
	ATTACK(answers_all, FAILED, send_begin(child);                         \
	       for (int i = 0; i < 400; i++)                                   \
		       send_note(child, 0, 0, "free = 1");                     \
	       send_end_ok(child))                                             \
	ATTACK(wrong_page, CRASHED, send_begin(child);                         \
	       send_alloc(child, 0, 3, 4097, 30); send_end_ok(child))          \
	ATTACK(no_page, CRASHED, send_begin(child);                            \
	       send_alloc(child, 0, 3, PFN_NONE, 1); send_end_ok(child))       \
	ATTACK(no_such_machine, CRASHED, send_begin(child);                    \
	       send_alloc(child, 9, 3, 4096, 30); send_end_ok(child))          \
	ATTACK(order_of_nothing, CRASHED, send_begin(child);                   \
	       send_alloc(child, 0, 4000000000u, 0, 0); send_end_ok(child))    \
	ATTACK(other_machine, VIOLATION, send_hello(child, PROTOCOL_MAGIC);    \
	       send_machine(child, 1 << 13); send_end_ok(child))               \
	ATTACK(machine_huge, LIMIT, send_hello(child, PROTOCOL_MAGIC);         \
	       send_machine(child, UINT32_MAX); send_end_ok(child))            \
	ATTACK(machine_empty, CRASHED, send_hello(child, PROTOCOL_MAGIC);      \
	       send_machine(child, 0); send_end_ok(child))                     \
	ATTACK(no_hello, CRASHED, send_machine(child, 1 << 14);                \
	       send_end_ok(child))                                             \
	ATTACK(two_hellos, CRASHED, send_begin(child);                         \
	       send_hello(child, PROTOCOL_MAGIC); send_end_ok(child))          \
	ATTACK(other_magic, CRASHED, send_hello(child, 1); send_end_ok(child)) \
	ATTACK(end_failed, CRASHED, send_begin(child);                         \
	       send_end(child, SCENARIO_OK, LIMIT_NONE, 7))                    \
	ATTACK(end_limit, CRASHED, send_begin(child);                          \
	       send_end(child, SCENARIO_OK, LIMIT_WALL, 0))                    \
	ATTACK(end_killed, CRASHED, send_begin(child);                         \
	       send_end(child, SCENARIO_KILLED, LIMIT_NONE, 0))                \
	ATTACK(end_no_limit, CRASHED, send_begin(child);                       \
	       send_end(child, SCENARIO_LIMIT, LIMIT_NONE, 0))                 \
	ATTACK(end_internal, CRASHED, send_begin(child);                       \
	       send_end(child, SCENARIO_INTERNAL, LIMIT_NONE, 0))              \
	ATTACK(after_the_end, FAILED, send_begin(child); send_end_ok(child);   \
	       send_alloc(child, 0, 3, 4096, 30);                              \
	       send_note(child, 0, 0, "free = 12272"); send_end_ok(child))     \
	ATTACK(note_of_no_step, CRASHED, send_begin(child);                    \
	       send_note(child, 0, 77, "x"); send_end_ok(child))               \
	ATTACK(note_of_no_machine, CRASHED, send_begin(child);                 \
	       send_note(child, 5, 0, "x"); send_end_ok(child))                \
	ATTACK(param_of_none, CRASHED, send_begin(child);                      \
	       send_bare(child, MESSAGE_PARAM, 99); send_end_ok(child))        \
	ATTACK(loaded_nothing, CRASHED, send_begin(child);                     \
	       send_bare(child, MESSAGE_LOADED, 1); send_end_ok(child))        \
	ATTACK(imported_nothing, CRASHED, send_begin(child);                   \
	       send_imported(child, 1); send_end_ok(child))                    \
	ATTACK(write_nowhere, CRASHED, send_begin(child);                      \
	       send_bare(child, MESSAGE_WRITE, 0); send_end_ok(child))         \
	ATTACK(parents_message, CRASHED, send_begin(child);                    \
	       send_bare(child, MESSAGE_JOB, 0); send_end_ok(child))           \
	ATTACK(parents_answer, CRASHED, send_begin(child);                     \
	       send_bare(child, MESSAGE_FILE_ANSWER, 0); send_end_ok(child))   \
	ATTACK(type_of_none, CRASHED, send_begin(child);                       \
	       send_bytes(child, "\0\0\0\0\377", 5); send_end_ok(child))       \
	ATTACK(endless_length, CRASHED, send_begin(child);                     \
	       send_bytes(child, "\377\377\377\377\1", 5))                     \
	ATTACK(garbage, CRASHED, send_begin(child);                            \
	       send_bytes(child, "10 of 10  passed\n", 17); wait_forever())    \
	ATTACK(half_a_message, LIMIT, send_begin(child);                       \
	       send_bytes(child, "\100\0\0\0\14x", 6); wait_forever())         \
	ATTACK(half_and_gone, CRASHED, send_begin(child);                      \
	       send_bytes(child, "\100\0\0\0\14x", 6); _exit(0))               \
	ATTACK(silence, LIMIT, wait_forever())                                 \
	ATTACK(silence_later, LIMIT, send_begin(child); wait_forever())        \
	ATTACK(                                                                \
		spins, LIMIT, send_begin(child); for (;;) { errno = 0; })      \
	ATTACK(gone, CRASHED, _exit(0))                                        \
	ATTACK(gone_well, CRASHED, send_begin(child); _exit(0))                \
	ATTACK(aborts, CRASHED, send_begin(child); abort())                    \
	ATTACK(traps, CRASHED, send_begin(child); __builtin_trap())            \
	ATTACK(deaf, LIMIT, send_begin(child);                                 \
	       for (;;) send_file(child, "assignment.lua"))                    \
	ATTACK(file_outside, FAILED, send_begin(child);                        \
	       send_file(child, "../../etc/passwd");                           \
	       send_file(child, "/etc/passwd"); send_file(child, "");          \
	       send_end_ok(child))                                             \
	ATTACK(reads_other, FAILED, send_begin(child);                         \
	       read_other_submission(child, "correct0.lua");                   \
	       send_end_ok(child))                                             \
	ATTACK(file_loaded, CRASHED, send_begin(child);                        \
	       send_file(child, "correct.lua");                                \
	       send_bare(child, MESSAGE_LOADED, 1); send_end_ok(child))        \
	ATTACK(file_imported, CRASHED, send_begin(child);                      \
	       send_file(child, "correct.lua"); send_imported(child, 1);       \
	       send_end_ok(child))                                             \
	ATTACK(report_of_none, CRASHED, send_begin(child);                     \
	       send_file(child, "correct.lua"); send_imported(child, 0);       \
	       send_end_ok(child))                                             \
	ATTACK(flood_notes, LIMIT, send_begin(child);                          \
	       for (;;) send_note(child, 0, 0, "P1 = pass"))                   \
	ATTACK(flood_lines, LIMIT, send_begin(child);                          \
	       for (;;) send_bare(child, MESSAGE_LINE, 1))                     \
	ATTACK(flood_machines, LIMIT, send_begin(child);                       \
	       for (;;) send_machine(child, 1 << 14))                          \
	ATTACK(flood_bytes, ANY, send_begin(child); for (;;) send_bytes(       \
		       child, "\0\0\0\1\14aaaaaaaaaaaaaaaaaaaaaaaaaa", 30))    \
	ATTACK(memory, FAILED, send_begin(child); use_memory();                \
	       send_end_ok(child))                                             \
	ATTACK(everywhere, ISOLATION, send_begin(child); write_everywhere();   \
	       send_end_ok(child))                                             \
	ATTACK(opens, FAILED, send_begin(child);                               \
	       if (open("/etc/passwd", O_RDONLY) >= 0) _exit(0);               \
	       send_end_ok(child))                                             \
	ATTACK(creates, FAILED, send_begin(child);                             \
	       if (open("passed", O_CREAT | O_WRONLY, 0666) >= 0) _exit(0);    \
	       send_end_ok(child))                                             \
	ATTACK(kills_us, ISOLATION, kill(getppid(), SIGKILL);                  \
	       send_begin(child); send_end_ok(child))                          \
	ATTACK(kills_all, ISOLATION, kill(-1, 0); send_begin(child);           \
	       send_end_ok(child))                                             \
	ATTACK(forks, ISOLATION, send_begin(child);                            \
	       if (fork() >= 0) send_end_ok(child))                            \
	ATTACK(starts, ISOLATION, send_begin(child);                           \
	       execl("/bin/sh", "sh", "-c", "true", NULL); send_end_ok(child)) \
	ATTACK(traces, ISOLATION, send_begin(child);                           \
	       ptrace(PTRACE_ATTACH, getppid(), 0, 0); send_end_ok(child))     \
	ATTACK(connects, ISOLATION, send_begin(child);                         \
	       socket(AF_INET, SOCK_STREAM, 0); send_end_ok(child))            \
	ATTACK(more_limits, FAILED, send_begin(child);                         \
	       setrlimit(RLIMIT_CPU,                                           \
			 &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY });    \
	       send_end_ok(child))                                             \
	ATTACK(code, ISOLATION, send_begin(child);                             \
	       syscall(SYS_mmap, 0, 4096, 7, 0x22, -1, 0); send_end_ok(child)) \
	ATTACK(closed, ISOLATION, send_begin(child);                           \
	       shutdown(child->out.fd, SHUT_RDWR); wait_forever())

struct attack {
	const char *name;
	void (*run)(struct child *child);
	enum grade_outcome expected;
};

#define FUNCTION(name, expected, body)                                         \
	static void run_##name(struct child *child)                            \
	{                                                                      \
		(void)child;                                                   \
		body;                                                          \
	}
ATTACKS(FUNCTION)

#define ROW(name, expected, body) { #name, run_##name, GRADE_##expected },
static const struct attack attacks[] = { ATTACKS(ROW) };

enum { NR_ATTACKS = sizeof(attacks) / sizeof(attacks[0]) };

/* -- in the process ------------------------------------------------------- */

/* Waits for the job and leaves it in the socket. False: there is none. */
static bool peek_job(char *buf, size_t size, struct message_reader *in)
{
	struct message_buffer b = { .data = (uint8_t *)buf };
	enum message_type type;

	for (;;) {
		ssize_t n = recv(ISOLATE_FD, buf, size, MSG_PEEK);

		if (n <= 0)
			return false;
		b.begin = 0;
		b.end = (size_t)n;
		if (message_next(&b, size, &type, in) == MESSAGE_COMPLETE)
			return type == MESSAGE_JOB;
	}
}

/* The text of the submission is the name of an attack, or it is none. */
static const struct attack *find_attack(struct message_reader *in)
{
	struct codec c = { .in = in };
	struct job_message job = { .path = NULL };

	message_get_u32(in); /* magic and version */
	message_get_u32(in);
	codec_job(&c, &job);
	for (size_t i = 0; !in->bad && i < NR_ATTACKS; i++)
		if (job.text_size == strlen(attacks[i].name) &&
		    !memcmp(job.text, attacks[i].name, job.text_size))
			return &attacks[i];
	return NULL;
}

static void run_child(int argc, char **argv)
{
	static char buf[1 << 18];
	const struct isolation_limits limits = {
		.cpu_ms = WALL_MS + 1000,
		.memory = UINT64_C(6) << 30,
	};
	struct child child = { .c.out = &child.out };
	struct message_buffer job = { .data = NULL };
	const struct attack *attack;
	struct message_reader in;

	if (!isolate_is_child(argc, argv))
		return;
	attack = peek_job(buf, sizeof(buf), &in) ? find_attack(&in) : NULL;
	if (!attack)
		scenario_child(argc, argv); /* a correct submission */
	if (!message_receive(&job, ISOLATE_FD, MESSAGE_JOB, &in))
		_exit(1);
	child.report.program = true;
	isolate_self(ISOLATE_FD, &limits, &child.report);
	if (!child.report.seccomp ||
	    !message_writer_init(&child.out, ISOLATE_FD))
		_exit(1); /* never attack unisolated */
	attack->run(&child);
	_exit(0);
}

/* -- the class ------------------------------------------------------------ */

static char *save(const char *folder, const char *name, const char *text)
{
	size_t size = strlen(folder) + strlen(name) + 6;
	char *path = malloc(size);
	FILE *f;

	snprintf(path, size, "%s/%s.lua", folder, name);
	f = fopen(path, "w");
	CHECK(f && fputs(text, f) >= 0 && !fclose(f));
	return path;
}

/* @attack: NULL for a correct submission. */
static void check_submission(const struct grade_submission *s,
			     const struct attack *attack)
{
	unsigned long long ms = s->elapsed_ns / 1000000;

	if (!attack)
		CHECK_EQ(s->outcome, GRADE_PASSED);
	else if (attack->expected != GRADE_ANY &&
		 /* there a forbidden call only fails */
		 !(SANITIZED && attack->expected == GRADE_ISOLATION))
		CHECK_STR(grade_outcome_name(s->outcome),
			  grade_outcome_name(attack->expected));
	CHECK(!attack || (s->outcome != GRADE_PASSED && s->points < s->max));
	CHECK(ms <= WALL_MS + LATE_MS ||
	      ms <= WALL_MS + LATE_MS * busy_times());
	printf("%-20s %s %s %llu ms %s\n", s->id,
	       grade_outcome_name(s->outcome), s->limit, ms, s->message);
}

/* Each attack, and after each the correct submission. */
static void check_class(const char *folder, const char *correct)
{
	const char *source = getenv("ZONEWALK_SOURCE");
	char *paths[2 * NR_ATTACKS], name[64], assignment[512], message[1024];
	struct grade_report report;
	struct grade_options options = {
		.submissions = (const char *const *)paths,
		.nr_submissions = 2 * NR_ATTACKS,
		.nr_jobs = 2,
		.engine_version = "test",
	};
	enum grade_end end;

	snprintf(assignment, sizeof(assignment),
		 "%s/tests/grade/assignment.lua", source ? source : ".");
	options.assignment = edited_file(assignment, "limits", "wall_ms = 400,",
					 "wall_ms = 1500,");
	for (size_t i = 0; i < NR_ATTACKS; i++) {
		paths[2 * i] = save(folder, attacks[i].name, attacks[i].name);
		snprintf(name, sizeof(name), "correct%zu", i);
		paths[2 * i + 1] = save(folder, name, correct);
	}
	end = grade_run(&options, &report, message, sizeof(message));
	if (end == GRADE_END_ISOLATION) {
		printf("not tested: %s\n", message);
		CHECK_EQ(end, GRADE_END_ISOLATION);
	} else {
		CHECK_EQ(end, GRADE_END_GOOD);
	}
	for (size_t i = 0; end == GRADE_END_GOOD && i < 2 * NR_ATTACKS; i++)
		check_submission(&report.submissions[i],
				 i % 2 ? NULL : &attacks[i / 2]);
	if (end == GRADE_END_GOOD)
		grade_report_destroy(&report);
	unlink(options.assignment);
	for (size_t i = 0; i < 2 * NR_ATTACKS; i++) {
		unlink(paths[i]);
		free(paths[i]);
	}
}

int main(int argc, char **argv)
{
	char folder[] = "/tmp/zonewalk-test-XXXXXX";

	run_child(argc, argv);
	CHECK(mkdtemp(folder));
	check_class(folder,
		    "local m = machine { nodes = { { memory = '64M' } } }\n"
		    "m:alloc { order = 3, gfp = 'GFP_HIGHUSER_MOVABLE' }\n"
		    "say('free = ' .. m:node(0):zone('DMA32').free)\n");
	CHECK(!rmdir(folder)); /* no other file is in it */
	CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
	return test_done();
}
