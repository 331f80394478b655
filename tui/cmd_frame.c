/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zonewalk frame: the screen at a step, as text. No terminal is needed. */
#include <errno.h>
#include <getopt.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "layout.h"
#include "story.h"

struct frame_options {
	const char *path;
	uint32_t step;
	int width;
	int height;
	bool ascii;
};

enum { MAX_WIDTH = 1000, MAX_HEIGHT = 1000 };

static bool parse_step(const char *text, uint32_t *step)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end)
		return false;
	/* beyond the end is the last step */
	*step = errno || value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
	return true;
}

static bool parse_size(const char *text, int *width, int *height)
{
	char after;

	return text[0] >= '0' && text[0] <= '9' &&
	       sscanf(text, "%4dx%4d%c", width, height, &after) == 2 &&
	       *width >= 1 && *width <= MAX_WIDTH && *height >= 1 &&
	       *height <= MAX_HEIGHT;
}

static int parse_options(int argc, char **argv, struct frame_options *o)
{
	static const struct option options[] = {
		{ "step", required_argument, NULL, 's' },
		{ "size", required_argument, NULL, 'z' },
		{ "ascii", no_argument, NULL, 'a' },
		{ "no-color", no_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 's' && !parse_step(optarg, &o->step))
			return cli_usage("frame",
					 "frame: --step \"%s\": a number, "
					 "from 0 on",
					 optarg);
		if (c == 'z' && !parse_size(optarg, &o->width, &o->height))
			return cli_usage("frame",
					 "frame: --size \"%s\": columns and "
					 "rows, as 80x24, at most %dx%d",
					 optarg, MAX_WIDTH, MAX_HEIGHT);
		if (c == 'a')
			o->ascii = true;
		if (c == ':')
			return cli_usage("frame", "frame: %s: its value is "
					 "missing", argv[optind - 1]);
		if (c == '?')
			return cli_usage("frame", "frame: %s: no such option",
					 argv[optind - 1]);
	}
	if (argc - optind != 1)
		return cli_usage("frame", "frame: one FILE, not %d",
				 argc - optind);
	o->path = argv[optind];
	return EXIT_GOOD;
}

static int print_frame(const struct story *story,
		       const struct frame_options *o)
{
	const struct screen_status status = { .mode = "paused" };
	const struct layout_choice choice = { .focus = 0 };
	struct frame *frame = malloc(sizeof(*frame));
	struct canvas canvas;

	if (!frame ||
	    !canvas_init(&canvas, o->width, o->height, o->ascii)) {
		free(frame);
		cli_error("frame: not enough memory");
		return EXIT_LIMIT;
	}
	session_seek(story_session(story), o->step);
	frame_make(frame, story_session(story), story_title(story),
		   story_marks(story));
	if (o->width < SCREEN_MIN_WIDTH || o->height < SCREEN_MIN_HEIGHT)
		canvas.height = 1; /* one line says what is needed */
	screen_draw(&canvas, frame, &choice, &status);
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
		.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0,
	};
	int code = parse_options(argc, argv, &o);
	struct story *story;

	if (code != EXIT_GOOD)
		return code;
	story = story_open(o.path, &code);
	if (!story)
		return code;
	if (story_message(story)[0])
		cli_error("%s", story_message(story));
	code = print_frame(story, &o);
	story_close(story);
	return code;
}
