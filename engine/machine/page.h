/* SPDX-License-Identifier: GPL-2.0-or-later */
/* page: the word that says what a page is, and its link in a list. */
#ifndef ENGINE_PAGE_H
#define ENGINE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A page's word. Only the first page of a block has a state; every other
 * page's word is zero but for the LRU bit, so that a block of a thousand pages
 * costs one write. A page that is in no block and whose word is zero is
 * reserved, or a hole.
 *
 *   31        16 15 14 13 12 11 10 9    7 6     4 3     0
 *  | zone id    | 0|R |K |P |C |L | type  | state | order |
 *                  |  |  |  |  └ on an LRU list (looks movable)
 *                  |  |  |  └ compound
 *                  |  |  └ pfmemalloc
 *                  |  └ in no block, and in use when a recording began
 *                  └ on the queue of what node_reclaim() can free
 */
enum page_state {
	PAGE_NONE, /* not the first page of a block */
	PAGE_USED,
	PAGE_BUDDY, /* on a free list */
	PAGE_PCP, /* on a per-cpu list */
};

#define PAGE_ORDER_MASK 0x0000000fu
#define PAGE_STATE_SHIFT 4
#define PAGE_STATE_MASK 0x00000070u
#define PAGE_TYPE_SHIFT 7
#define PAGE_TYPE_MASK 0x00000380u
#define PAGE_LRU 0x00000400u
#define PAGE_COMPOUND 0x00000800u
#define PAGE_PFMEMALLOC 0x00001000u
#define PAGE_KERNEL 0x00002000u
#define PAGE_RECLAIMABLE 0x00004000u
#define PAGE_ZONE_SHIFT 16
#define PAGE_ZONE_MASK 0xffff0000u

static inline unsigned int page_order(uint32_t page)
{
	return page & PAGE_ORDER_MASK;
}

static inline enum page_state page_state(uint32_t page)
{
	return (enum page_state)((page & PAGE_STATE_MASK) >> PAGE_STATE_SHIFT);
}

static inline bool page_state_is(uint32_t page, enum page_state state)
{
	return (page & PAGE_STATE_MASK) == (uint32_t)state << PAGE_STATE_SHIFT;
}

static inline unsigned int page_type(uint32_t page)
{
	return (page & PAGE_TYPE_MASK) >> PAGE_TYPE_SHIFT;
}

static inline unsigned int page_zone_id(uint32_t page)
{
	return page >> PAGE_ZONE_SHIFT;
}

/*
 * A node of a circular doubly linked list: an index into links[]. Indices
 * below max_pfn are pages, those from it on list heads.
 */
struct list_link {
	uint32_t next;
	uint32_t prev;
};

/* An allocated block is on no list: its link holds the owner. */
#define page_owner(m, pfn) ((m)->links[pfn].next)

/*
 * A page that node_reclaim() can free keeps its link in the queue elsewhere, in
 * an *entry* of two links: the link itself, then the page and its old prev.
 * The page's prev is the entry; mm/lru.h has the rest.
 */
#define lru_entry(m, pfn) ((m)->links[pfn].prev)
#define lru_entry_pfn(m, entry) ((m)->links[(entry) + 1].next)
#define lru_entry_prev(m, entry) ((m)->links[(entry) + 1].prev)
enum { LRU_ENTRY_LINKS = 2, PAGES_PER_LRU_ENTRY = 5 };

#endif
