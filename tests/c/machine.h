/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * machine: small machines for tests of the parts of the allocator.
 *
 *   struct machine m = small_machine();       4 MiB, zones DMA, DMA32, Normal
 *   const struct zone *z = normal(&m);
 *   allocate_all(&m, z);                       no page is free
 *   add_free_block(&m, z, 256, 5, MIGRATE_MOVABLE); one free block of 32 pages
 *   CHECK_LIST(&m, free_list(z, 5, MIGRATE_MOVABLE), 256);
 *
 * A test of a part of the allocator includes this, then that part; one that
 * checks events says `#define TRACED 1` before both.
 */
#ifndef TESTS_MACHINE_H
#define TESTS_MACHINE_H

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wunused-function"
#endif

#include "mm/allocator.h"
#include "mm/control.h"
#include "state/arena.h"
#include "boot/boot.h"
#include "check/check.h"
#include "state/history.h"
#include "state/list.h"
#include "state/state.h"
#include "test.h"

/* Zone indices of an amd64 machine. */
enum { DMA, DMA32, NORMAL, MOVABLE };

/* Migratetypes by their letters. */
enum {
	U = MIGRATE_UNMOVABLE,
	M = MIGRATE_MOVABLE,
	R = MIGRATE_RECLAIMABLE,
	H = MIGRATE_HIGHATOMIC,
	C = MIGRATE_CMA,
	I = MIGRATE_ISOLATE,
};

static inline struct machine_description *describe(void)
{
	struct machine_description *d = machine_description_new();

	if (d)
		return d;
	fprintf(stderr, "no memory for a description\n");
	exit(EXIT_FAILURE);
}

/* Boots the machine and frees its description. */
static inline struct machine booted(struct machine_description *d)
{
	struct machine m = { .region = NULL };
	char message[256] = "";

	if (machine_boot(&m, d, message, sizeof(message))) {
		fprintf(stderr, "the test's machine: %s\n", message);
		exit(EXIT_FAILURE);
	}
	free(d);
	return m;
}

/*
 * 4 MiB on one node, two cpus, orders 0 to 5, pageblocks of 8 frames:
 * DMA has frames 1 to 127, DMA32 128 to 255, Normal 256 to 1023.
 */
static inline struct machine_description *describe_small_machine(void)
{
	struct machine_description *d = describe();

	d->nr_nodes = 1;
	d->node[0].nr_pages = 1024;
	d->nr_cpus = 2;
	d->max_order = 6;
	d->pageblock_order = 3;
	d->zone_limit[ZONE_DMA] = 128;
	d->zone_limit[ZONE_DMA32] = 256;
	return d;
}

static inline struct machine small_machine(void)
{
	return booted(describe_small_machine());
}

/* The same and a second node, all Normal: 1024 to 2047; cpu i on node i. */
static inline struct machine_description *describe_two_nodes(void)
{
	struct machine_description *d = describe_small_machine();

	d->nr_nodes = 2;
	d->node[1].nr_pages = 1024;
	return d;
}

static inline struct machine two_nodes(void)
{
	return booted(describe_two_nodes());
}

/* 4 MiB of arm64, all DMA, orders 0 to 5; CMA has frames 512 to 767. */
static inline struct machine arm64_cma(void)
{
	struct machine_description *d = describe();

	d->arch = ARCH_ARM64;
	d->nr_nodes = 1;
	d->node[0].nr_pages = 1024;
	d->node[0].nr_cma = 1;
	d->node[0].cma[0] = (struct page_range){ 512, 256 };
	d->nr_cpus = 2;
	d->max_order = 6;
	d->pageblock_order = 3;
	return booted(d);
}

/* A plain amd64 node of so many MiB: 11 orders, pageblocks of 512. */
static inline struct machine plain(uint32_t mebibytes)
{
	struct machine_description *d = describe();

	d->nr_nodes = 1;
	d->node[0].nr_pages = mebibytes << (20 - PAGE_SHIFT);
	return booted(d);
}

static inline const struct zone *normal(const struct machine *m)
{
	return node_zone(m, 0, NORMAL);
}

/* Marks every free block of @zone as allocated. */
static inline void allocate_all(struct machine *m, const struct zone *zone)
{
	for (unsigned int o = 0; o < m->max_order; o++) {
		for (unsigned int t = 0; t < MIGRATE_TYPES; t++) {
			uint32_t head = free_list(zone, o, t);

			while (!list_is_empty(m, head)) {
				uint32_t pfn = list_first_entry(m, head);

				list_del(m, pfn);
				state_set(m, m->pages[pfn],
					  zone_id(m, zone) << PAGE_ZONE_SHIFT |
						  PAGE_USED
							  << PAGE_STATE_SHIFT |
						  o);
			}
		}
		state_set(m, zone->nr_free[o], 0);
	}
	state_set(m, zone->nr_free_pages, 0);
	state_set(m, zone->nr_free_cma, 0);
}

/* Marks a single page as allocated. */
static inline void allocate_page(struct machine *m, const struct zone *z,
				 uint32_t pfn)
{
	state_set(m, m->pages[pfn],
		  zone_id(m, z) << PAGE_ZONE_SHIFT |
			  PAGE_USED << PAGE_STATE_SHIFT);
}

/* Sets the migratetype of the pageblock of @pfn. */
static inline void set_block_type(struct machine *m, const struct zone *zone,
				  uint32_t pfn, unsigned int type)
{
	state_set(m, m->pageblocks[pageblock_index(m, zone, pfn)], type);
}

/* Adds a free block at the tail of its list, without merging. */
static inline void add_free_block(struct machine *m, const struct zone *zone,
				  uint32_t pfn, unsigned int order,
				  unsigned int type)
{
	list_add_tail(m, pfn, free_list(zone, order, type));
	state_set(m, m->pages[pfn],
		  zone_id(m, zone) << PAGE_ZONE_SHIFT |
			  type << PAGE_TYPE_SHIFT |
			  PAGE_BUDDY << PAGE_STATE_SHIFT | order);
	state_set(m, zone->nr_free[order], zone->nr_free[order] + 1);
	if (type != MIGRATE_ISOLATE)
		state_set(m, zone->nr_free_pages,
			  zone->nr_free_pages + (1 << order));
	if (type == MIGRATE_CMA)
		state_set(m, zone->nr_free_cma,
			  zone->nr_free_cma + (1 << order));
}

/* CHECK_LIST(m, head, pfn, ...): the list from its head to its tail. */
#define CHECK_LIST(m, head, ...)                                               \
	check_list_(__FILE__, __LINE__, m, head,                               \
		    (const uint32_t[]){ __VA_ARGS__, PFN_NONE })
#define CHECK_EMPTY(m, head) CHECK(list_is_empty(m, head))

static inline void check_list_(const char *file, int line,
			       const struct machine *m, uint32_t head,
			       const uint32_t *expected)
{
	uint32_t pfn = m->links[head].next, back = head;

	test_checks_++;
	while (pfn != head && pfn == *expected && m->links[pfn].prev == back) {
		back = pfn;
		pfn = m->links[pfn].next;
		expected++;
	}
	if (pfn == head && *expected == PFN_NONE && m->links[head].prev == back)
		return;
	test_failed_(file, line);
	fprintf(stderr, "the list differs where it has %lld, expected %lld:",
		pfn == head ? -1ll : (long long)pfn,
		*expected == PFN_NONE ? -1ll : (long long)*expected);
	pfn = m->links[head].next;
	for (int i = 0; i < 20 && pfn != head; i++, pfn = m->links[pfn].next)
		fprintf(stderr, " %u", pfn);
	fprintf(stderr, "\n");
}

/* Every invariant holds. */
#define CHECK_MACHINE(m)                                                       \
	do {                                                                   \
		char message_[512] = "";                                       \
		test_checks_++;                                                \
		if (!machine_check(m, message_, sizeof(message_))) {           \
			test_failed_(__FILE__, __LINE__);                      \
			fprintf(stderr, "%s\n", message_);                     \
		}                                                              \
	} while (0)

/*
 * The names of the events after step @from whose stage is among @stages (bits
 * 1 << STAGE_x), separated by spaces. Valid until the next call.
 */
#define STAGES(a, b) (1u << STAGE_##a | 1u << STAGE_##b)
static inline const char *event_names(struct history *h, uint32_t from,
				      unsigned int stages)
{
	static char text[4096];
	size_t at = 0;

	text[0] = '\0';
	history_commit(h);
	while (++from <= h->nr_events) {
		const struct event *event = history_event(h, from);

		if (stages >> event_type(event)->stage & 1)
			at += (size_t)snprintf(text + at, sizeof(text) - at,
					       "%s%s", at ? " " : "",
					       event_type(event)->name);
	}
	return text;
}

/* The last event of this name, or NULL: its struct. */
#define last_event(h, name)                                                    \
	((const struct event_##name *)last_event_(h, EVENT_##name))
static inline const void *last_event_(struct history *h, enum event_id id)
{
	history_commit(h);
	for (uint32_t step = h->nr_events; step; step--)
		if (event_id(history_event(h, step)) == id)
			return event_payload(history_event(h, step));
	return NULL;
}

#endif
