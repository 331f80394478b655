/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * check: the invariants of a machine.
 *
 * Shares the layout of the state with the allocator, but no code: an error
 * there must not hide itself here. Two views of the same memory must agree:
 * the lists and the pages' words. A list is left at the first entry whose
 * backward link is wrong, so that a broken one ends too.
 */
#include "check/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "check/check_private.h"

bool zone_fault(struct check *c, const struct zone *zone, const char *format,
		...)
{
	va_list args;
	int n;

	if (!c->message || !c->size)
		return false;
	n = snprintf(c->message, c->size, "node %u zone %s: ", zone->node,
		     zone_name(c->m, zone->idx));
	if (n < 0 || (size_t)n >= c->size)
		return false;
	va_start(args, format);
	vsnprintf(c->message + n, c->size - (size_t)n, format, args);
	va_end(args);
	return false;
}

bool page_fault(struct check *c, const char *format, ...)
{
	va_list args;

	if (!c->message || !c->size)
		return false;
	va_start(args, format);
	vsnprintf(c->message, c->size, format, args);
	va_end(args);
	return false;
}

/* Sizes, and list heads that lie among the list heads. */
static bool check_shape(struct check *c, const struct zone *zone)
{
	const struct system *s = c->m->system;
	const uint64_t heads = zone->heads;
	const uint64_t pcp_nr = (uint64_t)s->nr_zones * s->nr_cpus;

	if (zone->managed > zone->present || zone->present > zone->spanned ||
	    (uint64_t)zone->start_pfn + zone->spanned > s->max_pfn)
		return zone_fault(
			c, zone,
			"sizes are inconsistent: %u managed, %u present, %u spanned from page %u",
			zone->managed, zone->present, zone->spanned,
			zone->start_pfn);
	if (heads < s->max_pfn ||
	    heads + (uint64_t)s->max_order * MIGRATE_TYPES > s->nr_links ||
	    zone->pcps + (uint64_t)s->nr_cpus > pcp_nr)
		return zone_fault(c, zone, "the list heads are out of range");
	for (uint32_t cpu = 0; cpu < s->nr_cpus; cpu++) {
		uint64_t first = zone_pcp(c->m, zone, cpu)->heads;

		if (first < s->max_pfn ||
		    first + MIGRATE_PCPTYPES > s->nr_links)
			return zone_fault(
				c, zone,
				"the list heads of cpu %u are out of range",
				cpu);
	}
	return true;
}

/* Does an isolated pageblock lie in the block? Then it may stay unmerged. */
static bool block_isolated(const struct machine *m, const struct zone *zone,
			   uint32_t pfn, unsigned int order)
{
	if (page_type(m->pages[pfn]) == MIGRATE_ISOLATE)
		return true;
	for (uint32_t p = pfn; p < pfn + (1u << order);
	     p += pageblock_nr_pages(m))
		if (get_pageblock_migratetype(m, zone, p) == MIGRATE_ISOLATE)
			return true;
	return false;
}

/* A free block and its buddy of one order would be one block. */
static bool check_buddy(struct check *c, const struct zone *zone, uint32_t pfn,
			unsigned int order)
{
	const struct machine *m = c->m;
	uint32_t buddy = pfn + (1u << order);
	uint32_t word;

	if (order + 1 >= m->max_order || (pfn >> order & 1) ||
	    !zone_spans_pfn(zone, buddy))
		return true;
	word = m->pages[buddy];
	if (page_state(word) != PAGE_BUDDY || page_order(word) != order ||
	    page_zone_id(word) != zone_id(m, zone))
		return true;
	if (order >= m->pageblock_order &&
	    (block_isolated(m, zone, pfn, order) ||
	     block_isolated(m, zone, buddy, order)))
		return true;
	return zone_fault(
		c, zone,
		"free buddies are not merged: pages %u and %u, order %u", pfn,
		buddy, order);
}

/* The first page of a block: aligned, inside its zone; counted. */
static bool check_block(struct check *c, uint32_t pfn)
{
	const struct machine *m = c->m;
	const uint32_t page = m->pages[pfn];
	const unsigned int order = page_order(page);
	const struct zone *zone;
	struct zone_tally *tally;

	if (page_zone_id(page) >= m->system->nr_zones)
		return page_fault(c, "page %u, order %u: no such zone: %u", pfn,
				  order, page_zone_id(page));
	zone = &m->zones[page_zone_id(page)];
	tally = &c->tally[page_zone_id(page)];
	if (order >= m->max_order || pfn & ((1u << order) - 1))
		return zone_fault(
			c, zone,
			"page %u, order %u: not aligned, or order not below max_order %u",
			pfn, order, m->max_order);
	if (!zone_spans_pfn(zone, pfn) ||
	    !zone_spans_pfn(zone, pfn + (1u << order) - 1))
		return zone_fault(c, zone,
				  "page %u, order %u: outside its zone", pfn,
				  order);
	if (page_type(page) >= MIGRATE_TYPES || page_state(page) > PAGE_PCP)
		return zone_fault(
			c, zone,
			"page %u, order %u: no such migratetype or state: %u, %u",
			pfn, order, page_type(page), page_state(page));
	if (page_state(page) == PAGE_USED) {
		tally->pages_used += 1u << order;
		return true;
	}
	if (page & PAGE_LRU)
		return zone_fault(c, zone,
				  "page %u, order %u: free and on an LRU list",
				  pfn, order);
	if (page_state(page) == PAGE_PCP) {
		tally->pcp_words++;
		return true;
	}
	tally->free_words[order]++;
	return check_buddy(c, zone, pfn, order);
}

/* All words in ascending order: blocks do not overlap. */
static bool check_pages(struct check *c)
{
	const struct machine *m = c->m;
	uint32_t head = 0, end = 0;

	for (uint32_t pfn = 0; pfn < m->system->max_pfn; pfn++) {
		const uint32_t page = m->pages[pfn];

		if (!page)
			continue;
		if (page == PAGE_LRU &&
		    (pfn >= end || page_state(m->pages[head]) == PAGE_USED))
			continue;
		if (pfn < end)
			return page_fault(
				c,
				"page %u: inside the block of order %u at page %u, but has state %u, order %u",
				pfn, page_order(m->pages[head]), head,
				page_state(page), page_order(page));
		if (page_state(page) == PAGE_NONE)
			return page_fault(
				c,
				"page %u: not the first page of a block, but its word is %#x",
				pfn, page);
		if (!check_block(c, pfn))
			return false;
		head = pfn;
		end = pfn + (1u << page_order(page));
	}
	return true;
}

bool machine_check(const struct machine *m, char *message, size_t size)
{
	struct check c = { .m = m, .message = message, .size = size };
	const uint32_t nr_zones = m->system->nr_zones;
	bool ok = true;

	c.tally = calloc(nr_zones, sizeof(*c.tally));
	if (!c.tally)
		return page_fault(&c, "no memory to check the machine");
	for (uint32_t i = 0; ok && i < nr_zones; i++)
		ok = check_shape(&c, &m->zones[i]);
	ok = ok && check_pages(&c);
	for (uint32_t i = 0; ok && i < nr_zones; i++)
		ok = check_zone_lists(&c, &m->zones[i]);
	free(c.tally);
	return ok;
}
