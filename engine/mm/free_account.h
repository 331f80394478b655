/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * free_account: why the free pages of a zone were no help to a request.
 *
 * The kernel does not compute this: a refused request learns no more than
 * that the zone refused. Here each refusal is emitted with the account of the
 * zone's free pages at that moment. machine/free_account.h has its parts.
 */
#ifndef ENGINE_FREE_ACCOUNT_H
#define ENGINE_FREE_ACCOUNT_H

#include "machine/free_account.h"
#include "machine/mmzone.h"

/*
 * The account of @zone, in pages, for a request of @order with @alloc_flags
 * and @highest_zoneidx. @watermark is what the check required, without the
 * lowmem_reserve, after ALLOC_HIGH and the like have lowered it.
 *
 * What may be used is what rmqueue() takes: a highatomic block only with
 * ALLOC_HARDER and an order above 0, although the watermark check counts these
 * pages for every urgent request. A block of another migratetype counts as
 * usable, since a fallback could steal it, also where ALLOC_NOFRAGMENT forbids
 * that.
 *
 * Costs as much as the zone has blocks of the types that the request may not
 * use, not as it has free blocks.
 */
void zone_free_account(const struct machine *m, const struct zone *zone,
		       unsigned int order, uint32_t alloc_flags,
		       unsigned int highest_zoneidx, long watermark,
		       struct free_account *account);

/* The free pages of @zone, on its lists, that are not isolated. */
uint32_t zone_free_pages(const struct machine *m, const struct zone *zone);

/* In trace(): the account's fields from the variable `account`. */
#define TRACE_ACCOUNT(name, text) .account_##name = account.name,

#endif
