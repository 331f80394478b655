/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_experiment: an experiment sees its changes, and leaves none behind. */
#define TRACED 1
#include "explain/experiment.h"
#include "machine.h"
#include "requests.h"
#include "state/contents.h"

static const struct alloc_request order0 = { .gfp = GFP_KERNEL };

/* Change what decides, make a request, and undo both. */
static void experiment_once(struct experiment *e, uint32_t watermark,
			    uint32_t order, bool served)
{
	const struct alloc_request r = { .gfp = GFP_HIGHUSER_MOVABLE,
					 .order = order };

	for (uint32_t i = 0; i < e->machine.system->nr_zones; i++)
		state_set(&e->machine, e->machine.zones[i].watermark[WMARK_LOW],
			  watermark);
	CHECK_EQ(experiment_alloc(e, &r), served);
	CHECK_EQ(e->error, MACHINE_ERROR_none);
	CHECK_EQ(e->pfn != PFN_NONE, served);
	experiment_rewind(e);
}

/* The region of @m is that of @before after any number of experiments. */
static void check_no_trace(const struct machine *m)
{
	struct machine before;
	struct experiment e;

	CHECK(arena_clone(&before, m));
	CHECK(experiment_init(&e, m));
	for (uint32_t order = 0; order < m->max_order; order++) {
		experiment_once(&e, 0, order, true);
		CHECK(arena_equal(m, &before));
		experiment_once(&e, 1u << 20, order, false);
		CHECK(arena_equal(m, &before));
	}
	experiment_destroy(&e);
	CHECK(arena_equal(m, &before));
	arena_destroy(&before);
}

static void test_no_history(void)
{
	struct machine m = two_nodes();
	uint32_t pfn;

	check_no_trace(&m);
	CHECK_MACHINE(&m);
	/* the machine goes on as if nothing had happened */
	CHECK_EQ(machine_alloc(&m, &order0, &pfn), MACHINE_ERROR_none);
	CHECK(pfn != PFN_NONE);
	check_no_trace(&m);
	arena_destroy(&m);
}

/* At every step of a session, also in the middle of a request. */
static void test_session(void)
{
	struct machine m = two_nodes(), end;
	struct session *s = session_new(&m, true);
	const struct machine *machine = session_machine(s);
	uint32_t nr_steps;

	for (int i = 0; i < 3; i++)
		make_alloc(s, &order0, NULL, NULL);
	nr_steps = session_nr_steps(s);
	CHECK(arena_clone(&end, machine));
	for (uint32_t step = 0; step <= nr_steps; step++) {
		session_seek(s, step);
		check_no_trace(machine);
		CHECK_EQ(session_step(s), step);
		CHECK_EQ(session_nr_steps(s), nr_steps);
	}
	CHECK(arena_equal(machine, &end));
	make_alloc(s, &order0, NULL, NULL);
	session_seek(s, nr_steps);
	CHECK(arena_equal(machine, &end));
	arena_destroy(&end);
	session_free(s);
}

/* Changes without a request, an invalid request, and the events of one. */
static void test_changes(void)
{
	const struct alloc_request invalid = { .gfp = GFP_KERNEL, .nid = 7 };
	struct machine m = small_machine(), before;
	struct experiment e;

	CHECK(arena_clone(&before, &m));
	CHECK(experiment_init(&e, &m));
	state_set(&e.machine, normal(&m)->nr_free_pages, 3);
	CHECK_EQ(normal(&m)->nr_free_pages, 3);
	experiment_rewind(&e);
	CHECK(arena_equal(&m, &before));
	CHECK(!experiment_alloc(&e, &invalid));
	CHECK_EQ(e.error, MACHINE_ERROR_node_absent);
	experiment_rewind(&e);
	CHECK(experiment_alloc(&e, &order0));
	CHECK_STR(event_names(e.history, 0, STAGES(WALK, WATERMARK)),
		  "walk_begin watermark_check");
	experiment_destroy(&e);
	CHECK(arena_equal(&m, &before));
	arena_destroy(&before);
	arena_destroy(&m);
}

/* Contents are not part of the region: an experiment must not clear them. */
static void test_contents(void)
{
	const struct alloc_request zero = { .gfp = GFP_KERNEL | __GFP_ZERO };
	struct machine m = small_machine();
	struct experiment e;
	uint32_t pfn;
	char *page;

	machine_set_poison(&m, true);
	machine_alloc(&m, &order0, &pfn);
	page = page_address(&m, pfn);
	page[0] = 1;
	machine_free(&m, 0, pfn, 0);
	page[0] = 2; /* a use after free */
	CHECK(experiment_init(&e, &m));
	CHECK(experiment_alloc(&e, &zero));
	CHECK_EQ(e.pfn, pfn);
	experiment_destroy(&e);
	CHECK_EQ(page[0], 2);
	page_contents_free(&m);
	arena_destroy(&m);
}

int main(void)
{
	test_no_history();
	test_session();
	test_changes();
	test_contents();
	return test_done();
}
