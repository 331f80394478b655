/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_play_context: a source and an app, and what the app calls back for. */
#include <errno.h>
#include <stdlib.h>
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
			.assignment = c->options.grade,
			.step = grade_view_step(view),
		};
	return (struct app_input){
		.session = c->source.session,
		.title = c->source.title,
		.text = c->source.text.data,
		.path = strcmp(c->path, "-") ? c->path : NULL,
		.message = c->source.message,
		.lesson = c->source.scenario &&
					  *scenario_title(c->source.scenario) ?
				  scenario_title(c->source.scenario) :
				  NULL,
		.next = *c->next.s ? c->next.s : NULL,
		.variant = c->variant,
		.seed = c->source.seed,
		.params = view ? NULL : c->options.set.values,
		.assignment = c->options.grade,
	};
}

/* -- called by the app ----------------------------------------------------- */

static bool reload(void *context, uint64_t seed, struct app_input *input,
		   struct file_error *error)
{
	struct play_context *c = context;
	struct source fresh;

	if (source_open(&fresh, c->path, seed ? seed : c->source.seed,
			&c->options, &c->app, error) != EXIT_GOOD)
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

static bool progress(void *context, const struct progress *reached,
		     struct file_error *error)
{
	struct play_context *c = context;

	return !c->lesson || progress_record(c->lesson, reached, error);
}

/* -- the context ----------------------------------------------------------- */

static bool open_log(struct play_context *c)
{
	c->predictions = (struct predictions){
		.log = c->options.log,
		.scenario = c->path,
		.seed = c->source.seed,
	};
	return !c->predictions.log || predictions_open(&c->predictions);
}

static void set_up(struct play_context *c)
{
	const struct options *o = &c->options;
	struct app *app = &c->app;
	uint32_t step = c->source.step;

	app->ascii = o->ascii || cli_ascii();
	app_say(app, "%s", cli_ascii_note(o).s);
	app->mouse = !o->no_mouse;
	app->welcome = !o->plain && !progress_exists();
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

/* The options of the command line, and what @item has beside them. */
static bool set_options(struct play_context *c, const struct play_item *item)
{
	struct options *o = &c->options;
	struct option_list *set = &o->set;
	uint64_t seed;

	if (item->is_exercise)
		o->no_questions = true;
	if (!item->variant)
		return true;
	c->variant = strdup(item->variant);
	if (!c->variant)
		return false;
	if (!strncmp(c->variant, "seed=", 5) &&
	    read_number(c->variant + 5, UINT64_MAX - 1, &seed))
		o->seed = seed;
	else if (set->nr < MAX_OPTION_VALUES)
		set->values[set->nr++] = c->variant;
	return true;
}

static int fail(struct play_context *c, int code)
{
	play_context_destroy(c);
	return code;
}

int play_context_init(struct play_context *c, const struct options *options,
		      const struct play_item *item, struct file_error *error)
{
	struct app_input input;
	int code;

	*c = (struct play_context){ .options = *options,
				    .path = strdup(item->path),
				    .lesson = item->lesson,
				    .next = text_of(
					    "%s", item->next ? item->next : ""),
				    .watch.fd = -1 };
	c->host = (struct app_host){ c, reload, forget, answered, progress };
	error_set(error, MESSAGE_no_memory);
	if (!c->path || !set_options(c, item))
		return fail(c, EXIT_LIMIT);
	code = source_open(&c->source, c->path, c->options.seed, &c->options,
			   NULL, error);
	if (code != EXIT_GOOD)
		return fail(c, code);
	if (!open_log(c)) {
		/* the reason is on stderr already; the menu shows this */
		error_set(error, "%s cannot be written", c->predictions.log);
		c->predictions.log = NULL;
		return fail(c, EXIT_FILE);
	}
	input = app_input_of(c);
	if (!app_init(&c->app, &input, &c->host))
		return fail(c, EXIT_LIMIT);
	if (options->watch && !watch_open(&c->watch, c->path)) {
		error_set(error, "play: --watch %s: %s", c->path,
			  strerror(errno));
		return fail(c, EXIT_FILE);
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
	free(c->path);
	free(c->variant);
}
