/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * free_account: where a zone's free pages are, as one request sees them.
 *
 * "Free" is one number, but a request may use only some of these pages. The
 * account divides them, so that a refusal can say why so many free pages were
 * no help. Each free page is in one part:
 *
 *   free = usable + cma + highatomic + too_small + above_highest_zoneidx +
 *          behind_watermark + behind_lowmem_reserve + behind_highatomic
 *
 * Isolated pages are not counted as free by the kernel; they stand beside.
 *
 * The parts are counted on the free lists, and free is their sum. The zone
 * counter may differ from it by what the cpus have not folded yet
 * (vm_stat_diff), and the watermark check reads the counter: a zone can be
 * refused although its account has a usable page, but only within that
 * difference. Pages on per-cpu lists are not free, and not in the account.
 *
 * mm/free_account.h makes one.
 */
#ifndef ENGINE_MACHINE_FREE_ACCOUNT_H
#define ENGINE_MACHINE_FREE_ACCOUNT_H

#include <stddef.h>
#include <stdint.h>

/*
 * ROW(name, text): the parts, in the order in which texts list them; the last
 * one is not counted as free. The struct, the fields of events, JSON, Lua,
 * texts and the screen loop over these rows.
 *
 * behind_highatomic: the watermark check subtracts the highatomic reserve
 * whole, also those of its pages that are in use, so that as many pages of
 * other types must stay free.
 */
#define FREE_ACCOUNT(ROW)                                                      \
	ROW(usable, "usable by this request")                                  \
	ROW(cma, "in MIGRATE_CMA blocks")                                      \
	ROW(highatomic, "in MIGRATE_HIGHATOMIC blocks")                        \
	ROW(too_small, "in blocks that are too small")                         \
	ROW(above_highest_zoneidx, "above highest_zoneidx")                    \
	ROW(behind_watermark, "behind the watermark")                          \
	ROW(behind_lowmem_reserve, "behind lowmem_reserve")                    \
	ROW(behind_highatomic, "behind the highatomic reserve")                \
	ROW(isolated, "isolated, not counted as free")

struct free_account {
	uint32_t free; /* pages, as all of them */
#define PART(name, text) uint32_t name;
	FREE_ACCOUNT(PART)
#undef PART
};

/*
 * The account as a clause without a full stop, zero parts left out:
 *
 *   352 pages are free, all in MIGRATE_HIGHATOMIC blocks, which this request
 *   may not use
 *   1 page is free, behind lowmem_reserve
 *   4096 pages are free: 3000 in MIGRATE_CMA blocks, 1096 in blocks smaller
 *   than order 3
 *
 * @order and @migratetype are the request's. @usable says what the usable part
 * is here; NULL: "usable by this request". Returns @buf.
 */
const char *free_account_text(const struct free_account *account,
			      unsigned int order, unsigned int migratetype,
			      const char *usable, char *buf, size_t size);

#endif
