/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_run: `zonewalk run SCENARIO` runs a scenario headless, tells its
 * story on stdout, and saves what is left: the state as a snapshot, the
 * events as a trace. Of several machines the last is saved.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "commands/cmd_arguments.h"
#include "commands/cmd_predictions.h"
#include "commands/command.h"
#include "lua/scenario.h"
#include "snapshot/snapshot.h"
#include "commands/source.h"
#include "model/log.h"

struct run {
	struct scenario_options options;
	struct run_log telling;
	struct predictions predictions;
	const char *path;
	const char *snapshot;
	const char *trace;
	struct story_arguments story;
	bool quiet;
};

/* -- what is heard -------------------------------------------------------- */

static void hear_lesson(void *context, const char *title, const char *goal)
{
	struct run *run = context;

	if (!run->quiet)
		log_lesson(&run->telling, title, goal);
}

static void hear_step(void *context, const struct session *s, uint32_t step)
{
	struct run *run = context;

	log_step(&run->telling, s, step);
}

static void hear_note(void *context, const struct session *s,
		      const struct note *note)
{
	struct run *run = context;

	(void)s;
	if (!run->quiet)
		log_note(&run->telling, note);
	else if (note->kind == NOTE_EXPECT_FAILED)
		cli_error("%s:%" PRIu32 ": not so: %s", run->path,
			  note->where.line, note->text);
	predictions_note(&run->predictions, note);
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

static int parse_limit(struct run *run, const char *text)
{
	const char *value = strchr(text, '='), *near;
	char name[32], names[256];
	uint64_t number;

	if (!value || (size_t)(value - text) >= sizeof(name) ||
	    !cli_number(value + 1, UINT64_MAX, &number) || !number)
		return cli_usage("run",
				 "--limit \"%s\": NAME=VALUE is expected, "
				 "VALUE a number from 1",
				 text);
	snprintf(name, sizeof(name), "%.*s", (int)(value - text), text);
	if (scenario_set_limit(&run->options, name, number, &near))
		return EXIT_GOOD;
	return cli_usage("run", "--limit %s: no such limit%s%s%s (%s)", name,
			 near ? "; did you mean " : "", near ? near : "",
			 near ? "?" : "", limit_list(names));
}

static int parse_option(void *context, int option, const char *value)
{
	struct run *run = context;

	switch (option) {
	case 'S':
		run->snapshot = value;
		break;
	case 'T':
		run->trace = value;
		break;
	case 's':
		return arguments_seed(&run->story, "run", value);
	case 'p':
		return arguments_set(&run->story, "run", value);
	case 'l':
		return parse_limit(run, value);
	case 'a':
		run->predictions.answers = value;
		break;
	case 'L':
		run->predictions.log = value;
		break;
	case 'q':
		run->quiet = true;
		break;
	case 'c': /* there is no colour, and the story is ASCII */
		break;
	}
	return EXIT_GOOD;
}

static int parse(struct run *run, int argc, char **argv)
{
	static const struct option options[] = {
		{ "snapshot", required_argument, NULL, 'S' },
		{ "trace", required_argument, NULL, 'T' },
		{ "seed", required_argument, NULL, 's' },
		{ "set", required_argument, NULL, 'p' },
		{ "limit", required_argument, NULL, 'l' },
		{ "answers", required_argument, NULL, 'a' },
		{ "log", required_argument, NULL, 'L' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "no-color", no_argument, NULL, 'c' },
		{ "ascii", no_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	int code = cli_options(argc, argv, "run", ":q", options, parse_option,
			       run);

	if (code != EXIT_GOOD)
		return code;
	if (optind >= argc)
		return cli_usage("run", "which scenario? zonewalk run "
					"FILE.lua");
	if (optind + 1 < argc)
		return cli_usage("run", "\"%s\": one scenario at a time",
				 argv[optind + 1]);
	run->path = argv[optind];
	return EXIT_GOOD;
}

/* -- afterwards ----------------------------------------------------------- */

/* Save what was asked for; @code unless that fails. */
static int save(const struct run *run, const struct scenario *sc, int code)
{
	uint32_t nr = scenario_nr_sessions(sc);
	struct session *s = nr ? scenario_session(sc, nr - 1) : NULL;
	struct file_error error;

	if (!run->snapshot && !run->trace)
		return code;
	if (!s) {
		cli_error("%s: it made no machine: there is nothing to save",
			  run->path);
		return EXIT_FILE;
	}
	if (run->snapshot && !snapshot_save(s, run->snapshot, &error)) {
		cli_error("%s", error.text);
		return EXIT_FILE;
	}
	if (run->trace && !trace_save(s, run->trace, &error)) {
		cli_error("%s", error.text);
		return EXIT_FILE;
	}
	return code;
}

static int finish(const struct run *run, const struct scenario *sc)
{
	const char *unused = scenario_unused_param(sc);
	int code = scenario_exit_code(scenario_outcome(sc));

	if (code != EXIT_GOOD)
		cli_error("%s", scenario_message(sc));
	/* a script that did not reach its end leaves nothing to rely on */
	if (code != EXIT_GOOD && code != EXIT_CHECK_FAILED)
		return code;
	if (unused)
		cli_error("--set %s: the scenario has no such param()", unused);
	return save(run, sc, code);
}

static bool is_stdout(const char *path)
{
	return path && !strcmp(path, "-");
}

/* What goes to stdout or comes from stdin, does so alone. */
static int check_standard(struct run *run)
{
	const int nr_out = is_stdout(run->snapshot) + is_stdout(run->trace) +
			   is_stdout(run->predictions.log);

	if (nr_out > 1)
		return cli_usage("run", "--snapshot, --trace, --log cannot "
					"both go to stdout");
	if (is_stdout(run->path) && is_stdout(run->predictions.answers))
		return cli_usage("run", "the scenario and --answers cannot "
					"both come from stdin");
	if (nr_out)
		run->quiet = true;
	return EXIT_GOOD;
}

static void hear(struct run *run)
{
	run->options.params = run->story.params;
	run->options.seed = run->story.seed;
	run->options.context = run;
	run->options.on_lesson = hear_lesson;
	run->options.on_note = hear_note;
	run->options.on_step = run->quiet ? NULL : hear_step;
	run->predictions.scenario = run->path;
	run->predictions.seed = run->story.seed ? run->story.seed : 1;
	run->predictions.out = run->quiet ? NULL : stdout;
}

int cmd_run(int argc, char **argv)
{
	struct run run = {
		.options.record = true,
		.telling.out = stdout,
	};
	int code = parse(&run, argc, argv);
	struct scenario *sc;

	if (code != EXIT_GOOD)
		return code;
	code = check_standard(&run);
	if (code != EXIT_GOOD)
		return code;
	hear(&run);
	if (!predictions_open(&run.predictions))
		return EXIT_FILE;
	sc = scenario_run(run.path, &run.options);
	if (!sc) {
		cli_error("%s: no memory", run.path);
		return EXIT_LIMIT;
	}
	code = finish(&run, sc);
	scenario_free(sc);
	if (!predictions_close(&run.predictions) && code == EXIT_GOOD)
		code = EXIT_FILE;
	return cli_finish(code);
}
