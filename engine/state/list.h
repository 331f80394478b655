/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * list: circular doubly linked lists of pages, by index.
 *
 *   head ──▶ 4096 ──▶ 5120 ──▶ 6144 ──▶ (head)
 *
 * An entry is an index into links[]: a page's is its pfn, a head's is above
 * all pages, so no operation distinguishes them. A list that is circular and
 * has a head needs no special case for being empty.
 *
 * Kernel: include/linux/list.h.
 */
#ifndef ENGINE_LIST_H
#define ENGINE_LIST_H

#include "state/state.h"

static inline void INIT_LIST_HEAD(struct machine *m, uint32_t head)
{
	state_set(m, m->links[head].next, head);
	state_set(m, m->links[head].prev, head);
}

static inline void __list_add(struct machine *m, uint32_t entry, uint32_t prev,
			      uint32_t next)
{
	state_set(m, m->links[next].prev, entry);
	state_set(m, m->links[entry].next, next);
	state_set(m, m->links[entry].prev, prev);
	state_set(m, m->links[prev].next, entry);
}

/* To the head: @entry is the next to be removed. */
static inline void list_add(struct machine *m, uint32_t entry, uint32_t head)
{
	__list_add(m, entry, head, m->links[head].next);
}

/* To the tail: @entry is the last to be removed. */
static inline void list_add_tail(struct machine *m, uint32_t entry,
				 uint32_t head)
{
	__list_add(m, entry, m->links[head].prev, head);
}

static inline void list_del(struct machine *m, uint32_t entry)
{
	uint32_t next = m->links[entry].next;
	uint32_t prev = m->links[entry].prev;

	state_set(m, m->links[next].prev, prev);
	state_set(m, m->links[prev].next, next);
}

/* list_del() of the first entry of the list @head. */
static inline void list_del_first(struct machine *m, uint32_t entry,
				  uint32_t head)
{
	uint32_t next = m->links[entry].next;

	state_set(m, m->links[next].prev, head);
	state_set(m, m->links[head].next, next);
}

static inline void list_move_tail(struct machine *m, uint32_t entry,
				  uint32_t head)
{
	list_del(m, entry);
	list_add_tail(m, entry, head);
}

static inline uint32_t list_first_entry(const struct machine *m, uint32_t head)
{
	return m->links[head].next;
}

static inline uint32_t list_last_entry(const struct machine *m, uint32_t head)
{
	return m->links[head].prev;
}

#endif
