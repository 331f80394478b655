/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_run: `zonewalk run SCENARIO` runs a scenario headless and prints its
 * log. It can save the final state as a snapshot and the events as a trace;
 * of several machines it saves the last one.
 */
#include <stdlib.h>
#include <string.h>

#include "commands/cmd_predictions.h"
#include "commands/command.h"
#include "commands/lesson_list.h"
#include "sandbox/run.h"
#include "snapshot/snapshot.h"
#include "commands/source.h"
#include "model/log.h"
#include "terminal/text_stream.h"

struct run {
	const struct options *o;
	const char *path;
	bool quiet; /* also when stdout is for data */
	bool warn; /* what is unusual about a machine that was read */
	struct scenario_options options;
	struct run_log log;
	struct predictions predictions;
};

/* -- the log -------------------------------------------------------------- */

static void on_lesson(void *context, const char *title, const char *goal)
{
	struct run *run = context;

	if (!run->quiet)
		log_lesson(&run->log, title, goal);
}

static void on_step(void *context, const struct session *s, uint32_t step)
{
	struct run *run = context;

	log_step(&run->log, s, step);
}

static void on_note(void *context, const struct session *s,
		    const struct note *note)
{
	struct run *run = context;
	const uint32_t i = s ? session_nr_notes(s) : 0;

	if (note->kind == NOTE_WARNING && run->warn)
		cli_error("%s:%u: warning: %s", run->path, note->where.line,
			  note->text);
	else if (!run->quiet)
		log_note(&run->log, s, i, note);
	else if (note->kind == NOTE_EXPECT_FAILED)
		cli_error("%s:%u: expectation failed: %s", run->path,
			  note->where.line, note->text);
	predictions_note(&run->predictions,
			 s && note->kind == NOTE_ANSWER ?
				 session_question_before(s, i) :
				 NULL,
			 note);
}

/* -- the command line ----------------------------------------------------- */

/* "instructions, memory, ..." in @names. Returns it. */
static const char *limit_list(char names[256])
{
	size_t at = 0;

	names[0] = '\0';
	for (size_t i = 0; scenario_limit_name(i) && at < 256; i++)
		at += (size_t)snprintf(names + at, 256 - at, "%s%s",
				       i ? ", " : "", scenario_limit_name(i));
	return names;
}

static int parse_limit(struct scenario_options *options, const char *text)
{
	const size_t length = strcspn(text, "=");
	char name[32], names[256];
	const char *near;
	uint64_t number;

	if (length >= sizeof(name) ||
	    !read_number(text + length + 1, UINT64_MAX - 1, &number) || !number)
		return cli_usage("run",
				 "--limit: NAME=VALUE with a VALUE from 1 is "
				 "expected: \"%s\"",
				 text);
	print_to(name, "%.*s", (int)length, text);
	if (scenario_set_limit(options, name, number, &near))
		return EXIT_GOOD;
	return cli_usage("run", "--limit %s: no such limit%s (%s)", name,
			 hint_text(near).s, limit_list(names));
}

static bool is_standard(const char *path)
{
	return path && !strcmp(path, "-");
}

/* At most one output to stdout, and then no log; one input from stdin. */
static int check_standard(struct run *run)
{
	const struct options *o = run->o;
	const int nr_out = is_standard(o->snapshot) + is_standard(o->trace) +
			   is_standard(o->log);

	if (nr_out > 1)
		return cli_usage("run", "only one of --snapshot, --trace and "
					"--log can go to standard output");
	if (is_standard(run->path) && is_standard(o->answers))
		return cli_usage("run", "only one of SCENARIO and --answers "
					"can come from standard input");
	run->quiet = o->quiet || nr_out;
	return EXIT_GOOD;
}

static int set_up(struct run *run, const struct options *o)
{
	const uint64_t seed = o->seed ? o->seed : 1;
	int code;

	/* -q prints errors only, --captions what the scenario says */
	*run = (struct run){ .o = o,
			     .path = o->arguments[0],
			     .warn = !o->quiet && !o->captions };
	code = check_standard(run);
	run->log = (struct run_log){ .out = text_stream_open(stdout, o->ascii),
				     .captions = o->captions,
				     .unfold = o->unfold };
	run->options = (struct scenario_options){
		.record = true,
		.params = o->set.values,
		.seed = seed,
		.context = run,
		.on_lesson = on_lesson,
		.on_note = on_note,
		.on_step = run->quiet ? NULL : on_step,
	};
	run->predictions = (struct predictions){
		.answers = o->answers,
		.log = o->log,
		.scenario = run->path,
		.seed = seed,
		.out = run->quiet ? NULL : run->log.out,
	};
	for (uint32_t i = 0; code == EXIT_GOOD && i < o->limit.nr; i++)
		code = parse_limit(&run->options, o->limit.values[i]);
	return code == EXIT_GOOD && !run->log.out ? cli_no_memory("run") : code;
}

/* -- afterwards ----------------------------------------------------------- */

/* Save the requested files. Returns @code unless that fails. */
static int save(const struct run *run, const struct scenario *sc, int code)
{
	const char *snapshot = run->o->snapshot, *trace = run->o->trace;
	uint32_t nr = scenario_nr_sessions(sc);
	struct session *s = nr ? scenario_session(sc, nr - 1) : NULL;
	struct file_error error;

	if (!snapshot && !trace)
		return code;
	if (!s)
		print_to(error.text,
			 "%.250s: nothing to save: the scenario makes no "
			 "machine",
			 run->path);
	else if ((!snapshot || snapshot_save(s, snapshot, &error)) &&
		 (!trace || trace_save(s, trace, &error)))
		return code;
	return cli_fail(EXIT_FILE, "%s", error.text);
}

static int finish(const struct run *run, const struct scenario *sc)
{
	const char *unused = scenario_unused_param(sc);
	int code = scenario_exit_code(scenario_outcome(sc));

	if (code != EXIT_GOOD)
		cli_error("%s", scenario_message(sc));
	/* the state after a script that broke off means nothing */
	if (code != EXIT_GOOD && code != EXIT_CHECK_FAILED)
		return code;
	if (unused)
		cli_error("--set %s: the scenario has no such param()", unused);
	return save(run, sc, code);
}

static int run_scenario(struct run *run)
{
	char *folder = lesson_folder_of_copy(run->path);
	struct scenario *sc;
	int code;

	run->options.folder = folder;
	sc = scenario_run(run->path, &run->options);
	free(folder);
	code = sc ? finish(run, sc) : cli_no_memory(run->path);
	scenario_free(sc);
	if (!predictions_close(&run->predictions) && code == EXIT_GOOD)
		code = EXIT_FILE;
	return code;
}

int cmd_run(const struct options *o)
{
	struct run run;
	int code = set_up(&run, o);

	if (code == EXIT_GOOD)
		code = predictions_open(&run.predictions) ? run_scenario(&run) :
							    EXIT_FILE;
	if (run.log.out)
		fclose(run.log.out);
	return cli_finish(code);
}
