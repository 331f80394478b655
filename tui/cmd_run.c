/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_run: `zonewalk run SCENARIO` runs a scenario headless, tells its
 * story on stdout, and saves what is left: the state as a snapshot, the
 * events as a trace. Of several machines the last is saved.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cmd_predictions.h"
#include "command.h"
#include "lua_host.h"
#include "snapshot.h"
#include "story.h"
#include "tell.h"

enum { MAX_PARAMS = 64 };

struct run {
	struct scenario_options options;
	struct telling telling;
	struct predictions predictions;
	const char *path;
	const char *snapshot;
	const char *trace;
	const char *params[MAX_PARAMS + 1];
	unsigned int nr_params;
	bool quiet;
	bool help;
};

/* -- what is heard -------------------------------------------------------- */

static void hear_lesson(void *context, const char *title, const char *goal)
{
	struct run *run = context;

	if (!run->quiet)
		tell_lesson(&run->telling, title, goal);
}

static void hear_step(void *context, const struct session *s, uint32_t step)
{
	struct run *run = context;

	tell_step(&run->telling, s, step);
}

static void hear_note(void *context, const struct session *s,
		      const struct note *note)
{
	struct run *run = context;

	(void)s;
	if (!run->quiet)
		tell_note(&run->telling, note);
	else if (note->kind == NOTE_EXPECT_FAILED)
		cli_error("%s:%" PRIu32 ": not so: %s", run->path,
			  note->where.line, note->text);
	predictions_note(&run->predictions, note);
}

/* -- the command line ----------------------------------------------------- */

static bool parse_number(const char *text, uint64_t *number)
{
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	*number = strtoull(text, &end, 0);
	return !errno && !*end;
}

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
	    !parse_number(value + 1, &number) || !number)
		return cli_usage("run",
				 "--limit \"%s\": NAME=VALUE is expected, "
				 "VALUE a number from 1",
				 text);
	snprintf(name, sizeof(name), "%.*s", (int)(value - text), text);
	if (scenario_set_limit(&run->options, name, number, &near))
		return EXIT_GOOD;
	return cli_usage("run",
			 "--limit %s: no such limit%s%s%s (%s)",
			 name, near ? "; did you mean " : "",
			 near ? near : "", near ? "?" : "", limit_list(names));
}

static int parse_param(struct run *run, const char *text)
{
	const char *value = strchr(text, '=');

	if (!value || value == text)
		return cli_usage("run", "--set \"%s\": NAME=VALUE is expected",
				 text);
	if (run->nr_params == MAX_PARAMS)
		return cli_usage("run", "--set: at most %d are possible",
				 MAX_PARAMS);
	run->params[run->nr_params++] = text;
	return EXIT_GOOD;
}

static int parse_option(struct run *run, int option, const char *value)
{
	switch (option) {
	case 'S':
		run->snapshot = value;
		return EXIT_GOOD;
	case 'T':
		run->trace = value;
		return EXIT_GOOD;
	case 's':
		if (parse_number(value, &run->options.seed) &&
		    run->options.seed)
			return EXIT_GOOD;
		return cli_usage("run", "--seed \"%s\": a number from 1",
				 value);
	case 'p':
		return parse_param(run, value);
	case 'l':
		return parse_limit(run, value);
	case 'a':
		run->predictions.answers = value;
		return EXIT_GOOD;
	case 'L':
		run->predictions.log = value;
		return EXIT_GOOD;
	case 'q':
		run->quiet = true;
		return EXIT_GOOD;
	case 'h':
		run->help = true;
		return EXIT_GOOD;
	case 'c': /* there is no colour, and the story is ASCII */
		return EXIT_GOOD;
	default:
		return cli_usage("run", "wrong option");
	}
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
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int option, code;

	while ((option = getopt_long(argc, argv, "qh", options, NULL)) != -1) {
		code = parse_option(run, option, optarg);
		if (code != EXIT_GOOD)
			return code;
	}
	if (run->help)
		return EXIT_GOOD;
	if (optind >= argc)
		return cli_usage("run", "which scenario? zonewalk run "
					"FILE.lua");
	if (optind + 1 < argc)
		return cli_usage("run", "\"%s\": one scenario at a time",
				 argv[optind + 1]);
	run->path = argv[optind];
	return EXIT_GOOD;
}

static void print_help(void)
{
	printf("zonewalk run SCENARIO [--snapshot F] [--trace F] [--seed N] "
	       "[--set NAME=VALUE]\n"
	       "             [--limit NAME=VALUE] [--answers F] [--log F] "
	       "[-q]\n\n"
	       "Runs a scenario and tells its story, a line an event.\n\n"
	       "  --snapshot F  save the state at the end, as JSON\n"
	       "  --trace F     save the events, as JSON Lines\n"
	       "                (of several machines the last one's; with -\n"
	       "                for stdout the story is not told)\n"
	       "  --seed N      where math.random begins, 1 if not given\n"
	       "  --set K=V     what param(\"K\", default) answers\n"
	       "  --limit K=N   instructions, events, requests, wall_ms, "
	       "cpu_ms; in bytes:\n"
	       "                memory, string, output, machines\n"
	       "  --answers F   what is predicted where the scenario asks: a "
	       "line a question,\n"
	       "                the letter of a choice or a value; an empty "
	       "line is no answer\n"
	       "  --log F       add each prediction to F, as JSON Lines\n"
	       "  -q, --quiet   tell nothing but what is wrong\n\n"
	       "SCENARIO - is stdin. Exit codes: zonewalk doc errors.\n");
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
	run->options.params = run->params;
	run->options.context = run;
	run->options.on_lesson = hear_lesson;
	run->options.on_note = hear_note;
	run->options.on_step = run->quiet ? NULL : hear_step;
	run->predictions.scenario = run->path;
	run->predictions.seed = run->options.seed ? run->options.seed : 1;
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
	if (run.help) {
		print_help();
		return cli_finish(EXIT_GOOD);
	}
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
