/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_counts: the free blocks of a zone, from what a report has of them. */
#include <inttypes.h>
#include <string.h>

#include "import/report_layout.h"

/* Can a machine hold so many blocks of that order? */
static uint32_t clamp(uint64_t nr)
{
	return nr < UINT32_MAX ? (uint32_t)nr : UINT32_MAX;
}

/*
 * The migratetypes of a count's letters, ascending. Up to 4.3 MIGRATE_RESERVE
 * was everybody's last resort; unmovable blocks are that too.
 */
static uint32_t types_of(struct report *r, const struct report_list *list)
{
	uint32_t types = list->types & (REPORT_TYPE_BIT(MIGRATE_TYPES) - 1);

	if (list->types & REPORT_TYPE_BIT(REPORT_MIGRATE_RESERVE)) {
		report_warn(r, "MIGRATE_RESERVE is no migratetype of 5.10; its "
			       "free blocks are unmovable here");
		types |= REPORT_TYPE_BIT(MIGRATE_UNMOVABLE);
	}
	return types;
}

/*
 * One block for each letter of a count, as far as it goes; the others have the
 * first letter's type.
 */
static void share_list(struct report *r, const struct report_list *list,
		       unsigned int order, struct free_blocks *blocks)
{
	const uint32_t types = types_of(r, list);
	uint64_t left = list->nr_blocks;
	unsigned int first = MIGRATE_TYPES;

	for (unsigned int type = 0; type < MIGRATE_TYPES && left; type++) {
		if (!(types & REPORT_TYPE_BIT(type)))
			continue;
		if (first == MIGRATE_TYPES)
			first = type;
		blocks->nr[type][order]++;
		left--;
	}
	if (first == MIGRATE_TYPES)
		first = MIGRATE_MOVABLE;
	if (!types && left)
		report_warn(r, "the free lists are printed without "
			       "migratetypes; their blocks are movable here");
	else if (left && types & (types - 1))
		report_warn(r, "the shares of several migratetypes in a count "
			       "are not printed; all but one block of each "
			       "have the type of the first letter");
	blocks->nr[first][order] =
		clamp((uint64_t)blocks->nr[first][order] + left);
}

static void read_lists(struct report *r, const struct report_zone *zone,
		       struct free_blocks *blocks)
{
	for (unsigned int o = 0; o < report_max_order(r); o++)
		share_list(r, &zone->list[o], o, blocks);
}

/* A bound of pagetypeinfo is raised to what buddyinfo has more. */
static void read_order(struct report *r, const struct report_zone *zone,
		       unsigned int order, struct free_blocks *blocks)
{
	uint64_t sum = 0;
	int bound = -1;

	for (unsigned int type = 0; type < MIGRATE_TYPES; type++) {
		sum += zone->by_type[type][order];
		blocks->nr[type][order] = clamp(zone->by_type[type][order]);
		if (zone->by_type_is_bound[type][order])
			bound = (int)type;
	}
	if (bound >= 0 && !zone->has_lists)
		report_warn(r, "counts of pagetypeinfo above 100000 are not "
			       "printed; 100000 is taken");
	if (!zone->has_lists || zone->list[order].nr_blocks == sum)
		return;
	if (bound >= 0 && zone->list[order].nr_blocks > sum)
		blocks->nr[bound][order] =
			clamp(zone->by_type[bound][order] +
			      zone->list[order].nr_blocks - sum);
	else
		report_warn(r, "pagetypeinfo and the other free lists differ: "
			       "they are not of one moment; pagetypeinfo is "
			       "taken");
}

/* Free pages as the largest blocks that they can be. */
static void largest_blocks(uint64_t pages, uint32_t max_order, uint32_t *nr)
{
	nr[max_order - 1] = clamp(pages >> (max_order - 1));
	for (unsigned int o = 0; o + 1 < max_order; o++)
		nr[o] = pages >> o & 1;
}

static void no_lists(struct report *r, const struct report_zone *zone,
		     struct free_blocks *blocks)
{
	const uint64_t managed = (uint64_t)report_number(
		zone, report_has(zone, REPORT_managed) ? REPORT_managed :
							 REPORT_present);
	uint64_t free = (uint64_t)report_number(zone, REPORT_free);
	uint64_t cma = (uint64_t)report_number(zone, REPORT_free_cma);

	/* the counter lags */
	if (managed && free > managed)
		free = managed;
	if (cma > free)
		cma = free;
	report_warn(r, "free pages without free lists are placed as the "
		       "largest blocks possible: free_cma pages CMA, the rest "
		       "movable");
	largest_blocks(free - cma, report_max_order(r),
		       blocks->nr[MIGRATE_MOVABLE]);
	largest_blocks(cma, report_max_order(r), blocks->nr[MIGRATE_CMA]);
}

void report_free_blocks(struct report *r, const struct report_zone *zone,
			struct free_blocks *blocks)
{
	memset(blocks, 0, sizeof(*blocks));
	if (zone->has_types)
		for (unsigned int o = 0; o < report_max_order(r); o++)
			read_order(r, zone, o, blocks);
	else if (zone->has_lists)
		read_lists(r, zone, blocks);
	else
		no_lists(r, zone, blocks);
}
