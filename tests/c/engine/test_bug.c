/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What cannot happen: a state broken by hand is met by the allocator, which
 * names page, zone and order and aborts, rather than go on.
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mm/allocator.h"
#include "state/arena.h"
#include "machine.h"
#include "test.h"

/* Overwrites a const field of the state. */
#define SPOIL(place, value) (*(uint32_t *)(uintptr_t) & (place) = (value))

typedef void (*deed_fn)(struct machine *m);

/* Does @deed abort, and with @message on stderr? */
static void check_aborts(deed_fn deed, const char *message)
{
	char said[512] = "";
	int pipefd[2], status;
	size_t len = 0;
	ssize_t n;
	pid_t child;

	CHECK(!pipe(pipefd));
	fflush(NULL);
	child = fork();
	if (!child) {
		struct machine m = plain(64);

		signal(SIGABRT, SIG_DFL);
		dup2(pipefd[1], STDERR_FILENO);
		deed(&m);
		_exit(0);
	}
	close(pipefd[1]);
	while (len < sizeof(said) - 1 &&
	       (n = read(pipefd[0], said + len, sizeof(said) - 1 - len)) > 0)
		len += (size_t)n;
	close(pipefd[0]);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	if (!strstr(said, message))
		fprintf(stderr, "said: %s", said);
	CHECK(strstr(said, message));
}

static uint32_t take(struct machine *m, uint32_t order)
{
	const struct alloc_request request = {
		.gfp = GFP_HIGHUSER_MOVABLE,
		.order = order,
	};
	uint32_t pfn;

	machine_alloc(m, &request, &pfn);
	return pfn;
}

static const struct zone *zone_of(const struct machine *m, uint32_t pfn)
{
	return &m->zones[page_zone_id(m->pages[pfn])];
}

/* A page on a free list whose word says that it is in use. */
static void take_from_spoiled_list(struct machine *m)
{
	uint32_t pfn = take(m, 2);
	uint32_t head = free_list(zone_of(m, pfn), 2, MIGRATE_MOVABLE);
	uint32_t next = m->links[head].next;

	if (next == head) /* its buddy is always there after a split */
		_exit(1);
	SPOIL(m->pages[next], m->pages[next] & ~PAGE_STATE_MASK);
	take(m, 2);
}

static void take_from_spoiled_pcp(struct machine *m)
{
	uint32_t pfn = take(m, 0);
	const struct per_cpu_pages *pcp = zone_pcp(m, zone_of(m, pfn), 0);

	machine_free(m, 0, pfn, 0);
	pfn = m->links[pcp->heads + MIGRATE_MOVABLE].next;
	SPOIL(m->pages[pfn], m->pages[pfn] & ~PAGE_STATE_MASK);
	take(m, 0);
}

static void drain_spoiled_pcp(struct machine *m)
{
	uint32_t pfn = take(m, 0);

	machine_free(m, 0, pfn, 0);
	SPOIL(m->pages[pfn], m->pages[pfn] ^ 1);
	machine_drain(m, 0);
}

int main(void)
{
	check_aborts(take_from_spoiled_list,
		     "zonewalk: bug: a page on a free list is not free: page");
	check_aborts(take_from_spoiled_list, "order 2");
	check_aborts(take_from_spoiled_pcp,
		     "a page on a per-cpu list does not belong there: page");
	check_aborts(drain_spoiled_pcp, "node 0 zone");
	return test_done();
}
