/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scenario: one run of a script, as its caller sees it.
 *
 * scenario_run() of sandbox/run.h runs the script to its end. The caller
 * receives steps and notes as they happen and keeps one session for each
 * machine that the script made, with all its requests, steps and notes.
 */
#ifndef SCRIPTS_LUA_SCENARIO_H
#define SCRIPTS_LUA_SCENARIO_H

#include "session/session.h"

#define SCENARIO_MAX ((size_t)16 << 20) /* bytes of its file */

enum scenario_outcome {
	SCENARIO_OK,
	SCENARIO_EXPECT_FAILED, /* ran to its end, an expect() did not hold */
	SCENARIO_WRONG, /* an error in the script: message has FILE:LINE */
	SCENARIO_LIMIT, /* a limit was hit: message names it */
	SCENARIO_FILE, /* a file could not be read */
	SCENARIO_INTERNAL,
	SCENARIO_CRASHED, /* its process died, or sent a malformed message */
	SCENARIO_ISOLATION, /* required and missing, or violated */
	SCENARIO_KILLED, /* its process, by the user or the system */
	NR_SCENARIO_OUTCOMES
};

/* Where the script runs: see sandbox/isolate.h. */
enum scenario_isolation {
	/* in a process of its own, with each layer that the system has */
	ISOLATION_BEST,
	/* the same, and every layer is required */
	ISOLATION_REQUIRED,
	/*
	 * The caller's process, for trusted scripts in tests and benchmarks:
	 * a limit does not end a C function of Lua that runs long.
	 */
	ISOLATION_NONE,
};

/* What a run may use. */
enum limit {
	LIMIT_NONE,
	LIMIT_INSTRUCTIONS,
	LIMIT_MEMORY, /* bytes of Lua's own memory */
	LIMIT_STRING, /* bytes of one string */
	LIMIT_OUTPUT, /* bytes of captions, scenes, questions */
	LIMIT_EVENTS,
	LIMIT_REQUESTS,
	/* bytes of all machines: states, histories, contents of pages */
	LIMIT_MACHINES,
	LIMIT_WALL, /* without the time that it waits for its reader */
	LIMIT_CPU, /* of the script's process */
	NR_LIMITS
};

/* Which layers of isolation were in force. */
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

struct scenario_options {
	/*
	 * Keep events and steps. Without them there are only the machines:
	 * hooks never run, reasons and walks are empty.
	 */
	bool record;
	uint64_t seed; /* for math.random; default 1 */
	const char *const *params; /* "K=V", NULL at the end; may be NULL */
	/*
	 * Called in order as things happen; may be NULL. A note from before
	 * the first machine has no session: NULL.
	 */
	void (*on_lesson)(void *context, const char *title, const char *goal);
	void (*on_step)(void *context, const struct session *s, uint32_t step);
	void (*on_note)(void *context, const struct session *s,
			const struct note *note);
	void *context;
	enum scenario_isolation isolation;
	uint64_t limits[NR_LIMITS]; /* 0: the default */
	const char *folder; /* of its data files; NULL: that of the script */
	/*
	 * Run for a grader: limits are fixed and cover everything that the
	 * script causes, and only .json and .jsonl files are read.
	 */
	bool graded;
	/*
	 * End with lesson{}, for the title, the goal and the minutes. Only
	 * where the script has a process of its own.
	 */
	bool lesson_only;
	/*
	 * Called every 50 ms while a process of its own runs the script. False
	 * cancels the run. May be NULL.
	 */
	bool (*waiting)(void *context);
	void *waiting_context;
};

struct scenario;

void scenario_free(struct scenario *sc);

enum scenario_outcome scenario_outcome(const struct scenario *sc);
/* Why it is not SCENARIO_OK: "FILE:LINE: what, and what to do"; else "". */
const char *scenario_message(const struct scenario *sc);
uint32_t scenario_nr_sessions(const struct scenario *sc);
/* The session of machine @i, in the order they were made. */
struct session *scenario_session(const struct scenario *sc, uint32_t i);

/* Which layers were in force when it ran. */
const struct isolation_report *
scenario_isolation_report(const struct scenario *sc);

/* A parameter ("K=V") that the script never read, or NULL. */
const char *scenario_unused_param(const struct scenario *sc);

/*
 * The limit called @name set to @value in @options. False: no such limit,
 * and *@near is the nearest name or NULL.
 */
bool scenario_set_limit(struct scenario_options *options, const char *name,
			uint64_t value, const char **near);
/* What @limit is in @options, by default if it is not set there. */
uint64_t scenario_limit(const struct scenario_options *options,
			enum limit limit);
/* The name of limit @i, counted from 0; NULL after the last. */
const char *scenario_limit_name(size_t i);

/* From lesson{}: "" when not given. */
const char *scenario_title(const struct scenario *sc);
const char *scenario_goal(const struct scenario *sc);
/* 0 when not given. */
uint32_t scenario_minutes(const struct scenario *sc);

/* "Lua 5.4.4". */
const char *scenario_library(void);

#endif
