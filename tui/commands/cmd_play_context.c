/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_play_context: a source and an app, and what the app calls back for. */
#include <string.h>

#include "commands/cmd_play.h"
#include "commands/command.h"
#include "model/progress.h"

static struct app_input app_input_of(struct play_context *c)
{
	const struct grade_view *view = c->source.view;

	c->counterexample = (struct counterexample){ .step = UINT32_MAX };
	if (view && grade_view_property(view))
		c->counterexample = (struct counterexample){
			.property = grade_view_property(view),
			.text = grade_view_text(view),
			.assignment = c->options->grade,
			.step = grade_view_step(view),
		};
	return (struct app_input){
		.session = c->source.session,
		.title = c->source.title,
		.path = strcmp(c->path, "-") ? c->path : NULL,
		.message = c->source.message,
		.seed = c->source.seed,
		.params = view ? NULL : c->options->set.values,
		.assignment = c->options->grade,
	};
}

/* -- called by the app ----------------------------------------------------- */

static bool reload(void *context, uint64_t seed, struct app_input *input,
		   struct file_error *error)
{
	struct play_context *c = context;
	struct source fresh;

	if (source_open(&fresh, c->path, seed ? seed : c->source.seed,
			c->options, &c->app, error) != EXIT_GOOD)
		return false;
	c->before = c->source;
	c->source = fresh;
	c->predictions.seed = c->source.seed;
	*input = app_input_of(c);
	return true;
}

static void forget(void *context)
{
	struct play_context *c = context;

	source_close(&c->before);
}

static void answered(void *context, const struct note *question,
		     const char *given, const struct note *answer)
{
	struct play_context *c = context;

	if (c->predictions.log)
		predictions_answer(&c->predictions, question, given, answer);
}

static bool finished(void *context, struct file_error *error)
{
	const struct progress done = { .state = PROGRESS_DONE };
	struct play_context *c = context;

	return !c->lesson || progress_record(c->lesson, &done, error);
}

/* -- the context ----------------------------------------------------------- */

static bool open_log(struct play_context *c)
{
	c->predictions = (struct predictions){
		.log = c->options->log,
		.scenario = c->path,
		.seed = c->source.seed,
	};
	return !c->predictions.log || predictions_open(&c->predictions);
}

static void set_up(struct play_context *c)
{
	const struct options *o = c->options;
	struct app *app = &c->app;
	uint32_t step = 0;

	app->ascii = o->ascii || cli_ascii();
	app_say(app, "%s", cli_ascii_note(o).s);
	app->mouse = !o->no_mouse;
	app->theme = theme_from_name(o->theme);
	app->guide.no_questions = o->no_questions;
	app->view.reduced_motion = o->reduced_motion;
	if (c->counterexample.property) {
		app->view.counterexample = &c->counterexample;
		step = c->counterexample.step;
	}
	if (o->step != STEP_ABSENT)
		step = o->step;
	app_begin(app, step);
}

int play_context_init(struct play_context *c, const struct options *options,
		      const char *path, const char *lesson,
		      struct file_error *error)
{
	struct app_input input;
	int code;

	*c = (struct play_context){ .options = options,
				    .path = path,
				    .lesson = lesson,
				    .watch.fd = -1 };
	c->host = (struct app_host){ c, reload, forget, answered, finished };
	code = source_open(&c->source, path, options->seed, options, NULL,
			   error);
	if (code != EXIT_GOOD)
		return code;
	if (!open_log(c)) {
		/* the reason is on stderr already; the menu shows this */
		error_set(error, "%s cannot be written", c->predictions.log);
		source_close(&c->source);
		return EXIT_FILE;
	}
	input = app_input_of(c);
	if (!app_init(&c->app, &input, &c->host)) {
		error_set(error, "not enough memory");
		play_context_destroy(c);
		return EXIT_LIMIT;
	}
	set_up(c);
	return EXIT_GOOD;
}

void play_context_destroy(struct play_context *c)
{
	watch_close(&c->watch);
	if (c->predictions.log)
		predictions_close(&c->predictions);
	app_fini(&c->app);
	source_close(&c->source);
}
