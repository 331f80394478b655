/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event_fields_account: where a zone's free pages are, from all its lists. */
#include "event_fields.h"

/* Pages on the lists of a zone: of each type, of @min_order and more. */
static void count_pages(const struct machine *m, const struct zone *z,
			uint32_t min_order, int64_t pages[MIGRATE_TYPES])
{
	memset(pages, 0, MIGRATE_TYPES * sizeof(*pages));
	for (uint32_t o = min_order; o < m->max_order; o++)
		for (uint32_t type = 0; type < MIGRATE_TYPES; type++) {
			const uint32_t head = free_list(z, o, type);

			for (uint32_t at = m->links[head].next; at != head;
			     at = m->links[at].next)
				pages[type] += 1 << o;
		}
}

static int64_t all_but_isolated(const int64_t pages[MIGRATE_TYPES])
{
	int64_t sum = -pages[MIGRATE_ISOLATE];

	for (uint32_t type = 0; type < MIGRATE_TYPES; type++)
		sum += pages[type];
	return sum;
}

uint32_t expect_free_pages(const struct machine *m, const struct zone *z)
{
	int64_t pages[MIGRATE_TYPES];

	count_pages(m, z, 0, pages);
	return (uint32_t)all_but_isolated(pages);
}

/* At most @most, and not below zero. */
static uint32_t within(int64_t nr, int64_t most)
{
	return (uint32_t)(nr < 0 ? 0 : nr < most ? nr : most);
}

struct free_account expect_account(const struct step *s,
				   const struct event_watermark_check *refused)
{
	const uint32_t order = s->r->alloc.order;
	int64_t all[MIGRATE_TYPES], large[MIGRATE_TYPES], rest;
	struct free_account a = { .free = 0 };

	count_pages(s->m, s->zone, 0, all);
	count_pages(s->m, s->zone, order, large);
	a.isolated = (uint32_t)all[MIGRATE_ISOLATE];
	if (!(s->flags & ALLOC_CMA))
		a.cma = (uint32_t)all[MIGRATE_CMA];
	if (!(s->flags & ALLOC_HARDER) || !order)
		a.highatomic = (uint32_t)all[MIGRATE_HIGHATOMIC];
	rest = all_but_isolated(large) - (a.cma ? large[MIGRATE_CMA] : 0) -
	       (a.highatomic ? large[MIGRATE_HIGHATOMIC] : 0);
	a.free = (uint32_t)all_but_isolated(all);
	a.too_small = a.free - a.cma - a.highatomic - (uint32_t)rest;
	a.usable = (uint32_t)rest;
	if (!refused || s->flags & ALLOC_NO_WATERMARKS)
		return a;
	a.usable = within((int64_t)refused->free - refused->highatomic -
				  refused->cma - refused->watermark -
				  refused->lowmem_reserve,
			  rest);
	rest -= a.usable;
	a.behind_lowmem_reserve = within(refused->lowmem_reserve, rest);
	rest -= a.behind_lowmem_reserve;
	a.behind_highatomic =
		within((int64_t)refused->highatomic - a.highatomic, rest);
	a.behind_watermark = (uint32_t)rest - a.behind_highatomic;
	return a;
}
