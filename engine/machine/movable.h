/* SPDX-License-Identifier: GPL-2.0-or-later */
/* movable: which pages in use the kernel takes for movable ones. */
#ifndef ENGINE_MOVABLE_H
#define ENGINE_MOVABLE_H

#include <string.h>

#include "machine/mmzone.h"

/*
 * Is it a 64-bit kernel? Its name says so: "x86_64", "aarch64", but not "i686"
 * and "armv7l".
 */
static inline bool is_64bit(const struct machine *m)
{
	return strstr(m->system->arch, "64") != NULL;
}

/*
 * Does page @pfn, of the block in use at @head, look movable? It does if it is
 * on an LRU list. The pages of a compound block answer as the first one does;
 * of any other block only the first page can be on a list.
 *
 * On 64-bit kernels the second page of a compound block of order 1 looks
 * movable too: compound_nr, 2, lies where __PageMovable() reads the two lowest
 * bits of page->mapping. Slabs are full of such blocks.
 */
static inline bool page_looks_movable(const struct machine *m, uint32_t head,
				      uint32_t pfn)
{
	const uint32_t page = m->pages[head];

	if (page & PAGE_LRU)
		return pfn == head || (page & PAGE_COMPOUND);
	return (page & PAGE_COMPOUND) && page_order(page) == 1 && pfn != head &&
	       is_64bit(m);
}

#endif
