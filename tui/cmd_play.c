/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zonewalk play: the screen. */
#include <errno.h>
#include <getopt.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "command.h"
#include "story.h"

struct play_options {
	const char *path;
	uint32_t step;
	bool ascii;
	bool color;
};

/* Beyond the end is the last step, so a large number is no mistake. */
static bool parse_step(const char *text, uint32_t *step)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end)
		return false;
	*step = errno || value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
	return true;
}

static int parse_options(int argc, char **argv, struct play_options *o)
{
	static const struct option options[] = {
		{ "step", required_argument, NULL, 's' },
		{ "ascii", no_argument, NULL, 'a' },
		{ "no-color", no_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 's' && !parse_step(optarg, &o->step))
			return cli_usage("play",
					 "play: --step \"%s\": a number, "
					 "from 0 on",
					 optarg);
		if (c == 'a')
			o->ascii = true;
		if (c == 'n')
			o->color = false;
		if (c == ':')
			return cli_usage("play", "play: %s: its value is "
					 "missing", argv[optind - 1]);
		if (c == '?')
			return cli_usage("play", "play: %s: no such option",
					 argv[optind - 1]);
	}
	if (argc - optind != 1)
		return cli_usage("play", "play: one FILE, not %d",
				 argc - optind);
	o->path = argv[optind];
	return EXIT_GOOD;
}

static int play_story(const struct story *story, const struct play_options *o)
{
	struct app app;
	struct term *term;
	const char *why;
	bool ok;

	if (!app_init(&app, story_session(story), story_title(story),
		      story_marks(story))) {
		cli_error("play: not enough memory");
		return EXIT_LIMIT;
	}
	player_goto(&app.player, o->step);
	snprintf(app.message, sizeof(app.message), "%.150s",
		 story_message(story));
	term = term_open(o->color, &why);
	if (!term) {
		app_fini(&app);
		return cli_usage("play", "play: %s; zonewalk frame needs no "
				 "terminal", why);
	}
	ok = app_run(&app, term, o->ascii);
	term_close(term);
	app_fini(&app);
	if (ok)
		return EXIT_GOOD;
	cli_error("play: not enough memory");
	return EXIT_LIMIT;
}

int cmd_play(int argc, char **argv)
{
	const char *no_color = getenv("NO_COLOR");
	struct play_options o = {
		.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0,
		.color = !no_color || !no_color[0],
	};
	int code = parse_options(argc, argv, &o);
	struct story *story;

	if (code != EXIT_GOOD)
		return code;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return cli_usage("play",
				 "play: standard input and output must be a "
				 "terminal; zonewalk frame prints a step, "
				 "zonewalk run tells the story");
	story = story_open(o.path, &code);
	if (!story)
		return code;
	code = play_story(story, &o);
	story_close(story);
	return code;
}
