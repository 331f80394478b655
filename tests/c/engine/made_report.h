/* SPDX-License-Identifier: GPL-2.0-or-later */
/* made_report: reports made by hand, and their machines. */
#ifndef TESTS_MADE_REPORT_H
#define TESTS_MADE_REPORT_H

#include "check/check.h"
#include "import/report_machine.h"
#include "test.h"

enum { ABSENT = -1 };

/* A zone line in pages, as printed. */
struct zone_row {
	uint32_t nid;
	enum zone_type type;
	int64_t free, min, low, high, present, managed;
	int64_t free_cma, boost, reserved; /* 0: not printed */
	const char *lowmem_reserve; /* "0 116 116" */
	const char *lists; /* "13H 0 2UME": a count for each order */
};

/* An empty report with room for @nr zones. */
static inline void report_init(struct report *r, uint32_t nr)
{
	*r = (struct report){ .page_shift = 12, .max_order = 11 };
	r->zones = calloc(nr, sizeof(*r->zones));
	if (!r->zones)
		exit(EXIT_FAILURE);
}

static inline void zone_set(struct report_zone *zone, enum report_number number,
			    int64_t value)
{
	zone->has |= 1u << number;
	zone->number[number] = value;
}

/* "U M E H C I", as the kernel prints them */
static inline uint32_t letter_bit(char letter)
{
	static const char letters[] = "UMEHCI";
	const char *at = strchr(letters, letter);

	return letter == 'R' ? REPORT_TYPE_BIT(REPORT_MIGRATE_RESERVE) :
			       REPORT_TYPE_BIT(at - letters);
}

static inline void add_lists(struct report_zone *zone, const char *text)
{
	char *end = (char *)(uintptr_t)text;

	for (uint32_t o = 0; *end; o++) {
		zone->list[o].nr_blocks = strtoull(end, &end, 10);
		for (; *end && *end != ' '; end++)
			zone->list[o].types |= letter_bit(*end);
		zone->has_lists = true;
	}
}

static inline struct report_zone *report_add(struct report *r,
					     const struct zone_row *row)
{
	struct report_zone *zone = &r->zones[r->nr_zones++];
	char *end = (char *)(uintptr_t)row->lowmem_reserve;

	zone->nid = row->nid;
	zone->type = row->type;
	zone_set(zone, REPORT_free, row->free);
	zone_set(zone, REPORT_min, row->min);
	zone_set(zone, REPORT_low, row->low);
	zone_set(zone, REPORT_high, row->high);
	zone_set(zone, REPORT_present, row->present);
	if (row->managed != ABSENT)
		zone_set(zone, REPORT_managed, row->managed);
	zone_set(zone, REPORT_free_cma, row->free_cma);
	if (row->boost)
		zone_set(zone, REPORT_boost, row->boost);
	if (row->reserved)
		zone_set(zone, REPORT_reserved_highatomic, row->reserved);
	while (end && *end)
		zone->lowmem_reserve[zone->nr_lowmem_reserve++] =
			strtoull(end, &end, 10);
	if (row->lists)
		add_lists(zone, row->lists);
	return zone;
}

/* Its machine, which passes machine_check(). */
static inline bool make_machine(struct report *r, struct machine *m)
{
	char message[512] = "";
	bool ok = report_machine(r, m, message, sizeof(message));

	CHECK_STR(message, "");
	CHECK(ok);
	if (!ok)
		return false;
	CHECK(machine_check(m, message, sizeof(message)));
	CHECK_STR(message, "");
	return true;
}

/* Blocks on one free list. */
static inline uint32_t listed_blocks(const struct machine *m,
				     const struct zone *zone,
				     unsigned int order,
				     unsigned int migratetype)
{
	const uint32_t head = free_list(zone, order, migratetype);
	uint32_t nr = 0;

	for (uint32_t at = m->links[head].next; at != head;
	     at = m->links[at].next)
		nr++;
	return nr;
}

/* Pages on the free lists of @zone, of one migratetype. */
static inline uint64_t listed_pages(const struct machine *m,
				    const struct zone *zone,
				    unsigned int migratetype)
{
	uint64_t pages = 0;

	for (unsigned int o = 0; o < m->max_order; o++)
		pages += (uint64_t)listed_blocks(m, zone, o, migratetype) << o;
	return pages;
}

#endif
