/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The panel of the zone at steps that decide by highest_zoneidx, by a rule
 * about nodes, or by the dirty limit: exact pictures, 78 columns wide.
 *
 * Three nodes of 64 MiB: node 0 has zones DMA and DMA32, the others DMA32.
 */
#include "machine.h"
#include "model/node_mask.h"
#include "requests.h"
#include "views/view.h"

#define USER GFP_HIGHUSER_MOVABLE

static struct session *three_nodes(void)
{
	struct machine_description *d = describe();
	struct machine m;

	d->nr_nodes = 3;
	d->nr_cpus = 1;
	for (int i = 0; i < 3; i++)
		d->node[i].nr_pages = 16384;
	m = booted(d);
	return session_new(&m, true);
}

/* The panel at a step, its lines without blanks at the end. */
static const char *panel(struct session *s, enum view_id id, uint32_t step,
			 int height)
{
	static const struct view_state v = { .focus = 0 };
	static struct view_model vm;
	static char text[4096];
	FILE *out = fmemopen(text, sizeof(text), "w");
	struct canvas c;

	session_seek(s, step);
	vm.view = &v;
	view_model_build(&vm, s, "", NULL);
	CHECK(canvas_init(&c, 78, height, false));
	views[id].draw(&vm, canvas_area(&c));
	CHECK_EQ(c.nr_lost, 0);
	CHECK_EQ(c.nr_overdrawn, 0);
	canvas_dump(&c, out);
	canvas_fini(&c);
	fclose(out);
	return text;
}

/* Step of the @nr-th event @id of the last request, from 1. */
static uint32_t step_of(struct session *s, enum event_id id, int nr)
{
	const struct request *r =
		session_get_request(s, session_nr_requests(s) - 1);

	for (uint32_t step = r->first_step; step <= r->last_step; step++)
		if (event_id(history_event(session_history(s), step)) == id &&
		    !--nr)
			return step;
	CHECK(!"the event was emitted");
	return 0;
}

#define CHECK_ZONE(s, event, nr, height, picture)                              \
	CHECK_STR(panel(s, VIEW_zone, step_of(s, EVENT_##event, nr), height),  \
		  picture)

static void set_task(struct session *s, uint64_t mems, uint64_t hardwall)
{
	MAKE(s, TASK,
	     .task = { .mems_allowed = mems, .hardwall_mems = hardwall },
	     .cpusets = mems != 7);
}

/* The caller's nodemask, which is decided before the zone is looked at. */
static void test_nodemask(struct session *s)
{
	const struct alloc_request r = { .gfp = USER,
					 .has_nodemask = true,
					 .nodemask = 1 << 1 | 1 << 2 };

	make_alloc(s, &r, NULL, "");
	CHECK_ZONE(
		s, zone_skip, 2, 5,
		"               node 0    node 1    node 2     1, 2 ...: place "
		"in the zonelist\n"
		" ── highest_zoneidx = Movable (__GFP_HIGHMEM|__GFP_MOVABLE) "
		"─────────────────\n"
		" DMA32         1✗        3         4\n"
		" DMA          ▶2✗\n"
		" nodemask     ▶✗         ✓         ✓          from the "
		"caller\n");
	/* what decides stays when the panel is low */
	CHECK_ZONE(
		s, zone_skip, 2, 2,
		"               node 0    node 1    node 2     1, 2 ...: place "
		"in the zonelist\n"
		" nodemask     ▶✗         ✓         ✓          from the "
		"caller\n");
}

/* mems_allowed becomes the nodemask, or is checked zone by zone. */
static void test_cpuset(struct session *s)
{
	struct alloc_request r = { .gfp = USER };

	set_task(s, 1 << 1, 7);
	make_alloc(s, &r, NULL, "");
	CHECK_ZONE(
		s, zone_skip, 1, 6,
		"               node 0    node 1    node 2     1, 2 ...: place "
		"in the zonelist\n"
		" ── highest_zoneidx = Movable (__GFP_HIGHMEM|__GFP_MOVABLE) "
		"─────────────────\n"
		" DMA32        ▶1✗        3         4\n"
		" DMA           2\n"
		" nodemask     ▶✗         ✓         ✗          the task's "
		"mems_allowed\n"
		" mems_allowed  ✗         ✓         ✗          not checked: it "
		"is the nodemask\n");
	r.has_nodemask = true;
	r.nodemask = 7;
	make_alloc(s, &r, NULL, "");
	CHECK_ZONE(
		s, cpuset_check, 1, 6,
		" node          0   1   2    1, 2 ...: place in the "
		"zonelist\n"
		" ── highest_zoneidx = Movable (__GFP_HIGHMEM|__GFP_MOVABLE) "
		"─────────────────\n"
		" DMA32        ▶1   3   4\n"
		" DMA           2\n"
		" nodemask      ✓   ✓   ✓    from the caller\n"
		" mems_allowed ▶✗   ✓   ✗    __GFP_HARDWALL restricts it to "
		"mems_allowed\n");
}

/* Outside mems_allowed the nearest hardwall ancestor decides. */
static void test_ancestor(struct session *s)
{
	const struct alloc_request r = {
		.gfp = GFP_HIGHUSER_MOVABLE & ~__GFP_HARDWALL,
		.has_alloc_flags = true,
		.alloc_flags = ALLOC_CPUSET | ALLOC_WMARK_LOW
	};

	set_task(s, 1 << 1, 6);
	make_alloc(s, &r, NULL, "");
	CHECK_ZONE(s, cpuset_check, 1, 3,
		   " node          0   1   2    1, 2 ...: place in the "
		   "zonelist\n"
		   " DMA32        ▶1   3   4\n"
		   " ancestor     ▶✗   ✓   ✓    the nearest hardwall ancestor "
		   "excludes the node\n");
	set_task(s, 7, 7);
}

/* An interrupt is checked, and may use a node outside mems_allowed. */
static void test_interrupt(struct session *s)
{
	const struct alloc_request r = { .gfp = GFP_ATOMIC };
	const struct view_state v = { .focus = 0 };
	struct node_mask masks[MAX_NODE_MASKS];
	static struct view_model vm;

	MAKE(s, TASK,
	     .task = { .mems_allowed = 1 << 1,
		       .hardwall_mems = 7,
		       .interrupt = true },
	     .cpusets = true);
	make_alloc(s, &r, NULL, "");
	session_seek(s, step_of(s, EVENT_cpuset_check, 1));
	vm.view = &v;
	view_model_build(&vm, s, "", NULL);
	CHECK_EQ(node_masks(&vm, masks), 1);
	CHECK_EQ(masks[0].nodes, 1 << 1);
	CHECK(masks[0].decides && !masks[0].refuses);
	CHECK_STR(masks[0].note, "an interrupt may use every node");
	set_task(s, 7, 7);
}

/* The line lies above the first zone that the request may use. */
static void test_line(struct session *s)
{
	const struct alloc_request dma = { .gfp = GFP_KERNEL | __GFP_DMA };

	make_alloc(s, &dma, NULL, "");
	CHECK_ZONE(
		s, zone_skip, 1, 4,
		"               node 0    node 1    node 2     1, 2 ...: place "
		"in the zonelist\n"
		" DMA32        ▶1✗        3         4\n"
		" ── highest_zoneidx = DMA (GFP_DMA) "
		"─────────────────────────────────────────\n"
		" DMA           2\n");
}

/* Does the panel of the first dirty_check contain @text? */
static bool dirty_shows(struct session *s, const char *text)
{
	return strstr(panel(s, VIEW_zone, step_of(s, EVENT_dirty_check, 1), 6),
		      text) != NULL;
}

/* A node's limit is one column for all nodes; a page above it is beyond. */
static void test_dirty(struct session *s)
{
	const struct alloc_request r = { .gfp = USER | __GFP_WRITE },
				   far = { .gfp = r.gfp, .nid = 1 };
	const struct event_dirty_check *e;
	uint32_t limit;

	MAKE(s, TASK, .task = { .mems_allowed = 7, .realtime = true });
	make_alloc(s, &far, NULL, "");
	CHECK(strstr(panel(s, VIEW_zone, step_of(s, EVENT_dirty_check, 1), 6),
		     "\n a real-time task") != NULL);
	set_task(s, 7, 7);
	make_alloc(s, &r, NULL, "");
	make_alloc(s, &r, NULL, ""); /* from the per-cpu list */
	e = event_get(history_event(session_history(s),
				    step_of(s, EVENT_dirty_check, 1)),
		      dirty_check);
	limit = e->limit;
	MAKE(s, DIRTY, .dirty = { 0, limit });
	make_alloc(s, &r, NULL, "");
	CHECK(dirty_shows(s, "▶node 0  ██████"));
	CHECK(dirty_shows(s, "██│    "));
	CHECK(dirty_shows(s, "✓ 0 left"));
	MAKE(s, DIRTY, .dirty = { 0, limit + 1 });
	make_alloc(s, &r, NULL, "");
	CHECK(dirty_shows(s, "██│█   "));
	CHECK(dirty_shows(s, "✗ 1 over"));
	/* nothing about a node that the walk has not reached */
	CHECK(dirty_shows(s, "│          not checked\n"));
	CHECK(!dirty_shows(s, "left"));
	MAKE(s, DIRTY, .dirty = { 0, 9 * limit });
	make_alloc(s, &r, NULL, "");
	CHECK(dirty_shows(s, "██│████████»"));
}

/* Two cpus; the low watermark is two pages below what is free. */
static struct session *near_low(void)
{
	struct machine_description *d = describe();
	const struct zone *z;
	struct machine m;

	d->nr_nodes = 1;
	d->nr_cpus = 2;
	d->node[0].nr_pages = 16384;
	m = booted(d);
	z = node_zone(&m, 0, DMA32);
	state_set(&m, z->watermark[WMARK_LOW], z->nr_free_pages - 3);
	state_set(&m, z->stat_threshold, 4);
	return session_new(&m, true);
}

/* The counter stays, a cpu's difference grows, and the check reads the counter.
 */
static void test_counters(void)
{
	const struct alloc_request r = { .gfp = USER, .order = 1, .cpu = 1 };
	struct session *s = near_low();

	make_alloc(s, &r, NULL, "");
	CHECK_ZONE(
		s, zone_counter, 1, 6,
		" free     "
		"█████████████████████████████████████████████████████   12288 "
		"pages\n"
		" required "
		"L▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓       > "
		"12285\n"
		" NR_FREE_PAGES      12288 read by the check\n"
		" cpu 0 vm_stat_diff    +0 ▕            │            ▏ "
		"stat_threshold 4\n"
		"▶cpu 1 vm_stat_diff    -2 ▕      ██████│            ▏ "
		"stat_threshold 4\n"
		" exact              12286 ✗ short by 1, unseen by the check\n");
	session_free(s);
}

/* The first row of a table stays, however far it is scrolled. */
static void check_heading(struct session *s, enum view_id id, uint32_t step,
			  const char *heading)
{
	static struct view_model vm;
	const struct view_state v = { .focus = 0 };
	char text[4096];

	session_seek(s, step);
	vm.view = &v;
	view_model_build(&vm, s, "", NULL);
	for (int scroll = -5; scroll <= 5; scroll++) {
		FILE *out = fmemopen(text, sizeof(text), "w");
		struct area a;
		struct canvas c;

		CHECK(canvas_init(&c, 78, 3, false));
		a = canvas_area(&c);
		a.scroll = scroll;
		views[id].draw(&vm, a);
		CHECK_EQ(c.nr_lost, 0);
		CHECK_EQ(c.nr_overdrawn, 0);
		canvas_dump(&c, out);
		canvas_fini(&c);
		fclose(out);
		CHECK(!strncmp(text, heading, strlen(heading)));
		CHECK(strstr(text, "\n ⋮ ") != NULL);
	}
}

/* One zone: a heading, the zone, and no blank row. */
static void test_one_zone(struct session *s)
{
	const struct alloc_request r = { .gfp = USER | __GFP_THISNODE,
					 .nid = 1 };
	struct view_title t;
	static struct view_model vm;
	const struct view_state v = { .focus = 0 };

	make_alloc(s, &r, NULL, "");
	session_seek(s, step_of(s, EVENT_watermark_check, 1));
	vm.view = &v;
	view_model_build(&vm, s, "", NULL);
	view_describe(VIEW_walk, &vm, 78, &t);
	CHECK_EQ(t.rows, 2);
	CHECK(!strncmp(panel(s, VIEW_walk, step_of(s, EVENT_watermark_check, 1),
			     2),
		       " zone ", 6));
}

/* What happens later changes no picture of the steps before. */
static void test_no_spoilers(struct session *s)
{
	const struct alloc_request r = { .gfp = USER | __GFP_WRITE, .nid = 2 };
	uint32_t nr = session_nr_steps(s);
	char *before = malloc((nr + 1) * 8192);

	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t step = 0; step <= nr; step++) {
			char *at = before + step * 8192, now[8192];

			strcpy(now, panel(s, VIEW_zone, step, 8));
			strcat(now, panel(s, VIEW_walk, step, 8));
			if (!pass)
				strcpy(at, now);
			else
				CHECK_STR(now, at);
		}
		make_alloc(s, &r, NULL, "");
		MAKE(s, DIRTY, .dirty = { 2, 9999 });
		set_task(s, 1, 1);
	}
	free(before);
}

int main(void)
{
	struct session *s = three_nodes();

	test_nodemask(s);
	test_cpuset(s);
	test_ancestor(s);
	test_interrupt(s);
	test_line(s);
	test_dirty(s);
	check_heading(s, VIEW_walk, step_of(s, EVENT_dirty_check, 1), " zone ");
	check_heading(s, VIEW_machine, 0, "  zone ");
	test_one_zone(s);
	test_no_spoilers(s);
	session_free(s);
	test_counters();
	return test_done();
}
