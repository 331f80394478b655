/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_frame: `zonewalk frame` prints one screen as text, without a terminal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/command.h"
#include "screen/screen.h"
#include "commands/source.h"

enum { MAX_WIDTH = 1000, MAX_HEIGHT = 1000 };

/* What is printed, and how. */
struct frame_options {
	int width, height;
	bool ascii;
	uint32_t step;
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

static int print_frame(const struct source *source,
		       const struct frame_options *p, const struct options *o)
{
	const struct screen_status status = { .mode = "paused" };
	struct view_model *vm = malloc(sizeof(*vm));
	struct canvas canvas;
	struct landmarks landmarks;

	if (!vm || !canvas_init(&canvas, p->width, p->height, p->ascii)) {
		free(vm);
		return cli_no_memory("frame");
	}
	landmarks_build(&landmarks, source->session);
	session_seek(source->session, p->step);
	vm->view = &p->view;
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
		.step = o->step == STEP_ABSENT ? 0 : o->step,
	};
	struct file_error error;
	struct source source;
	int code = parse(o, &p);

	if (code != EXIT_GOOD)
		return code;
	code = source_open(&source, o->arguments[0], o->seed, o, NULL, &error);
	if (code != EXIT_GOOD)
		return cli_fail(code, "%s", error.text);
	if (source.message[0])
		cli_error("%s", source.message);
	code = print_frame(&source, &p, o);
	source_close(&source);
	return code;
}
