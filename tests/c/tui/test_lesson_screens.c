/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every lesson, step by step: nothing overlaps and nothing is lost at usual
 * sizes of a terminal, no event text is cut at 80x24, and on larger screens
 * no panel is half empty.
 *
 * `test_lesson_screens print N` prints every Nth screen instead.
 */
#include <dirent.h>

#include "screen/screen.h"
#include "terminal/glyph.h"
#include "model/guide.h"
#include "sandbox/run.h"
#include "files.h"
#include "test.h"

static const struct screen_status status = { .mode = "paused" };
static const int sizes[][2] = { { 80, 24 },
				{ 120, 40 },
				{ 200, 60 },
				{ 40, 10 } };

enum { NR_SIZES = sizeof(sizes) / sizeof(*sizes), ROOMY = 120 };

/* -- the use of space ------------------------------------------------------- */

/* Is a row of the rectangle without a sign but lines? */
static bool row_is_blank(const struct canvas *c, int x, int y, int width)
{
	for (int end = x + width; x < end; x++) {
		const struct cell *cell = &c->cells[y * c->width + x];

		if (cell->glyph != ' ' && !glyph_arms(cell->glyph))
			return false;
	}
	return true;
}

/* No panel has more blank rows than others. */
static bool panels_are_filled(const struct canvas *c, const struct layout *l)
{
	for (unsigned int i = 0; i < l->nr_panels; i++) {
		const struct rect *r = &l->panels[i].rect;
		int blank = 0;

		for (int y = r->y; y < r->y + r->height; y++)
			blank += row_is_blank(c, r->x, y, r->width);
		if (2 * blank > r->height) {
			fprintf(stderr, "panel %s: %d of %d rows are blank\n",
				views[l->panels[i].view].name, blank,
				r->height);
			return false;
		}
	}
	return true;
}

/* Two thirds of the rows of the screen have content. */
static bool screen_is_filled(const struct canvas *c)
{
	int blank = 0;

	for (int y = 0; y < c->height; y++)
		blank += row_is_blank(c, 0, y, c->width);
	if (3 * blank <= c->height)
		return true;
	fprintf(stderr, "%d of %d rows are blank\n", blank, c->height);
	return false;
}

static bool space_is_used(struct canvas *c, struct view_model *f)
{
	struct layout l;

	if (c->width < ROOMY)
		return true;
	layout_make(&l, f, c->width, c->height);
	return panels_are_filled(c, &l) && screen_is_filled(c);
}

/* -- the steps --------------------------------------------------------------- */

static bool step_is_sound(struct canvas *c, struct view_model *f,
			  const char *name)
{
	const struct view_state v = { .presenter = f->step % 6 == 2 };

	canvas_clear(c);
	f->view = &v;
	screen_draw(c, f, &status);
	if (!c->nr_lost && !c->nr_overdrawn &&
	    (v.presenter || space_is_used(c, f)))
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
			nr_bad += !step_is_sound(&c[i], f, name);
		nr_bad += !sentence_is_whole(f, name);
	}
	CHECK_EQ(nr_bad, 0);
}

/* The screen at a place of a learner's way uses its space. */
static bool place_is_filled(struct canvas *c, struct view_model *f,
			    const char *name)
{
	struct layout l;

	canvas_clear(c);
	layout_make(&l, f, c->width, c->height);
	screen_draw_layout(c, &l, f, &status);
	if (c->width < ROOMY ||
	    (panels_are_filled(c, &l) && screen_is_filled(c)))
		return true;
	fprintf(stderr, "%s, step %u at %dx%d\n", name, f->step, c->width,
		c->height);
	canvas_dump(c, stderr);
	return false;
}

/* A learner's way: each caption, each question, each step outside folds. */
static void check_places(struct session *s, struct view_model *f,
			 struct canvas *c, const char *name, const char *text)
{
	struct view_state v = { .scenario = text };
	struct place place = { 0, 0 }, before;
	uint32_t nr_bad = 0;
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
		view_model_build(f, s, name, NULL);
		for (size_t i = 0; i < NR_SIZES; i++)
			nr_bad += !place_is_filled(&c[i], f, name);
		if (q)
			q->state = QUESTION_SKIPPED;
		before = place;
		place = guide_next(&g, place);
	} while (!nr_bad && (q || !place_equal(place, before)));
	CHECK_EQ(nr_bad, 0);
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
	for (int i = 0; i < NR_SIZES; i++)
		canvas_fini(&c[i]);
	if (dir)
		closedir(dir);
	free(f);
	return test_done();
}
