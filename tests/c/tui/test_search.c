/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Searches and breakpoints: each answer is held against a plain loop over
 * the events. And where one was: the list of jumps.
 */
#include "describe.h"
#include "model/bookmarks.h"
#include "model/search.h"
#include "session/session.h"
#include "requests.h"

static struct session *make_session(void)
{
	struct machine_description *d = describe(ARCH_AMD64);
	struct machine m;
	struct session *s;

	add_node(d, 16384);
	add_node(d, 16384);
	d->nr_cpus = 2;
	if (!boot(&m, d))
		exit(EXIT_FAILURE);
	s = session_new(&m, true);
	for (uint32_t i = 0; i < 60; i++) {
		const struct alloc_request r = {
			.gfp = i % 3 ? GFP_KERNEL : GFP_HIGHUSER_MOVABLE,
			.order = i % 6,
			.nid = i % 2,
			.cpu = i % 2,
		};
		const struct request *done = make_alloc(s, &r, NULL, NULL);

		if (i % 4 == 0)
			make_free(s, 0, done->pfn, r.order);
	}
	return s;
}

/* Forwards from 0 and backwards from the end: the same steps. */
static uint32_t walk_both_ways(const struct session *s, const char *text)
{
	struct search search;
	struct file_error error = { "" };
	uint32_t nr = 0, nr_back = 0, step = 0;

	CHECK(search_init(&search, session_machine(s), text, &error));
	CHECK_STR(error.text, "");
	while ((step = search_from(&search, s, step, 1)) != NOWHERE) {
		CHECK(search_matches(&search, s, step));
		nr++;
	}
	step = session_nr_steps(s) + 1;
	while ((step = search_from(&search, s, step, -1)) != NOWHERE)
		nr_back++;
	CHECK_EQ(nr_back, nr);
	search_fini(&search);
	return nr;
}

static uint32_t count(const struct session *s, enum event_id id)
{
	uint32_t nr = 0;

	for (uint32_t step = 1; step <= session_nr_steps(s); step++)
		nr += event_id(history_event(session_history(s), step)) == id;
	return nr;
}

static uint32_t count_checks(const struct session *s, uint32_t order)
{
	uint32_t nr = 0;

	for (uint32_t step = 1; step <= session_nr_steps(s); step++) {
		const struct event_watermark_check *check =
			event_get(history_event(session_history(s), step),
				  watermark_check);

		nr += check && check->ok && check->order >= order;
	}
	return nr;
}

static void test_filters(const struct session *s)
{
	CHECK(count(s, EVENT_expand) > 10);
	CHECK_EQ(walk_both_ways(s, "expand"), count(s, EVENT_expand));
	CHECK_EQ(walk_both_ways(s, "mm_page_alloc"), 60);
	CHECK_EQ(walk_both_ways(s, "watermark_check and ok and order >= 3"),
		 count_checks(s, 3));
	CHECK_EQ(walk_both_ways(s, "watermark_check and not ok"), 0);
}

static void test_errors(const struct session *s)
{
	const struct machine *m = session_machine(s);
	struct file_error error;
	char text[2 * MAX_SEARCH], frame[40];
	struct search search;

	CHECK(!search_init(&search, m, "ordre>=3", &error));
	CHECK(error.text[0]);
	search_fini(&search);
	CHECK(!search_init(&search, m, "order >=", &error));
	snprintf(frame, sizeof(frame), "pfn=%u", m->system->max_pfn);
	CHECK(!search_init(&search, m, frame, &error));
	CHECK(strstr(error.text, "no pfn "));
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	CHECK(!search_init(&search, m, text, &error));
	CHECK(!search_matches(&search, s, 1));
	search_fini(&search);
}

/* A frame is touched when its word is written, or it lies in the block. */
static void test_frames(struct session *s)
{
	const struct request *r = session_get_request(s, 5);
	const uint32_t pfn = r->pfn;
	struct search search;
	struct file_error error;
	char text[40];
	uint32_t step, nr = 0;

	CHECK_EQ(r->alloc.order, 4);
	/* a frame in the middle of the block, whose own word never changes */
	snprintf(text, sizeof(text), " pfn = %u", pfn + 5);
	CHECK(search_init(&search, session_machine(s), text, &error));
	CHECK(search.by_pfn);
	step = search_from(&search, s, 0, 1);
	CHECK(step >= 1 && step <= r->last_step);
	for (step = r->first_step; step <= r->last_step; step++)
		nr += search_matches(&search, s, step);
	CHECK(nr >= 1);
	CHECK(step_touches(s, r->last_step, pfn));
	search_fini(&search);
	/* what is written is touched, whatever the event says */
	for (step = 1; step <= session_nr_steps(s); step++) {
		const struct machine *m = session_machine(s);
		uint32_t before, after;

		session_seek(s, step - 1);
		before = m->pages[pfn];
		session_seek(s, step);
		after = m->pages[pfn];
		if (before != after)
			CHECK(step_touches(s, step, pfn));
	}
	/* with more than a frame it is a condition like others */
	CHECK(search_init(&search, session_machine(s), "pfn=1 and order>=0",
			  &error));
	CHECK(!search.by_pfn);
	search_fini(&search);
}

static void test_breakpoints(const struct session *s)
{
	const struct machine *m = session_machine(s);
	struct breakpoints b = { .nr = 0 };
	struct file_error error;
	char text[32];
	bool set;

	CHECK(breakpoints_toggle(&b, m, "expand", &set, &error));
	CHECK(set);
	CHECK(breakpoints_toggle(&b, m, "slow_path", &set, &error));
	CHECK_EQ(b.nr, 2);
	for (uint32_t step = 1; step <= session_nr_steps(s); step++) {
		const struct search *at = breakpoints_at(&b, s, step);

		CHECK_EQ(at != NULL,
			 event_id(history_event(session_history(s), step)) ==
				 EVENT_expand);
	}
	CHECK(!breakpoints_toggle(&b, m, "nonesuch", &set, &error));
	CHECK(!set);
	CHECK_EQ(b.nr, 2);
	CHECK(breakpoints_toggle(&b, m, "expand", &set, &error));
	CHECK(!set);
	CHECK_EQ(b.nr, 1);
	CHECK_STR(b.at[0].text, "slow_path");
	for (int i = 0; i < MAX_BREAKPOINTS; i++) {
		snprintf(text, sizeof(text), "order>=%d", i);
		breakpoints_toggle(&b, m, text, &set, &error);
	}
	CHECK_EQ(b.nr, MAX_BREAKPOINTS);
	CHECK(!set);
	breakpoints_fini(&b);
	CHECK_EQ(b.nr, 0);
}

static void test_jumps(void)
{
	struct bookmarks j;
	uint32_t step;

	bookmarks_init(&j);
	step = 5;
	CHECK(!bookmarks_back(&j, &step));
	CHECK(!bookmarks_forward(&j, &step));
	bookmarks_leave(&j, 5); /* to 20 */
	bookmarks_leave(&j, 20); /* to 90 */
	step = 90;
	CHECK(bookmarks_back(&j, &step));
	CHECK_EQ(step, 20);
	CHECK(bookmarks_back(&j, &step));
	CHECK_EQ(step, 5);
	CHECK(!bookmarks_back(&j, &step));
	CHECK(bookmarks_forward(&j, &step));
	CHECK_EQ(step, 20);
	CHECK(bookmarks_forward(&j, &step));
	CHECK_EQ(step, 90);
	CHECK(!bookmarks_forward(&j, &step));
	CHECK(bookmarks_back(&j, &step));
	CHECK_EQ(step, 20);
	/* a new jump from there: 90 is not ahead any more */
	bookmarks_leave(&j, 20);
	step = 44;
	CHECK(!bookmarks_forward(&j, &step));
	CHECK(bookmarks_back(&j, &step));
	CHECK_EQ(step, 20);
	for (uint32_t i = 0; i < 3 * MAX_JUMPS; i++)
		bookmarks_leave(&j, 1000 + i);
	CHECK_EQ(j.nr, MAX_JUMPS);
	step = 7;
	CHECK(bookmarks_back(&j, &step));
	CHECK_EQ(step, 1000 + 3 * MAX_JUMPS - 1);
}

static void test_letters(void)
{
	struct bookmarks j;
	uint32_t step = 0;

	bookmarks_init(&j);
	CHECK(!bookmarks_get(&j, 'a', &step));
	CHECK(bookmarks_set(&j, 'a', 12));
	CHECK(bookmarks_set(&j, 'z', 0));
	CHECK(bookmarks_get(&j, 'a', &step));
	CHECK_EQ(step, 12);
	CHECK(bookmarks_get(&j, 'z', &step));
	CHECK_EQ(step, 0);
	CHECK(!bookmarks_set(&j, 'A', 3));
	CHECK(!bookmarks_set(&j, 0x110004, 3));
}

int main(void)
{
	struct session *s = make_session();

	test_filters(s);
	test_errors(s);
	test_frames(s);
	test_breakpoints(s);
	test_jumps();
	test_letters();
	session_free(s);
	return test_done();
}
