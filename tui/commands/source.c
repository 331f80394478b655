/* SPDX-License-Identifier: GPL-2.0-or-later */
/* source: a file of any kind becomes one session to play. */
#include "commands/lesson_list.h"
#include "commands/source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failure/explain_session.h"
#include "import/report_read.h"
#include "state/arena.h"
#include "model/exercise.h"
#include "replay/recording.h"
#include "sandbox/run.h"

enum { MAX_TEXT = 4 << 20 };

/* "scenarios/02-split.lua" is "02 split". */
static struct text file_title(const char *path)
{
	const char *base = strrchr(path, '/');
	struct text title = text_of("%s", base ? base + 1 : path);
	char *dot = strrchr(title.s, '.');

	if (dot && dot != title.s)
		*dot = '\0';
	for (char *c = title.s; *c; c++)
		if (*c == '-' || *c == '_')
			*c = ' ';
	return title;
}

/* "02 A split, order=5": a lesson by its number, and how it is run. */
static void set_title(struct source *source, const char *path,
		      const struct options *o)
{
	const struct text file = file_title(path);
	const int digits = (int)strspn(file.s, "0123456789");
	struct text title = file;

	if (source->view) /* a submission is called by its file's name */
		title = text_of("%s", strrchr(path, '/') ?
					      strrchr(path, '/') + 1 :
					      path);
	else if (digits && source->scenario &&
		 *scenario_title(source->scenario))
		title = text_of("%.*s %.200s", digits, file.s,
				scenario_title(source->scenario));
	if (exercise_is_copy(path))
		title = text_of("%.200s, exercise", title.s);
	for (uint32_t i = 0; source->scenario && i < o->set.nr; i++)
		title = text_of("%.200s, %.100s", title.s, o->set.values[i]);
	if (source->seed > 1)
		title = text_of("%.250s, seed %" PRIu64, title.s, source->seed);
	print_to(source->title, "%s", title.s);
}

/* Set an error, and return its exit code. */
#define fail(error, code, ...) (error_set(error, __VA_ARGS__), (code))

/*
 * Is @path a report? What is called .lua is a scenario, whatever is in it. If
 * so, *@code is EXIT_GOOD or the exit code for @error.
 */
static bool open_report(struct source *source, const char *path, int *code,
			struct file_error *error)
{
	const struct explain_options options = { .gfp = NULL };
	const size_t length = strlen(path);
	char *const files[] = { (char *)(uintptr_t)path };
	struct report_set set;
	char message[256];

	if ((length >= 4 && !strcmp(path + length - 4, ".lua")) ||
	    !report_read_files(files, 1, &set, error))
		return false;
	source->session = explain_session(&set.reports[set.taken], &options,
					  &source->step, message,
					  sizeof(message));
	if (!source->session)
		error_set(error, "%.200s: %s", path, message);
	source->is_report = source->session;
	*code = source->session ? EXIT_GOOD : EXIT_FILE;
	report_set_destroy(&set);
	return true;
}

static int open_recording(struct source *source, const char *path,
			  struct file_error *error)
{
	struct file_error wrong;
	struct machine m = { .region = NULL };

	/* it stays open: the requests point to its file name */
	source->recording = recording_open(path, &wrong);
	if (!source->recording ||
	    !recording_machine(source->recording, &m, &wrong))
		return fail(error, EXIT_FILE, "%s", wrong.text);
	source->session = session_new(&m, true);
	if (!source->session) {
		arena_destroy(&m);
		return fail(error, EXIT_LIMIT, "%s: not enough memory", path);
	}
	if (!recording_play(source->recording, source->session, 0,
			    recording_nr_ops(source->recording)))
		print_to(source->message, "the recording stops here: its next "
					  "operation is not possible");
	return EXIT_GOOD;
}

int scenario_exit_code(enum scenario_outcome outcome)
{
	static const int codes[NR_SCENARIO_OUTCOMES] = {
		[SCENARIO_OK] = EXIT_GOOD,
		[SCENARIO_EXPECT_FAILED] = EXIT_CHECK_FAILED,
		[SCENARIO_WRONG] = EXIT_SCRIPT,
		[SCENARIO_CRASHED] = EXIT_SCRIPT,
		[SCENARIO_LIMIT] = EXIT_LIMIT,
		[SCENARIO_KILLED] = EXIT_LIMIT,
		[SCENARIO_FILE] = EXIT_FILE,
		[SCENARIO_ISOLATION] = EXIT_ISOLATION,
		[SCENARIO_INTERNAL] = EXIT_INTERNAL,
	};

	return codes[outcome];
}

int grade_exit_code(enum grade_end end)
{
	static const int codes[] = {
		[GRADE_END_GOOD] = EXIT_GOOD,
		[GRADE_END_ASSIGNMENT] = EXIT_SCRIPT,
		[GRADE_END_FILE] = EXIT_FILE,
		[GRADE_END_ONLY] = EXIT_USAGE,
		[GRADE_END_ISOLATION] = EXIT_ISOLATION,
		[GRADE_END_INTERNAL] = EXIT_INTERNAL,
	};

	return codes[end];
}

/* The first machine with steps, else the first. */
static struct session *choose_session(const struct scenario *sc)
{
	for (uint32_t i = 0; i < scenario_nr_sessions(sc); i++)
		if (session_nr_steps(scenario_session(sc, i)))
			return scenario_session(sc, i);
	return scenario_nr_sessions(sc) ? scenario_session(sc, 0) : NULL;
}

static int open_scenario(struct source *source, const char *path, uint64_t seed,
			 const char *const *params, const struct app *app,
			 struct file_error *error)
{
	char *folder = lesson_folder_of_copy(path);
	const struct scenario_options options = {
		.record = true,
		.seed = seed ? seed : 1,
		.params = params,
		.folder = folder,
		.waiting = app ? app->waiting : NULL,
		.waiting_context = app ? app->waiting_context : NULL,
	};
	int code;

	source->seed = options.seed;
	source->scenario = scenario_run(path, &options);
	free(folder);
	if (!source->scenario)
		return fail(error, EXIT_LIMIT, "%s: not enough memory", path);
	code = scenario_exit_code(scenario_outcome(source->scenario));
	print_to(source->message, "%s", scenario_message(source->scenario));
	/* an expectation that failed can be looked at */
	if (code != EXIT_GOOD && code != EXIT_CHECK_FAILED)
		return fail(error, code, "%s", source->message);
	source->is_lesson = *scenario_title(source->scenario);
	source->session = choose_session(source->scenario);
	if (source->session)
		return EXIT_GOOD;
	return fail(error, EXIT_SCRIPT,
		    "%s: nothing to show: the scenario makes no machine; "
		    "machine{} makes one",
		    path);
}

static int open_graded(struct source *source, const char *path,
		       const struct options *o, struct file_error *error)
{
	enum grade_end end;

	source->view = grade_view_open(o->grade, path, o->property,
				       o->allow_no_isolation, &end, error->text,
				       sizeof(error->text));
	if (!source->view) /* if it was graded, there is nothing to see */
		return end == GRADE_END_GOOD ? EXIT_CHECK_FAILED :
					       grade_exit_code(end);
	source->session = grade_view_session(source->view);
	if (!grade_view_property(source->view))
		print_to(source->message, "%s", grade_view_text(source->view));
	return EXIT_GOOD;
}

int source_open(struct source *source, const char *path, uint64_t seed,
		const struct options *o, const struct app *app,
		struct file_error *error)
{
	const bool is_file = strcmp(path, "-") != 0;
	int code;

	*source = (struct source){ .session = NULL };
	if (o->grade)
		code = open_graded(source, path, o, error);
	else if (is_file && access(path, R_OK))
		code = fail(error, EXIT_FILE, "%s: %s", path, strerror(errno));
	else if (is_file && recording_is(path))
		code = open_recording(source, path, error);
	else if (!is_file || !open_report(source, path, &code, error))
		code = open_scenario(source, path, seed, o->set.values, app,
				     error);
	if (code != EXIT_GOOD) {
		source_close(source);
		return code;
	}
	set_title(source, path, o);
	/* for the panel that shows it, which does without */
	if (is_file && !source->recording && !source->is_report &&
	    !file_read(&source->text, path, MAX_TEXT, error))
		source->text.data = NULL;
	if (!source->view)
		session_seek(source->session, 0);
	return EXIT_GOOD;
}

void source_close(struct source *source)
{
	if ((source->recording || source->is_report) && source->session)
		session_free(source->session);
	if (source->scenario)
		scenario_free(source->scenario);
	recording_close(source->recording);
	grade_view_close(source->view);
	free(source->text.data);
	*source = (struct source){ .session = NULL };
}
