/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_check: a report as a whole. What it says twice is compared.
 */
#include "import/reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Per-cpu differences of the counters explain as much as this; and so much is
 * the difference of one cpu at most, the highest stat_threshold of a kernel.
 */
enum { COUNTER_LAG = 32, COUNTER_LAG_MOST = 125 };

static int compare_zones(const void *a, const void *b)
{
	const struct report_zone *x = a, *y = b;

	if (x->nid != y->nid)
		return x->nid < y->nid ? -1 : 1;
	return (int)x->type - (int)y->type;
}

static bool has_watermarks(const struct report_zone *zone)
{
	return report_has(zone, REPORT_free) && report_has(zone, REPORT_min) &&
	       report_has(zone, REPORT_low) && report_has(zone, REPORT_high);
}

/*
 * Leave out the zones without watermarks, whose lines were lost or cut short.
 * buddyinfo and pagetypeinfo without zoneinfo have none at all.
 */
static void drop_zones(const struct reader *rd, struct report *r)
{
	bool has_lines = !rd->is_proc;
	uint32_t nr = 0;

	for (uint32_t i = 0; i < r->nr_zones; i++)
		has_lines |= r->zones[i].line > 0;
	if (!has_lines)
		report_warn(r, "the watermarks are not in the report: give "
			       "/proc/zoneinfo too");
	for (uint32_t i = 0; i < r->nr_zones; i++) {
		const struct report_zone *zone = &r->zones[i];
		char label[ZONE_LABEL_MAX];

		if (!has_lines || has_watermarks(zone))
			r->zones[nr++] = *zone;
		else
			report_warn(r,
				    "%s: its watermarks are not in the "
				    "report: the zone is left out",
				    zone_label(zone, label));
	}
	r->nr_zones = nr;
}

/* -- the free lists ------------------------------------------------------- */

static uint64_t lists_pages(const struct report_zone *zone)
{
	uint64_t nr = 0;

	for (uint32_t order = 0; order < MAX_ORDER_LIMIT; order++)
		nr += zone->list[order].nr_blocks << order;
	return nr;
}

/*
 * Lists that are whole give MAX_ORDER. Of those that were cut short, the ones
 * with as many orders are whole too; the others are not used.
 */
static bool check_orders(struct reader *rd, struct report *r)
{
	char label[ZONE_LABEL_MAX];

	for (uint32_t i = 0; i < r->nr_zones; i++) {
		const struct report_zone *zone = &r->zones[i];

		if (zone->has_lists_total &&
		    reader_seen(rd, zone)->nr_lists > r->max_order)
			r->max_order = reader_seen(rd, zone)->nr_lists;
	}
	for (uint32_t i = 0; i < r->nr_zones; i++) {
		struct report_zone *zone = &r->zones[i];
		const uint32_t nr = reader_seen(rd, zone)->nr_lists;

		if (!zone->has_lists || nr == r->max_order ||
		    (!nr && zone->has_lists_total))
			continue;
		if (zone->has_lists_total ||
		    (nr > r->max_order && r->max_order))
			return reader_refuse(rd, zone->lists_line,
					     "%s has %u free lists, another "
					     "zone %u; copy the lines again",
					     zone_label(zone, label), nr,
					     r->max_order);
		zone->has_lists = false;
		report_warn(r, "%s: its free lists are not used",
			    zone_label(zone, label));
	}
	return true;
}

/* The sum of the lists against their total and the zone's counter. */
static void check_lists(const struct reader *rd, struct report *r,
			const struct report_zone *zone)
{
	const uint64_t nr = lists_pages(zone);
	const uint64_t free_pages = (uint64_t)report_number(zone, REPORT_free);
	const uint64_t lag = nr > free_pages ? nr - free_pages :
					       free_pages - nr;
	char label[ZONE_LABEL_MAX];

	zone_label(zone, label);

	if (zone->has_lists_total && zone->lists_total != nr)
		report_warn(r,
			    "%s: the free lists have %" PRIu64
			    " pages, their printed total is %" PRIu64,
			    label, nr, zone->lists_total);
	if (!lag || !report_has(zone, REPORT_free))
		return;
	report_warn(
		r,
		"%s: %s says %" PRIu64 " free pages, the lists %" PRIu64 ": %s",
		label, rd->is_proc ? "zoneinfo" : "the zone line", free_pages,
		nr,
		lag <= COUNTER_LAG ?
			"per-cpu differences (vm_stat_diff) explain as much" :
		rd->is_proc ? "the files are not of one moment" :
			      "the report is not of one moment");
}

/* pagetypeinfo against buddyinfo, where it has no bound. */
static void check_types(struct report *r, const struct report_zone *zone)
{
	char label[ZONE_LABEL_MAX];

	if (!zone->has_types || !zone->has_lists)
		return;
	for (uint32_t order = 0; order < r->max_order; order++) {
		uint64_t nr = 0;
		bool bound = false;

		for (int type = 0; type < MIGRATE_TYPES; type++) {
			nr += zone->by_type[type][order];
			bound |= zone->by_type_is_bound[type][order];
		}
		if (bound || nr == zone->list[order].nr_blocks)
			continue;
		report_warn(r,
			    "%s: buddyinfo has %" PRIu64 " free blocks of "
			    "order %u, pagetypeinfo %" PRIu64 ": the files are "
			    "not of one moment",
			    zone_label(zone, label),
			    zone->list[order].nr_blocks, order, nr);
		return;
	}
}

/* -- numbers against each other ------------------------------------------- */

static bool check_watermarks(struct reader *rd, const struct report_zone *zone)
{
	const int64_t *n = zone->number;
	char label[ZONE_LABEL_MAX];

	zone_label(zone, label);
	if (n[REPORT_min] > n[REPORT_low] || n[REPORT_low] > n[REPORT_high])
		return reader_refuse(rd, zone->line,
				     "%s: min, low and high do not ascend: "
				     "%" PRId64 ", %" PRId64 ", %" PRId64
				     " pages; copy the line again",
				     label, n[REPORT_min], n[REPORT_low],
				     n[REPORT_high]);
	if (report_has(zone, REPORT_present) &&
	    n[REPORT_free] > n[REPORT_present] + COUNTER_LAG_MOST)
		return reader_refuse(rd, zone->line,
				     "%s: more pages are free than the zone "
				     "has: %" PRId64 " of %" PRId64 "; a "
				     "counter has wrapped below 0, use another "
				     "report",
				     label, n[REPORT_free], n[REPORT_present]);
	return true;
}

static uint64_t sum(const struct report *r, enum report_number number)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < r->nr_zones; i++)
		sum += (uint64_t)report_number(&r->zones[i], number);
	return sum;
}

static void check_totals(struct report *r)
{
	const uint64_t free_pages = sum(r, REPORT_free);
	const uint64_t free_cma = sum(r, REPORT_free_cma);

	if (!r->has_totals)
		return;
	if (free_pages != r->total_free)
		report_warn(r,
			    "the report says %" PRIu64 " free pages, its zones "
			    "together %" PRIu64
			    ": it is not of one moment, or a zone is missing",
			    r->total_free, free_pages);
	if (free_cma != r->total_free_cma)
		report_warn(r,
			    "the report says %" PRIu64
			    " free CMA pages, its zones "
			    "together %" PRIu64,
			    r->total_free_cma, free_cma);
}

/* Should the per-cpu lists be there? A kernel log has none since 4.2. */
static bool prints_pcp(const struct reader *rd, const struct report *r)
{
	const struct release *release = &r->release;

	return rd->is_proc ||
	       (release->major && (release->major < 4 || (release->major == 4 &&
							  release->minor < 2)));
}

/* What the report does not have, and what is unusual. */
static void warn_of_report(struct reader *rd, struct report *r)
{
	bool has_pcp = false, has_lists = false;
	char label[ZONE_LABEL_MAX];

	for (uint32_t i = 0; i < r->nr_zones; i++) {
		has_pcp |= r->zones[i].nr_cpus > 0;
		has_lists |= r->zones[i].has_lists || r->zones[i].has_types;
	}
	for (uint32_t i = 0; has_lists && i < r->nr_zones; i++)
		if (!r->zones[i].has_lists && !r->zones[i].has_types &&
		    report_number(&r->zones[i], REPORT_free))
			report_warn(r,
				    "%s: its free lists are not in the "
				    "report",
				    zone_label(&r->zones[i], label));
	if (!has_lists)
		report_warn(r, "the free lists are not in the report");
	if (!has_pcp && prints_pcp(rd, r))
		report_warn(r, "the per-cpu lists are not in the report");
	if (r->max_order && r->max_order != 11)
		report_warn(r, "MAX_ORDER is %u, not 11", r->max_order);
	if (r->max_order && r->request.order >= r->max_order)
		report_warn(r, "order %u is not below MAX_ORDER",
			    r->request.order);
}

static void refuse_empty(struct reader *rd, const struct report *r)
{
	const uint32_t line = r->request.line ? r->request.line : 1;

	if (rd->is_proc)
		reader_refuse(rd, line,
			      "no zone has its watermarks; give all of "
			      "/proc/zoneinfo");
	else if (!strcmp(r->request.constraint, "MEMCG"))
		reader_refuse(rd, line,
			      "the report has no zone lines: a memory cgroup "
			      "reached its limit; give a report of the whole "
			      "machine");
	else
		reader_refuse(rd, line,
			      "the report has no zone lines; give the log up "
			      "to the free lists");
}

void report_complete(struct reader *rd, struct report *r)
{
	const char *name = rd->name;

	if (rd->is_proc && rd->zoneinfo_name)
		rd->name = rd->zoneinfo_name;
	else if (!rd->is_proc && !r->release.major)
		r->release = rd->booted;
	drop_zones(rd, r);
	if (!r->nr_zones) {
		refuse_empty(rd, r);
		rd->name = name;
		return;
	}
	qsort(r->zones, r->nr_zones, sizeof(*r->zones), compare_zones);
	if (!rd->is_proc) {
		if (!report_convert(rd, r) || !check_orders(rd, r))
			return;
	}
	for (uint32_t i = 0; i < r->nr_zones; i++) {
		if (report_has(&r->zones[i], REPORT_min) &&
		    !check_watermarks(rd, &r->zones[i]))
			break;
		if (r->zones[i].has_lists)
			check_lists(rd, r, &r->zones[i]);
		check_types(r, &r->zones[i]);
	}
	check_totals(r);
	warn_of_report(rd, r);
	rd->name = name;
}
