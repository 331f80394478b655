/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_layout: where the zones and free blocks of a report lie. Shared by
 * the files of report_machine.
 */
#ifndef ENGINE_REPORT_LAYOUT_H
#define ENGINE_REPORT_LAYOUT_H

#include "boot/place.h"
#include "import/report_machine.h"

/* A zone with memory. */
struct zone_layout {
	const struct report_zone *zone;
	uint32_t start_pfn, spanned, present, managed;
	struct free_blocks blocks;
	struct placement placement;
};

struct report_layout {
	struct report *r;
	struct report_zone_types types;
	uint32_t max_order, pageblock_order;
	uint32_t nr_nodes;
	uint32_t nr_cpus;
	uint32_t nr; /* zones, by node, then by type */
	struct zone_layout *zones;
	uint32_t max_pfn;
	bool shares_pageblocks; /* a pageblock lies in two zones */
	char *message;
	size_t size;
};

/* Format the message; returns false. */
__attribute__((format(printf, 2, 3))) bool
report_layout_fail(struct report_layout *l, const char *format, ...);

/* Can a machine have the printed numbers of @zone? False: the message. */
bool report_numbers_possible(struct report_layout *l,
			     const struct report_zone *zone);
/* Are those there that a zone with memory needs? False: the message. */
bool report_numbers_printed(struct report_layout *l,
			    const struct report_zone *zone);

/*
 * Set the sizes of @z, managed <= present <= spanned; what is not printed is
 * taken from the next. Warns if none is printed.
 */
void report_zone_sizes(struct report_layout *l, struct zone_layout *z);

/*
 * The number of free blocks of @zone by migratetype and order. Warns about what
 * is not printed.
 */
void report_free_blocks(struct report *r, const struct report_zone *zone,
			struct free_blocks *blocks);

/* Lay out the zones of l->r. False: the message. */
bool report_layout_make(struct report_layout *l);
void report_layout_destroy(struct report_layout *l);

/*
 * Once the blocks are in their zones: the types of the other pageblocks,
 * counters, thresholds and per-cpu lists.
 */
void report_set_counters(struct machine *m, struct report_layout *l);

#endif
