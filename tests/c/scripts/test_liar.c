/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * liar: a submission that has taken over its whole process.
 *
 * Lua can be crashed from a script, and perhaps more. So here the process
 * that is to run a submission called after a lie is ours, behind all layers
 * of isolation: it says on the socket what it likes, and tries whatever else
 * could bring it a point. None does, each ends in time, and the honest one
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
#include "liar.h"
#include "test.h"

ISOLATE_PROGRAM;

enum {
	WALL_MS = 400, /* as assignment.lua has it */
	IN_TIME_MS = WALL_MS + (SANITIZED ? 8000 : 500),
};

/* -- the lies ------------------------------------------------------------- */

/* NAME, what becomes of it, what is said or tried. */
#define GRADE_ANY NR_GRADE_OUTCOMES /* as fast as it is */
#define LIES(LIE)                                                              \
	LIE(end_at_once, FAILED, say_hello(l, WIRE_MAGIC); end_well(l))        \
	LIE(nothing_done, FAILED, begin(l); end_well(l))                       \
	LIE(says_passed, FAILED, begin(l); say_note(l, 0, 0, "P1 = pass");     \
	    say_note(l, 0, 0, "free = 12272"); end_well(l))                    \
	LIE(answers_all, FAILED, begin(l);                                     \
	    for (int i = 0; i < 400; i++) say_note(l, 0, 0, "free = 1");       \
	    end_well(l))                                                       \
	LIE(wrong_page, CRASHED, begin(l); say_alloc(l, 0, 3, 4097, 30);       \
	    end_well(l))                                                       \
	LIE(no_page, CRASHED, begin(l); say_alloc(l, 0, 3, PFN_NONE, 1);       \
	    end_well(l))                                                       \
	LIE(no_such_machine, CRASHED, begin(l); say_alloc(l, 9, 3, 4096, 30);  \
	    end_well(l))                                                       \
	LIE(order_of_nothing, CRASHED, begin(l);                               \
	    say_alloc(l, 0, 4000000000u, 0, 0); end_well(l))                   \
	LIE(other_machine, VIOLATION, say_hello(l, WIRE_MAGIC);                \
	    say_machine(l, 1 << 13); end_well(l))                              \
	LIE(machine_huge, LIMIT, say_hello(l, WIRE_MAGIC);                     \
	    say_machine(l, UINT32_MAX); end_well(l))                           \
	LIE(machine_empty, CRASHED, say_hello(l, WIRE_MAGIC);                  \
	    say_machine(l, 0); end_well(l))                                    \
	LIE(no_hello, CRASHED, say_machine(l, 1 << 14); end_well(l))           \
	LIE(two_hellos, CRASHED, begin(l); say_hello(l, WIRE_MAGIC);           \
	    end_well(l))                                                       \
	LIE(other_magic, CRASHED, say_hello(l, 1); end_well(l))                \
	LIE(end_failed, CRASHED, begin(l);                                     \
	    say_end(l, SCENARIO_OK, LIMIT_NONE, 7))                            \
	LIE(end_limit, CRASHED, begin(l);                                      \
	    say_end(l, SCENARIO_OK, LIMIT_WALL, 0))                            \
	LIE(end_killed, CRASHED, begin(l);                                     \
	    say_end(l, SCENARIO_KILLED, LIMIT_NONE, 0))                        \
	LIE(end_no_limit, CRASHED, begin(l);                                   \
	    say_end(l, SCENARIO_LIMIT, LIMIT_NONE, 0))                         \
	LIE(end_internal, CRASHED, begin(l);                                   \
	    say_end(l, SCENARIO_INTERNAL, LIMIT_NONE, 0))                      \
	LIE(after_the_end, FAILED, begin(l); end_well(l);                      \
	    say_alloc(l, 0, 3, 4096, 30); say_note(l, 0, 0, "free = 12272");   \
	    end_well(l))                                                       \
	LIE(note_of_no_step, CRASHED, begin(l); say_note(l, 0, 77, "x");       \
	    end_well(l))                                                       \
	LIE(note_of_no_machine, CRASHED, begin(l); say_note(l, 5, 0, "x");     \
	    end_well(l))                                                       \
	LIE(param_of_none, CRASHED, begin(l); say_bare(l, WIRE_PARAM, 99);     \
	    end_well(l))                                                       \
	LIE(loaded_nothing, CRASHED, begin(l); say_bare(l, WIRE_LOADED, 1);    \
	    end_well(l))                                                       \
	LIE(write_nowhere, CRASHED, begin(l); say_bare(l, WIRE_WRITE, 0);      \
	    end_well(l))                                                       \
	LIE(our_message, CRASHED, begin(l); say_bare(l, WIRE_JOB, 0);          \
	    end_well(l))                                                       \
	LIE(our_answer, CRASHED, begin(l); say_bare(l, WIRE_FILE_ANSWER, 0);   \
	    end_well(l))                                                       \
	LIE(type_of_none, CRASHED, begin(l); say_bytes(l, "\0\0\0\0\377", 5);  \
	    end_well(l))                                                       \
	LIE(endless_length, CRASHED, begin(l);                                 \
	    say_bytes(l, "\377\377\377\377\1", 5))                             \
	LIE(garbage, CRASHED, begin(l);                                        \
	    say_bytes(l, "10 of 10  passed\n", 17); wait_for_ever())           \
	LIE(half_a_message, LIMIT, begin(l);                                   \
	    say_bytes(l, "\100\0\0\0\14x", 6); wait_for_ever())                \
	LIE(half_and_gone, CRASHED, begin(l);                                  \
	    say_bytes(l, "\100\0\0\0\14x", 6); _exit(0))                       \
	LIE(silence, LIMIT, wait_for_ever())                                   \
	LIE(silence_later, LIMIT, begin(l); wait_for_ever())                   \
	LIE(                                                                   \
		spins, LIMIT, begin(l); for (;;) { errno = 0; })               \
	LIE(gone, CRASHED, _exit(0))                                           \
	LIE(gone_well, CRASHED, begin(l); _exit(0))                            \
	LIE(aborts, CRASHED, begin(l); abort())                                \
	LIE(traps, CRASHED, begin(l); __builtin_trap())                        \
	LIE(deaf, LIMIT, begin(l); for (;;) say_file(l, "assignment.lua"))     \
	LIE(file_outside, FAILED, begin(l); say_file(l, "../../etc/passwd");   \
	    say_file(l, "/etc/passwd"); say_file(l, ""); end_well(l))          \
	LIE(thief, FAILED, begin(l); steal(l, "honest0.lua"); end_well(l))     \
	LIE(file_loaded, CRASHED, begin(l); say_file(l, "honest.lua");         \
	    say_bare(l, WIRE_LOADED, 1); end_well(l))                          \
	LIE(flood_notes, LIMIT, begin(l);                                      \
	    for (;;) say_note(l, 0, 0, "P1 = pass"))                           \
	LIE(flood_lines, LIMIT, begin(l); for (;;) say_bare(l, WIRE_LINE, 1))  \
	LIE(flood_machines, LIMIT, begin(l); for (;;) say_machine(l, 1 << 14)) \
	LIE(flood_bytes, ANY, begin(l); for (;;)                               \
		    say_bytes(l, "\0\0\0\1\14aaaaaaaaaaaaaaaaaaaaaaaaaa", 30)) \
	LIE(memory, FAILED, begin(l); use_memory(); end_well(l))               \
	LIE(everywhere, ISOLATION, begin(l); write_everywhere(); end_well(l))  \
	LIE(opens, FAILED, begin(l);                                           \
	    if (open("/etc/passwd", O_RDONLY) >= 0) _exit(0); end_well(l))     \
	LIE(creates, FAILED, begin(l);                                         \
	    if (open("passed", O_CREAT | O_WRONLY, 0666) >= 0) _exit(0);       \
	    end_well(l))                                                       \
	LIE(kills_us, ISOLATION, kill(getppid(), SIGKILL); begin(l);           \
	    end_well(l))                                                       \
	LIE(kills_all, ISOLATION, kill(-1, 0); begin(l); end_well(l))          \
	LIE(forks, ISOLATION, begin(l); if (fork() >= 0) end_well(l))          \
	LIE(starts, ISOLATION, begin(l);                                       \
	    execl("/bin/sh", "sh", "-c", "true", NULL); end_well(l))           \
	LIE(traces, ISOLATION, begin(l);                                       \
	    ptrace(PTRACE_ATTACH, getppid(), 0, 0); end_well(l))               \
	LIE(connects, ISOLATION, begin(l); socket(AF_INET, SOCK_STREAM, 0);    \
	    end_well(l))                                                       \
	LIE(more_limits, FAILED, begin(l);                                     \
	    setrlimit(RLIMIT_CPU,                                              \
		      &(struct rlimit){ RLIM_INFINITY, RLIM_INFINITY });       \
	    end_well(l))                                                       \
	LIE(code, ISOLATION, begin(l);                                         \
	    syscall(SYS_mmap, 0, 4096, 7, 0x22, -1, 0); end_well(l))           \
	LIE(closed, ISOLATION, begin(l); shutdown(l->out.fd, SHUT_RDWR);       \
	    wait_for_ever())

struct lie {
	const char *name;
	void (*tell)(struct liar *l);
	enum grade_outcome expected;
};

#define FUNCTION(name, expected, body)                                         \
	static void tell_##name(struct liar *l)                                \
	{                                                                      \
		(void)l;                                                       \
		body;                                                          \
	}
LIES(FUNCTION)

#define ROW(name, expected, body) { #name, tell_##name, GRADE_##expected },
static const struct lie lies[] = { LIES(ROW) };

enum { NR_LIES = sizeof(lies) / sizeof(lies[0]) };

/* -- in the process ------------------------------------------------------- */

/* Wait for the job without taking it. False: none. */
static bool peek_job(char *buf, size_t size, struct wire_in *in)
{
	struct wire_buffer b = { .data = (uint8_t *)buf };
	enum wire_type type;

	for (;;) {
		ssize_t n = recv(ISOLATE_FD, buf, size, MSG_PEEK);

		if (n <= 0)
			return false;
		b.begin = 0;
		b.end = (size_t)n;
		if (wire_next(&b, size, &type, in) == WIRE_MESSAGE)
			return type == WIRE_JOB;
	}
}

/* The submission's text is the name of a lie. */
static const struct lie *find_lie(struct wire_in *in)
{
	struct wire_code c = { .in = in };
	struct wire_job job = { .path = NULL };

	wire_get_u32(in); /* magic, version: ours */
	wire_get_u32(in);
	code_job(&c, &job);
	for (size_t i = 0; !in->bad && i < NR_LIES; i++)
		if (job.text_size == strlen(lies[i].name) &&
		    !memcmp(job.text, lies[i].name, job.text_size))
			return &lies[i];
	return NULL;
}

static void be_child(int argc, char **argv)
{
	static char buf[1 << 18];
	const struct isolation_limits limits = {
		.cpu_ms = WALL_MS + 1000,
		.memory = UINT64_C(6) << 30,
	};
	struct liar l = { .c.out = &l.out };
	struct wire_buffer job = { .data = NULL };
	const struct lie *lie;
	struct wire_in in;

	if (!isolate_is_child(argc, argv))
		return;
	lie = peek_job(buf, sizeof(buf), &in) ? find_lie(&in) : NULL;
	if (!lie)
		scenario_child(argc, argv); /* an honest one */
	if (!wire_receive(&job, ISOLATE_FD, WIRE_JOB, &in))
		_exit(1);
	l.report.program = true;
	isolate_self(ISOLATE_FD, &limits, &l.report);
	if (!l.report.seccomp || !wire_out_open(&l.out, ISOLATE_FD))
		_exit(1); /* nothing is tried that could work */
	lie->tell(&l);
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

/* @lie: NULL for an honest one. */
static void check_submission(const struct grade_submission *s,
			     const struct lie *lie)
{
	unsigned long long ms = s->elapsed_ns / 1000000;

	if (!lie)
		CHECK_EQ(s->outcome, GRADE_PASSED);
	else if (lie->expected != GRADE_ANY &&
		 /* there what is not allowed is only refused */
		 !(SANITIZED && lie->expected == GRADE_ISOLATION))
		CHECK_STR(grade_outcome_name(s->outcome),
			  grade_outcome_name(lie->expected));
	CHECK(!lie || (s->outcome != GRADE_PASSED && s->points < s->max));
	CHECK(ms <= IN_TIME_MS);
	printf("%-20s %s %s %llu ms %s\n", s->id,
	       grade_outcome_name(s->outcome), s->limit, ms, s->message);
}

/* Each lie, and after each the honest one. */
static void check_class(const char *folder, const char *honest)
{
	const char *source = getenv("ZONEWALK_SOURCE");
	char *paths[2 * NR_LIES], name[64], assignment[512], message[1024];
	struct grade_report report;
	struct grade_options options = {
		.assignment = assignment,
		.submissions = (const char *const *)paths,
		.nr_submissions = 2 * NR_LIES,
		.nr_jobs = 2,
		.engine_version = "test",
	};
	enum grade_end end;

	snprintf(assignment, sizeof(assignment),
		 "%s/tests/grade/assignment.lua", source ? source : ".");
	for (size_t i = 0; i < NR_LIES; i++) {
		paths[2 * i] = save(folder, lies[i].name, lies[i].name);
		snprintf(name, sizeof(name), "honest%zu", i);
		paths[2 * i + 1] = save(folder, name, honest);
	}
	end = grade_run(&options, &report, message, sizeof(message));
	if (end == GRADE_END_ISOLATION) {
		printf("not tested: %s\n", message);
		CHECK_EQ(end, GRADE_END_ISOLATION);
	} else {
		CHECK_EQ(end, GRADE_END_GOOD);
	}
	for (size_t i = 0; end == GRADE_END_GOOD && i < 2 * NR_LIES; i++)
		check_submission(&report.submissions[i],
				 i % 2 ? NULL : &lies[i / 2]);
	if (end == GRADE_END_GOOD)
		grade_report_fini(&report);
	for (size_t i = 0; i < 2 * NR_LIES; i++) {
		unlink(paths[i]);
		free(paths[i]);
	}
}

int main(int argc, char **argv)
{
	char folder[] = "/tmp/zonewalk-liar-XXXXXX";

	be_child(argc, argv);
	CHECK(mkdtemp(folder));
	check_class(folder,
		    "local m = machine { nodes = { { memory = '64M' } } }\n"
		    "m:alloc { order = 3, gfp = 'GFP_HIGHUSER_MOVABLE' }\n"
		    "say('free = ' .. m:node(0):zone('DMA32').free)\n");
	CHECK(!rmdir(folder)); /* nothing else is in it */
	CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
	return test_done();
}
