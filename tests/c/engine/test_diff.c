/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff: a machine at two moments of a random life. What is found_diffs must be
 * enough to make one from the other: the first's list without what it lost
 * and what moved is the second's without what it gained and what moved; and
 * likewise a trace's steps.
 */
#include "diff/diff.h"

#include <unistd.h>

#include "state/arena.h"
#include "boot/boot.h"
#include "files.h"
#include "snapshot/snapshot.h"
#include "test.h"
#include "snapshot/trace_read.h"
#include "requests.h"

enum { NR_LIVES = 40, NR_BLOCKS = 64, NR_FRAMES = 32768 };

static _Noreturn void give_up(const char *why)
{
	fprintf(stderr, "%s\n", why);
	exit(EXIT_FAILURE);
}

/* -- a life --------------------------------------------------------------- */

static uint32_t chance(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 8) % below;
}

static struct session *born(void)
{
	struct machine_description *d = machine_description_new();
	char message[256] = "";
	struct session *s = NULL;
	struct machine m;

	if (d) {
		d->nr_cpus = 2;
		d->nr_nodes = 2;
		d->node[0].nr_pages = 16384; /* for a batch of 3 */
		d->node[1].nr_pages = 1024;
		d->max_order = 7;
		d->pageblock_order = 5;
		d->zone_limit[ZONE_DMA] = 256;
		if (!machine_boot(&m, d, message, sizeof(message)))
			s = session_new(&m, true);
		free(d);
	}
	if (!s)
		give_up(message);
	return s;
}

static const struct source_line here = { .file = "life.lua", .line = 3 };

/* One request: an allocation or a free. */
static void live(struct session *s, uint32_t *random, uint32_t *blocks,
		 uint32_t *orders)
{
	static const gfp_t gfps[] = { GFP_KERNEL, GFP_HIGHUSER_MOVABLE,
				      GFP_KERNEL | __GFP_RECLAIMABLE };
	const uint32_t i = chance(random, NR_BLOCKS);
	const struct request *r;

	if (blocks[i] != PFN_NONE) {
		make_free(s, chance(random, 2), blocks[i], orders[i]);
		blocks[i] = PFN_NONE;
		return;
	}
	orders[i] = chance(random, 8) / 4; /* mostly 0 and 1 */
	r = make_alloc(s,
		       &(struct alloc_request){
			       .gfp = gfps[chance(random, 3)],
			       .order = orders[i],
			       .nid = chance(random, 2),
			       .cpu = chance(random, 2),
		       },
		       &here, NULL);
	if (!r)
		give_up("no memory");
	blocks[i] = r->pfn;
}

/* Pages of a per-cpu list come back the other way round. */
static void turn(struct session *s)
{
	const struct alloc_request request = { .gfp = GFP_KERNEL };
	uint32_t pfns[3];

	for (int i = 0; i < 3; i++) {
		const struct request *r = make_alloc(s, &request, &here, NULL);

		pfns[i] = r ? r->pfn : PFN_NONE;
	}
	for (int i = 0; i < 3; i++)
		make_free(s, 0, pfns[i], 0);
}

/*
 * A life of @nr requests; the two files are at @early requests and the end.
 * Before request @extra a cpu is drained.
 */
struct life {
	char *snapshots[2];
	char *trace;
};

static char *kept(const char *text)
{
	if (!text)
		give_up("no memory");
	return strcpy(calloc(1, 1024), temporary_file(text, strlen(text)));
}

static struct life lived(uint32_t seed, uint32_t early, uint32_t nr,
			 uint32_t extra)
{
	struct session *s = born();
	uint32_t random = seed, blocks[NR_BLOCKS], orders[NR_BLOCKS];
	struct life life = { .trace = NULL };
	struct file_error error;
	char *text;

	for (uint32_t i = 0; i < NR_BLOCKS; i++)
		blocks[i] = PFN_NONE;
	for (uint32_t i = 0; i <= nr; i++) {
		if (i == early || i == nr) {
			text = snapshot_text(s);
			life.snapshots[i == nr] = kept(text);
			free(text);
		}
		if (i == early)
			turn(s);
		if (i == extra)
			MAKE(s, DRAIN, .drain.cpu = 0);
		live(s, &random, blocks, orders);
	}
	life.trace = kept("");
	if (!trace_save(s, life.trace, &error))
		give_up(error.text);
	session_free(s);
	return life;
}

static void forget(char *path)
{
	unlink(path);
	free(path);
}

/* -- differences ---------------------------------------------------------- */

/* The reported differences of lists, by page. */
struct found_diffs {
	unsigned char lost[NR_FRAMES];
	unsigned char gained[NR_FRAMES];
	unsigned char moved[NR_FRAMES];
	unsigned char gone[65536]; /* steps of the first trace */
	unsigned char new[65536]; /* of the second */
	uint32_t nr;
	uint32_t nr_moved;
	bool lists_only; /* collect free lists, else per-cpu lists */
};

static void collect_pages(struct found_diffs *found_diffs,
			  const struct difference *d)
{
	unsigned char *marks = d->how == DIFF_LOST   ? found_diffs->lost :
			       d->how == DIFF_GAINED ? found_diffs->gained :
						       found_diffs->moved;

	found_diffs->nr_moved += d->how == DIFF_MOVED ? d->nr_pages : 0;
	for (uint32_t i = 0; i < d->nr_pages; i++) {
		CHECK(d->pages[i].pfn < NR_FRAMES);
		marks[d->pages[i].pfn % NR_FRAMES]++;
		CHECK((d->pages[i].from != 0) == (d->how != DIFF_GAINED));
		CHECK((d->pages[i].to != 0) == (d->how != DIFF_LOST));
	}
}

static void collect(void *context, const struct difference *d)
{
	struct found_diffs *found_diffs = context;

	found_diffs->nr++;
	CHECK(d->what && *d->what);
	if (d->part == DIFF_EVENTS) {
		if (d->step_a)
			found_diffs->gone[d->step_a & 65535] = 1;
		if (d->step_b)
			found_diffs->new[d->step_b & 65535] = 1;
	} else if (d->part == (found_diffs->lists_only ? DIFF_FREE_LISTS :
							 DIFF_PER_CPU) &&
		   d->pages) {
		collect_pages(found_diffs, d);
	}
}

static void open_both(struct diff_file *files, char *const *paths)
{
	struct file_error error = { "" };

	for (int i = 0; i < 2; i++)
		if (!diff_open(&files[i], paths[i], &error))
			give_up(error.text);
}

static void compare(const struct diff_file *files,
		    struct found_diffs *found_diffs)
{
	const struct diff_sink sink = { .found = collect,
					.context = found_diffs };
	struct file_error error = { "" };
	uint32_t nr = 0;

	CHECK(diff_files(&files[0], &files[1], &sink, &nr, &error));
	CHECK_STR(error.text, "");
	CHECK_EQ(nr, found_diffs->nr);
}

/* -- the two lists are made equal ----------------------------------------- */

/* The next frame of the list that stays, from @pfn on; head at the end. */
static uint32_t staying(const struct machine *m, uint32_t head, uint32_t pfn,
			const unsigned char *out, const unsigned char *moved)
{
	while (pfn != head && (out[pfn] || moved[pfn]))
		pfn = m->links[pfn].next;
	return pfn;
}

static bool equal_lists(const struct machine *a, const struct machine *b,
			uint32_t head, const struct found_diffs *found_diffs)
{
	uint32_t x = a->links[head].next, y = b->links[head].next;

	for (;;) {
		x = staying(a, head, x, found_diffs->lost, found_diffs->moved);
		y = staying(b, head, y, found_diffs->gained,
			    found_diffs->moved);
		if (x == head || y == head)
			return x == y;
		if (x != y)
			return false;
		x = a->links[x].next;
		y = b->links[y].next;
	}
}

/*
 * The heads of both machines are the same: their shape is. How many blocks
 * moved.
 */
static uint32_t check_lists(const struct diff_file *files, bool lists_only)
{
	struct found_diffs *found_diffs = calloc(1, sizeof(*found_diffs));
	const struct machine *a = &files[0].machine, *b = &files[1].machine;
	uint32_t first = a->system->max_pfn, nr = 0, nr_moved;

	if (!found_diffs)
		give_up("no memory");
	found_diffs->lists_only = lists_only;
	compare(files, found_diffs);
	CHECK_EQ(a->nodes[0].lru, b->nodes[0].lru);
	for (uint32_t head = first; head < a->nodes[0].lru; head++) {
		bool pcp = head >= a->pcps[0].heads;

		if (pcp == lists_only)
			continue;
		nr++;
		CHECK(equal_lists(a, b, head, found_diffs));
	}
	CHECK(nr > 0);
	nr_moved = found_diffs->nr_moved;
	free(found_diffs);
	return nr_moved;
}

static void check_same(char *path)
{
	char *paths[] = { path, path };
	struct found_diffs *found_diffs = calloc(1, sizeof(*found_diffs));
	struct diff_file files[2];

	if (!found_diffs)
		give_up("no memory");
	open_both(files, paths);
	compare(files, found_diffs);
	CHECK_EQ(found_diffs->nr, 0);
	diff_close(&files[0]);
	diff_close(&files[1]);
	free(found_diffs);
}

/* -- the two traces are made equal ---------------------------------------- */

static void check_traces(char *const *paths)
{
	struct found_diffs *found_diffs = calloc(1, sizeof(*found_diffs));
	struct diff_file files[2];
	uint32_t x = 1, y = 1, nr_a, nr_b, nr_equal = 0;

	if (!found_diffs)
		give_up("no memory");
	open_both(files, paths);
	compare(files, found_diffs);
	nr_a = trace_nr_steps(files[0].trace);
	nr_b = trace_nr_steps(files[1].trace);
	CHECK(nr_a < 65536 && nr_b < 65536);
	for (;;) {
		struct trace_event a, b;

		while (x <= nr_a && found_diffs->gone[x])
			x++;
		while (y <= nr_b && found_diffs->new[y])
			y++;
		if (x > nr_a || y > nr_b)
			break;
		a = trace_step(files[0].trace, x++);
		b = trace_step(files[1].trace, y++);
		CHECK(trace_events_equal(&a, &b));
		nr_equal++;
	}
	CHECK(x > nr_a && y > nr_b);
	CHECK(nr_equal > 0);
	diff_close(&files[0]);
	diff_close(&files[1]);
	free(found_diffs);
}

static void end_life(struct life *life)
{
	forget(life->snapshots[0]);
	forget(life->snapshots[1]);
	forget(life->trace);
}

static void test_states(void)
{
	struct diff_file files[2];
	uint32_t nr_moved = 0;

	for (uint32_t seed = 1; seed <= NR_LIVES; seed++) {
		/* from a request to many: moves are soon overtaken */
		struct life life = lived(seed, 100 + seed,
					 101 + seed + seed * seed / 40,
					 UINT32_MAX);

		open_both(files, life.snapshots);
		nr_moved += check_lists(files, true);
		nr_moved += check_lists(files, false);
		diff_close(&files[0]);
		diff_close(&files[1]);
		check_same(life.snapshots[1]);
		end_life(&life);
	}
	CHECK(nr_moved > 10); /* else the longest common run was not found */
}

/* The same life with a request more, at another place; and a longer one. */
static void test_steps(void)
{
	for (uint32_t seed = 1; seed <= NR_LIVES; seed++) {
		struct life a = lived(seed, 1, 40 + seed, seed / 2);
		struct life b = lived(seed, 1, 45, seed);
		char *traces[] = { a.trace, b.trace };

		check_traces(traces);
		end_life(&a);
		end_life(&b);
	}
}

/* Another life altogether: little in common, then too little. */
static void test_strangers(void)
{
	for (uint32_t nr = 10; nr <= 400; nr *= 6) {
		struct life a = lived(7, 1, nr, 3), b = lived(8, 1, nr, 5);
		char *traces[] = { a.trace, b.trace };

		check_traces(traces);
		end_life(&a);
		end_life(&b);
	}
}

int main(void)
{
	test_states();
	test_steps();
	test_strangers();
	return test_done();
}
