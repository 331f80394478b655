/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ways of looking: panels, focus, phases, the map's cursor.
 */
#include "screen_session.h"
#include "test.h"
#include "views/view.h"
#include "requests.h"

static void test_panels(void)
{
	struct view_state v = { .focus = 3, .scroll = 4 };

	CHECK(view_is_on(&v, VIEW_lists));
	CHECK(!view_is_on(&v, VIEW_source));
	CHECK(view_toggle(&v, VIEW_lists));
	CHECK(!view_is_on(&v, VIEW_lists));
	CHECK_EQ(v.focus, 0);
	CHECK_EQ(v.scroll, 0);
	CHECK(view_toggle(&v, VIEW_source));
	CHECK(view_is_on(&v, VIEW_source));
	CHECK(view_toggle(&v, VIEW_source));
	CHECK(!view_is_on(&v, VIEW_source));
	v.hidden = UINT32_MAX;
	CHECK(!view_toggle(&v, VIEW_split));
	CHECK(view_is_on(&v, VIEW_split));
	CHECK(!view_toggle(&v, VIEW_none));
	CHECK_EQ(view_from_name("pcp"), VIEW_pcp);
	CHECK_EQ(view_from_name("pageblocks"), VIEW_pageblocks);
	CHECK_EQ(view_from_name("map"), VIEW_map);
	CHECK_EQ(view_from_name("split"), VIEW_none);
	CHECK_EQ(view_from_name("nothing"), VIEW_none);
}

/* The names that keys and words use are those of the views. */
static void test_names(void)
{
	int nr = 0;

	for (int id = 1; id < NR_VIEWS; id++) {
		enum view_id found = view_from_name(views[id].name);

		nr += found != VIEW_none;
		CHECK(found == VIEW_none || found == (enum view_id)id);
	}
	CHECK_EQ(nr, 8);
}

static void test_focus(void)
{
	struct view_state v = { .focus = 0 };

	view_scroll(&v, 5, 3);
	CHECK_EQ(v.scroll, 3);
	view_scroll(&v, -50, 3);
	CHECK_EQ(v.scroll, -3);
	view_focus_on(&v, 3);
	CHECK_EQ(v.focus, 3);
	CHECK_EQ(v.scroll, 0);
}

static void test_phases(void)
{
	struct view_state v = { .focus = 0 };
	int before = 0;

	for (uint32_t ms = 0; ms < 500; ms += 20) {
		int phase = view_phase(&v, ms, 500);

		CHECK(phase >= before && phase >= 1 && phase < NR_PHASES);
		before = phase;
	}
	CHECK_EQ(before, NR_PHASES - 1);
	CHECK_EQ(view_phase(&v, 500, 500), PHASE_FINAL);
	CHECK_EQ(view_phase(&v, 0, 0), PHASE_FINAL);
	v.reduced_motion = true;
	CHECK_EQ(view_phase(&v, 100, 500), PHASE_FINAL);
	v.phase = 1;
	CHECK_EQ(motion_between(&v, 10, 80), 80);
	v.reduced_motion = false;
	for (v.phase = 1; v.phase < NR_PHASES; v.phase++) {
		CHECK(motion_between(&v, 10, 80) >= 10);
		CHECK(motion_between(&v, 10, 80) < 80);
	}
	v.phase = 1;
	CHECK_EQ(motion_between(&v, 10, 80), 10);
	v.phase = PHASE_FINAL;
	CHECK_EQ(motion_between(&v, 10, 80), 80);
}

static void test_map(const struct view_model *f)
{
	struct view_state v = { .focus = 0 };
	uint32_t end = f->m->system->max_pfn;

	view_map_goto(&v, f, 100);
	view_map_move(&v, f, 64, 1, 0);
	CHECK_EQ(view_map_at(&v, f), 101);
	view_map_move(&v, f, 64, 0, 1);
	CHECK_EQ(view_map_at(&v, f), 165);
	view_map_move(&v, f, 64, 0, -9); /* there is nothing above */
	CHECK_EQ(view_map_at(&v, f), 165);
	view_map_goto(&v, f, end); /* nor below the end */
	CHECK_EQ(view_map_at(&v, f), 165);
	view_map_zoom(&v, f, 1);
	view_map_move(&v, f, 64, 1, 0);
	CHECK_EQ(view_map_at(&v, f), 167);
	for (int i = 0; i < 40; i++)
		view_map_zoom(&v, f, 1);
	CHECK(view_map_zoom_at(&v, f) < 20);
	CHECK(end >> view_map_zoom_at(&v, f) >= 64);
	for (int i = 0; i < 40; i++)
		view_map_zoom(&v, f, -1);
	CHECK_EQ(view_map_zoom_at(&v, f), 0);
	v.map_cursor = UINT32_MAX;
	CHECK_EQ(view_map_at(&v, f), end - 1);
	v.map_has_cursor = false;
	CHECK(view_map_at(&v, f) < end);
}

static void test_words(void)
{
	struct view_state v = { .focus = 0 };
	const char *bad = NULL;

	CHECK(view_from_text(&v,
			     "source,-lists,presenter,phase=3,zoom=5,"
			     "pfn=77,focus=2,enlarged",
			     &bad));
	CHECK(view_is_on(&v, VIEW_source));
	CHECK(!view_is_on(&v, VIEW_lists));
	CHECK(v.presenter && v.enlarged && v.map_has_cursor);
	CHECK_EQ(v.phase, 3);
	CHECK_EQ(v.map_zoom, 5);
	CHECK_EQ(v.map_cursor, 77);
	CHECK_EQ(v.focus, 2);
	CHECK(view_from_text(&v, "", &bad));
	CHECK(!view_from_text(&v, "map,sauce", &bad));
	CHECK_STR(bad, "sauce");
	CHECK(!view_from_text(&v, "phase=8", &bad));
	CHECK(!view_from_text(&v, "phase=", &bad));
	CHECK(!view_from_text(&v, "phase=-1", &bad));
	CHECK(!view_from_text(&v, "presenter=1", &bad));
	CHECK(!view_from_text(&v, "focus", &bad));
	CHECK(!view_from_text(&v, "-big", &bad));
}

int main(void)
{
	struct session *s = make_session();
	struct view_model *f = malloc(sizeof(*f));
	const struct view_state view = { .focus = 0 };

	CHECK(s && f);
	if (!s || !f)
		return test_done();
	test_panels();
	test_names();
	test_focus();
	test_phases();
	test_words();
	make_requests(s);
	session_seek(s, 40);
	f->view = &view;
	view_model_build(f, s, "", NULL);
	test_map(f);
	session_free(s);
	free(f);
	return test_done();
}
