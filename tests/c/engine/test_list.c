/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_list: lists over frames, by index. */
#include "machine.h"

/* Frames inside a free block of 32: their own links are not in use. */
enum { P = 257, Q = 258, S = 259, T = 260 };

static void test_empty(struct machine *m, uint32_t head)
{
	CHECK_EMPTY(m, head);
	CHECK_EQ(list_first_entry(m, head), head);
	CHECK_EQ(list_last_entry(m, head), head);
}

static void test_head_and_tail(struct machine *m, uint32_t head)
{
	list_add(m, P, head);
	CHECK_LIST(m, head, P);
	CHECK_EQ(list_first_entry(m, head), P);
	CHECK_EQ(list_last_entry(m, head), P);

	list_add(m, Q, head); /* before all others: the next one taken */
	CHECK_LIST(m, head, Q, P);
	list_add_tail(m, S, head); /* after all others */
	CHECK_LIST(m, head, Q, P, S);
	CHECK_EQ(list_first_entry(m, head), Q);
	CHECK_EQ(list_last_entry(m, head), S);
}

static void test_delete(struct machine *m, uint32_t head)
{
	list_add_tail(m, T, head);
	list_del(m, P); /* inside */
	CHECK_LIST(m, head, Q, S, T);
	list_del(m, Q); /* the head */
	CHECK_LIST(m, head, S, T);
	list_del(m, T); /* the tail */
	CHECK_LIST(m, head, S);
	list_del(m, S); /* the last one */
	CHECK_EMPTY(m, head);
}

static void test_move(struct machine *m, uint32_t head, uint32_t other)
{
	list_add_tail(m, P, head);
	list_add_tail(m, Q, head);
	list_add_tail(m, S, other);
	list_move_tail(m, P, other);
	CHECK_LIST(m, head, Q);
	CHECK_LIST(m, other, S, P);
	list_move_tail(m, S, other); /* within one list */
	CHECK_LIST(m, other, P, S);
	INIT_LIST_HEAD(m, head);
	CHECK_EMPTY(m, head);
}

int main(void)
{
	struct machine m = small_machine();
	/* nothing is isolated: these lists are empty */
	uint32_t head = free_list(normal(&m), 0, MIGRATE_ISOLATE);
	uint32_t other = free_list(normal(&m), 1, MIGRATE_ISOLATE);

	CHECK(head >= m.system->max_pfn); /* heads lie above all frames */
	test_empty(&m, head);
	test_head_and_tail(&m, head);
	test_delete(&m, head);
	test_move(&m, head, other);
	arena_destroy(&m);
	return test_done();
}
