/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zonewalk frame: the screen at a step, as text. No terminal is needed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/cmd_arguments.h"
#include "commands/command.h"
#include "views/layout.h"
#include "commands/source.h"

struct frame_options {
	const char *path;
	struct story_arguments story;
	int width;
	int height;
	bool ascii;
	struct view_state view;
};

enum { MAX_WIDTH = 1000, MAX_HEIGHT = 1000 };

static bool parse_size(const char *text, int *width, int *height)
{
	char after;

	return text[0] >= '0' && text[0] <= '9' &&
	       sscanf(text, "%4dx%4d%c", width, height, &after) == 2 &&
	       *width >= 1 && *width <= MAX_WIDTH && *height >= 1 &&
	       *height <= MAX_HEIGHT;
}

static int parse_view(struct frame_options *o, const char *value)
{
	const char *bad;

	if (view_from_text(&o->view, value, &bad))
		return EXIT_GOOD;
	return cli_usage("frame",
			 "--view \"%s\": what is \"%.*s\"? Panels, as "
			 "source, map or -lists, and words as presenter, "
			 "enlarged, phase=3",
			 value, (int)strcspn(bad, ","), bad);
}

static int parse_option(void *context, int option, const char *value)
{
	struct frame_options *o = context;

	switch (option) {
	case 's':
		return arguments_step(&o->story, "frame", value);
	case 'S':
		return arguments_seed(&o->story, "frame", value);
	case 'p':
		return arguments_set(&o->story, "frame", value);
	case 'z':
		if (parse_size(value, &o->width, &o->height))
			return EXIT_GOOD;
		return cli_usage("frame",
				 "--size \"%s\": columns and rows, as "
				 "80x24, at most %dx%d",
				 value, MAX_WIDTH, MAX_HEIGHT);
	case 'v':
		return parse_view(o, value);
	case 'a':
		o->ascii = true;
		return EXIT_GOOD;
	default: /* a picture as text has no colour anyway */
		return EXIT_GOOD;
	}
}

static int parse_options(int argc, char **argv, struct frame_options *o)
{
	static const struct option options[] = {
		{ "step", required_argument, NULL, 's' },
		{ "seed", required_argument, NULL, 'S' },
		{ "set", required_argument, NULL, 'p' },
		{ "size", required_argument, NULL, 'z' },
		{ "view", required_argument, NULL, 'v' },
		{ "ascii", no_argument, NULL, 'a' },
		{ "no-color", no_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	int code;

	code = cli_options(argc, argv, "frame", ":", options, parse_option, o);
	if (code != EXIT_GOOD)
		return code;
	if (argc - optind != 1)
		return cli_usage("frame", "one FILE, not %d", argc - optind);
	o->path = argv[optind];
	return EXIT_GOOD;
}

static int print_frame(const struct story *story, const struct frame_options *o)
{
	const struct screen_status status = { .mode = "paused" };
	struct view_model *frame = malloc(sizeof(*frame));
	struct canvas canvas;

	if (!frame || !canvas_init(&canvas, o->width, o->height, o->ascii)) {
		free(frame);
		cli_error("frame: not enough memory");
		return EXIT_LIMIT;
	}
	session_seek(story_session(story), o->story.step);
	view_model_build(frame, story_session(story), story_title(story),
			 story_marks(story));
	if (o->width < SCREEN_MIN_WIDTH || o->height < SCREEN_MIN_HEIGHT)
		canvas.height = 1; /* one line says what is needed */
	screen_draw(&canvas, frame, &o->view, &status);
	canvas_dump(&canvas, stdout);
	canvas_fini(&canvas);
	free(frame);
	return EXIT_GOOD;
}

int cmd_frame(int argc, char **argv)
{
	struct frame_options o = {
		.width = 80,
		.height = 24,
		.ascii = arguments_ascii(),
	};
	int code = parse_options(argc, argv, &o);
	const struct story_options options = { .seed = o.story.seed,
					       .params = o.story.params };
	struct story_error error;
	struct story *story;

	if (code != EXIT_GOOD)
		return code;
	story = story_open(o.path, &options, &error);
	if (!story) {
		cli_error("%s", error.text);
		return error.exit_code;
	}
	if (story_message(story)[0])
		cli_error("%s", story_message(story));
	code = print_frame(story, &o);
	story_close(story);
	return code;
}
