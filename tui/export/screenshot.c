/* SPDX-License-Identifier: GPL-2.0-or-later */
/* screenshot: a screen without a terminal. */
#include "export/screenshot.h"

#include <stdlib.h>

#include "search/search.h"

bool screenshot_init(struct screenshot *p,
		     const struct screenshot_options *options)
{
	const char *scenario = p->view.scenario;

	p->view = options->view;
	p->view.scenario = scenario;
	p->vm = malloc(sizeof(*p->vm));
	if (!canvas_init(&p->canvas, options->width, options->height,
			 options->ascii) ||
	    !p->vm || !guide_init(&p->guide, p->session))
		return false;
	landmarks_build(&p->landmarks, p->session);
	return true;
}

void screenshot_destroy(struct screenshot *p)
{
	guide_destroy(&p->guide);
	canvas_fini(&p->canvas);
	free(p->vm);
	p->vm = NULL;
}

void screenshot_draw(struct screenshot *p, const struct export_place *place)
{
	struct screen_status status = { .mode = "paused" };
	struct notes_state *notes = &p->view.notes;
	struct canvas *c = &p->canvas;

	for (uint32_t i = 0; i < p->guide.nr_questions; i++)
		p->guide.questions[i].state =
			i < place->nr_asked ? QUESTION_SKIPPED : QUESTION_OPEN;
	notes->guide = &p->guide;
	notes->note = place->place.note;
	notes->choice = place->choice;
	notes->feedback = place->feedback == NO_QUESTION ?
				  NULL :
				  &p->guide.questions[place->feedback];
	session_seek(p->session, place->place.step);
	if (refused_request(p->session, place->place.step,
			    guide_limit(&p->guide)) != UINT32_MAX)
		status.bar = BAR_refused;
	p->vm->view = &p->view;
	view_model_build(p->vm, p->session, p->title, &p->landmarks);
	if (c->width < SCREEN_MIN_WIDTH || c->height < SCREEN_MIN_HEIGHT)
		c->height = 1;
	canvas_clear(c);
	screen_draw(c, p->vm, &status);
}
