/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff_blocks: compare the migratetypes of pageblocks, the blocks in use, and
 * the pages on LRU lists.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff/diff_private.h"
#include "machine/movable.h"
#include "snapshot/snapshot.h"

/* The pages that either zone spans. */
struct range {
	uint32_t first;
	uint32_t end;
};

static struct range both_spans(const struct diff *d)
{
	const struct zone *a = d->zone_a, *b = d->zone_b;
	const uint32_t end_a = zone_end_pfn(a), end_b = zone_end_pfn(b);

	return (struct range){
		.first = a->start_pfn < b->start_pfn ? a->start_pfn :
						       b->start_pfn,
		.end = end_a > end_b ? end_a : end_b,
	};
}

/* -- pageblocks ----------------------------------------------------------- */

static const char *pageblock_type(const struct machine *m,
				  const struct zone *zone, uint32_t pfn)
{
	const uint32_t nr = pageblock_nr_pages(m);
	const uint32_t first = pfn & ~(nr - 1);
	unsigned int type;

	if (first + nr <= zone->start_pfn || first >= zone_end_pfn(zone))
		return "no pageblock";
	type = get_pageblock_migratetype(m, zone, pfn);
	return type == PAGEBLOCK_NONE ? "no memory" : migratetype_name(type);
}

void diff_pageblocks(struct diff *d)
{
	const struct range span = both_spans(d);
	const uint32_t step = pageblock_nr_pages(d->a);
	char what[40];

	/* pageblocks of another size: the shapes differ, which is reported */
	if (d->a->pageblock_order != d->b->pageblock_order)
		return;
	for (uint64_t pfn = span.first & ~(step - 1); pfn < span.end;
	     pfn += step) {
		const char *a = pageblock_type(d->a, d->zone_a, (uint32_t)pfn);
		const char *b = pageblock_type(d->b, d->zone_b, (uint32_t)pfn);

		if (a == b || !strcmp(a, b))
			continue;
		snprintf(what, sizeof(what), "pageblock %" PRIu64, pfn);
		diff_report_change(d, DIFF_PAGEBLOCKS, what, a, b);
	}
}

/* -- blocks in use -------------------------------------------------------- */

/* Blocks by order and type, which are reported together. */
struct gathered {
	struct diff_pages lost[MAX_ORDER_LIMIT][MIGRATE_TYPES];
	struct diff_pages gained[MAX_ORDER_LIMIT][MIGRATE_TYPES];
};

/* The word of a block in use that begins at @pfn, or 0. */
static uint32_t used_block(const struct machine *m, const struct zone *zone,
			   uint32_t pfn)
{
	uint32_t page = zone_spans_pfn(zone, pfn) ? m->pages[pfn] : 0;

	return page_state(page) == PAGE_USED ? page : 0;
}

static const char *flag_text(uint32_t page, uint32_t flag)
{
	return page & flag ? "true" : "false";
}

static void diff_owner(struct diff *d, uint32_t pfn, const char *block)
{
	const struct block_owner a = snapshot_owner(d->a, pfn);
	const struct block_owner b = snapshot_owner(d->b, pfn);
	char what[64];

	snprintf(what, sizeof(what), "%s request", block);
	diff_number(d, DIFF_BLOCKS, what, a.request, b.request);
	snprintf(what, sizeof(what), "%s line", block);
	diff_number(d, DIFF_BLOCKS, what, a.line, b.line);
}

/* A block in use in both, of the same order and type. */
static void diff_block(struct diff *d, uint32_t pfn, uint32_t a, uint32_t b)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} flags[] = {
		{ PAGE_COMPOUND, "compound" },
		{ PAGE_PFMEMALLOC, "pfmemalloc" },
	};
	char block[40], what[64];

	snprintf(block, sizeof(block), "block %" PRIu32, pfn);
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if ((a & flags[i].flag) == (b & flags[i].flag))
			continue;
		snprintf(what, sizeof(what), "%s %s", block, flags[i].name);
		diff_report_change(d, DIFF_BLOCKS, what,
				   flag_text(a, flags[i].flag),
				   flag_text(b, flags[i].flag));
	}
	diff_owner(d, pfn, block);
}

static void gather_block(struct diff *d, struct gathered *g, uint32_t pfn)
{
	const uint32_t a = used_block(d->a, d->zone_a, pfn);
	const uint32_t b = used_block(d->b, d->zone_b, pfn);

	if (a && b && page_order(a) == page_order(b) &&
	    page_type(a) == page_type(b)) {
		diff_block(d, pfn, a, b);
		return;
	}
	if (a)
		diff_pages_add(d, &g->lost[page_order(a)][page_type(a)], pfn, 1,
			       0);
	if (b)
		diff_pages_add(d, &g->gained[page_order(b)][page_type(b)], pfn,
			       0, 1);
}

/* Without places, because blocks in use are on no list. */
static void report_gathered(struct diff *d, struct diff_pages *pages,
			    enum diff_how how, unsigned int order,
			    unsigned int type)
{
	char what[48];

	for (uint32_t i = 0; i < pages->nr; i++)
		pages->pages[i].from = pages->pages[i].to = 0;
	snprintf(what, sizeof(what), "in use order %u %s", order,
		 migratetype_name(type));
	if (!d->failed)
		diff_report_pages(d, DIFF_BLOCKS, what, how, pages->pages,
				  pages->nr);
	free(pages->pages);
}

static void diff_used(struct diff *d, const struct range *span)
{
	struct gathered *g = calloc(1, sizeof(*g));

	if (!g) {
		d->failed = true;
		return;
	}
	for (uint32_t pfn = span->first; pfn < span->end && !d->failed; pfn++)
		gather_block(d, g, pfn);
	for (unsigned int order = 0; order < MAX_ORDER_LIMIT; order++) {
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++) {
			report_gathered(d, &g->lost[order][type], DIFF_LOST,
					order, type);
			report_gathered(d, &g->gained[order][type], DIFF_GAINED,
					order, type);
		}
	}
	free(g);
}

/* -- LRU ------------------------------------------------------------------ */

/* A page of one machine, and the block that it is in: pages [head, end). */
struct cursor {
	const struct machine *m;
	const struct zone *zone;
	uint32_t head;
	uint32_t end;
};

/* Is page @pfn, at or behind the cursor, on an LRU list? */
static bool on_lru(struct cursor *c, uint32_t pfn)
{
	if (!zone_spans_pfn(c->zone, pfn))
		return false;
	if (pfn >= c->end) {
		const uint32_t page = c->m->pages[pfn];

		c->head = pfn;
		c->end = pfn + (page_state(page) ? 1u << page_order(page) : 1);
	}
	return page_state(c->m->pages[c->head]) <= PAGE_USED &&
	       page_looks_movable(c->m, c->head, pfn);
}

static void report_lru(struct diff *d, struct diff_pages *pages,
		       enum diff_how how)
{
	struct difference found = { .part = DIFF_BLOCKS,
				    .how = how,
				    .what = "LRU",
				    .pages = pages->pages,
				    .nr_pages = pages->nr };

	if (pages->nr && !d->failed)
		diff_report(d, &found);
	free(pages->pages);
}

/* Pages that are on an LRU list in one machine only. */
static void diff_lru(struct diff *d, const struct range *span)
{
	struct diff_pages lost = { .pages = NULL }, gained = lost;
	struct cursor a = { d->a, d->zone_a, 0, 0 };
	struct cursor b = { d->b, d->zone_b, 0, 0 };

	for (uint32_t pfn = span->first; pfn < span->end && !d->failed; pfn++) {
		const bool in_a = on_lru(&a, pfn);

		if (in_a != on_lru(&b, pfn))
			diff_pages_add(d, in_a ? &lost : &gained, pfn, 0, 0);
	}
	report_lru(d, &lost, DIFF_LOST);
	report_lru(d, &gained, DIFF_GAINED);
}

void diff_blocks(struct diff *d)
{
	const struct range span = both_spans(d);

	if (d->whole)
		diff_used(d, &span);
	diff_lru(d, &span);
}
