/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_stage: a story and an app, and what the app asks of us. */
#include <stdlib.h>
#include <string.h>

#include "commands/cmd_play.h"
#include "commands/command.h"
#include "commands/lesson_list.h"
#include "model/progress.h"

/* -- what is played -------------------------------------------------------- */

static const int grade_codes[] = {
	/* graded, and there is nothing to see */
	[GRADE_END_GOOD] = EXIT_CHECK_FAILED,
	[GRADE_END_ASSIGNMENT] = EXIT_SCRIPT,
	[GRADE_END_FILE] = EXIT_FILE,
	[GRADE_END_ONLY] = EXIT_USAGE,
	[GRADE_END_ISOLATION] = EXIT_ISOLATION,
	[GRADE_END_INTERNAL] = EXIT_INTERNAL,
};

static bool open_graded(const struct stage *stage, struct opened *opened,
			struct story_error *error)
{
	const struct play_options *o = stage->options;
	enum grade_end end;

	opened->view = grade_view_open(o->assignment, stage->path, o->property,
				       o->allow_no_isolation, &end, error->text,
				       sizeof(error->text));
	error->exit_code = grade_codes[end];
	return opened->view;
}

static bool open_it(const struct stage *stage, uint64_t seed,
		    struct opened *opened, struct story_error *error)
{
	const struct story_options how = {
		.seed = seed,
		.params = stage->options->story.params,
	};

	*opened = (struct opened){ .story = NULL };
	if (stage->options->assignment)
		return open_graded(stage, opened, error);
	opened->story = story_open(stage->path, &how, error);
	return opened->story;
}

static void close_it(struct opened *opened)
{
	story_close(opened->story);
	grade_view_close(opened->view);
	*opened = (struct opened){ .story = NULL };
}

/* The property's name stands before its text: "P1: what it asks". */
static void read_witness(struct stage *stage)
{
	const char *text = grade_view_text(stage->now.view);
	const char *colon = strstr(text, ": ");

	stage->counterexample = (struct counterexample){ .step = UINT32_MAX };
	if (!colon)
		return;
	snprintf(stage->property, sizeof(stage->property), "%.*s",
		 (int)(colon - text), text);
	stage->counterexample = (struct counterexample){
		.property = stage->property,
		.text = colon + 2,
		.assignment = stage->options->assignment,
		.step = grade_view_step(stage->now.view),
	};
}

static uint64_t seed_of(const struct stage *stage)
{
	return stage->now.story ? story_seed(stage->now.story) : 0;
}

static struct app_input app_input_of(struct stage *stage)
{
	const char *path = strcmp(stage->path, "-") ? stage->path : NULL;
	const char *base = strrchr(stage->path, '/');

	if (!stage->now.view)
		return (struct app_input){
			.session = story_session(stage->now.story),
			.title = story_title(stage->now.story),
			.path = path,
			.message = story_message(stage->now.story),
			.seed = seed_of(stage),
			.params = stage->options->story.params,
		};
	read_witness(stage);
	snprintf(stage->title, sizeof(stage->title), "%s",
		 base ? base + 1 : stage->path);
	return (struct app_input){
		.session = grade_view_session(stage->now.view),
		.title = stage->title,
		.path = path,
		.assignment = stage->options->assignment,
		.message = stage->counterexample.property ?
				   "" :
				   grade_view_text(stage->now.view),
	};
}

/* -- what the app asks ----------------------------------------------------- */

static bool reload(void *context, uint64_t seed, struct app_input *input,
		   char *message, size_t size)
{
	struct stage *stage = context;
	struct story_error error;
	struct opened fresh;

	if (!open_it(stage, seed ? seed : seed_of(stage), &fresh, &error)) {
		snprintf(message, size, "%s", error.text);
		return false;
	}
	stage->before = stage->now;
	stage->now = fresh;
	stage->predictions.seed = seed_of(stage);
	*input = app_input_of(stage);
	return true;
}

static void forget(void *context)
{
	struct stage *stage = context;

	close_it(&stage->before);
}

static void answered(void *context, const struct note *question,
		     const char *given, const struct note *answer)
{
	struct stage *stage = context;

	if (!stage->predictions.log)
		return;
	predictions_note(&stage->predictions, question);
	prediction_give(&stage->predictions.now, given);
	predictions_note(&stage->predictions, answer);
}

static bool finished(void *context, char *message, size_t size)
{
	struct stage *stage = context;

	return !stage->lesson ||
	       progress_set_done(stage->lesson, message, size);
}

static bool open_log(struct stage *stage, struct story_error *error)
{
	stage->predictions = (struct predictions){
		.log = stage->options->log,
		.scenario = stage->path,
		.seed = seed_of(stage),
	};
	if (!stage->predictions.log || predictions_open(&stage->predictions))
		return true;
	/* told already; the menu needs a text of its own */
	error->exit_code = EXIT_FILE;
	snprintf(error->text, sizeof(error->text), "%s cannot be written",
		 stage->predictions.log);
	return false;
}

static void set_up(struct stage *stage)
{
	const struct play_options *o = stage->options;
	struct app *app = &stage->app;

	app->ascii = o->ascii;
	app->mouse = o->mouse;
	app->no_questions = o->no_questions;
	app->view.reduced_motion = o->reduced_motion;
	if (stage->counterexample.property) {
		app->view.counterexample = &stage->counterexample;
		player_goto(&app->player, stage->counterexample.step);
	}
	if (o->story.has_step)
		player_goto(&app->player, o->story.step);
}

bool stage_open(struct stage *stage, const struct play_options *options,
		const char *path, const char *lesson, struct story_error *error)
{
	struct app_input input;

	*stage = (struct stage){ .options = options,
				 .path = path,
				 .lesson = lesson,
				 .watch.fd = -1 };
	stage->host =
		(struct app_host){ stage, reload, forget, answered, finished };
	if (!open_it(stage, options->story.seed, &stage->now, error))
		return false;
	if (!open_log(stage, error)) {
		close_it(&stage->now);
		return false;
	}
	input = app_input_of(stage);
	if (!app_init(&stage->app, &input, &stage->host)) {
		error->exit_code = EXIT_LIMIT;
		snprintf(error->text, sizeof(error->text), "not enough memory");
		stage_close(stage);
		return false;
	}
	set_up(stage);
	return true;
}

void stage_close(struct stage *stage)
{
	watch_close(&stage->watch);
	if (stage->predictions.log)
		predictions_close(&stage->predictions);
	app_fini(&stage->app);
	close_it(&stage->now);
}
