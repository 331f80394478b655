/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_slow_path: the alloc flags with which the slow path calls
 * get_page_from_freelist() before it reclaims: by rule, and as a real kernel
 * computed them (data/slow-path-flags.json).
 */
#define TRACED 1
#include "files.h"
#include "json/json.h"
#include "machine.h"
#include "mm/page_alloc.h"

static struct slowpath_attempts attempts(const struct machine *m, gfp_t gfp)
{
	struct slowpath_attempts s;

	slowpath_attempts(m, gfp, &s);
	return s;
}

static uint32_t first_flags(const struct machine *m, gfp_t gfp)
{
	return attempts(m, gfp).first;
}

static void test_first_attempt(void)
{
	struct machine m = arm64_cma();
	const uint32_t cpuset = ALLOC_WMARK_MIN | ALLOC_CPUSET;
	const struct task *task = &m.system->task;

	CHECK_EQ(first_flags(&m, __GFP_DIRECT_RECLAIM), cpuset);
	CHECK_EQ(first_flags(&m, GFP_KERNEL), cpuset | ALLOC_KSWAPD);
	CHECK_EQ(first_flags(&m, __GFP_HIGH), cpuset | ALLOC_HIGH);
	CHECK_EQ(first_flags(&m, GFP_ATOMIC),
		 ALLOC_HARDER | ALLOC_HIGH | ALLOC_KSWAPD);
	CHECK_EQ(first_flags(&m, GFP_ATOMIC | __GFP_NOMEMALLOC),
		 ALLOC_HIGH | ALLOC_KSWAPD);
	CHECK_EQ(first_flags(&m, GFP_HIGHUSER_MOVABLE),
		 cpuset | ALLOC_KSWAPD | ALLOC_CMA);
	state_set(&m, task->realtime, 1);
	CHECK_EQ(first_flags(&m, __GFP_HIGH),
		 cpuset | ALLOC_HIGH | ALLOC_HARDER);
	CHECK_EQ(first_flags(&m, __GFP_ATOMIC | __GFP_NOMEMALLOC), 0);
	state_set(&m, task->interrupt, 1);
	CHECK_EQ(first_flags(&m, __GFP_HIGH), cpuset | ALLOC_HIGH);
	state_set(&m, task->nocma, 1);
	CHECK_EQ(first_flags(&m, __GFP_MOVABLE), cpuset);
	arena_destroy(&m);
}

/* __GFP_ATOMIC is ignored in a request that may reclaim. */
static void test_mistake(void)
{
	struct machine m = small_machine();
	const gfp_t mistake = GFP_ATOMIC | __GFP_DIRECT_RECLAIM;
	const struct task *task = &m.system->task;

	CHECK(!attempts(&m, GFP_ATOMIC).atomic_ignored);
	CHECK(!attempts(&m, GFP_KERNEL).atomic_ignored);
	CHECK(attempts(&m, mistake).atomic_ignored);
	CHECK_EQ(first_flags(&m, mistake),
		 ALLOC_CPUSET | ALLOC_HIGH | ALLOC_KSWAPD);
	/* what is no atomic request has the rights of a real-time task */
	state_set(&m, task->realtime, 1);
	CHECK_EQ(first_flags(&m, mistake | __GFP_NOMEMALLOC),
		 ALLOC_CPUSET | ALLOC_HIGH | ALLOC_KSWAPD | ALLOC_HARDER);
	arena_destroy(&m);
}

/* Is the second attempt made with these flags? */
static void check_retry(const struct machine *m, gfp_t gfp, uint32_t flags,
			bool drops_nodemask)
{
	struct slowpath_attempts s = attempts(m, gfp);

	CHECK_EQ(s.retry, flags);
	CHECK_EQ(s.drops_nodemask, drops_nodemask);
}

/* The reserves replace all flags but ALLOC_CMA. */
static void test_second_attempt(void)
{
	struct machine m = arm64_cma();
	const struct task *task = &m.system->task;
	const uint32_t kernel = ALLOC_CPUSET | ALLOC_KSWAPD;

	check_retry(&m, GFP_KERNEL, kernel, false);
	check_retry(&m, GFP_ATOMIC, first_flags(&m, GFP_ATOMIC), true);
	check_retry(&m, GFP_KERNEL | __GFP_MEMALLOC, ALLOC_NO_WATERMARKS, true);
	check_retry(&m, GFP_KERNEL | __GFP_MEMALLOC | __GFP_MOVABLE,
		    ALLOC_NO_WATERMARKS | ALLOC_CMA, true);
	check_retry(&m, GFP_KERNEL | __GFP_MEMALLOC | __GFP_NOMEMALLOC, kernel,
		    false);
	state_set(&m, task->oom_victim, 1);
	check_retry(&m, GFP_KERNEL, ALLOC_OOM, true);
	state_set(&m, task->memalloc, 1);
	check_retry(&m, GFP_KERNEL, ALLOC_NO_WATERMARKS, true);
	check_retry(&m, GFP_KERNEL | __GFP_NOMEMALLOC, kernel, false);
	state_set(&m, task->interrupt, 1);
	check_retry(&m, GFP_KERNEL, kernel, false);
	arena_destroy(&m);
}

static void set_task(struct machine *m, const cJSON *task)
{
	const struct task *t = &m->system->task;

	state_set(m, t->realtime, cJSON_IsTrue(json_get(task, "realtime")));
	state_set(m, t->interrupt, cJSON_IsTrue(json_get(task, "interrupt")));
	state_set(m, t->oom_victim, cJSON_IsTrue(json_get(task, "oom_victim")));
	state_set(m, t->exiting, cJSON_IsTrue(json_get(task, "exiting")));
	state_set(m, t->memalloc, cJSON_IsTrue(json_get(task, "memalloc")));
}

/* One request of the file, on a machine where no zone can serve it. */
static void check_row(struct machine *m, const cJSON *row)
{
	const cJSON *expected = json_get(row, "alloc_flags");
	const struct event_slow_path *slow;

	set_task(m, json_get(row, "task"));
	CHECK_EQ(__alloc_pages_nodemask(m, json_member_u32(row, "gfp"),
					json_member_u32(row, "order"), 0, NULL),
		 PFN_NONE);
	slow = last_event(m->history, slow_path);
	CHECK_EQ(last_event(m->history, alloc_flags_nofragment)->alloc_flags,
		 json_u32(cJSON_GetArrayItem(expected, 0)));
	CHECK_EQ(slow->slow_flags, json_u32(cJSON_GetArrayItem(expected, 1)));
	CHECK_EQ(slow->retry_flags, json_u32(cJSON_GetArrayItem(expected, 2)));
}

/* The recorded kernel has no CMA, and its one node no zone Normal. */
static void test_real_kernel(void)
{
	const char *path = data_path("slow-path-flags.json");
	struct machine_description *d = describe_small_machine();
	struct file_error error = { "" };
	struct json_place at = { .path = path, .error = &error };
	char *text = file_text(path);
	cJSON *file = json_parse(&at, text, strlen(text));
	const cJSON *row;
	struct machine m;

	CHECK_STR(error.text, "");
	d->nofragment = 0;
	m = booted(d);
	machine_set_history(&m, history_new());
	for (unsigned int idx = DMA; idx <= NORMAL; idx++)
		allocate_all(&m, node_zone(&m, 0, idx));
	CHECK_EQ(json_length(json_get(file, "rows")), 60);
	cJSON_ArrayForEach(row, json_get(file, "rows")) check_row(&m, row);
	history_free(m.history);
	arena_destroy(&m);
	cJSON_Delete(file);
	free(text);
}

int main(void)
{
	test_first_attempt();
	test_mistake();
	test_second_attempt();
	test_real_kernel();
	return test_done();
}
