/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE
#include "lua/heap.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { FIRST_CHUNK = 1 << 16, HUGE_CHUNK = 1 << 21 };

/*
 * A chunk; the rest of the one before stays unused. A state that needs a second
 * one gets huge pages: its objects are spread over too many others.
 */
bool heap_add_chunk(struct heap *heap)
{
	const size_t size = heap->chunks ? HUGE_CHUNK : FIRST_CHUNK;
	char *chunk = aligned_alloc(size, size);

	if (!chunk)
		return false;
	if (size == HUGE_CHUNK)
		madvise(chunk, size, MADV_HUGEPAGE);
	*(void **)chunk = heap->chunks;
	heap->chunks = chunk;
	heap->next = chunk + HEAP_STEP;
	heap->left = size - HEAP_STEP;
	return true;
}

void *heap_resize_slowly(struct heap *heap, void *block, size_t old,
			 size_t size)
{
	void *moved;

	if (!size) {
		free(block);
		return NULL;
	}
	if (!block || (!heap_is_small(old) && !heap_is_small(size)))
		return realloc(block, size);
	/* Lua relies on shrinking a block to succeed */
	if (heap_is_small(old) && size <= old)
		return block;
	moved = heap_resize(heap, NULL, 0, size);
	if (!moved)
		return NULL;
	memcpy(moved, block, old < size ? old : size);
	heap_resize(heap, block, old, 0);
	return moved;
}

void heap_destroy(struct heap *heap)
{
	while (heap->chunks) {
		void *chunk = heap->chunks;

		heap->chunks = *(void **)chunk;
		free(chunk);
	}
	*heap = (struct heap){ .next = NULL };
}
