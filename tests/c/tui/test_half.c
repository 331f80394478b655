/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pictures of the two rules that compare with half: the bar reaches the
 * tick of half exactly when the rule is met, the numbers are those of the
 * events, and no picture tells what a later event decides.
 */
#include "screen_session.h"
#include "test.h"
#include "views/half.h"

enum { WIDTH = 78, HEIGHT = 14 };

static const struct view_state at_rest = { .focus = 0 };

static const char *row(const struct canvas *c, int y)
{
	static char buf[MAX_CELL_BYTES * WIDTH + 1];
	char *at = buf;

	for (int x = 0; x < c->width; x++)
		at += cell_encode(&c->cells[y * c->width + x], at);
	*at = '\0';
	return buf;
}

/* Is @text on the picture? */
static bool has(const struct canvas *c, const char *text)
{
	for (int y = 0; y < c->height; y++)
		if (strstr(row(c, y), text))
			return true;
	return false;
}

static uint32_t glyph_at(const struct canvas *c, int x, int y)
{
	return c->cells[y * c->width + x].glyph;
}

/* The column of the tick in the scale, or -1. */
static int tick_column(const struct canvas *c)
{
	for (int x = 0; x < c->width; x++)
		if (glyph_at(c, x, 1) == 0x25bc) /* ▼ */
			return x;
	return -1;
}

/* Do the compared parts of the bar reach the tick? */
static bool reaches_tick(const struct canvas *c, int nr_compared)
{
	uint32_t glyph = glyph_at(c, tick_column(c), 2);

	return glyph == 0x2588 || (nr_compared > 1 && glyph == 0x2593);
}

static void draw(struct canvas *c, struct view_model *vm, enum view_id view)
{
	canvas_clear(c);
	vm->view = &at_rest;
	views[view].draw(vm, canvas_area(c));
	CHECK_EQ(c->nr_lost, 0);
	CHECK_EQ(c->nr_overdrawn, 0);
}

/* Every sum from 0 to the whole, at every width: the tick decides. */
static void test_tick(struct view_model *vm)
{
	static const uint32_t wholes[] = { 2, 16, 512, 1023 };
	struct canvas c;

	CHECK(canvas_init(&c, 20, HEIGHT, false));
	vm->view = &at_rest;
	for (int i = 0; i < 4000; i++) {
		uint32_t whole = wholes[i % 4],
			 part = (uint32_t)i % (whole + 1);
		struct half h = {
			.name = text_of("whole"),
			.whole = whole,
			.parts = { { "part", "█", LOOK_FREE, part, { "" } },
				   { "rest",
				     "░",
				     LOOK_DIM,
				     whole - part,
				     { "" } } },
			.nr_parts = 2,
			.nr_compared = 1,
			.counted = true,
			.compares = true,
			.half = whole / 2,
			.above = i / 4 % 2,
		};
		bool met = h.above ? part > h.half : part >= h.half;

		CHECK(canvas_resize(&c, 20 + i % 100, HEIGHT));
		canvas_clear(&c);
		half_draw(vm, canvas_area(&c), &h);
		CHECK_EQ(reaches_tick(&c, 1), met);
		CHECK_EQ(c.nr_lost + c.nr_overdrawn, 0);
	}
	canvas_fini(&c);
}

/* Of fewer rows none is blank, and the heading goes after the tick. */
static void test_few_rows(struct view_model *vm)
{
	const struct half h = {
		.name = text_of("whole"),
		.whole = 16,
		.parts = { { "part", "█", LOOK_FREE, 4, { "" } },
			   { "rest", "░", LOOK_DIM, 12, { "" } } },
		.nr_parts = 2,
		.nr_compared = 1,
		.counted = true,
		.compares = true,
		.half = 8,
		.result = CHECK_REFUSED,
		.verdict = text_of("4 < 8"),
	};
	struct canvas c;

	vm->view = &at_rest;
	for (int rows = 4; rows <= half_rows(&h, WIDTH); rows++) {
		CHECK(canvas_init(&c, WIDTH, rows, false));
		CHECK_EQ(half_draw(vm, canvas_area(&c), &h), rows);
		CHECK_EQ(has(&c, "half: 8 pages"), rows > 4);
		CHECK_EQ(has(&c, "▼"), rows > 5);
		CHECK(has(&c, "█ part") && has(&c, "✗ 4 < 8"));
		CHECK_EQ(c.nr_lost + c.nr_overdrawn, 0);
		canvas_fini(&c);
	}
}

static void check_claim(const struct canvas *c, const struct view_model *vm,
			const struct event_steal_claim *e, bool changed)
{
	struct view_title title;
	char text[128];

	snprintf(text, sizeof(text),
		 "%u free + %u compatible = %u %s %u:", e->free, e->compatible,
		 e->free + e->compatible,
		 e->free + e->compatible < e->required ? "<" : ">=",
		 e->required);
	CHECK(has(c, text));
	CHECK(has(c, changed ? "the pageblock becomes" :
		     e->ok   ? " already." :
			       "the pageblock stays"));
	CHECK(has(c, e->ok ? "✓" : "✗"));
	CHECK_EQ(reaches_tick(c, 2), e->ok);
	snprintf(text, sizeof(text), "pageblock %u, pfn %u",
		 e->pfn >> vm->m->pageblock_order, e->pfn);
	view_describe(VIEW_claim, vm, WIDTH, &title);
	CHECK(strstr(title.left, text));
}

/* What the kernel has counted, and not yet what it decides. */
static void check_moved(const struct canvas *c,
			const struct event_move_freepages *e)
{
	char text[64];

	snprintf(text, sizeof(text), "%u page%s", e->moved, plural(e->moved));
	CHECK(has(c, text));
	CHECK(!has(c, "becomes") && !has(c, "stays") && !has(c, "✓") &&
	      !has(c, "✗"));
}

/* Nothing is counted before the pages are moved. */
static void check_boost(const struct canvas *c)
{
	if (tick_column(c) < 0) /* the block cannot claim its pageblock */
		return;
	for (int x = 1; x < WIDTH - 1; x++)
		CHECK_EQ(glyph_at(c, x, 2), 0xb7); /* · */
	CHECK(has(c, "at least half of it") && !has(c, " 0 pages"));
}

static void check_balance(const struct canvas *c,
			  const struct event_cma_balance *e)
{
	char text[64];

	snprintf(text, sizeof(text), "%u %s %u", e->free_cma,
		 e->cma_first ? ">" : "<=", e->free / 2);
	CHECK(has(c, text));
	CHECK(has(c, e->cma_first ? "▶ 1 CMA  · 2 movable  · 3 steal" :
				    "▶ 1 movable  · 2 CMA  · 3 steal"));
	CHECK_EQ(reaches_tick(c, 1), e->cma_first);
}

struct seen {
	int claims[2], balances[2], singles, moved, unchanged, misses;
};

static void check_step(struct canvas *c, struct view_model *vm,
		       struct seen *seen)
{
	const struct event_steal_claim *claim =
		event_get(vm->event, steal_claim);
	const struct event_cma_balance *balance =
		event_get(vm->event, cma_balance);
	const struct event_move_freepages *moved =
		event_get(vm->event, move_freepages);
	const struct event_steal_single *single =
		event_get(vm->event, steal_single);
	bool changed;

	if (vm->picture != PICTURE_CLAIM && vm->picture != PICTURE_CMA)
		return;
	draw(c, vm, vm->picture == PICTURE_CMA ? VIEW_cma : VIEW_claim);
	changed = event_get(history_event(session_history(vm->session),
					  vm->step - 1),
			    set_pageblock_migratetype) != NULL;
	if (claim)
		check_claim(c, vm, claim, changed);
	seen->unchanged += claim && claim->ok && !changed;
	if (balance)
		check_balance(c, balance);
	if (moved)
		check_moved(c, moved);
	if (event_get(vm->event, boost_watermark))
		check_boost(c);
	if (event_get(vm->event, smallest_miss)) { /* the next list's turn */
		CHECK(has(c, "✗ 1 movable  ▶ 2 CMA") ||
		      has(c, "✗ 1 movable  ✗ 2 CMA  ▶ 3 steal") ||
		      has(c, "✗ 1 CMA  ▶ 2 movable") ||
		      has(c, "✗ 1 CMA  ✗ 2 movable  ▶ 3 steal"));
		seen->misses++;
	}
	if (single)
		CHECK(has(c, single->reason == STEAL_whole_pageblocks ?
				     "whole pageblock" :
				     "Only the block moves"));
	if (claim)
		seen->claims[claim->ok]++;
	if (balance)
		seen->balances[balance->cma_first]++;
	seen->singles += single != NULL;
	seen->moved += moved != NULL;
}

/* A zone of 1 MiB with pageblocks of 16 pages. */
static struct session *small_session(void)
{
	struct machine_description *d = machine_description_new();
	struct machine m = { .region = NULL };
	char message[256] = "";

	if (!d)
		return NULL;
	d->nr_nodes = 1;
	d->node[0].nr_pages = 256;
	d->pageblock_order = 4;
	d->max_order = 7;
	d->has_min_free_kbytes = true;
	d->min_free_kbytes = 16;
	CHECK_EQ(machine_boot(&m, d, message, sizeof(message)), BOOT_OK);
	free(d);
	return session_new(&m, true);
}

/*
 * Movable blocks of four pages fill the zone, at last those of the unmovable
 * pageblock, which is stolen from twice. One in two pageblocks has page cache,
 * and one block of each pageblock is freed again: then unmovable requests steal
 * from both kinds.
 */
static void request_steals(struct session *s)
{
	const struct alloc_request user = {
		.gfp = GFP_HIGHUSER_MOVABLE | __GFP_COMP,
		.order = 2,
		.has_alloc_flags = true,
		.alloc_flags = ALLOC_NO_WATERMARKS,
	};
	const struct alloc_request kernel = { .gfp = GFP_KERNEL, .order = 1 };
	const struct request *done;
	uint32_t pfns[64], nr = 0;

	while (nr < 64 && (done = make_alloc(s, &user, NULL, "user")) &&
	       done->pfn != PFN_NONE) {
		pfns[nr++] = done->pfn;
		if (!(done->pfn >> 4 & 1))
			MAKE(s, LRU, .lru = { done->pfn, true });
	}
	for (uint32_t i = 0; i < nr; i++)
		if (pfns[i] % 16 == 8)
			make_free(s, 0, pfns[i], 2);
	for (int i = 0; i < 16; i++)
		make_alloc(s, &kernel, NULL, "kernel");
}

static void check_steps(struct session *s, struct view_model *vm,
			struct canvas *c, struct seen *seen)
{
	for (uint32_t step = 1; step <= session_nr_steps(s); step++) {
		session_seek(s, step);
		view_model_build(vm, s, "", NULL);
		check_step(c, vm, seen);
	}
}

static void test_steps(struct view_model *vm)
{
	struct session *s = make_session(), *small = small_session();
	struct seen seen = { .moved = 0 };
	struct canvas c;

	CHECK(s && small && canvas_init(&c, WIDTH, HEIGHT, false));
	if (!s || !small)
		return;
	make_requests(s);
	check_steps(s, vm, &c, &seen);
	request_steals(small);
	check_steps(small, vm, &c, &seen);
	CHECK(seen.claims[0] && seen.claims[1]);
	CHECK(seen.balances[0] && seen.balances[1]);
	CHECK(seen.singles && seen.moved && seen.unchanged && seen.misses);
	canvas_fini(&c);
	session_free(s);
	session_free(small);
}

int main(void)
{
	struct view_model *vm = malloc(sizeof(*vm));

	CHECK(vm);
	if (vm) {
		test_tick(vm);
		test_few_rows(vm);
		test_steps(vm);
	}
	free(vm);
	return test_done();
}
