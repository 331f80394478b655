/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_allocator: workloads of the allocator and of its recorder. Each runs on
 * its own machine of 1 GiB with one cpu, through the entry points that check
 * their arguments; all requests are GFP_HIGHUSER_MOVABLE.
 */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

#include "mm/allocator.h"
#include "mm/control.h"
#include "state/arena.h"
#include "boot/boot.h"
#include "state/history.h"

enum {
	GIB_PAGES = 1 << 18,
	NR_HELD = 1024,
	W3_OPS = 2000000,
	W3_MAX_ORDER = 9,
	EVENT_OPS = 1500, /* about ten thousand events, as a lesson has */
	MANY_EVENT_OPS = 120000, /* about a million */
};

struct block {
	uint32_t pfn;
	uint32_t order;
};

/* A machine, and the blocks that the workload holds. */
struct bench {
	struct machine machine;
	struct block *blocks;
	uint32_t nr_blocks;
	uint32_t in_use; /* pages, for run_mixed() */
	uint64_t random;
};

/* xorshift64*: fast, and the same on every machine. */
static inline uint32_t bench_random(struct bench *b)
{
	b->random ^= b->random >> 12;
	b->random ^= b->random << 25;
	b->random ^= b->random >> 27;
	return (uint32_t)(b->random * 2685821657736338717ull >> 32);
}

static inline uint32_t random_below(struct bench *b, uint32_t limit)
{
	return (uint32_t)((uint64_t)bench_random(b) * limit >> 32);
}

static bool bench_begin(struct bench *b)
{
	struct machine_description *d = machine_description_new();
	char message[256];
	bool ok;

	*b = (struct bench){ .random = 88172645463325252ull };
	if (!d)
		return false;
	d->nr_nodes = 1;
	d->node[0].nr_pages = GIB_PAGES;
	ok = machine_boot(&b->machine, d, message, sizeof(message)) == BOOT_OK;
	free(d);
	b->blocks = calloc(GIB_PAGES, sizeof(*b->blocks));
	return ok && b->blocks;
}

static void bench_end(struct bench *b)
{
	free(b->blocks);
	arena_destroy(&b->machine);
}

static inline uint32_t take(struct bench *b, uint32_t order)
{
	const struct alloc_request request = {
		.gfp = GFP_HIGHUSER_MOVABLE,
		.order = order,
	};
	uint32_t pfn;

	machine_alloc(&b->machine, &request, &pfn);
	return pfn;
}

static inline void give(struct bench *b, uint32_t pfn, uint32_t order)
{
	machine_free(&b->machine, 0, pfn, order);
}

static void figure_add(struct bench_figure *f, double ns, double nr)
{
	bench_add(f, ns / nr);
}

/* Hold single pages, so that the lists are in the order of a used machine. */
static void hold(struct bench *b, uint32_t nr)
{
	for (uint32_t i = 0; i < nr; i++)
		b->blocks[b->nr_blocks++] = (struct block){ take(b, 0), 0 };
}

/* Allocate and free one page, repeatedly. */
static void run_pair(struct bench *b, struct bench_figure *f)
{
	const uint32_t nr = 1000000;
	double start = bench_now_ns();

	for (uint32_t i = 0; i < nr; i++)
		give(b, take(b, 0), 0);
	figure_add(f, bench_now_ns() - start, 2.0 * nr);
}

/* Allocate @burst pages, then free them in the same order. */
static void run_burst(struct bench *b, struct bench_figure *f, uint32_t burst)
{
	const uint32_t rounds = 1000000 / burst;
	uint32_t *pfns = malloc(burst * sizeof(*pfns));
	double start;

	if (!pfns)
		return;
	start = bench_now_ns();
	for (uint32_t round = 0; round < rounds; round++) {
		for (uint32_t i = 0; i < burst; i++)
			pfns[i] = take(b, 0);
		for (uint32_t i = 0; i < burst; i++)
			give(b, pfns[i], 0);
	}
	figure_add(f, bench_now_ns() - start, 2.0 * rounds * burst);
	free(pfns);
}

static void shuffle(struct bench *b)
{
	for (uint32_t i = b->nr_blocks; i > 1; i--) {
		uint32_t j = random_below(b, i);
		struct block block = b->blocks[i - 1];

		b->blocks[i - 1] = b->blocks[j];
		b->blocks[j] = block;
	}
}

/*
 * Allocate single pages until a request fails, then free them in random order.
 * Without figures it is a warm-up.
 */
static void run_fill_free(struct bench *b, struct bench_figure *fill,
			  struct bench_figure *back)
{
	double start = bench_now_ns();
	uint32_t nr;

	for (;;) {
		uint32_t pfn = take(b, 0);

		if (pfn == PFN_NONE)
			break;
		b->blocks[b->nr_blocks++].pfn = pfn;
	}
	nr = b->nr_blocks;
	if (fill)
		figure_add(fill, bench_now_ns() - start, nr);
	shuffle(b);
	start = bench_now_ns();
	for (uint32_t i = 0; i < nr; i++)
		give(b, b->blocks[i].pfn, 0);
	if (back)
		figure_add(back, bench_now_ns() - start, nr);
	b->nr_blocks = 0;
}

static uint32_t geometric_order(struct bench *b)
{
	uint32_t bits = bench_random(b) | 1u << (31 - W3_MAX_ORDER);

	return (uint32_t)__builtin_clz(bits);
}

/*
 * Allocate and free random blocks of mixed orders, with 50 to 70 % of the
 * memory in use. Returns the number of failed requests, which should be 0.
 */
static uint32_t run_mixed(struct bench *b, uint32_t nr_ops)
{
	const uint32_t low = GIB_PAGES / 2, high = GIB_PAGES / 10 * 7;
	uint32_t failed = 0;

	for (uint32_t i = 0; i < nr_ops; i++) {
		uint32_t order = geometric_order(b);
		bool coin = bench_random(b) & 1;

		if (b->in_use < low ||
		    (coin && b->in_use + (1u << order) <= high)) {
			uint32_t pfn = take(b, order);

			failed += pfn == PFN_NONE;
			b->in_use += 1u << order;
			b->blocks[b->nr_blocks++] =
				(struct block){ pfn, order };
		} else {
			uint32_t victim = random_below(b, b->nr_blocks);
			struct block block = b->blocks[victim];

			b->blocks[victim] = b->blocks[--b->nr_blocks];
			give(b, block.pfn, block.order);
			b->in_use -= 1u << block.order;
		}
	}
	return failed;
}

/* Fill the memory as far as run_mixed() does, before the measurement. */
static uint32_t fill_half(struct bench *b)
{
	uint32_t failed = 0;

	while (b->in_use < GIB_PAGES / 2)
		failed += run_mixed(b, 1);
	return failed;
}

static bool bench_w1(struct bench_figure *f, unsigned int nr_runs)
{
	struct bench b;

	if (!bench_begin(&b))
		return false;
	hold(&b, NR_HELD);
	for (unsigned int i = 0; i < nr_runs; i++) {
		run_pair(&b, &f[0]);
		run_burst(&b, &f[1], 32);
		run_burst(&b, &f[2], 1024);
	}
	bench_end(&b);
	return true;
}

static bool bench_w2(struct bench_figure *f, unsigned int nr_runs)
{
	for (unsigned int i = 0; i < nr_runs; i++) {
		struct bench b;

		if (!bench_begin(&b))
			return false;
		run_fill_free(&b, NULL, NULL);
		run_fill_free(&b, &f[0], &f[1]);
		bench_end(&b);
	}
	return true;
}

static bool bench_w3(struct bench_figure *f, unsigned int nr_runs,
		     const char **why)
{
	for (unsigned int i = 0; i < nr_runs; i++) {
		struct bench b;
		double start;
		uint32_t failed;

		if (!bench_begin(&b))
			return false;
		failed = fill_half(&b);
		start = bench_now_ns();
		failed += run_mixed(&b, W3_OPS);
		figure_add(f, bench_now_ns() - start, W3_OPS);
		bench_end(&b);
		if (failed) {
			*why = "an allocation of W3 failed";
			return false;
		}
	}
	return true;
}

/* A copy of a machine and its blocks, so that work can be repeated. */
struct moment {
	void *region;
	struct block *blocks;
	uint32_t nr_blocks;
	uint32_t in_use;
	uint64_t random;
};

static bool moment_keep(struct moment *then, const struct bench *b)
{
	*then = (struct moment){
		.region = malloc(b->machine.region_size),
		.blocks = malloc(GIB_PAGES * sizeof(*then->blocks)),
		.nr_blocks = b->nr_blocks,
		.in_use = b->in_use,
		.random = b->random,
	};
	if (!then->region || !then->blocks)
		return false;
	memcpy(then->region, b->machine.region, b->machine.region_size);
	memcpy(then->blocks, b->blocks, b->nr_blocks * sizeof(*b->blocks));
	return true;
}

static void moment_free(struct moment *then)
{
	free(then->region);
	free(then->blocks);
}

/*
 * Repeat the same mixed work from the same state, traced or not, so that the
 * caches are equally warm each time. Returns ns.
 */
static double run_again(struct bench *b, const struct moment *then,
			uint32_t nr_ops)
{
	double start;

	memcpy(b->machine.region, then->region, b->machine.region_size);
	memcpy(b->blocks, then->blocks, then->nr_blocks * sizeof(*b->blocks));
	b->nr_blocks = then->nr_blocks;
	b->in_use = then->in_use;
	b->random = then->random;
	start = bench_now_ns();
	run_mixed(b, nr_ops);
	return bench_now_ns() - start;
}

/*
 * The same with a history, then seek back to the start. Adds to @f, NULL for a
 * warm-up: ns per event over @off, MiB per million events, ns per step back.
 */
static void run_traced(struct bench *b, const struct moment *then,
		       struct history *h, uint32_t nr_ops, double off,
		       struct bench_figure *f)
{
	double on, start, back;

	machine_set_history(&b->machine, h);
	on = run_again(b, then, nr_ops);
	start = bench_now_ns();
	history_seek(h, &b->machine, 0);
	back = bench_now_ns() - start;
	if (f) {
		figure_add(&f[0], on - off, h->nr_events);
		figure_add(&f[1], (double)history_bytes(h) / 1048576 * 1e6,
			   h->nr_events);
		figure_add(&f[2], back, h->nr_events);
	}
	history_forget(h);
	machine_set_history(&b->machine, NULL);
}

/*
 * The cost of tracing: the time of mixed work with and without a history,
 * divided by the number of events; the memory of the events; and the time of a
 * step back. The first round is a warm-up.
 */
static bool measure_events(struct bench *b, const struct moment *then,
			   struct history *h, struct bench_figure *f,
			   unsigned int nr_runs, uint32_t nr_ops)
{
	for (unsigned int i = 0; i <= nr_runs; i++) {
		double off = run_again(b, then, nr_ops);

		run_traced(b, then, h, nr_ops, off, i ? f : NULL);
	}
	return !h->full;
}

static bool bench_events(struct bench_figure *f, unsigned int nr_runs,
			 uint32_t nr_ops)
{
	struct history *h = history_new();
	struct moment then = { .region = NULL };
	struct bench b;
	bool ok = bench_begin(&b) && h;

	if (ok) {
		fill_half(&b);
		run_mixed(&b, MANY_EVENT_OPS);
		ok = moment_keep(&then, &b) &&
		     measure_events(&b, &then, h, f, nr_runs, nr_ops);
	}
	moment_free(&then);
	history_free(h);
	bench_end(&b);
	return ok;
}

static const struct bench_label allocator_labels[] = {
	{ "W1", "ns", "one page allocated and freed, 1024 held" },
	{ "W1b", "ns", "32 pages allocated, then freed in order" },
	{ "W1c", "ns", "1024 pages allocated, then freed in order" },
	{ "W2_fill", "ns", "single pages until the first refusal" },
	{ "W2_free", "ns", "all of them back in random order" },
	{ "W3", "ns", "mixed orders, 50 to 70 % in use, random victims" },
};

static const struct bench_label recorder_labels[] = {
	{ "event", "ns", "an event more than the untraced run, lesson size" },
	{ "event_memory", "MiB", "of history a million events" },
	{ "step_back", "ns", "a step, going back to the start" },
	{ "event_1M", "ns", "an event of a million: memory bound" },
	{ "event_1M_memory", "MiB", "of history a million events" },
	{ "step_back_1M", "ns", "a step of a million, going back" },
};

unsigned int bench_allocator(struct bench_figure *f, unsigned int nr_runs,
			     const char **why)
{
	*why = "no memory for a machine of 1 GiB";
	if (!bench_w1(f, nr_runs) || !bench_w2(f + 3, nr_runs) ||
	    !bench_w3(f + 5, nr_runs, why))
		return 0;
	return bench_name(f, allocator_labels,
			  sizeof(allocator_labels) /
				  sizeof(allocator_labels[0]));
}

unsigned int bench_recorder(struct bench_figure *f, unsigned int nr_runs,
			    const char **why)
{
	*why = "no memory for a machine of 1 GiB";
	if (!bench_events(f, nr_runs, EVENT_OPS) ||
	    !bench_events(f + 3, nr_runs, MANY_EVENT_OPS))
		return 0;
	return bench_name(f, recorder_labels,
			  sizeof(recorder_labels) / sizeof(recorder_labels[0]));
}
