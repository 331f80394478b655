/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What holds for every picture: what a panel hides has a mark, and in
 * presenter mode everything can be read from the last row.
 */
#include "model/guide.h"
#include "screen/screen.h"
#include "screen_session.h"
#include "test.h"

static const struct screen_status status = { .mode = "paused" };

static const struct counterexample a_counterexample = {
	.property = "order",
	.text = "the smallest block that will do is split, and no larger one",
	.assignment = "assignments/split.lua",
	.step = 12,
};

/* Draw a step on an empty canvas. */
static void draw(struct canvas *c, struct layout *l, struct view_model *f,
		 const struct view_state *v, struct session *s, uint32_t step)
{
	session_seek(s, step);
	f->view = v;
	view_model_build(f, s, "a title", NULL);
	canvas_clear(c);
	layout_make(l, f, c->width, c->height);
	screen_draw_layout(c, l, f, &status);
}

/* Has a panel with fewer rows than it requests a sign in the border below? */
static bool hidden_rows_are_marked(const struct canvas *c,
				   const struct view_model *f,
				   const struct layout *l)
{
	const uint32_t sign = c->ascii ? ':' : 0x22ee;

	for (unsigned int i = 0; i < l->nr_panels; i++) {
		const struct rect *r = &l->panels[i].rect;
		const struct cell *row =
			&c->cells[(r->y + r->height) * c->width];
		int x = r->x;

		if (!l->panels[i].bordered ||
		    r->height >= view_height(l->panels[i].view, f, r->width))
			continue;
		while (x < r->x + r->width && row[x].glyph != sign)
			x++;
		if (x == r->x + r->width)
			return false;
	}
	return true;
}

/* The cursor is in the panel in focus, or in the text above all panels. */
static bool cursor_is_in_focus(const struct canvas *c, const struct layout *l)
{
	const struct rect *r = &l->panels[l->focus].rect;

	return c->cursor_y < l->box.y ||
	       (c->cursor_x >= r->x && c->cursor_x < r->x + r->width &&
		c->cursor_y >= r->y && c->cursor_y < r->y + r->height);
}

static void test_marks(struct session *s, struct view_model *f)
{
	static const int sizes[][2] = {
		{ 40, 14 }, { 57, 19 },	 { 80, 24 },  { 90, 30 },
		{ 99, 29 }, { 120, 40 }, { 133, 33 }, { 200, 60 },
	};
	const struct view_state v = { .focus = 0 };
	uint32_t nr_bad = 0;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct layout l;
		struct canvas c;

		CHECK(canvas_init(&c, sizes[i][0], sizes[i][1], i % 2));
		for (uint32_t step = 0; step <= session_nr_steps(s);
		     step += 11) {
			draw(&c, &l, f, &v, s, step);
			nr_bad += !hidden_rows_are_marked(&c, f, &l) ||
				  !cursor_is_in_focus(&c, &l);
		}
		canvas_fini(&c);
	}
	CHECK_EQ(nr_bad, 0);
}

/* For a projector: three panels at most, a bold text above, nothing dim. */
static void test_presenter(struct session *s, struct view_model *f)
{
	const struct view_state v = { .presenter = true,
				      .counterexample = &a_counterexample };
	uint32_t nr_bad = 0;
	struct layout l;
	struct canvas c;

	CHECK(canvas_init(&c, 80, 24, false));
	for (uint32_t step = 0; step <= session_nr_steps(s); step += 7) {
		draw(&c, &l, f, &v, s, step);
		nr_bad += l.nr_panels > 3 || l.nr_panels < 2;
		nr_bad += c.cells[l.why.y * c.width + 1].look != LOOK_TITLE;
		for (int i = 0; i < c.width * c.height; i++)
			nr_bad += c.cells[i].look == LOOK_DIM;
	}
	CHECK_EQ(nr_bad, 0);
	canvas_fini(&c);
}

static bool is_prominent(const struct canvas *c, int x, int y)
{
	const uint32_t look = c->cells[y * c->width + x].look;

	return look == LOOK_TITLE || look == LOOK_CURRENT ||
	       look == LOOK_PASSED || look == LOOK_REFUSED;
}

/* Caption, question and verdict are bold or reverse in every mode. */
static void test_prominence(struct session *s, struct view_model *f)
{
	struct view_state v = { .focus = 0 };
	struct question *q;
	struct layout l;
	struct canvas c;
	struct guide g;

	CHECK(guide_init(&g, s) && canvas_init(&c, 80, 24, false));
	q = guide_open_question(&g);
	CHECK(q);
	v.notes = (struct notes_state){ &g, .note = q ? q->note : 0 };
	for (int i = 0; q && i < 4; i++) {
		v.presenter = i & 1;
		v.notes.feedback = i & 2 ? q : NULL;
		if (v.notes.feedback)
			CHECK(guide_answer(q, "a") != VERDICT_NOT_UNDERSTOOD);
		draw(&c, &l, f, &v, s, q->step);
		if (!v.notes.feedback) /* the caption is in the first row */
			CHECK(is_prominent(&c, 1, l.why.y));
		CHECK_EQ(l.panels[0].view, VIEW_question);
		CHECK(is_prominent(&c, l.panels[0].rect.x + 1,
				   l.panels[0].rect.y));
		q->state = QUESTION_OPEN;
	}
	canvas_fini(&c);
	guide_destroy(&g);
}

int main(void)
{
	struct session *s = make_session();
	struct view_model *f = malloc(sizeof(*f));

	CHECK(s && f);
	if (s && f) {
		make_requests(s);
		test_marks(s, f);
		test_presenter(s, f);
		test_prominence(s, f);
	}
	session_free(s);
	free(f);
	return test_done();
}
