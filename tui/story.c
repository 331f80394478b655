/* SPDX-License-Identifier: GPL-2.0-or-later */
/* story: scenario or recording, then one session. */
#include "story.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "command.h"
#include "lua_host.h"
#include "recording.h"

struct story {
	struct session *session;
	bool owns_session; /* else the scenario does */
	struct scenario *scenario;
	char title[96];
	char message[512];
	struct marks marks;
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

static int open_recording(struct story *story, const char *path)
{
	struct file_error error;
	struct recording *r = recording_open(path, &error);
	struct machine m = { .region = NULL };
	bool played;

	if (!r) {
		cli_error("%s", error.text);
		return EXIT_FILE;
	}
	if (!recording_machine(r, &m, &error)) {
		cli_error("%s", error.text);
		recording_close(r);
		return EXIT_FILE;
	}
	story->session = session_new(&m, true);
	if (!story->session) {
		arena_destroy(&m);
		recording_close(r);
		cli_error("%s: not enough memory", path);
		return EXIT_LIMIT;
	}
	story->owns_session = true;
	played = recording_play(r, story->session, 0, recording_nr_ops(r));
	if (!played)
		snprintf(story->message, sizeof(story->message),
			 "the recording stops here: an operation was refused");
	recording_close(r);
	return EXIT_GOOD;
}

static int exit_code_of(enum scenario_outcome outcome)
{
	switch (outcome) {
	case SCENARIO_OK:
	case SCENARIO_EXPECT_FAILED:
		return EXIT_GOOD;
	case SCENARIO_WRONG:
		return EXIT_SCRIPT;
	case SCENARIO_LIMIT:
		return EXIT_LIMIT;
	case SCENARIO_FILE:
		return EXIT_FILE;
	default:
		return EXIT_INTERNAL;
	}
}

/* The first machine on which something happened, else the first. */
static struct session *choose_session(const struct scenario *sc)
{
	for (uint32_t i = 0; i < scenario_nr_sessions(sc); i++)
		if (session_nr_steps(scenario_session(sc, i)))
			return scenario_session(sc, i);
	return scenario_nr_sessions(sc) ? scenario_session(sc, 0) : NULL;
}

static int open_scenario(struct story *story, const char *path)
{
	const struct scenario_options options = { .record = true, .seed = 1 };
	int code;

	story->scenario = scenario_run(path, &options);
	if (!story->scenario) {
		cli_error("%s: not enough memory", path);
		return EXIT_LIMIT;
	}
	code = exit_code_of(scenario_outcome(story->scenario));
	snprintf(story->message, sizeof(story->message), "%s",
		 scenario_message(story->scenario));
	if (code != EXIT_GOOD) {
		cli_error("%s", story->message);
		return code;
	}
	story->session = choose_session(story->scenario);
	if (story->session)
		return EXIT_GOOD;
	cli_error("%s: the scenario makes no machine, so there is nothing to "
		  "show; machine{} makes one",
		  path);
	return EXIT_SCRIPT;
}

struct story *story_open(const char *path, int *exit_code)
{
	struct story *story = calloc(1, sizeof(*story));

	if (!story) {
		cli_error("%s: not enough memory", path);
		*exit_code = EXIT_LIMIT;
		return NULL;
	}
	if (strcmp(path, "-") && access(path, R_OK)) {
		cli_error("%s: %s", path, strerror(errno));
		*exit_code = EXIT_FILE;
		free(story);
		return NULL;
	}
	title_from_path(story, path);
	*exit_code = strcmp(path, "-") && recording_is(path) ?
			     open_recording(story, path) :
			     open_scenario(story, path);
	if (*exit_code != EXIT_GOOD) {
		story_close(story);
		return NULL;
	}
	marks_make(&story->marks, story->session);
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

const struct marks *story_marks(const struct story *story)
{
	return &story->marks;
}

const char *story_message(const struct story *story)
{
	return story->message;
}
