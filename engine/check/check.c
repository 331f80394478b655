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

bool check_fail(struct check *c, const char *format, ...)
{
	size_t length = 0;
	va_list args;

	if (c->zone)
		length = (size_t)snprintf(c->message, c->size,
					  "node %u zone %s: ", c->zone->node,
					  zone_name(c->m, c->zone->idx));
	va_start(args, format);
	if (length < c->size)
		vsnprintf(c->message + length, c->size - length, format, args);
	va_end(args);
	return false;
}

bool check_fail_block(struct check *c, uint32_t pfn, unsigned int order,
		      const char *format, ...)
{
	char what[160];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	return check_fail(c, "page %u, order %u: %s", pfn, order, what);
}

/* Sizes, and list heads that lie among the list heads. */
static bool check_shape(struct check *c)
{
	const struct system *s = c->m->system;
	const struct zone *zone = c->zone;
	const uint64_t heads = zone->heads;
	const uint64_t pcp_nr = (uint64_t)s->nr_zones * s->nr_cpus;

	if (zone->managed > zone->present || zone->present > zone->spanned ||
	    (uint64_t)zone->start_pfn + zone->spanned > s->max_pfn)
		return check_fail(
			c,
			"sizes are inconsistent: %u managed, %u present, %u spanned from page %u",
			zone->managed, zone->present, zone->spanned,
			zone->start_pfn);
	if (heads < s->max_pfn ||
	    heads + (uint64_t)s->max_order * MIGRATE_TYPES > s->nr_links ||
	    zone->pcps + (uint64_t)s->nr_cpus > pcp_nr)
		return check_fail(c, "the list heads are out of range");
	for (uint32_t cpu = 0; cpu < s->nr_cpus; cpu++) {
		uint64_t first = zone_pcp(c->m, zone, cpu)->heads;

		if (first < s->max_pfn ||
		    first + MIGRATE_PCPTYPES > s->nr_links)
			return check_fail(
				c, "the list heads of cpu %u are out of range",
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
static bool check_buddy(struct check *c, uint32_t pfn, unsigned int order)
{
	const struct machine *m = c->m;
	const struct zone *zone = c->zone;
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
	return check_fail(
		c, "free buddies are not merged: pages %u and %u, order %u",
		pfn, buddy, order);
}

/* The word of the first page of a block is possible. */
static bool check_word(struct check *c, uint32_t pfn)
{
	const struct machine *m = c->m;
	const uint32_t page = m->pages[pfn];
	const unsigned int order = page_order(page);

	if (order >= m->max_order || pfn & ((1u << order) - 1))
		return check_fail_block(
			c, pfn, order,
			"not aligned, or order not below max_order %u",
			m->max_order);
	if (!zone_spans_pfn(c->zone, pfn) ||
	    !zone_spans_pfn(c->zone, pfn + (1u << order) - 1))
		return check_fail_block(c, pfn, order, "outside its zone");
	if (page_type(page) >= MIGRATE_TYPES || page_state(page) > PAGE_PCP)
		return check_fail_block(c, pfn, order,
					"no such migratetype or state: %u, %u",
					page_type(page), page_state(page));
	return page_state(page) == PAGE_USED || !(page & PAGE_LRU) ||
	       check_fail_block(c, pfn, order, "free and on an LRU list");
}

/* Check the block that begins at @pfn, and count it. */
static bool check_block(struct check *c, uint32_t pfn)
{
	const uint32_t page = c->m->pages[pfn];
	const unsigned int order = page_order(page);
	struct zone_tally *tally;

	c->zone = NULL;
	if (page_zone_id(page) >= c->m->system->nr_zones)
		return check_fail_block(c, pfn, order, "no such zone: %u",
					page_zone_id(page));
	c->zone = &c->m->zones[page_zone_id(page)];
	if (!check_word(c, pfn))
		return false;
	tally = zone_tally(c);
	c->nr_reclaimable += !!(page & PAGE_RECLAIMABLE);
	if (page_state(page) == PAGE_USED)
		tally->pages_used += 1u << order;
	else if (page_state(page) == PAGE_PCP)
		tally->pcp_words++;
	else
		tally->free_words[order]++;
	return page_state(page) != PAGE_BUDDY || check_buddy(c, pfn, order);
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
		if (pfn >= end && !(page & ~(PAGE_LRU | PAGE_KERNEL)))
			continue;
		c->zone = NULL;
		if (pfn < end)
			return check_fail(
				c,
				"page %u: inside the block of order %u at page %u, but has state %u, order %u",
				pfn, page_order(m->pages[head]), head,
				page_state(page), page_order(page));
		if (page_state(page) == PAGE_NONE)
			return check_fail(
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

/* Is @entry, behind @at, in the queue of @nid, and its page says so? */
static bool is_queued(const struct machine *m, uint32_t nid, uint32_t entry,
		      uint32_t at)
{
	uint32_t pfn;

	if (entry + 1 >= m->system->nr_links || m->links[entry].prev != at)
		return false;
	pfn = lru_entry_pfn(m, entry);
	return pfn < m->max_pfn && lru_entry(m, pfn) == entry &&
	       (m->pages[pfn] & PAGE_RECLAIMABLE) &&
	       m->zones[page_zone_id(m->pages[pfn])].node == nid;
}

/* The queues of node_reclaim() hold the pages that say so, and no others. */
static bool check_reclaimable(struct check *c)
{
	const struct machine *m = c->m;
	uint32_t nr = 0;

	c->zone = NULL;
	for (uint32_t nid = 0; nid < m->system->nr_nodes; nid++) {
		const struct pglist_data *node = &m->nodes[nid];
		uint32_t at = node->lru, length = 0, next;

		for (; m->links[at].next != node->lru; at = next, length++) {
			next = m->links[at].next;
			if (!is_queued(m, nid, next, at))
				return check_fail(
					c,
					"node %u: the queue of reclaimable pages is broken after entry %u",
					nid, at);
		}
		if (length != node->nr_reclaimable)
			return check_fail(
				c,
				"node %u: nr_reclaimable is %u, but its queue has %u pages",
				nid, node->nr_reclaimable, length);
		nr += length;
	}
	return nr == c->nr_reclaimable ||
	       check_fail(
		       c,
		       "%u pages are marked reclaimable, but the queues have %u",
		       c->nr_reclaimable, nr);
}

bool machine_check(const struct machine *m, char *message, size_t size)
{
	struct check c = { .m = m,
			   .message = message,
			   .size = message ? size : 0 };
	const uint32_t nr_zones = m->system->nr_zones;
	bool ok = true;

	c.tally = calloc(nr_zones, sizeof(*c.tally));
	if (!c.tally)
		return check_fail(&c, "no memory to check the machine");
	for (uint32_t i = 0; ok && i < nr_zones; i++) {
		c.zone = &m->zones[i];
		ok = check_shape(&c);
	}
	ok = ok && check_pages(&c);
	for (uint32_t i = 0; ok && i < nr_zones; i++) {
		c.zone = &m->zones[i];
		ok = check_zone_lists(&c);
	}
	ok = ok && check_reclaimable(&c);
	free(c.tally);
	return ok;
}
