/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Forwards to the end and back again, step by step, by the keys that a user
 * presses: each step has one picture, whichever way one came to it, and the
 * machine is the same to the last bit. For every lesson and a recording;
 * with arguments for those files.
 */
#include <dirent.h>

#include "app/app.h"
#include "commands/source.h"
#include "test.h"

enum { WIDTH = 110, HEIGHT = 40, NR_JUMPS = 300 };

struct walk {
	struct source source;
	struct app app;
	struct canvas canvas;
	uint64_t *pictures; /* by step */
	uint64_t *states;
};

/* FNV-1a, a word at a time. */
static uint64_t hash(const void *data, size_t size)
{
	const uint32_t *words = data;
	uint64_t h = 14695981039346656037ull;

	for (size_t i = 0; i < size / 4; i++)
		h = (h ^ words[i]) * 1099511628211ull;
	return h;
}

static uint64_t picture(struct walk *w)
{
	const struct canvas *c = &w->canvas;

	canvas_clear(&w->canvas);
	app_update(&w->app, w->canvas.width, w->canvas.height);
	app_draw(&w->app, &w->canvas);
	CHECK_EQ(c->nr_lost, 0);
	return hash(c->cells, sizeof(*c->cells) * WIDTH * HEIGHT) ^
	       (uint64_t)(c->cursor_y * WIDTH + c->cursor_x);
}

static uint64_t state(const struct walk *w, size_t size)
{
	const struct machine *m = session_machine(w->app.input.session);

	return hash(m->region, size < m->region_size ? size : m->region_size);
}

static bool open_walk(struct walk *w, const char *path)
{
	struct app_input input = { .title = "steps", .message = "" };
	struct file_error error;
	struct options options = { .grade = NULL };
	uint32_t nr;

	memset(w, 0, sizeof(*w));
	CHECK_EQ(source_open(&w->source, path, 1, &options, NULL, &error),
		 EXIT_GOOD);
	if (!w->source.session) {
		fprintf(stderr, "%s\n", error.text);
		return false;
	}
	input.session = w->source.session;
	nr = session_nr_steps(input.session) + 1;
	w->pictures = calloc(nr, sizeof(*w->pictures));
	w->states = calloc(nr, sizeof(*w->states));
	return app_init(&w->app, &input, NULL) && w->pictures && w->states &&
	       canvas_init(&w->canvas, WIDTH, HEIGHT, false);
}

static void close_walk(struct walk *w)
{
	canvas_fini(&w->canvas);
	app_fini(&w->app);
	free(w->pictures);
	free(w->states);
	source_close(&w->source);
}

/* The step there is now looks as it did. The state is long: now and then. */
static void check_step(struct walk *w, bool whole)
{
	const uint32_t step = w->app.player.step;

	CHECK_EQ(picture(w), w->pictures[step]);
	if (whole)
		CHECK_EQ(state(w, SIZE_MAX), w->states[step]);
}

static void go_to(struct walk *w, uint32_t step)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%uG", step);
	for (const char *d = digits; *d; d++)
		app_key(&w->app, (unsigned char)*d, 0);
	app_key(&w->app, 12, 0); /* the message that digits leave */
}

static void walk(const char *path)
{
	uint32_t nr, every, random = 12345;
	struct walk w;

	if (!open_walk(&w, path)) {
		close_walk(&w);
		return;
	}
	w.app.guide.no_questions = true;
	nr = w.app.player.nr_steps;
	every = nr / 100 + 1;
	for (uint32_t step = 0; step <= nr; step++) {
		CHECK_EQ(w.app.player.step, step);
		w.pictures[step] = picture(&w);
		if (step % every == 0)
			w.states[step] = state(&w, SIZE_MAX);
		app_key(&w.app, KEYCODE_RIGHT, 0);
	}
	CHECK_EQ(w.app.player.step, nr);
	for (uint32_t step = nr; step-- > 0;) {
		app_key(&w.app, KEYCODE_LEFT, 0);
		CHECK_EQ(w.app.player.step, step);
		check_step(&w, step % every == 0);
	}
	for (int i = 0; i < NR_JUMPS; i++) {
		random = random * 1664525 + 1013904223;
		go_to(&w, (uint32_t)((uint64_t)random * (nr + 1) >> 32));
		check_step(&w, false);
	}
	printf("%s: %u steps\n", path, nr);
	close_walk(&w);
}

static void walk_lessons(const char *source)
{
	char path[4096];
	struct dirent *entry;
	DIR *folder;

	snprintf(path, sizeof(path), "%s/scenarios", source);
	folder = opendir(path);
	CHECK(folder != NULL);
	while (folder && (entry = readdir(folder))) {
		size_t length = strlen(entry->d_name);

		if (length < 5 || strcmp(entry->d_name + length - 4, ".lua"))
			continue;
		snprintf(path, sizeof(path), "%s/scenarios/%s", source,
			 entry->d_name);
		walk(path);
	}
	if (folder)
		closedir(folder);
	snprintf(path, sizeof(path), "%s/tests/data/duo-dirty.jsonl", source);
	walk(path);
}

int main(int argc, char **argv)
{
	const char *source = getenv("ZONEWALK_SOURCE");

	for (int i = 1; i < argc; i++)
		walk(argv[i]);
	if (argc == 1)
		walk_lessons(source ? source : ".");
	return test_done();
}
