/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Forwards to the end and back again, place by place, by the keys that a user
 * presses: each place has one picture, from whichever side it is reached, and
 * the machine is the same to the last bit. For every lesson and a recording;
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
	struct visit {
		struct place place;
		uint64_t picture;
		uint64_t state;
	} * visits; /* from the beginning to the end */
	uint32_t nr;
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

	memset(w, 0, sizeof(*w));
	CHECK_EQ(source_open(&w->source, path, 1, &options, NULL, &error),
		 EXIT_GOOD);
	if (!w->source.session) {
		fprintf(stderr, "%s\n", error.text);
		return false;
	}
	input.session = w->source.session;
	w->visits = calloc(session_nr_steps(input.session) +
				   session_nr_notes(input.session) + 1,
			   sizeof(*w->visits));
	return app_init(&w->app, &input, NULL) && w->visits &&
	       canvas_init(&w->canvas, WIDTH, HEIGHT, false);
}

static void close_walk(struct walk *w)
{
	canvas_fini(&w->canvas);
	app_fini(&w->app);
	free(w->visits);
	source_close(&w->source);
}

static struct place place_of(const struct walk *w)
{
	return (struct place){ w->app.player.step, w->app.player.note };
}

/* The place there is now looks as it did. */
static void check_visit(struct walk *w, const struct visit *visit)
{
	CHECK(place_equal(place_of(w), visit->place));
	CHECK_EQ(picture(w), visit->picture);
	if (visit->state)
		CHECK_EQ(state(w, SIZE_MAX), visit->state);
}

static void go_to(struct walk *w, uint32_t step)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%uG", step);
	for (const char *d = digits; *d; d++)
		app_key(&w->app, (unsigned char)*d, 0);
	app_key(&w->app, 12, 0); /* the message that digits leave */
}

/* Forwards by Right; the state is long, so only now and then. */
static void walk_forward(struct walk *w)
{
	const uint32_t every = w->app.player.nr_steps / 100 + 1;
	struct place next = guide_begin(&w->app.guide), place;

	do {
		place = next;
		CHECK(place_equal(place_of(w), place));
		w->visits[w->nr].place = place;
		w->visits[w->nr].picture = picture(w);
		if (place.step % every == 0)
			w->visits[w->nr].state = state(w, SIZE_MAX);
		w->nr++;
		next = guide_next(&w->app.guide, place);
		if (!place_equal(next, place))
			app_key(&w->app, KEYCODE_RIGHT, 0);
	} while (!place_equal(next, place));
	CHECK_EQ(place.step, w->app.player.nr_steps);
}

/* A jump leads to the last place of a step. */
static void jump(struct walk *w, uint32_t i)
{
	go_to(w, w->visits[i].place.step);
	while (i + 1 < w->nr &&
	       w->visits[i + 1].place.step == w->visits[i].place.step)
		i++;
	check_visit(w, &w->visits[i]);
}

static void walk(const char *path)
{
	uint32_t random = 12345;
	struct walk w;

	if (!open_walk(&w, path)) {
		close_walk(&w);
		return;
	}
	w.app.guide.no_questions = true;
	w.app.view.reduced_motion = true; /* the final pictures */
	app_key(&w.app, KEYCODE_HOME, 0);
	walk_forward(&w);
	for (uint32_t i = w.nr - 1; i-- > 0;) {
		app_key(&w.app, KEYCODE_LEFT, 0);
		check_visit(&w, &w.visits[i]);
	}
	for (int i = 0; i < NR_JUMPS; i++) {
		random = random * 1664525 + 1013904223;
		jump(&w, (uint32_t)((uint64_t)random * w.nr >> 32));
	}
	printf("%s: %u places\n", path, w.nr);
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
