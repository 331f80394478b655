/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Searches and breakpoints: each answer is held against a plain loop over
 * the events. And where one was: the list of jumps.
 */
#include "describe.h"
#include "model/bookmarks.h"
#include "search/matches.h"
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

/* All matches, scanned to the end. */
static struct matches matches_of(struct session *s, const char *text)
{
	struct matches m = { .bits = NULL };
	struct file_error error = { "" };

	CHECK(search_init(&m.search, session_machine(s), text, &error));
	CHECK_STR(error.text, "");
	CHECK(matches_begin(&m, s));
	while (!matches_scan(&m, s, UINT32_MAX, session_nr_notes(s)))
		;
	return m;
}

/* Forwards from 0 and backwards from the end: the same steps. */
static uint32_t walk_both_ways(struct session *s, const char *text)
{
	struct matches m = matches_of(s, text);
	const uint32_t nr_steps = session_nr_steps(s);
	uint32_t nr = 0, nr_back = 0, step = 0;

	while ((step = matches_find(&m, step, 1, nr_steps)) != NOWHERE) {
		CHECK(search_matches(&m.search, s, step));
		nr++;
		CHECK_EQ(matches_count(&m, step), nr);
	}
	step = nr_steps + 1;
	while ((step = matches_find(&m, step, -1, nr_steps)) != NOWHERE)
		nr_back++;
	CHECK_EQ(nr_back, nr);
	CHECK_EQ(matches_count(&m, UINT32_MAX), nr);
	matches_fini(&m);
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

static void test_filters(struct session *s)
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
	CHECK_EQ(search.kind, SEARCH_PAGE);
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
	CHECK_EQ(search.kind, SEARCH_FILTER);
	search_fini(&search);
}

static uint32_t count_text(const struct session *s, const char *words)
{
	uint32_t nr = 0;

	for (uint32_t step = 1; step <= session_nr_steps(s); step++) {
		char text[1024];

		event_text_format(session_machine(s),
				  history_event(session_history(s), step), text,
				  sizeof(text));
		nr += strstr(text, words) != NULL;
	}
	return nr;
}

/* What is no expression is a text; so is what stands in quotes. */
static void test_texts(struct session *s)
{
	static const char *const texts[] = { "added to the", "pfn 4", "NR_FREE",
					     "node 1 DMA32", "(order" };
	struct search search;
	struct file_error error;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		CHECK(count_text(s, texts[i]) > 3);
		CHECK_EQ(walk_both_ways(s, texts[i]), count_text(s, texts[i]));
	}
	/* case counts if there is an upper-case letter */
	CHECK_EQ(walk_both_ways(s, "nr_free"), count_text(s, "NR_FREE"));
	CHECK_EQ(walk_both_ways(s, "NR_free"), 0);
	/* a field alone is a word, the name of an event is one of them */
	CHECK_EQ(walk_both_ways(s, "migratetype"),
		 count_text(s, "migratetype"));
	CHECK_EQ(walk_both_ways(s, "expand"), count(s, EVENT_expand));
	CHECK_EQ(walk_both_ways(s, "\"expand\""), count_text(s, "expand"));
	CHECK_EQ(walk_both_ways(s, "\"order >= 1\""), 0);
	CHECK_EQ(walk_both_ways(s, "no such words"), 0);
	CHECK(search_init(&search, session_machine(s), "\"", &error));
	CHECK_STR(search.words, "\"");
	search_fini(&search);
}

/* Captions are found where they stand, a question's answer is not. */
static void test_captions(struct session *s)
{
	struct matches m;

	session_seek(s, session_nr_steps(s));
	session_note(s, NOTE_SAY, "伙伴系统 merges");
	session_note(s, NOTE_ANSWER, "seventeen");
	m = matches_of(s, "伙伴");
	CHECK_EQ(matches_find(&m, 0, 1, UINT32_MAX), session_nr_steps(s));
	CHECK_EQ(matches_find(&m, 0, 1, session_nr_steps(s) - 1), NOWHERE);
	CHECK_EQ(matches_count(&m, session_nr_steps(s) - 1), 0);
	matches_fini(&m);
	m = matches_of(s, "seventeen");
	CHECK_EQ(matches_count(&m, UINT32_MAX), 0);
	matches_fini(&m);
}

/* What is not scanned yet is not known, in both directions. */
static void test_slices(struct session *s)
{
	struct matches m = matches_of(s, "expand");
	const uint32_t first = matches_find(&m, 0, 1, UINT32_MAX);
	const uint32_t last = session_nr_steps(s);

	CHECK(matches_begin(&m, s));
	CHECK_EQ(matches_find(&m, 0, 1, last), NOT_KNOWN_YET);
	CHECK_EQ(matches_find(&m, last, -1, last), NOT_KNOWN_YET);
	CHECK(matches_scan(&m, s, first - 1, 0));
	CHECK_EQ(matches_find(&m, first, -1, last), NOWHERE);
	CHECK_EQ(matches_find(&m, 0, 1, first - 1), NOWHERE);
	CHECK_EQ(matches_find(&m, 0, 1, last), NOT_KNOWN_YET);
	CHECK(matches_scan(&m, s, first, 0));
	CHECK_EQ(matches_find(&m, 0, 1, last), first);
	matches_fini(&m);
}

static uint64_t list_hash(const struct session *s, uint32_t head)
{
	const struct machine *m = session_machine(s);
	uint64_t hash = 1;

	for (uint32_t pfn = m->links[head].next; pfn != head;
	     pfn = m->links[pfn].next)
		hash = hash * 31 + pfn;
	return hash;
}

static uint64_t page_hash(const struct session *s, uint32_t pfn)
{
	const struct machine *m = session_machine(s);
	uint32_t head = page_head(m, pfn);

	return (uint64_t)head << 32 | m->pages[head == PFN_NONE ? pfn : head];
}

/* A watchpoint holds where the states before and after a step differ. */
static uint32_t check_watchpoint(struct session *s, const struct watchpoint *w)
{
	const struct machine *m = session_machine(s);
	const uint32_t head =
		w->kind == WATCHPOINT_LIST ?
			free_list(&m->zones[w->zone], w->order, w->type) :
			0;
	uint64_t before = 0, after;
	uint32_t nr = 0;

	for (uint32_t step = 0; step <= session_nr_steps(s); step++) {
		session_seek(s, step);
		after = w->kind == WATCHPOINT_LIST ?
				list_hash(s, head) :
			w->kind == WATCHPOINT_PAGE ?
				page_hash(s, w->pfn) :
				((const uint32_t *)m->region)[w->word];
		if (step)
			CHECK_EQ(watchpoint_changed(w, s, step),
				 before != after);
		nr += step && before != after;
		before = after;
	}
	return nr;
}

static void test_watchpoints(struct session *s)
{
	const struct machine *m = session_machine(s);
	const struct zone *zone = node_zone(m, 0, 0);
	const uint32_t pfn = session_get_request(s, 5)->pfn;
	uint32_t nr = 0;
	struct watchpoint w;

	while (!populated_zone(zone) || !zone->pgalloc)
		zone++;
	for (uint32_t i = 0; i < 12; i++) {
		w = watchpoint_page(pfn + i * 3);
		CHECK(check_watchpoint(s, &w) > 1);
	}
	for (uint32_t order = 0; order < 10; order++)
		for (uint32_t type = 0; type < 2; type++) {
			w = watchpoint_list(m, zone, order, type);
			nr += check_watchpoint(s, &w);
		}
	CHECK(nr > 20);
	w = watchpoint_counter(m, &zone->nr_free_pages, "free");
	CHECK(check_watchpoint(s, &w) > 10);
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
	test_texts(s);
	test_slices(s);
	test_watchpoints(s);
	test_breakpoints(s);
	test_jumps();
	test_letters();
	test_captions(s);
	session_free(s);
	return test_done();
}
