/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_frame: `zonewalk frame` prints one screen as text, without a terminal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "commands/source.h"
#include "export/colors.h"
#include "export/screenshot.h"
#include "search/matches.h"

enum { MAX_WIDTH = 1000, MAX_HEIGHT = 1000 };

static bool parse_size(const char *text, int *width, int *height)
{
	char after;

	return text[0] >= '0' && text[0] <= '9' &&
	       sscanf(text, "%4dx%4d%c", width, height, &after) == 2 &&
	       *width >= 1 && *width <= MAX_WIDTH && *height >= 1 &&
	       *height <= MAX_HEIGHT;
}

static int parse_view(const struct options *o, const char *command,
		      struct view_state *view)
{
	const char *bad;

	for (uint32_t i = 0; i < o->view.nr; i++)
		if (!view_from_text(view, o->view.values[i], &bad))
			return cli_usage(
				command,
				"--view: no such panel or word: \"%.*s\"; "
				"panels are source, map or -lists, words are "
				"presenter, enlarged or phase=3",
				(int)strcspn(bad, ","), bad);
	return EXIT_GOOD;
}

int cli_screenshot_options(const struct options *o, const char *command,
			   struct screenshot_options *p)
{
	*p = (struct screenshot_options){
		.width = 80,
		.height = 24,
		.ascii = o->ascii || cli_ascii(),
		.theme = theme_from_name(o->theme),
	};
	if (o->size && !parse_size(o->size, &p->width, &p->height))
		return cli_usage(command,
				 "--size: WIDTHxHEIGHT, at most %dx%d, is "
				 "expected: \"%s\"",
				 MAX_WIDTH, MAX_HEIGHT, o->size);
	if (p->theme == NR_THEMES)
		return cli_usage(command,
				 "--theme: auto, dark or light is expected: "
				 "\"%s\"",
				 o->theme);
	if (o->answers && !strcmp(o->answers, "shown"))
		p->answers = ANSWERS_SHOWN;
	else if (o->answers && !strcmp(o->answers, "hidden"))
		p->answers = ANSWERS_HIDDEN;
	else if (o->answers)
		return cli_usage(command,
				 "--answers: shown or hidden is expected: "
				 "\"%s\"",
				 o->answers);
	return parse_view(o, command, &p->view);
}

/* -- which step ------------------------------------------------------------ */

/* The first step from *@step on that @m, which it ends, finds. */
static bool find_from(struct matches *m, struct session *s, uint32_t *step)
{
	const uint32_t nr_steps = session_nr_steps(s);
	uint32_t found;

	while (!matches_scan(m, s, nr_steps, session_nr_notes(s)))
		;
	found = !*step && !matches_find(m, 1, -1, nr_steps) ?
			0 :
			matches_find(m, *step ? *step - 1 : 0, 1, nr_steps);
	matches_fini(m);
	if (found == NOWHERE)
		return false;
	*step = found;
	return true;
}

static int find(const struct options *o, struct session *s, uint32_t *step)
{
	struct matches m = { .bits = NULL };
	struct file_error error;

	if (!search_init(&m.search, session_machine(s), o->find, &error)) {
		matches_fini(&m);
		return cli_usage("frame", "--find: %s", error.text);
	}
	if (!matches_begin(&m, s))
		return cli_no_memory("frame");
	if (!find_from(&m, s, step))
		return cli_fail(EXIT_CHECK_FAILED,
				"frame: --find: no step from %u on has \"%s\"",
				*step, o->find);
	return EXIT_GOOD;
}

static int choose_step(const struct options *o, const struct source *source,
		       uint32_t *step)
{
	const uint32_t nr = session_nr_requests(source->session);

	*step = o->step != STEP_ABSENT ? o->step :
		o->find && !o->request ? 0 :
					 source->step;
	if (o->request && o->step != STEP_ABSENT)
		return cli_usage("frame",
				 "--step and --request exclude each other");
	if (o->request > nr)
		return cli_usage("frame",
				 "--request: there are %u requests: %llu", nr,
				 (unsigned long long)o->request);
	if (o->request)
		*step = session_get_request(source->session,
					    (uint32_t)o->request - 1)
				->first_step;
	return o->find ? find(o, source->session, step) : EXIT_GOOD;
}

/* -- the frame ------------------------------------------------------------- */

static int print_frame(const struct source *source,
		       const struct screenshot_options *options,
		       const struct options *o, uint32_t step)
{
	/* the answers of a lesson are its reader's to find */
	const bool answers =
		options->answers == ANSWERS_SHOWN ||
		(options->answers == ANSWERS_DEFAULT && !source->is_lesson);
	struct screenshot p = { .session = source->session,
				.title = source->title,
				.view.scenario = source->text.data };
	struct export_place place;
	int code = EXIT_GOOD;

	if (screenshot_init(&p, options)) {
		place = place_at_step(&p.guide, step, answers);
		place.choice = options->view.notes.choice;
		screenshot_draw(&p, &place);
		if (o->color && !o->no_color) {
			canvas_dump_ansi(&p.canvas, options->theme, "\n",
					 stdout);
			putchar('\n');
		} else {
			canvas_dump(&p.canvas, stdout);
		}
		if (p.canvas.nr_unknown && !o->ascii)
			cli_error("frame: %s", cli_ascii_note(o).s);
	} else {
		code = cli_no_memory("frame");
	}
	screenshot_destroy(&p);
	return code;
}

int cmd_frame(const struct options *o)
{
	struct screenshot_options options;
	struct file_error error;
	struct source source;
	uint32_t step;
	int code = cli_screenshot_options(o, "frame", &options);

	if (code != EXIT_GOOD)
		return code;
	code = source_open(&source, o->arguments[0], o->seed, o, NULL, &error);
	if (code != EXIT_GOOD)
		return cli_fail(code, "%s", error.text);
	if (source.message[0])
		cli_error("%s", source.message);
	code = choose_step(o, &source, &step);
	if (code == EXIT_GOOD)
		code = print_frame(&source, &options, o, step);
	source_close(&source);
	return code;
}
