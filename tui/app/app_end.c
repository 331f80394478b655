/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * app_end: the end card, which follows the last step of a lesson, and the
 * progress that the host records.
 */
#include "app/app_private.h"
#include "model/exercise.h"

/* Only lessons have one. */
static bool has_card(const struct app *app)
{
	return app->input.lesson || app->guide.nr_questions;
}

bool end_open(struct app *app)
{
	if (!has_card(app))
		return false;
	app->end = (struct end_card){ .guide = &app->guide,
				      .title = app->input.title,
				      .next = app->input.next,
				      .variant = app->input.variant };
	app->is_ended = true;
	app->recorded = PROGRESS_BEGUN; /* the score may be another one */
	return true;
}

/* -- keys ------------------------------------------------------------------ */

/* A copy that x has made before is edited itself. */
static enum app_effect exercise(struct app *app)
{
	const char *path = app->input.path;

	if (!path || !exercise_task(app->input.session)) {
		app_say(app, MESSAGE_no_exercise);
		return APP_DRAW;
	}
	return exercise_is_copy(path) ? APP_EDIT : APP_EXERCISE;
}

static enum app_effect variant(struct app *app)
{
	if (app->input.variant ||
	    exercise_variant(app->input.session, app->input.variant))
		return APP_VARIANT;
	app_say(app, MESSAGE_no_variant);
	return APP_DRAW;
}

static enum app_effect next_lesson(struct app *app)
{
	if (app->input.next)
		return APP_NEXT;
	app_say(app, MESSAGE_no_next);
	return APP_DRAW;
}

bool end_key(struct app *app, uint32_t key)
{
	const int rows = keymap_rows(key);

	app->effect = APP_DRAW;
	app->end.scroll += rows;
	/* Enter that was typed before the card was seen means the step */
	if (key == '\r')
		app->effect = app->early ? APP_DRAW : next_lesson(app);
	else if (key == 'x')
		app->effect = exercise(app);
	else if (key == 'v')
		app->effect = variant(app);
	else if (keymap_action(key) == ACTION_redraw)
		app->effect = APP_REDRAW;
	else if (!rows && keymap_action(key) != ACTION_none)
		return app->is_ended = false;
	return true;
}

/* -- progress -------------------------------------------------------------- */

/* A lesson is begun with its first step, and done with its end card. */
static struct progress reached(const struct app *app)
{
	const struct guide *g = &app->guide;
	struct progress p = { .state = PROGRESS_NONE };

	if (app->is_ended) {
		p.state = PROGRESS_DONE;
		p.nr_right = g->no_questions ? 0 : guide_nr_right(g);
		p.nr_asked = g->no_questions ? 0 : g->nr_questions;
	} else if (app->player.step) {
		p.state = has_card(app) || app->player.step <
						   app->player.nr_steps ?
				  PROGRESS_BEGUN :
				  PROGRESS_DONE;
	}
	return p;
}

void end_record(struct app *app)
{
	const struct progress p = reached(app);
	struct file_error error;

	if (p.state <= app->recorded)
		return;
	app->recorded = p.state;
	if (app->host && app->host->progress &&
	    !app->host->progress(app->host->context, &p, &error))
		app_say(app, "%s", error.text);
}

void end_scroll(struct app *app, int width, int height)
{
	const int room =
		app->is_ended ? end_card_room(&app->end, width, height) : 0;

	if (app->end.scroll > room)
		app->end.scroll = room;
	if (app->end.scroll < 0)
		app->end.scroll = 0;
}
