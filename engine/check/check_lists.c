/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check_lists: the lists of a zone are circular, agree with the words of their
 * pages, and add up to the counters.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "check/check_private.h"

/*
 * One step of a list: from entry @at to the next, which must be a page or
 * the head and must link back. If every entry links back, no entry can come
 * twice before the head does, and none can be reached from two heads.
 */
static bool list_step(struct check *c, uint32_t head, uint32_t at,
		      uint32_t *next, const char *list)
{
	const struct machine *m = c->m;

	*next = m->links[at].next;
	if (*next != head && *next >= m->system->max_pfn)
		return check_fail(c,
				  "%s: entry %u links to %u, which is no page",
				  list, at, *next);
	if (m->links[*next].prev != at)
		return check_fail(
			c,
			"%s: entry %u links to page %u, whose backward link is %u",
			list, at, *next, m->links[*next].prev);
	return true;
}

/* The words of a free block agree with the list that it is on. */
static bool check_free_block(struct check *c, uint32_t pfn, unsigned int order,
			     unsigned int type)
{
	const struct machine *m = c->m;
	uint32_t page = m->pages[pfn];
	unsigned int block_type;

	if (page_state(page) != PAGE_BUDDY || page_order(page) != order ||
	    page_type(page) != type ||
	    page_zone_id(page) != zone_id(m, c->zone))
		return check_fail(
			c,
			"page %u: on the free list of order %u, %s, but its word has state %u, order %u, type %u, zone %u",
			pfn, order, migratetype_name(type), page_state(page),
			page_order(page), page_type(page), page_zone_id(page));
	if (!zone_spans_pfn(c->zone, pfn))
		return check_fail_block(
			c, pfn, order,
			"on a list of this zone, but outside it");
	block_type = get_pageblock_migratetype(m, c->zone, pfn);
	if (block_type >= MIGRATE_TYPES)
		return check_fail_block(c, pfn, order,
					"free in a pageblock without memory");
	if ((type == MIGRATE_CMA) != (block_type == MIGRATE_CMA))
		return check_fail_block(
			c, pfn, order,
			"on the %s list, but its pageblock is %s",
			migratetype_name(type), migratetype_name(block_type));
	return true;
}

static bool check_free_list(struct check *c, unsigned int order,
			    unsigned int type, uint32_t *nr)
{
	struct zone_tally *tally = zone_tally(c);
	const uint32_t head = free_list(c->zone, order, type);
	uint32_t at = head;
	char list[64];

	snprintf(list, sizeof(list), "free list of order %u, %s", order,
		 migratetype_name(type));
	for (;;) {
		if (!list_step(c, head, at, &at, list))
			return false;
		if (at == head)
			return true;
		if (!check_free_block(c, at, order, type))
			return false;
		++*nr;
		tally->pages_free += 1ull << order;
		if (type == MIGRATE_ISOLATE)
			tally->pages_isolated += 1ull << order;
		if (type == MIGRATE_CMA)
			tally->pages_cma += 1ull << order;
	}
}

static bool check_free_area(struct check *c, unsigned int order)
{
	struct zone_tally *tally = zone_tally(c);
	uint32_t nr = 0;

	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		if (!check_free_list(c, order, type, &nr))
			return false;
	if (nr != c->zone->nr_free[order])
		return check_fail(c,
				  "order %u: nr_free is %u, but its lists have "
				  "%u blocks",
				  order, c->zone->nr_free[order], nr);
	if (nr != tally->free_words[order])
		return check_fail(
			c,
			"order %u: %" PRIu64
			" words of free blocks, but its lists have %u blocks",
			order, tally->free_words[order], nr);
	return true;
}

static bool check_pcp_list(struct check *c, uint32_t cpu, uint32_t type,
			   uint32_t *nr)
{
	const struct machine *m = c->m;
	const uint32_t head = zone_pcp(m, c->zone, cpu)->heads + type;
	uint32_t at = head;
	char list[64];

	snprintf(list, sizeof(list), "cpu %u, %s list", cpu,
		 migratetype_name(type));
	for (;;) {
		uint32_t page;

		if (!list_step(c, head, at, &at, list))
			return false;
		if (at == head)
			return true;
		++*nr;
		page = m->pages[at];
		if (page_state(page) == PAGE_PCP && page_order(page) == 0 &&
		    page_zone_id(page) == zone_id(m, c->zone) &&
		    zone_spans_pfn(c->zone, at))
			continue;
		return check_fail(
			c,
			"page %u: on the %s, but its word has state %u, order %u, zone %u",
			at, list, page_state(page), page_order(page),
			page_zone_id(page));
	}
}

static bool check_cpu(struct check *c, uint32_t cpu)
{
	const struct per_cpu_pages *pcp = zone_pcp(c->m, c->zone, cpu);
	const int64_t threshold = c->zone->stat_threshold;
	uint32_t nr = 0;

	for (uint32_t type = 0; type < MIGRATE_PCPTYPES; type++)
		if (!check_pcp_list(c, cpu, type, &nr))
			return false;
	if (nr != pcp->count)
		return check_fail(c,
				  "cpu %u: count is %u, but its lists (order "
				  "0) have %u pages",
				  cpu, pcp->count, nr);
	/* a report is not of one moment: its counters and lists may differ */
	if (!c->m->system->from_report &&
	    (llabs((long long)pcp->stat_diff) > threshold ||
	     llabs((long long)pcp->cma_diff) > threshold))
		return check_fail(
			c,
			"cpu %u: vm_stat_diff %d and %d (cma) exceed stat_threshold %u",
			cpu, pcp->stat_diff, pcp->cma_diff,
			c->zone->stat_threshold);
	zone_tally(c)->pages_pcp += nr;
	return true;
}

/* A zone counter with the vm_stat_diff of every cpu, against the lists. */
static bool check_vm_stat(struct check *c)
{
	const struct zone_tally *tally = zone_tally(c);
	const uint64_t counted = tally->pages_free - tally->pages_isolated;
	int64_t free = c->zone->nr_free_pages, cma = c->zone->nr_free_cma;

	for (uint32_t cpu = 0; cpu < c->m->system->nr_cpus; cpu++) {
		free += zone_pcp(c->m, c->zone, cpu)->stat_diff;
		cma += zone_pcp(c->m, c->zone, cpu)->cma_diff;
	}
	if (free != (int64_t)counted)
		return check_fail(
			c,
			"NR_FREE_PAGES with all vm_stat_diff is %" PRId64
			", but the lists have %" PRIu64 " pages",
			free, counted);
	return cma == (int64_t)tally->pages_cma ||
	       check_fail(c,
			  "NR_FREE_CMA_PAGES with all vm_stat_diff is %" PRId64
			  ", but the CMA lists have %" PRIu64 " pages",
			  cma, tally->pages_cma);
}

static bool check_sums(struct check *c)
{
	const struct zone_tally *tally = zone_tally(c);
	const struct zone *zone = c->zone;
	const uint32_t reserve_limit = zone_reserve_bound(c->m, zone);

	if (tally->pcp_words != tally->pages_pcp)
		return check_fail(
			c,
			"%" PRIu64
			" words of pages on per-cpu lists, but the lists have %" PRIu64
			" pages",
			tally->pcp_words, tally->pages_pcp);
	if (!c->m->system->large_reserves &&
	    zone->nr_reserved_highatomic > reserve_limit)
		return check_fail(c,
				  "nr_reserved_highatomic is %u, more than %u",
				  zone->nr_reserved_highatomic, reserve_limit);
	return tally->pages_free + tally->pages_pcp + tally->pages_used <=
		       zone->managed ||
	       check_fail(c,
			  "%" PRIu64 " free, %" PRIu64 " per-cpu and %" PRIu64
			  " used pages, but only %u are managed",
			  tally->pages_free, tally->pages_pcp,
			  tally->pages_used, zone->managed);
}

bool check_zone_lists(struct check *c)
{
	for (unsigned int order = 0; order < c->m->max_order; order++)
		if (!check_free_area(c, order))
			return false;
	for (uint32_t cpu = 0; cpu < c->m->system->nr_cpus; cpu++)
		if (!check_cpu(c, cpu))
			return false;
	return check_vm_stat(c) && check_sums(c);
}
