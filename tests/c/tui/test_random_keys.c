/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random keys, clicks and sizes over the lessons: no open question is passed,
 * nothing of an answer is shown early, no message goes before a key was read,
 * and a step forward and back shows the same screen.
 *
 *   test_random_keys [SEQUENCES]
 */
#include "lesson_screen.h"
#include "terminal/keymap.h"
#include "test.h"

enum { KEYS = 40, NR_LESSONS = 17 };

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* A key that a learner may press; keys that leave are not among them. */
static uint32_t random_key(uint32_t *seed)
{
	static const uint32_t special[] = {
		KEYCODE_RIGHT,
		KEYCODE_LEFT,
		KEYCODE_UP,
		KEYCODE_DOWN,
		KEYCODE_HOME,
		KEYCODE_END,
		KEYCODE_PAGEUP,
		KEYCODE_PAGEDOWN,
		KEYCODE_BACKSPACE,
		KEYCODE_ESC,
		KEYCODE_CLICK,
		KEYCODE_WHEELUP,
		KEYCODE_RESIZE,
		KEYCODE_WHEELDOWN,
		KEYCODE_BACKTAB,
		'\t',
		'\r',
		'\r',
		'\r',
		0x9875,
		0xff13,
	};
	static const char keys[] = "][ cCnNrRgGobwszdDMpmu'0123456789abc"
				   "/:?<>HJKLfl+-yX!\"";
	const uint32_t bits = next_random(seed);

	if (bits & 1)
		return special[(bits >> 1) %
			       (sizeof(special) / sizeof(*special))];
	return (unsigned char)keys[(bits >> 1) % (sizeof(keys) - 1)];
}

/* Resize now and then, point somewhere, press. */
static void random_press(struct lesson_screen *l, uint32_t *seed)
{
	const uint32_t key = random_key(seed);
	const int x = (int)(next_random(seed) % (uint32_t)l->canvas.width);
	const int y = (int)(next_random(seed) % (uint32_t)l->canvas.height);

	if (key == KEYCODE_RESIZE)
		CHECK(canvas_resize(&l->canvas,
				    40 + (int)(next_random(seed) % 100),
				    10 + (int)(next_random(seed) % 40)));
	l->app.link = canvas_link(&l->canvas, x, y);
	app_key(&l->app, key, l->app.now_ms + next_random(seed) % 700);
	app_tick(&l->app, l->app.now_ms + next_random(seed) % 700);
}

/* What was said is on the screen before the next key. */
static void check_message(struct lesson_screen *l)
{
	const size_t length = strspn(l->app.message, "\"abcdefghijklmnopq"
						     "rstuvwxyz0123456789");
	char begin[16];

	snprintf(begin, sizeof(begin), "%.*s", length > 9 ? 9 : (int)length,
		 l->app.message);
	if (!l->app.help && !strstr(l->text, begin))
		lesson_complain(l, "a message that is not shown",
				l->app.message);
}

/* The same place shows the same, whichever way one comes. */
static void check_there_and_back(struct lesson_screen *l)
{
	const size_t size = (size_t)l->canvas.width * (size_t)l->canvas.height *
			    sizeof(struct cell);
	struct app *app = &l->app;
	const struct place here = { app->player.step, app->player.note };
	const struct place there = guide_next(&app->guide, here);
	struct cell *cells;

	if (place_equal(here, there) || app->revealed || app->player.playing ||
	    app->view.phase != PHASE_FINAL || guide_question(&app->guide, here))
		return;
	app->guide.furthest = guide_limit(&app->guide);
	lesson_look(l);
	cells = malloc(size);
	CHECK(cells);
	memcpy(cells, l->canvas.cells, size);
	player_goto(&app->player, there.step, there.note);
	lesson_look(l);
	player_goto(&app->player, here.step, here.note);
	lesson_look(l);
	if (memcmp(cells, l->canvas.cells, size))
		lesson_complain(l, "there and back is another screen", "");
	free(cells);
	if (!place_equal(guide_next(&app->guide,
				    guide_back(&app->guide, there)),
			 there))
		lesson_complain(l, "back is not the way forward", "");
}

static bool play(const char *path, const char *name, uint32_t seed)
{
	struct lesson_screen l = { .name = name };
	struct scenario *sc;

	if (!lesson_screen_open(&l, &sc, path, NULL, 1 + seed % 20, 80, 24))
		return false;
	lesson_look(&l);
	for (int i = 0; i < KEYS && !l.nr_bad; i++) {
		random_press(&l, &seed);
		lesson_look(&l);
		check_message(&l);
	}
	if (!l.nr_bad)
		check_there_and_back(&l);
	lesson_screen_close(&l, sc);
	return !l.nr_bad;
}

static void visit(const char *path, const char *name, void *context)
{
	const uint32_t nr = *(const uint32_t *)context / NR_LESSONS + 1;

	for (uint32_t i = 0; i < nr; i++) {
		if (play(path, name, i))
			continue;
		fprintf(stderr, "%s, sequence %u\n", name, i);
		CHECK(false);
		return;
	}
}

int main(int argc, char **argv)
{
	uint32_t nr_sequences = argc > 1 ? (uint32_t)atoi(argv[1]) : 160;

	CHECK(lesson_for_each(visit, &nr_sequences) >= NR_LESSONS);
	return test_done();
}
