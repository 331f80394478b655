/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_history: any distance, there and back, to the byte. */
#include "mm/allocator.h"
#include "machine.h"

enum { MAX_HELD = 500, NR_KEPT = 40 };

/* A traced machine and a source of random requests. */
struct player {
	struct machine m;
	struct history *h;
	uint64_t seed;
	uint32_t held[MAX_HELD]; /* pfn */
	uint32_t nr_held;
};

static struct player player_new(struct machine m)
{
	struct player p = { .m = m, .h = history_new(), .seed = 42 };

	machine_set_history(&p.m, p.h);
	return p;
}

static void player_free(struct player *p)
{
	history_free(p->h);
	arena_destroy(&p->m);
}

static uint32_t any(struct player *p, uint32_t below)
{
	p->seed = p->seed * 6364136223846793005ull + 1442695040888963407ull;
	return (uint32_t)(p->seed >> 33) % below;
}

/* A block comes, one goes, or lists are drained. Blocks have order 0 to 2. */
static void play_one(struct player *p)
{
	const struct alloc_request r = {
		.gfp = any(p, 2) ? GFP_KERNEL : GFP_HIGHUSER_MOVABLE,
		.order = any(p, 3),
		.cpu = any(p, 2),
	};
	const uint32_t what = any(p, 10), i = any(p, MAX_HELD);
	uint32_t pfn;

	if (what == 9) {
		machine_drain(&p->m, r.cpu);
	} else if (what < 6 && p->nr_held < MAX_HELD) {
		machine_alloc(&p->m, &r, &pfn);
		if (pfn != PFN_NONE)
			p->held[p->nr_held++] = pfn;
	} else if (p->nr_held) {
		pfn = p->held[i % p->nr_held];
		machine_free(&p->m, r.cpu, pfn, page_order(p->m.pages[pfn]));
		p->held[i % p->nr_held] = p->held[p->nr_held - 1];
		p->nr_held--;
	}
}

static void play(struct player *p, uint32_t nr_requests)
{
	while (nr_requests--)
		play_one(p);
}

/* The machine as it was after some of its requests. */
struct kept {
	struct machine m;
	uint32_t step;
};

static void test_seek(void)
{
	struct player p = player_new(two_nodes());
	struct kept kept[NR_KEPT];

	for (int i = 0; i < NR_KEPT; i++) {
		CHECK(arena_clone(&kept[i].m, &p.m));
		kept[i].step = p.h->nr_events;
		play(&p, 50);
	}
	CHECK_EQ(kept[0].step, 0);
	CHECK(p.h->nr_events > 10000);
	for (int n = 0; n < 2000; n++) {
		const struct kept *k = &kept[any(&p, NR_KEPT)];

		history_seek(p.h, &p.m, any(&p, p.h->nr_events + 1));
		history_seek(p.h, &p.m, k->step);
		CHECK_EQ(p.h->step, k->step);
		CHECK(arena_equal(&p.m, &k->m));
	}
	for (int i = 0; i < NR_KEPT; i++)
		arena_destroy(&kept[i].m);
	player_free(&p);
}

static uint64_t hash(const struct machine *m)
{
	const uint64_t *at = m->region, *end = at + m->region_size / 8;
	uint64_t h = 14695981039346656037ull;

	while (at < end)
		h = (h ^ *at++) * 1099511628211ull;
	return h;
}

/* Each single step has one state, by whatever way it is reached. */
static void test_each_step(void)
{
	struct player p = player_new(small_machine());
	uint64_t *state;
	uint32_t nr;

	play(&p, 60);
	nr = p.h->nr_events;
	state = calloc(nr + 1, sizeof(*state));
	for (uint32_t step = nr + 1; step-- > 0;) {
		history_seek(p.h, &p.m, step);
		state[step] = hash(&p.m);
	}
	for (uint32_t step = 0; step <= nr; step++) {
		history_seek(p.h, &p.m, step);
		CHECK_EQ(hash(&p.m), state[step]);
	}
	for (int n = 0; n < 300; n++) {
		uint32_t step = any(&p, nr + 1);

		history_seek(p.h, &p.m, step);
		CHECK_EQ(hash(&p.m), state[step]);
	}
	history_seek(p.h, &p.m, UINT32_MAX); /* the end */
	CHECK_EQ(p.h->step, nr);
	CHECK_EQ(hash(&p.m), state[nr]);
	CHECK_MACHINE(&p.m);
	free(state);
	player_free(&p);
}

/*
 * The changes of a step are the words that differ between two steps. Records
 * follow each other without a gap: the step before, changes, the event.
 */
static void test_changes(void)
{
	struct player p = player_new(small_machine());
	struct machine before;
	const char *end;

	play(&p, 20);
	end = p.h->log;
	for (uint32_t step = 1; step <= p.h->nr_events; step++) {
		const struct event *event = history_event(p.h, step);
		struct changes c = history_changes(p.h, step);
		uint32_t *now = p.m.region, *then;

		CHECK((const char *)c.first == end);
		CHECK((const void *)c.end == event);
		end = (const char *)event +
		      EVENT_RECORD_SIZE(event_type(event)->size);
		history_seek(p.h, &p.m, step - 1);
		CHECK(arena_clone(&before, &p.m));
		then = before.region;
		history_seek(p.h, &p.m, step);
		for (; c.first < c.end; c.first++) {
			CHECK(c.first->flip);
			then[c.first->word] ^= c.first->flip;
		}
		CHECK(!memcmp(now, then, p.m.region_size));
		arena_destroy(&before);
	}
	CHECK(end == history_recorder(p.h)->next);
	CHECK(history_changes(p.h, 0).first == NULL);
	CHECK(history_event(p.h, 0) == NULL);
	CHECK(history_event(p.h, p.h->nr_events) != NULL);
	CHECK(history_event(p.h, p.h->nr_events + 1) == NULL);
	player_free(&p);
}

/* Back, and then another way: the old future is gone. */
static void test_forget(void)
{
	struct player p = player_new(small_machine());
	struct machine start, middle;
	uint32_t step;

	CHECK(arena_clone(&start, &p.m));
	play(&p, 100);
	step = p.h->nr_events;
	CHECK(arena_clone(&middle, &p.m));
	play(&p, 100);
	history_seek(p.h, &p.m, step);
	history_forget(p.h);
	CHECK_EQ(p.h->nr_events, step);
	CHECK(arena_equal(&p.m, &middle));
	p.nr_held = 0; /* whatever they are now */
	play(&p, 80);
	CHECK(p.h->nr_events > step);
	CHECK_MACHINE(&p.m);
	history_seek(p.h, &p.m, step);
	CHECK(arena_equal(&p.m, &middle));
	history_seek(p.h, &p.m, 0);
	CHECK(arena_equal(&p.m, &start));
	history_forget(p.h); /* everything */
	CHECK_EQ(p.h->nr_events, 0);
	CHECK(history_recorder(p.h)->next == p.h->log);
	arena_destroy(&middle);
	arena_destroy(&start);
	player_free(&p);
}

/*
 * The limit is for who makes requests: one that has begun is recorded to
 * its end, and all that was recorded can be undone.
 */
static void test_limit(void)
{
	struct player p = player_new(small_machine());
	struct machine start;

	CHECK(arena_clone(&start, &p.m));
	p.h->limit_events = 100;
	CHECK(!history_is_full(p.h));
	while (!history_is_full(p.h))
		play_one(&p);
	CHECK(p.h->nr_events >= 100 && p.h->nr_events < 200);
	history_seek(p.h, &p.m, 0);
	CHECK(arena_equal(&p.m, &start));
	history_forget(p.h);
	CHECK(!history_is_full(p.h));
	arena_destroy(&start);
	player_free(&p);
}

/* No memory: nothing more is recorded, and the machine stays usable. */
static void test_full(void)
{
	struct player p = player_new(small_machine());
	struct player untraced = { .m = small_machine(), .seed = 42 };
	uint32_t nr_events;
	size_t used;
	void *log;

	play(&p, 50);
	nr_events = p.h->nr_events;
	used = (size_t)(history_recorder(p.h)->next - p.h->log);
	log = malloc(used);
	CHECK(log != NULL);
	memcpy(log, p.h->log, used);
	p.h->full = true;
	play(&p, 3000);
	CHECK_EQ(p.h->nr_events, nr_events);
	CHECK(!memcmp(log, p.h->log, used));
	free(log);
	CHECK(history_is_full(p.h));
	CHECK_MACHINE(&p.m);
	/* there is no way back to what was not recorded: it stays */
	history_seek(p.h, &p.m, 0);
	play(&untraced, 3050);
	CHECK(arena_equal(&p.m, &untraced.m));
	arena_destroy(&untraced.m);
	player_free(&p);
}

/* Poison is switched by the owner, without an event: it is undone too. */
static void test_poison(void)
{
	struct player p = player_new(small_machine());
	struct machine start;

	CHECK(arena_clone(&start, &p.m));
	play(&p, 10);
	machine_set_poison(&p.m, true);
	history_seek(p.h, &p.m, 0);
	CHECK(arena_equal(&p.m, &start));
	history_seek(p.h, &p.m, p.h->nr_events);
	CHECK_EQ(p.m.system->poison, 1);
	arena_destroy(&start);
	player_free(&p);
}

/* A million events in at most 256 MiB. */
static void test_million(void)
{
	struct player p = player_new(small_machine());
	struct machine start, end;

	CHECK(arena_clone(&start, &p.m));
	while (p.h->nr_events < 1000000)
		play_one(&p);
	CHECK(history_bytes(p.h) <= 256ul << 20);
	CHECK(arena_clone(&end, &p.m));
	history_seek(p.h, &p.m, 0);
	CHECK(arena_equal(&p.m, &start));
	history_seek(p.h, &p.m, p.h->nr_events);
	CHECK(arena_equal(&p.m, &end));
	printf("%u events: %zu MiB\n", p.h->nr_events,
	       history_bytes(p.h) >> 20);
	arena_destroy(&start);
	arena_destroy(&end);
	player_free(&p);
}

int main(void)
{
	test_seek();
	test_each_step();
	test_changes();
	test_forget();
	test_limit();
	test_full();
	test_poison();
	test_million();
	return test_done();
}
