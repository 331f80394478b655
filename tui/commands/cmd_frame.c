/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_frame: `zonewalk frame` prints one screen as text, without a terminal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "model/guide.h"
#include "screen/screen.h"
#include "commands/source.h"
#include "search/search.h"

enum { MAX_WIDTH = 1000, MAX_HEIGHT = 1000 };

/* What is printed, and how. */
struct frame_options {
	int width, height;
	bool ascii;
	uint32_t step;
	enum { ANSWERS_DEFAULT, ANSWERS_SHOWN, ANSWERS_HIDDEN } answers;
	struct view_state view;
};

static bool parse_size(const char *text, int *width, int *height)
{
	char after;

	return text[0] >= '0' && text[0] <= '9' &&
	       sscanf(text, "%4dx%4d%c", width, height, &after) == 2 &&
	       *width >= 1 && *width <= MAX_WIDTH && *height >= 1 &&
	       *height <= MAX_HEIGHT;
}

static int parse(const struct options *o, struct frame_options *p)
{
	const char *bad;

	if (o->size && !parse_size(o->size, &p->width, &p->height))
		return cli_usage("frame",
				 "--size: WIDTHxHEIGHT, at most %dx%d, is "
				 "expected: \"%s\"",
				 MAX_WIDTH, MAX_HEIGHT, o->size);
	if (o->answers && !strcmp(o->answers, "shown"))
		p->answers = ANSWERS_SHOWN;
	else if (o->answers && !strcmp(o->answers, "hidden"))
		p->answers = ANSWERS_HIDDEN;
	else if (o->answers)
		return cli_usage("frame",
				 "--answers: shown or hidden is expected: "
				 "\"%s\"",
				 o->answers);
	for (uint32_t i = 0; i < o->view.nr; i++)
		if (!view_from_text(&p->view, o->view.values[i], &bad))
			return cli_usage(
				"frame",
				"--view: no such panel or word: \"%.*s\"; "
				"panels are source, map or -lists, words are "
				"presenter, enlarged or phase=3",
				(int)strcspn(bad, ","), bad);
	return EXIT_GOOD;
}

/*
 * The questions before the step are skipped. One that stands at it is open,
 * or with @shown skipped, too, and its answer is shown.
 */
static void set_notes(struct guide *g, struct view_state *view, uint32_t step,
		      bool shown)
{
	struct place place;

	guide_skip(g, step + shown);
	place = step ? guide_place(g, step) : guide_begin(g);
	view->notes.guide = g;
	view->notes.note = place.note;
	for (uint32_t i = 0; shown && i < g->nr_questions; i++)
		if (g->questions[i].decides == step)
			view->notes.feedback = &g->questions[i];
}

static int print_frame(const struct source *source,
		       const struct frame_options *p, const struct options *o,
		       struct guide *guide)
{
	struct screen_status status = { .mode = "paused" };
	struct view_model *vm = malloc(sizeof(*vm));
	struct canvas canvas;
	struct view_state view = p->view;
	struct landmarks landmarks;

	if (!vm || !canvas_init(&canvas, p->width, p->height, p->ascii)) {
		free(vm);
		return cli_no_memory("frame");
	}
	landmarks_build(&landmarks, source->session);
	session_seek(source->session, p->step);
	/* those of a lesson are its reader's to find */
	set_notes(guide, &view, session_step(source->session),
		  p->answers == ANSWERS_SHOWN ||
			  (p->answers == ANSWERS_DEFAULT &&
			   !source->is_lesson));
	view.scenario = source->text.data;
	vm->view = &view;
	if (refused_request(source->session, session_step(source->session),
			    guide_limit(guide)) != UINT32_MAX)
		status.bar = BAR_refused;
	view_model_build(vm, source->session, source->title, &landmarks);
	if (p->width < SCREEN_MIN_WIDTH || p->height < SCREEN_MIN_HEIGHT)
		canvas.height = 1; /* one line says what is needed */
	screen_draw(&canvas, vm, &status);
	canvas_dump(&canvas, stdout);
	if (canvas.nr_unknown && !o->ascii)
		cli_error("frame: %s", cli_ascii_note(o).s);
	canvas_fini(&canvas);
	free(vm);
	return EXIT_GOOD;
}

int cmd_frame(const struct options *o)
{
	struct frame_options p = {
		.width = 80,
		.height = 24,
		.ascii = o->ascii || cli_ascii(),
		.step = o->step,
	};
	struct file_error error;
	struct source source;
	struct guide guide;
	int code = parse(o, &p);

	if (code != EXIT_GOOD)
		return code;
	code = source_open(&source, o->arguments[0], o->seed, o, NULL, &error);
	if (code != EXIT_GOOD)
		return cli_fail(code, "%s", error.text);
	if (p.step == STEP_ABSENT)
		p.step = source.step;
	if (source.message[0])
		cli_error("%s", source.message);
	if (guide_init(&guide, source.session)) {
		code = print_frame(&source, &p, o, &guide);
		guide_destroy(&guide);
	} else {
		code = cli_no_memory("frame");
	}
	source_close(&source);
	return code;
}
