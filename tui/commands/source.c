/* SPDX-License-Identifier: GPL-2.0-or-later */
/* story: scenario or recording, then one session. */
#include "commands/source.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/arena.h"
#include "commands/command.h"
#include "lua/scenario.h"
#include "replay/recording.h"

struct story {
	struct session *session;
	bool owns_session; /* else the scenario does */
	struct scenario *scenario;
	struct recording *recording;
	uint64_t seed;
	char title[96];
	char message[512];
	struct landmarks landmarks;
};

/* "scenarios/02-split.lua" is "02 split". */
static void title_from_path(struct story *story, const char *path)
{
	const char *base = strrchr(path, '/');
	char *dot;

	snprintf(story->title, sizeof(story->title), "%s",
		 base ? base + 1 : path);
	dot = strrchr(story->title, '.');
	if (dot && dot != story->title)
		*dot = '\0';
	for (char *c = story->title; *c; c++)
		if (*c == '-' || *c == '_')
			*c = ' ';
}

static int fail(struct story_error *error, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static int fail(struct story_error *error, int code, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(error->text, sizeof(error->text), format, arguments);
	va_end(arguments);
	error->exit_code = code;
	return code;
}

static int open_recording(struct story *story, const char *path,
			  struct story_error *error)
{
	struct file_error wrong;
	struct machine m = { .region = NULL };
	bool played;

	/* kept: the requests name its file */
	story->recording = recording_open(path, &wrong);
	if (!story->recording ||
	    !recording_machine(story->recording, &m, &wrong))
		return fail(error, EXIT_FILE, "%s", wrong.text);
	story->session = session_new(&m, true);
	if (!story->session) {
		arena_destroy(&m);
		return fail(error, EXIT_LIMIT, "%s: not enough memory", path);
	}
	story->owns_session = true;
	played = recording_play(story->recording, story->session, 0,
				recording_nr_ops(story->recording));
	if (!played)
		snprintf(story->message, sizeof(story->message),
			 "the recording stops here: an operation was refused");
	return EXIT_GOOD;
}

int scenario_exit_code(enum scenario_outcome outcome)
{
	switch (outcome) {
	case SCENARIO_OK:
		return EXIT_GOOD;
	case SCENARIO_EXPECT_FAILED:
		return EXIT_CHECK_FAILED;
	case SCENARIO_WRONG:
	case SCENARIO_CRASHED:
		return EXIT_SCRIPT;
	case SCENARIO_LIMIT:
	case SCENARIO_KILLED:
		return EXIT_LIMIT;
	case SCENARIO_FILE:
		return EXIT_FILE;
	case SCENARIO_ISOLATION:
		return EXIT_ISOLATION;
	case SCENARIO_INTERNAL:
	case NR_SCENARIO_OUTCOMES:
		break;
	}
	return EXIT_INTERNAL;
}

/* The first machine on which something happened, else the first. */
static struct session *choose_session(const struct scenario *sc)
{
	for (uint32_t i = 0; i < scenario_nr_sessions(sc); i++)
		if (session_nr_steps(scenario_session(sc, i)))
			return scenario_session(sc, i);
	return scenario_nr_sessions(sc) ? scenario_session(sc, 0) : NULL;
}

static int open_scenario(struct story *story, const char *path,
			 const struct story_options *options,
			 struct story_error *error)
{
	const struct scenario_options run = {
		.record = true,
		.seed = options->seed ? options->seed : 1,
		.params = options->params,
	};
	int code;

	story->seed = run.seed;
	story->scenario = scenario_run(path, &run);
	if (!story->scenario)
		return fail(error, EXIT_LIMIT, "%s: not enough memory", path);
	code = scenario_exit_code(scenario_outcome(story->scenario));
	snprintf(story->message, sizeof(story->message), "%s",
		 scenario_message(story->scenario));
	/* an expectation that failed can be looked at */
	if (code != EXIT_GOOD && code != EXIT_CHECK_FAILED)
		return fail(error, code, "%s", story->message);
	story->session = choose_session(story->scenario);
	if (story->session)
		return EXIT_GOOD;
	return fail(error, EXIT_SCRIPT,
		    "%s: the scenario makes no machine, so there is nothing "
		    "to show; machine{} makes one",
		    path);
}

struct story *story_open(const char *path, const struct story_options *options,
			 struct story_error *error)
{
	struct story *story = calloc(1, sizeof(*story));
	int code;

	if (!story) {
		fail(error, EXIT_LIMIT, "%s: not enough memory", path);
		return NULL;
	}
	if (strcmp(path, "-") && access(path, R_OK)) {
		fail(error, EXIT_FILE, "%s: %s", path, strerror(errno));
		free(story);
		return NULL;
	}
	title_from_path(story, path);
	code = strcmp(path, "-") && recording_is(path) ?
		       open_recording(story, path, error) :
		       open_scenario(story, path, options, error);
	if (code != EXIT_GOOD) {
		story_close(story);
		return NULL;
	}
	landmarks_build(&story->landmarks, story->session);
	session_seek(story->session, 0);
	return story;
}

void story_close(struct story *story)
{
	if (!story)
		return;
	if (story->owns_session)
		session_free(story->session);
	if (story->scenario)
		scenario_free(story->scenario);
	recording_close(story->recording);
	free(story);
}

struct session *story_session(const struct story *story)
{
	return story->session;
}

const char *story_title(const struct story *story)
{
	return story->title;
}

const struct landmarks *story_marks(const struct story *story)
{
	return &story->landmarks;
}

const char *story_message(const struct story *story)
{
	return story->message;
}

uint64_t story_seed(const struct story *story)
{
	return story->seed;
}
