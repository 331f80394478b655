/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_layout: where the zones and free blocks of a report lie.
 *
 * At the printed page numbers if all zones have them and the blocks fit there;
 * else one zone after another, each at the begin of a block of the highest
 * order.
 */
#include "import/report_layout.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A byte each, and more where zones have their own. */
enum { MAX_PAGEBLOCKS = 1 << 24 };

bool report_layout_fail(struct report_layout *l, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (l->message && l->size)
		vsnprintf(l->message, l->size, format, args);
	va_end(args);
	return false;
}

static bool has_no_memory(const struct report_zone *zone)
{
	return !report_number(zone, REPORT_present) &&
	       !report_number(zone, REPORT_managed) &&
	       (report_has(zone, REPORT_present) ||
		report_has(zone, REPORT_managed));
}

/* Is @zone another one than the zone before it? They are sorted. */
static bool check_twice(struct report_layout *l, const struct report_zone *zone)
{
	const struct report_zone *before;
	char label[ZONE_LABEL_MAX];

	if (!l->nr)
		return true;
	before = l->zones[l->nr - 1].zone;
	if (before->nid != zone->nid || before->type != zone->type)
		return true;
	return report_layout_fail(l,
				  "%s is in the report twice, lines %u and %u",
				  zone_label(zone, label), before->line,
				  zone->line);
}

/* Set the sizes and the blocks of a zone with memory. */
static bool fill_zone(struct report_layout *l, struct zone_layout *z)
{
	const struct report_zone *zone = z->zone;
	char label[ZONE_LABEL_MAX];
	uint64_t free;

	zone_label(zone, label);
	if (!report_numbers_printed(l, zone))
		return false;
	report_free_blocks(l->r, zone, &z->blocks);
	report_zone_sizes(l, z);
	free = free_blocks_nr_pages(&z->blocks);
	if (free > z->managed)
		return report_layout_fail(
			l,
			"%s: the free lists have %" PRIu64
			" pages, but only %u are managed; the report is "
			"damaged",
			label, free, z->managed);
	return true;
}

static bool add_zone(struct report_layout *l, const struct report_zone *zone)
{
	struct zone_layout *z = &l->zones[l->nr];

	if (zone->nid >= MAX_NUMNODES)
		return report_layout_fail(l, "node %u is beyond the last, %d",
					  zone->nid, MAX_NUMNODES - 1);
	if (zone->nid >= l->nr_nodes)
		l->nr_nodes = zone->nid + 1;
	if (zone->nr_cpus > l->nr_cpus)
		l->nr_cpus = zone->nr_cpus;
	if (!report_numbers_possible(l, zone) || !check_twice(l, zone))
		return false;
	if (has_no_memory(zone))
		return true;
	*z = (struct zone_layout){ .zone = zone };
	if (!fill_zone(l, z))
		return false;
	l->nr++;
	return true;
}

/* -- places ---------------------------------------------------------------- */

static void drop_placements(struct report_layout *l)
{
	for (uint32_t i = 0; i < l->nr; i++)
		placement_destroy(&l->zones[i].placement);
}

static enum place_result place_zone(struct report_layout *l,
				    struct zone_layout *z)
{
	const struct page_range room = { z->start_pfn, z->spanned };
	enum place_result result =
		placement_make(&z->placement, &room, 1, l->max_order,
			       l->pageblock_order, &z->blocks);
	char text[ZONE_LABEL_MAX];

	if (result == PLACE_MIXED)
		report_warn(l->r,
			    "%s: too few pageblocks for the migratetypes of "
			    "its free blocks; some share a pageblock",
			    zone_label(z->zone, text));
	return result;
}

static bool no_memory(struct report_layout *l)
{
	return report_layout_fail(l, "no memory for the machine");
}

/* Are all page numbers printed, possible and apart? */
static bool has_printed_places(const struct report_layout *l)
{
	for (uint32_t i = 0; i < l->nr; i++) {
		const struct report_zone *zone = l->zones[i].zone;
		const int64_t start = report_number(zone, REPORT_start_pfn);
		const uint32_t spanned = l->zones[i].spanned;

		if (!report_has(zone, REPORT_start_pfn) ||
		    !report_has(zone, REPORT_spanned) || start < 0 ||
		    start > (int64_t)MAX_PFN_LIMIT - spanned)
			return false;
		for (uint32_t j = 0; j < i; j++) {
			const struct zone_layout *other = &l->zones[j];
			const int64_t at =
				report_number(other->zone, REPORT_start_pfn);

			if (start < at + other->spanned && at < start + spanned)
				return false;
		}
	}
	return true;
}

/* Place all zones where they are printed to be; false: the blocks do not fit. */
static bool place_as_printed(struct report_layout *l)
{
	if (!has_printed_places(l))
		return false;
	for (uint32_t i = 0; i < l->nr; i++) {
		struct zone_layout *z = &l->zones[i];
		enum place_result result;

		z->start_pfn = (uint32_t)z->zone->number[REPORT_start_pfn];
		result = place_zone(l, z);
		if (result <= PLACE_MIXED)
			continue;
		drop_placements(l);
		if (result != PLACE_NO_ROOM)
			return false;
		report_warn(l->r, "the free blocks do not fit at the printed "
				  "page numbers; the zones lie elsewhere");
		return false;
	}
	return true;
}

/*
 * The span of a zone grows where its blocks do not fit: twice their pages is
 * enough for blocks that cannot merge, and one block of the highest order for
 * each migratetype.
 */
static enum place_result place_with_room(struct report_layout *l,
					 struct zone_layout *z)
{
	const uint64_t block = 1ull << (l->max_order - 1);
	const uint64_t enough = 2 * free_blocks_nr_pages(&z->blocks) +
				(MIGRATE_TYPES + 1) * block;
	enum place_result result = place_zone(l, z);

	if (result != PLACE_NO_ROOM || enough <= z->spanned)
		return result;
	if (enough > MAX_PFN_LIMIT - z->start_pfn)
		return result;
	z->spanned = (uint32_t)enough;
	return place_zone(l, z);
}

static bool place_in_order(struct report_layout *l)
{
	const uint64_t block = 1ull << (l->max_order - 1);
	uint64_t pfn = 0;
	char text[ZONE_LABEL_MAX];

	for (uint32_t i = 0; i < l->nr; i++) {
		struct zone_layout *z = &l->zones[i];
		enum place_result result;

		if (pfn + z->spanned > MAX_PFN_LIMIT)
			return report_layout_fail(
				l,
				"the zones span more than %u pages, the most "
				"that a machine can have",
				MAX_PFN_LIMIT);
		zone_label(z->zone, text);
		z->start_pfn = (uint32_t)pfn;
		result = place_with_room(l, z);
		if (result == PLACE_NO_MEMORY)
			return no_memory(l);
		if (result == PLACE_TOO_MANY)
			return report_layout_fail(
				l, "%s: more than %d free blocks", text,
				PLACE_MAX_BLOCKS);
		if (result == PLACE_NO_ROOM)
			return report_layout_fail(
				l, "%s: its free blocks do not fit", text);
		pfn = (pfn + z->spanned + block - 1) & ~(block - 1);
	}
	return true;
}

static bool zones_share_pageblocks(const struct report_layout *l)
{
	const uint32_t order = l->pageblock_order;

	for (uint32_t i = 0; i < l->nr; i++)
		for (uint32_t j = 0; j < l->nr; j++) {
			const struct zone_layout *a = &l->zones[i];
			const struct zone_layout *b = &l->zones[j];

			if (b->start_pfn > a->start_pfn &&
			    (a->start_pfn + a->spanned - 1) >> order >=
				    b->start_pfn >> order)
				return true;
		}
	return false;
}

/* The numbers of the machine as a whole. */
static bool find_shape(struct report_layout *l)
{
	const uint32_t shift = report_page_shift(l->r);

	l->max_order = report_max_order(l->r);
	l->pageblock_order = report_pageblock_order(l->r);
	l->nr_cpus = 1;
	if (!report_zone_types(l->r, &l->types))
		return report_layout_fail(l, "the report has no zones");
	if (l->max_order <= MAX_ORDER_LIMIT &&
	    l->pageblock_order < l->max_order && shift >= PAGE_SHIFT &&
	    shift <= MAX_PAGE_SHIFT)
		return true;
	return report_layout_fail(l,
				  "no such machine: pages of %llu bytes, %u "
				  "orders, pageblocks of order %u",
				  1ull << (shift & 63), l->max_order,
				  l->pageblock_order);
}

static bool add_zones(struct report_layout *l)
{
	const struct report *r = l->r;

	l->zones = calloc(r->nr_zones, sizeof(*l->zones));
	if (!l->zones)
		return no_memory(l);
	for (uint32_t i = 0; i < r->nr_zones; i++)
		if (!add_zone(l, &r->zones[i]))
			return false;
	return l->nr ||
	       report_layout_fail(l, "no zone of the report has memory");
}

bool report_layout_make(struct report_layout *l)
{
	if (!find_shape(l) || !add_zones(l))
		return false;
	if (!place_as_printed(l) && !place_in_order(l))
		return false;
	for (uint32_t i = 0; i < l->nr; i++) {
		const struct zone_layout *z = &l->zones[i];

		if (z->start_pfn + z->spanned > l->max_pfn)
			l->max_pfn = z->start_pfn + z->spanned;
	}
	l->shares_pageblocks = zones_share_pageblocks(l);
	if (l->max_pfn >> l->pageblock_order > MAX_PAGEBLOCKS)
		return report_layout_fail(l,
					  "more than %d pageblocks of order %u",
					  MAX_PAGEBLOCKS, l->pageblock_order);
	return true;
}

void report_layout_destroy(struct report_layout *l)
{
	drop_placements(l);
	free(l->zones);
	l->zones = NULL;
}
