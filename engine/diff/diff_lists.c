/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * diff_lists: the blocks that a list lost, gained, or has at another place.
 *
 *   a  65992 4096 8192       lost 65992, gained 512,
 *   b  8192 512 4096         moved 8192 (place 3 -> 1)
 *
 * The moved blocks are the smallest set without which the two lists are equal:
 * those outside the longest run that both have in the same order.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff/diff_private.h"
#include "machine/array.h"

bool diff_pages_add(struct diff *d, struct diff_pages *pages, uint32_t pfn,
		    uint32_t from, uint32_t to)
{
	struct diff_page *page = array_add(pages->pages, pages->nr);

	if (!page) {
		d->failed = true;
		return false;
	}
	*page = (struct diff_page){ .pfn = pfn, .from = from, .to = to };
	return true;
}

/* -- the place of a block ------------------------------------------------- */

/* " of zone Movable" if that is another zone than @here. */
static const char *other_zone(const struct machine *m, uint32_t page,
			      const struct zone *here, char *buf, size_t size)
{
	const struct zone *zone = &m->zones[page_zone_id(page)];

	buf[0] = '\0';
	if (here && here->type == zone->type && here->node == zone->node)
		return buf;
	snprintf(buf, size, " of zone %s, node %u", zone_type_name(zone->type),
		 zone->node);
	return buf;
}

/*
 * The place of page @pfn in @m: "in use at order 3", "free inside order 10
 * movable", "on a per-cpu list" ..., and its zone if that is not @here. Returns
 * @buf.
 */
static const char *page_location(const struct machine *m, uint32_t pfn,
				 const struct zone *here, char *buf,
				 size_t size)
{
	uint32_t head = pfn < m->system->max_pfn ? page_head(m, pfn) : PFN_NONE;
	uint32_t page = head == PFN_NONE ? 0 : m->pages[head];
	const char *how = head == pfn ? "at" : "inside";
	char zone[48];

	if (page_state(page) == PAGE_NONE) {
		snprintf(buf, size, "not free");
		return buf;
	}
	other_zone(m, page, here, zone, sizeof(zone));
	if (page_state(page) == PAGE_PCP)
		snprintf(buf, size, "on a per-cpu list%s", zone);
	else if (page_state(page) == PAGE_USED)
		snprintf(buf, size, "in use %s order %u%s", how,
			 page_order(page), zone);
	else
		snprintf(buf, size, "free %s order %u %s%s", how,
			 page_order(page), migratetype_name(page_type(page)),
			 zone);
	return buf;
}

void diff_report_pages(struct diff *d, enum diff_part part, const char *what,
		       enum diff_how how, const struct diff_page *pages,
		       uint32_t nr)
{
	const struct machine *other = how == DIFF_LOST ? d->b : d->a;
	const struct zone *here = how == DIFF_LOST ? d->zone_b : d->zone_a;
	char now[96], next[96];
	uint32_t first = 0;

	while (first < nr) {
		uint32_t end = first + 1;
		struct difference found = { .part = part,
					    .how = how,
					    .what = what };

		page_location(other, pages[first].pfn, here, now, sizeof(now));
		while (end < nr &&
		       (how == DIFF_MOVED ||
			!strcmp(now, page_location(other, pages[end].pfn, here,
						   next, sizeof(next)))))
			end++;
		found.now = how == DIFF_MOVED ? NULL : now;
		found.pages = pages + first;
		found.nr_pages = end - first;
		diff_report(d, &found);
		first = end;
	}
}

/* -- two lists ------------------------------------------------------------ */

static bool gather(struct diff *d, const struct machine *m, uint32_t head,
		   struct diff_pages *pages, bool in_a)
{
	uint32_t place = 1;

	for (uint32_t pfn = m->links[head].next; pfn != head;
	     pfn = m->links[pfn].next, place++)
		if (!diff_pages_add(d, pages, pfn, in_a ? place : 0,
				    in_a ? 0 : place))
			return false;
	return true;
}

static int by_pfn(const void *a, const void *b)
{
	const struct diff_page *x = a, *y = b;

	return x->pfn < y->pfn ? -1 : x->pfn > y->pfn;
}

static int by_place(const void *a, const void *b)
{
	const struct diff_page *x = a, *y = b;
	uint32_t place_x = x->from ? x->from : x->to;
	uint32_t place_y = y->from ? y->from : y->to;

	return place_x < place_y ? -1 : place_x > place_y;
}

static void sort(struct diff_pages *pages,
		 int (*order)(const void *a, const void *b))
{
	if (pages->nr)
		qsort(pages->pages, pages->nr, sizeof(*pages->pages), order);
}

/* The blocks of both lists, and of only one; each in list order. */
struct sides {
	struct diff_pages lost;
	struct diff_pages gained;
	struct diff_pages both;
};

static void separate(struct diff *d, struct diff_pages *a, struct diff_pages *b,
		     struct sides *sides)
{
	uint32_t i = 0, k = 0;

	sort(a, by_pfn);
	sort(b, by_pfn);
	while (!d->failed && (i < a->nr || k < b->nr)) {
		const struct diff_page *x = i < a->nr ? &a->pages[i] : NULL;
		const struct diff_page *y = k < b->nr ? &b->pages[k] : NULL;

		if (x && y && x->pfn == y->pfn) {
			diff_pages_add(d, &sides->both, x->pfn, x->from, y->to);
			i++;
			k++;
		} else if (!y || (x && x->pfn < y->pfn)) {
			diff_pages_add(d, &sides->lost, x->pfn, x->from, 0);
			i++;
		} else {
			diff_pages_add(d, &sides->gained, y->pfn, 0, y->to);
			k++;
		}
	}
	sort(&sides->lost, by_place);
	sort(&sides->gained, by_place);
	sort(&sides->both, by_place);
}

/*
 * The longest run of ascending `to`: last[k] is the page that ends the run
 * of k + 1 whose end is lowest, before[i] the page before i in its run.
 */
static uint32_t longest_run(const struct diff_pages *both, uint32_t *last,
			    uint32_t *before)
{
	uint32_t length = 0;

	for (uint32_t i = 0; i < both->nr; i++) {
		uint32_t low = 0, high = length;

		while (low < high) {
			uint32_t mid = (low + high) / 2;

			if (both->pages[last[mid]].to < both->pages[i].to)
				low = mid + 1;
			else
				high = mid;
		}
		before[i] = low ? last[low - 1] : UINT32_MAX;
		last[low] = i;
		if (low == length)
			length++;
	}
	return length;
}

static bool in_same_order(const struct diff_pages *both)
{
	for (uint32_t i = 1; i < both->nr; i++)
		if (both->pages[i - 1].to > both->pages[i].to)
			return false;
	return true;
}

static void report_moved(struct diff *d, enum diff_part part, const char *what,
			 const struct diff_pages *both)
{
	uint32_t *last, *before, length;
	struct diff_pages moved = { .pages = NULL };

	if (in_same_order(both))
		return;
	last = malloc(both->nr * 2 * sizeof(*last));
	if (!last) {
		d->failed = true;
		return;
	}
	before = last + both->nr;
	length = longest_run(both, last, before);
	/* from the end of the run backwards; what lies between has moved */
	for (uint32_t i = both->nr, keep = last[length - 1]; i-- > 0;) {
		if (i == keep)
			keep = before[i];
		else
			diff_pages_add(d, &moved, both->pages[i].pfn,
				       both->pages[i].from, both->pages[i].to);
	}
	sort(&moved, by_place);
	if (!d->failed)
		diff_report_pages(d, part, what, DIFF_MOVED, moved.pages,
				  moved.nr);
	free(moved.pages);
	free(last);
}

static bool same_list(const struct machine *a, const struct machine *b,
		      uint32_t head_a, uint32_t head_b)
{
	uint32_t x = a->links[head_a].next, y = b->links[head_b].next;

	while (x != head_a && y != head_b && x == y) {
		x = a->links[x].next;
		y = b->links[y].next;
	}
	return x == head_a && y == head_b;
}

void diff_lists(struct diff *d, enum diff_part part, const char *what,
		uint32_t head_a, uint32_t head_b)
{
	struct diff_pages a = { .pages = NULL }, b = { .pages = NULL };
	struct sides sides = { .lost = { .pages = NULL } };

	if (same_list(d->a, d->b, head_a, head_b))
		return;
	if (gather(d, d->a, head_a, &a, true) &&
	    gather(d, d->b, head_b, &b, false))
		separate(d, &a, &b, &sides);
	if (!d->failed) {
		diff_report_pages(d, part, what, DIFF_LOST, sides.lost.pages,
				  sides.lost.nr);
		diff_report_pages(d, part, what, DIFF_GAINED,
				  sides.gained.pages, sides.gained.nr);
		report_moved(d, part, what, &sides.both);
	}
	free(sides.lost.pages);
	free(sides.gained.pages);
	free(sides.both.pages);
	free(a.pages);
	free(b.pages);
}

void diff_free_lists(struct diff *d)
{
	const uint32_t max_a = d->a->max_order, max_b = d->b->max_order;
	char what[48];

	/* more orders in one machine: the shapes differ, which is reported */
	for (unsigned int order = 0; order < max_a && order < max_b; order++) {
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++) {
			snprintf(what, sizeof(what), "order %u %s", order,
				 migratetype_name(type));
			diff_lists(d, DIFF_FREE_LISTS, what,
				   free_list(d->zone_a, order, type),
				   free_list(d->zone_b, order, type));
		}
	}
}
