/* SPDX-License-Identifier: GPL-2.0-or-later */
/* free_account: the free lists of a zone, divided for one request. */
#include "mm/free_account.h"

#include "mm/vmstat.h"

/* Free pages on lists of @type with blocks of @order. */
static uint32_t list_pages(const struct machine *m, const struct zone *zone,
			   unsigned int order, unsigned int type)
{
	const uint32_t head = free_list(zone, order, type);
	uint32_t nr = 0;

	for (uint32_t at = m->links[head].next; at != head;
	     at = m->links[at].next)
		nr++;
	return nr << order;
}

/*
 * Divide the lists: what the request may not use by its type, or because it
 * is too small. Returns the pages of all other blocks.
 */
static uint32_t divide_lists(const struct machine *m, const struct zone *zone,
			     unsigned int order, uint32_t alloc_flags,
			     struct free_account *account)
{
	const bool cma = alloc_flags & ALLOC_CMA;
	const bool highatomic = order && (alloc_flags & ALLOC_HARDER);
	uint32_t large_enough = 0;

	for (unsigned int o = 0; o < m->max_order; o++) {
		uint32_t rest = zone->nr_free[o] << o, isolated;
		uint32_t unusable_cma, unusable_highatomic;

		if (!rest)
			continue;
		isolated = list_pages(m, zone, o, MIGRATE_ISOLATE);
		unusable_cma = cma ? 0 : list_pages(m, zone, o, MIGRATE_CMA);
		unusable_highatomic =
			highatomic ? 0 :
				     list_pages(m, zone, o, MIGRATE_HIGHATOMIC);
		account->isolated += isolated;
		account->cma += unusable_cma;
		account->highatomic += unusable_highatomic;
		rest -= isolated + unusable_cma + unusable_highatomic;
		if (o < order)
			account->too_small += rest;
		else
			large_enough += rest;
		account->free += (zone->nr_free[o] << o) - isolated;
	}
	return large_enough;
}

static uint32_t smaller(uint32_t a, long b)
{
	return b < 0 ? 0 : b < (long)a ? (uint32_t)b : a;
}

/*
 * Of @large_enough pages, how many would the check let the request have, and
 * what keeps the rest? The block itself is not subtracted: the account is
 * about pages, not about one block of them.
 */
static void divide_rest(const struct zone *zone, uint32_t alloc_flags,
			uint32_t large_enough, long watermark, long reserve,
			struct free_account *account)
{
	const bool urgent = alloc_flags & (ALLOC_HARDER | ALLOC_OOM);
	const long subtracted = urgent ? 0 : zone->nr_reserved_highatomic;
	long available =
		zone_page_state_free(zone) - subtracted - watermark - reserve;
	uint32_t rest;

	if (!(alloc_flags & ALLOC_CMA))
		available -= zone_page_state_cma(zone);
	if (alloc_flags & ALLOC_NO_WATERMARKS)
		available = large_enough;
	account->usable = smaller(large_enough, available);
	rest = large_enough - account->usable;
	account->behind_lowmem_reserve = smaller(rest, reserve);
	rest -= account->behind_lowmem_reserve;
	account->behind_highatomic =
		smaller(rest, subtracted - (long)account->highatomic);
	account->behind_watermark = rest - account->behind_highatomic;
}

uint32_t zone_free_pages(const struct machine *m, const struct zone *zone)
{
	uint32_t free = 0;

	for (unsigned int o = 0; o < m->max_order; o++)
		free += (zone->nr_free[o] << o) -
			list_pages(m, zone, o, MIGRATE_ISOLATE);
	return free;
}

void zone_free_account(const struct machine *m, const struct zone *zone,
		       unsigned int order, uint32_t alloc_flags,
		       unsigned int highest_zoneidx, long watermark,
		       struct free_account *account)
{
	*account = (struct free_account){ .free = 0 };
	uint32_t rest = divide_lists(m, zone, order, alloc_flags, account);

	if (zone->idx <= highest_zoneidx)
		divide_rest(zone, alloc_flags, rest, watermark,
			    zone->lowmem_reserve[highest_zoneidx], account);
	else
		*account = (struct free_account){
			.free = account->free,
			.above_highest_zoneidx = account->free,
			.isolated = account->isolated,
		};
}
