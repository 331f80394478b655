/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * contents: the contents of pages.
 *
 * One mapping per node, made when the first of its pages is touched and not
 * reserved: untouched pages cost nothing. Contents are not part of the
 * state: a copy of a machine has none, and a history does not restore them.
 */
#ifndef ENGINE_CONTENTS_H
#define ENGINE_CONTENTS_H

#include "machine/mmzone.h"

/*
 * @size bytes that read as zero and exist once they are touched, OS page by
 * OS page, or NULL (errno). Ended by munmap().
 */
void *lazy_map(size_t size);

/*
 * The address of page @pfn, followed by the rest of its block; NULL when no
 * zone has that page or the system refuses the mapping. Poison that was put
 * off is written now.
 */
void *page_address(struct machine *m, uint32_t pfn);

/* The bytes of all pages whose address page_address() has returned. */
uint64_t page_contents_size(const struct machine *m);

/* Zero a block's pages. */
void page_contents_clear(struct machine *m, uint32_t pfn, unsigned int order);
/* Fill a block's pages with the poison byte, to be checked later. */
void page_contents_poison(struct machine *m, uint32_t pfn, unsigned int order);
/*
 * Are the poisoned pages of a block unchanged? If not, *@bad_pfn and *@offset
 * are the first byte that differs. Their poison counts as checked.
 */
bool page_contents_check_poison(struct machine *m, uint32_t pfn,
				unsigned int order, uint32_t *bad_pfn,
				uint32_t *offset);
/* Unmap all contents of a machine. */
void page_contents_free(struct machine *m);

#endif
