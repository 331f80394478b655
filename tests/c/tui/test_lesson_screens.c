/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every lesson, step by step: nothing overlaps and nothing is lost at usual
 * sizes of a terminal, no event text is cut at 80x24, and on larger screens
 * no panel is half empty.
 *
 * `test_lesson_screens print N` prints every Nth screen instead.
 */
#include <dirent.h>

#include "lesson_screens_space.h"
#include "model/guide.h"
#include "sandbox/run.h"
#include "files.h"
#include "test.h"

static const struct screen_status status = { .mode = "paused" };
static const int sizes[][2] = { { 80, 24 },
				{ 120, 40 },
				{ 160, 50 },
				{ 200, 60 },
				{ 40, 10 } };

enum { NR_SIZES = sizeof(sizes) / sizeof(*sizes), ROOMY = 120 };

/* Screens with room for everything: here space is counted. */
static struct space space[NR_SIZES];

static void count_space(size_t i, const struct canvas *c, struct view_model *f,
			const char *name)
{
	struct layout l;

	if (c->width < ROOMY)
		return;
	layout_make(&l, f, c->width, c->height);
	space_count(&space[i], c, &l, name, f->step);
}

/* -- the steps --------------------------------------------------------------- */

static bool step_is_sound(size_t i, struct canvas *c, struct view_model *f,
			  const char *name)
{
	const struct view_state v = { .presenter = f->step % 6 == 2 };

	canvas_clear(c);
	f->view = &v;
	screen_draw(c, f, &status);
	if (!v.presenter)
		count_space(i, c, f, name);
	if (!c->nr_lost && !c->nr_overdrawn)
		return true;
	fprintf(stderr, "%s, step %u at %dx%d: %u lost, %u overdrawn\n", name,
		f->step, c->width, c->height, c->nr_lost, c->nr_overdrawn);
	canvas_dump(c, stderr);
	return false;
}

/* The sentence of this step has its end on the screen. */
static bool sentence_is_whole(struct view_model *f, const char *name)
{
	struct view_state v = { .focus = 0 };
	char text[2048];
	struct layout l;

	if (!f->event)
		return true;
	event_text_format(f->m, f->event, text, sizeof(text));
	f->view = &v;
	layout_make(&l, f, 80, 24);
	if (wrapped_rows(text, 79) <= l.why.height)
		return true;
	fprintf(stderr, "%s, step %u: cut: %s\n", name, f->step, text);
	return false;
}

/* Print every @every-th screen, at each size. */
static void print_screens(struct session *s, struct view_model *f,
			  struct canvas *c, const char *name, uint32_t every)
{
	const struct view_state v = { .focus = 0 };

	for (uint32_t step = 0; step <= session_nr_steps(s); step += every) {
		session_seek(s, step);
		f->view = &v;
		view_model_build(f, s, name, NULL);
		for (size_t i = 0; i < NR_SIZES; i++) {
			canvas_clear(&c[i]);
			screen_draw(&c[i], f, &status);
			printf("== %s, step %u, %dx%d\n", name, step,
			       c[i].width, c[i].height);
			canvas_dump(&c[i], stdout);
		}
	}
}

static void check_steps(struct session *s, struct view_model *f,
			struct canvas *c, const char *name)
{
	const struct view_state v = { .focus = 0 };
	uint32_t nr_bad = 0;

	for (uint32_t step = 0; step <= session_nr_steps(s) && !nr_bad;
	     step += 2) {
		session_seek(s, step);
		f->view = &v;
		view_model_build(f, s, name, NULL);
		for (size_t i = 0; i < NR_SIZES; i++)
			nr_bad += !step_is_sound(i, &c[i], f, name);
		nr_bad += !sentence_is_whole(f, name);
	}
	CHECK_EQ(nr_bad, 0);
}

/* The screens at a place, of which the model is built. */
static void count_place(struct session *s, struct view_model *f,
			struct canvas *c, const char *name)
{
	view_model_build(f, s, name, NULL);
	for (size_t i = 0; i < NR_SIZES; i++) {
		canvas_clear(&c[i]);
		screen_draw(&c[i], f, &status);
		count_space(i, &c[i], f, name);
	}
}

/*
 * A learner's way: each caption, each question, the feedback to a wrong answer
 * and each step outside folds.
 */
static void check_places(struct session *s, struct view_model *f,
			 struct canvas *c, const char *name, const char *text)
{
	struct view_state v = { .scenario = text };
	struct place place = { 0, 0 }, before;
	struct question *q;
	struct guide g;

	CHECK(guide_init(&g, s));
	place = guide_begin(&g);
	v.notes.guide = &g;
	f->view = &v;
	do {
		q = guide_question(&g, place);
		session_seek(s, place.step);
		v.notes.note = place.note;
		count_place(s, f, c, name);
		if (q) {
			q->state = QUESTION_WRONG;
			snprintf(q->given, sizeof(q->given), "b");
			v.notes.feedback = q;
			count_place(s, f, c, name);
			v.notes.feedback = NULL;
		}
		before = place;
		place = guide_next(&g, place);
	} while (q || !place_equal(place, before));
	guide_destroy(&g);
}

static bool is_lesson(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && !strcmp(name + length - 4, ".lua");
}

/* @every: print every so many screens; 0: check them. */
static void visit_lesson(const char *folder, const char *name,
			 struct view_model *f, struct canvas *c, uint32_t every)
{
	const struct scenario_options options = { .record = true,
						  .isolation = ISOLATION_NONE };
	struct scenario *sc;
	char path[1024], *text;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	text = file_text(path);
	sc = scenario_run(path, &options);
	CHECK(sc);
	for (uint32_t i = 0; sc && i < scenario_nr_sessions(sc); i++) {
		struct session *session = scenario_session(sc, i);

		if (every)
			print_screens(session, f, c, name, every);
		else
			check_steps(session, f, c, name);
		if (!every)
			check_places(session, f, c, name, text);
	}
	free(text);
	scenario_free(sc);
}

int main(int argc, char **argv)
{
	uint32_t every = argc == 3 ? (uint32_t)atoi(argv[2]) : 0;
	const char *source = getenv("ZONEWALK_SOURCE");
	struct view_model *f = malloc(sizeof(*f));
	const struct dirent *entry;
	struct canvas c[NR_SIZES];
	char folder[512];
	int nr = 0;
	DIR *dir;

	snprintf(folder, sizeof(folder), "%s/scenarios", source ? source : ".");
	dir = opendir(folder);
	CHECK(dir && f);
	for (int i = 0; i < NR_SIZES; i++)
		CHECK(canvas_init(&c[i], sizes[i][0], sizes[i][1],
				  sizes[i][0] == 40));
	while (dir && f && (entry = readdir(dir)))
		if (is_lesson(entry->d_name)) {
			visit_lesson(folder, entry->d_name, f, c, every);
			nr++;
		}
	CHECK(nr >= 5);
	for (int i = 0; i < NR_SIZES; i++) {
		if (space[i].nr_bad_frames)
			space_report(&space[i], stderr);
		CHECK_EQ(space[i].nr_bad_frames, 0);
		canvas_fini(&c[i]);
	}
	if (dir)
		closedir(dir);
	free(f);
	return test_done();
}
