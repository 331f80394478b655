/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_session: requests, notes, and a million steps back and forth. */
#include "session/session.h"
#include "requests.h"
#include "events/filter.h"
#include "machine.h"

static struct session *begin(struct machine m)
{
	struct session *s = session_new(&m, true);

	CHECK(s != NULL);
	CHECK(m.region == NULL); /* it is the session's now */
	return s;
}

static const struct request *alloc(struct session *s, uint32_t order)
{
	const struct alloc_request r = { .gfp = GFP_KERNEL, .order = order };

	return make_alloc(s, &r, NULL, NULL);
}

static void test_requests(void)
{
	const struct source_line where = { .file = "lesson.lua", .line = 7 };
	const struct alloc_request page = { .gfp = GFP_ATOMIC, .order = 2 };
	struct session *s = begin(small_machine());
	const struct request *r = make_alloc(s, &page, &where, "buffer");
	uint32_t pfn = r->pfn, last = r->last_step;

	CHECK_EQ(r->kind, REQUEST_ALLOC);
	CHECK_EQ(r->error, MACHINE_ERROR_none);
	CHECK_EQ(pfn, 256);
	CHECK_EQ(r->alloc.order, 2);
	CHECK_EQ(r->alloc.gfp, GFP_ATOMIC);
	CHECK_EQ(r->first_step, 1);
	CHECK_EQ(last, session_nr_steps(s));
	CHECK_STR(r->name, "buffer");
	CHECK_STR(r->where.file, "lesson.lua");
	CHECK_EQ(r->where.line, 7);
	/* the block knows the request that it was made by */
	CHECK_EQ(page_owner(session_machine(s), pfn), 0);

	r = make_free(s, 1, pfn, 2);
	CHECK_EQ(r->kind, REQUEST_FREE);
	CHECK_EQ(r->first_step, last + 1);
	CHECK_EQ(r->last_step, session_nr_steps(s));
	CHECK_EQ(r->free.pfn, pfn);
	CHECK_EQ(r->pfn, PFN_NONE);
	CHECK(r->where.file == NULL);

	r = make_free(s, 1, pfn, 2);
	CHECK_EQ(r->error, MACHINE_ERROR_double_free);
	CHECK_EQ(r->first_step, r->last_step); /* one event says so */
	CHECK_EQ(alloc(s, 6)->error, MACHINE_ERROR_order_range);
	CHECK_EQ(alloc(s, 6)->pfn, PFN_NONE);
	CHECK_EQ(alloc(s, 0)->error, MACHINE_ERROR_none);
	CHECK_EQ(page_owner(session_machine(s), session_get_request(s, 5)->pfn),
		 5);
	CHECK_EQ(session_nr_requests(s), 6);
	CHECK(session_get_request(s, 6) == NULL);
	CHECK_EQ(session_get_request(s, 1)->kind, REQUEST_FREE);
	session_free(s);
}

/* A name is cut, not spilt. */
static void test_long_name(void)
{
	const struct alloc_request page = { .gfp = GFP_KERNEL };
	struct session *s = begin(small_machine());
	const struct request *r = make_alloc(
		s, &page, NULL, "a-name-of-more-than-twenty-three-letters");

	CHECK_STR(r->name, "a-name-of-more-than-twe");
	session_free(s);
}

/* The other kinds, each by its function. */
static void test_kinds(void)
{
	struct session *s = begin(two_nodes());
	const struct machine *m = session_machine(s);
	const struct task task = { .mems_allowed = 2, .realtime = 1 };
	const struct fault_attr fault = { .probability = 100, .times = 1 };
	const struct alloc_request r = { .gfp = GFP_KERNEL,
					 .has_alloc_flags = true,
					 .alloc_flags = ALLOC_HARDER };
	uint32_t pfn;

	pfn = make_alloc(s, &r, NULL, NULL)->pfn;
	CHECK_EQ(session_get_request(s, 0)->kind, REQUEST_GET_PAGE);
	CHECK_EQ(MAKE(s, LRU, .lru = { pfn, true })->kind, REQUEST_LRU);
	CHECK(m->pages[pfn] & PAGE_LRU);
	CHECK_EQ(MAKE(s, DRAIN, .drain.cpu = 1)->kind, REQUEST_DRAIN);
	CHECK_EQ(MAKE(s, DIRTY, .dirty = { 1, 77 })->kind, REQUEST_DIRTY);
	CHECK_EQ(m->nodes[1].file_dirty, 77);
	CHECK_EQ(MAKE(s, TASK, .task = task, .cpusets = true)->kind,
		 REQUEST_TASK);
	CHECK_EQ(m->system->task.realtime, 1);
	CHECK_EQ(m->system->cpusets, 1);
	CHECK_EQ(MAKE(s, RECLAIMABLE, .reclaimable.pfn = pfn)->kind,
		 REQUEST_RECLAIMABLE);
	CHECK_EQ(m->nodes[0].nr_reclaimable, 1);
	CHECK_EQ(MAKE(s, FAULT, .fault = fault)->kind, REQUEST_FAULT);
	CHECK_EQ(alloc(s, 0)->pfn, PFN_NONE);
	CHECK_EQ(MAKE(s, ISOLATE, .isolate = { 600, MIGRATE_MOVABLE, 1 })->busy,
		 PFN_NONE);
	CHECK_EQ(MAKE(s, ISOLATE, .isolate = { 600, MIGRATE_MOVABLE, 1 })->busy,
		 600 & ~31u);
	CHECK_EQ(MAKE(s, UNISOLATE, .unisolate = { 600, MIGRATE_MOVABLE, 1 })
			 ->kind,
		 REQUEST_UNISOLATE);
	CHECK_EQ(MAKE(s, DRAIN, .drain.cpu = 99)->error,
		 MACHINE_ERROR_cpu_absent);
	CHECK_STR(request_kind_name(REQUEST_GET_PAGE),
		  "get_page_from_freelist");
	for (int kind = 0; kind < NR_REQUEST_KINDS; kind++)
		CHECK(request_kind_name((enum request_kind)kind)[0]);
	CHECK_MACHINE(m);
	session_seek(s, 0);
	CHECK_EQ(m->system->cpusets, 0);
	CHECK_EQ(m->nodes[1].file_dirty, 0);
	session_free(s);
}

/* The last event of @s says flag @name, in its fields and in its text. */
static void check_task_flag(const struct session *s, const char *name,
			    const char *said)
{
	const struct machine *m = session_machine(s);
	const uint32_t step = session_nr_steps(s);
	const struct event *event = history_event(session_history(s), step);
	struct filter_error error;
	struct filter *c = filter_new(name, &error);
	char text[256];

	CHECK_EQ(event_id(event), EVENT_set_task);
	CHECK(c && filter_holds(c, m, event, step));
	event_text_format(m, event, text, sizeof(text));
	CHECK(strstr(text, said));
	filter_free(c);
}

/* Every flag of a task is seen by what reads events. */
static void test_task_flags(void)
{
	struct session *s = begin(small_machine());

#define FLAG(name, text, help)                                                 \
	MAKE(s, TASK, .task.name = 1);                                         \
	CHECK_EQ(session_machine(s)->system->task.name, 1);                    \
	check_task_flag(s, "set_task and " #name, ", " text);
	TASK_FLAGS(FLAG)
#undef FLAG
	MAKE(s, TASK, .task = { .mems_allowed = 1, .hardwall_mems = 1 },
	     .cpusets = true);
	check_task_flag(s, "cpusets and hardwall_mems has 0 and not memalloc",
			"hardwall_mems 0");
	session_free(s);
}

/* Requests as data: equal, and as statements of a scenario. */
static void test_request_data(void)
{
	const struct request task = {
		.kind = REQUEST_TASK,
		.cpusets = true,
		.task = { .mems_allowed = 5, .hardwall_mems = 1, .memalloc = 1 }
	};
	struct request other = task;
	struct request alloc = { .kind = REQUEST_GET_PAGE,
				 .name = "a\"b",
				 .alloc = { .gfp = GFP_KERNEL,
					    .has_nodemask = true,
					    .nodemask = 1,
					    .alloc_flags = ALLOC_WMARK_MIN } };
	char text[512];

	CHECK(!request_difference(&task, &other));
	other.task.memalloc = 0;
	CHECK_STR(request_difference(&task, &other), "memalloc");
	CHECK_STR(request_lua(&task, text, sizeof(text)),
		  "m:task { mems_allowed = { 0, 2 }, hardwall_mems = { 0 }, "
		  "memalloc = true, }");
	CHECK_STR(request_lua(&alloc, text, sizeof(text)),
		  "m:alloc { order = 0, gfp = \"GFP_KERNEL\", node = 0, "
		  "cpu = 0, nodemask = { 0 }, alloc_flags = \"WMARK_MIN\", "
		  "owner = \"a\\\"b\" }");
	alloc.kind = REQUEST_ALLOC;
	CHECK_STR(request_text(&alloc, text, sizeof(text)),
		  "alloc order 0 GFP_KERNEL, node 0, cpu 0, nodemask 0, for "
		  "a\"b");
	CHECK_EQ(request_pfn(&alloc), alloc.pfn);
	CHECK_EQ(request_pfn(&(struct request){ .kind = REQUEST_LRU,
						.lru.pfn = 7 }),
		 7);
}

/* Which request does a step belong to? */
static void test_request_at(void)
{
	struct session *s = begin(small_machine());

	for (uint32_t i = 0; i < 20; i++)
		alloc(s, i % 4 ? i % 4 : 7); /* order 7 is refused */
	CHECK_EQ(session_request_at(s, 0), UINT32_MAX);
	for (uint32_t i = 0; i < 20; i++) {
		const struct request *r = session_get_request(s, i);

		CHECK(r->first_step <= r->last_step);
		CHECK_EQ(session_request_at(s, r->first_step), i);
		CHECK_EQ(session_request_at(s, r->last_step), i);
	}
	CHECK_EQ(session_request_at(s, session_nr_steps(s) + 1), UINT32_MAX);
	session_free(s);
}

/* A request is made at the end of time, wherever one is looking. */
static void test_request_from_the_past(void)
{
	struct session *s = begin(small_machine());
	uint32_t first = alloc(s, 5)->pfn, steps = session_nr_steps(s);

	session_seek(s, 3);
	CHECK_EQ(session_step(s), 3);
	CHECK_EQ(alloc(s, 5)->pfn, first + 32);
	CHECK_EQ(session_step(s), session_nr_steps(s));
	CHECK(session_nr_steps(s) > steps);
	session_seek(s, UINT32_MAX);
	CHECK_EQ(session_step(s), session_nr_steps(s));
	session_free(s);
}

static void test_notes(void)
{
	const struct source_line where = { .file = "x.lua", .line = 3 };
	struct session *s = begin(small_machine());
	char text[] = "first";

	CHECK(session_add_note(s, &(struct note){ .kind = NOTE_SAY,
						  .where = where,
						  .text = text }));
	text[0] = 'X'; /* it was copied */
	alloc(s, 0);
	CHECK(session_note(s, NOTE_SCENE, "scene"));
	CHECK(session_note(s, NOTE_SAY, "second"));
	alloc(s, 0);
	CHECK_EQ(session_nr_notes(s), 3);
	CHECK_STR(session_note_at(s, 0)->text, "first");
	CHECK_EQ(session_note_at(s, 0)->step, 0);
	CHECK_EQ(session_note_at(s, 0)->where.line, 3);
	CHECK_EQ(session_note_at(s, 2)->step,
		 session_get_request(s, 0)->last_step);
	CHECK_EQ(session_note_at(s, 2)->request, 1);
	CHECK(session_note_at(s, 3) == NULL);

	CHECK_EQ(session_notes_until(s, 0), 1);
	CHECK_EQ(session_notes_until(s, session_note_at(s, 1)->step - 1), 1);
	CHECK_EQ(session_notes_until(s, session_note_at(s, 1)->step), 3);
	CHECK_EQ(session_notes_until(s, UINT32_MAX), 3);
	CHECK(session_question_before(s, 3) == NULL);
	CHECK(session_add_note(s, &(struct note){ .kind = NOTE_ASK,
						  .text = "?\0text",
						  .size = sizeof("?\0text") }));
	CHECK(session_question_before(s, 4) == session_note_at(s, 3));
	CHECK(session_question_before(s, 3) == NULL);
	session_free(s);
}

/* Nothing is remembered: only the machine. */
static void test_unrecorded(void)
{
	struct machine m = small_machine();
	struct session *s = session_new(&m, false);
	uint32_t pfn = alloc(s, 1)->pfn;

	CHECK_EQ(pfn, 256);
	CHECK_EQ(make_free(s, 0, pfn, 1)->error, 0);
	CHECK_EQ(make_free(s, 0, pfn, 1)->error, MACHINE_ERROR_double_free);
	CHECK_EQ(session_nr_requests(s), 0);
	CHECK_EQ(session_nr_steps(s), 0);
	CHECK(session_history(s) == NULL);
	session_seek(s, 5);
	CHECK_EQ(session_step(s), 0);
	CHECK_EQ(session_request_at(s, 1), UINT32_MAX);
	session_free(s);
}

/* What is written to a frame is not part of time. */
static void test_page_address(void)
{
	struct session *s = begin(small_machine());
	uint32_t pfn = alloc(s, 0)->pfn;
	char *frame = session_page_address(s, pfn);

	frame[5] = 99;
	session_seek(s, 0);
	CHECK_EQ(((char *)session_page_address(s, pfn))[5], 99);
	CHECK(session_page_address(s, 0) == NULL);
	session_free(s);
}

static void test_million(void)
{
	struct machine m = small_machine(), start, end;
	struct session *s;
	uint32_t nr;

	CHECK(arena_clone(&start, &m));
	s = begin(m);
	while (session_nr_steps(s) < 1000000)
		make_free(s, 0, alloc(s, 0)->pfn, 0);
	nr = session_nr_steps(s);
	CHECK(arena_clone(&end, session_machine(s)));
	for (int times = 0; times < 3; times++) {
		for (uint32_t step = nr; step-- > 0;)
			session_seek(s, step);
		CHECK(arena_equal(session_machine(s), &start));
		for (uint32_t step = 1; step <= nr; step++)
			session_seek(s, step);
		CHECK(arena_equal(session_machine(s), &end));
	}
	session_seek(s, 0);
	session_seek(s, nr);
	CHECK(arena_equal(session_machine(s), &end));
	arena_destroy(&start);
	arena_destroy(&end);
	session_free(s);
}

int main(void)
{
	test_requests();
	test_long_name();
	test_kinds();
	test_task_flags();
	test_request_data();
	test_request_at();
	test_request_from_the_past();
	test_notes();
	test_unrecorded();
	test_page_address();
	test_million();
	return test_done();
}
