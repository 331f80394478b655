/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pictures of every kind at every kind of size: nothing overlaps, nothing
 * is lost without a mark, and a picture depends on its step alone.
 */
#include "app/help.h"
#include "screen/screen.h"
#include "app/menu.h"
#include "model/guide.h"
#include "screen_session.h"
#include "terminal/glyph.h"
#include "test.h"

static const struct screen_status status = { .mode = "paused" };
static const struct view_state plain = { .focus = 0 };

static void draw(struct canvas *c, struct view_model *f,
		 const struct session *s, const struct landmarks *landmarks)
{
	const struct view_state choice = { .focus = 0 };

	canvas_clear(c);
	f->view = &choice;
	view_model_build(f, s, "a story", landmarks);
	screen_draw(c, f, &status);
}

static void draw_help(struct canvas *c, struct view_model *f,
		      const struct view_state *v)
{
	struct layout l;

	f->view = v;
	layout_make(&l, f, c->width, c->height);
	help_draw(c, &l, v->scroll, v->scroll % 3 ? "" : "page");
}

/* Is every panel inside, and does none touch another's cells? */
static bool layout_is_sound(const struct layout *l, int width, int height)
{
	static uint8_t used[200 * 320];

	if (l->too_small)
		return width < SCREEN_MIN_WIDTH || height < SCREEN_MIN_HEIGHT;
	memset(used, 0, sizeof(used));
	for (unsigned int i = 0; i < l->nr_panels; i++) {
		const struct rect *r = &l->panels[i].rect;

		if (r->x < 0 || r->y < 0 || r->width < 1 || r->height < 1 ||
		    r->x + r->width > width || r->y + r->height > height)
			return false;
		for (int y = r->y; y < r->y + r->height; y++)
			for (int x = r->x; x < r->x + r->width; x++)
				if (used[y * 320 + x]++)
					return false;
	}
	return l->nr_panels > 0;
}

static void check_size(struct session *s, struct view_model *f,
		       const struct landmarks *landmarks, int width, int height)
{
	const struct view_state choice = { .focus = 0 };
	uint32_t nr = session_nr_steps(s), bad = 0;
	struct layout l;
	struct canvas c;

	CHECK(canvas_init(&c, width, height, (width + height) % 2));
	for (uint32_t step = 0; step <= nr && !bad;
	     step += 1 + (uint32_t)(width * height) % 29) {
		session_seek(s, step);
		draw(&c, f, s, landmarks);
		f->view = &choice;
		layout_make(&l, f, width, height);
		if (!c.nr_lost && !c.nr_overdrawn &&
		    layout_is_sound(&l, width, height))
			continue;
		fprintf(stderr, "step %u at %dx%d: %u lost, %u overdrawn\n",
			step, width, height, c.nr_lost, c.nr_overdrawn);
		canvas_dump(&c, stderr);
		bad = step + 1;
	}
	CHECK_EQ(bad, 0);
	canvas_fini(&c);
}

static void test_sizes(struct session *s, struct view_model *f,
		       const struct landmarks *landmarks)
{
	static const int sizes[][2] = {
		{ 20, 5 },   { 1, 1 },	  { 39, 9 },   { 40, 10 },
		{ 40, 13 },  { 41, 14 },  { 44, 17 },  { 50, 18 },
		{ 57, 19 },  { 63, 20 },  { 72, 21 },  { 79, 23 },
		{ 80, 24 },  { 81, 25 },  { 90, 12 },  { 99, 29 },
		{ 100, 30 }, { 101, 14 }, { 120, 40 }, { 133, 33 },
		{ 200, 60 }, { 300, 10 }, { 40, 100 }, { 300, 100 },
	};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		check_size(s, f, landmarks, sizes[i][0], sizes[i][1]);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static const struct counterexample a_counterexample = {
	.property = "order",
	.text = "never an event expand with order above 8: the smallest block "
		"that will do is split, and no larger one",
	.assignment = "assignments/split.lua",
	.step = 12,
};

/* Any way of looking that keys can lead to. */
static struct view_state random_state(uint32_t *seed)
{
	static const uint32_t marks[] = { 3, 40, 41, 900 };
	uint32_t bits = next_random(seed);
	struct view_state v = {
		.focus = bits & 7,
		.enlarged = bits >> 3 & 1,
		.scroll = (int)(bits >> 4 & 63) - 32,
		.presenter = (bits >> 10 & 7) == 1,
		.counterexample = (bits >> 13 & 7) == 1 ? &a_counterexample :
							  NULL,
		.reduced_motion = bits >> 16 & 1,
		.bookmarks = marks,
		.nr_bookmarks = bits >> 19 & 3,
		.break_steps = marks,
		.nr_break_steps = bits >> 21 & 3,
	};

	bits = next_random(seed);
	v.phase = bits & 7;
	v.hidden = next_random(seed) & next_random(seed);
	v.shown = next_random(seed) & next_random(seed);
	v.map_zoom = bits >> 19 & 15;
	v.map_has_cursor = next_random(seed) & 1;
	v.map_cursor = next_random(seed) & 16383;
	v.notes.choice = next_random(seed) % 3;
	v.notes.typed = "12 页";
	v.notes.cursor = 5;
	return v;
}

/* Mostly at a step, at times at a question, or with its feedback. */
static void look_at_notes(struct view_state *v, struct session *s,
			  struct guide *g, uint32_t *seed)
{
	const uint32_t bits = next_random(seed);
	struct question *q = &g->questions[bits >> 4 & 1];
	struct place place;

	g->no_questions = bits >> 5 & 1;
	g->questions[0].state = q == g->questions ? QUESTION_OPEN :
						    QUESTION_WRONG;
	place = guide_place(g, bits & 3 ? session_step(s) : q->step);
	session_seek(s, place.step);
	v->notes.guide = g;
	v->notes.note = place.note;
	if ((bits & 15) == 1) {
		q->state = (enum question_state)(1 + (bits >> 6) % 3);
		snprintf(q->given, sizeof(q->given), "a");
		v->notes.feedback = q;
	}
}

static bool is_sound(const struct canvas *c, struct view_model *f,
		     const struct view_state *v)
{
	struct layout l;

	f->view = v;
	layout_make(&l, f, c->width, c->height);
	return !c->nr_lost && !c->nr_overdrawn && c->cursor_x < c->width &&
	       c->cursor_y < c->height &&
	       layout_is_sound(&l, c->width, c->height);
}

/*
 * A storm: the terminal gets another size, and the user another idea, ten
 * thousand times.
 */
static void test_random_sizes(struct session *s, struct view_model *f,
			      const struct landmarks *landmarks)
{
	uint32_t seed = 12345, bad = 0;
	struct guide guide;
	struct canvas c;

	CHECK(canvas_init(&c, 1, 1, false));
	CHECK(guide_init(&guide, s));
	for (int i = 0; i < 10000 && !bad; i++) {
		struct view_state v = random_state(&seed);
		int width = 1 + (int)(next_random(&seed) % 170);
		int height = 1 + (int)(next_random(&seed) % 64);

		if (i % 16 == 0) {
			width = 20 + (int)(next_random(&seed) % 281);
			height = 5 + (int)(next_random(&seed) % 96);
		}
		CHECK(canvas_resize(&c, width, height));
		c.ascii = next_random(&seed) & 1;
		session_seek(s, next_random(&seed) % (session_nr_steps(s) + 1));
		look_at_notes(&v, s, &guide, &seed);
		f->view = &v;
		view_model_build(f, s, "a story", landmarks);
		screen_draw(&c, f, &status);
		if (i % 5 == 0)
			draw_help(&c, f, &v);
		if (is_sound(&c, f, &v))
			continue;
		fprintf(stderr,
			"step %u at %dx%d: %u lost, %u overdrawn\n"
			"focus %u enlarged %d scroll %d hidden %x shown %x "
			"presenter %d phase %u predict %d\n",
			session_step(s), width, height, c.nr_lost,
			c.nr_overdrawn, v.focus, v.enlarged, v.scroll, v.hidden,
			v.shown, v.presenter, v.phase, f->question != NULL);
		canvas_dump(&c, stderr);
		bad = 1;
	}
	CHECK_EQ(bad, 0);
	guide_destroy(&guide);
	canvas_fini(&c);
}

/* The menu at any size, with any number of lessons. */
static void test_menu(void)
{
	static const struct menu_row rows[] = {
		{ "1",
		  "The whole path",
		  "See it once.",
		  8,
		  { PROGRESS_DONE, 5, 6 },
		  false },
		{ "2",
		  "A split with a title that is long enough to "
		  "be cut on every screen there is, as some are",
		  "See which half expand() keeps, and then a goal of many "
		  "words that need more than a row or two to be read",
		  10,
		  { PROGRESS_BEGUN, 0, 0 },
		  false },
		{ "30",
		  "03-broken",
		  "03-broken.lua:7: no such thing",
		  0,
		  { PROGRESS_NONE, 0, 0 },
		  true },
		{ "", "", "", 0, { PROGRESS_DONE, 10000, 10000 }, false },
	};
	uint32_t seed = 99, bad = 0;
	struct canvas c;

	CHECK(canvas_init(&c, 1, 1, false));
	for (int i = 0; i < 3000 && !bad; i++) {
		uint32_t nr = next_random(&seed) % 5;
		struct menu menu = {
			.rows = rows,
			.nr_rows = nr,
			.selected = nr ? next_random(&seed) % nr : 0,
			.name = "Lessons",
			.has_playlists = i % 3,
			.message = i % 5 ? NULL : "saved",
		};

		CHECK(canvas_resize(&c, 1 + (int)(next_random(&seed) % 140),
				    1 + (int)(next_random(&seed) % 50)));
		c.ascii = i % 2;
		menu_draw(&c, &menu);
		if (!c.nr_lost && !c.nr_overdrawn)
			continue;
		fprintf(stderr, "menu of %u at %dx%d: %u lost, %u over\n", nr,
			c.width, c.height, c.nr_lost, c.nr_overdrawn);
		canvas_dump(&c, stderr);
		bad = 1;
	}
	CHECK_EQ(bad, 0);
	canvas_fini(&c);
}

static uint64_t picture_hash(const struct canvas *c)
{
	uint64_t hash = 14695981039346656037u;

	for (int i = 0; i < c->width * c->height; i++)
		hash = (hash ^ (c->cells[i].glyph << 4 ^ c->cells[i].look)) *
		       1099511628211u;
	return hash ^ (uint64_t)(c->cursor_x * 1000 + c->cursor_y);
}

/* Forwards, backwards, and by leaps: the same picture for the same step. */
static void test_any_way(struct session *s, struct view_model *f,
			 const struct landmarks *landmarks)
{
	uint32_t nr = session_nr_steps(s), differ = 0;
	uint64_t *hashes = calloc((size_t)nr + 1, sizeof(*hashes));
	struct canvas c;

	CHECK(hashes && canvas_init(&c, 120, 40, false));
	for (uint32_t step = 0; hashes && step <= nr; step++) {
		session_seek(s, step);
		draw(&c, f, s, landmarks);
		hashes[step] = picture_hash(&c);
	}
	for (uint32_t step = nr; hashes && step-- > 0;) {
		if (step % 16 == 3) /* from far away */
			session_seek(s, nr - step);
		session_seek(s, step);
		draw(&c, f, s, landmarks);
		differ += hashes[step] != picture_hash(&c);
	}
	CHECK_EQ(differ, 0);
	free(hashes);
	canvas_fini(&c);
}

/* Where a movement ends is the step's picture; without motion it is all. */
static void test_motion(struct session *s, struct view_model *f,
			const struct landmarks *landmarks)
{
	uint32_t nr_moved = 0, differ = 0;
	struct canvas c;

	CHECK(canvas_init(&c, 120, 40, false));
	for (uint32_t step = 0; step <= session_nr_steps(s); step += 3) {
		struct view_state v = { .focus = 0 };
		uint64_t rest;

		session_seek(s, step);
		draw(&c, f, s, landmarks);
		rest = picture_hash(&c);
		v.phase = 4;
		canvas_clear(&c);
		f->view = &v;
		screen_draw(&c, f, &status);
		nr_moved += picture_hash(&c) != rest;
		v.reduced_motion = true;
		canvas_clear(&c);
		f->view = &v;
		screen_draw(&c, f, &status);
		differ += picture_hash(&c) != rest;
		v = (struct view_state){ .phase = view_phase(&v, 500, 500) };
		canvas_clear(&c);
		f->view = &v;
		screen_draw(&c, f, &status);
		differ += picture_hash(&c) != rest;
	}
	CHECK(nr_moved > 100);
	CHECK_EQ(differ, 0);
	canvas_fini(&c);
}

/* Is it a line, a part of a bar, or punctuation of a number? */
static bool explains_itself(uint32_t glyph)
{
	static const char known[] = "▏▎▍▌▋▊▉▕−×’";

	for (const char *at = known; *at;)
		if (glyph_next(&at) == glyph)
			return true;
	return glyph < 128 || glyph_arms(glyph);
}

static bool has_sign(const char *view, uint32_t glyph)
{
	for (int i = 0; sign_infos[i].glyph; i++) {
		const char *at = sign_infos[i].glyph;

		if (glyph_next(&at) == glyph &&
		    (!sign_infos[i].views[0] ||
		     words_contain(sign_infos[i].views, ',', view)))
			return true;
	}
	return false;
}

/* The help explains every sign that a panel draws. */
static void test_signs(struct session *s, struct view_model *f,
		       const struct landmarks *landmarks)
{
	const struct view_state v = { .shown = 1u << VIEW_map };
	struct layout l;
	struct canvas c;

	CHECK(canvas_init(&c, 180, 60, false));
	for (uint32_t step = 0; step <= session_nr_steps(s); step += 5) {
		session_seek(s, step);
		canvas_clear(&c);
		f->view = &v;
		view_model_build(f, s, "", landmarks);
		layout_make(&l, f, c.width, c.height);
		screen_draw_layout(&c, &l, f, &status);
		for (int i = 0; i < c.width * c.height; i++) {
			const struct cell *cell = &c.cells[i];
			const char *view;

			if (cell->link.kind != LINK_PANEL ||
			    explains_itself(cell->glyph))
				continue;
			view = views[l.panels[cell->link.value].view].name;
			if (!has_sign(view, cell->glyph))
				fprintf(stderr, "%s draws U+%04x\n", view,
					cell->glyph);
			CHECK(has_sign(view, cell->glyph));
		}
	}
	canvas_fini(&c);
}

/* Each kind of picture was among them, or the rest proves little. */
static void test_pictures_met(struct session *s, struct view_model *f)
{
	uint32_t met[NR_PICTURES] = { 0 };

	for (uint32_t step = 0; step <= session_nr_steps(s); step++) {
		session_seek(s, step);
		f->view = &plain;
		view_model_build(f, s, "", NULL);
		met[f->picture]++;
	}
	for (int i = PICTURE_MACHINE; i < NR_PICTURES; i++)
		CHECK(met[i] > 0);
}

int main(void)
{
	struct session *s = make_session();
	struct view_model *f = malloc(sizeof(*f));
	struct landmarks *landmarks = malloc(sizeof(*landmarks));

	CHECK(s && f && landmarks);
	if (s && f && landmarks) {
		make_requests(s);
		landmarks_build(landmarks, s);
		test_pictures_met(s, f);
		test_sizes(s, f, landmarks);
		test_random_sizes(s, f, landmarks);
		test_any_way(s, f, landmarks);
		test_motion(s, f, landmarks);
		test_signs(s, f, landmarks);
		test_menu();
	}
	session_free(s);
	free(f);
	free(landmarks);
	return test_done();
}
